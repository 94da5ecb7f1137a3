//! .xlsb: the same package as .xlsx with binary parts.

use std::sync::Arc;

use super::date::Epoch;
use super::formats::CellFormats;
use super::package::{Package, PackageError};
use super::sheet::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, RawCell, RawValue, Sheet, Workbook};
use super::xls::error_text;
use super::xlsx::{Relation, XlsxError, main_part, relations};

/// A record: its number and data.
type Record<'b> = (u32, &'b [u8]);

/// Walks over the records of a part; a record that is cut off ends it.
struct Records<'b>(&'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (mut id, mut length) = (0u32, 0usize);
        for shift in [0, 7] {
            let byte = self.byte()?;
            id |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let data = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some((id, data))
    }
}

impl Records<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// A string with its length, and the offset behind it.
fn string(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = u32_at(data, at)?;
    if length == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let bytes = data.get(at + 4..at + 4 + (length as usize).checked_mul(2)?)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    Some((String::from_utf16_lossy(&units), at + 4 + bytes.len()))
}

struct Context {
    strings: Vec<Arc<str>>,
    formats: CellFormats,
}

pub fn read(bytes: &[u8]) -> Result<Workbook, XlsxError> {
    let mut package = Package::open(bytes)?;
    package.refuse_doctypes()?;
    let part = main_part(&mut package, "xl/workbook.bin")?;
    let Some(book) = package.bytes(&part)? else {
        return Err(PackageError::Missing(part).into());
    };
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
    let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
    let mut part_bytes = |target: Option<String>| match target {
        Some(target) => package.bytes(&target),
        None => Ok(None),
    };
    let styles = part_bytes(of_kind("styles"))?.unwrap_or_default();
    let strings = part_bytes(of_kind("sharedStrings"))?.unwrap_or_default();
    let mut context = Context {
        strings: Records(&strings)
            .filter(|(id, _)| *id == 19)
            .map(|(_, d)| string(d, 1).unwrap_or_default().0.into())
            .collect(),
        formats: formats(&styles),
    };
    let mut workbook = Workbook::default();
    let mut budget = MAX_CELLS;
    for (id, data) in Records(&book) {
        match id {
            153 if data.first().is_some_and(|f| f & 1 != 0) => context.formats.epoch = Epoch::From1904,
            156 => {
                let Some((relation, at)) = string(data, 8) else { continue };
                let target = relations.get(&relation).filter(|r: &&Relation| r.kind == "worksheet");
                let Some(target) = target.map(|r| r.target.clone()) else { continue };
                let Some(bytes) = package.bytes(&target)? else {
                    return Err(PackageError::Missing(target).into());
                };
                let mut sheet = Sheet {
                    name: string(data, at).unwrap_or_default().0,
                    index: workbook.sheets.len() as u16,
                    hidden: u32_at(data, 0).is_some_and(|s| s != 0),
                    ..Sheet::default()
                };
                cells(&bytes, &mut context, &mut sheet, &mut budget)?;
                sheet.finish();
                workbook.sheets.push(sheet);
            }
            _ => {}
        }
    }
    workbook.epoch = context.formats.epoch;
    if workbook.sheets.is_empty() { Err(XlsxError::NoSheets) } else { Ok(workbook) }
}

fn formats(styles: &[u8]) -> CellFormats {
    let (mut formats, mut in_cells) = (CellFormats::default(), false);
    for (id, data) in Records(styles) {
        match id {
            44 => {
                if let (Some(number), Some((code, _))) = (u16_at(data, 0), string(data, 2)) {
                    formats.add_code(u32::from(number), code);
                }
            }
            617 => in_cells = true,
            618 => in_cells = false,
            47 if in_cells => formats.add_style(u32::from(u16_at(data, 2).unwrap_or(0))),
            _ => {}
        }
    }
    formats
}

fn cells(bytes: &[u8], context: &mut Context, sheet: &mut Sheet, budget: &mut usize) -> Result<(), XlsxError> {
    let Context { strings, formats } = context;
    let mut row = 0;
    for (id, data) in Records(bytes) {
        let at = |offset| u32_at(data, offset);
        let style = || at(4).map_or(0, |s| (s & 0xFF_FFFF) as usize);
        let real = || data.get(8..16).map(|b| f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]));
        let content = match id {
            0 => {
                row = at(0).unwrap_or(0);
                if data.get(11).is_some_and(|f| f & 0x10 != 0) {
                    sheet.hidden_rows.push(row);
                }
                None
            }
            2 => at(8).map(|raw| formats.double(style(), super::xls::rk(raw))),
            3 | 11 => data.get(8).map(|&code| (RawValue::Error(error_text(code).into()), None)),
            4 | 10 => data.get(8).map(|&flag| (RawValue::Bool(flag != 0), None)),
            5 | 9 => real().map(|value| formats.double(style(), value)),
            6 | 8 => string(data, 8).and_then(|(t, _)| formats.text(style(), t.into())),
            7 => at(8).and_then(|i| strings.get(i as usize)).and_then(|t| formats.text(style(), t.clone())),
            176 => {
                if let (Some(first_row), Some(last_row), Some(first_column), Some(last_column)) =
                    (at(0), at(4), at(8), at(12))
                    && first_row <= last_row
                    && first_column <= last_column
                {
                    sheet.merges.push(Merge { first_row, first_column, last_row, last_column });
                }
                None
            }
            60 => {
                if let (Some(first), Some(last), Some(flags)) = (at(0), at(4), u16_at(data, 16))
                    && flags & 1 != 0
                {
                    sheet.hidden_columns.extend(first..=last.min(MAX_COLUMNS - 1));
                }
                None
            }
            _ => None,
        };
        let Some((value, shown)) = content else { continue };
        let column = at(0).unwrap_or(0);
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            let address = super::cell_name(row, column);
            return Err(XlsxError::BadAddress { sheet: sheet.name.clone(), address });
        }
        if *budget == 0 {
            return Err(XlsxError::TooManyCells { sheet: sheet.name.clone() });
        }
        *budget -= 1;
        sheet.cells.push(RawCell { row, column, value, shown });
    }
    Ok(())
}
