//! What every workbook reader gives: sparse sheets of cells with what they hold and show.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Date;
use super::date::Epoch;
use super::number::RawNumber;

/// Most cells with content of one workbook.
pub const MAX_CELLS: usize = 2_000_000;
/// Rows and columns that a sheet can have.
pub const MAX_ROWS: u32 = 1 << 20;
pub const MAX_COLUMNS: u32 = 1 << 14;

/// A workbook as read, before anything is recognised in it.
#[derive(Clone, Debug, Default)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// How it counts days.
    pub epoch: Epoch,
    /// Text with separators (CSV): a comma too many shifts the cells of a row.
    pub delimited: bool,
}

/// One sheet. Rows and columns count from 0.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    /// Number of the sheet in the source's list of names.
    pub index: u16,
    pub hidden: bool,
    /// Cells with content, ordered by row and column.
    pub cells: Vec<RawCell>,
    pub merges: Vec<Merge>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u32>,
}

/// A merged range; only its first cell holds a value. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first_row: u32,
    pub first_column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

impl Merge {
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }
}

/// A cell with content.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCell {
    pub row: u32,
    pub column: u32,
    pub value: RawValue,
    /// What the cell shows, where that is more than the value says.
    pub shown: Option<Arc<str>>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    Text(Arc<str>),
    Number(RawNumber),
    /// A number that no decimal holds (`1e300`), as it was written.
    TooLarge(Arc<str>),
    Date(Date),
    /// A time of day or a duration, which only its text says.
    Time,
    Bool(bool),
    /// `#N/A` and the like.
    Error(Arc<str>),
    /// A formula whose result was never stored.
    Uncalculated(Arc<str>),
    /// A picture inside the cell.
    Picture,
    /// A number with the format of a date that is no date (negative, after 9999).
    NotADate(Decimal),
}

impl Sheet {
    /// The cell at a place, if it has content.
    pub fn cell(&self, row: u32, column: u32) -> Option<&RawCell> {
        let at = self.cells.binary_search_by_key(&(row, column), |c| (c.row, c.column)).ok()?;
        Some(&self.cells[at])
    }

    /// Orders cells as promised; of two at one place the later stays.
    /// A cell with nothing but blanks is an empty one.
    pub fn finish(&mut self) {
        self.cells.retain(|c| !matches!(&c.value, RawValue::Text(text) if text.trim().is_empty()));
        let ordered = self.cells.windows(2).all(|w| (w[0].row, w[0].column) < (w[1].row, w[1].column));
        if !ordered {
            self.cells.sort_by_key(|c| (c.row, c.column));
            self.cells.reverse();
            self.cells.dedup_by_key(|c| (c.row, c.column));
            self.cells.reverse();
        }
        // Room for cells to come would stay as long as the sheet does.
        self.cells.shrink_to_fit();
        self.hidden_rows.sort_unstable();
        self.hidden_columns.sort_unstable();
    }
}
