//! Language rules: each looks at one passage.

mod collocation;
pub(crate) mod confused;
pub(crate) mod dates;
mod frames;
pub(crate) mod lists;
pub(crate) mod marks;
mod negation;
pub(crate) mod numbering;
pub(crate) mod numerals;
mod particles;
mod pattern;
pub(crate) mod structure;
mod usage;
pub(crate) mod wording;
pub(crate) mod words;
