//! Columns of one figure for several years.

use std::collections::BTreeMap;

use super::Table;
use crate::vocabulary::years::figure_and_year;

/// Columns of a table that hold one figure for several years (本年, 上年, 前年; 接待.2026年,
/// 接待.2025年), from the latest year on. `year` is the report's.
pub fn year_columns(table: &Table, year: i16) -> Vec<Vec<usize>> {
    let mut figures: BTreeMap<String, BTreeMap<i16, usize>> = BTreeMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        let Some((figure, key)) = figure_and_year(&column.name) else { continue };
        // The first of two columns of one year counts.
        figures.entry(figure).or_default().entry(key.resolved(year)).or_insert(at);
    }
    let several = figures.into_values().filter(|years| years.len() > 1);
    several.map(|years| years.into_values().rev().collect()).collect()
}
