//! Rows that belong to a header though they hold no names: units, numbers of columns; and
//! rows that look like a header but only stand above one.

use std::sync::Arc;

use super::grid::{Grid, raw_text};
use super::label::{HeaderColumn, clean_name, is_label};
use crate::quantity::unit;
use crate::source::sheet::RawCell;
use crate::vocabulary::columns::{Role, is};

const STEMS: &[&str] = &["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"];

/// The row right below another, if it has content.
fn below<'g>(grid: &'g Grid<'_>, row: u32) -> Option<&'g [RawCell]> {
    let at = grid.rows().binary_search_by_key(&(row + 1), |(row, _)| *row).ok()?;
    Some(grid.rows()[at].1)
}

/// The row below the names may give their units: `（万元）` or 万元 under each name, blank or
/// 单位 under the first. Empty when it gives anything else.
pub fn units(grid: &Grid<'_>, last: u32, columns: &[HeaderColumn]) -> Vec<(u32, Arc<str>)> {
    let (Some(cells), Some(first)) = (below(grid, last), columns.first()) else { return Vec::new() };
    // Names under a blank corner stand before the first named column, which may have a unit then.
    let next = grid.rows().iter().find(|(row, _)| *row > last + 1).and_then(|(_, cells)| cells.first());
    let corner = next.is_some_and(|cell| cell.column < first.column);
    let mut units = Vec::new();
    for cell in cells {
        let text = clean_name(&raw_text(cell));
        if cell.column == first.column && is(Role::Unit, &text) {
            continue;
        }
        let Some(unit) = unit_of(&text).filter(|_| cell.column != first.column || corner) else { return Vec::new() };
        if !columns.iter().any(|c| c.column == cell.column) {
            return Vec::new();
        }
        units.push((cell.column, Arc::from(unit)));
    }
    units
}

/// The unit that a cell holds and nothing else: 万元, （万元）, 单位：万元.
pub fn unit_of(text: &str) -> Option<String> {
    let text = clean_name(text);
    let inside = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let inside = unit::stated(inside).unwrap_or(inside);
    unit::is_unit(inside).then(|| inside.to_string())
}

/// True when every cell of a row is a unit.
pub fn only_units(grid: &Grid<'_>, row: u32) -> bool {
    let at = grid.rows().binary_search_by_key(&row, |(row, _)| *row);
    at.is_ok_and(|at| grid.rows()[at].1.iter().all(|c| unit_of(&raw_text(c)).is_some()))
}

/// True when the row below numbers the columns: 甲 乙 1 2 3, or (1) (2) (3). A table whose
/// records are called 甲, 乙 … goes on below with 乙.
pub fn numbering(grid: &Grid<'_>, last: u32, columns: &[HeaderColumn]) -> bool {
    let Some(cells) = below(grid, last).filter(|cells| cells.len() >= 3 && cells.len() == columns.len()) else {
        return false;
    };
    let texts: Vec<String> = cells.iter().map(|c| clean_name(&raw_text(c))).collect();
    let (mut stems, mut numbers) = (0, 0);
    for text in &texts {
        let bare = text.split(['=', '＝']).next().unwrap_or(text);
        let bare = bare.trim_matches(['（', '）', '(', ')', '[', ']']);
        if numbers == 0 && STEMS.get(stems) == Some(&bare)
            || stems + numbers == 0 && matches!(bare, "栏次" | "栏目" | "行次")
        {
            stems += 1;
        } else if bare.parse::<usize>().ok() == Some(numbers + 1) {
            numbers += 1;
        } else {
            return false;
        }
    }
    let named = below(grid, last + 1).and_then(|next| next.first()).map(|c| clean_name(&raw_text(c)));
    // Where no stem leads, only bracketed numbers are sure to be no data.
    let sure = stems > 0 || texts.iter().all(|t| t.starts_with(['（', '(']));
    sure && named.is_some_and(|n| STEMS.get(stems) != Some(&n.as_str()))
}

/// A row of few cells above the real header (`联络站 | 2026年`) looks like one: the row
/// below it then has names for twice as many columns.
pub fn better(grid: &Grid<'_>, row: u32, width: usize) -> Option<u32> {
    let at = grid.rows().binary_search_by_key(&row, |(row, _)| *row).ok()?;
    let (cells, (next, names)) = (grid.rows()[at].1, *grid.rows().get(at + 1)?);
    let merged = |row: u32, cells: &[RawCell]| cells.iter().any(|c| grid.merge_at(row, c.column).is_some());
    let covers = cells.iter().all(|c| names.iter().any(|n| n.column == c.column));
    (cells.len() * 2 <= width
        && next == row + 1
        && names.len() >= width
        && covers
        && names.iter().all(is_label)
        && !merged(row, cells)
        && !merged(next, names))
    .then_some(next)
}
