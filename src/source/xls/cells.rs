//! The records of one sheet.

use std::sync::Arc;

use super::error::{XlsError, error_text};
use super::globals::Globals;
use super::ids::{self, BOF, WORKSHEET};
use super::records::{Record, Records, f64_at, rk, u16_at, u32_at};

use crate::source::formats::Content;
use crate::source::sheet::{Merge, RawCell, RawValue, Sheet};

/// Row, column and style.
type Place = (u32, u32, usize);

/// Reads one sheet; false when it is no worksheet.
pub fn read(
    stream: &[u8],
    offset: usize,
    globals: &mut Globals,
    sheet: &mut Sheet,
    budget: &mut usize,
) -> Result<bool, XlsError> {
    let mut records = Records::from(stream, offset);
    match records.next() {
        Some(first) if first.id == BOF && u16_at(first.data, 2) == Some(WORKSHEET) => {}
        _ => return Ok(false),
    }
    let mut reader = Reader { globals, sheet, budget, waiting: None };
    let mut depth = 0;
    for record in records {
        // Charts inside a sheet are sheets of their own.
        match record.id {
            BOF => depth += 1,
            ids::EOF if depth == 0 => break,
            ids::EOF => depth -= 1,
            _ if depth == 0 => reader.take(record)?,
            _ => {}
        }
    }
    Ok(true)
}

struct Reader<'g, 's> {
    globals: &'g mut Globals,
    sheet: &'s mut Sheet,
    budget: &'s mut usize,
    /// The cell whose formula gives the text of the next STRING record.
    waiting: Option<Place>,
}

fn place(data: &[u8]) -> Option<Place> {
    Some((u16_at(data, 0)?.into(), u16_at(data, 2)?.into(), u16_at(data, 4)?.into()))
}

impl Reader<'_, '_> {
    fn take(&mut self, Record { id, data }: Record<'_>) -> Result<(), XlsError> {
        match id {
            ids::NUMBER => self.double(place(data), f64_at(data, 6)),
            ids::RK => self.double(place(data), u32_at(data, 6).map(rk)),
            ids::MUL_RK => self.numbers(data),
            ids::LABEL_SST => {
                let text = u32_at(data, 6).and_then(|i| self.globals.strings.get(i as usize)).cloned();
                self.text(place(data), text)
            }
            ids::LABEL | ids::RICH_STRING => {
                let text = data.get(6..).and_then(|d| self.globals.texts.read(d, 2));
                self.text(place(data), text.map(Arc::from))
            }
            ids::STRING => {
                let text = self.globals.texts.read(data, 2).map(Arc::from);
                let waiting = self.waiting.take();
                self.text(waiting, text)
            }
            ids::FORMULA => self.formula(data),
            ids::BOOL_ERR => match (place(data), data.get(6), data.get(7)) {
                (Some(place), Some(&value), Some(&error)) => self.push(place, Some((flag(value, error != 0), None))),
                _ => Ok(()),
            },
            _ => {
                self.shape(id, data);
                Ok(())
            }
        }
    }

    fn double(&mut self, place: Option<Place>, value: Option<f64>) -> Result<(), XlsError> {
        let (Some(place), Some(value)) = (place, value) else { return Ok(()) };
        let content = self.globals.formats.double(place.2, value);
        self.push(place, Some(content))
    }

    fn text(&mut self, place: Option<Place>, text: Option<Arc<str>>) -> Result<(), XlsError> {
        let (Some(place), Some(text)) = (place, text) else { return Ok(()) };
        let content = self.globals.formats.text(place.2, text);
        self.push(place, content)
    }

    /// Numbers of several cells of a row, side by side.
    fn numbers(&mut self, data: &[u8]) -> Result<(), XlsError> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        let body = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (i, pair) in body.chunks_exact(6).enumerate() {
            let place = u16_at(pair, 0).map(|style| (row.into(), u32::from(first) + i as u32, style.into()));
            self.double(place, u32_at(pair, 2).map(rk))?;
        }
        Ok(())
    }

    /// The stored result of a formula.
    fn formula(&mut self, data: &[u8]) -> Result<(), XlsError> {
        let (Some(place), Some(result)) = (place(data), data.get(6..14)) else { return Ok(()) };
        if result[6..8] != [0xFF, 0xFF] {
            return self.double(Some(place), f64_at(data, 6));
        }
        match result[0] {
            0 => {
                self.waiting = Some(place);
                Ok(())
            }
            1 => self.push(place, Some((flag(result[2], false), None))),
            2 => self.push(place, Some((flag(result[2], true), None))),
            _ => Ok(()),
        }
    }

    /// Merged ranges, hidden rows and columns.
    fn shape(&mut self, id: u16, data: &[u8]) {
        match id {
            ids::MERGE_CELLS => {
                for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let at = |i| u16_at(range, i).map_or(0, u32::from);
                    let merge = Merge { first_row: at(0), last_row: at(2), first_column: at(4), last_column: at(6) };
                    if merge.first_row <= merge.last_row && merge.first_column <= merge.last_column {
                        self.sheet.merges.push(merge);
                    }
                }
            }
            ids::ROW => {
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12))
                    && flags & 0x20 != 0
                {
                    self.sheet.hidden_rows.push(row.into());
                }
            }
            ids::COL_INFO => {
                if let (Some(first), Some(last), Some(flags)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                    && flags & 1 != 0
                {
                    self.sheet.hidden_columns.extend(u32::from(first)..=u32::from(last.min(255)));
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, (row, column, _): Place, content: Content) -> Result<(), XlsError> {
        let Some((value, shown)) = content else { return Ok(()) };
        if *self.budget == 0 {
            return Err(XlsError::TooManyCells { sheet: self.sheet.name.clone() });
        }
        *self.budget -= 1;
        self.sheet.cells.push(RawCell { row, column, value, shown });
        Ok(())
    }
}

fn flag(value: u8, error: bool) -> RawValue {
    if error { RawValue::Error(error_text(value).into()) } else { RawValue::Bool(value != 0) }
}
