//! C-03 and C-04: this year's figures beside last year's.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Facts, said, subject};
use crate::dataset::{Cell, Column, Table, YearData, is_no_figure};
use crate::diagnostic::{Diagnostic, Severity};

/// Figures below this say nothing by growing many times.
const SMALL: i64 = 10;
/// Rows, and fields, from which on equality with last year looks copied.
const MANY_ROWS: usize = 3;
const MANY_FIELDS: usize = 5;

/// This year and the one before.
fn both<'a>(facts: &'a Facts) -> Option<(&'a YearData, &'a YearData)> {
    let year = facts.data.year?;
    Some((facts.data.years.get(&year)?, facts.data.years.get(&(year - 1))?))
}

/// C-03
pub fn leaps(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((now, past)) = both(facts) else { return };
    let mut compare = |name: &dyn Fn() -> String, new: &Cell, old: &Cell| {
        let (Some(a), Some(b)) = (new.number(), old.number()) else { return };
        let (small, large) = if a.decimal < b.decimal { (a.decimal, b.decimal) } else { (b.decimal, a.decimal) };
        if a.is_share() || b.is_share() || small <= Decimal::ZERO || large < Decimal::from(SMALL) {
            return;
        }
        if small.checked_mul(facts.leap).is_none_or(|limit| large < limit) {
            return;
        }
        let times = (large / small).round_dp(1).normalize();
        let told = match a.decimal > b.decimal {
            true => format!("本年 {}，是上年 {} 的 {times} 倍", new.shown, old.shown),
            false => format!("本年 {}，上年 {} 是它的 {times} 倍", new.shown, old.shown),
        };
        found.push(
            said("C-03", told, new)
                .about(name())
                .also(old.origin, format!("上年 {}", old.shown))
                .help("核对小数点、单位和口径；情况属实的，可在报告中说明原因"),
        );
    };
    for (name, cell) in &now.fields {
        if let Some(old) = past.fields.get(name) {
            compare(&|| name.to_string(), cell, old);
        }
    }
    for (table, old) in pairs(now, past) {
        let rows = old.by_name();
        for (row, record) in table.records.iter().enumerate() {
            let Some(was) = table.row_name(&record.cells).and_then(|name| rows.get(name)) else { continue };
            for (column, cell) in table.columns.iter().zip(&record.cells) {
                if let Some(was) = old.column(&column.name).and_then(|i| was.get(i)) {
                    compare(&|| subject(table, &record.cells, row, &column.name), cell, was);
                }
            }
        }
    }
}

fn pairs<'a>(now: &'a YearData, past: &'a YearData) -> impl Iterator<Item = (&'a Table, &'a Table)> {
    now.tables.values().filter_map(|t| Some((t, past.tables.get(&t.name)?)))
}

/// C-04
pub fn copied(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((now, past)) = both(facts) else { return };
    for (table, old) in pairs(now, past) {
        let columns = table.columns.iter().enumerate();
        let rows = old.by_name();
        let numeric: Vec<_> = columns.filter_map(|(i, c)| column(table, old, &rows, i, c)).collect();
        let same: Vec<_> = numeric.iter().filter(|(.., same)| *same).collect();
        for (name, first, was, rows, _) in &same {
            let mut one = said("C-04", format!("“{name}”一列 {rows} 个数和上年完全一样"), first)
                .about(format!("{} · {name}", table.name))
                .also(was.origin, "上年的这一列从这里开始")
                .help("核对是不是照抄了上年的表；确实没有变化的，可以不改");
            // What seldom changes (areas, plans) may well stand still; a whole table does not.
            one.severity = if same.len() * 2 >= numeric.len() { Severity::Warning } else { Severity::Notice };
            found.push(one);
        }
    }
    let fields: Vec<(&Cell, &Cell)> = now
        .fields
        .iter()
        .filter_map(|(name, cell)| Some((cell, past.fields.get(name)?)))
        .filter(|(new, old)| telling(new) && old.number().is_some())
        .collect();
    if fields.len() >= MANY_FIELDS && fields.iter().all(|(new, old)| new.number() == old.number()) {
        let (first, was) = fields[0];
        found.push(
            said("C-04", format!("{} 项指标和上年完全一样", fields.len()), first)
                .also(was.origin, "上年的指标从这里开始")
                .help("核对是不是照抄了上年的表"),
        );
    }
}

/// A number that would hardly repeat by chance.
fn telling(cell: &Cell) -> bool {
    cell.number().is_some_and(|n| !n.decimal.is_zero())
}

type Copied<'a> = (&'a str, &'a Cell, &'a Cell, usize, bool);

/// A column of numbers: its name, its first cells, how many rows, and whether all are last year's.
fn column<'a>(
    table: &'a Table,
    old: &'a Table,
    past: &HashMap<&str, &'a [Cell]>,
    at: usize,
    column: &'a Column,
) -> Option<Copied<'a>> {
    if is_no_figure(&column.name) {
        return None;
    }
    let before = old.column(&column.name)?;
    let rows: Vec<(&Cell, &Cell)> = table
        .records
        .iter()
        .filter_map(|r| Some((&r.cells[at], past.get(table.row_name(&r.cells)?)?.get(before)?)))
        .filter(|(new, old)| new.number().is_some() && old.number().is_some())
        .collect();
    let mut values: Vec<Decimal> = rows.iter().filter_map(|(new, _)| new.number()).map(|n| n.decimal).collect();
    values.sort();
    values.dedup();
    if rows.len() < MANY_ROWS || values.len() < MANY_ROWS {
        return None;
    }
    let same = rows.iter().all(|(new, old)| new.number() == old.number());
    Some((&column.name, rows[0].0, rows[0].1, rows.len(), same))
}
