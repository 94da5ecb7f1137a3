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
/// Columns A to XFD (ECMA-376 part 1, 18.3.1.73); a cell beyond refuses the file.
pub const MAX_COLUMNS: u32 = 1 << 14;

/// A workbook as read, before anything is recognised in it.
#[derive(Clone, Debug, Default)]
pub struct Workbook {
    /// In the order of the tabs, hidden ones too; sheets of charts and macros are left out.
    pub sheets: Vec<Sheet>,
    /// How it counts days.
    pub epoch: Epoch,
    /// Text with separators (CSV): a comma too many shifts the cells of a row.
    pub delimited: bool,
}

/// One sheet. Rows and columns count from 0.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// As the tab shows it.
    pub name: String,
    /// Number of the sheet in the source's list of names.
    pub index: u16,
    /// Hidden or “very hidden”; it is read all the same, and the user is told (D110).
    pub hidden: bool,
    /// Cells with content, ordered by row and column.
    pub cells: Vec<RawCell>,
    /// Merged ranges in the order of the file, each of two cells at least.
    pub merges: Vec<Merge>,
    /// Rows, from 0 and ascending, that were hidden or that a filter took away; their cells are in `cells`
    /// like all others.
    pub hidden_rows: Vec<u32>,
    /// Columns, from 0 and ascending, that were hidden; their cells are in `cells` like all others.
    pub hidden_columns: Vec<u32>,
}

/// A merged range; only its first cell holds a value. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Top row, from 0.
    pub first_row: u32,
    /// Leftmost column, from 0 (A).
    pub first_column: u32,
    /// Bottom row, from 0, itself merged.
    pub last_row: u32,
    /// Rightmost column, from 0, itself merged.
    pub last_column: u32,
}

impl Merge {
    /// Whether a cell (both numbers from 0) lies in the range, its first cell included.
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }
}

/// A cell with content.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCell {
    /// From 0: row 7 of the screen is 6.
    pub row: u32,
    /// From 0: column C is 2.
    pub column: u32,
    /// What is stored, not what is shown: 0.7834 where the cell shows 78%.
    pub value: RawValue,
    /// What the cell shows, where that is more than the value says.
    pub shown: Option<Arc<str>>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// A text, shared or in the cell, with its line breaks; rich text without its marks.
    Text(Arc<str>),
    /// A number, exact to the 15 digits that a spreadsheet keeps.
    Number(RawNumber),
    /// A number that no decimal holds (`1e300`), as it was written.
    TooLarge(Arc<str>),
    /// A day number whose format is that of a date, or a cell that says it is one (.ods, `t="d"`).
    Date(Date),
    /// A time of day or a duration, which only its text says.
    Time,
    /// TRUE or FALSE, typed or calculated.
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
