//! Why no marked copy can be made.

use thiserror::Error;

use crate::diagnostic::{Diagnostic, codes};
use crate::revise::ReviseError;
use crate::source::package::PackageError;
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
    #[error(transparent)]
    Revise(#[from] ReviseError),
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
