//! A dataset as text, for golden tests and for looking at what was understood.

use std::fmt::Write;

use super::{Cell, Dataset, Table, Value};
use crate::diagnostic::SourceMap;

/// Everything that was understood, one line a value.
pub fn dump(dataset: &Dataset, sources: &SourceMap) -> String {
    let mut out = String::new();
    let year = dataset.year.map_or("没有".to_string(), |y| y.to_string());
    let _ = writeln!(out, "年份 {year}");
    for (key, cell) in &dataset.report {
        let _ = writeln!(out, "报告.{key} = {}", value(cell, sources));
        for more in dataset.report_lists.get(key).into_iter().flatten().skip(1) {
            let _ = writeln!(out, "报告.{key} + {}", value(more, sources));
        }
    }
    for (year, data) in &dataset.years {
        let _ = writeln!(out, "[{year}]");
        for (name, cell) in &data.fields {
            let _ = writeln!(out, "{name} = {}", value(cell, sources));
        }
        for (name, t) in &data.tables {
            let _ = writeln!(out, "表 {name}（{} 条）@{}", t.records.len(), sources.describe_short(t.origin));
            table(&mut out, t, sources);
        }
    }
    out
}

fn table(out: &mut String, table: &Table, sources: &SourceMap) {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|c| match &c.unit {
            Some(unit) => format!("{}<{unit}{}>", c.name, if c.unit_of_sheet { "*" } else { "" }),
            None => c.name.to_string(),
        })
        .collect();
    let _ = writeln!(out, "  列 {}", columns.join(" | "));
    for record in &table.records {
        let cells: Vec<String> = record.cells.iter().map(|c| value(c, sources)).collect();
        let _ = writeln!(out, "  {}", cells.join(" | "));
    }
    for total in &table.totals {
        let cells: Vec<String> = total.cells.iter().map(|c| value(c, sources)).collect();
        let _ = writeln!(out, "  {}： {}", total.label, cells.join(" | "));
    }
}

fn value(cell: &Cell, sources: &SourceMap) -> String {
    let text = match &cell.value {
        Value::Missing => return "缺".to_string(),
        Value::Absent => format!("无({})", cell.shown),
        Value::Number(n) => {
            let number = n.decimal.normalize().to_string();
            let percent = if n.is_share() { "p" } else { "" };
            if number == *cell.shown { number } else { format!("{number}{percent}“{}”", cell.shown) }
        }
        Value::Date(d) => {
            let day = d.day.map(|d| format!("-{d:02}")).unwrap_or_default();
            format!("{}-{:02}{day}“{}”", d.year, d.month, cell.shown)
        }
        Value::Bool(b) => format!("{b}"),
        Value::Text(text) => format!("'{}'", text.replace('\n', "⏎")),
    };
    let unit = cell.unit.as_ref().map(|u| format!("<{u}>")).unwrap_or_default();
    format!("{text}{unit}@{}", sources.describe_short(cell.origin))
}
