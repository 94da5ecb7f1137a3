//! Codes of learning an old report (N).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// No Word file among the files, or no data.
    N001 Error exits Usage "没有旧报告，或者没有数据"
        "learn 要一份旧报告（.docx）和它那一年的数据。"
        "没有给出旧报告（.docx）"
        "给出旧报告和数据，例如 huibao learn 去年的报告.docx 数据.xlsx。";
    /// The data have no year of the report.
    N002 Error "数据里没有旧报告那一年的数"
        "旧报告是一年的，数据里没有那一年的指标和表，报告里的数无从对起。"
        "旧报告说的是2024年，数据里只有2025年、2026年的数"
        "把旧报告那一年的数据也给出；年份认错了的，用 --year 指明旧报告的年份。";
    /// Rebuilt with last year's data the text is another.
    N003 Warning "重做出来的与旧报告不一样"
        "用旧报告那一年的数据重做一遍，有的段落与旧报告不一样；这些段落里的数没有换成标签。"
        "用2024年的数据重做，这一段成了“全年培训36场”，旧报告是“全年培训三十六场”，其中的数没有认定"
        "在模板里对照这一段，需要的自己写上标签。";
    /// No figure was led back to the data.
    N004 Warning "报告里的数在数据里都找不到"
        "报告里的数，没有一个认得出是数据里的哪一个。"
        "报告里的数在数据里都找不到"
        "看看数据是不是这份报告的，年份对不对。";
    /// A choice in a comment that cannot be followed.
    N005 Warning "批注里的选择用不上"
        "批注里写的号数没有，写的表达式算出来与旧报告的数不一样，或者这个数在报告里已经不在了。"
        "“36”选的是第7种，批注里只有3种"
        "改成批注里有的号数，或者能得出这个数的表达式。";
    /// Rows of a table are written one by one.
    N006 Warning "表格的行是写定的"
        "旧报告的表格逐行认定，每一行的数各是数据里的哪一行。以后数据里多出来的行不会印出来。"
        "第1张表的行照旧报告逐行写定：以后数据里多出来的行不会印"
        "行会增减的表，在模板里只留一行，行首写 {% for 行 in 表名 %}，行末写 {% endfor %}，格里写 {{ 行.列名 }}。";
}
