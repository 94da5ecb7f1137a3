//! F-03 and F-04: one indicator with two values, one cell printed in two ways.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::near::slips;
use super::numbers::{Quantity, WrittenBy};
use super::origin::{comparable, told};
use super::{Mark, Prose};
use crate::check::line::Hit;
use crate::diagnostic::Origin;
use crate::document::{Passage, PassageKind};

/// Words that say another time, a part, a plan, or a mean: then the value may differ.
const OTHER: [&str; 34] = [
    "上年",
    "去年",
    "同期",
    "往年",
    "历年",
    "比",
    "较",
    "其中",
    "每",
    "平均",
    "人均",
    "计划",
    "目标",
    "力争",
    "预计",
    "下一步",
    "下年",
    "明年",
    "不少于",
    "不低于",
    "以上",
    "超过",
    "由",
    "从",
    "增加",
    "减少",
    "新增",
    "季度",
    "上半年",
    "下半年",
    "月",
    "占",
    "分别",
    "至少",
];

/// What the heading of a part with plans says: its numbers are of another time than the results.
const PLANS: [&str; 14] = [
    "下一步",
    "下步",
    "打算",
    "设想",
    "思路",
    "努力方向",
    "明年",
    "下一年",
    "下年",
    "今后",
    "工作安排",
    "工作计划",
    "重点任务",
    "目标任务",
];

/// F-03: a typed number beside the name of a field whose value is another; and two typed
/// numbers behind the same words.
pub fn two_values(prose: &Prose, marks: &mut Vec<Mark>) {
    against_fields(prose, marks);
    among_words(prose, marks);
    slips(prose, marks);
}

fn against_fields(prose: &Prose, marks: &mut Vec<Mark>) {
    let Some(year) = prose.data.year else { return };
    let names = row_names(prose);
    for quantity in prose.quantities.iter().filter(|q| q.typed()) {
        let row = match &quantity.from {
            WrittenBy::Text(origin) => row_of(prose, *origin),
            _ => None,
        };
        let own = !planned(prose, quantity)
            && clear(&quantity.clause)
            && (row.is_some() || !names.iter().any(|n| quantity.lead.contains(n)));
        if !own {
            continue;
        }
        let tail: String = tail_of(&quantity.clause);
        let here = row.as_ref().map(|(table, row)| (table.as_str(), *row));
        let mut fitting = prose.known().iter().filter(|k| {
            // Only the words right before the number name it.
            k.year == year
                && k.row() == here
                && comparable(quantity, k)
                && told(&tail, k.short())
                && k.short().chars().count() >= 3
        });
        let Some(known) = fitting.next() else { continue };
        let apart = (known.value - quantity.value).abs();
        let near = apart * Decimal::from(20) <= known.value.abs() && known.row().is_none();
        let same = fitting.any(|k| k.value == quantity.value);
        if apart.is_zero() || apart <= quantity.half || near || same {
            continue;
        }
        let message = format!("“{tail}{}”与数据里的“{}”（{}）不一致", quantity.shown, known.name(), known.cell.shown);
        let mut mark = prose.mark(quantity, message, "核对哪一个对；最好改从数据里取");
        mark.also.push((known.cell.origin, format!("{} {}", known.name(), known.cell.shown)));
        marks.push(mark);
    }
}

fn among_words(prose: &Prose, marks: &mut Vec<Mark>) {
    let names = row_names(prose);
    let mut seen: HashMap<(String, &str, bool, bool, String), &Quantity> = HashMap::new();
    for quantity in &prose.quantities {
        let key = key(quantity);
        let single = !names.iter().any(|n| quantity.lead.contains(n));
        if key.chars().count() < 4 || quantity.unit.is_empty() || !clear(&quantity.clause) || !single {
            continue;
        }
        if matches!(quantity.from, WrittenBy::Text(origin) if row_of(prose, origin).is_some()) {
            continue;
        }
        // Results beside results, plans beside plans.
        let slot =
            (key.clone(), quantity.unit.as_str(), quantity.percent, planned(prose, quantity), time(&quantity.lead));
        let Some(first) = seen.get(&slot) else {
            seen.insert(slot, quantity);
            continue;
        };
        let differs = (first.value - quantity.value).abs() > first.half.max(quantity.half);
        if differs && (first.typed() || quantity.typed()) {
            let message = format!("“{key}”前面写的是{}，这里写的是{}", first.shown, quantity.shown);
            let mut mark = prose.mark(quantity, message, "同一个指标在一份报告里只能有一个数，核对后改正");
            // The same words may be of another time, place or part that the sentence does not repeat.
            mark.hit.doubtful = true;
            marks.push(mark);
        }
    }
}

/// The time that a sentence says before a number, as far as it is another than the report's.
fn time(lead: &str) -> String {
    let mut years = lead.match_indices('年').filter_map(|(at, _)| lead[..at].get(at.checked_sub(4)?..));
    let year = years.rfind(|year| year.chars().all(|c| c.is_ascii_digit())).unwrap_or_default();
    let past = ["上年", "去年", "上届", "上次", "上学", "上季", "上月", "前年", "往年"]
        .iter()
        .find(|word| lead.contains(**word));
    format!("{year}{}", past.copied().unwrap_or_default())
}

/// The words right before a number, without those that only lead up to it.
fn key(quantity: &Quantity) -> String {
    let tail = words_of(&quantity.clause, 40);
    let scopes = [
        "全镇",
        "全县",
        "全区",
        "全市",
        "全乡",
        "全街道",
        "全年",
        "今年",
        "本年",
        "年内",
        "一年来",
        "累计",
        "共",
        "总共",
    ];
    let mut words = tail.as_str();
    while let Some(rest) = scopes.iter().find_map(|s| words.strip_prefix(s)) {
        words = rest;
    }
    words.to_string()
}

/// The last characters of a clause that are Han, without 共, 达 and the like at the end.
fn tail_of(clause: &str) -> String {
    words_of(clause, 10)
}

fn words_of(clause: &str, most: usize) -> String {
    let words = clause.trim_end_matches(['共', '达', '到', '为', '是', '约', '近', '了', '有', '计']);
    // 最大3小时雨量 is cut by its own number.
    let cut = words.chars().rev().find(|c| !crate::check::line::han(*c)).is_some_and(|c| c.is_ascii_digit());
    if cut {
        return String::new();
    }
    let words: Vec<char> =
        words.chars().rev().take_while(|c| crate::check::line::han(*c) && !"、，；".contains(*c)).take(most).collect();
    words.into_iter().rev().collect()
}

fn clear(clause: &str) -> bool {
    !OTHER.iter().any(|w| clause.contains(w))
}

/// Whether a number stands under a heading about plans; 工作计划完成情况 is about results.
fn planned(prose: &Prose, quantity: &Quantity) -> bool {
    let passage = &prose.passages[quantity.passage];
    [&passage.part, &passage.heading].iter().any(|heading| {
        let results = ["完成", "进展", "落实情况", "成效"].iter().any(|w| heading.contains(w));
        !results && PLANS.iter().any(|w| heading.contains(w))
    })
}

/// Names of rows: a sentence with one of them tells of a part.
fn row_names<'p>(prose: &'p Prose) -> Vec<&'p str> {
    let Some(current) = prose.data.current() else { return Vec::new() };
    let tables = current.tables.values();
    tables
        .flat_map(|t| t.records.iter().filter_map(|r| t.row_name(&r.cells)))
        .filter(|n| n.chars().count() >= 2)
        .collect()
}

/// Table and row of a cell of the report's year.
fn row_of(prose: &Prose, origin: Origin) -> Option<(String, usize)> {
    prose.data.current()?.tables.values().find_map(|t| {
        let row = t.records.iter().position(|r| r.cells.iter().any(|c| c.origin == origin))?;
        Some((t.name.to_string(), row))
    })
}

/// F-04: one cell, printed as it stands in one place and rounded in another.
pub fn two_forms(prose: &Prose, marks: &mut Vec<Mark>) {
    let mut seen: HashMap<Origin, (Decimal, String)> = HashMap::new();
    for (index, passage) in prose.passages.iter().enumerate() {
        for span in &passage.segments {
            let Some(figure) = span.figure.and_then(|id| prose.document.figures.get(id.0 as usize)) else { continue };
            let Some(read) = figure.reads.single() else { continue };
            let Ok(value) = figure.text.parse::<Decimal>() else { continue };
            let Some((first, shown)) = seen.get(&read.origin) else {
                seen.insert(read.origin, (value, figure.text.to_string()));
                continue;
            };
            let scale = first.scale().min(value.scale());
            let rounded =
                |n: Decimal| n.round_dp_with_strategy(scale, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            if *first != value && rounded(*first) == rounded(value) {
                let hit = Hit {
                    start: span.start,
                    end: span.end,
                    message: format!("“{}”前面写的是{shown}，这里写的是{}", read.name, figure.text),
                    help: "同一个数在全文用同一种写法".to_string(),
                    doubtful: false,
                };
                marks.push(Mark { passage: index, hit, level: None, also: vec![(read.origin, read.name.to_string())] });
            }
        }
    }
}

/// F-05: the year before is called the present one, in words of the template.
pub fn stale_year(prose: &Prose, marks: &mut Vec<Mark>) {
    let Some(year) = prose.data.year else { return };
    // A text that names its own year tells of the other one on purpose.
    let own: Vec<char> = format!("{year}年").chars().collect();
    let body = |p: &&Passage| matches!(p.kind, PassageKind::Body | PassageKind::Item);
    if prose.passages.iter().filter(body).any(|p| p.text.windows(own.len()).any(|w| w == own)) {
        return;
    }
    for (index, passage) in prose.passages.iter().enumerate() {
        let text = passage.string(0, passage.text.len());
        let Some(other) = crate::check::data::years::present_year(&text, year) else { continue };
        let word: Vec<char> = format!("{other}年").chars().collect();
        let Some(start) = passage.text.windows(word.len()).position(|w| w == word) else { continue };
        if passage.figure_at(start).is_some() {
            continue;
        }
        let hit = Hit {
            start,
            end: start + word.len(),
            message: format!("把{other}年当作本年来写，报告的年份是{year}年"),
            help: "写成 {{ 年份 }}年，年份就会跟着数据变".to_string(),
            doubtful: false,
        };
        marks.push(Mark { passage: index, hit, level: None, also: Vec::new() });
    }
}
