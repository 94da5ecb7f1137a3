//! 报告信息 by the kind of document: some names mean one key in a 汇报 and another in a 简报.

use std::sync::Arc;

use super::{Cell, Dataset, REPORT_PREFIX};
use crate::vocabulary::report::{self, LayoutKind};

/// Gives names that depend on the kind of document their one name, in 报告信息 and in the columns
/// `报告.…` of tables, unless that name has a value of its own or the template reads the name as it
/// stands (`own`).
pub fn settle(data: &mut Dataset, kind: LayoutKind, own: impl Fn(&str) -> bool) {
    let names: Vec<Arc<str>> = data.report.keys().cloned().collect();
    for name in names {
        let Some(key) = report::of_kind(&name, kind).filter(|_| !own(&name)) else { continue };
        let free = data.report.get(key).is_none_or(Cell::is_missing);
        if free && let Some(cell) = data.report.shift_remove(&name) {
            data.report.insert(key.into(), cell);
            if let Some(cells) = data.report_lists.shift_remove(&name) {
                data.report_lists.insert(key.into(), cells);
            }
        }
    }
    for year in data.years.values_mut() {
        let wrong = |name: &str| {
            let name = name.strip_prefix(REPORT_PREFIX)?;
            let key = report::canonical(name);
            let key = report::of_kind(key, kind).filter(|_| !own(name)).unwrap_or(key);
            (key != name).then(|| format!("{REPORT_PREFIX}{key}"))
        };
        let any = year.tables.values().any(|table| table.columns.iter().any(|c| wrong(&c.name).is_some()));
        if !any {
            continue;
        }
        for table in Arc::make_mut(year).tables.values_mut() {
            for at in 0..table.columns.len() {
                let Some(name) = wrong(&table.columns[at].name) else { continue };
                if table.column(&name).is_none() {
                    table.columns[at].name = name.into();
                }
            }
        }
    }
}
