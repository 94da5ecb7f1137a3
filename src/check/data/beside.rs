//! This year's figures beside last year's, wherever the two stand: a field by year, a record of
//! the same name in last year's table, columns 本年 and 上年 of one row.

use std::collections::HashMap;

use super::Facts;
use crate::dataset::{Cell, Column, Table, YearData, year_columns};
use crate::vocabulary::columns::is_no_figure;

/// The report's year and the one before; the latter may have no data of its own.
pub fn both<'a>(facts: &'a Facts) -> Option<(&'a YearData, Option<&'a YearData>)> {
    let year = facts.data.year?;
    let of = |year: i16| facts.data.years.get(&year).map(|data| &**data);
    Some((of(year)?, of(year - 1)))
}

/// A table with what its columns are compared with.
pub struct Beside<'a> {
    pub table: &'a Table,
    /// Last year's records by name.
    rows: HashMap<&'a str, &'a [Cell]>,
    pub columns: Vec<Two<'a>>,
}

/// One column and last year's.
pub struct Two<'a> {
    pub column: &'a Column,
    new: usize,
    old: Old,
}

#[derive(Clone, Copy)]
enum Old {
    /// A column of the same row.
    Row(usize),
    /// A column of last year's table.
    Year(usize),
}

/// Every table of this year that has something to be compared with.
pub fn tables<'a>(facts: &'a Facts) -> Vec<Beside<'a>> {
    let (Some((now, past)), Some(year)) = (both(facts), facts.data.year) else { return Vec::new() };
    let beside = |table: &'a Table| {
        let old = past.and_then(|data| data.tables.get(&table.name));
        let in_row = year_columns(table, year);
        let last =
            |at: usize| in_row.iter().find_map(|of| of.iter().position(|i| *i == at).and_then(|i| of.get(i + 1)));
        let columns = table.columns.iter().enumerate().filter(|(_, column)| !is_no_figure(&column.name));
        let columns: Vec<Two<'a>> = columns
            .filter_map(|(new, column)| {
                // Of several years in one row only the latest is this year's.
                let old = match in_row.iter().find(|of| of.contains(&new)) {
                    Some(of) if of.first() == Some(&new) => Old::Row(*last(new)?),
                    Some(_) => return None,
                    None => Old::Year(old?.column(&column.name)?),
                };
                Some(Two { column, new, old })
            })
            .collect();
        let by_year = columns.iter().any(|two| matches!(two.old, Old::Year(_)));
        let rows = old.filter(|_| by_year).map(Table::by_name).unwrap_or_default();
        (!columns.is_empty()).then_some(Beside { table, rows, columns })
    };
    now.tables.values().filter_map(beside).collect()
}

impl<'a> Beside<'a> {
    /// The pairs of one column, each with its row.
    pub fn pairs(&self, two: &Two<'a>) -> impl Iterator<Item = (usize, &'a Cell, &'a Cell)> {
        self.table.records.iter().enumerate().filter_map(move |(row, record)| {
            let old = match two.old {
                Old::Row(at) => record.cells.get(at)?,
                Old::Year(at) => self.rows.get(self.table.row_name(&record.cells)?)?.get(at)?,
            };
            Some((row, record.cells.get(two.new)?, old))
        })
    }
}
