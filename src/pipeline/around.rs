//! What a Word template says around its text (主送, 署名, 日期), for where the data say nothing.

use std::sync::Arc;

use crate::dataset::{Cell, Dataset, Value, scalar};
use crate::diagnostic::{Diagnostic, codes};
use crate::template::{Around, Pack, World, split_tokens};

/// Adds it to the data of one report; `world` is the report as the data alone say it.
pub fn add(data: &mut Arc<Dataset>, pack: &Pack, world: &Arc<World>, draft: bool, found: &mut Vec<Diagnostic>) {
    let given = |key: &str| data.report_value(key).is_some();
    // Who gives one of a pair gives the place of both.
    let beside = given("单位") || given("成文日期") || given("签发人职务");
    let wanted = pack.around.iter().filter(|around| !(given(key(around)) || beside && is_below_title(around)));
    let mut said: Vec<(&'static str, Cell)> = Vec::new();
    let mut below_title = None;
    for around in wanted {
        let rendered = pack.engine.render(&around.template, world, Vec::new(), draft);
        found.extend(rendered.diagnostics);
        let pieces = split_tokens(&rendered.text).into_iter().map(|(piece, id)| {
            let figure = id.and_then(|id| rendered.figures.get(id.0 as usize)).map(|figure| &*figure.text);
            format!("{piece}{}", figure.unwrap_or_default())
        });
        let text: String = pieces.collect();
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let cell = match key(around) {
            "成文日期" => date(text, around, draft, found),
            "主送" => Some(plain(text.trim_end_matches(['：', ':']), around)),
            _ => Some(plain(text, around)),
        };
        if is_below_title(around) && cell.is_some() {
            below_title = Some(plain("题下", around));
        }
        said.extend(cell.map(|cell| (key(around), cell)));
    }
    said.extend(below_title.map(|cell| ("落款位置", cell)));
    if said.is_empty() {
        return;
    }
    let own = Arc::make_mut(data);
    for (key, cell) in said {
        match own.report.get(key).filter(|cell| !cell.is_missing()).cloned() {
            // A second unit that signs.
            Some(first) => own.report_lists.entry(key.into()).or_insert_with(|| vec![first]).push(cell),
            None => {
                own.report.insert(key.into(), cell);
            }
        }
    }
}

/// The key of 报告信息.
fn key(around: &Around) -> &'static str {
    match around.key {
        "题下单位" => "单位",
        "题下日期" => "成文日期",
        key => key,
    }
}

fn is_below_title(around: &Around) -> bool {
    around.key.starts_with("题下")
}

fn plain(text: &str, around: &Around) -> Cell {
    Cell { value: Value::Text(text.into()), shown: text.into(), unit: None, origin: around.origin }
}

/// A day; what is none would not be printed, and is told.
fn date(text: &str, around: &Around, draft: bool, found: &mut Vec<Diagnostic>) -> Option<Cell> {
    let inner = text.trim_matches(['（', '）', '(', ')']);
    let squeezed: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    let cell =
        Cell { value: scalar::strict(&squeezed), shown: squeezed.as_str().into(), unit: None, origin: around.origin };
    match &cell.value {
        Value::Date(day) if day.day.is_some() => Some(cell),
        _ if draft => None,
        _ => {
            let message = format!("成文日期“{inner}”应为写明年、月、日的日期（7.3.5.4）");
            found.push(Diagnostic::new(codes::T050, message).at(around.origin).help("例如写成：2026年12月5日"));
            None
        }
    }
}
