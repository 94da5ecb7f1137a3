//! Returned forms to one workbook: who is missing, what is wrong, which figure is whose.
//! Every figure keeps the file and the cell that it was filled in at.

mod book;
mod deliver;
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

pub use deliver::deliver;
pub use files::{RETURNED, list};
pub use report::{json, text, value};
pub use run::{Collected, Request, collect};
