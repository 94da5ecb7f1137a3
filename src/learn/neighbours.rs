//! The figures of one sentence held against each other: a change is one of the value before it, a share one of the
//! numbers beside it, a sum one of those that it sums up.

use super::base::{Base, Parts};
use super::combine;
use super::index::{Entry, Form};
use super::reading::{Known, Reading};
use super::scan::{Token, What};
use super::series::{Facts, Of};
use super::weigh::Candidate;
use crate::quantity::Kind;

/// What agreement with a neighbour counts.
const AGREES: f64 = 0.2;
/// Values before a change that it may be one of.
const BEFORE: usize = 3;
/// What a change loses that is not one of the value right before it.
const APART: f64 = 0.3;

/// Adds readings that only the neighbours suggest.
pub fn add(known: &Known, reading: &mut Reading) {
    for at in 0..reading.tokens.len() {
        let mut found = combine::readings(known, reading, at);
        if matches!(reading.tokens[at].what, What::Change(_) | What::Level(_)) {
            changes(known, reading, at, &mut found);
        }
        let scales = known.scales(reading, at);
        let there = &reading.found[at];
        let fresh = found.into_iter().filter(|entry| !there.iter().any(|own| own.entry == *entry));
        let fresh: Vec<Candidate> = fresh.filter_map(|entry| scales.weigh(entry)).collect();
        reading.found[at].extend(fresh);
    }
}

/// A change of what stands before it.
fn changes(known: &Known, reading: &Reading, at: usize, found: &mut Vec<Entry>) {
    let facts = &known.facts;
    let token = &reading.tokens[at];
    for before in before(reading, at) {
        for own in reading.found[before].iter().filter(|own| own.entry.form == Form::Plain && own.entry.offset == 0) {
            let base = own.entry.base;
            if let Some(form) = changed(base, token, facts) {
                found.push(Entry { base, form, offset: 0 });
            }
        }
    }
}

/// How a base has changed, where that is what the figure says.
fn changed(base: Base, token: &Token, facts: &Facts) -> Option<Form> {
    let (new, old) = base.at(facts, 0).zip(base.at(facts, -1))?;
    let share = base.kind(facts) == Kind::Share;
    let is = |value: f64| (value - token.value).abs() <= token.half() + 1e-9 * value.abs();
    match &token.what {
        What::Level(_) => ((new - old).abs() < 1e-9).then_some(Form::Plain),
        _ if token.unit == "个百分点" => (share && is((new - old).abs())).then_some(Form::Difference),
        _ if token.is_percent() => (!share && old > 0.0 && is(100.0 * (new - old).abs() / old)).then_some(Form::Growth),
        _ => None,
    }
}

/// The values before a change, in its sentence, the nearest first.
fn before(reading: &Reading, at: usize) -> Vec<usize> {
    let from = reading.tokens[at].start - reading.places[at].before.len();
    let value =
        |other: &usize| matches!(reading.tokens[*other].what, What::Number) && reading.tokens[*other].start >= from;
    (0..at).rev().filter(value).take(BEFORE).collect()
}

/// Lets the figures of a sentence speak for each other.
pub fn settle(facts: &Facts, reading: &mut Reading) {
    for at in 0..reading.tokens.len() {
        match &reading.tokens[at].what {
            What::Change(_) | What::Level(_) => of_change(reading, at),
            _ => of_parts(facts, reading, at),
        }
    }
}

fn of_change(reading: &mut Reading, at: usize) {
    let before = before(reading, at);
    let Some(&nearest) = before.first() else { return };
    let bare = reading.places[at].lead.trim().is_empty();
    let level = matches!(reading.tokens[at].what, What::Level(_));
    let bases = |at: usize| reading.found[at].iter().map(|own| own.entry.base).collect::<Vec<Base>>();
    let known: Vec<Vec<Base>> = before.iter().map(|at| bases(*at)).collect();
    let own = reading.found[at].iter().filter(|own| own.entry.form != Form::Plain || level);
    let own: Vec<Base> = own.map(|own| own.entry.base).collect();
    for candidate in &mut reading.found[at] {
        match known.iter().position(|bases| bases.contains(&candidate.entry.base)) {
            Some(far) => {
                candidate.score += AGREES - 0.07 * far as f64;
                if bare {
                    candidate.score += 0.1;
                    candidate.words = candidate.words.max(0.5);
                }
            }
            None if bare => candidate.score -= APART,
            None => {}
        }
    }
    for candidate in reading.found[nearest].iter_mut().filter(|own| bare && own.entry.offset == 0) {
        if own.contains(&candidate.entry.base) {
            candidate.score += AGREES;
        }
    }
}

/// Whether the whole is what the part is told of: all records of a group, the sum of a cell's column.
fn is_total(facts: &Facts, part: Parts, whole: Parts) -> bool {
    let (Some(part), Some(whole)) = (part.single(), whole.single()) else { return false };
    let (part, whole) = (&facts.series[part], &facts.series[whole]);
    let of_group = part.condition.is_some() && whole.of == part.of;
    let of_cell = part.of == Of::Cell && whole.of == Of::Sum;
    whole.condition.is_none() && whole.table == part.table && whole.name == part.name && (of_group || of_cell)
}

/// What is made of numbers beside it is likelier than what is made of any.
fn of_parts(facts: &Facts, reading: &mut Reading, at: usize) {
    let before: Vec<Base> = match at.checked_sub(1) {
        Some(before) => reading.found[before].iter().map(|own| own.entry.base).collect(),
        None => Vec::new(),
    };
    let beside = Beside { facts, near: combine::near(reading, at), before };
    for candidate in &mut reading.found[at] {
        let (agrees, named) = beside.agrees(candidate);
        candidate.score += agrees;
        candidate.words = candidate.words.max(named);
    }
}

/// What is known of the numbers beside a figure.
struct Beside<'b> {
    facts: &'b Facts,
    near: Vec<usize>,
    before: Vec<Base>,
}

impl Beside<'_> {
    fn there(&self, parts: Parts) -> f64 {
        if parts.iter().all(|own| self.near.contains(&own)) { 1.0 } else { 0.0 }
    }

    fn right_before(&self, parts: Parts) -> f64 {
        if self.before.contains(&Base::One(parts)) { 1.0 } else { 0.0 }
    }

    /// Whether the number before has told of the same records: 救护车2台，投入72万元.
    fn is_of_group(&self, own: usize) -> bool {
        let series = &self.facts.series[own];
        let same = |other: &usize| {
            let other_series = &self.facts.series[*other];
            *other != own && other_series.table == series.table && other_series.condition == series.condition
        };
        series.condition.is_some() && self.near.iter().any(same)
    }

    /// What the neighbours count for a reading, and how well they name it.
    fn agrees(&self, candidate: &Candidate) -> (f64, f64) {
        let entry = &candidate.entry;
        match entry.base {
            // What a share is of stands nearly always right before it.
            Base::Share(part, whole) => {
                let natural = if is_total(self.facts, part, whole) { 1.0 } else { 0.0 };
                let of_whole = self.there(whole);
                let right = self.right_before(part);
                let both = right.max(self.there(part)) + of_whole.max(natural * right);
                let agrees = 0.75 * self.there(part) + of_whole.max(0.5 * natural) + 0.5 * right;
                (AGREES * agrees, if both > 1.0 { 0.46 } else { 0.0 })
            }
            Base::Less(whole, part) | Base::Left(whole, part) => {
                (0.75 * AGREES * (self.there(part) + self.there(whole)), 0.0)
            }
            Base::Per(whole, parts, _) => {
                let both = self.there(whole) + self.there(parts);
                (0.75 * AGREES * both, if both > 1.0 { 0.5 } else { 0.0 })
            }
            Base::One(own) => self.of_one(own, candidate),
        }
    }

    fn of_one(&self, own: Parts, candidate: &Candidate) -> (f64, f64) {
        let entry = &candidate.entry;
        let there = self.there(own) > 0.0;
        match () {
            // 两年累计, a sum: of what has just been told.
            () if there && (entry.form == Form::TwoYears || own.single().is_none()) => (AGREES, 0.46),
            // 去年分别为9次: of what has just been told of this year.
            () if there && entry.offset == -1 && entry.form == Form::Plain => (AGREES, 0.46),
            () if entry.offset == 0 && own.single().is_some_and(|own| self.is_of_group(own)) => {
                (0.5 * AGREES, if candidate.words >= 0.25 { 0.46 } else { 0.0 })
            }
            () => (0.0, 0.0),
        }
    }
}
