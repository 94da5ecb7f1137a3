//! Codes of reports that came back (E).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// A figure was changed by hand and differs from the data.
    E001 Error "数被手工改过，与数据不符"
        "文件里的数不是生成时的数，数据里也不是这个数。"
        "手工改过，与数据不符：生成时是“36”，文件里是“38”，数据是“36”"
        "文件里的对，就改数据；数据的对，就把文件改回来。";
    /// A word of direction or rank was changed by hand.
    E002 Error "升降或名次与数据不符"
        "增长、下降、第几位等说法，文件里的与数据相反或不同。"
        "升降或名次改过，与数据不符：生成时是“增长12.5%”，文件里是“下降12.5%”，数据是“增长12.5%”"
        "请改回来；确实变了的，改数据再用 huibao refresh 更新。";
    /// The data of a figure have changed since.
    E003 Error "数据变了，文件里还是旧数"
        "生成以后数据改过，文件里的数没有跟着改；或者按现在的数据，这一句不再写。"
        "数据变了：文件里是“36”，数据是“38”"
        "用 huibao refresh 更新，手工改的都留着。";
    /// A number that was typed, and that no data give.
    E004 Warning "手工加的数，没有数据"
        "生成时没有这个数，数据里找不到它的来历。"
        "“38”是手工加的数，没有数据可以核对"
        "请自己核对；以后还要用的，写进数据和模板。";
    /// A figure or a sentence was taken out.
    E005 Notice "数或句子删去了"
        "生成时有，文件里没有了。"
        "“36”删去了，数据是“36”"
        "有意删去的，不用处理。";
    /// A unit was changed by hand.
    E006 Error "单位改过"
        "数后面的单位，文件里的与生成时不同。"
        "单位改过：生成时是“万”，文件里是“亿”"
        "请改回来，或者改数据和模板再更新。";
    /// It is not known which record the report is about.
    E008 Error "认不出是哪个单位的报告"
        "报告是给表里每行写一份的，从文件名和标题认不出是哪一行。"
        "认不出这是“乡镇”表里哪一行的报告"
        "文件名和标题照生成时的写，再来一次。";
    /// A chart shows other values than the data have.
    E009 Warning "图里的值与数据不同"
        "图是生成时画好的，数据变了以后没有跟着变，或者手工改过。"
        "图1“各镇收集意见建议情况”的值与数据不同"
        "从新生成的报告里取图，换上去。";
    /// The file does not know what it was.
    E007 Notice "没有生成时的记录"
        "文件不是本程序生成的，或者记录被别的软件去掉了，只能与现在生成的报告对照。"
        "文件里没有生成时的记录，按现在的数据生成的报告对照"
        "数不同的，可能是手工改过，也可能是数据变了，请逐个看。";
}
