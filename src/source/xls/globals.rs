//! What the records before the sheets say.

use std::sync::Arc;

use super::error::XlsError;
use super::ids::{self, BOF, VERSION_5, VERSION_8};
use super::records::{Parts, Record, Records, u16_at, u32_at};
use super::text::{Texts, encoding};
use crate::source::crypt;
use crate::source::date::Epoch;
use crate::source::formats::CellFormats;

#[derive(Default)]
pub struct Globals {
    pub strings: Vec<Arc<str>>,
    pub formats: CellFormats,
    pub texts: Texts,
    pub sheets: Vec<SheetEntry>,
    /// Codes may stand behind the styles that use them.
    styles: Vec<u16>,
}

/// A worksheet: where it begins in the stream.
pub struct SheetEntry {
    pub offset: usize,
    pub hidden: bool,
    pub name: String,
}

/// Decrypts the stream, where it is encrypted with the key that needs no password.
pub fn decrypt(stream: &mut [u8]) -> Result<(), XlsError> {
    let mut records = Records::from(stream, 0);
    let wide = records.next().and_then(|first| u16_at(first.data, 0)) == Some(VERSION_8);
    let pass = records.take_while(|r| r.id != ids::EOF).find(|r| r.id == ids::FILE_PASS).map(|r| r.data.to_vec());
    match pass {
        Some(pass) if !crypt::workbook_stream(stream, &pass, wide) => Err(XlsError::Encrypted),
        _ => Ok(()),
    }
}

pub fn read(stream: &[u8]) -> Result<Globals, XlsError> {
    let mut globals = Globals::default();
    let mut records = Records::from(stream, 0);
    let first = records.next().ok_or(XlsError::Broken)?;
    match (first.id, u16_at(first.data, 0)) {
        (BOF, Some(VERSION_8)) => {}
        (BOF, Some(VERSION_5)) => globals.texts = Texts::Bytes(None),
        (BOF, _) => return Err(XlsError::TooOld),
        (id, _) if ids::OLD_BOFS.contains(&id) => return Err(XlsError::TooOld),
        _ => return Err(XlsError::Broken),
    }
    while let Some(record) = records.next() {
        match record.id {
            ids::EOF => break,
            ids::SST => globals.shared_strings(record.data, records.continued()),
            _ => globals.take(record),
        }
    }
    for number in std::mem::take(&mut globals.styles) {
        globals.formats.add_style(u32::from(number));
    }
    Ok(globals)
}

impl Globals {
    fn take(&mut self, Record { id, data }: Record<'_>) {
        match id {
            ids::DATE_1904 if u16_at(data, 0) == Some(1) => self.formats.epoch = Epoch::From1904,
            ids::CODE_PAGE => {
                if let Texts::Bytes(page) = &mut self.texts {
                    *page = u16_at(data, 0).and_then(encoding);
                }
            }
            ids::BOUND_SHEET => {
                // Only worksheets; charts and macro sheets hold no data.
                if let (Some(offset), Some(&hidden), Some(0)) = (u32_at(data, 0), data.get(4), data.get(5)) {
                    let name = data.get(6..).and_then(|d| self.texts.read(d, 1)).unwrap_or_default();
                    self.sheets.push(SheetEntry { offset: offset as usize, hidden: hidden & 3 != 0, name });
                }
            }
            ids::FORMAT => {
                let prefix = if matches!(self.texts, Texts::Wide) { 2 } else { 1 };
                let code = data.get(2..).and_then(|d| self.texts.read(d, prefix));
                if let (Some(number), Some(code)) = (u16_at(data, 0), code) {
                    self.formats.add_code(u32::from(number), code);
                }
            }
            ids::XF => self.styles.push(u16_at(data, 2).unwrap_or(0)),
            _ => {}
        }
    }

    fn shared_strings<'b>(&mut self, data: &'b [u8], continued: Vec<&'b [u8]>) {
        let wanted = u32_at(data, 4).unwrap_or(0) as usize;
        let mut pieces = vec![data.get(8..).unwrap_or_default()];
        pieces.extend(continued);
        let mut parts = Parts::new(pieces);
        while self.strings.len() < wanted {
            // A table that ends early leaves the rest of its texts out.
            match parts.shared_string() {
                Some(text) => self.strings.push(text.into()),
                None => break,
            }
        }
    }
}
