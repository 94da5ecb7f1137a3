//! Table sheets: one record a row.

use super::grid::{Grid, raw_text};
use super::header::Header;
use super::label::clean_name;
use super::reader::SheetReader;
use super::{columns, listed, notes, second, split, totals, units};
use crate::dataset::{Cell, Column, Record, Table, TotalRow, scalar};
use crate::diagnostic::{Diagnostic, Origin, codes, column_name};
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::columns::{Role, is, is_no_figure};
use crate::vocabulary::totals as words;

pub fn read(reader: &mut SheetReader<'_>, header: &Header) {
    columns::tell(reader, header);
    if let Some(corner) = header.columns.first().filter(|_| header.corner) {
        let message = format!("{} 列没有列名，当作各行的“名称”读取", column_name(corner.column));
        reader.tell(Diagnostic::new(codes::D128, message).at(corner.origin).help("不用处理；给这一列写上列名最清楚"));
    }
    let body = second::body(reader, header);
    let mut rows = Rows::new(reader, header);
    for (row, cells) in body {
        rows.take(reader, row, cells);
    }
    rows.tell(reader);
    let Rows { mut table, total_positions, .. } = rows;
    units::of_sheet(&mut table, header.unit.as_ref());
    totals::compare(&mut table, &total_positions, reader.told);
    columns::merged_numbers(reader, header, &table);
    split::by_year(table, reader);
}

/// The rows of a table as they are read: records, totals, and what is neither.
struct Rows {
    columns: Vec<(u32, Column)>,
    unit_column: Option<usize>,
    serial_column: Option<u32>,
    /// Columns that stand before the names: 序号, 年份.
    aside: Vec<u32>,
    table: Table,
    /// Positions of totals among the records, for subtotals.
    total_positions: Vec<usize>,
    headings: Vec<u32>,
    parts: Vec<u32>,
}

impl Rows {
    fn new(reader: &SheetReader<'_>, header: &Header) -> Self {
        let columns: Vec<(u32, Column)> = (header.columns.iter())
            .map(|c| {
                let (name, unit) = (c.name.clone(), c.unit.clone());
                (c.column, Column { name, unit, unit_of_sheet: false, origin: c.origin })
            })
            .collect();
        let aside = columns.iter().filter(|(_, c)| is_no_figure(&c.name)).map(|(at, _)| *at).collect();
        let table = Table {
            name: reader.name.into(),
            columns: columns.iter().map(|(_, c)| c.clone()).collect(),
            records: Vec::new(),
            totals: Vec::new(),
            origin: Origin::sheet(reader.grid.source, reader.grid.sheet.index),
        };
        Rows {
            unit_column: columns.iter().position(|(_, c)| is(Role::Unit, &c.name)),
            serial_column: columns.first().filter(|(_, c)| is(Role::Serial, &c.name)).map(|(at, _)| *at),
            aside,
            columns,
            table,
            total_positions: Vec::new(),
            headings: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Takes one row for what it is.
    fn take(&mut self, reader: &mut SheetReader<'_>, row: u32, raws: &[RawCell]) {
        let inside = |c: &&RawCell| self.columns.binary_search_by_key(&c.column, |(at, _)| *at).is_ok();
        let Some(first) = raws.iter().filter(inside).find(|c| Some(c.column) != self.serial_column) else { return };
        let label = clean_name(&raw_text(raws.iter().find(inside).unwrap_or(first)));
        let width = self.columns.len();
        if notes::is_footnote(&label, raws.len()) || is_wide_note(reader.grid, first, width, raws.len()) {
            return;
        }
        if raws.len() == 1 && width > 2 && (notes::is_heading(&label) || label.starts_with("续表")) {
            return self.headings.push(row);
        }
        let named = || raws.iter().filter(inside).filter(|c| !self.aside.contains(&c.column));
        if is_part_of_above(named()) {
            return self.parts.push(row);
        }
        let label = total_label(named(), &label);
        let mut cells = self.cells(reader, row, raws, label.is_some());
        if cells.iter().all(Cell::is_missing) {
            return;
        }
        let origin = reader.grid.origin(row, self.columns[0].0);
        match label {
            Some(label) => {
                self.total_positions.push(self.table.records.len());
                self.table.totals.push(TotalRow { label: label.into(), cells, origin });
            }
            None => {
                units::of_row(&mut cells, self.unit_column);
                self.table.records.push(Record { cells, origin });
            }
        }
    }

    /// The values of a row; what is merged downward goes to records, not to totals.
    fn cells(&self, reader: &mut SheetReader<'_>, row: u32, raws: &[RawCell], total: bool) -> Vec<Cell> {
        let grid = reader.grid;
        let row_name = || row_name(grid, row, &self.columns);
        let mut cells = Vec::with_capacity(self.columns.len());
        for (at, column) in &self.columns {
            let own = || raws.binary_search_by_key(at, |c| c.column).ok().map(|i| &raws[i]);
            let raw = if total || !grid.has_merges() { own() } else { grid.body_cell(row, *at) };
            let mut cell = reader.value(raw, (row, *at), &|| format!("{} · {}", row_name(), column.name));
            units::settle(&mut cell, column.unit.as_ref());
            cells.push(cell);
        }
        cells
    }

    /// Rows that were left out.
    fn tell(&self, reader: &mut SheetReader<'_>) {
        let place = |row: u32| reader.grid.origin(row, self.columns[0].0);
        let headings = self.headings.first().map(|&row| {
            let message = format!("第 {} 行只有小标题，没有当数据读", listed::rows(&self.headings));
            Diagnostic::new(codes::D114, message).at(place(row)).help("不用处理；如果要按它分类，请加一列“类别”")
        });
        let parts = self.parts.first().map(|&row| {
            let message = format!(
                "第 {} 行是“其中”项，已经算在上面的行里，没有当记录读，免得重复相加",
                listed::rows(&self.parts)
            );
            Diagnostic::new(codes::D052, message)
                .at(place(row))
                .about(reader.name)
                .help("要写进报告的，另设一列或另做一张表；如果是单独的一项，去掉“其中”二字")
        });
        reader.told.extend(headings.into_iter().chain(parts));
    }
}

/// 其中：村道 | 40: a part of the row above, with a number that is counted there.
fn is_part_of_above<'c>(mut cells: impl Iterator<Item = &'c RawCell>) -> bool {
    let first = cells.next().filter(|c| matches!(c.value, RawValue::Text(_)));
    first.is_some_and(|c| clean_name(&raw_text(c)).starts_with("其中"))
        && cells.any(|c| matches!(c.value, RawValue::Number(_) | RawValue::Uncalculated(_)))
}

/// What a row of totals is called: in its first text, or in any before its first number
/// (东片 | 小计 | 3).
fn total_label<'c>(cells: impl Iterator<Item = &'c RawCell>, label: &str) -> Option<String> {
    let cells: Vec<&RawCell> = cells.collect();
    let is_text = |c: &&&RawCell| matches!(c.value, RawValue::Text(_));
    let texts: Vec<String> = cells.iter().take_while(is_text).map(|c| clean_name(&raw_text(c))).collect();
    let counts = cells.iter().any(|c| matches!(c.value, RawValue::Number(_) | RawValue::Uncalculated(_)));
    let named = |text: &&str| words::is_total(text) || words::is_mean(text) || counts && words::is_loose_total(text);
    [Some(label), texts.first().map(String::as_str)]
        .into_iter()
        .flatten()
        .find(named)
        .or_else(|| texts.iter().map(String::as_str).find(|text| words::is_total_word(text)))
        .map(str::to_string)
}

/// A single cell merged over most of the table's width is a note.
fn is_wide_note(grid: &Grid<'_>, cell: &RawCell, columns: usize, cells: usize) -> bool {
    let merge = grid.merge_at(cell.row, cell.column);
    cells == 1 && columns > 2 && merge.is_some_and(|m| (m.last_column - m.first_column + 1) as usize * 2 > columns)
}

fn row_name(grid: &Grid<'_>, row: u32, columns: &[(u32, Column)]) -> String {
    let named = columns.iter().find(|(_, c)| is(Role::Name, &c.name)).map(|(at, _)| grid.text(row, *at));
    let first_text = || {
        let mut texts = columns.iter().filter(|(_, c)| !is(Role::Serial, &c.name)).map(|(at, _)| grid.text(row, *at));
        texts.find(|t| !t.is_empty() && scalar::plain_number(t).is_none())
    };
    match named.filter(|n| !n.is_empty()).or_else(first_text) {
        Some(name) => clean_name(&name).chars().filter(|&c| !scalar::is_forbidden(c)).take(20).collect(),
        None => format!("第 {} 行", row + 1),
    }
}
