//! Codes of batches (B), forms (F), proofs (K), output (O), use (U), preview (V) and the program itself (X).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// The table of the batch does not exist.
    B001 Error "没有这个表"
        "--by 后面的表，数据里没有。"
        "2026年的数据里没有“乡镇”这个表"
        "--by 后面写数据里有的表名。";
    /// The table of the batch has no records.
    B002 Error "表里没有记录"
        "--by 后面的表是空的。"
        "“乡镇”表里一条记录也没有"
        "每个单位填一行。";
    /// A record does not name its unit.
    B003 Error "没有单位名称"
        "有一条记录没有填单位的名称。"
        "“乡镇”第3条记录没有“名称”，不知道是哪个单位"
        "填上名称，或者删去这一行。";
    /// Two records have the same name.
    B004 Error "两条记录同名"
        "两条记录的名称一样，分不清是哪一条。"
        "“乡镇”里有两条“云溪镇”的记录，分不清是哪一条"
        "让每条记录的名称都不同，或者在 template.yaml 里用“主键”另指一列。";
    /// The table has no column that names units.
    B005 Error "没有主键列"
        "表里没有指明单位的那一列。"
        "“乡镇”表里没有“名称”这一列，不知道每条记录是哪个单位"
        "加上这一列，或者在 template.yaml 里用“主键”另指一列。";
    /// A file name has no usable character.
    B006 Error "文件名不能用"
        "按写法得出的文件名是空的，或者只有不能用的字符。"
        "文件名“//”是空的或只有不能用的字符"
        "改正名称，或者用 --name 换一个文件名的写法。";
    /// Two reports would have the same file name.
    B007 Error "文件名相同"
        "两份报告的文件名一样，或者与汇总文件同名。"
        "“云溪镇”和“云溪鎮”的文件名相同"
        "用 --name 换一个文件名的写法。";
    /// The system gives no threads.
    B008 Error exits Io "开不了线程"
        "系统不让开这么多线程。"
        "系统不让开这么多线程"
        "用 --jobs 1 再试。";
    /// The list cannot be made.
    B009 Error exits Fault "写不成清单"
        "清单写不成，这是程序的问题。"
        "写不成清单"
        "把数据文件和命令报给维护人员。";
    /// A folder holds no list of a shard.
    B010 Error exits Io "没有分片的清单"
        "--merge 后面的文件夹里没有分片的清单。"
        "“out1”里没有分片的清单（清单-片号-片数.json）"
        "检查文件夹，或者先运行那一片。";
    /// A list cannot be read.
    B011 Error "分片的清单读不出来"
        "清单文件损坏，或者不是分片的清单。"
        "“清单-1-2.json”读不出来，不是分片的清单"
        "重新运行那一片。";
    /// Shards do not belong together.
    B012 Error "各片不是同一批"
        "各片的数据、模板或片数不同，不能合在一起。"
        "“out2”的数据或模板与“out1”不同"
        "各片要用同样的数据、模板、字体、版本和片数，重新运行不同的那一片。";
    /// A shard is missing.
    B013 Error "缺少一片"
        "有的片没有做，或者没有给出它的文件夹。"
        "缺第2片，共5份没有生成：云溪镇等"
        "运行缺的那一片。";
    /// A file of the list is missing.
    B014 Error "清单里的文件不在"
        "清单里写着已生成，文件却不在。"
        "清单里有“云溪镇”的文件，但“云溪镇.pdf”不在"
        "找回文件，或者重新运行那一片。";
    /// Changed files were left as they are.
    B015 Notice "改动过的文件没有重做"
        "报告生成以后被人改动过，保留改动，没有重做。"
        "“云溪镇.docx”生成以后被人改动过，保留改动，没有重做"
        "要重新生成就加 --force。";
    /// A changed file was set aside.
    B016 Warning "改动过的文件已移开"
        "数据变了要重做，原来改动过的文件移到了别处。"
        "原来的“云溪镇.docx”被人改动过（或不是批量生成的），已移到“改动过的/云溪镇.docx”，现在的是新生成的"
        "把改动的内容补到数据或模板里。";
    /// A changed file got new figures.
    B027 Notice "改动过的文件已更新"
        "数据变了，手工改过的文件里的数已更新，手工改的都留着。"
        "“云溪镇.docx”被人改动过，没有重做，更新了3个数，手工改的1个数没有动"
        "打开看一遍批注；PDF 是按数据新做的，不含手工的改动。";
    /// The batch was not finished, so no archive or volume.
    B017 Warning "没有做完"
        "报告没有全部做完，合订本、压缩包没有做。"
        "报告没有做完，合订本没有做"
        "再运行同一条命令，做完以后就有。";
    /// Failed reports are not in the archive or volume.
    B018 Warning "没有失败的报告"
        "失败的报告不在合订本、压缩包里；一份也没有做成的，不做合订本和压缩包。"
        "压缩包里没有失败的2份：云溪镇、石桥镇"
        "改好以后再运行同一条命令。";
    /// Files of earlier runs are still there.
    B019 Warning "以前生成的文件"
        "文件夹里还有以前生成、这次没有更新的文件。"
        "文件夹里还有1个以前生成、这次没有更新的文件：旧镇.pdf"
        "不再需要就删掉，以免误发。";
    /// The volume was divided.
    B020 Notice "合订本分册"
        "页数多的合订本分成几册。"
        "合订本分成2册，每册不超过400页，一份报告不分在两册"
        "不用处理。";
    /// Changes by hand are not in the volume.
    B021 Warning "合订本里没有手工的改动"
        "合订本由数据重新生成，没有单份文件里手工的改动。"
        "合订本里是生成的内容，没有这1份里手工的改动：云溪镇"
        "把改动补到数据或模板里，再重新生成。";
    /// --bind does not go with shards.
    B022 Error exits Usage "--bind 不能分片"
        "合订本要按整个表的次序装订，不能和 --shard、--merge 一起用。"
        "--bind 不能和 --shard 一起用：合订本要按整个表的次序装订"
        "各片做完以后，去掉 --shard 再运行一次并加 --bind。";
    /// A row of renamed units is incomplete.
    B023 Error "更名表缺少内容"
        "“更名”表里有一行没有原名或新名，或者缺少列。"
        "“更名”里有一行没有“现名”"
        "两个名称都要填，或者删去这一行。";
    /// A unit is renamed to two.
    B024 Error "一个单位改成了两个"
        "同一个原名改成了两个新名，没有可比的上年数。"
        "“云溪乡”既改成“云溪镇”又改成“石桥镇”：拆分的单位没有可比的上年数"
        "只留一行；另一个单位按没有上年数处理。";
    /// A row of renamed units has no use.
    B025 Warning "更名没有用上"
        "“更名”表里的名称与表里的对不上。"
        "“更名”里的“云溪”没有用上：上年的表里没有它"
        "名称要与表里的完全一致。";
    /// Units of two years do not match.
    B026 Warning "两年的单位对不上"
        "有的单位没有上年的数，上年的表里又有今年没有的单位，多半是名称写得不同。"
        "“石桥镇”没有上年的数；上年的表里却有今年没有的“石桥”"
        "同一个单位两年的名称要一样；改了名的，在“更名”表里写明。";
    /// The folder of fonts is missing.
    F001 Error exits Io "没有字体文件夹"
        "找不到程序的 fonts 文件夹。"
        "没有找到字体文件夹 fonts"
        "fonts 文件夹应在程序旁边，或用环境变量 HUIBAO_HOME 指明。";
    /// The form cannot be made.
    F002 Error "填报表写不成"
        "模板里表的名称不能作工作表的名称。"
        "填报表写不成"
        "表的名称不能有 [ ] : * ? / \\，不超过31个字。";
    /// The earlier form was kept under another name.
    F004 Notice "原来的填报表改名保留"
        "那里已有一份内容不同的填报表，没有覆盖。"
        "原来的“填报表.xlsx”没有覆盖，改名为“填报表（原有）.xlsx”"
        "不再需要就删掉。";
    /// What a form took over from last year's data.
    F010 Notice "从上年的数据带入了什么"
        "填报表里填好了上年的数，在这里说明有哪些。"
        "带入了2025年的12项数"
        "不用处理。";
    /// What last year's data do not have.
    F011 Notice "上年的数据里没有什么"
        "模板要上年的数，上年的数据里没有。"
        "2025年的数据里没有“培训场次”"
        "有的话，在填报表里补上。";
    /// The year of a form does not follow last year's data.
    F012 Warning "填报表的年份接着上年的数据"
        "填报的年份和给出的上年数据不是相连的两年。"
        "填报 2026 年，给出的是 2023 年的数据"
        "核对 --year 和 --from。";
    /// Cells that are blank in last year's data.
    F013 Notice "上年的数里空着的格"
        "上年的数据里有的格是空的，填报表里也空着。"
        "2025年的“乡镇”表有3格空着"
        "有的话，在填报表里补上。";
    /// The proof workbook cannot be made.
    K001 Error "核对表写不成"
        "数据太多，或者内容放不进工作簿。"
        "核对表写不成"
        "减少数据，或者分成几份。";
    /// The marked copy of a workbook cannot be made.
    M001 Error "标注的副本做不成"
        "工作簿的内容不能照原样保留，没有做标注的副本。"
        "标注的副本做不成"
        "用 Excel 或 WPS 打开工作簿，另存为 .xlsx，再来标注。";
    /// A file cannot be written.
    O001 Error exits Io "写不进文件"
        "没有权限、磁盘满了、文件正被别的程序打开着，或者名称已被占用。"
        "“out/汇报.pdf”写不进去：没有写入权限，或者文件正被 Word、WPS 打开着"
        "关掉打开着的文件，腾出空间，或者用 -o 换一个文件夹。";
    /// The output is one of the inputs.
    O002 Error exits Usage "输出就是输入"
        "输出的文件就是要读的文件，不能覆盖。"
        "输出文件“数据.xlsx”就是输入文件，不能覆盖"
        "用 -o 换一个文件夹，或者换一个文件名。";
    /// The folder has something in it.
    O003 Error exits Usage "文件夹里已有内容"
        "复制模板的文件夹不是空的。"
        "“我的模板”已经有内容，不能复制到那里"
        "换一个新文件夹的名称。";
    /// Another batch is writing there.
    O004 Error exits Io "另一个任务正在写"
        "另一个批量任务正在往同一个文件夹里写。"
        "另一个批量任务正在往“out”里写，不能同时写"
        "等它做完，或者用 -o 换一个文件夹。";
    /// What is printed cannot be written.
    O009 Error exits Io "写不到标准输出"
        "结果转到的文件或磁盘写不进去。"
        "结果写不到标准输出"
        "检查输出转到的文件或磁盘是不是满了。";
    /// The command line is wrong.
    U001 Error exits Usage "命令写法有误"
        "命令、选项或后面的内容写错。"
        "没有“--formt”这个选项"
        "运行 huibao --help 看全部命令，huibao <命令> --help 看一个命令的用法。";
    /// --attach without a PDF.
    U002 Error exits Usage "--attach 要有 PDF"
        "--attach 把文件放进 PDF，这次却不生成 PDF。"
        "--attach 把文件放进 PDF，这次却不生成 PDF"
        "去掉 --attach，或者写 -f pdf。";
    /// `check --mark` for more than one workbook.
    U003 Error exits Usage "check --mark 一次一个工作簿"
        "check --mark 一次只能标注一个工作簿，这次给了不止一个，或者数据里没有工作簿。"
        "--mark 一次标一个工作簿，这次却给了 2 个"
        "一个工作簿用一次 check --mark。";
    /// A code that does not exist.
    U004 Error exits Usage "没有这个编号"
        "explain 后面的编号不在编号表里。"
        "没有“D600”这个编号"
        "编号是消息里方括号中的那几个字，全部编号见 docs/messages.zh-CN.md。";
    /// The preview cannot start.
    V001 Error exits Io "预览不能开始"
        "端口被占用，或者地址不能用。"
        "预览不能开始：端口 8080 被别的程序占用"
        "换一个端口，或者不写 --port。";
    /// The preview would be open to other computers.
    V002 Error exits Usage "预览对别的电脑开放"
        "预览的地址在本机以外，数据以明文传送。"
        "--host 0.0.0.0 会让别的电脑也能打开预览"
        "确实需要时再加 --allow-remote；看完就按 Ctrl+C 结束。";
    /// The system gives no port or random number.
    V003 Error exits Io "系统没有给出端口"
        "系统没有给出端口或随机数。"
        "系统没有给出端口或随机数，预览不能开始"
        "重新运行；仍不行的，报给维护人员。";
    /// A fault of the program itself.
    X001 Error exits Fault "程序内部出错"
        "程序自己的问题，不是数据的问题。输出文件夹里留有“程序错误.txt”，写明版本、步骤和位置，没有数据的内容。"
        "程序内部出错，这是程序的问题，不是数据的问题（排版时，src/layout/table.rs:120:9）"
        "把“程序错误.txt”发给维护人员，并说明用的是哪个数据文件和命令。";
}
