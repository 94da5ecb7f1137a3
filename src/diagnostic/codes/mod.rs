//! The one table of codes. Every message carries one of the constants below, so a code that is not
//! in the table does not compile; what a code leads to (its weight, the exit code, what other
//! stages may do with it) stands in its row and is never read out of its name.

mod check;
mod code;
mod collect;
mod data;
mod deliver;
mod edited;
mod layout;
mod learn;
mod rules;
mod source;
mod template;

pub use check::*;
pub use code::{Code, Text};
pub use collect::*;
pub use data::*;
pub use deliver::*;
pub use edited::*;
pub use layout::*;
pub use learn::*;
pub use rules::*;
pub use source::*;
pub use template::*;

/// The codes by what they are about, in the user's words; the rules of check last.
pub fn tables() -> impl Iterator<Item = (&'static str, &'static [Code])> {
    [
        ("读文件（Y、S）", source::ALL),
        ("数据（D）", data::ALL),
        ("模板和正文（T）", template::ALL),
        ("版面（L）", layout::ALL),
        ("汇总填报表（G）", collect::ALL),
        ("从旧报告学出模板（N）", learn::ALL),
        ("批量、填报表、核对表、输出、命令、预览（B、F、K、O、U、V、X）", deliver::ALL),
        ("改过的报告（E）", edited::ALL),
        ("检查（C-00、C-9x）", check::ALL),
        ("检查规则", rules::ALL),
    ]
    .into_iter()
}

/// All codes in the order of the table.
pub fn all() -> impl Iterator<Item = Code> {
    tables().flat_map(|(_, codes)| codes.iter().copied())
}

/// The code that is printed so, in capitals or not.
pub fn of(name: &str) -> Option<Code> {
    all().find(|code| code.name().eq_ignore_ascii_case(name.trim()))
}
