//! Language rules: each looks at one passage.

pub mod dates;
pub mod marks;
pub mod numbering;
pub mod numerals;
pub mod structure;
pub mod sums;
pub mod wording;
pub mod words;
