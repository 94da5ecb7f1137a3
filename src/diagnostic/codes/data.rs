//! Codes of what the data say (D).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// A figure or entry is given twice.
    D010 Error "同一项给了两次"
        "同一个指标、报告信息或表在数据里出现了两次，不知道用哪一个。"
        "报告信息“单位”给了两次"
        "留下对的一处，删去或改名另一处。";
    /// A year is no year.
    D011 Error "不是年份"
        "这里应为四位数字的年份。"
        "“二六年”不是年份，应为四位数字"
        "改成 2026 这样的四位数字。";
    /// The YAML data have the wrong shape.
    D020 Error "YAML 的层次不对"
        "数据最外层应为“键: 值”，表应为一条一条的列表，这里不是。"
        "文件最外层应为“键: 值”，这里是列表"
        "按提示改成“键: 值”，或者在每条前面写“-”。";
    /// A comma in a number cuts it in two.
    D021 Error "逗号把数拆开了"
        "花括号里的千分位逗号把一个数拆成了两项。"
        "“280”前面的逗号把一个数拆成了两项"
        "数里不写千分位逗号，例如 1280。";
    /// A sheet has no row of headers.
    D030 Warning "认不出表头行"
        "工作表里没有像表头的一行，整张表没有读。"
        "认不出表头行，这个工作表没有读"
        "第一行写列名，下面逐行填写；不是数据的表，名字前加“_”。";
    /// A column of a field sheet is no year.
    D031 Warning "指标表里的列不是年份"
        "指标表除第一列外各列应为年份，这一列不是，没有读。"
        "指标表里的“说明栏”列不是年份，没有读"
        "年份列写成 2026、2026年 或 2026年度；说明文字放在“备注”列。";
    /// Figures in a row without a name.
    D032 Warning "有数没有指标名"
        "这一行有数，但没有指标名，没有读。"
        "C5 有数，但这一行没有指标名，没有读"
        "补上指标名，或者清除这个数。";
    /// Two columns have the same name.
    D033 Error "两列同名"
        "同一张表里两列的列名一样，不知道用哪一列。"
        "B 列和 C 列的列名都是“经费”"
        "给其中一列改名；如果是并排的两张表，请分到两个工作表里。";
    /// A column has data and no name.
    D034 Warning as Guess "有数据没有列名"
        "这一列有数据，但表头那一格是空的，没有读。"
        "D 列有数据但没有列名，没有读"
        "给这一列写上列名，或清除这一列。";
    /// Two tables stand in one sheet.
    D035 Error "一个工作表里有两张表"
        "表下面又有一行像表头的，是另一张表。"
        "同一个工作表里有两张表：第 9 行像是另一张表的表头"
        "分到两个工作表里。";
    /// Another table may stand beside.
    D036 Warning "并排的另一张表"
        "空列以后的各列像是并排的另一张表，现在当作同一张表的列来读。"
        "D 列起像是并排的另一张表（前面隔着空列），现在当作同一张表的列来读"
        "是另一张表的，移到另一个工作表里；不是的，删去空列。";
    /// The file holds nothing.
    D037 Warning "没有任何内容"
        "文件读出来了，里面没有数据。"
        "文件里没有任何内容"
        "检查是不是给错了文件。";
    /// A cell holds an error value.
    D040 Error as NoValue "单元格是错误值"
        "公式算出的是 #DIV/0!、#N/A 等错误值。"
        "单元格是错误值 #DIV/0!"
        "改正公式或直接填数；确实没有就填“—”。";
    /// A formula has no stored result.
    D041 Error as NoValue "公式没有结果"
        "文件不是由 Excel、WPS 存的，公式没有存下计算结果。"
        "公式 =A1*2 没有存下计算结果"
        "用 Excel 或 WPS 打开文件，保存一次，再来生成。";
    /// A cell has the format of a date and holds none.
    D042 Error "日期格式里不是日期"
        "单元格设成了日期格式，里面的数不成日期。"
        "单元格设成了日期格式，但 0 不是日期"
        "改填日期，或把单元格格式改为“常规”。";
    /// A number is beyond what can be computed exactly.
    D043 Error "数太大"
        "这个数超出能精确计算的范围，多半是多打了几位，或者是编号。"
        "数 1e300 超出能精确计算的范围"
        "检查是否多打了几位；编号请存成文本。";
    /// A cell holds a picture.
    D044 Error "单元格里是图片"
        "单元格里是一张图片，不是文字或数。"
        "单元格里是一张图片，不是文字或数"
        "在这一格填文字或数；图片放到表外。";
    /// A row of totals is not the sum of its parts.
    D050 Warning "合计行等于各行之和"
        "合计、小计写的数和各行相加的数不同。"
        "小计写的是 4，各行相加是 3"
        "核对合计和各行，改正填错的一个。";
    /// A record looks like a row of totals.
    D051 Warning "像是合计行"
        "有一行正好等于其余各行之和，却当作一条记录读了。"
        "“全县”这一行正好等于其余各行之和，像是合计行，却当作一条记录读了"
        "如果是合计，把名称改成“合计”；不是就不用处理。";
    /// Rows “of which” are left out.
    D052 Warning "“其中”行没有读"
        "以“其中”开头的行是上一行的一部分，没有当记录读。"
        "“其中：村级”是上一行的一部分，没有当记录读"
        "要写进报告的，另设一列或另做一张表。";
    /// Several rows have the same name.
    D053 Warning "同名的行"
        "名称相同的行不止一行，每一行都算进去了。"
        "“云溪镇”不止一行，每一行都算进去了"
        "是重复的，删去多的；不是的，名称写得不同。";
    /// Rows of several years, and some say none.
    D054 Error "有的行没有年份"
        "表里有各年的行，有的行没有填年份。"
        "第 5 行没有填年份"
        "给每一行填上年份。";
    /// A column holds years and is not called so.
    D055 Warning "年份列没有写“年份”"
        "有一列里是几个年份，列名却不是“年份”，各年的行都当作报告这一年的了。"
        "“时间”列里是几个年份，但列名不是“年份”，各年的行都当作报告这一年的了"
        "各行是不同年份的数据，就把列名改成“年份”。";
    /// A percentage was typed as a fraction.
    D056 Warning "以 % 计的数不写成小数"
        "单位是 % 的一列里写了小数，会印成百分之零点几。"
        "“0.886”单位是 %，会印成 0.886%，像是 88.6% 写成了小数"
        "填 88.6 或 88.6%；确实是 0.886% 的，连百分号一起填。";
    /// A column has several units.
    D057 Warning "一列只用一种单位"
        "同一列里有几种单位，不能相加。"
        "“5000元”的单位是“元”，同一列的 B2 是“万元”"
        "一列只用一种单位，单位写在列名里。";
    /// A percentage was multiplied by 100 twice.
    D058 Warning "百分数不多乘100"
        "百分比格式的单元格里又填了乘过100的数。"
        "“3600%”像是把 36% 多乘了 100"
        "在这一格里重新输入 36%，连百分号一起。";
    /// The two years compared are of different months.
    D059 Warning "同比的两年是同样的月份"
        "今年的数是到某月的，上年的数是全年的，同比会不对。"
        "“2026年1—11月”和“2025年”不是同样的月份"
        "上年也填同样月份的数。";
    /// A text stands where a number is asked for.
    D060 Error "应为数字"
        "这一格要的是数字，填的是文字或百分比。"
        "“五场”不是数字，应为以场计的整数"
        "只填数字，例如 5；没有就填“—”。";
    /// A number is of another kind than declared.
    D061 Error "数的种类不对"
        "这一格要整数而填了小数，或者要数而填了百分比。"
        "“2.5”不是整数，应为整数"
        "核对后填整数；不是百分数的，去掉百分号。";
    /// A text is no date.
    D062 Error "不是日期"
        "这一格要日期，填的读不出年、月、日。"
        "“9月30日”不是日期：没有写年份"
        "填成 2026-09-30 或 2026年9月30日 这样。";
    /// A text is none of the choices.
    D063 Error "不在选项里"
        "这一格只能填声明过的几个词。"
        "“基本建成”不在选项里，应为 建成、在建、未建 之一"
        "从下拉列表里选一个。";
    /// A number is out of its bounds.
    D064 Error "超出范围"
        "这个数小于最小值或大于最大值。"
        "“-3”太小，不能小于 0"
        "核对这个数。";
    /// A unit does not convert to the one declared.
    D065 Error "单位不能换算"
        "数带着的单位和要的单位不能换算。"
        "单位是“公里”，应为“万元”，两者不能换算"
        "改成要的单位的数，或改正单位。";
    /// A table, field or column looks misnamed.
    D066 Warning "表、字段、列的名字不写错"
        "模板要的名字没有，却有一个相近的，像是写错了。"
        "没有“培训场次”，却有“培训场此”，像是写错了名字"
        "按提示改名。";
    /// A required figure is missing.
    D067 Error as Blank "缺少指标"
        "模板必须要的一项，数据里没有。"
        "缺少“培训场次”"
        "在指标表里加一行，或在 YAML 里加一行“名: 值”。";
    /// A required cell is blank.
    D068 Error as Blank "必填项没有填"
        "有这一项，但单元格是空的。"
        "必填项没有填"
        "填上数；确实没有就填“—”或“无”。";
    /// A table has no rows.
    D069 Error as Blank "表里没有数据行"
        "表头下面一行也没有。"
        "表头下面没有数据行"
        "在表头下面逐行填写。";
    /// A required table is missing.
    D070 Error as Blank "缺少表"
        "模板必须要的一张表，数据里没有。"
        "缺少表“乡镇”"
        "加一个这个名称的工作表。";
    /// The schema declares a name twice.
    D071 Error "同名声明了两次"
        "模板的字段声明里同一个名称写了两次。"
        "字段“经费”声明了两次"
        "删去其中一处。";
    /// A choice is declared without its words.
    D072 Error "选项没有列出"
        "类型是选项，却没有列出有哪些选项。"
        "“中心站”的类型是选项，却没有列出有哪些选项"
        "加上 选项: [建成, 在建]。";
    /// A declaration lacks a key.
    D073 Error "声明缺少一项"
        "字段或表的声明里缺少必须写的键。"
        "这一项没有写“名称”"
        "按提示加上。";
    /// A key of the schema has the wrong kind of value.
    D074 Error "声明的值不对"
        "声明里应为 true、false 或一个数，写的是别的。"
        "“必填”应为 true 或 false"
        "按提示改正。";
    /// A type that does not exist.
    D075 Error "没有这种类型"
        "字段的类型写错了。"
        "没有“小数点”这种类型，应为 整数、小数、百分比 等之一"
        "改成列出的一种。";
    /// A relation cannot be read.
    D076 Error "关系写错"
        "模板声明的关系读不出来，或者级别写错。"
        "关系“经费 = ”右边是空的"
        "按提示改正，例如 已拨付 + 未拨付 = 经费。";
    /// A relation names what is not declared.
    D077 Error "关系里的名称没有声明"
        "关系用到的名称在模板里没有声明过。"
        "关系“使用 == 已拔付”里的“已拔付”没有声明过"
        "改正名称，或者把它声明为字段。";
    /// The data have no figures of the report's year.
    D078 Error "没有这一年的数据"
        "要写的那一年，数据里什么也没有。"
        "数据里没有 2026 年的数，只有 2025 年的"
        "检查年份，或者补上这一年的数据。";
    /// What a draft still lacks.
    D079 Notice "草稿里还没有填的"
        "草稿不要求填完，没有填的写作〔待填〕。"
        "还有3处必填项没有填，文中用到的写作〔待填〕"
        "要看是哪些，运行 huibao check。";
    /// The year was taken from the data.
    D101 Notice as Guess "年份是推断的"
        "数据里没有写“年份”，按最近的一年处理。"
        "数据里没有写“年份”，按最近的一年 2026 年处理"
        "在报告信息里写明“年份”。";
    /// A text was read as a number.
    D102 Notice as Guess "按数字读取的文字"
        "数字写成了文字：全角、带千分位、带空格或带单位，按数字读取。"
        "“１２３４．５”是全角数字，按 1234.5 读取"
        "改成真正的数，单位写到表头里。";
    /// A number in merged cells counts for each row.
    D103 Notice as Guess "合并单元格里的数"
        "合并的几行里只有一个数，每一行各算一次。"
        "合并单元格 B2:B3 里的数，2 行各算一次"
        "如果它是几行共有的一个数，请拆开合并，只填在一行里。";
    /// A number was read as a percentage.
    D104 Notice as Guess "按百分数读取"
        "没有百分号的数按百分数读取。"
        "“88.6”没有百分号，按 88.6% 读取"
        "填的时候连百分号一起填。";
    /// A row that numbers the columns is left out.
    D105 Notice as Guess "栏次行没有读"
        "给各列编号的一行没有当数据读。"
        "第 2 行像是栏次（给各列编的号），没有当数据读"
        "不用处理。";
    /// A text or number was read as a date.
    D106 Notice as Guess "按日期读取"
        "写法不标准的日期，按推断的日期读取。"
        "“46295”是日期的序号，按 2026-09-30 读取"
        "填成 2026-09-30 这样，或把单元格格式设为“日期”。";
    /// A column was read as the figures of a year.
    D107 Notice as Guess "按某一年的数读取"
        "列名里的时间按那一年的数读取。"
        "“2026年1-11月”列按 2026 年的数读取"
        "不用处理；不是那一年的数，请改列名。";
    /// Rows without a year were read as another row's.
    D108 Notice as Guess "没有年份的行按推断的年份读取"
        "有的行没有填年份，按上面一行的或报告的年份读取。"
        "第 3 行没有填年份，按 2026 年读取"
        "给每一行都填上年份最清楚。";
    /// A number that its format hides was read.
    D109 Notice as Guess "看不见的数"
        "单元格的格式不显示这个数，照样读取。"
        "单元格里是 12，但它的格式不显示这个数，按 12 读取"
        "不要的请清除，确实没有的填“—”。";
    /// A hidden sheet was read.
    D110 Notice "隐藏的工作表"
        "隐藏的工作表照常读取。"
        "这个工作表是隐藏的，照常读取"
        "不想读的表，名字前加“_”。";
    /// Hidden rows or columns were read.
    D111 Notice "隐藏的行、列"
        "隐藏的行和列照常读取。"
        "第 5 行是隐藏的，照常读取"
        "不要的行请删去。";
    /// Control characters were removed.
    D112 Notice "去掉了控制字符"
        "文字里有看不见的控制字符，已经去掉。"
        "文字里有 2 个看不见的控制字符，已去掉"
        "不用处理；若文字不对，请重新输入。";
    /// A number was converted to the declared unit.
    D113 Notice "换算了单位"
        "数带着另一种单位，换算成了要的单位。"
        "“12万”按 12 万元 读取"
        "按要的单位填写可免换算。";
    /// A row of notes or small headings is left out.
    D114 Notice "说明行没有读"
        "表下的说明、签名或只有小标题的行没有当数据读。"
        "第 9 行像是表下的说明或签名，没有当数据读"
        "不用处理；如果它是数据，请和其他行一样把各列填上。";
    /// A repeated header is left out.
    D115 Notice "重复的表头没有读"
        "表中间又写了一遍的表头没有当数据读。"
        "第 40 行重复了表头，没有当数据读"
        "不用处理。";
    /// A computed column is left out.
    D116 Notice "算出来的列没有读"
        "指标表里的同比、增减等列由程序计算，没有读。"
        "“同比”列是算出来的，没有读"
        "不用处理。";
    /// Blanks around a column's name were removed.
    D118 Notice "列名前后有空格"
        "列名前后的空格、换行已经去掉。"
        "A1、B1 的列名前后有空格或换行，已去掉"
        "不用处理。";
    /// A row was read as the total.
    D119 Notice "当作合计行"
        "有一行等于其余各行之和，名称也像合计，当作合计行。"
        "“全县”等于其余各行之和，当作合计行"
        "合计行的名称写“合计”最清楚。";
    /// Excel has lost digits of a long number.
    D120 Warning as Guess "丢失了后几位"
        "超过15位的数，Excel 只保留前15位，后面的变成了0。"
        "6222021234567890000 超过 15 位，Excel 只保留前 15 位，后面的已经变成 0"
        "账号、证件号等编号，先把单元格格式设为“文本”再重新填写。";
    /// A format hides the sign of a negative number.
    D121 Warning "负号没有显示"
        "实际是负数，单元格的格式没有把负号显示出来。"
        "单元格显示 3，实际是负数 -3，格式没有把负号显示出来"
        "把单元格格式改成带负号的。";
    /// What --set changes is used by nothing.
    D122 Warning "--set 没有起作用"
        "用 --set 改的一项，模板和数据都没有用到。"
        "--set 的“培训场此”没有用到"
        "检查名称。";
    /// Blanks between the characters of a name were removed.
    D123 Notice "字间的空格"
        "为了对齐在字间加的空格，已经去掉。"
        "“云 溪 镇”字间有空格，按“云溪镇”读取"
        "不用处理；要对齐可以用单元格的“分散对齐”。";
    /// A sheet was read as the table of another year.
    D124 Notice "按另一年的表读取"
        "名称里带年份的工作表，当作同一张表的另一年。"
        "这个工作表按 2025 年的“乡镇”读取"
        "不用处理；如果不是，请改工作表的名称。";
    /// The data have figures of a later year.
    D125 Notice "数据里有更晚的年份"
        "数据里有比报告年份更晚一年的数。"
        "报告的年份是 2025，数据里还有 2026 年的数"
        "要写后一年的，把年份改过来。";
    /// A number was exported in powers of ten.
    D126 Warning "科学记数法"
        "写成 1.1E+17 的数，后几位已经丢失。"
        "“1.10101E+17”是科学记数法的写法，原来的数后几位已经丢失"
        "从原来的工作簿重新导出：编号设为“文本”，数设为“数值”。";
    /// Two tables of one sheet were told apart.
    D127 Notice as Guess "一个工作表里的两张表分开读"
        "同一个工作表里有两张表，从标题或年份列看得清是什么，分开读取。"
        "同一个工作表里有两张表：第 9 行像是另一张表的表头，按表“经费情况”读取"
        "不用处理；最好移到单独的工作表里。";
    /// A name was taken for the template's, which it can only mean.
    D128 Notice as Guess "按模板的名称读取"
        "表里的名称和模板的不同，只可能是这一个，按模板的名称读取。"
        "“乡镇（街道）”列按“名称”、“培训.场次”列按“培训场次”读取"
        "不用处理；如果不是，改列名，或者在“对应”表里写明。";
    /// A line of 对应 was used by nothing.
    D129 Warning "“对应”没有用上"
        "“对应”表里的一行只写了一边，或者写的名称在数据或模板里没有。"
        "“对应”里的“接待人数”在数据里没有，没有用上"
        "名称要与表里、模板里的完全一致；不再需要的一行删去。";
}
