//! What the columns of a field sheet are: names, units, years.

use super::header::Header;
use super::label::HeaderColumn;
use crate::vocabulary::columns::{Role, heads_figures, is, is_like};
use crate::vocabulary::years::{YearColumn, YearKey, year_of};

/// What each column of a field sheet is.
pub struct Layout {
    /// A column before the names that groups them.
    pub category: Option<u32>,
    pub name: u32,
    pub unit: Option<u32>,
    pub years: Vec<(u32, YearColumn)>,
}

/// The layout, if the header is one of a field sheet: 指标 (项目, 字段) first, a year in
/// another column.
pub fn of(header: &Header) -> Option<Layout> {
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

/// Where one column says 2026 and another `2026年1-9月`, the plain one is the year; of two
/// that are both more than a year, none is.
fn chosen(found: Vec<(u32, YearColumn)>) -> Vec<(u32, YearColumn)> {
    let same = |a: &YearColumn, exact: bool| found.iter().filter(|(_, y)| y.key == a.key && y.exact == exact).count();
    found.iter().filter(|(_, year)| year.exact || same(year, true) == 0 && same(year, false) == 1).copied().collect()
}
