//! Why a workbook cannot be read.

use thiserror::Error;

use crate::source::package::PackageError;
use crate::source::sheet::MAX_CELLS;
use crate::source::xml::XmlError;

/// Why a workbook cannot be read.
#[derive(Debug, Error)]
pub enum XlsxError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("文件损坏：部件“{part}”的{error}")]
    Xml { part: String, error: XmlError },
    #[error("工作表“{sheet}”有内容的单元格超过上限 {MAX_CELLS} 个")]
    TooManyCells { sheet: String },
    #[error("工作表“{sheet}”里有不成立的单元格地址“{address}”")]
    BadAddress { sheet: String, address: String },
    #[error("工作簿里没有工作表")]
    NoSheets,
}

/// Names the part in which XML is broken.
pub fn in_part(part: &str) -> impl Fn(XmlError) -> XlsxError + '_ {
    move |error| XlsxError::Xml { part: part.to_string(), error }
}
