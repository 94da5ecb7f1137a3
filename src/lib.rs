//! huibao (汇报): a year's figures in, the official four-part report out.

pub mod dataset;
pub mod diagnostic;
pub mod document;
pub mod figures;
pub mod layout;
pub mod source;
pub mod wording;
