//! A report that came back: a DOCX of this program that was edited by hand is held against its data, and new
//! figures are put into it. Three texts are compared: as it was generated, as it is in the file, as it is
//! generated now. What is known of the first is its record (`document/record.rs`); nothing else marks a figure
//! in the file, so nothing is lost when words are cut, moved or saved by another program.

mod align;
mod charts;
mod compare;
mod edited;
mod file;
mod flat;
mod matched;
mod model;
mod places;
mod report;
mod reworded;
mod texts;
mod then;
mod tokens;
mod told;
mod words;

pub use compare::compare;
pub use file::{File, Refreshed};
pub use model::{Compared, Figure, Proposal, Spot, State, Word};
pub(crate) use places::Places;
pub(crate) use report::{json, text};
pub(crate) use told::{findings, of_rules};
