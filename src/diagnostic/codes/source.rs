//! Codes of reading files: YAML (Y) and workbooks (S).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// A line is indented with tabs.
    Y001 Error "缩进用了制表符"
        "YAML 的缩进只能用空格，这一行用了制表符（Tab）。"
        "缩进用了制表符（Tab），YAML 只认空格"
        "把行首的制表符换成空格，一层两个。";
    /// A quoted text is not closed, or goes on behind its end.
    Y002 Error "引号不成对"
        "引号里的文字没有结束，或者结束以后还有文字，或者双引号里的反斜杠写法不对。"
        "引号没有成对：从这里开始的引号一直没有结束"
        "在文字末尾补上同样的引号；文字里要写引号或反斜杠的，外面改用单引号。";
    /// Brackets do not match, or a comma is missing between items.
    Y003 Error "括号不成对"
        "方括号、花括号没有配成对，或者括号里的各项之间少了半角逗号。"
        "括号不成对"
        "检查 [ 与 ]、{ 与 } 是否配对，各项之间写“, ”。";
    /// A line is no `key: value`.
    Y004 Error "不是“键: 值”的写法"
        "这一行读不出键和值：缩进没有对齐、冒号后面没有空格、用了全角冒号，或者值以特殊字符开头。"
        "这一行不是“键: 值”"
        "写成“键: 值”，冒号用半角，后面空一格；值里有“: ”或以 * & ! 等字符开头的，整个值加引号。";
    /// A key stands twice in one group.
    Y005 Error "同一个键写了两次"
        "同一组里有两个同名的键，不知道用哪一个。"
        "“名称”写了两次"
        "留下对的一处，删去另一处。";
    /// An alias is not defined, or holds itself.
    Y006 Error "别名没有定义或者绕回自己"
        "“*名”指向的内容没有用“&名”定义过，或者指向包含它自己的内容。"
        "别名（*名）没有定义过"
        "文字以 * 开头的要加引号；别名改成直接写出内容。";
    /// A tag, key or merge that is no data.
    Y007 Error "不认识的标签或键"
        "用了“!”开头的标签、拿列表当键，或者“<<”后面不是一组“键: 值”。"
        "不认识标签“!!binary”"
        "要写这样的文字，请加引号；键写成文字。";
    /// More than one document in a file.
    Y008 Error "一个文件里有两份数据"
        "文件中间用“---”又开始了一份，一个文件里只能有一份。"
        "一个文件里只能有一份数据，这里又用“---”开始了第二份"
        "删去“---”，或者分成两个文件。";
    /// Nesting, aliases or items go beyond what is safe.
    Y009 Error "嵌套或项数超过上限"
        "缩进套得太深、别名展开太多，或者项数太多，再读下去会占满内存。"
        "嵌套超过上限 64 层"
        "检查括号或缩进是否写错；大表放在 Excel 或 CSV 文件里。";
    /// The YAML file is too large.
    Y010 Error "YAML 文件太大"
        "YAML 文件超过大小上限。"
        "YAML 文件有 30 MB，超过上限 20 MB"
        "大表放在 Excel 或 CSV 文件里。";
    /// The file is no UTF-8 text.
    Y011 Error "不是 UTF-8 编码的文本"
        "文件不是文本，或者用了 UTF-8 以外的编码。"
        "文件不是 UTF-8 编码，看起来是 GB18030（GBK）"
        "用记事本打开，另存为，编码选 UTF-8。";
    /// A value is of another kind than its key asks for.
    Y020 Error "值的种类不对"
        "这个键要的是列表、组或文字，写的是另一种。"
        "“版面”应为组，这里是文字"
        "按提示改成要的种类。";
    /// A key that does not exist here.
    Y021 Error "没有这个键"
        "写了一个这里用不到的键，多半是写错了字。"
        "报告没有“标题语”这个键"
        "按提示改正，或者删去。";
    /// A file cannot be found or read.
    S001 Error exits Io "找不到或读不出文件"
        "数据文件不在那里、没有读取权限，或者文件名写错。"
        "找不到文件“数据2025.xlsx”（在当前文件夹里找过）"
        "检查文件名和所在文件夹，扩展名也要写全；没有权限的请文件所有者开放。";
    /// It is a folder or a device, no file.
    S002 Error exits Io "不是数据文件"
        "给的是文件夹、管道或设备，应为一个数据文件。"
        "“数据”是文件夹，应为一个数据文件"
        "写到文件名为止，例如 数据.xlsx。";
    /// The file is too large.
    S003 Error "文件太大"
        "文件超过大小上限。"
        "“数据.xlsx”有 200 MB，超过上限 100 MB"
        "删去与报告无关的工作表、图片，或拆成几个文件。";
    /// The file changes while it is read.
    S004 Error exits Io "文件一直在变动"
        "读取的时候文件正在保存或同步，读到的不是完整的内容。"
        "“数据.xlsx”在读取过程中一直在变动"
        "等文件保存或同步完成后再试。";
    /// The lock file of an open workbook.
    S005 Error "是锁定文件"
        "名字以“~$”开头的，是 Excel 打开文件时留下的锁定文件，不是工作簿。"
        "“~$数据.xlsx”是 Excel 打开文件时留下的锁定文件，不是工作簿"
        "给出去掉“~$”的那个文件。";
    /// The file is empty.
    S010 Error "文件是空的"
        "文件有0字节，没有存好。"
        "文件是空的（0 字节），不是工作簿"
        "请重新取一份。";
    /// The file is no workbook.
    S011 Error "不是工作簿"
        "文件的内容不是扩展名所说的那种，例如网页、图片或文本。"
        "不是 Excel 工作簿，看起来是网页（HTML）"
        "用 Excel 或 WPS 打开它，另存为 .xlsx，再用新文件。";
    /// The file is of another format than its ending says.
    S012 Warning "扩展名和内容不同"
        "扩展名是一种格式，内容是另一种，按内容读取。"
        "扩展名是 .xls，内容其实是 .xlsx，按 .xlsx 读取"
        "改成相符的扩展名，免得别的软件打不开。";
    /// The file is damaged or incomplete.
    S020 Error "文件损坏"
        "文件损坏，或者没有下载、拷贝完整。"
        "文件损坏或不完整：在 4 KB 处截断，读不到目录"
        "重新取一份；能打开的，用 Excel 或 WPS 打开后另存为 .xlsx。";
    /// The file would unpack to more than is safe.
    S021 Error "展开后太大"
        "文件展开后的单元格或内容超过上限，像是出了错或有意做成的。"
        "工作表“乡镇”要 1000000000 个单元格，超过上限 2000000 个"
        "删去大片空白格式、图片和无关的表，或只把要用的表复制到新工作簿。";
    /// The container is made as no office program makes it.
    S022 Error "不是正常软件存出的文件"
        "压缩包里有重复、出界的部件，或者带有 DTD。"
        "部件名“xl/../../etc/passwd”指向压缩包之外"
        "用 Excel 或 WPS 打开后另存为新文件；来历不明的不要用。";
    /// The file has a password.
    S023 Error "文件有密码"
        "文件加了密，读不出内容。"
        "文件有密码"
        "打开后去掉密码，再另存一份。";
    /// The format is older than Excel 97.
    S024 Error "格式太旧"
        "文件是 Excel 4.0 或更早的格式。"
        "这是 Excel 4.0 或更早的格式，太旧了"
        "用 Excel 或 WPS 打开后另存为 .xlsx。";
    /// The file is no Word file.
    S030 Error "不是 Word 文档"
        "给的 .docx 文件，内容其实是别的，例如网页、工作簿或文本。"
        "不是 Word 文档，看起来是网页（HTML）"
        "用 Word 或 WPS 打开它，另存为“Word 文档（*.docx）”，再用新文件。";
    /// The file is of Word 97 to 2003, or of WPS.
    S031 Error "旧格式的 Word 文档"
        "文件是 .doc 或 .wps，程序读不了，要先存成 .docx。"
        "这是旧格式的 Word 文档（.doc），不能直接用"
        "用 Word 或 WPS 打开它，选“文件—另存为”，类型选“Word 文档（*.docx）”，再用新存的 .docx。";
}
