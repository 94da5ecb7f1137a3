//! Reads the figures of texts: candidates by value, weighed by words, held against their neighbours, proven by the
//! engine.

use std::collections::HashMap;
use std::sync::Arc;

use super::called;
use super::days;
use super::extremes::Outermost;
use super::figure::{Figure, Ranked, State};
use super::fill::following;
use super::grid;
use super::index::{Entry, Index};
use super::names::{Finder, Found};
use super::neighbours;
use super::place::{Place, Text};
use super::reading::{Known, Reading};
use super::scan::{Hand, Token, What, tokens};
use super::tables;
use super::thresholds;
use super::verbatim;
use super::weigh::Candidate;
use super::words::Labels;
use super::write::{Tag, ways};
use crate::dataset::Dataset;
use crate::diagnostic::SourceMap;
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
/// The same of a figure with its unit that the data give in one way only.
const NAMED_ALONE: f64 = 0.16;
/// By how much the best must lead what would give another figure with other data.
const LEAD: f64 = 0.1;
/// What a reading loses that is rounded.
const ROUNDED: f64 = 0.05;
/// By how much it leads what is no rival.
const FAR: f64 = 0.2;
/// What is worth asking about.
const WORTH: f64 = 0.34;

/// What reads figures over one dataset.
pub struct Reader {
    known: Known,
    index: Index,
    finder: Finder,
    probe: Probe,
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
        let mut grid = grid::read(texts, &self.known, |tag, all| self.prints(tag, all));
        let all = texts.iter().enumerate();
        all.flat_map(|(at, text)| self.text(at, text, grid.remove(&at))).collect()
    }

    fn text(&self, number: usize, text: &Text, cell: Option<Figure>) -> Vec<Figure> {
        if let Some(cell) = cell {
            return vec![cell];
        }
        let mut figures = verbatim::read(text, &self.known, |tag| self.prints(tag, &text.text));
        let taken =
            |figures: &[Figure], start: usize, end: usize| figures.iter().any(|own| own.start < end && start < own.end);
        let named = called::read(text, &self.known, &self.finder, &figures, |tag| self.prints(tag, &text.text));
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

    fn reading<'t>(&self, text: &'t Text, tokens: Vec<Token>, by: Vec<(usize, Option<Outermost>)>) -> Reading<'t> {
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
        neighbours::settle(&self.known.facts, &mut reading);
        for found in &mut reading.found {
            found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.base.cmp(&b.entry.base)));
            found.dedup_by(|a, b| a.entry == b.entry);
            found.truncate(MOST_KEPT);
        }
        reading
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
        let unit = best.entry.base.unit(&self.known.facts);
        let far = proven.get(1).is_none_or(|(other, _)| best.score - other.score >= FAR);
        let alone = far && !unit.is_empty();
        let named = match token.weight() {
            3.. if alone => NAMED_ALONE,
            2 if alone => NAMED_RARE,
            4.. => NAMED_RARE,
            _ => NAMED,
        };
        let leads = rival.is_none_or(|(other, _)| best.score - other.score >= LEAD);
        if best.words >= named && best.score >= named - 0.06 && leads {
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

    /// The cells that an expression is made of.
    pub fn cells(&self, expression: &str, sources: &SourceMap) -> Vec<String> {
        self.probe.reads(expression).iter().map(|read| sources.describe(read.origin)).collect()
    }

    /// Whether a tag prints what stands in its place.
    pub fn prints(&self, tag: &Tag, all: &str) -> bool {
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
        let mut proven: Vec<(Candidate, Tag)> = worth.filter_map(|own| Some((own.clone(), tag(own)?))).collect();
        for (own, tag) in &mut proven {
            // What has to be rounded to fit is likelier to be chance.
            if ["位数=0", "round(", "保留("].iter().any(|word| tag.expression.contains(word)) {
                own.score -= ROUNDED;
            }
        }
        proven.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
        proven
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
