//! A copy of a workbook with each finding at its cell: a fill, a comment and a list with links.
//! The package of an .xlsx or .xlsm is patched, never written anew, so all that its makers put
//! into it stays: formats, formulas, charts, macros, other comments, protection.

mod cells;
mod comments;
mod earlier;
mod enter;
mod error;
mod findings;
mod list;
mod marked;
mod package;
mod remake;
mod styles;
mod vml;
mod word;

pub(crate) use enter::{Entry, enter};
pub(crate) use error::MarkError;
pub use findings::{Mark, Marks, Place};
pub use marked::Marked;
pub use styles::colour;
pub use word::copy as word_copy;

use crate::source::workbook::{self, Opened};

/// Marks a workbook; `name` is its file name.
pub fn copy(bytes: &[u8], name: &str, marks: &Marks) -> Result<Marked, MarkError> {
    match workbook::open(bytes, name).map_err(MarkError::Source)? {
        Opened::Package(package) => package::patch(&package, marks),
        Opened::Other { workbook, ending } => remake::workbook(&workbook, ending, marks),
    }
}
