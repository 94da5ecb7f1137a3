//! .xlsx and .xlsm: the parts of the package to sheets.

mod book;
mod cells;
mod strings;
mod styles;

pub use book::{Relation, main_part, read as book, relations};
pub use cells::iso_date;

use thiserror::Error;

use super::date::Epoch;
use super::package::{Package, PackageError};
use super::sheet::{MAX_CELLS, Sheet, Workbook};
use super::xml::XmlError;

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

/// Reads all worksheets.
pub fn read(bytes: &[u8]) -> Result<Workbook, XlsxError> {
    let mut package = Package::open(bytes)?;
    package.refuse_doctypes()?;
    let book = book(&mut package)?;
    let mut formats = styles::read(&mut package, book.styles.as_deref())?;
    formats.epoch = book.epoch;
    let strings = strings::read(&mut package, book.strings.as_deref())?;
    let pictures = package.names().iter().any(|n| n.to_lowercase().ends_with("richdata/richvaluerel.xml"));
    let mut workbook = Workbook { epoch: book.epoch, ..Workbook::default() };
    let mut budget = MAX_CELLS;
    for entry in &book.sheets {
        let Some(text) = package.xml(&entry.part)? else {
            return Err(PackageError::Missing(entry.part.clone()).into());
        };
        let mut sheet = Sheet {
            name: entry.name.clone(),
            index: workbook.sheets.len() as u16,
            hidden: entry.hidden,
            ..Sheet::default()
        };
        let mut context = cells::Context { formats: &mut formats, strings: &strings, pictures };
        cells::read(&text, &entry.part, &mut context, &mut budget, &mut sheet)?;
        sheet.finish();
        workbook.sheets.push(sheet);
    }
    if workbook.sheets.is_empty() {
        return Err(XlsxError::NoSheets);
    }
    Ok(workbook)
}

/// Names the part in which XML is broken.
fn in_part(part: &str) -> impl Fn(XmlError) -> XlsxError + '_ {
    move |error| XlsxError::Xml { part: part.to_string(), error }
}

/// What the parts of the package say about each other.
pub struct Book {
    /// The part of the workbook itself.
    pub part: String,
    pub sheets: Vec<Entry>,
    epoch: Epoch,
    pub styles: Option<String>,
    strings: Option<String>,
}

/// A sheet of cells.
pub struct Entry {
    pub name: String,
    pub part: String,
    hidden: bool,
}
