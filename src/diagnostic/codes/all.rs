//! The whole table.

use super::{Code, data, deliver, layout, rules, source, template};

impl Code {
    /// The code that is printed so, in capitals or not.
    pub fn of(name: &str) -> Option<Code> {
        all().find(|code| code.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// All codes in the order of the table.
pub fn all() -> impl Iterator<Item = Code> {
    [source::ALL, data::ALL, template::ALL, layout::ALL, deliver::ALL, rules::ALL].into_iter().flatten().copied()
}
