//! The header of a sheet: where it begins, how deep it is, what its columns are called.

use std::sync::Arc;

use super::grid::{Grid, raw_text};
use super::label::{HeaderColumn, clean_name, is_label};
use super::subheader;
use crate::dataset::scalar;
use crate::quantity::unit;
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::columns::{NAME, names_the_rows};

/// Rows with content at the top of a sheet among which the header is looked for.
const LOOK_AHEAD: usize = 20;
/// Most rows of a header.
const MAX_DEPTH: u32 = 3;

/// The last row of the header and its named columns.
#[derive(Debug)]
pub struct Header {
    pub first_row: u32,
    /// The body begins below.
    pub last_row: u32,
    /// A row that only numbers the columns (甲 1 2 3); it belongs to the header.
    pub numbering: Option<u32>,
    pub columns: Vec<HeaderColumn>,
    /// A unit said above the header for the whole sheet.
    pub unit: Option<Arc<str>>,
    /// The first column has no name of its own: it is called 名称.
    pub corner: bool,
}

/// Finds the header; `None` when no row looks like one.
pub fn find(grid: &Grid<'_>) -> Option<Header> {
    let rows = grid.rows();
    let width = used_width(grid);
    let top = rows.iter().take(LOOK_AHEAD);
    let fits = |&&(row, cells): &&(u32, &[RawCell])| is_header_row(grid, row, cells, width);
    let first_row = match top.clone().find(fits) {
        Some(&(row, _)) => subheader::better(grid, row, width).unwrap_or(row),
        // A list of one column: its first row that is no wide title.
        None if width == 1 => {
            let narrow = |&&(row, cells): &&(u32, &[RawCell])| {
                cells.len() == 1 && is_label(&cells[0]) && grid.merge_at(row, cells[0].column).is_none()
            };
            top.clone().find(narrow)?.0
        }
        None => return None,
    };
    let names_row = last_row(grid, first_row);
    let (columns, units_row) = columns(grid, first_row, names_row);
    let below = units_row.unwrap_or(names_row);
    let numbering = subheader::numbering(grid, below, &columns).then_some(below + 1);
    let unit = top.take_while(|(row, _)| *row <= first_row).find_map(|(_, cells)| stated_unit(cells));
    let mut header =
        Header { first_row, last_row: numbering.unwrap_or(below), numbering, columns, unit, corner: false };
    name_the_corner(grid, &mut header);
    Some(header)
}

/// A blank corner: the first column has words in most rows and nothing in the header.
fn name_the_corner(grid: &Grid<'_>, header: &mut Header) {
    let Some(named) = header.columns.first().map(|c| c.column).filter(|c| *c > 0) else { return };
    let (mut words, mut rows, corner) = (0, 0, named - 1);
    for (_, cells) in grid.rows().iter().skip_while(|(row, _)| *row <= header.last_row).take(200) {
        rows += 1;
        words += usize::from(cells.first().is_some_and(|c| c.column == corner && is_label(c)));
    }
    let first = grid.rows().iter().find(|(row, _)| *row > header.last_row).map_or(&[][..], |(_, cells)| *cells);
    let is_name = |c: &RawCell| is_label(c) && !unit::is_unit(&raw_text(c));
    let in_words = |column: u32| first.iter().any(|c| c.column == column && is_name(c));
    let named = header.columns.iter().any(|c| names_the_rows(&c.name) && in_words(c.column));
    if words > 0 && words * 2 >= rows && !named && header.columns.len() > 1 {
        let origin = grid.origin(header.last_row, corner);
        header.columns.insert(0, HeaderColumn { column: corner, name: NAME.into(), unit: None, origin });
        header.corner = true;
    }
}

/// Columns that hold something in at least half as many rows as the fullest one does.
fn used_width(grid: &Grid<'_>) -> usize {
    let mut counts = std::collections::BTreeMap::<u32, usize>::new();
    for (_, cells) in grid.rows().iter().take(200) {
        cells.iter().for_each(|c| *counts.entry(c.column).or_default() += 1);
    }
    let fullest = counts.values().copied().max().unwrap_or(0);
    counts.values().filter(|&&n| n * 2 >= fullest).count().max(1)
}

fn is_header_row(grid: &Grid<'_>, row: u32, cells: &[RawCell], width: usize) -> bool {
    let labels = cells.iter().filter(|c| is_label(c)).count();
    // “单位：万元” may stand beside the names.
    let notes = cells.iter().filter(|c| matches!(&c.value, RawValue::Text(t) if unit::stated(t).is_some())).count();
    if labels < 2 || labels + notes < cells.len() {
        return false;
    }
    let covered: u32 =
        cells.iter().map(|c| grid.merge_at(row, c.column).map_or(1, |m| m.last_column - m.first_column + 1)).sum();
    covered as usize * 2 >= width
}

/// The unit that a row above the header states, in whichever of its cells.
fn stated_unit(cells: &[RawCell]) -> Option<Arc<str>> {
    let marks = [' ', '　', '\n', '\t', '（', '(', '）', ')', '，', ',', '；', ';', '【', '】'];
    let texts: Vec<&str> = cells
        .iter()
        .filter_map(|cell| match &cell.value {
            RawValue::Text(text) => Some(scalar::trim(text)),
            _ => None,
        })
        .collect();
    let in_one = texts.iter().find_map(|text| {
        // `填报单位：某某  单位：万元`, `经费情况表（单位：万元）`
        text.split(marks).filter_map(unit::stated).next_back().or_else(|| unit::stated(text))
    });
    // The label in one cell, the unit in the next.
    let in_two = || {
        let label =
            |text: &str| text.trim_end_matches([':', '：']).trim_end().ends_with("单位") && text.ends_with([':', '：']);
        texts.windows(2).find(|pair| label(pair[0]) && unit::is_unit(pair[1])).map(|pair| pair[1])
    };
    in_one.or_else(in_two).map(Arc::from)
}

/// A header goes on below while something in it is merged over columns beside it, or is
/// merged downward; without merges, while the next row only fills the gaps.
fn last_row(grid: &Grid<'_>, first: u32) -> u32 {
    let mut last = first;
    loop {
        let Ok(at) = grid.rows().binary_search_by_key(&last, |(row, _)| *row) else { return last };
        let cells = grid.rows()[at].1;
        let merges = cells.iter().filter_map(|c| grid.merge_at(last, c.column));
        let (mut down, mut wide) = (last, false);
        for merge in merges {
            down = down.max(merge.last_row);
            wide |= merge.last_column > merge.first_column && merge.last_row == last;
        }
        let next = grid.rows().get(at + 1).filter(|(row, _)| *row == last + 1);
        let next_is_text = next.is_some_and(|(_, cells)| cells.iter().all(is_label));
        let wider = if wide && next_is_text || fills_gaps(cells, next) { last + 1 } else { last };
        let reached = down.max(wider).min(first + MAX_DEPTH - 1);
        if reached == last {
            return last;
        }
        last = reached;
    }
}

/// Without merges (as in CSV): the row above has blanks exactly where this one has names.
fn fills_gaps(cells: &[RawCell], next: Option<&(u32, &[RawCell])>) -> bool {
    let Some((_, below)) = next else { return false };
    let Some(first) = cells.first() else { return false };
    let has = |column: u32| cells.iter().any(|c| c.column == column);
    below.iter().all(is_label)
        && below.len() >= 2
        && below.first().is_some_and(|c| c.column > first.column)
        && below.iter().any(|c| !has(c.column))
        && below.iter().all(|c| {
            !has(c.column) || !has(c.column + 1) || below.iter().any(|d| d.column == c.column + 1 && !has(d.column))
        })
}

/// The named columns, and the row of units below the names if there is one.
fn columns(grid: &Grid<'_>, first: u32, last: u32) -> (Vec<HeaderColumn>, Option<u32>) {
    let header_rows: Vec<&(u32, &[RawCell])> =
        grid.rows().iter().skip_while(|(row, _)| *row < first).take_while(|(row, _)| *row <= last).collect();
    let mut wanted: Vec<u32> = header_rows.iter().flat_map(|(_, cells)| cells.iter().map(|c| c.column)).collect();
    for merge in &grid.sheet.merges {
        if (first..=last).contains(&merge.first_row) && merge.last_column - merge.first_column < 500 {
            wanted.extend(merge.first_column..=merge.last_column);
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    let mut columns = named_columns(grid, first, last, &wanted);
    // The last of the header's own rows may give the units alone, where the names are
    // complete without it.
    if last > first && subheader::only_units(grid, last) {
        let above = named_columns(grid, first, last - 1, &wanted);
        let mut names: Vec<&str> = above.iter().map(|c| &*c.name).collect();
        names.sort_unstable();
        names.dedup();
        if above.len() == columns.len() && names.len() == above.len() {
            columns = above;
            for column in &mut columns {
                let unit = subheader::unit_of(&grid.text(last, column.column));
                column.unit = unit.map(|u| Arc::from(&*u)).or(column.unit.take());
            }
        }
    }
    let units = subheader::units(grid, last, &columns);
    for column in &mut columns {
        if let Some((_, unit)) = units.iter().find(|(at, _)| *at == column.column) {
            column.unit = Some(unit.clone());
        }
    }
    let row = (!units.is_empty()).then_some(last + 1);
    (columns, row)
}

fn named_columns(grid: &Grid<'_>, first: u32, last: u32, wanted: &[u32]) -> Vec<HeaderColumn> {
    wanted.iter().filter_map(|&column| named(grid, first, last, column)).collect()
}

/// Joins the names over a column with `.`; a name merged over several rows counts once.
fn named(grid: &Grid<'_>, first: u32, last: u32, column: u32) -> Option<HeaderColumn> {
    let (mut names, mut found_unit, mut origin) = (Vec::<String>::new(), None, None);
    let mut seen = None;
    for row in first..=last {
        let mut place = grid.merge_at(row, column).map_or((row, column), |m| (m.first_row, m.first_column));
        let mut text = grid.text(row, column);
        // A blank over a filled cell: the name to its left stands for it (no merges in CSV).
        if text.is_empty() && row < last && !grid.text(last, column).is_empty() && grid.merge_at(row, column).is_none()
        {
            let left = (0..column).rev().find(|&c| !grid.text(row, c).is_empty());
            if let Some(left) = left {
                text = grid.text(row, left);
                place = (row, left);
            }
        }
        if text.is_empty() || seen == Some(place) {
            continue;
        }
        seen = Some(place);
        let clean = clean_name(&text);
        if unit::stated(&clean).is_some() && names.is_empty() {
            continue;
        }
        let (name, unit) = unit::split_header(&clean);
        // `（万元）` alone in a row below the names.
        match unit::stated(name)
            .or(Some(name.trim_matches(['（', '）', '(', ')'])))
            .filter(|u| !names.is_empty() && unit::is_unit(u) && name.starts_with(['（', '(']))
        {
            Some(alone) => found_unit = Some(Arc::from(alone)),
            None => names.push(name.to_string()),
        }
        if let Some(unit) = unit {
            found_unit = Some(Arc::from(unit));
        }
        origin = Some(grid.origin(place.0, place.1));
    }
    let origin = origin?;
    Some(HeaderColumn { column, name: names.join(".").into(), unit: found_unit, origin })
}
