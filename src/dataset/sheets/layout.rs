//! What the columns of a field sheet are: names, units, years.

use std::collections::BTreeSet;

use super::grid::{Grid, raw_text};
use super::header::Header;
use super::label::{HeaderColumn, clean_name};
use crate::quantity::unit;
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::columns::{Role, heads_figures, is, is_computed, is_like, names_the_rows};
use crate::vocabulary::years::{YearColumn, YearKey, year_of};

/// What each column of a field sheet is.
pub struct Layout {
    /// A column before the names that groups them.
    pub category: Option<u32>,
    pub name: u32,
    pub unit: Option<u32>,
    pub years: Vec<(u32, YearColumn)>,
}

/// The layout, if the header is one of a field sheet by its words: 指标 (项目, 字段) first, a year
/// in another column.
pub fn by_words(header: &Header) -> Option<Layout> {
    let mut columns = header.columns.iter().peekable();
    columns.next_if(|c| is(Role::Serial, &c.name));
    let first = columns.next()?;
    let (category, name) = match columns.peek() {
        Some(second) if is_like(Role::Category, &first.name) && heads_figures(&second.name) => {
            (Some(first.column), columns.next()?.column)
        }
        // 项目 | 指标 | 2026年
        Some(second) if heads_figures(&first.name) && is_like(Role::Indicator, &second.name) => {
            (Some(first.column), columns.next()?.column)
        }
        _ if heads_figures(&first.name) => (None, first.column),
        _ => return None,
    };
    // 板块 | 项目 | 指标: the last two say what it is.
    let (category, name) = match columns.next_if(|c| category.is_some() && is_like(Role::Indicator, &c.name)) {
        Some(third) => (Some(name), third.column),
        None => (category, name),
    };
    let rest: Vec<&HeaderColumn> = columns.collect();
    let unit = rest.iter().find(|c| is(Role::Unit, &c.name)).map(|c| c.column);
    let mut years = chosen(rest.iter().filter_map(|c| Some((c.column, year_of(&c.name)?))).collect());
    // 指标 | 数量: one column of values, nothing said of the year.
    let values: Vec<u32> = rest.iter().filter(|c| is(Role::Value, &c.name)).map(|c| c.column).collect();
    let of_indicators = header.columns.iter().any(|c| c.column == name && is_like(Role::Indicator, &c.name));
    if let ([only], true, true) = (values.as_slice(), years.is_empty(), of_indicators) {
        years.push((*only, YearColumn { key: YearKey::Current, exact: true }));
    }
    (!years.is_empty()).then_some(Layout { category, name, unit, years })
}

/// Rows that are looked at.
const LOOKED_AT: usize = 200;

/// The layout, if the header and the rows below it can be a field sheet whatever the names' column is
/// called: years beside names, each name once. The second is true where they hardly can be
/// anything else: 工作内容 over the names, a unit in each row.
pub fn by_evidence(grid: &Grid<'_>, header: &Header) -> Option<(Layout, bool)> {
    let rest: Vec<&HeaderColumn> = header.columns.iter().collect();
    let mut years = chosen(rest.iter().filter_map(|c| Some((c.column, year_of(&c.name)?))).collect());
    let values = || rest.iter().filter(|c| is(Role::Value, &c.name)).map(|c| c.column);
    let first = years.iter().map(|(column, _)| *column).chain(values()).min()?;
    let (category, name) = names(grid, header, first)?;
    let head = header.columns.iter().find(|c| c.column == name);
    let of_task = head.is_some_and(|c| is_like(Role::Task, &c.name) || is_like(Role::Indicator, &c.name));
    let unit = rest.iter().find(|c| is(Role::Unit, &c.name)).map(|c| c.column).filter(|c| *c != name);
    let labels: Vec<(u32, String)> = body(grid, header)
        .filter_map(|(row, _)| Some((row, clean_name(&raw_text(grid.body_cell(row, name).filter(|c| is_text(c))?)))))
        .collect();
    let distinct: BTreeSet<&str> = labels.iter().map(|(_, label)| label.as_str()).collect();
    if labels.is_empty() || category.is_none() && distinct.len() < labels.len() {
        return None;
    }
    let says_unit = |row: u32| unit.is_some_and(|column| unit::is_unit(&grid.text(row, column)));
    let with_unit =
        labels.iter().filter(|(row, label)| says_unit(*row) || unit::split_header(label).1.is_some()).count();
    let of_units = with_unit * 2 >= labels.len();
    let mut values = values();
    if let (true, Some(only), None) = (years.is_empty(), values.next(), values.next()) {
        if !(of_task && of_units) {
            return None;
        }
        years.push((only, YearColumn { key: YearKey::Current, exact: true }));
    }
    let places = labels.iter().filter(|(_, label)| label.ends_with(PLACES)).count() * 2 >= labels.len();
    // 名称 over names and units may be a table of indicators as well.
    let named = head.is_some_and(|c| is(Role::Name, &c.name) || names_the_rows(&c.name)) && !header.corner;
    let likely = !places && (of_task || of_units && !named);
    (!years.is_empty()).then_some((Layout { category, name, unit, years }, likely))
}

/// Names of places and offices are rows of a table.
const PLACES: [char; 12] = ['镇', '乡', '道', '村', '区', '县', '市', '局', '办', '站', '校', '司'];

/// The column of the names, and one before it that groups them: the only ones with words before
/// the first year.
fn names(grid: &Grid<'_>, header: &Header, first_year: u32) -> Option<(Option<u32>, u32)> {
    let aside = |c: &&HeaderColumn| {
        is(Role::Serial, &c.name)
            || is(Role::Code, &c.name)
            || is_computed(&c.name)
            || is_unit_column(grid, header, c)
            || is(Role::Remark, &c.name)
    };
    let before: Vec<&HeaderColumn> =
        header.columns.iter().take_while(|c| c.column < first_year).filter(|c| !aside(c)).collect();
    let words = |c: &&HeaderColumn| !aside(c) && year_of(&c.name).is_none() && !is_like(Role::Remark, &c.name);
    match before.as_slice() {
        // The years stand before the names.
        [] => {
            let mut others = header.columns.iter().filter(words);
            others.next().filter(|_| others.next().is_none()).map(|only| (None, only.column))
        }
        [only] => Some((None, only.column)),
        [group, name] if groups(grid, header, group.column) || is_like(Role::Task, &name.name) => {
            Some((Some(group.column), name.column))
        }
        [name, _] => Some((None, name.column)),
        // 类别 | 项目 | 指标: the last two say what it is.
        [.., group, name] if before[..before.len() - 1].iter().all(|c| groups(grid, header, c.column)) => {
            Some((Some(group.column), name.column))
        }
        _ => None,
    }
}

/// 单位 over units, not over organisations.
fn is_unit_column(grid: &Grid<'_>, header: &Header, column: &HeaderColumn) -> bool {
    let units = || body(grid, header).map(|(row, _)| grid.text(row, column.column)).filter(|text| !text.is_empty());
    is(Role::Unit, &column.name) && units().all(|text| unit::is_unit(&text) || crate::dataset::scalar::is_absent(&text))
}

/// A column that stands once for several rows: merged, or blank below, or the same again.
fn groups(grid: &Grid<'_>, header: &Header, column: u32) -> bool {
    let rows: Vec<u32> = body(grid, header).map(|(row, _)| row).collect();
    let own: Vec<String> =
        rows.iter().filter_map(|row| Some(clean_name(&raw_text(grid.sheet.cell(*row, column)?)))).collect();
    let distinct: BTreeSet<&String> = own.iter().collect();
    !own.is_empty() && (own.len() < rows.len() || distinct.len() < own.len())
}

/// The rows below the header, as far as they are looked at.
pub fn body<'g>(grid: &'g Grid<'_>, header: &Header) -> impl Iterator<Item = (u32, &'g [RawCell])> {
    let below = header.last_row;
    grid.rows().iter().skip_while(move |(row, _)| *row <= below).take(LOOKED_AT).copied()
}

fn is_text(cell: &RawCell) -> bool {
    matches!(&cell.value, RawValue::Text(text) if !crate::dataset::scalar::trim(text).is_empty())
}

/// Where one column says 2026 and another `2026年1-9月`, the plain one is the year; of two
/// that are both more than a year, none is.
fn chosen(found: Vec<(u32, YearColumn)>) -> Vec<(u32, YearColumn)> {
    let same = |a: &YearColumn, exact: bool| found.iter().filter(|(_, y)| y.key == a.key && y.exact == exact).count();
    found.iter().filter(|(_, year)| year.exact || same(year, true) == 0 && same(year, false) == 1).copied().collect()
}
