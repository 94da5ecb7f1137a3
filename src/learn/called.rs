//! The names of a text that are figures: lists of names, names with a number each, who has the most.

use super::extremes::Outermost;
use super::figure::{Figure, State};
use super::names::{self, Finder, Found, List, View, lists};
use super::place::{Text, sentence};
use super::reading::Known;
use super::valued;
use super::write::Tag;

/// What a reading must weigh to be bound, and to be asked about.
const CLEAR: f64 = 0.5;
const WORTH: f64 = 0.4;
/// By how much it must lead.
const LEAD: f64 = 0.08;
/// Most candidates of a question.
const MOST: usize = 5;

/// Names of a text that are figures, and all of them.
pub struct Named {
    pub figures: Vec<Figure>,
    pub found: Vec<Found>,
    /// Where a name ends, and what its record is known to have the most of.
    pub by: Vec<(usize, Option<Outermost>)>,
}

/// Reads the names of a text, but for what is taken already.
pub fn read(text: &Text, known: &Known, finder: &Finder, taken: &[Figure], prints: impl Fn(&Tag) -> bool) -> Named {
    let all = text.text.as_str();
    let mut named = Named { figures: Vec::new(), found: finder.find(all), by: Vec::new() };
    if text.cell {
        return named;
    }
    let overlaps =
        |figures: &[Figure], start: usize, end: usize| figures.iter().any(|own| own.start < end && start < own.end);
    for own in valued::lists(all, &named.found) {
        let (start, end) = (own.list.start(), own.end);
        if overlaps(taken, start, end) {
            continue;
        }
        let view = View::of(&own.list, end, text, &known.facts, &known.labels);
        let tables = known.facts.names.iter().enumerate();
        let of_table =
            tables.filter_map(|(table, names)| Some(valued::readings(&own, &view, names, &own.list.rows(table)?)));
        let mut ranked: Vec<names::Reading> = of_table.flatten().collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        let (figure, _) = decided(ranked, all, (start, end), &prints);
        named.figures.extend(figure);
    }
    for list in lists(all, named.found.clone()) {
        let (start, end) = (list.start(), list.end());
        if overlaps(taken, start, end) || overlaps(&named.figures, start, end) {
            continue;
        }
        one(&list, text, known, &prints, &mut named);
    }
    named
}

fn one(list: &List, text: &Text, known: &Known, prints: &impl Fn(&Tag) -> bool, named: &mut Named) {
    let view = View::of(list, list.end(), text, &known.facts, &known.labels);
    let ranked = names::readings(list, &view);
    let (figure, best) = decided(ranked, &text.text, (list.start(), list.end()), prints);
    named.by.push((list.end(), best.and_then(|best| best.by)));
    named.figures.extend(figure);
}

/// The figure that a stretch is, and its reading where that is clear.
fn decided(
    ranked: Vec<names::Reading>,
    all: &str,
    (start, end): (usize, usize),
    prints: &impl Fn(&Tag) -> bool,
) -> (Option<Figure>, Option<names::Reading>) {
    let tag = |reading: &names::Reading| Tag { start, end, expression: reading.expression.clone() };
    let proven: Vec<names::Reading> = ranked.into_iter().filter(|reading| prints(&tag(reading))).take(MOST).collect();
    let Some(best) = proven.first() else { return (None, None) };
    let same = |other: &&names::Reading| other.group.is_none() || other.group != best.group;
    let leads = proven[1..].iter().find(same).is_none_or(|other| best.score - other.score >= LEAD);
    let (from, to) = sentence(all, start, end);
    let figure = |state, own: Option<Tag>, candidates| Figure {
        text: 0,
        start,
        end,
        written: all[start..end].to_owned(),
        sentence: all[from..to].to_owned(),
        state,
        tag: own,
        candidates,
    };
    if best.score >= CLEAR && leads {
        return (Some(figure(State::Bound, Some(tag(best)), Vec::new())), Some(best.clone()));
    }
    let asked = best.score >= WORTH;
    (asked.then(|| figure(State::Asked, None, proven.iter().map(tag).collect())), None)
}
