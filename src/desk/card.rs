//! How far a workbook is: whether a report can be made of it as it is.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::room::Room;
use crate::batch;
use crate::check::Strict;
use crate::diagnostic::{Diagnostic, SourceMap, codes};
use crate::pipeline::{Material, Report, Rules, Stop, prepare};
use crate::preview::{Answer, Asked, heavy, json, lock, words};

/// How far a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Standing {
    /// A report can be made.
    Ready,
    /// Something is still to be filled in.
    Blank,
    /// Something is wrong.
    Wrong,
    /// It does not say which template it is for.
    #[default]
    Open,
}

/// What the page shows of a file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    state: Standing,
    label: String,
    /// The first thing that stands against a report.
    said: String,
    title: String,
    form: String,
    template: String,
    year: Option<i16>,
    /// The table of whose records each is a report, and how many there are.
    table: Option<String>,
    units: usize,
}

pub async fn card(State(room): State<Arc<Room>>, asked: Asked) -> Answer {
    let path = room.data(&asked.file)?;
    let template = room.template(&asked.template)?;
    heavy(move || {
        let meta = std::fs::metadata(&path).ok();
        let stamp = (meta.as_ref().map_or(0, |m| m.len()), meta.and_then(|m| m.modified().ok()), template.clone());
        let known =
            lock(&room.cards).get(&asked.file).filter(|(known, _)| *known == stamp).map(|(_, card)| card.clone());
        let card =
            known.unwrap_or_else(|| serde_json::to_string(&looked_at(&room, &path, template)).unwrap_or_default());
        lock(&room.cards).insert(asked.file, (stamp, card.clone()));
        Ok(json(card))
    })
    .await
}

fn looked_at(room: &Room, path: &Path, template: Option<String>) -> Card {
    match prepare(&room.request(path.to_path_buf(), template)) {
        Err(failure) if failure.diagnostics.iter().any(|d| d.code == codes::T000) => {
            Card { label: "没有写明模板".into(), ..Card::default() }
        }
        Err(failure) => stopped(Card::default(), &failure.diagnostics, &failure.sources),
        Ok(material) => judged(room, &material),
    }
}

fn judged(room: &Room, material: &Material) -> Card {
    let mut card = Card {
        form: material.pack.display.clone(),
        template: material.pack.name.clone(),
        year: material.data.year,
        table: material.table.clone(),
        ..Card::default()
    };
    let single = material.table.as_deref().map(|table| batch::single(material, &room.shared.kit, table, None, false));
    let single = match single.transpose() {
        Ok(single) => single,
        Err(found) => return stopped(card, &found, &material.sources),
    };
    card.units = single.as_ref().map_or(0, |s| s.names.len());
    // What is wrong in any record keeps its report from being made; the first one stands for the rest.
    let own = single.as_ref().map_or(&material.diagnostics, |s| &s.diagnostics);
    let stops = |found: &[Diagnostic]| found.iter().any(|d| d.is_error() || d.code.is_blank());
    let found = if stops(&material.diagnostics) { &material.diagnostics } else { own };
    if stops(found) {
        return stopped(card, found, &material.sources);
    }
    let strict = Strict::new(&material.levels);
    let subject = single.map(|s| s.subject);
    match (Report { material, subject, draft: false, rules: Rules::Strict(&strict) }).make(|_| Ok(())) {
        Err(Stop::Text(found)) => stopped(card, &found, &material.sources),
        Err(other) => stopped(card, &other.errors(), &material.sources),
        Ok(made) => {
            card.title = made.composed.document.meta.title.to_string();
            Card { state: Standing::Ready, label: "可生成".into(), ..card }
        }
    }
}

/// Only blanks, or something wrong; and the first of it.
fn stopped(card: Card, found: &[Diagnostic], sources: &SourceMap) -> Card {
    let blank = |d: &Diagnostic| d.code.is_blank() || d.code.is_absent();
    let against: Vec<&Diagnostic> = found.iter().filter(|d| d.is_error() || d.code.is_blank()).collect();
    let wrong: Vec<Diagnostic> = against.iter().filter(|d| d.is_error() && !blank(d)).map(|d| (*d).clone()).collect();
    if wrong.is_empty() {
        let names: Vec<&str> = against.iter().filter_map(|d| d.subject.as_deref().or(d.named.as_deref())).collect();
        let some = names.iter().take(3).copied().collect::<Vec<_>>().join("、");
        let said = if some.is_empty() {
            String::new()
        } else {
            format!("还没有填：{some}{}", if names.len() > 3 { "等" } else { "" })
        };
        return Card { state: Standing::Blank, label: format!("有待填 {} 项", against.len()), said, ..card };
    }
    let said = words(&wrong[..1], sources);
    Card { state: Standing::Wrong, label: format!("有错误 {} 处", wrong.len()), said, ..card }
}
