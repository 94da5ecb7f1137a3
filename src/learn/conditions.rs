//! What records of a table may have in common: a text, all but one text, a bound that the report names.

use std::sync::Arc;

use super::series::{Threshold, fits, size, spoken, unit};
use super::spell::quoted;
use crate::dataset::{Cell, Table, Value};
use crate::quantity::Kind;

/// Most distinct texts of a column by which records are grouped.
const MOST_GROUPS: usize = 14;
/// Most texts of a column of which all but one are a group of their own.
const MOST_LEFT: usize = 5;

/// What records have in common.
pub struct Condition {
    pub column: usize,
    /// What a cell must be.
    pub test: Test,
    /// How the text may say it.
    pub said: String,
}

pub enum Test {
    Among(Vec<Arc<str>>),
    Bound(&'static str, f64),
}

impl Condition {
    /// Whether it is one text that a cell must be.
    pub fn is_one(&self) -> bool {
        matches!(&self.test, Test::Among(values) if values.len() == 1)
    }

    pub fn holds(&self, cell: &Cell, table: &Table) -> bool {
        match &self.test {
            Test::Among(values) => values.contains(&cell.shown),
            Test::Bound(test, bound) => {
                let own = cell.quantity(table.unit(self.column).as_ref()).map(|own| spoken(&own));
                own.is_some_and(|own| match *test {
                    "大于" => own > *bound,
                    "至少" => own >= *bound,
                    "小于" => own < *bound,
                    _ => own <= *bound,
                })
            }
        }
    }

    pub fn filter(&self, table: &Table) -> String {
        let column = quoted(&table.columns[self.column].name);
        match &self.test {
            Test::Among(values) if values.len() == 1 => format!("筛选({column}, {})", quoted(&values[0])),
            Test::Among(values) => {
                let all: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                format!("筛选({column}, [{}])", all.join(", "))
            }
            Test::Bound(test, bound) => {
                let (kind, _) = kind_and_unit(table, self.column);
                let bound = if kind == Kind::Share { format!("\"{bound}%\"") } else { bound.to_string() };
                format!("筛选({column}, {test}={bound})")
            }
        }
    }
}

/// Kind and unit of a column: those of its first number.
pub fn kind_and_unit(table: &Table, at: usize) -> (Kind, Arc<str>) {
    let own = table.unit(at);
    let first = table.records.iter().find_map(|record| record.cells.get(at)?.quantity(own.as_ref()));
    first.map_or((Kind::Amount, "".into()), |first| (first.kind(), unit(&first)))
}

/// All that records may have in common: a text, all but one text, a bound that the report names.
pub fn conditions(table: &Table, key: Option<usize>, numeric: &[usize], thresholds: &[Threshold]) -> Vec<Condition> {
    let mut found = Vec::new();
    for column in (0..table.columns.len()).filter(|at| Some(*at) != key) {
        let values = values(table, column);
        let name = &table.columns[column].name;
        for value in &values {
            let said = match &**value {
                "是" | "有" | "√" => name.to_string(),
                "否" => format!("未{name}"),
                "无" => format!("没有{name}"),
                own => own.to_owned(),
            };
            found.push(Condition { column, test: Test::Among(vec![value.clone()]), said });
        }
        if (3..=MOST_LEFT).contains(&values.len()) {
            for value in &values {
                let rest = values.iter().filter(|own| *own != value).cloned().collect();
                found.push(Condition { column, test: Test::Among(rest), said: format!("未{value}") });
            }
        }
    }
    for &column in numeric {
        let (kind, own) = kind_and_unit(table, column);
        let share = kind == Kind::Share;
        for threshold in thresholds.iter().filter(|t| (t.unit == "%") == share && (share || fits(&t.unit, &own))) {
            let scaled = !share && !own.is_empty() && !threshold.unit.is_empty();
            let bound = if scaled { threshold.value * size(&threshold.unit) / size(&own) } else { threshold.value };
            found.push(Condition { column, test: Test::Bound(threshold.test, bound), said: threshold.said.clone() });
        }
    }
    found
}

/// The texts of a column by which its records are grouped.
fn values(table: &Table, at: usize) -> Vec<Arc<str>> {
    let mut found: Vec<Arc<str>> = Vec::new();
    for cell in table.records.iter().filter_map(|record| record.cells.get(at)) {
        let text = match &cell.value {
            Value::Text(_) | Value::Bool(_) => &cell.shown,
            _ => continue,
        };
        if text.chars().count() > 12 {
            return Vec::new();
        }
        if !found.contains(text) {
            found.push(text.clone());
        }
        if found.len() > MOST_GROUPS {
            return Vec::new();
        }
    }
    found
}
