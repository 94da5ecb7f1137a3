//! Codes of the page (L).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// A font is missing.
    L001 Error exits Io "缺少字体"
        "fonts 文件夹里的字体缺少或损坏。"
        "字体文件“FandolFang.otf”不在 fonts 文件夹里"
        "重新安装程序，或补上这个字体文件。";
    /// The page program inside is damaged.
    L002 Error exits Fault "内部的版式文件损坏"
        "程序自带的版式文件读不出来。"
        "程序内部的版式文件损坏"
        "重新安装程序。";
    /// A character is in none of the fonts.
    L010 Error "没有这个字"
        "这个字在所有字体里都没有，不能排版。"
        "字符“𫇭”（U+2B1ED）在所有字体中都没有，无法排版"
        "换用其他写法，或者在“版面”里指明一种含有该字的字体。";
    /// Characters were set in another font.
    L011 Notice "用字都在所用字体中"
        "有的字不在所用字体里，改用宋体或黑体显示。"
        "以下字符不在所用字体中，已改用宋体或黑体显示：㴪"
        "不用处理；要一致的，换一种含有这些字的字体。";
    /// The pitch of lines was changed for the signature.
    L020 Notice "落款不单独成页"
        "为使落款与正文同页，调整了行距，或者把正文的最后几行移到了同一页。"
        "为避免落款单独成页，行距由28.99磅调整为28.35磅（7.3.5.5）"
        "不用处理；也可以增减几行正文。";
    /// The addressees were moved to the record at the end.
    L021 Notice "主送机关移至版记"
        "主送机关太多，首页显示不了正文，移到了版记。"
        "主送机关较多，首页将不能显示正文，已将其移至版记（7.3.2）"
        "不用处理。";
    /// A page holds the signature and no text, and nothing helps.
    L022 Warning "落款页有正文"
        "落款（附件说明、报尾）所在的页没有正文，调整行距、移行都不能避免。"
        "第2页只有落款，没有正文，调整行距或者移行都不能避免（7.3.5.5）"
        "按提示删减几行正文，或者在最后加几行。";
    /// The pitch of lines differs from the standard.
    L030 Notice "每面22行"
        "“版面”里的行距与标准不同。"
        "行距为28.00磅，标准每面22行、行距约28.99磅（GB/T 9704—2012 5.2.3）"
        "本单位有规定的不用处理；否则删去“版面”里的“行距”。";
    /// The page number's place differs from the standard.
    L031 Notice "页码居外侧"
        "“版面”里的页码位置与标准不同。"
        "页码居中，标准为单页居右、双页居左（GB/T 9704—2012 7.5）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// Mirrored margins differ from the standard.
    L032 Notice "订口在左"
        "双页的订口在右侧，与标准不同。"
        "双页订口在右侧，标准为左白边28毫米（GB/T 9704—2012 5.2.1）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// The face of third-level headings differs.
    L033 Notice "第三层标题用仿宋"
        "第三层标题用黑体，与标准不同。"
        "第三层标题用黑体，标准为仿宋体（GB/T 9704—2012 7.3.3）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// A key of the page settings is wrong.
    L034 Error "版面写错"
        "“版面”里的一项写错了名称或值。"
        "“行距”应为20到40磅，现为“80”"
        "改正这一项，或者删去它。";
    /// A font of another class.
    L035 Notice "各类字体用本类的字"
        "“版面”里指明的字体不是这一类字体。"
        "黑体用“微软雅黑”，它不是黑体（GB/T 9704—2012 5.2.2）"
        "换成本类的字体，例如 方正黑体_GBK。";
    /// A font asked for is not on this machine.
    L036 Notice "要用的字体在本机找得到、可以嵌入"
        "“版面”里要的字体本机没有，或者不能嵌入，改用自带的。"
        "本机没有“方正小标宋_GBK”，改用自带的"
        "装上这种字体，或者去掉这一项。";
    /// Margins differ from the standard.
    L037 Notice "页边距按标准"
        "“版面”里的页边距与标准不同。"
        "天头（上边距）为30毫米，标准为37毫米（GB/T 9704—2012 5.2.1）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// The characters of a line differ from the standard.
    L038 Notice "每行28字"
        "每行的字数与标准不同。"
        "每行30字，标准为28字（GB/T 9704—2012 5.2.3）"
        "本单位有规定的不用处理；否则删去“版面”里的“每行字数”。";
    /// A size of type differs from the standard.
    L039 Notice "字号按标准"
        "“版面”里的字号与标准不同。"
        "正文为小三（15磅），标准为三号（16磅）（GB/T 9704—2012 5.2.2）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// A sheet set sideways keeps the upright page number.
    L040 Notice "横排的表单独成页"
        "横排的附件，页码仍在竖排页的位置。"
        "附件“各镇进度”横排，页码仍在竖排页的位置（GB/T 9704—2012 8）"
        "不用处理。";
    /// The lines of a title have no good form.
    L041 Warning "标题排成梯形或菱形，不多于三行"
        "标题的分行不成梯形或菱形，或者多于三行。"
        "标题有四行（GB/T 9704—2012 7.3.1）"
        "改短标题，或者在标题里指明分行的地方。";
    /// A heading stands at the foot of a page.
    L042 Notice "标题不落在页末"
        "标题在页末最后一行，下面没有正文。"
        "第2页的标题“一、基本情况”落在页末，下面没有正文"
        "增减前面的几行文字。";
    /// Lines were stretched to keep numbers whole.
    L043 Notice "行末不过松过紧"
        "为不拆开数字和单位，有的行拉得较宽。"
        "有2行为不拆开数字和单位而拉得较宽，第一处是“共办理……”"
        "不用处理；也可以改几个字。";
    /// An SVG picture cannot be read.
    L044 Error "SVG 图片读不出来"
        "SVG 图片损坏或过于复杂。"
        "SVG 图片读不出来，可能已损坏或过于复杂"
        "用绘图软件重新导出，或换成 PNG、JPG 图片。";
    /// A class of faces differs from the standard.
    L045 Notice "字体按标准"
        "“版面”里的字体与标准不同。"
        "标题用黑体，标准为小标宋体（GB/T 9704—2012 7.3.1）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// Headings are bold.
    L046 Notice "标题不加粗"
        "“版面”要求标题加粗，标准不加粗。"
        "第二层标题加粗，标准不加粗（GB/T 9704—2012 7.3.3）"
        "本单位有规定的不用处理；否则删去这一项。";
    /// The page number is written in another way.
    L047 Notice "页码写成“— 1 —”"
        "“版面”里的页码样式与标准不同。"
        "页码写成“第1页”，标准为“— 1 —”（GB/T 9704—2012 7.5）"
        "本单位有规定的不用处理；否则删去“页码样式”。";
    /// The first page has no number.
    L048 Notice "首页有页码"
        "“版面”要求首页不印页码。"
        "首页没有页码，标准只有信函首页不显示（GB/T 9704—2012 7.5、10.1）"
        "本单位有规定的不用处理；否则删去“首页页码”。";
    /// A fault of the program while DOCX was made.
    L098 Error exits Fault "生成 DOCX 时程序出错"
        "这是程序的问题，不是数据的问题。"
        "生成 DOCX 时出现程序内部错误"
        "把数据文件和命令报给维护人员。";
    /// A fault of the program while pages were laid out.
    L099 Error exits Fault "排版时程序出错"
        "这是程序的问题，不是数据的问题。"
        "排版时出现程序内部错误"
        "把数据文件和命令报给维护人员。";
}
