//! Days and ranks: found by their own kinds of values.

use super::figure::Ranked;
use super::names::Found;
use super::place::Place;
use super::scan::Token;
use super::series::Facts;
use super::spell::{closed, quoted};
use super::words::Labels;
use super::write::Tag;

/// The days of the data that a day of the text may be. A day hardly comes twice, so the words need say little.
pub fn days(
    token: &Token,
    parts: (Option<i16>, u8, Option<u8>),
    place: &Place,
    facts: &Facts,
    labels: &Labels,
) -> Vec<Ranked> {
    let (year, month, day) = parts;
    let mut found = Vec::new();
    for own in &facts.days {
        let date = own.date;
        let same = year.is_none_or(|year| year == date.year) && month as i8 == date.month;
        let same_day = day.is_none_or(|day| date.day == Some(day as i8));
        if !same || !same_day || (year.is_none() && date.year != facts.year) {
            continue;
        }
        let x = closed(&own.expression);
        let expression = match (year, day) {
            (Some(_), Some(_)) => format!("{x} | 年月日"),
            (Some(_), None) => format!("{x} | 年月"),
            (None, _) => format!("{x} | 期限(带年=false)"),
        };
        let record =
            own.record.map_or(0.3, |record| if place.before.contains(&*facts.labels[record]) { 0.4 } else { -0.3 });
        let score = 0.3 + record + 0.3 * labels.said(own.name, &place.around) - if day.is_none() { 0.25 } else { 0.0 };
        found.push(Ranked { tag: Tag { start: token.start, end: token.end, expression }, score });
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// The places that the last record named before a rank has in its table.
pub fn ranks(token: &Token, names: &[Found], text: &str, place: &Place, facts: &Facts, labels: &Labels) -> Vec<Ranked> {
    let from = token.start - place.before.len();
    let mut found = Vec::new();
    let Some(name) = names.iter().rev().find(|name| name.end <= token.start && name.start >= from) else {
        return found;
    };
    let with_sign = text[token.start..token.end].ends_with('位');
    for &(table, row) in &name.of {
        let names = &facts.names[table];
        if !names.key {
            continue;
        }
        for (label, column, values) in &names.numbers {
            let Some(own) = values[row] else { continue };
            for rising in [false, true] {
                let better =
                    values.iter().flatten().filter(|value| if rising { **value < own } else { **value > own }).count();
                if (better + 1) as f64 != token.value {
                    continue;
                }
                let way = if rising { ", 升序=true" } else { "" };
                let call = |function: &str| {
                    let own = quoted(&names.texts[row]);
                    let record = match names.by_name {
                        true => own,
                        false => format!("{} | 筛选({}, {own}) | first", names.expression, quoted(&names.column)),
                    };
                    format!("{function}({}, {}, {record}{way})", names.expression, quoted(column))
                };
                let tag = match with_sign {
                    true => Tag { start: token.start, end: token.end, expression: call("排名") },
                    false => Tag { start: token.digits.0, end: token.digits.1, expression: call("名次") },
                };
                let score = 0.25 + 0.6 * labels.said(*label, &place.around) - if rising { 0.12 } else { 0.0 };
                found.push(Ranked { tag, score });
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}
