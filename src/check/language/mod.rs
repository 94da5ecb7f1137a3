//! Language rules: each looks at one passage.

pub mod marks;
pub mod numerals;
pub mod structure;
pub mod wording;
