//! A copy of a workbook with each finding at its cell: a fill, a comment and a list with links.
//! The package of an .xlsx or .xlsm is patched, never written anew, so all that its makers put
//! into it stays: formats, formulas, charts, macros, other comments, protection.

mod cells;
mod comments;
mod edit;
mod findings;
mod list;
mod package;
mod remake;
mod styles;
mod vml;

pub use findings::{Mark, Marks, Place};

use thiserror::Error;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::package::PackageError;
use crate::source::workbook::{self, Opened};
use crate::source::xlsx::XlsxError;

/// Why no marked copy can be made.
#[derive(Debug, Error)]
pub enum MarkError {
    #[error("文件读不出来")]
    Source(Box<Diagnostic>),
    #[error("部件损坏")]
    Broken,
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
    #[error("压缩包写不成")]
    Zip(#[from] zip::result::ZipError),
    #[error("工作表写不成：{0}")]
    Write(#[from] rust_xlsxwriter::XlsxError),
}

impl MarkError {
    /// The message with what to do.
    pub fn diagnostic(self) -> Diagnostic {
        match self {
            MarkError::Source(diagnostic) => *diagnostic,
            error => Diagnostic::new(codes::M001, format!("标注的副本做不成：{error}"))
                .help("用 Excel 或 WPS 打开原文件，另存为 .xlsx，再标注"),
        }
    }
}

/// A marked copy.
pub struct Marked {
    pub bytes: Vec<u8>,
    /// The ending that its file must have, without a dot: a workbook with macros opens under no
    /// other than its own.
    pub ending: &'static str,
    /// The copy has the contents alone: this is the format that was read.
    pub remade: Option<&'static str>,
}

/// Marks a workbook; `name` is its file name.
pub fn copy(bytes: &[u8], name: &str, marks: &Marks) -> Result<Marked, MarkError> {
    match workbook::open(bytes, name).map_err(MarkError::Source)? {
        Opened::Package(package) => package::patch(&package, marks),
        Opened::Other { workbook, ending } => remake::workbook(&workbook, ending, marks),
    }
}
