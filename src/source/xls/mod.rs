//! .xls and .et: the binary workbook of Excel 5.0 to 2003 and of WPS, and the compound file
//! around an encrypted .xlsx.

mod cells;
mod error;
mod globals;
pub(crate) mod ids;
mod records;
mod text;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

pub use self::error::{XlsError, error_text};
pub use self::records::rk;
use super::crypt;
use super::file::MAX_FILE_BYTES;
use super::sheet::{MAX_CELLS, Sheet, Workbook};

/// The compound file around a workbook.
pub struct Container<'b>(CompoundFile<Cursor<&'b [u8]>>);

impl<'b> Container<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, XlsError> {
        CompoundFile::open(Cursor::new(bytes)).map(Container).map_err(|_| XlsError::Broken)
    }

    /// The bytes of a stream; `None` when there is none of that name.
    fn stream(&mut self, name: &str) -> Option<Result<Vec<u8>, XlsError>> {
        let stream = self.0.open_stream(format!("/{name}")).ok()?;
        let mut bytes = Vec::new();
        // A stream is as long as the file at most, whatever the directory says.
        let read = stream.take(MAX_FILE_BYTES).read_to_end(&mut bytes);
        Some(read.map(|_| bytes).map_err(|_| XlsError::Broken))
    }

    /// The package inside, where there is one: encrypted with the key that needs no password.
    pub fn package(&mut self) -> Result<Option<Vec<u8>>, XlsError> {
        let Some(info) = self.stream("EncryptionInfo") else { return Ok(None) };
        let encrypted = self.stream("EncryptedPackage").ok_or(XlsError::Broken)??;
        crypt::package(&info?, &encrypted).map(Some).ok_or(XlsError::Encrypted)
    }
}

pub fn read(mut container: Container<'_>) -> Result<Workbook, XlsError> {
    let mut stream = match container.stream("Workbook").or_else(|| container.stream("Book")) {
        Some(stream) => stream?,
        None => return Err(XlsError::NotAWorkbook),
    };
    globals::decrypt(&mut stream)?;
    let mut globals = globals::read(&stream)?;
    let mut workbook = Workbook { epoch: globals.formats.epoch, ..Workbook::default() };
    let mut budget = MAX_CELLS;
    for entry in std::mem::take(&mut globals.sheets) {
        let index = workbook.sheets.len() as u16;
        let mut sheet = Sheet { name: entry.name, index, hidden: entry.hidden, ..Sheet::default() };
        if cells::read(&stream, entry.offset, &mut globals, &mut sheet, &mut budget)? {
            sheet.finish();
            workbook.sheets.push(sheet);
        }
    }
    Ok(workbook)
}
