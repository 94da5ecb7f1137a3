//! The records of one sheet.

use std::sync::Arc;

use super::ids;
use super::records::{string, u16_at, u32_at};
use crate::diagnostic::cell_name;
use crate::source::formats::{CellFormats, Content};
use crate::source::sheet::{MAX_COLUMNS, MAX_ROWS, Merge, RawCell, RawValue, Sheet};
use crate::source::xls::{error_text, rk};
use crate::source::xlsx::XlsxError;

/// What the other parts say about a cell's number and text.
pub struct Context {
    pub strings: Vec<Arc<str>>,
    pub formats: CellFormats,
}

pub fn read<'b>(
    records: impl Iterator<Item = (u32, &'b [u8])>,
    context: &mut Context,
    sheet: &mut Sheet,
    budget: &mut usize,
) -> Result<(), XlsxError> {
    let mut row = 0;
    for (id, data) in records {
        if id == ids::ROW_HEADER {
            row = u32_at(data, 0).unwrap_or(0);
            if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                sheet.hidden_rows.push(row);
            }
            continue;
        }
        let Some((value, shown)) = content(id, data, context) else {
            shape(id, data, sheet);
            continue;
        };
        let column = u32_at(data, 0).unwrap_or(0);
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            let address = cell_name(row, column);
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

/// What a record puts into a cell: column, style, then the value.
fn content(id: u32, data: &[u8], context: &mut Context) -> Content {
    let Context { strings, formats } = context;
    let style = u32_at(data, 4).map_or(0, |s| (s & 0xFF_FFFF) as usize);
    match id {
        ids::CELL_RK => u32_at(data, 8).map(|raw| formats.double(style, rk(raw))),
        ids::CELL_REAL | ids::FORMULA_REAL => {
            let bytes = data.get(8..16)?.try_into().ok()?;
            Some(formats.double(style, f64::from_le_bytes(bytes)))
        }
        ids::CELL_ERROR | ids::FORMULA_ERROR => {
            data.get(8).map(|&code| (RawValue::Error(error_text(code).into()), None))
        }
        ids::CELL_BOOL | ids::FORMULA_BOOL => data.get(8).map(|&flag| (RawValue::Bool(flag != 0), None)),
        ids::CELL_TEXT | ids::FORMULA_TEXT => formats.text(style, string(data, 8)?.0.into()),
        ids::CELL_SHARED => formats.text(style, strings.get(u32_at(data, 8)? as usize)?.clone()),
        _ => None,
    }
}

/// Merged ranges and hidden columns.
fn shape(id: u32, data: &[u8], sheet: &mut Sheet) {
    let at = |offset| u32_at(data, offset);
    match id {
        ids::MERGE_CELL => {
            if let (Some(first_row), Some(last_row), Some(first_column), Some(last_column)) =
                (at(0), at(4), at(8), at(12))
                && first_row <= last_row
                && first_column <= last_column
            {
                sheet.merges.push(Merge { first_row, first_column, last_row, last_column });
            }
        }
        ids::COL_INFO => {
            if let (Some(first), Some(last), Some(flags)) = (at(0), at(4), u16_at(data, 16))
                && flags & 1 != 0
            {
                sheet.hidden_columns.extend(first..=last.min(MAX_COLUMNS - 1));
            }
        }
        _ => {}
    }
}
