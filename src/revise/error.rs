//! Why a package cannot be changed.

use thiserror::Error;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::package::PackageError;
use crate::source::xlsx::XlsxError;

/// Why a package cannot be changed.
#[derive(Debug, Error)]
pub enum ReviseError {
    /// The XML of a part does not hold together.
    #[error("部件损坏")]
    Broken,
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The parts that others name cannot be read.
    #[error(transparent)]
    Relations(#[from] XlsxError),
    /// The archive cannot be written.
    #[error("压缩包写不成")]
    Zip(#[from] zip::result::ZipError),
}

impl ReviseError {
    /// The message with what to do.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(codes::M001, format!("Word 文件改不成：{self}"))
            .help("用 Word 或 WPS 打开原文件，另存为 .docx，再试一次")
    }
}
