//! What was done to a file that came back, for a reader and for a program.

use serde_json::{Value, json};

use super::model::{Compared, Figure, Spot, State};
use super::places::Places;
use crate::diagnostic::SourceMap;
use crate::document::Document;

/// Of a figure: what became of it.
fn state(figure: &Figure) -> &'static str {
    match figure.state {
        State::Same => "未变",
        State::Stale => "更新",
        State::Typed => "手工",
        State::Gone => "删除",
    }
}

/// For a program (contract §6).
pub fn json(compared: &Compared, places: &Places<'_>, today: &Document, sources: &SourceMap) -> String {
    let place = |spot: &Option<Spot>| match spot {
        None => (String::new(), String::new(), String::new()),
        Some(spot) => {
            let (part, heading) = places.heading(spot.paragraph);
            (part.to_string(), heading.to_string(), places.sentence(spot).concat())
        }
    };
    let figures = compared.figures.iter().map(|figure| {
        let (part, heading, sentence) = place(&figure.spot);
        let known = figure.id.and_then(|id| today.figures.get(id as usize));
        let cells = known.into_iter().flat_map(|known| known.reads.iter().take(20));
        let cells: Vec<String> = cells.map(|read| sources.describe(read.origin)).collect();
        json!({
            "text": figure.text, "new": figure.new, "old": figure.old, "state": state(figure), "left": figure.left,
            "part": part, "heading": heading, "sentence": sentence,
            "expression": known.map(|known| known.expression.trim()), "cells": cells,
        })
    });
    let figures: Vec<Value> = figures.collect();
    let proposals = compared.proposals.iter().map(|proposal| {
        let (part, heading, sentence) = place(&proposal.spot);
        let what = if proposal.out { "删去" } else { "加上" };
        json!({"what": what, "text": proposal.text, "part": part, "heading": heading, "sentence": sentence})
    });
    let proposals: Vec<Value> = proposals.collect();
    let conflicts = compared.conflicts.iter().map(|(spot, new)| {
        let (part, heading, sentence) = place(spot);
        json!({"new": new, "part": part, "heading": heading, "sentence": sentence})
    });
    let conflicts: Vec<Value> = conflicts.collect();
    let charts: Vec<&String> = compared.charts.iter().map(|(_, name)| name).collect();
    let all = json!({
        "version": 1, "recorded": compared.recorded, "figures": figures, "conflicts": conflicts, "proposals": proposals, "charts": charts,
    });
    format!("{all:#}\n")
}

/// For a reader.
pub fn text(compared: &Compared, places: &Places<'_>) -> String {
    let mut out = String::new();
    for figure in &compared.figures {
        let new = figure.new.as_deref().unwrap_or_default();
        let known =
            figure.new.as_ref().map_or("按现在的数据不再写".to_string(), |new| format!("数据是 {new}"));
        let line = match figure.state {
            State::Stale if !figure.left => format!("更新：{} → {new}", figure.text),
            State::Typed if figure.spot.is_some() => format!("手工：{}（{known}），没有动", figure.text),
            State::Gone => format!("删除：{}（{known}），没有补", figure.text),
            _ => continue,
        };
        let place = figure.spot.as_ref().map(|spot| {
            let (_, heading) = places.heading(spot.paragraph);
            format!("　{heading}：{}", places.sentence(spot).concat())
        });
        out += &format!("{line}{}\n", place.unwrap_or_default());
    }
    for (spot, new) in &compared.conflicts {
        let place = spot.as_ref().map(|spot| places.sentence(spot).concat()).unwrap_or_default();
        out += &format!("没有更新（手工改过，已加批注）：数据是 {new}　{place}\n");
    }
    for (_, name) in &compared.charts {
        out += &format!("没有更新（已加批注）：{name}还是原来的值\n");
    }
    for proposal in &compared.proposals {
        let what = if proposal.out { "建议删去" } else { "建议加上" };
        out += &format!("{what}（已加批注）：{}\n", proposal.text.trim());
    }
    let count = |state: State| compared.figures.iter().filter(|figure| figure.state == state).count();
    out + &format!(
        "共{}个数：更新{}个，未变{}个，手工改过{}个，删去{}个\n",
        compared.figures.len(),
        count(State::Stale),
        count(State::Same),
        count(State::Typed),
        count(State::Gone)
    )
}
