//! A part of a sheet, looked at by itself.

use std::ops::Range;

use super::grid::Grid;
use super::{header, layout};
use crate::source::sheet::Sheet;

/// The cells of some rows and columns, at their places.
pub fn part(sheet: &Sheet, rows: Range<u32>, columns: Range<u32>) -> Sheet {
    let inside = |row: u32, column: u32| rows.contains(&row) && columns.contains(&column);
    Sheet {
        name: sheet.name.clone(),
        cells: sheet.cells.iter().filter(|c| inside(c.row, c.column)).cloned().collect(),
        merges: sheet.merges.iter().filter(|m| inside(m.first_row, m.first_column)).copied().collect(),
        index: sheet.index,
        hidden: sheet.hidden,
        hidden_rows: Vec::new(),
        hidden_columns: Vec::new(),
    }
}

/// Whether what begins at a row is a table of figures by year, which needs no name.
pub fn is_figures(grid: &Grid<'_>, row: u32) -> bool {
    figures_in(&part(grid.sheet, row..u32::MAX, 0..u32::MAX), grid)
}

/// Whether a part of a sheet is such a table.
pub fn figures_in(sheet: &Sheet, grid: &Grid<'_>) -> bool {
    let grid = Grid::new(sheet, grid.source, grid.delimited);
    let Some(header) = header::find(&grid) else { return false };
    layout::by_words(&header).is_some() || layout::by_evidence(&grid, &header).is_some_and(|(_, likely)| likely)
}
