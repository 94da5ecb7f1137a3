//! C-03 and C-04: this year's figures beside last year's.

use rust_decimal::Decimal;

use super::beside::{Beside, Two, both, tables};
use super::slip::slip;
use super::{Facts, said, subject};
use crate::dataset::Cell;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::quantity::unit;

/// Figures below this say nothing by growing many times.
const SMALL: i64 = 10;
/// From so many times on even a small figure is doubtful.
const HUNDREDFOLD: i64 = 100;
/// Rows, and fields, from which on equality with last year looks copied.
const MANY_ROWS: usize = 3;
const MANY_FIELDS: usize = 5;

/// C-03
pub fn leaps(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((now, past)) = both(facts) else { return };
    for (name, cell) in &now.fields {
        if let Some(old) = past.and_then(|data| data.fields.get(name)) {
            found.extend(leap(facts.leap, cell, old).map(|d| d.about(name.to_string())));
        }
    }
    for beside in tables(facts) {
        let table = beside.table;
        for two in &beside.columns {
            let about = |row: usize| subject(table, &table.records[row].cells, row, &two.column.name);
            let told = beside.pairs(two).filter_map(|(row, new, old)| Some((row, leap(facts.leap, new, old)?)));
            found.extend(told.map(|(row, d)| d.about(about(row))));
        }
    }
}

/// A figure that is many times last year's, or the other way round.
fn leap(limit: Decimal, new: &Cell, old: &Cell) -> Option<Diagnostic> {
    let (a, b) = (new.number()?, old.number()?);
    let (small, large) = if a.decimal < b.decimal { (a.decimal, b.decimal) } else { (b.decimal, a.decimal) };
    if a.is_share() || b.is_share() || small <= Decimal::ZERO {
        return None;
    }
    // Percentages that are a hundred times too small are told where they are read.
    let percent = new.unit.as_deref().is_some_and(|symbol| unit::same(symbol) == "%");
    if percent && small <= Decimal::ONE || small.checked_mul(limit).is_some_and(|least| large < least) {
        return None;
    }
    let times = large.checked_div(small)?;
    if large < Decimal::from(SMALL) && times < Decimal::from(HUNDREDFOLD) {
        return None;
    }
    let up = a.decimal > b.decimal;
    let slip = slip(a.decimal, b.decimal, new.unit.as_deref()).map(|s| format!("，{s}")).unwrap_or_default();
    let times = times.round_dp(1).normalize();
    let told = match up {
        true => format!("本年 {}，是上年 {} 的 {times} 倍{slip}", new.shown, old.shown),
        false => format!("本年 {}，上年 {} 是它的 {times} 倍{slip}", new.shown, old.shown),
    };
    Some(
        said(codes::C03, told, new)
            .also(old.origin, format!("上年 {}", old.shown))
            .help("核对小数点、单位和口径；情况属实的，可在报告中说明原因"),
    )
}

/// C-04
pub fn copied(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((now, past)) = both(facts) else { return };
    for beside in tables(facts) {
        let numeric: Vec<Copied> = beside.columns.iter().filter_map(|two| column(&beside, two)).collect();
        let same: Vec<&Copied> = numeric.iter().filter(|column| column.same).collect();
        for Copied { name, first: (new, old), rows, .. } in &same {
            let mut one = said(codes::C04, format!("“{name}”一列 {rows} 个数和上年完全一样"), new)
                .about(format!("{} · {name}", beside.table.name))
                .also(old.origin, "上年的这一列从这里开始")
                .help("核对是不是照抄了上年的表；确实没有变化的，可以不改");
            // What seldom changes (areas, plans) may well stand still; a whole table does not.
            one.severity = if same.len() * 2 >= numeric.len() { Severity::Warning } else { Severity::Notice };
            found.push(one);
        }
    }
    let fields: Vec<(&Cell, &Cell)> = now
        .fields
        .iter()
        .filter_map(|(name, cell)| Some((cell, past?.fields.get(name)?)))
        .filter(|(new, old)| telling(new) && old.number().is_some())
        .collect();
    if fields.len() >= MANY_FIELDS && fields.iter().all(|(new, old)| new.number() == old.number()) {
        let (first, was) = fields[0];
        found.push(
            said(codes::C04, format!("{} 项指标和上年完全一样", fields.len()), first)
                .also(was.origin, "上年的指标从这里开始")
                .help("核对是不是照抄了上年的表"),
        );
    }
}

/// A number that would hardly repeat by chance.
fn telling(cell: &Cell) -> bool {
    cell.number().is_some_and(|n| !n.decimal.is_zero())
}

/// A column of numbers beside last year's.
struct Copied<'a> {
    name: &'a str,
    first: (&'a Cell, &'a Cell),
    rows: usize,
    /// All numbers are last year's.
    same: bool,
}

fn column<'a>(beside: &Beside<'a>, two: &Two<'a>) -> Option<Copied<'a>> {
    let rows: Vec<(&Cell, &Cell)> = beside
        .pairs(two)
        .map(|(_, new, old)| (new, old))
        .filter(|(new, old)| new.number().is_some() && old.number().is_some())
        .collect();
    let mut values: Vec<Decimal> = rows.iter().filter_map(|(new, _)| new.number()).map(|n| n.decimal).collect();
    values.sort();
    values.dedup();
    if rows.len() < MANY_ROWS || values.len() < MANY_ROWS {
        return None;
    }
    let same = rows.iter().all(|(new, old)| new.number() == old.number());
    Some(Copied { name: &two.column.name, first: rows[0], rows: rows.len(), same })
}
