//! Three texts: the report as it was generated, as it came back, and as it is generated now.

use std::collections::HashSet;
use std::ops::Range;

use super::align::align;
use super::edited;
use super::flat::Flat;
use super::matched::{self, Found};
use super::model::{Compared, Figure, Proposal, Spot, State};
use super::reworded::{self, Reworded};
use super::texts::{Texts, bare};
use super::then::{self, Now, Then};
use super::tokens::{Token, counts, touched};
use super::words;
use crate::document::Document;
use crate::document::record::{self, Said};
use crate::source::docx;

/// Of 100 words of a sentence, so many are there where it counts as being there at all.
const THERE: usize = 30;
/// Words of a sentence that is told to be gone.
const SHORTEST: usize = 4;

/// Compares a file with what its record says and with the report of today.
pub fn compare(file: &docx::Document, record: Option<Vec<Said>>, today: &Document) -> Compared {
    let recorded = record.is_some();
    let texts = texts(file, record, today);
    let mut out = Compared { recorded, ..Compared::default() };
    let there: HashSet<u32> = texts.sentences.iter().map(|own| own.digest).collect();
    let mut taken = vec![None; texts.now.len()];
    texts.then.iter().enumerate().for_each(|(i, own)| own.now.into_iter().for_each(|j| taken[j] = Some(i)));
    let mut next = 0;
    for (at, own) in texts.then.iter().enumerate() {
        let (conflicts, figures) = (out.conflicts.len(), out.figures.len());
        texts.sentence(at, &mut out);
        let now = own.now.filter(|_| own.text.is_some()).map(|now| &texts.now[now]);
        let said = match (now, out.conflicts.len() == conflicts) {
            (Some(now), true) => Some(now.said.clone()),
            (Some(now), false) => mixed(own, now, &out.figures[figures..]),
            (None, _) => None,
        };
        out.record.push(said.unwrap_or_else(|| own.said.clone()));
        // A sentence of today that somebody has put in already is one of the file's.
        next = own.now.map_or(next, |now| now + 1);
        let typed = (next..texts.now.len()).take_while(|j| taken[*j].is_none()).map(|j| &texts.now[j].said);
        out.record.extend(typed.filter(|said| there.contains(&said.digest)).filter(|_| own.now.is_some()).cloned());
    }
    let whole = texts.found.iter().filter_map(|found| texts.sentences.get(found.whole?));
    out.standing = whole.map(|own| Spot { paragraph: own.paragraph, bytes: own.bytes.clone() }).collect();
    proposals(&texts, &taken, &there, &mut out);
    words::changed(&texts, &mut out);
    out
}

fn texts<'a>(file: &'a docx::Document, record: Option<Vec<Said>>, today: &Document) -> Texts<'a> {
    let (_, now) = then::now(today);
    let mut then = match record {
        Some(record) => then::of_record(record, &now),
        None => then::as_now(&now),
    };
    let known = then.iter().filter(|own| own.said.first && !own.said.cell).map(|own| own.said.digest).collect();
    let sentences = edited::sentences(file, &known);
    let whole = matched::whole(&then, &sentences);
    let paragraphs = file.paragraphs();
    for (own, at) in then.iter_mut().zip(&whole) {
        if let Some(sentence) = at.map(|at| &sentences[at]) {
            own.stands(sentence, &paragraphs[sentence.paragraph].text);
        }
    }
    then::become_others(&mut then, &now);
    let flat = Flat::of(&sentences);
    let found = matched::words(&then, &sentences, &flat, &whole);
    let reworded = reworded::find(&then, &now, (&sentences, &paragraphs), &flat, &found);
    Texts { paragraphs, then, now, sentences, flat, found, reworded }
}

/// Words that have become others between then and now.
struct Hunk {
    then: Range<usize>,
    now: Range<usize>,
}

/// What a sentence has become: its hunks, and for each figure the words of today.
struct Become {
    hunks: Vec<Hunk>,
    figures: Vec<Range<usize>>,
}

impl Texts<'_> {
    /// The figures of one sentence, and what is to be changed in it.
    fn sentence(&self, at: usize, out: &mut Compared) {
        let (own, found) = (&self.then[at], &self.found[at]);
        let today = own.now.map(|now| &self.now[now]);
        if let Some(reworded) = &self.reworded[at] {
            return out.figures.extend(self.still(reworded));
        }
        // What stands in headers and frames is not looked at.
        let absent = found.whole.is_none() && found.places.iter().all(Option::is_none);
        if absent && !today.is_some_and(|now| now.prose || now.cell) {
            return;
        }
        let Some((text, figures)) = &own.text else {
            return out.figures.extend(own.said.figures.iter().map(|(_, old)| lost(old.text())));
        };
        if own.tokens.len() >= SHORTEST
            && found.whole.is_none()
            && found.share() < THERE
            && today.is_some_and(|n| n.prose)
        {
            out.gone.push(text.clone());
        }
        let become_ = today.map(|now| (now, self.becomes(own, figures, now)));
        for (index, bytes) in figures.iter().enumerate() {
            let words = touched(&own.tokens, bytes);
            let new = become_.as_ref().map(|(now, become_)| said(&now.text, &now.tokens, &become_.figures[index]));
            // Of a figure whose words are part of a longer number, that number.
            let new = match today.filter(|_| own.fits).and_then(|now| now.figures.get(index).map(|f| (now, f))) {
                Some((now, (own, _))) => Some(now.text[own.clone()].to_string()),
                None => new,
            };
            let old = text[bytes.clone()].to_string();
            let mut figure = self.figure(words, found, old, new);
            figure.id = today.filter(|_| own.fits).and_then(|now| Some(now.figures.get(index)?.1));
            out.figures.push(figure);
        }
        if let Some((now, become_)) = &become_ {
            become_.hunks.iter().for_each(|hunk| self.put(hunk, found, now, out));
        }
    }

    /// The figures of a sentence that was worded otherwise and is not generated any more.
    fn still(&self, reworded: &Reworded) -> impl Iterator<Item = Figure> {
        let (paragraph, sentence) = (self.sentences[reworded.sentence].paragraph, Some(reworded.sentence));
        reworded.figures.iter().map(move |(old, bytes)| {
            let spot = Some(Spot { paragraph, bytes: bytes.clone() });
            Figure { spot, sentence, ..lost(Some(old)) }
        })
    }

    fn becomes(&self, own: &Then, figures: &[Range<usize>], now: &Now) -> Become {
        if own.fits {
            let all = figures
                .iter()
                .zip(&now.figures)
                .map(|(then, (today, _))| Hunk { then: touched(&own.tokens, then), now: touched(&now.tokens, today) });
            let all: Vec<Hunk> = all.collect();
            let figures = all.iter().map(|hunk| hunk.now.clone()).collect();
            let differ = |hunk: &Hunk| {
                said(own.text.as_ref().map_or("", |t| &t.0), &own.tokens, &hunk.then)
                    != said(&now.text, &now.tokens, &hunk.now)
            };
            return Become { hunks: all.into_iter().filter(differ).collect(), figures };
        }
        let same = |i: usize, j: usize| own.tokens[i].text == now.tokens[j].text;
        let worth = |i: usize, j: usize| if same(i, j) { own.tokens[i].worth() } else { 0 };
        let pairs = align([own.tokens.len(), now.tokens.len()], same, worth, |i| own.tokens[i].beside());
        let mut places = vec![None; own.tokens.len()];
        pairs.iter().for_each(|(i, j)| places[*i] = Some(*j));
        let (mut hunks, mut last) = (Vec::new(), (0, 0));
        for (i, j) in pairs.into_iter().chain([(own.tokens.len(), now.tokens.len())]) {
            if (i, j) != last {
                hunks.push(Hunk { then: last.0..i, now: last.1..j });
            }
            last = (i + 1, j + 1);
        }
        let figures = figures.iter().map(|bytes| {
            let words = touched(&own.tokens, bytes);
            let from = places[..words.start].iter().rev().find_map(|p| *p).map_or(0, |p| p + 1);
            let to = places[words.end..].iter().find_map(|p| *p).unwrap_or(now.tokens.len());
            from..to.max(from)
        });
        Become { hunks, figures: figures.collect() }
    }

    fn figure(&self, words: Range<usize>, found: &Found, old: String, new: Option<String>) -> Figure {
        let places = &found.places[words.clone()];
        let stands = !places.is_empty() && self.flat.is_run(places);
        let spot = match stands {
            true => self.spot(places[0].unwrap_or(0)..places[places.len() - 1].unwrap_or(0) + 1),
            false => self.between(&words, found, &old),
        };
        let text = spot.as_ref().map(|spot| self.text(spot)).unwrap_or_default();
        let agrees = |new: &String| bare(new) == bare(&old);
        let number = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        let state = match () {
            () if stands && new.as_ref().is_none_or(agrees) => State::Same,
            () if stands => State::Stale,
            // Han numerals are numbers as well.
            () if text.is_empty() || number(&old) && !number(&text) && !counts(&text) => State::Gone,
            () => State::Typed,
        };
        let spot = spot.filter(|_| state != State::Gone);
        let text = if state == State::Gone { old.clone() } else { text };
        let left = !stands && new.as_ref().is_some_and(|new| !agrees(new) && bare(new) != bare(&text));
        let sentence = spot.as_ref().and_then(|spot| self.sentence_at(spot));
        Figure { old: Some(old), text, new, id: None, spot, state, left, sentence }
    }

    /// What stands in the place of words that are not there.
    fn between(&self, words: &Range<usize>, found: &Found, old: &str) -> Option<Spot> {
        let from = found.places[..words.start].iter().rev().find_map(|p| *p).unwrap_or(found.edges.0);
        let to = found.places[words.end..].iter().find_map(|p| *p).unwrap_or(found.edges.1);
        let own = (from + 1).min(to)..to;
        // Of many words the number that stands for a number.
        let is_number = |at: &usize| self.flat.tokens[*at].is_number();
        let numbers: Vec<usize> = own.clone().filter(is_number).collect();
        let one = old.contains(|c: char| c.is_ascii_digit()) && own.len() > words.len() + 2;
        match (one, numbers.as_slice()) {
            (true, [only]) => self.spot(*only..only + 1),
            (true, []) if own.len() > 2 * words.len() + 6 => None,
            _ => self.spot(own),
        }
    }

    /// Puts words of today in the place of those of then, where they stand as they were.
    fn put(&self, hunk: &Hunk, found: &Found, now: &Now, out: &mut Compared) {
        let new = said(&now.text, &now.tokens, &hunk.now);
        let places = &found.places[hunk.then.clone()];
        if places.is_empty() {
            let before = if hunk.then.start > 0 { found.places[hunk.then.start - 1] } else { Some(found.edges.0) };
            let behind = found.places.get(hunk.then.end).copied().unwrap_or(Some(found.edges.1));
            if let (Some(before), Some(behind)) = (before, behind)
                && before + 1 == behind
                && let Some(spot) = self.gap(before, behind)
            {
                return out.changes.push((spot, new));
            }
            return out.conflicts.push((self.around(found), new));
        }
        if self.flat.is_run(places)
            && let (Some(first), Some(last)) = (places[0], places[places.len() - 1])
            && let Some(spot) = self.spot(first..last + 1)
        {
            return out.changes.push((spot, new));
        }
        let there = self.between(&hunk.then, found, &new);
        if there.as_ref().map(|spot| bare(&self.text(spot))) != Some(bare(&new)) {
            out.conflicts.push((there.or_else(|| self.around(found)), new));
        }
    }

    /// The place between two words.
    fn gap(&self, before: usize, behind: usize) -> Option<Spot> {
        let (spot, at) = match self.flat.tokens[before].is_border() {
            false => self.spot(before..before + 1).map(|spot| (spot.clone(), spot.bytes.end))?,
            true => self.spot(behind..behind + 1).map(|spot| (spot.clone(), spot.bytes.start))?,
        };
        Some(Spot { bytes: at..at, ..spot })
    }

    /// The words of a sentence that are there.
    fn around(&self, found: &Found) -> Option<Spot> {
        let first = found.places.iter().find_map(|p| *p)?;
        let last = found.places.iter().rev().find_map(|p| *p)?;
        self.spot(first..last.max(first) + 1)
    }
}

/// What is remembered of a sentence into which not all could be put: of each figure what it was, or what it is now.
fn mixed(own: &Then, now: &Now, figures: &[Figure]) -> Option<Said> {
    if !own.fits || figures.len() != now.figures.len() {
        return None;
    }
    let (mut text, mut places, mut from) = (Vec::new(), Vec::new(), 0);
    for (figure, (bytes, id)) in figures.iter().zip(&now.figures) {
        text.extend(now.text[from..bytes.start].chars());
        let start = text.len();
        let put = figure.state == State::Stale && !figure.left;
        text.extend(if put { figure.new.as_deref()? } else { figure.old.as_deref()? }.chars());
        places.push((start, text.len(), *id));
        from = bytes.end;
    }
    text.extend(now.text[from..].chars());
    let sentence = record::Sentence { passage: 0, start: 0, text, figures: places };
    Some(record::remembered(&sentence, own.said.cell, own.said.first))
}

fn lost(old: Option<&str>) -> Figure {
    Figure {
        old: old.map(str::to_string),
        text: old.unwrap_or_default().to_string(),
        new: None,
        id: None,
        spot: None,
        state: State::Typed,
        left: true,
        sentence: None,
    }
}

/// Sentences that are generated now and were not, and those that are not any more.
fn proposals(texts: &Texts<'_>, taken: &[Option<usize>], known: &HashSet<u32>, out: &mut Compared) {
    for ((own, found), reworded) in texts.then.iter().zip(&texts.found).zip(&texts.reworded) {
        if let Some(words) = reworded.as_ref().map(|own| texts.flat.sentences[own.sentence].clone())
            && let Some(spot) = texts.spot(words)
        {
            out.proposals.push(Proposal { text: texts.text(&spot), spot: Some(spot), out: true });
            continue;
        }
        let there = found.whole.is_some() || found.share() > THERE;
        if let (None, Some((text, _)), false, true) = (own.now, &own.text, own.said.cell, there) {
            out.proposals.push(Proposal { spot: texts.around(found), text: text.clone(), out: true });
        }
    }
    let (mut behind, mut open) = (None, false);
    for (j, now) in texts.now.iter().enumerate() {
        match taken[j] {
            Some(i) => {
                behind = texts.around(&texts.found[i]).or(behind);
                open = false;
            }
            None if (now.prose || now.cell) && !known.contains(&now.said.digest) => {
                let join = if now.cell { "｜" } else { "" };
                match out.proposals.last_mut().filter(|_| open) {
                    Some(last) => last.text += &format!("{join}{}", now.text),
                    None => out.proposals.push(Proposal { spot: behind.clone(), text: now.text.clone(), out: false }),
                }
                open = true;
            }
            None => {}
        }
    }
}

/// The text of words, from the first to the last.
fn said(text: &str, tokens: &[Token], words: &Range<usize>) -> String {
    match tokens.get(words.clone()) {
        Some([first, .., last]) => text[first.bytes.start..last.bytes.end].to_string(),
        Some([only]) => text[only.bytes.clone()].to_string(),
        _ => String::new(),
    }
}
