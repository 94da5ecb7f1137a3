//! Returned forms to one workbook: who is missing, what is wrong, which figure is whose.
//! Every figure keeps the file and the cell that it was filled in at.

mod book;
mod files;
mod form;
mod merge;
mod name;
mod report;
mod run;
mod shape;
mod standing;
mod told;
mod units;

pub use files::{RETURNED, list};
pub use report::{json, text};
pub use run::{Collected, Request, collect};
