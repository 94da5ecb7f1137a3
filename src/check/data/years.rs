//! C-05: the year of the report against years in its title, its date and its cells.

use super::{Facts, said};
use crate::dataset::{Cell, Value};
use crate::diagnostic::{Diagnostic, codes};

/// C-05
pub fn agree(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(year) = facts.data.year else { return };
    let data = facts.data;
    if let Some(cell) = data.report_value("标题") {
        let years = years_in(&cell.shown);
        // A report may name a span of years, or a plan to come.
        if !years.is_empty() && !years.contains(&year) && years.iter().all(|y| (y - year).abs() <= 3) {
            found.push(
                said(codes::C05, format!("标题里写的是{}年，报告的年份是{year}年", years[0]), cell)
                    .about("标题")
                    .help("改正标题里的年份，或改“年份”"),
            );
        }
    }
    if let Some(cell) = data.report_value("成文日期")
        && let Some(said_year) = year_of(cell)
        && !(year..=year + 1).contains(&said_year)
    {
        found.push(
            said(codes::C05, format!("成文日期在{said_year}年，报告的年份是{year}年"), cell)
                .about("成文日期")
                .help("核对成文日期和年份"),
        );
    }
    let Some(current) = data.current() else { return };
    for (name, cell) in &current.fields {
        if let Value::Date(date) = cell.value
            && name.starts_with("截至")
            && date.year != year
        {
            found.push(
                said(codes::C05, format!("“{}”不在报告的年份{year}年里", cell.shown), cell)
                    .about(&**name)
                    .help("核对这个日期，像是沿用了别的年份"),
            );
        }
        if let Value::Text(text) = &cell.value {
            stale(text, year, cell, name, found);
        }
    }
    for table in current.tables.values() {
        for (row, record) in table.records.iter().enumerate() {
            for (column, cell) in table.columns.iter().zip(&record.cells) {
                if let Value::Text(text) = &cell.value {
                    stale(text, year, cell, &super::subject(table, &record.cells, row, &column.name), found);
                }
            }
        }
    }
}

/// A text that calls another year the present one: “2025年以来” in a report on 2026.
fn stale(text: &str, year: i16, cell: &Cell, name: &str, found: &mut Vec<Diagnostic>) {
    if let Some(other) = present_year(text, year) {
        found.push(
            said(codes::C05, format!("文字里把{other}年当作本年来写，报告的年份是{year}年"), cell)
                .about(name)
                .help("改成本年的情况，或删去这个年份"),
        );
    }
}

/// The year that a text takes for the present one, where it is the one before `year`.
pub fn present_year(text: &str, year: i16) -> Option<i16> {
    let other = year - 1;
    let word = format!("{other}年");
    text.match_indices(&word).find_map(|(at, _)| {
        let opens = text[..at].chars().next_back().is_none_or(|c| "。；！？\n".contains(c));
        let rest = &text[at + word.len()..];
        let clause: &str = rest.split(['。', '；']).next().unwrap_or("");
        let present = ["以来", "，全", "，我", "，各", "，在", "全年", "，共", "，累计", "，组织", "，开展"]
            .iter()
            .any(|w| rest.starts_with(w));
        let compared = ["比", "较", "同期", "上年", "去年", "今年", "增至", "降至", "到20", "至20", "起"]
            .iter()
            .any(|w| clause.contains(w));
        (opens && present && !compared).then_some(other)
    })
}

fn year_of(cell: &Cell) -> Option<i16> {
    match cell.value {
        Value::Date(date) => Some(date.year),
        _ => years_in(&cell.shown).first().copied(),
    }
}

/// Years written `2026年` or `2026—2027`.
fn years_in(text: &str) -> Vec<i16> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for i in 0..chars.len() {
        let alone = i == 0 || !chars[i - 1].is_ascii_digit();
        let digits = chars[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        let next = chars.get(i + 4).copied().unwrap_or(' ');
        if alone && digits == 4 && (next == '年' || "—-至～/.".contains(next)) {
            let year: String = chars[i..i + 4].iter().collect();
            found.extend(year.parse::<i16>().ok().filter(|y| (1949..=2199).contains(y)));
        }
    }
    found
}
