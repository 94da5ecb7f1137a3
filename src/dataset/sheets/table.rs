//! Table sheets: one record a row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address;
use super::cell::CellReader;
use super::grid::{Grid, raw_text};
use super::header::{Header, clean_name};
use super::{notes, repeats, second, totals};
use crate::dataset::draft::{Draft, YearKey, not_a_year};
use crate::dataset::{Cell, Column, MONEY, Record, Table, TotalRow, Value, is_no_figure, is_of_money, scalar};
use crate::diagnostic::{Diagnostic, Origin, Place, codes, column_name};
use crate::source::sheet::{RawCell, RawValue};

pub fn read(
    grid: &Grid<'_>,
    name: &str,
    header: &Header,
    cells: &mut CellReader,
    draft: &mut Draft,
    diagnostics: &mut Vec<Diagnostic>,
) {
    repeated_columns(grid, header, diagnostics);
    nameless_columns(grid, header, diagnostics);
    let columns: Vec<(u32, Column)> = (header.columns.iter())
        .map(|c| {
            (c.column, Column { name: c.name.clone(), unit: c.unit.clone(), unit_of_sheet: false, origin: c.origin })
        })
        .collect();
    let unit_column = columns.iter().position(|(_, c)| matches!(&*c.name, "单位" | "计量单位"));
    let serial_column = columns.first().filter(|(_, c)| matches!(&*c.name, "序号" | "编号")).map(|(at, _)| *at);
    // Columns that stand before the names: 序号, 年份.
    let aside: Vec<u32> = columns.iter().filter(|(_, c)| is_no_figure(&c.name)).map(|(at, _)| *at).collect();
    let mut table = Table {
        name: name.into(),
        columns: columns.iter().map(|(_, c)| c.clone()).collect(),
        records: Vec::new(),
        totals: Vec::new(),
        origin: Origin::sheet(grid.source, grid.sheet.index),
    };
    // Positions of totals among the records, for subtotals.
    let mut total_positions = Vec::new();
    let body = second::body(grid, header, diagnostics);
    let (mut headings, mut parts) = (Vec::new(), Vec::new());
    for &(row, raws) in &body.rows {
        let inside = |c: &&RawCell| columns.binary_search_by_key(&c.column, |(at, _)| *at).is_ok();
        let Some(first) = raws.iter().filter(inside).find(|c| Some(c.column) != serial_column) else {
            continue;
        };
        let label = clean_name(&raw_text(raws.iter().find(inside).unwrap_or(first)));
        if notes::is_footnote(&label, raws.len()) || is_wide_note(grid, first, columns.len(), raws.len()) {
            continue;
        }
        if raws.len() == 1 && columns.len() > 2 && notes::is_heading(&label) {
            headings.push(row);
            continue;
        }
        let named = || raws.iter().filter(inside).filter(|c| !aside.contains(&c.column));
        if is_part_of_above(named()) {
            parts.push(row);
            continue;
        }
        let label = total_label(named(), &label);
        let row_name = || row_name(grid, row, &columns);
        let mut values = Vec::with_capacity(columns.len());
        for (at, column) in &columns {
            let own = || raws.binary_search_by_key(at, |c| c.column).ok().map(|i| &raws[i]);
            let raw = if label.is_some() || !grid.has_merges() { own() } else { grid.body_cell(row, *at) };
            let mut cell = match raw {
                Some(raw) => cells.read(raw, &|| format!("{} · {}", row_name(), column.name)),
                None => Cell::missing(grid.origin(row, *at)),
            };
            settle_unit(&mut cell, column.unit.as_ref());
            values.push(cell);
        }
        if values.iter().all(Cell::is_missing) {
            continue;
        }
        let origin = grid.origin(row, columns[0].0);
        match label {
            Some(label) => {
                total_positions.push(table.records.len());
                table.totals.push(TotalRow { label: label.into(), cells: values, origin });
            }
            None => {
                units_of_rows(&mut values, unit_column);
                table.records.push(Record { cells: values, origin });
            }
        }
    }
    if let Some(&row) = headings.first() {
        let rows: Vec<String> = headings.iter().map(|r| (r + 1).to_string()).collect();
        diagnostics.push(
            Diagnostic::new(codes::D114, format!("第 {} 行只有小标题，没有当数据读", super::short_list(&rows)))
                .at(grid.origin(row, columns[0].0))
                .help("不用处理；如果要按它分类，请加一列“类别”"),
        );
    }
    if let Some(&row) = parts.first() {
        let rows: Vec<String> = parts.iter().map(|r| (r + 1).to_string()).collect();
        let message =
            format!("第 {} 行是“其中”项，已经算在上面的行里，没有当记录读，免得重复相加", super::short_list(&rows));
        diagnostics.push(
            Diagnostic::new(codes::D052, message)
                .at(grid.origin(row, columns[0].0))
                .about(name)
                .help("要写进报告的，另设一列或另做一张表；如果是单独的一项，去掉“其中”二字"),
        );
    }
    sheet_unit(&mut table, header.unit.as_ref());
    totals::compare(&mut table, &total_positions, diagnostics);
    merged_numbers(grid, header, &table, diagnostics);
    split_years(table, draft, diagnostics);
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
    let named = |text: &&str| totals::is_total(text) || totals::is_mean(text) || counts && totals::is_loose_total(text);
    [Some(label), texts.first().map(String::as_str)]
        .into_iter()
        .flatten()
        .find(named)
        .or_else(|| texts.iter().map(String::as_str).find(|text| totals::is_total_word(text)))
        .map(str::to_string)
}

/// The unit of its header or row becomes the cell's; a unit typed behind the number that
/// says the same is no longer shown twice.
pub fn settle_unit(cell: &mut Cell, unit: Option<&Arc<str>>) {
    if !matches!(cell.value, Value::Number(_)) {
        return;
    }
    match (&cell.unit, unit) {
        (Some(own), Some(unit)) if own == unit => {
            if let Some(bare) = cell.shown.strip_suffix(&**own) {
                cell.shown = bare.trim_end().into();
            }
        }
        (None, Some(unit)) => cell.unit = Some(unit.clone()),
        // ￥36 under 万元 is money in 万元; under 场 it is a mistake that is told.
        (Some(own), Some(unit)) if &**own == MONEY && is_of_money(unit) => cell.unit = Some(unit.clone()),
        _ => {}
    }
}

/// A column 单位 gives the unit of the other numbers of its row.
fn units_of_rows(values: &mut [Cell], unit_column: Option<usize>) {
    let Some(unit) = unit_column.and_then(|i| values.get(i)).map(|c| c.shown.clone()) else { return };
    if !crate::quantity::unit::is_unit(&unit) {
        return;
    }
    values.iter_mut().for_each(|cell| settle_unit(cell, Some(&unit)));
}

/// “单位：万元” above the header holds for the number columns that say nothing themselves.
fn sheet_unit(table: &mut Table, unit: Option<&Arc<str>>) {
    let Some(unit) = unit else { return };
    for (i, column) in table.columns.iter_mut().enumerate() {
        let mut numbers = table.records.iter().filter_map(|r| r.cells[i].number()).peekable();
        let fits = numbers.peek().is_some() && !numbers.any(|n| n.is_share());
        if column.unit.is_none() && fits && !is_no_figure(&column.name) {
            column.unit = Some(unit.clone());
            column.unit_of_sheet = true;
            table.records.iter_mut().for_each(|r| settle_unit(&mut r.cells[i], Some(unit)));
        }
    }
}

/// A single cell merged over most of the table's width is a note.
fn is_wide_note(grid: &Grid<'_>, cell: &RawCell, columns: usize, cells: usize) -> bool {
    let merge = grid.merge_at(cell.row, cell.column);
    cells == 1 && columns > 2 && merge.is_some_and(|m| (m.last_column - m.first_column + 1) as usize * 2 > columns)
}

fn row_name(grid: &Grid<'_>, row: u32, columns: &[(u32, Column)]) -> String {
    let named = columns.iter().find(|(_, c)| &*c.name == "名称").map(|(at, _)| grid.text(row, *at));
    let first_text = || {
        let mut texts = columns.iter().filter(|(_, c)| &*c.name != "序号").map(|(at, _)| grid.text(row, *at));
        texts.find(|t| !t.is_empty() && scalar::plain_number(t).is_none())
    };
    match named.filter(|n| !n.is_empty()).or_else(first_text) {
        Some(name) => clean_name(&name).chars().filter(|&c| !scalar::is_forbidden(c)).take(20).collect(),
        None => format!("第 {} 行", row + 1),
    }
}

fn repeated_columns(grid: &Grid<'_>, header: &Header, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for column in &header.columns {
        match seen.get(&*column.name) {
            Some(&first) => diagnostics.push(two_columns(grid, header, first, column.column)),
            None => {
                seen.insert(&column.name, column.column);
            }
        }
    }
}

/// Two columns with one name.
pub fn two_columns(grid: &Grid<'_>, header: &Header, first: u32, second: u32) -> Diagnostic {
    let at = |column| header.columns.iter().find(|c| c.column == column);
    let name = at(second).map(|c| c.name.clone()).unwrap_or_default();
    let place = |column| at(column).map_or(grid.origin(header.last_row, column), |c| c.origin);
    let (a, b) = (column_name(first), column_name(second));
    let found = Diagnostic::new(codes::D033, format!("{a} 列和 {b} 列的列名都是“{name}”")).at(place(second));
    if place(first) == place(second) {
        return found.help("表头合并了几列，下面却没有各列自己的名称：拆开合并，给每一列写上列名");
    }
    found
        .also(place(first), "第一个在这里")
        .help("给其中一列改名，例如加上年份或用途；如果是并排的两张表，请分到两个工作表里")
}

/// Values under no name are not read, with a warning.
fn nameless_columns(grid: &Grid<'_>, header: &Header, diagnostics: &mut Vec<Diagnostic>) {
    let mut stray: BTreeMap<u32, u32> = BTreeMap::new();
    let named = |column: u32| header.columns.binary_search_by_key(&column, |c| c.column).is_ok();
    for (row, raws) in grid.rows().iter().filter(|(row, _)| *row > header.last_row) {
        raws.iter().filter(|c| !named(c.column)).for_each(|c| {
            stray.entry(c.column).or_insert(*row);
        });
    }
    for (column, row) in stray {
        let help = match grid.delimited {
            true => format!("第 {} 行比表头多出了列，多半是数里写了逗号：去掉逗号，或给整个数加上英文引号", row + 1),
            false => format!("在第 {} 行给这一列写上列名，或清除这一列", header.last_row + 1),
        };
        diagnostics.push(
            Diagnostic::new(codes::D034, format!("{} 列有数据但没有列名，没有读", column_name(column)))
                .at(grid.origin(row, column))
                .help(help),
        );
    }
}

/// A number merged over several rows counts in each of them: worth a notice.
fn merged_numbers(grid: &Grid<'_>, header: &Header, table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    for merge in grid.sheet.merges.iter().filter(|m| m.first_row > header.last_row && m.last_row > m.first_row) {
        let Some(column) = header.columns.iter().position(|c| c.column == merge.first_column) else { continue };
        let cell_origin = grid.origin(merge.first_row, merge.first_column);
        let reads = table.records.iter().filter(|r| r.cells[column].origin == cell_origin);
        let numbers = reads.filter(|r| r.cells[column].number().is_some()).count();
        if numbers > 1 && !is_no_figure(&table.columns[column].name) {
            let rows = format!(
                "{}:{}",
                address(merge.first_row, merge.first_column),
                address(merge.last_row, merge.first_column)
            );
            diagnostics.push(
                Diagnostic::new(codes::D103, format!("合并单元格 {rows} 里的数，{numbers} 行各算一次"))
                    .at(cell_origin)
                    .about(&*table.columns[column].name)
                    .help("如果它是几行共有的一个数，请拆开合并，只填在一行里"),
            );
        }
    }
}

/// A column 年份 (年度) splits the table; without one all rows belong to the report's year.
fn split_years(mut table: Table, draft: &mut Draft, diagnostics: &mut Vec<Diagnostic>) {
    let all_years = |column: &usize| {
        let said = table.records.iter().map(|r| &r.cells[*column]).filter(|c| !c.is_missing());
        said.clone().next().is_some() && said.clone().all(|c| YearKey::of(c).is_some())
    };
    let column = table.column("年份").or_else(|| table.column("年度").filter(all_years));
    let Some(column) = column else {
        repeats::nameless_years(&table, diagnostics);
        repeats::twice(&table, diagnostics);
        draft.tables.push((draft.on_sheet(YearKey::Current), table));
        return;
    };
    let said: Vec<Option<YearKey>> = table.records.iter().map(|r| YearKey::of(&r.cells[column])).collect();
    for record in table.records.iter().filter(|r| !r.cells[column].is_missing()) {
        if YearKey::of(&record.cells[column]).is_none() {
            let name = table.row_name(&record.cells).unwrap_or_default();
            diagnostics.push(not_a_year(&record.cells[column]).about(name));
        }
    }
    let keys = filled_years(&table, column, &said, diagnostics);
    let total_keys: Vec<YearKey> =
        table.totals.iter().map(|t| YearKey::of(&t.cells[column]).unwrap_or(YearKey::Current)).collect();
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
    parts.values().for_each(|part| repeats::twice(part, diagnostics));
    draft.tables.extend(parts);
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
        let rows: Vec<String> = blanks
            .iter()
            .filter_map(|&i| match table.records[i].origin.place {
                Place::Cell { row, .. } => Some((row + 1).to_string()),
                _ => None,
            })
            .collect();
        let message = format!("第 {} 行没有填年份，表里有几年的数据，分不清是哪一年的", super::short_list(&rows));
        diagnostics.push(place(Diagnostic::new(codes::D054, message)).help("给每一行填上年份"));
    } else {
        let message = "有的行没有填年份，按报告的年份处理";
        diagnostics.push(place(Diagnostic::new(codes::D108, message)).help("给每一行填上年份"));
    }
    keys
}
