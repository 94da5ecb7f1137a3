//! Codes of templates and of the text made with them (T).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// No template is named.
    T000 Error "没有指明模板"
        "命令和数据里都没有写用哪个模板。"
        "没有指明用哪个模板"
        "用 -t 指明，或者在“报告信息”里加一行“模板”。";
    /// The template does not exist.
    T001 Error "没有这个模板"
        "没有这个名称的模板，或者给的文件夹不是模板。"
        "没有“township-brief”这个模板"
        "运行 huibao templates 看全部模板。";
    /// template.yaml lacks the template's name.
    T002 Error "模板没有名称"
        "template.yaml 里缺少“名称”。"
        "template.yaml 缺少“名称”"
        "加一行“名称: …”。";
    /// The template lacks its text.
    T003 Error "模板没有正文"
        "模板文件夹里没有 report.md.j2。"
        "模板文件夹里没有正文文件 report.md.j2"
        "加上这个文件。";
    /// A template file leads out of its folder.
    T004 Error "模板文件是链接"
        "模板的文件是指到模板文件夹外面的链接，不能使用。"
        "模板文件“a.md.j2”是指到模板文件夹外面的链接，不能使用"
        "把文件本身放进模板文件夹。";
    /// A template file is no UTF-8 text.
    T005 Error "模板文件的编码不对"
        "模板文件不是 UTF-8 编码。"
        "模板文件“report.md.j2”不是 UTF-8 编码"
        "用记事本打开，另存为，编码选 UTF-8。";
    /// An annex is declared wrongly.
    T006 Error "附件写错"
        "附件没有写明标题和文件，或者文件不在模板文件夹里。"
        "附件的文件“fj.md.j2”不在模板文件夹里"
        "写明“标题”和“文件”，文件放在模板文件夹里。";
    /// A page form that does not exist.
    T007 Error "没有这种版式"
        "template.yaml 里的“版式”写错了。"
        "没有“报表”这种版式"
        "版式可以是：汇报、简报、公文、信函、命令、纪要。";
    /// A file format that does not exist.
    T008 Error "没有这种格式"
        "template.yaml 里的“格式”写错了。"
        "没有“doc”这种格式"
        "格式可以是 pdf、docx。";
    /// The template's syntax is wrong.
    T010 Error "模板写法有误"
        "双花括号、百分号标签没有成对，或者式子读不出来。"
        "模板写法有误：{% if %} 没有结束"
        "按提示的行和标记检查，对照 docs/figure-language.zh-CN.md。";
    /// A value that the text needs is missing.
    T011 Error "文中要用的数没有填"
        "正文用到的一项，数据里没有填。"
        "缺少“上年.培训场次”：数据中没有填写2025年的“培训场次”"
        "在数据中填写，没有的写“无”；先看草稿可以加 --draft。";
    /// A name that neither data nor template has.
    T012 Error as Absent "没有这个名称"
        "正文用到的名称，数据和模板里都没有。"
        "没有“培训次数”这个名称"
        "名称要与数据中的指标名、表名、列名完全一致。";
    /// A table cannot be printed as it is.
    T013 Error "不能直接写出"
        "表、一列数据或函数不能直接写进句子里。"
        "“乡镇”是一张表，不能直接写出"
        "逐行写出用 {% for %}，一列数据用 | 取(\"列名\")。";
    /// A filter, function or test that does not exist.
    T014 Error "没有这个过滤器或函数"
        "模板里的过滤器、函数或判断写错了名称。"
        "没有“顿号隔开”这个过滤器"
        "按提示改名，全部写法见 docs/figure-language.zh-CN.md。";
    /// The report has no title.
    T015 Error "报告没有标题"
        "数据和模板里都没有写标题。"
        "报告没有标题"
        "在“报告信息”里加一行“标题”。";
    /// The template is about the records of a table.
    T016 Error "模板是每行写一份的"
        "模板要用一张表的列，不能把整张表写成一份。"
        "模板“乡镇简报”要用“乡镇”表的列，是给这个表每行写一份的，不能写成一份"
        "用 huibao batch 数据 --by 表名 给每行各生成一份。";
    /// A clause of the text was left out, for what it says is missing.
    T017 Notice "句子里的一段没有印"
        "[[ ]] 里的一段要用的数没有填，这一段没有印出来。"
        "没有“上年.培训场次”，这一段没有印"
        "不用处理；要印出这一段的，在数据中填写。";
    /// A function cannot work with what it was given.
    T020 Error as Absent "函数算不出来"
        "给函数的数不合要求：没有上年的数、口径不同、类型不对等。"
        "没有上年的“培训场次”，不能比较"
        "按提示补上数据，或者改模板的写法。";
    /// A function has too few or too many arguments.
    T021 Error "参数的个数不对"
        "函数、过滤器的参数多了或少了。"
        "少给了参数"
        "对照 docs/figure-language.zh-CN.md 中的写法。";
    /// An operation that these values do not allow.
    T022 Error "运算做不了"
        "单位不同、类型不同、除数为0，或者数太大。"
        "单位不同：一个以件计，另一个以人次计，不能相加"
        "检查运算的两边，先用 {% if %} 判断。";
    /// The template goes beyond a limit.
    T030 Error "超过了运行的上限"
        "循环、递归或生成的文字超过上限，多半写成了没有尽头的循环。"
        "模板运行的步数超过上限"
        "检查循环和互相引用。";
    /// An included file is not in the template's folder.
    T031 Error "引用的文件不在模板里"
        "include 只能引用本模板文件夹里的文件。"
        "要引用的文件不在模板文件夹中"
        "把文件放进模板文件夹，不用 ..、绝对路径或链接。";
    /// A block of the text is written wrongly.
    T040 Error "表、图等块写错"
        "正文里的表、图、签名等块缺少内容，或者写法不对。"
        "表块：没有写“列”"
        "按提示改正，写法见 docs/writing-a-template.zh-CN.md。";
    /// A picture cannot be used.
    T041 Error "图片不能用"
        "图片找不到、太大、不是图片，或者在规定的文件夹之外。"
        "找不到图片“章.png”，或者它不在规定的文件夹里"
        "图片放在模板文件夹里，印章放在数据文件旁边，写相对路径。";
    /// The small parts of a 占比 are drawn as one.
    T042 Notice "占比图的小项合成其他"
        "占比图最多画8项，最小的几项合成“其他”。"
        "占比图有12项，只画得清8项：最小的5项（甲、乙、丙、丁、戊）合成“其他”，共310件"
        "不用处理；要逐项看的，用条图或表。";
    /// A field of the official form is wrong.
    T050 Error "公文要素写错"
        "密级、紧急程度、发文字号等的写法不合标准。"
        "密级“一般”应为 绝密、机密、秘密"
        "按例子改正。";
    /// Signature seals and posts do not pair.
    T051 Error "签名章和职务对不上"
        "签名章的个数和签发人职务的个数不同。"
        "签名章有2个，签发人职务有1个，应一一对应（7.3.5.3）"
        "按相同的顺序写明“签名章”和“签发人职务”。";
    /// A key of the report information looks misnamed.
    T052 Warning "报告信息的项目不写错"
        "报告信息里没有这一项，却有一个相近的。"
        "报告信息里没有“成文日期”，却有“成文日”"
        "如果就是它，改成标准的名称。";
    /// A key of the report information that no page shows.
    T053 Notice "报告信息里不印的项目"
        "报告信息里写了一项，这种版式的页面上不印。"
        "报告信息里的“联系人”不印在页面上"
        "不用处理；要印的，换一种版式或者写进正文。";
    /// The look of a Word template that the layout does not take over.
    T060 Notice "Word 模板里没有带过来的样子"
        "模板是 Word 文件；版面由程序按标准排，文件自己的页眉页脚、颜色、目录等不用。"
        "版面由程序按标准排，Word 文件里这些没有带过来：页眉页脚的文字1处"
        "不用处理；要印的内容写进正文。";
}
