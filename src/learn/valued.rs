//! Lists of names with a number each: 云溪镇120人次、石桥镇95人次.

use super::names::{Found, List, Reading, View};
use super::series::Names;
use super::spell::quoted;
use crate::vocabulary::measures;

/// Names with a number of one unit behind each.
#[derive(Clone, Debug)]
pub struct Valued {
    pub list: List,
    pub values: Vec<f64>,
    pub unit: String,
    /// The numbers stand in brackets.
    pub bracketed: bool,
    /// The byte behind the last number.
    pub end: usize,
}

/// A number behind a name: its value, its unit, whether it is in brackets, and where it ends.
fn value(rest: &str) -> Option<(f64, String, bool, usize)> {
    let bracketed = rest.starts_with('（');
    let inner = rest.strip_prefix('（').unwrap_or(rest);
    let length = inner.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(inner.len());
    let value: f64 = inner[..length].parse().ok()?;
    let behind = &inner[length..];
    let sign = ["%", "％"].into_iter().find(|sign| behind.starts_with(sign));
    let unit = sign.or_else(|| measures::at_start(behind)).unwrap_or("");
    let tail = &behind[unit.len()..];
    let close = if bracketed { tail.starts_with('）').then_some('）'.len_utf8())? } else { 0 };
    Some((value, unit.to_owned(), bracketed, rest.len() - tail.len() + close))
}

/// The lists of a text.
pub fn lists(text: &str, found: &[Found]) -> Vec<Valued> {
    let mut out: Vec<Valued> = Vec::new();
    for name in found {
        let Some((value, unit, bracketed, length)) = value(&text[name.end..]) else { continue };
        let end = name.end + length;
        if let Some(last) = out.last_mut()
            && matches!(&text[last.end..name.start], "、" | "和" | "，")
            && last.unit == unit
            && last.bracketed == bracketed
        {
            last.list.names.push(name.clone());
            last.values.push(value);
            last.end = end;
            continue;
        }
        let list = List { names: vec![name.clone()], last: String::new() };
        out.push(Valued { list, values: vec![value], unit, bracketed, end });
    }
    out.retain(|own| own.values.len() > 1);
    out
}

/// What such a list may be: the records of a group, the first few, or all, each with what a column says of it.
pub fn readings(own: &Valued, view: &View, names: &Names, rows: &[usize]) -> Vec<Reading> {
    let mut found = Vec::new();
    if !names.by_name {
        return found;
    }
    for (label, column, values) in &names.numbers {
        let same = |(row, value): (&usize, &f64)| {
            values[*row].is_some_and(|own| (own - value).abs() < 1e-6 * own.abs().max(1.0))
        };
        if !rows.iter().zip(&own.values).all(same) {
            continue;
        }
        let mut add = |records: String, score: f64, group: Option<(usize, usize, usize)>| {
            let brackets = if own.bracketed { "" } else { ", 括号=false" };
            // A column may say its unit itself.
            for (unit, less) in [(&*own.unit, 0.0), ("", 0.09)] {
                let behind = if unit.is_empty() { String::new() } else { format!(", 后={}", quoted(unit)) };
                let expression = format!("{records} | 名单({}{behind}{brackets})", quoted(column));
                found.push(Reading { expression, score: score - less + 0.2 * view.said(*label), by: None, group });
            }
        };
        for group in names.groups.iter().filter(|group| group.rows == rows && !view.denies(group.condition.1)) {
            add(
                format!("{} | {}", names.expression, group.expression),
                0.45 + 0.35 * view.said(group.condition.1),
                Some((names.table, group.condition.0, group.condition.1)),
            );
        }
        if rows.len() == names.texts.len() && rows.iter().enumerate().all(|(at, row)| at == *row) {
            add(names.expression.clone(), 0.7, None);
        }
        let mut order: Vec<usize> = (0..values.len()).filter(|row| values[*row].is_some()).collect();
        order.sort_by(|a, b| values[*b].unwrap_or_default().total_cmp(&values[*a].unwrap_or_default()));
        if rows.len() < order.len() && order.get(..rows.len()) == Some(rows) {
            add(format!("({} | 排序({}, 降序=true))[:{}]", names.expression, quoted(column), rows.len()), 0.55, None);
        }
    }
    found
}
