//! Field sheets: one figure a row, one year a column.

use std::sync::Arc;

use super::cell::CellReader;
use super::grid::{Grid, raw_text};
use super::header::{Header, clean_name};
use super::{address, table};
use crate::dataset::draft::{Draft, YearKey};
use crate::dataset::{Cell, scalar, unit};
use crate::diagnostic::Diagnostic;

/// What each column of a field sheet is.
pub struct Layout {
    name: u32,
    unit: Option<u32>,
    years: Vec<(u32, YearKey)>,
}

/// The layout, if the header is one of a field sheet: 指标 (项目, 字段) first, a year in
/// another column.
pub fn layout(header: &Header) -> Option<Layout> {
    let mut columns = header.columns.iter().peekable();
    columns.next_if(|c| matches!(&*c.name, "序号" | "编号"));
    let name = columns.next().filter(|c| matches!(&*c.name, "指标" | "项目" | "字段" | "指标名称"))?.column;
    let mut layout = Layout { name, unit: None, years: Vec::new() };
    for column in columns {
        match (&*column.name, year_of(&column.name)) {
            (_, Some(year)) => layout.years.push((column.column, year)),
            ("单位" | "计量单位", _) => layout.unit = Some(column.column),
            _ => {}
        }
    }
    (!layout.years.is_empty()).then_some(layout)
}

fn year_of(header: &str) -> Option<YearKey> {
    match header {
        "本年" | "本年数" | "今年" | "本年度" | "本期" | "数值" | "本年实际" => {
            Some(YearKey::Current)
        }
        "上年" | "上年数" | "去年" | "上年度" | "上年同期" | "上年实际" => Some(YearKey::Before(1)),
        "前年" | "前年数" | "前年度" | "前年实际" => Some(YearKey::Before(2)),
        _ => scalar::year(header).map(YearKey::Year),
    }
}

pub fn read(
    grid: &Grid<'_>,
    header: &Header,
    layout: &Layout,
    cells: &mut CellReader,
    draft: &mut Draft,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (i, (column, year)) in layout.years.iter().enumerate() {
        if let Some((first, _)) = layout.years[..i].iter().find(|(_, y)| y == year) {
            diagnostics.push(table::two_columns(grid, header, *first, *column));
        }
    }
    for column in &header.columns {
        let known = column.column == layout.name
            || Some(column.column) == layout.unit
            || layout.years.iter().any(|(c, _)| *c == column.column)
            || matches!(&*column.name, "序号" | "编号" | "备注" | "说明" | "含义" | "示例" | "类型" | "必填");
        if !known {
            diagnostics.push(
                Diagnostic::warning("D031", format!("指标表里的“{}”列不是年份，没有读", column.name))
                    .at(column.origin)
                    .help("年份列写成 2026、2026年 或 2026年度；说明文字放在“备注”列"),
            );
        }
    }
    for &(row, raws) in grid.rows().iter().filter(|(row, _)| *row > header.last_row) {
        let Some(raw_name) = grid.body_cell(row, layout.name) else {
            if let Some(stray) = raws.iter().find(|c| layout.years.iter().any(|(y, _)| *y == c.column)) {
                diagnostics.push(
                    Diagnostic::warning(
                        "D032",
                        format!("{} 有数，但这一行没有指标名，没有读", address(row, stray.column)),
                    )
                    .at(grid.origin(row, layout.name))
                    .help("在第一列写上指标名，或删去这个数"),
                );
            }
            continue;
        };
        let full = clean_name(&raw_text(raw_name));
        if full.is_empty() || table::is_footnote(&full, raws.len()) {
            continue;
        }
        let (name, header_unit) = unit::split_header(&full);
        let unit_cell = layout.unit.map(|c| grid.text(row, c)).filter(|u| !u.is_empty() && !scalar::is_absent(u));
        let unit: Option<Arc<str>> =
            unit_cell.map(|u| Arc::from(&*u)).or(header_unit.map(Arc::from)).or(header.unit.clone());
        let name: Arc<str> = name.into();
        for &(column, year) in &layout.years {
            let mut cell = match grid.body_cell(row, column) {
                Some(raw) => cells.read(raw, &|| name.to_string()),
                None => Cell::missing(grid.origin(row, column)),
            };
            table::settle_unit(&mut cell, unit.as_ref());
            draft.fields.push((year, name.clone(), cell));
        }
    }
}
