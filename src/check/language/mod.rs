//! Language rules: each looks at one passage.

pub(crate) mod confused;
pub(crate) mod dates;
pub(crate) mod lists;
pub(crate) mod marks;
pub(crate) mod numbering;
pub(crate) mod numerals;
mod pattern;
pub(crate) mod structure;
pub(crate) mod wording;
pub(crate) mod words;
