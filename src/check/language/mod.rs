//! Language rules: each looks at one passage.

pub(crate) mod dates;
pub(crate) mod marks;
pub(crate) mod numbering;
pub(crate) mod numerals;
pub(crate) mod structure;
pub(crate) mod sums;
pub(crate) mod wording;
pub(crate) mod words;
