//! .xlsx and .xlsm: the parts of the package to sheets.

mod book;
mod cells;
mod error;
mod strings;
mod styles;

pub use book::{Book, Relation, main_part, read as book, relations};
pub use cells::iso_date;
pub use error::XlsxError;

use super::package::{Package, PackageError};
use super::sheet::{MAX_CELLS, Sheet, Workbook};

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
