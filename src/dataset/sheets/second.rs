//! The rows of a sheet that are data; a second table on the same sheet is told, not mixed in.

use std::collections::BTreeSet;

use super::grid::{Grid, raw_text};
use super::header::Header;
use super::label::{HeaderColumn, clean_name, is_label};
use super::reader::{Rest, SheetReader};
use super::{listed, notes, region, title};
use crate::dataset::scalar;
use crate::diagnostic::{Diagnostic, codes, column_name};
use crate::quantity::unit;
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::columns::heads_a_table;

/// Leaves out notes below the table and repeated headers, and stops where another table
/// begins. All of it is told.
pub fn body<'s>(reader: &mut SheetReader<'s>, header: &Header) -> Vec<(u32, &'s [RawCell])> {
    let grid = reader.grid;
    let tail: BTreeSet<u32> = notes::tail(grid, header).into_iter().collect();
    let mut rows: Vec<(u32, &[RawCell])> = Vec::new();
    let (mut repeated, mut left_out) = (Vec::new(), tail.clone());
    let mut last = header.last_row;
    let all: Vec<(u32, &[RawCell])> = grid.rows().iter().filter(|(row, _)| *row > header.last_row).copied().collect();
    for (i, &(row, cells)) in all.iter().enumerate() {
        if tail.contains(&row) {
            continue;
        }
        if is_repeated(grid, header, cells) {
            repeated.push(row);
            continue;
        }
        let apart = row > last + 1 || i > 0 && is_title(all[i - 1].1);
        if is_second_header(grid, header, &rows, cells, apart, &all[i + 1..]) {
            // The title over the other table is none of this one's rows.
            let mut rest = Rest { row, name: None };
            for (above, cells) in all[..i].iter().rev().take_while(|(_, cells)| is_title(cells)).take(2) {
                rows.retain(|(known, _)| known != above);
                rest.row = *above;
                rest.name = rest.name.or_else(|| title::name(&raw_text(&cells[0])));
            }
            left_out.retain(|note| *note < rest.row);
            other_table(reader, header, row, rest);
            break;
        }
        last = row;
        rows.push((row, cells));
    }
    let place = |row: u32| grid.origin(row, header.columns.first().map_or(0, |c| c.column));
    if let Some(&first) = repeated.first() {
        reader.tell(
            Diagnostic::new(codes::D115, format!("第 {} 行重复了表头，没有当数据读", listed::rows(&repeated)))
                .at(place(first))
                .help("不用处理；打印时每页要表头，可以用“打印标题”"),
        );
    }
    let left_out: Vec<u32> = left_out.into_iter().collect();
    if let Some(&first) = left_out.first() {
        reader.tell(
            Diagnostic::new(
                codes::D114,
                format!("第 {} 行像是表下的说明或签名，没有当数据读", listed::rows(&left_out)),
            )
            .at(place(first))
            .help("不用处理；如果它是数据，请和其他行一样把各列填上"),
        );
    }
    beside(reader, header);
    rows
}

/// Another table below this one: read where its title or its years say what it is.
fn other_table(reader: &mut SheetReader<'_>, header: &Header, row: u32, rest: Rest) {
    let grid = reader.grid;
    let first = grid.row(row).first().map_or(0, |cell| cell.column);
    let clear = rest.name.is_some() || region::is_figures(grid, rest.row);
    let message = format!("同一个工作表里有两张表：第 {} 行像是另一张表的表头", row + 1);
    if !clear {
        return reader.tell(
            Diagnostic::new(codes::D035, message)
                .at(grid.origin(row, first))
                .also(grid.origin(header.last_row, header.columns[0].column), "第一张表的表头在这里")
                .help("把另一张表移到单独的工作表里，工作表的名称就是表名；与报告无关的请删去"),
        );
    }
    let called =
        rest.name.as_ref().map_or("，作为指标表读取".to_string(), |name| format!("，按表“{name}”读取"));
    reader.tell(
        Diagnostic::new(codes::D127, format!("{message}{called}"))
            .at(grid.origin(row, first))
            .help("不用处理；最好移到单独的工作表里，工作表的名称就是表名"),
    );
    reader.rest = Some(rest);
}

fn is_title(cells: &[RawCell]) -> bool {
    cells.len() == 1 && matches!(cells[0].value, RawValue::Text(_))
}

/// Each cell says what the header says over it.
fn is_repeated(grid: &Grid<'_>, header: &Header, cells: &[RawCell]) -> bool {
    let says = |cell: &RawCell| {
        let RawValue::Text(text) = &cell.value else { return false };
        let text = clean_name(text);
        (header.first_row..=header.last_row).any(|row| clean_name(&grid.text(row, cell.column)) == text)
    };
    cells.len() >= 2 && cells.iter().all(says)
}

/// Words that head the first column of a table, or of this one.
fn heads_here(header: &Header, text: &str) -> bool {
    heads_a_table(text) || header.columns.first().is_some_and(|c| &*c.name == text)
}

fn is_second_header(
    grid: &Grid<'_>,
    header: &Header,
    before: &[(u32, &[RawCell])],
    cells: &[RawCell],
    apart: bool,
    after: &[(u32, &[RawCell])],
) -> bool {
    let (Some(first), false) = (cells.first(), before.is_empty() || after.is_empty()) else { return false };
    let RawValue::Text(first_text) = &first.value else { return false };
    let headed = heads_here(header, &clean_name(first_text));
    if cells.len() < 2 || !headed && !apart || !cells.iter().all(is_label) {
        return false;
    }
    let texts: BTreeSet<String> = cells.iter().map(|c| clean_name(&raw_text(c))).collect();
    if texts.len() < cells.len() {
        return false;
    }
    // Text over numbers, in columns that hold numbers above as well.
    let is_number = |cell: &RawCell| match &cell.value {
        RawValue::Number(_) => true,
        RawValue::Text(text) => scalar::lenient_number(text).is_some(),
        _ => false,
    };
    let number = |rows: &[(u32, &[RawCell])], column: u32| {
        rows.iter().take(50).any(|(row, _)| grid.sheet.cell(*row, column).is_some_and(is_number))
    };
    let over_numbers = cells[1..].iter().any(|c| number(before, c.column) && number(after, c.column));
    let with_unit = texts.iter().any(|t| unit::split_header(t).1.is_some());
    headed && (apart || over_numbers) || apart && over_numbers && with_unit
}

/// The first column of what may be another table beside this one: a blank column before it, and a
/// name that heads a table.
pub fn gap(grid: &Grid<'_>, header: &Header) -> Option<u32> {
    let gap = |a: &HeaderColumn, b: &HeaderColumn| {
        b.column > a.column + 1
            && grid.rows().iter().all(|(_, cells)| {
                cells.iter().all(|c| c.column <= a.column || c.column >= b.column || c.row < header.first_row)
            })
    };
    let mut pairs = header.columns.windows(2);
    pairs.find(|pair| gap(&pair[0], &pair[1]) && heads_here(header, &pair[1].name)).map(|pair| pair[1].column)
}

/// Two tables side by side that are read as one.
fn beside(reader: &mut SheetReader<'_>, header: &Header) {
    let Some(column) = gap(reader.grid, header) else { return };
    let message = format!("{} 列起像是并排的另一张表（前面隔着空列），现在当作同一张表的列来读", column_name(column));
    let place = header.columns.iter().find(|c| c.column == column).map(|c| c.origin);
    let told = Diagnostic::new(codes::D036, message).help("两张表请分到两个工作表里；确实是一张表就删去中间的空列");
    reader.tell(Diagnostic { origin: place, ..told });
}
