//! A sheet by rows and columns, with merged ranges resolved.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::dataset::scalar;
use crate::diagnostic::{Origin, SourceId};
use crate::source::number::general;
use crate::source::sheet::{Merge, RawCell, RawValue, Sheet};

/// The sheet with an index of its rows and merged ranges.
pub struct Grid<'s> {
    pub sheet: &'s Sheet,
    pub source: SourceId,
    /// From text with separators.
    pub delimited: bool,
    /// Each row that has content, with its cells.
    rows: Vec<(u32, &'s [RawCell])>,
    /// For each first row of a merged range, the ranges that begin there.
    merges: BTreeMap<u32, Vec<Merge>>,
    /// Rows that the tallest merged range covers: how far up a look for one must go.
    tallest: u32,
}

impl<'s> Grid<'s> {
    pub fn new(sheet: &'s Sheet, source: SourceId, delimited: bool) -> Self {
        let rows: Vec<_> = sheet.cells.chunk_by(|a, b| a.row == b.row).map(|row| (row[0].row, row)).collect();
        let mut merges: BTreeMap<u32, Vec<Merge>> = BTreeMap::new();
        let mut tallest = 0;
        for &merge in &sheet.merges {
            // A range without a value says nothing.
            if sheet.cell(merge.first_row, merge.first_column).is_some() {
                tallest = tallest.max(merge.last_row - merge.first_row);
                merges.entry(merge.first_row).or_default().push(merge);
            }
        }
        Grid { sheet, source, delimited, rows, merges, tallest }
    }

    /// Rows with content, from the top.
    pub fn rows(&self) -> &[(u32, &'s [RawCell])] {
        &self.rows
    }

    /// The cells of a row.
    pub fn row(&self, row: u32) -> &'s [RawCell] {
        self.rows.binary_search_by_key(&row, |(row, _)| *row).map_or(&[], |at| self.rows[at].1)
    }

    /// Whether anything on the sheet is merged.
    pub fn has_merges(&self) -> bool {
        !self.merges.is_empty()
    }

    /// The merged range that covers a place.
    pub fn merge_at(&self, row: u32, column: u32) -> Option<Merge> {
        if self.merges.is_empty() {
            return None;
        }
        let from = row.saturating_sub(self.tallest);
        self.merges.range(from..=row).flat_map(|(_, m)| m).find(|m| m.contains(row, column)).copied()
    }

    /// The cell that shows at a place: its own, or the first of its merged range.
    pub fn shown_cell(&self, row: u32, column: u32) -> Option<&'s RawCell> {
        match self.merge_at(row, column) {
            Some(m) => self.sheet.cell(m.first_row, m.first_column),
            None => self.sheet.cell(row, column),
        }
    }

    /// The cell at a place of a table's body: a merged value goes to each row of its first
    /// column, not to the columns beside it.
    pub fn body_cell(&self, row: u32, column: u32) -> Option<&'s RawCell> {
        if let Some(cell) = self.sheet.cell(row, column)
            && self.merges.is_empty()
        {
            return Some(cell);
        }
        match self.merge_at(row, column) {
            Some(m) if m.first_column == column => self.sheet.cell(m.first_row, column),
            Some(_) => None,
            None => self.sheet.cell(row, column),
        }
    }

    pub fn origin(&self, row: u32, column: u32) -> Origin {
        Origin::cell(self.source, self.sheet.index, row, column)
    }

    /// The text of a cell, trimmed; blank when there is none.
    pub fn text(&self, row: u32, column: u32) -> Cow<'s, str> {
        self.shown_cell(row, column).map_or(Cow::Borrowed(""), raw_text)
    }
}

/// What a cell shows, trimmed.
pub fn raw_text(cell: &RawCell) -> Cow<'_, str> {
    if let Some(shown) = &cell.shown {
        return Cow::Borrowed(scalar::trim(shown));
    }
    match &cell.value {
        RawValue::Text(text) => Cow::Borrowed(scalar::trim(text)),
        RawValue::Number(number) => Cow::Owned(general(number.value)),
        RawValue::Bool(b) => Cow::Borrowed(if *b { "TRUE" } else { "FALSE" }),
        RawValue::Error(text) | RawValue::TooLarge(text) => Cow::Borrowed(text),
        RawValue::Uncalculated(formula) => Cow::Owned(format!("={formula}")),
        RawValue::NotADate(value) => Cow::Owned(general(*value)),
        RawValue::Date(_) | RawValue::Time | RawValue::Picture => Cow::Borrowed(""),
    }
}
