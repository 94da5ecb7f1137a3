//! 报告信息: 项目 | 内容.

use std::sync::Arc;

use super::grid::raw_text;
use super::header::Header;
use super::label::clean_name;
use super::reader::SheetReader;
use crate::dataset::Cell;
use crate::diagnostic::{Diagnostic, codes};
use crate::vocabulary::columns::{Role, is};
use crate::vocabulary::report;

/// Recognised by its header, or by its name where the header is usual.
pub fn is_report(name: &str, header: &Header) -> bool {
    let names: Vec<&str> = header.columns.iter().map(|c| &*c.name).collect();
    let (first, rest) = match names.as_slice() {
        [serial, first, rest @ ..] if is(Role::Serial, serial) => (*first, rest),
        [first, rest @ ..] => (*first, rest),
        [] => return name == "报告信息",
    };
    name == "报告信息" || matches!(first, "项目" | "报告信息") && rest.first() == Some(&"内容")
}

/// Keys over their values instead of before them: 标题 | 单位 | 年份, the values below.
fn across(reader: &mut SheetReader<'_>, header: &Header) -> bool {
    let grid = reader.grid;
    let keys = header.columns.iter().filter(|c| report::is_usual(&c.name)).count();
    let below = grid.rows().iter().find(|(row, _)| *row > header.last_row).map(|(row, _)| *row);
    let (Some(row), true) = (below, keys >= 2) else { return false };
    for column in &header.columns {
        let key: Arc<str> = report::canonical(&column.name).into();
        let place = (row, column.column);
        let cell = reader.value(grid.sheet.cell(row, column.column), place, &|| key.to_string());
        reader.gathered.report.push((key, vec![cell]));
    }
    true
}

/// Each row is a key and its value; further cells to the right are further values.
pub fn read(reader: &mut SheetReader<'_>, header: Option<&Header>) {
    if header.is_some_and(|h| across(reader, h)) {
        return;
    }
    let grid = reader.grid;
    // A sheet 报告信息 without a header: its first row is data already.
    let header = header.filter(|h| h.columns.iter().any(|c| matches!(&*c.name, "内容" | "值" | "填写内容")));
    let column_named = |name: &str| header.and_then(|h| h.columns.iter().find(|c| &*c.name == name)).map(|c| c.column);
    let key_column = column_named("项目").or(header.and_then(|h| h.columns.first()).map(|c| c.column));
    let key_column =
        key_column.or_else(|| grid.rows().first().and_then(|(_, r)| r.first()).map(|c| c.column)).unwrap_or(0);
    let is_aside = |column: u32| {
        let named = header.and_then(|h| h.columns.iter().find(|c| c.column == column));
        named.is_some_and(|c| is(Role::Remark, &c.name))
    };
    let first_row = header.map_or(0, |h| h.last_row + 1);
    let mut values: Vec<(Arc<str>, Vec<Cell>)> = Vec::new();
    for &(row, raws) in grid.rows().iter().filter(|(row, _)| *row >= first_row) {
        let key = raws.iter().find(|c| c.column == key_column).map(|c| clean_name(&raw_text(c)));
        let Some(key) = key.filter(|k| !k.is_empty()) else { continue };
        let key: Arc<str> = report::canonical(key.trim_end_matches(['：', ':'])).into();
        let mut read: Vec<Cell> = raws
            .iter()
            .filter(|c| c.column > key_column && !is_aside(c.column))
            .map(|raw| reader.cells.read(raw, &|| key.to_string()))
            .filter(|c| !c.is_missing())
            .collect();
        if read.is_empty() {
            read.push(Cell::missing(grid.origin(row, key_column + 1)));
        }
        match values.iter_mut().find(|(k, _)| *k == key) {
            Some((_, first)) if report::may_repeat(&key) => first.extend(read),
            Some((_, first)) => reader.tell(
                Diagnostic::new(codes::D010, format!("报告信息“{key}”给了两次"))
                    .at(read[0].origin)
                    .also(first[0].origin, "第一次在这里")
                    .help("留下对的一处，删去另一处"),
            ),
            None => values.push((key, read)),
        }
    }
    reader.gathered.report.extend(values);
}
