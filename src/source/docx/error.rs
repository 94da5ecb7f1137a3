//! Why a Word file cannot be read.

use thiserror::Error;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::file::bytes_shown;
use crate::source::package::PackageError;
use crate::source::xlsx::XlsxError;
use crate::source::xml::XmlError;

/// Why a Word file cannot be read.
#[derive(Debug, Error)]
pub enum DocxError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("文件损坏：部件“{part}”的{error}")]
    Xml { part: String, error: XmlError },
    #[error("文件是空的（0 字节），不是 Word 文档")]
    Empty,
    #[error("不是 Word 文档，看起来是{0}")]
    Other(&'static str),
    #[error("这是旧格式的 Word 文档（{0}），不能直接用")]
    Old(&'static str),
    #[error("文件有密码")]
    Encrypted,
    #[error("正文有 {0} 以上的文字，超过上限")]
    TooLong(String),
    #[error("正文里的表格、文本框套得太深")]
    TooDeep,
    #[error("文件里的{what}超过上限 {limit} 个")]
    TooMany { what: &'static str, limit: usize },
}

/// Most bytes of text in one file: a thousand pages and more.
pub const MAX_TEXT: usize = 4 << 20;
/// Most paragraphs and cells.
pub const MAX_PARAGRAPHS: usize = 200_000;
/// Most runs, and pieces of them.
pub const MAX_RUNS: usize = 600_000;
/// Most styles, and most lists.
pub const MAX_STYLES: usize = 20_000;
/// Largest part of the main text, bytes.
pub const MAX_XML: usize = 96 << 20;
/// Most elements within each other that hold paragraphs.
pub const MAX_DEPTH: usize = 60;

const SAVE_AGAIN: &str = "用 Word 或 WPS 打开（必要时修复）后另存为 .docx";

impl DocxError {
    /// The text goes beyond what is read.
    pub fn too_long() -> DocxError {
        DocxError::TooLong(bytes_shown(MAX_TEXT as u64))
    }

    /// The message with what to do.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, help) = match self {
            DocxError::Package(PackageError::Encrypted) | DocxError::Encrypted => {
                (codes::S023, "用 Word 或 WPS 打开，去掉密码，再另存一份")
            }
            DocxError::Package(error) => {
                let code = error.diagnostic().code;
                let message = error.to_string().replace("工作簿", "文档");
                let help = if code == codes::S021 { "删去大图片和无关的内容再存" } else { SAVE_AGAIN };
                return Diagnostic::new(code, message).help(help);
            }
            DocxError::Xml { error: XmlError::Doctype, .. } => (codes::S022, SAVE_AGAIN),
            DocxError::Xml { .. } => (codes::S020, SAVE_AGAIN),
            DocxError::Empty => (codes::S010, "文件没有存好，请重新取一份"),
            DocxError::Other(_) => (codes::S030, "要用 .docx 文件：用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"),
            DocxError::Old(_) => {
                (codes::S031, "用 Word 或 WPS 打开它，选“文件—另存为”，类型选“Word 文档（*.docx）”，再用新存的 .docx")
            }
            DocxError::TooLong(_) | DocxError::TooMany { .. } | DocxError::TooDeep => {
                (codes::S021, "只留下要用的内容，另存一份再用")
            }
        };
        Diagnostic::new(code, self.to_string()).help(help)
    }
}

/// The reader of relationships is that of workbooks.
impl From<XlsxError> for DocxError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Package(error) => DocxError::Package(error),
            XlsxError::Xml { part, error } => DocxError::Xml { part, error },
            _ => DocxError::Package(PackageError::Broken),
        }
    }
}

/// Names the part in which XML is broken.
pub fn in_part(part: &str) -> impl Fn(XmlError) -> DocxError + '_ {
    move |error| DocxError::Xml { part: part.to_string(), error }
}
