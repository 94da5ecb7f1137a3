//! What was learned, as a list for the terminal and as JSON.

use std::fmt::Write;

use serde_json::{Value, json as object};

use super::again::shortened;
use super::figure::State;
use super::run::{Learned, Told};

/// For the terminal: the figures by sentence, and how many there are of each kind.
pub fn text(learned: &Learned) -> String {
    let mut out = String::new();
    let mut before: Option<(&str, &str)> = None;
    for told in &learned.figures {
        let here = (told.place.as_str(), told.figure.sentence.as_str());
        if before != Some(here) {
            let _ = writeln!(out, "{}：{}", told.place, told.figure.sentence.trim());
            before = Some(here);
        }
        let _ = writeln!(out, "  {}", line(told));
    }
    let count = |state: State| learned.figures.iter().filter(|told| told.figure.state == state).count();
    let _ = writeln!(
        out,
        "共{}个数：认定{}个，待认{}个，不是数据{}个",
        learned.figures.len(),
        count(State::Bound),
        count(State::Asked),
        count(State::NoData)
    );
    if learned.differences.is_empty() && count(State::Bound) > 0 {
        let year = learned.year.map_or_else(String::new, |year| format!("{year}年的"));
        let _ = writeln!(out, "用{year}数据重做一遍，与旧报告一字不差");
    }
    out
}

fn line(told: &Told) -> String {
    let figure = &told.figure;
    match figure.state {
        State::Bound => {
            let cells = shortened(&told.cells);
            let cells = if cells.is_empty() { String::new() } else { format!("  {cells}") };
            let expression = figure.tag.as_ref().map_or("", |tag| tag.expression.as_str());
            format!("认定  {}  {expression}{cells}", figure.written)
        }
        State::Asked => {
            let all: Vec<&str> = figure.candidates.iter().map(|tag| tag.expression.as_str()).collect();
            format!("待认  {}  {}", figure.written, all.join("  或  "))
        }
        State::NoData => format!("不是数据  {}", figure.written),
    }
}

/// As JSON (contract §6).
pub fn json(learned: &Learned) -> String {
    let figures: Vec<Value> = learned.figures.iter().map(figure).collect();
    let differences: Vec<Value> =
        learned.differences.iter().map(|own| object!({ "old": own.old, "new": own.new })).collect();
    let all = object!({ "year": learned.year, "same": differences.is_empty(), "figures": figures, "differences": differences });
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

fn figure(told: &Told) -> Value {
    let figure = &told.figure;
    let candidates: Vec<&str> = figure.candidates.iter().map(|tag| tag.expression.as_str()).collect();
    object!({
        "text": figure.written,
        "sentence": figure.sentence.trim(),
        "place": told.place,
        "state": figure.state.label(),
        "expression": figure.tag.as_ref().map(|tag| tag.expression.as_str()),
        "candidates": candidates,
        "cells": told.cells,
    })
}
