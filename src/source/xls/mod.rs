//! .xls and .et: the binary workbook of Excel 97–2003 and of WPS.

mod cfb;
mod records;

use std::sync::Arc;

use thiserror::Error;

use self::cfb::Container;
pub use self::records::rk;
use self::records::{Parts, Record, Records, f64_at, string, u16_at, u32_at};
use super::date::Epoch;
use super::formats::CellFormats;
use super::sheet::{MAX_CELLS, Merge, RawCell, RawValue, Sheet, Workbook};

/// Why a binary workbook cannot be read.
#[derive(Debug, Error)]
pub enum XlsError {
    #[error("文件损坏或不完整：复合文档的目录读不出来")]
    Broken,
    #[error("文件设了打开密码")]
    Encrypted,
    #[error("这是 Excel 95 或更早的格式，太旧了")]
    TooOld,
    #[error("文件是复合文档，但里面没有工作簿（可能是 Word、PPT 或别的文件）")]
    NotAWorkbook,
    #[error("工作表“{sheet}”有内容的单元格超过上限 {MAX_CELLS} 个")]
    TooManyCells { sheet: String },
}

/// What the records before the sheets say.
#[derive(Default)]
struct Globals {
    strings: Vec<Arc<str>>,
    /// Codes may stand behind the styles that use them.
    styles: Vec<u16>,
    formats: CellFormats,
    /// Offset, hidden, name.
    sheets: Vec<(usize, bool, String)>,
}

pub fn read(bytes: &[u8]) -> Result<Workbook, XlsError> {
    let container = Container::open(bytes).map_err(|_| XlsError::Broken)?;
    if container.has("EncryptedPackage") || container.has("EncryptionInfo") {
        return Err(XlsError::Encrypted);
    }
    let stream = match container.stream("Workbook").or_else(|| container.stream("Book")) {
        Some(stream) => stream.map_err(|_| XlsError::Broken)?,
        None => return Err(XlsError::NotAWorkbook),
    };
    let mut globals = globals(&stream)?;
    let mut workbook = Workbook { epoch: globals.formats.epoch, ..Workbook::default() };
    let mut budget = MAX_CELLS;
    for (offset, hidden, name) in std::mem::take(&mut globals.sheets) {
        let index = workbook.sheets.len() as u16;
        let mut sheet = Sheet { name, index, hidden, ..Sheet::default() };
        if cells(&stream, offset, &mut globals, &mut sheet, &mut budget)? {
            sheet.finish();
            workbook.sheets.push(sheet);
        }
    }
    Ok(workbook)
}

fn globals(stream: &[u8]) -> Result<Globals, XlsError> {
    let mut globals = Globals::default();
    let mut records = Records::from(stream, 0);
    let first = records.next().ok_or(XlsError::Broken)?;
    match (first.id, u16_at(first.data, 0)) {
        (0x809, Some(0x600)) => {}
        (0x809 | 0x409 | 0x209 | 0x009, _) => return Err(XlsError::TooOld),
        _ => return Err(XlsError::Broken),
    }
    while let Some(Record { id, data }) = records.next() {
        match id {
            0x2F => return Err(XlsError::Encrypted),
            0x0A => break,
            0x22 if u16_at(data, 0) == Some(1) => globals.formats.epoch = Epoch::From1904,
            0x85 => {
                // Only worksheets; charts and macro sheets hold no data.
                if let (Some(offset), Some(&hidden), Some(0)) = (u32_at(data, 0), data.get(4), data.get(5)) {
                    let name = data.get(6..).and_then(|d| string(d, 1)).unwrap_or_default();
                    globals.sheets.push((offset as usize, hidden & 3 != 0, name));
                }
            }
            0x41E => {
                if let (Some(number), Some(code)) = (u16_at(data, 0), data.get(2..).and_then(|d| string(d, 2))) {
                    globals.formats.add_code(u32::from(number), code);
                }
            }
            0xE0 => globals.styles.push(u16_at(data, 2).unwrap_or(0)),
            0xFC => {
                let mut pieces = vec![data.get(8..).unwrap_or_default()];
                pieces.extend(records.continued());
                let wanted = u32_at(data, 4).unwrap_or(0) as usize;
                let mut parts = Parts::new(pieces);
                while globals.strings.len() < wanted {
                    // A table that ends early leaves the rest of its texts out.
                    match parts.shared_string() {
                        Some(text) => globals.strings.push(text.into()),
                        None => break,
                    }
                }
            }
            _ => {}
        }
    }
    for number in std::mem::take(&mut globals.styles) {
        globals.formats.add_style(u32::from(number));
    }
    Ok(globals)
}

/// Reads one sheet; false when it is no worksheet.
fn cells(
    stream: &[u8],
    offset: usize,
    globals: &mut Globals,
    sheet: &mut Sheet,
    budget: &mut usize,
) -> Result<bool, XlsError> {
    let mut records = Records::from(stream, offset);
    match records.next() {
        Some(first) if first.id == 0x809 && u16_at(first.data, 2) == Some(0x10) => {}
        _ => return Ok(false),
    }
    let Globals { strings, formats, .. } = globals;
    // The cell whose formula gives the text of the next STRING record.
    let mut waiting: Option<Place> = None;
    let mut depth = 0;
    for Record { id, data } in records {
        // Charts inside a sheet are sheets of their own.
        match id {
            0x809 => depth += 1,
            0x0A if depth == 0 => break,
            0x0A => depth -= 1,
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let place = || Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?), u16_at(data, 4)?));
        let content = match id {
            0x203 => place().zip(f64_at(data, 6)).map(|(p, v)| (p, formats.double(p.2.into(), v))),
            0x27E => place().zip(u32_at(data, 6)).map(|(p, v)| (p, formats.double(p.2.into(), rk(v)))),
            0xFD => place().zip(u32_at(data, 6)).and_then(|(p, i)| {
                strings.get(i as usize).and_then(|t| formats.text(p.2.into(), t.clone())).map(|c| (p, c))
            }),
            0x204 | 0xD6 => place()
                .zip(data.get(6..).and_then(|d| string(d, 2)))
                .and_then(|(p, t)| formats.text(p.2.into(), t.into()).map(|c| (p, c))),
            0x205 => place()
                .zip(data.get(6).zip(data.get(7)))
                .map(|(p, (&value, &error))| (p, (flag(value, error != 0), None))),
            0x06 => formula(data, formats).and_then(|found| match found {
                Found::Text(p) => {
                    waiting = Some(p);
                    None
                }
                Found::Value(p, content) => Some((p, content)),
            }),
            0x207 => waiting
                .take()
                .zip(string(data, 2))
                .and_then(|(p, t)| formats.text(p.2.into(), t.into()).map(|c| (p, c))),
            0xBD => {
                let (row, first) = (u16_at(data, 0), u16_at(data, 2));
                if let (Some(row), Some(first)) = (row, first) {
                    let body = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                    for (i, pair) in body.chunks_exact(6).enumerate() {
                        let (Some(style), Some(raw)) = (u16_at(pair, 0), u32_at(pair, 2)) else { break };
                        let (value, shown) = formats.double(style.into(), rk(raw));
                        let column = u32::from(first) + i as u32;
                        push(sheet, budget, RawCell { row: u32::from(row), column, value, shown })?;
                    }
                }
                None
            }
            0xE5 => {
                for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let at = |i| u16_at(range, i).map_or(0, u32::from);
                    let merge = Merge { first_row: at(0), last_row: at(2), first_column: at(4), last_column: at(6) };
                    if merge.first_row <= merge.last_row && merge.first_column <= merge.last_column {
                        sheet.merges.push(merge);
                    }
                }
                None
            }
            0x208 => {
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12))
                    && flags & 0x20 != 0
                {
                    sheet.hidden_rows.push(u32::from(row));
                }
                None
            }
            0x7D => {
                if let (Some(first), Some(last), Some(flags)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                    && flags & 1 != 0
                {
                    sheet.hidden_columns.extend(u32::from(first)..=u32::from(last.min(255)));
                }
                None
            }
            _ => None,
        };
        if let Some(((row, column, _), (value, shown))) = content {
            push(sheet, budget, RawCell { row, column, value, shown })?;
        }
    }
    Ok(true)
}

fn push(sheet: &mut Sheet, budget: &mut usize, cell: RawCell) -> Result<(), XlsError> {
    if *budget == 0 {
        return Err(XlsError::TooManyCells { sheet: sheet.name.clone() });
    }
    *budget -= 1;
    sheet.cells.push(cell);
    Ok(())
}

type Place = (u32, u32, u16);

enum Found {
    Value(Place, (RawValue, Option<Arc<str>>)),
    /// The text comes in a record of its own.
    Text(Place),
}

/// The stored result of a formula.
fn formula(data: &[u8], formats: &mut CellFormats) -> Option<Found> {
    let place = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?), u16_at(data, 4)?);
    let result = data.get(6..14)?;
    if result[6..8] != [0xFF, 0xFF] {
        return Some(Found::Value(place, formats.double(place.2.into(), f64_at(data, 6)?)));
    }
    match result[0] {
        0 => Some(Found::Text(place)),
        1 => Some(Found::Value(place, (flag(result[2], false), None))),
        2 => Some(Found::Value(place, (flag(result[2], true), None))),
        _ => None,
    }
}

fn flag(value: u8, error: bool) -> RawValue {
    if error { RawValue::Error(error_text(value).into()) } else { RawValue::Bool(value != 0) }
}

/// The text of an error by its number, the same in both binary formats.
pub fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
