//! C-01: the relations that the template declares.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::Facts;
use crate::dataset::schema::relation::{Expr, Operator, Relation, Sign};
use crate::dataset::{Cell, Record, Table, Value, YearData};
use crate::diagnostic::{Diagnostic, Origin, Place, Severity, cell_name, codes};

/// Cells that are named one by one.
const MOST_NAMED: usize = 8;

/// C-01
pub fn declared(facts: &Facts, found: &mut Vec<Diagnostic>) {
    for (&year, data) in &facts.data.years {
        let past = facts.data.years.get(&(year - 1)).map(|d| &**d);
        let scope = Scope { data, past, of: None, same: None };
        for relation in &facts.schema.relations {
            found.extend(broken(relation, &scope).map(|d| of_year(d, facts, year)));
        }
        for spec in facts.schema.tables.iter().filter(|t| !t.relations.is_empty()) {
            let Some(table) = data.tables.get(&spec.name) else { continue };
            let same = past.and_then(|d| d.tables.get(&spec.name)).map(|old| (old, old.by_name()));
            for (row, record) in table.records.iter().enumerate() {
                let name = table.row_name(&record.cells).map_or_else(|| format!("第 {} 条", row + 1), str::to_string);
                let scope = Scope { of: Some((table, record)), same: same.as_ref(), ..scope };
                let wrong = spec.relations.iter().filter_map(|r| broken(r, &scope));
                found.extend(wrong.map(|d| of_year(d.about(name.clone()), facts, year)));
            }
        }
    }
}

/// What is wrong with an earlier year is doubtful; the report's own year is what counts.
fn of_year(mut diagnostic: Diagnostic, facts: &Facts, year: i16) -> Diagnostic {
    if facts.data.year.is_some_and(|y| y != year) {
        diagnostic.severity = diagnostic.severity.min(Severity::Warning);
        diagnostic.message = format!("{year}年：{}", diagnostic.message);
    }
    diagnostic
}

/// Where names are looked up: the record's columns before the fields.
#[derive(Clone, Copy)]
struct Scope<'a> {
    data: &'a YearData,
    past: Option<&'a YearData>,
    of: Option<(&'a Table, &'a Record)>,
    /// Last year's table, its records by name.
    same: Option<&'a (&'a Table, HashMap<&'a str, &'a [Cell]>)>,
}

/// One thing that was read, for the message.
struct Operand {
    place: Origin,
    said: String,
}

/// One side: its value, what it was made of, and how it is told.
struct Side {
    value: Decimal,
    /// Decimals that its figures are given in.
    scale: u32,
    told: String,
}

fn broken(relation: &Relation, scope: &Scope) -> Option<Diagnostic> {
    let mut operands = Vec::new();
    let left = side(&relation.left, None, scope, &mut operands)?;
    let right = side(&relation.right, Some(&relation.left), scope, &mut operands)?;
    let slack = slack(&left, &right, &relation.left, &relation.right);
    if relation.sign.holds(left.value, right.value, slack) {
        return None;
    }
    let told = |side: &Side, expr: &Expr| match expr {
        Expr::Name { .. } | Expr::Number(_) => side.told.clone(),
        _ => format!("{} 是 {}", side.told, show(side.value)),
    };
    let sides = format!("左边 {}，右边 {}", told(&left, &relation.left), told(&right, &relation.right));
    let by = match relation.sign {
        Sign::Equal => format!("，相差 {}", show((left.value - right.value).abs())),
        _ => format!("，差 {}", show((left.value - right.value).abs())),
    };
    let note = relation.note.as_ref().map(|n| format!("（{n}）")).unwrap_or_default();
    let mut found = Diagnostic::new(codes::C01, format!("不符合“{}”{note}：{sides}{by}", relation.text))
        .weighing(relation.level.unwrap_or(Severity::Error))
        .help("逐个核对这几个数，改正填错的一个");
    let mut operands = operands.into_iter();
    found.origin = operands.next().map(|first| {
        found.related.push((first.place, first.said));
        first.place
    });
    for operand in operands {
        if found.related.iter().all(|(place, _)| *place != operand.place) {
            found.related.push((operand.place, operand.said));
        }
    }
    Some(found)
}

/// Sums of exact figures are exact; a side that is rounded, or that divides, may differ by
/// half of the last place of the coarser side.
fn slack(left: &Side, right: &Side, a: &Expr, b: &Expr) -> Decimal {
    let (divided, scale) = match (a.divides(), b.divides()) {
        (true, false) => (true, right.scale),
        (false, true) => (true, left.scale),
        (true, true) => return Decimal::new(1, 9),
        _ => (false, left.scale.min(right.scale)),
    };
    if (scale == 0 || left.scale == right.scale) && !divided {
        return Decimal::ZERO;
    }
    Decimal::new(5, scale.min(20) + 1)
}

fn show(value: Decimal) -> String {
    value.round_dp(6).normalize().to_string()
}

fn side(expr: &Expr, other: Option<&Expr>, scope: &Scope, operands: &mut Vec<Operand>) -> Option<Side> {
    match expr {
        Expr::Number(value) => Some(Side { value: *value, scale: 0, told: show(*value) }),
        Expr::Name { name, last } => {
            let cell = scope.cell(name, *last)?;
            let value = number(cell)?;
            let whose = if *last { "上年" } else { "" };
            operands.push(Operand { place: cell.origin, said: format!("{whose}{name} {}", cell.shown) });
            Some(Side { value, scale: scale(cell), told: format!("{whose}{name} {}", cell.shown) })
        }
        Expr::Sum { table, column } => scope.sum(table, column, operands),
        Expr::Each(word) => {
            let column = match other {
                Some(Expr::Name { name, .. }) => name,
                _ => return None,
            };
            let mut all = scope.data.tables.values().filter(|t| t.name.contains(&**word));
            let table = all.next().filter(|_| all.next().is_none())?;
            let own = table.column(column).map(|_| column.clone());
            let mut numeric = table
                .columns
                .iter()
                .enumerate()
                .filter(|(i, _)| table.records.iter().any(|r| r.cells[*i].number().is_some()));
            let only = numeric.next().filter(|_| numeric.next().is_none()).map(|(_, c)| c.name.clone());
            scope.sum(&table.name, &own.or(only)?, operands)
        }
        Expr::Count(table) => {
            let table = scope.data.tables.get(table)?;
            operands
                .push(Operand { place: table.origin, said: format!("{}共 {} 条", table.name, table.records.len()) });
            let value = Decimal::from(table.records.len());
            Some(Side { value, scale: 0, told: format!("{}的个数", table.name) })
        }
        Expr::Of(left, operator, right) => {
            let (a, b) = (side(left, other, scope, operands)?, side(right, other, scope, operands)?);
            let (value, sign) = match operator {
                Operator::Plus => (a.value.checked_add(b.value), "+"),
                Operator::Minus => (a.value.checked_sub(b.value), "-"),
                Operator::Times => (a.value.checked_mul(b.value), "×"),
                Operator::Divide => (a.value.checked_div(b.value), "÷"),
            };
            Some(Side { value: value?, scale: a.scale.max(b.scale), told: format!("{} {sign} {}", a.told, b.told) })
        }
    }
}

impl<'a> Scope<'a> {
    fn cell(&self, name: &str, last: bool) -> Option<&'a Cell> {
        let data = if last { self.past? } else { self.data };
        let own = self.of.and_then(|(table, record)| {
            let at = table.column(name)?;
            if !last {
                return record.cells.get(at);
            }
            let (past, rows) = self.same?;
            rows.get(table.row_name(&record.cells)?)?.get(past.column(name)?)
        });
        own.or_else(|| data.fields.get(name))
    }

    fn sum(&self, table: &str, column: &str, operands: &mut Vec<Operand>) -> Option<Side> {
        let table = self.data.tables.get(table)?;
        let at = table.column(column)?;
        let mut value = Decimal::ZERO;
        let mut most = 0;
        let mut any = false;
        for record in &table.records {
            // A blank makes the sum unknown; that it is blank is said elsewhere.
            let cell = &record.cells[at];
            value = value.checked_add(number(cell)?)?;
            most = most.max(scale(cell));
            any |= cell.number().is_some();
        }
        if !any {
            return None;
        }
        let told = format!("{}.{column}之和", table.name);
        if table.records.len() <= MOST_NAMED {
            for (row, record) in table.records.iter().enumerate() {
                let name = super::subject(table, &record.cells, row, column);
                operands.push(Operand {
                    place: record.cells[at].origin,
                    said: format!("{name} {}", record.cells[at].shown),
                });
            }
        } else {
            let (first, last) =
                (table.records[0].cells[at].origin, table.records[table.records.len() - 1].cells[at].origin);
            let range = match (first.place, last.place) {
                (Place::Cell { row: a, column, .. }, Place::Cell { row: b, .. }) => {
                    format!("{}:{}", cell_name(a, column), cell_name(b, column))
                }
                (Place::Text { line: a, .. }, Place::Text { line: b, .. }) => format!("第{a}行至第{b}行"),
                _ => String::new(),
            };
            operands.push(Operand {
                place: first,
                said: format!("{told}（{range}，{}个数）{}", table.records.len(), show(value)),
            });
        }
        Some(Side { value, scale: most, told })
    }
}

/// “—” counts as nothing; a blank or a text makes the relation unknown.
fn number(cell: &Cell) -> Option<Decimal> {
    match &cell.value {
        Value::Number(number) => Some(number.decimal),
        Value::Absent => Some(Decimal::ZERO),
        _ => None,
    }
}

/// Decimals as typed: 480.00 is given in two. A percentage is held as its ratio.
fn scale(cell: &Cell) -> u32 {
    let shown = cell.shown.trim_end_matches(|c: char| !c.is_ascii_digit());
    let typed = shown.rsplit_once('.').map_or(0, |(_, d)| d.len() as u32);
    match cell.number() {
        Some(n) if n.is_share() => (typed + 2).max(n.decimal.normalize().scale()),
        Some(n) => typed.max(n.decimal.normalize().scale()),
        None => 0,
    }
}
