//! The figures of one sentence held against each other: a change is one of the value before it, a share one of the
//! numbers beside it, a sum one of those that it sums up.

use super::base::{Base, Parts};
use super::combine;
use super::index::{Entry, Form};
use super::reading::{Known, Reading};
use super::scan::{Token, What};
use super::series::Facts;
use super::weigh::Candidate;
use crate::quantity::Kind;

/// What agreement with a neighbour counts.
const AGREES: f64 = 0.2;
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
    let Some(before) = before(reading, at) else { return };
    for own in reading.found[before].iter().filter(|own| own.entry.form == Form::Plain && own.entry.offset == 0) {
        let base = own.entry.base;
        if let Some(form) = changed(base, token, facts) {
            found.push(Entry { base, form, offset: 0 });
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

/// The value before a change, in its sentence.
fn before(reading: &Reading, at: usize) -> Option<usize> {
    let from = reading.tokens[at].start - reading.places[at].before.len();
    let value =
        |other: &usize| matches!(reading.tokens[*other].what, What::Number) && reading.tokens[*other].start >= from;
    (0..at).rev().find(value)
}

/// Lets the figures of a sentence speak for each other.
pub fn settle(reading: &mut Reading) {
    for at in 0..reading.tokens.len() {
        match &reading.tokens[at].what {
            What::Change(_) | What::Level(_) => of_change(reading, at),
            _ => of_parts(reading, at),
        }
    }
}

fn of_change(reading: &mut Reading, at: usize) {
    let Some(before) = before(reading, at) else { return };
    let bare = reading.places[at].lead.trim().is_empty();
    let level = matches!(reading.tokens[at].what, What::Level(_));
    let known: Vec<Base> = reading.found[before].iter().map(|own| own.entry.base).collect();
    let own = reading.found[at].iter().filter(|own| own.entry.form != Form::Plain || level);
    let own: Vec<Base> = own.map(|own| own.entry.base).collect();
    for candidate in &mut reading.found[at] {
        if known.contains(&candidate.entry.base) {
            candidate.score += AGREES;
            if bare {
                candidate.words = candidate.words.max(0.5);
            }
        } else if bare {
            candidate.score -= APART;
        }
    }
    for candidate in reading.found[before].iter_mut().filter(|own| bare && own.entry.offset == 0) {
        if own.contains(&candidate.entry.base) {
            candidate.score += AGREES;
        }
    }
}

/// What is made of numbers beside it is likelier than what is made of any.
fn of_parts(reading: &mut Reading, at: usize) {
    let near = combine::near(reading, at);
    let there = |parts: Parts| if parts.iter().all(|own| near.contains(&own)) { 1.0 } else { 0.0 };
    for candidate in &mut reading.found[at] {
        candidate.score += match candidate.entry.base {
            Base::Share(part, whole) => 0.75 * AGREES * (there(part) + there(whole)),
            Base::Less(whole, part) => 0.75 * AGREES * (there(part) + there(whole)),
            Base::Per(whole, parts, _) => 0.75 * AGREES * (there(whole) + there(parts)),
            Base::One(own) if own.single().is_none() => AGREES * there(own),
            Base::One(_) => 0.0,
        };
    }
}
