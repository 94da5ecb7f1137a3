//! A table with rows of several years is one table for each of them.

use std::collections::BTreeMap;

use super::reader::SheetReader;
use super::{listed, repeats};
use crate::dataset::gathered::not_a_year;
use crate::dataset::{Cell, Table};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::vocabulary::years::YearKey;

/// A column 年份 (年度) splits the table; without one all rows belong to the report's year.
pub fn by_year(mut table: Table, reader: &mut SheetReader<'_>) {
    let Some(column) = table.year_column() else {
        repeats::nameless_years(&table, reader.told);
        repeats::twice(&table, reader.told);
        let year = reader.year_meant(YearKey::Current);
        reader.gathered.tables.push((year, table));
        return;
    };
    // A row that holds its year and nothing else is not filled in yet.
    let blank = |cell: &Cell| cell.is_missing() && cell.shown.is_empty();
    table.records.retain(|r| r.cells.iter().enumerate().any(|(at, cell)| at != column && !blank(cell)));
    let said: Vec<Option<YearKey>> = table.records.iter().map(|r| r.cells[column].year_said()).collect();
    for record in table.records.iter().filter(|r| !r.cells[column].is_missing()) {
        if record.cells[column].year_said().is_none() {
            let name = table.row_name(&record.cells).unwrap_or_default();
            reader.tell(not_a_year(&record.cells[column]).about(name));
        }
    }
    let keys = filled_years(&table, column, &said, reader.told);
    let total_keys: Vec<YearKey> =
        table.totals.iter().map(|t| t.cells[column].year_said().unwrap_or(YearKey::Current)).collect();
    let mut parts: BTreeMap<YearKey, Table> = BTreeMap::new();
    let (records, totals) = (std::mem::take(&mut table.records), std::mem::take(&mut table.totals));
    let empty = || table.clone();
    for (key, record) in keys.into_iter().zip(records) {
        parts.entry(key).or_insert_with(empty).records.push(record);
    }
    for (key, total) in total_keys.into_iter().zip(totals) {
        parts.entry(key).or_insert_with(empty).totals.push(total);
    }
    if parts.is_empty() {
        parts.insert(YearKey::Current, table);
    }
    parts.values().for_each(|part| repeats::twice(part, reader.told));
    reader.gathered.tables.extend(parts);
}

/// The year of each record. A year that stands once, in the first row of its block, holds for
/// the rows below it; among the rows of several years any other blank is a mistake.
fn filled_years(
    table: &Table,
    column: usize,
    said: &[Option<YearKey>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<YearKey> {
    let mut keys: Vec<YearKey> = said.iter().map(|key| key.unwrap_or(YearKey::Current)).collect();
    let blanks: Vec<usize> = (0..keys.len()).filter(|&i| table.records[i].cells[column].is_missing()).collect();
    let Some(&first) = blanks.first() else { return keys };
    let mut years: Vec<YearKey> = said.iter().flatten().copied().collect();
    let stated = years.len();
    years.sort_unstable();
    years.dedup();
    let origin = table.records[first].cells[column].origin;
    let place = |d: Diagnostic| d.at(origin).about(&*table.name);
    if said[0].is_some() && years.len() == stated && blanks.len() + stated == keys.len() {
        for i in blanks {
            keys[i] = keys[i - 1];
        }
        let message = "年份只写在每一年的第一行，下面各行按同一年读取";
        diagnostics.push(place(Diagnostic::new(codes::D108, message)).help("不用处理；给每一行都填上年份最清楚"));
    } else if years.len() > 1 {
        let row = |&i: &usize| match table.records[i].origin.place {
            Place::Cell { row, .. } => Some(row),
            _ => None,
        };
        let rows: Vec<u32> = blanks.iter().filter_map(row).collect();
        let message = format!("第 {} 行没有填年份，表里有几年的数据，分不清是哪一年的", listed::rows(&rows));
        diagnostics.push(place(Diagnostic::new(codes::D054, message)).help("给每一行填上年份"));
    } else {
        let message = "有的行没有填年份，按报告的年份处理";
        diagnostics.push(place(Diagnostic::new(codes::D108, message)).help("给每一行填上年份"));
    }
    keys
}
