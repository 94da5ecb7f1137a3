//! A batch that runs: what is known of each of its reports by now.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::given::{Given, Offer};
use crate::batch::{Outcome, Progress, State, Summary};
use crate::diagnostic::{SourceMap, render_plain};
use crate::preview::lock;

/// A batch that runs, or has run.
#[derive(Default)]
pub struct Run {
    pub stop: AtomicBool,
    pub seen: Mutex<Seen>,
}

/// What is known of it by now.
#[derive(Clone, Default, Serialize)]
pub struct Seen {
    pub over: bool,
    pub stopped: bool,
    /// Reports to make, and how many of them are made or have failed.
    total: usize,
    done: usize,
    made: usize,
    unchanged: usize,
    failed: usize,
    left: usize,
    binding: bool,
    /// Each report that has come to its end; those of the run first, all in the table's order at its end.
    lines: Vec<Line>,
    /// Why nothing was made, and what concerns no single report.
    pub said: Vec<String>,
    files: Vec<Offer>,
    pub folder: Option<Offer>,
}

#[derive(Clone, Serialize)]
struct Line {
    row: usize,
    unit: String,
    state: &'static str,
    said: Vec<String>,
    files: Vec<Offer>,
}

/// Hears of the batch and keeps what the page asks for.
pub struct Ear<'a> {
    pub given: &'a Given,
    pub run: &'a Run,
    pub output: PathBuf,
}

impl Ear<'_> {
    fn line(&self, outcome: &Outcome) -> Line {
        let files = outcome.entry.files.iter().map(|(name, _)| self.given.offer(&self.output.join(name)));
        Line {
            row: outcome.row,
            unit: outcome.unit.clone(),
            state: outcome.state.label(),
            said: outcome.entry.messages.clone(),
            files: files.collect(),
        }
    }

    /// What the end of the batch says of all reports.
    pub fn sum_up(&self, summary: &Summary, sources: &SourceMap) {
        let lines = summary.outcomes.iter().map(|outcome| self.line(outcome)).collect();
        let mut seen = lock(&self.run.seen);
        seen.lines = lines;
        seen.made = summary.count(State::Made);
        seen.unchanged = summary.count(State::Unchanged);
        seen.failed = summary.count(State::Failed);
        seen.left = summary.count(State::Left);
        let told = summary.diagnostics.iter().chain(&summary.gave_up);
        seen.said = told.map(|d| render_plain(d, sources)).collect();
        seen.files = summary
            .written
            .iter()
            .filter(|p| p.extension().is_none_or(|e| e != "json"))
            .map(|p| self.given.offer(p))
            .collect();
    }
}

impl Progress for Ear<'_> {
    fn begin(&mut self, total: usize, unchanged: usize, failed: usize) {
        let mut seen = lock(&self.run.seen);
        (seen.total, seen.unchanged, seen.failed) = (total, unchanged, failed);
    }

    fn done(&mut self, outcome: &Outcome) {
        let line = self.line(outcome);
        let mut seen = lock(&self.run.seen);
        seen.done += 1;
        match outcome.state {
            State::Failed => seen.failed += 1,
            _ => seen.made += 1,
        }
        seen.lines.push(line);
    }

    fn wait(&mut self) {}

    fn binding(&mut self, _: usize, _: usize) {
        lock(&self.run.seen).binding = true;
    }

    fn end(&mut self) {}
}
