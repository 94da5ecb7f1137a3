//! Reads the figures of texts: candidates by value, weighed by words, held against their neighbours, proven by the
//! engine.

use std::collections::HashMap;
use std::sync::Arc;

use super::days;
use super::figure::{Figure, Ranked, State};
use super::fill::following;
use super::index::{Entry, Index};
use super::names::{self, Finder, Found, lists};
use super::neighbours;
use super::place::{Place, Text, sentence};
use super::reading::{Known, Reading};
use super::scan::{Hand, Token, What, tokens};
use super::tables;
use super::thresholds;
use super::verbatim;
use super::weigh::Candidate;
use super::words::Labels;
use super::write::{Tag, ways};
use crate::dataset::Dataset;
use crate::template::{Declared, Probe, World};

/// Most readings of one figure that are kept.
const MOST_KEPT: usize = 24;
/// Most readings that the engine is asked about.
const MOST_PROVEN: usize = 8;
/// Most bounds that are taken from the texts.
const MOST_BOUNDS: usize = 60;
/// How well the words must name what is bound.
const NAMED: f64 = 0.44;
/// The same of a figure whose digits hardly come twice.
const NAMED_RARE: f64 = 0.26;
/// By how much the best must lead what would give another figure with other data.
const LEAD: f64 = 0.1;
/// What is worth asking about.
const WORTH: f64 = 0.34;

/// What reads figures over one dataset.
pub struct Reader {
    known: Known,
    index: Index,
    finder: Finder,
    probe: Probe,
}

/// Names of a text that are figures, and all of them.
struct Named {
    figures: Vec<Figure>,
    found: Vec<Found>,
    by: Vec<(usize, Option<(usize, usize, bool)>)>,
}

impl Reader {
    /// Over the data of the year of the old report, for its texts.
    pub fn new(data: &Arc<Dataset>, texts: &[Text]) -> Reader {
        let mut bounds = Vec::new();
        for text in texts {
            let own = tokens(&text.text);
            for bound in own.iter().flat_map(|token| thresholds::of(&text.text, token)) {
                if bounds.len() < MOST_BOUNDS && !bounds.contains(&bound) {
                    bounds.push(bound);
                }
            }
        }
        let facts = tables::facts(data, &bounds);
        let labels = Labels::of(&facts.labels);
        let (index, finder) = (Index::of(&facts), Finder::new(&facts));
        let world = World::new(data.clone(), Arc::new(Declared::default()), None);
        Reader { known: Known { facts, labels }, index, finder, probe: Probe::new(Arc::new(world)) }
    }

    /// The figures of all texts, in their order.
    pub fn read(&self, texts: &[Text]) -> Vec<Figure> {
        texts.iter().enumerate().flat_map(|(at, text)| self.text(at, text)).collect()
    }

    fn text(&self, number: usize, text: &Text) -> Vec<Figure> {
        let mut figures = verbatim::read(text, &self.known, |tag| self.prints(tag, &text.text));
        let taken =
            |figures: &[Figure], start: usize, end: usize| figures.iter().any(|own| own.start < end && start < own.end);
        let named = self.named(text, &figures);
        figures.extend(named.figures);
        let mut tokens = tokens(&text.text);
        let inside =
            |token: &Token| named.found.iter().any(|name| name.start <= token.digits.0 && token.digits.1 <= name.end);
        tokens.retain(|token| !taken(&figures, token.start, token.end) && !inside(token));
        if !tokens.is_empty() {
            let reading = self.reading(text, tokens, named.by);
            figures.extend((0..reading.tokens.len()).filter_map(|at| self.figure(&reading, at, &named.found)));
        }
        figures.sort_by_key(|figure| figure.start);
        figures.iter_mut().for_each(|figure| figure.text = number);
        figures
    }

    fn reading<'t>(
        &self,
        text: &'t Text,
        tokens: Vec<Token>,
        by: Vec<(usize, Option<(usize, usize, bool)>)>,
    ) -> Reading<'t> {
        let places: Vec<Place> =
            (0..tokens.len()).map(|at| Place::of(text, &tokens, at, self.known.facts.year)).collect();
        let mut reading = Reading { text, tokens, places, found: Vec::new(), by };
        for at in 0..reading.tokens.len() {
            let found = self.index.find(&reading.tokens[at], &self.known.facts);
            let scales = self.known.scales(&reading, at);
            let found = found.into_iter().filter_map(|entry| scales.weigh(entry)).collect();
            reading.found.push(found);
        }
        neighbours::add(&self.known, &mut reading);
        neighbours::settle(&mut reading);
        for found in &mut reading.found {
            found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.base.cmp(&b.entry.base)));
            found.dedup_by(|a, b| a.entry == b.entry);
            found.truncate(MOST_KEPT);
        }
        reading
    }

    /// Names and lists of names.
    fn named(&self, text: &Text, figures: &[Figure]) -> Named {
        let all = text.text.as_str();
        let found = self.finder.find(all);
        let (mut own, mut by) = (Vec::new(), Vec::new());
        for list in lists(all, found.clone()) {
            let (start, end) = (list.start(), list.end());
            if text.cell || figures.iter().any(|figure| figure.start < end && start < figure.end) {
                continue;
            }
            let ranked = names::readings(&list, text, &self.known.facts, &self.known.labels);
            let proven = ranked.into_iter().filter_map(|reading| {
                let tag = Tag { start, end, expression: reading.expression.clone() };
                self.prints(&tag, all).then_some((reading, tag))
            });
            let proven: Vec<_> = proven.take(5).collect();
            let best = proven.first();
            let leads =
                proven.get(1).is_none_or(|(other, _)| best.is_some_and(|(best, _)| best.score - other.score >= 0.06));
            let clear = best.filter(|(best, _)| best.score >= 0.5 && leads);
            by.push((end, clear.and_then(|(best, _)| best.by)));
            let (from, to) = sentence(all, start, end);
            let figure = |state, tag: Option<Tag>, candidates| Figure {
                text: 0,
                start,
                end,
                written: all[start..end].to_owned(),
                sentence: all[from..to].to_owned(),
                state,
                tag,
                candidates,
            };
            match clear {
                Some((_, tag)) => own.push(figure(State::Bound, Some(tag.clone()), Vec::new())),
                None if best.is_some_and(|(best, _)| best.score >= 0.4) => {
                    own.push(figure(State::Asked, None, proven.into_iter().map(|(_, tag)| tag).collect()));
                }
                None => {}
            }
        }
        Named { figures: own, found, by }
    }

    fn figure(&self, reading: &Reading, at: usize, names: &[Found]) -> Option<Figure> {
        let token = &reading.tokens[at];
        let place = &reading.places[at];
        let all = &reading.text.text;
        let (facts, labels) = (&self.known.facts, &self.known.labels);
        let figure = |state, tag: Option<Tag>, candidates| {
            let (start, end) = tag.as_ref().map_or((token.start, token.end), |tag| (tag.start, tag.end));
            let (written, sentence) = (all[start..end].to_owned(), place.sentence.to_owned());
            Figure { text: 0, start, end, written, sentence, state, tag, candidates }
        };
        let known = |ranked: Vec<Ranked>, enough: f64| {
            let ranked: Vec<Ranked> = ranked.into_iter().filter(|own| self.prints(&own.tag, all)).take(5).collect();
            let best = ranked.first()?;
            let leads = ranked.get(1).is_none_or(|other| best.score - other.score >= 0.06);
            Some(match best.score >= enough && leads {
                true => figure(State::Bound, Some(best.tag.clone()), Vec::new()),
                false => figure(State::Asked, None, ranked.into_iter().map(|own| own.tag).collect()),
            })
        };
        match token.what {
            What::Day { year, month, day } => {
                let found = known(days::days(token, (year, month, day), place, facts, labels), 0.5);
                return found.or_else(|| {
                    let tag = self.year(token, all);
                    let state = if tag.is_some() { State::Bound } else { State::NoData };
                    (year.is_some()).then(|| figure(state, tag, Vec::new()))
                });
            }
            What::Year => {
                let tag = self.year(token, all);
                let state = if tag.is_some() { State::Bound } else { State::NoData };
                return Some(figure(state, tag, Vec::new()));
            }
            What::Rank => {
                let found = known(days::ranks(token, names, all, place, facts, labels), 0.45);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
        if !thresholds::of(all, token).is_empty() {
            return Some(figure(State::NoData, None, Vec::new()));
        }
        let (state, tag, candidates) = self.decided(reading, at);
        let quiet = token.hand == Hand::Han || matches!(token.what, What::Level(_));
        (state != State::NoData || !quiet).then(|| figure(state, tag, candidates))
    }

    /// Bound, asked or no data.
    fn decided(&self, reading: &Reading, at: usize) -> (State, Option<Tag>, Vec<Tag>) {
        let token = &reading.tokens[at];
        let proven = self.proven(reading, at);
        let Some((best, tag)) = proven.first() else { return (State::NoData, None, Vec::new()) };
        let rival = proven[1..].iter().find(|(other, _)| !self.same(&best.entry, &other.entry));
        let named = if token.weight() >= 4 { NAMED_RARE } else { NAMED };
        let leads = rival.is_none_or(|(other, _)| best.score - other.score >= LEAD);
        if best.words >= named && best.score >= named && leads {
            return (State::Bound, Some(tag.clone()), Vec::new());
        }
        let worth = best.score >= WORTH || token.weight() >= 3 && best.words > 0.15;
        match worth {
            true => (State::Asked, None, proven.iter().take(5).map(|(_, tag)| tag.clone()).collect()),
            false => (State::NoData, None, Vec::new()),
        }
    }

    /// The year of the report, the one before and the one after follow the data.
    fn year(&self, token: &Token, all: &str) -> Option<Tag> {
        let before = &all[..token.start];
        if before.ends_with(['—', '-', '至', '～', '到', '自', '从']) {
            return None;
        }
        let dated = !matches!(token.what, What::Year);
        let expression = match token.value as i16 - self.known.facts.year {
            0 => "年份",
            -1 if !dated => "年份 - 1",
            1 if !dated => "年份 + 1",
            _ => return None,
        };
        let tag = Tag { start: token.digits.0, end: token.digits.1, expression: expression.into() };
        self.prints(&tag, all).then_some(tag)
    }

    fn prints(&self, tag: &Tag, all: &str) -> bool {
        let said = self.probe.print(&tag.expression, &following(&all[tag.end..]));
        said.is_some_and(|said| said == all[tag.start..tag.end])
    }

    /// The readings that print the figure as it stands, the likeliest first.
    fn proven(&self, reading: &Reading, at: usize) -> Vec<(Candidate, Tag)> {
        let token = &reading.tokens[at];
        let all = &reading.text.text;
        let floor = reading.found[at].first().map_or(0.0, |best| best.score - 0.45);
        let worth = reading.found[at].iter().filter(|own| own.score >= floor).take(MOST_PROVEN);
        let tag =
            |own: &Candidate| ways(&own.entry, token, &self.known.facts).into_iter().find(|tag| self.prints(tag, all));
        worth.filter_map(|own| Some((own.clone(), tag(own)?))).collect()
    }

    /// Whether two readings give the same in every year that the data have.
    fn same(&self, a: &Entry, b: &Entry) -> bool {
        let facts = &self.known.facts;
        if a.form != b.form || a.offset != b.offset {
            return false;
        }
        let values = |entry: &Entry| -> HashMap<i16, f64> {
            let offsets = entry.base.offsets(facts);
            offsets.into_iter().filter_map(|offset| Some((offset, entry.base.at(facts, offset)?))).collect()
        };
        let (one, other) = (values(a), values(b));
        let shared = one.iter().filter_map(|(offset, value)| Some((value, other.get(offset)?)));
        let mut count = 0;
        let equal = shared.inspect(|_| count += 1).all(|(x, y)| (x - y).abs() <= 1e-9 * x.abs().max(1.0));
        // 以上 may hold the bound itself or not: nobody can tell from the text.
        let bound = |entry: &Entry| {
            let series = &facts.series[entry.base.first()];
            (series.of, series.name, series.table, series.condition)
        };
        equal && count >= 2 || bound(a) == bound(b) && facts.series[a.base.first()].condition.is_some()
    }
}
