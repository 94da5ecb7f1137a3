//! The sentences as they were when the file was made, and which sentence of today each has become.

use std::ops::Range;

use super::align::{BESIDE, align};
use super::edited;
use super::tokens::{Token, likeness, tokens};
use crate::document::record::{self, Said};
use crate::document::{Document, Passage, PassageKind};

/// Least likeness of a sentence and what it has become.
const ALIKE: u32 = 35;

/// A sentence of the report as it is generated now.
pub struct Now {
    pub text: String,
    /// Bytes of each figure, and its number in the document.
    pub figures: Vec<(Range<usize>, u32)>,
    pub cell: bool,
    /// What is remembered of it.
    pub said: Said,
    /// Prose, which is proposed where it is missing.
    pub prose: bool,
    pub tokens: Vec<Token>,
}

/// A sentence of the report as it was.
pub struct Then {
    pub said: Said,
    /// Its text, where it could be found out, with the bytes of its figures.
    pub text: Option<(String, Vec<Range<usize>>)>,
    pub tokens: Vec<Token>,
    /// The sentence of today that it has become.
    pub now: Option<usize>,
    /// It differs from that one in figures only.
    pub fits: bool,
}

/// The sentences of the report as it is generated now.
pub fn now(document: &Document) -> (Vec<Passage>, Vec<Now>) {
    let passages = record::printed(document);
    let mut last = usize::MAX;
    let list = record::sentences(&passages).into_iter().map(|sentence| {
        let first = std::mem::replace(&mut last, sentence.passage) != sentence.passage;
        let text: String = sentence.text.iter().collect();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let kind = passages[sentence.passage].kind;
        Now {
            figures: sentence.figures.iter().map(|(a, b, id)| (places[*a]..places[*b], *id)).collect(),
            cell: kind == PassageKind::Cell,
            said: record::remembered(&sentence, kind == PassageKind::Cell, first),
            prose: matches!(kind, PassageKind::Body | PassageKind::Item | PassageKind::Heading),
            tokens: tokens(&text, 0..text.len()),
            text,
        }
    });
    let list = list.collect();
    (passages, list)
}

/// The sentences of a record beside those of today.
pub fn of_record(record: Vec<Said>, now: &[Now]) -> Vec<Then> {
    let mut then: Vec<Then> =
        record.into_iter().map(|said| Then { said, text: None, tokens: Vec::new(), now: None, fits: false }).collect();
    // A sentence is the same where its words with the old figures have the digest that was kept.
    let fits = |i: usize, j: usize| again(&then[i].said, &now[j]).is_some();
    // Figures that did not change, and characters that are none of a figure's.
    let equal = |i: usize, j: usize| {
        let (figures, today) = (&then[i].said.figures, &now[j]);
        let same = figures.iter().zip(&today.figures).filter(|((_, old), (own, _))| old.is(&today.text[own.clone()]));
        let words = today.text.len() - today.figures.iter().map(|(own, _)| own.len()).sum::<usize>();
        (same.count(), words / 3)
    };
    let sure = |i: usize, j: usize| {
        let (same, words) = equal(i, j);
        fits(i, j) && (words > 2 || same == then[i].said.figures.len())
    };
    let worth = |i: usize, j: usize| match fits(i, j) {
        true => {
            let (same, words) = equal(i, j);
            1 + 4 * same as u32 + words.min(20) as u32
        }
        false => 0,
    };
    let pairs = align([then.len(), now.len()], sure, worth, |_| BESIDE);
    for (i, j) in pairs {
        then[i].now = Some(j);
        then[i].fits = true;
        let text = again(&then[i].said, &now[j]);
        then[i].know(text);
    }
    then
}

/// Without a record: the report of today is taken for what it was.
pub fn as_now(now: &[Now]) -> Vec<Then> {
    let made = now.iter().enumerate().map(|(at, today)| {
        let text = Some((today.text.clone(), today.figures.iter().map(|(own, _)| own.clone()).collect()));
        Then { said: today.said.clone(), text, tokens: today.tokens.clone(), now: Some(at), fits: true }
    });
    made.collect()
}

impl Then {
    fn know(&mut self, text: Option<(String, Vec<Range<usize>>)>) {
        if let Some((text, figures)) = text {
            self.tokens = tokens(&text, 0..text.len());
            self.text = Some((text, figures));
        }
    }

    /// The file has the sentence as it was: so its text is known.
    pub fn stands(&mut self, sentence: &edited::Sentence, text: &str) {
        if self.text.is_some() {
            return;
        }
        let own = &text[sentence.bytes.clone()];
        let bare: Vec<usize> = own.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at).collect();
        let byte = |at: usize| bare.get(at).copied().unwrap_or(own.len());
        let mut at = 0;
        let figures = self.said.figures.iter().map(|(gap, old)| {
            let start = at + gap;
            at = start + old.length();
            let end = at
                .checked_sub(1)
                .filter(|last| *last >= start)
                .map_or(byte(start), |last| byte(last) + own[byte(last)..].chars().next().map_or(0, char::len_utf8));
            byte(start)..end
        });
        let figures = figures.collect();
        self.know(Some((own.to_string(), figures)));
    }
}

/// The sentence of today with the figures of then, where it is the one that was printed.
fn again(said: &Said, now: &Now) -> Option<(String, Vec<Range<usize>>)> {
    if said.figures.len() != now.figures.len() || said.cell != now.cell {
        return None;
    }
    let (mut text, mut figures, mut from) = (String::new(), Vec::new(), 0);
    for ((_, old), (own, _)) in said.figures.iter().zip(&now.figures) {
        text += &now.text[from..own.start];
        let start = text.len();
        let today = &now.text[own.clone()];
        text += old.text().or_else(|| old.is(today).then_some(today))?;
        figures.push(start..text.len());
        from = own.end;
    }
    text += &now.text[from..];
    (record::digest(text.chars()) == said.digest).then_some((text, figures))
}

/// Pairs what is left: sentences whose words have changed as well.
pub fn become_others(then: &mut [Then], now: &[Now]) {
    let mut taken: Vec<Option<usize>> = vec![None; now.len()];
    then.iter().enumerate().for_each(|(i, own)| own.now.into_iter().for_each(|j| taken[j] = Some(i)));
    let (mut i, mut j) = (0, 0);
    while i < then.len() || j < now.len() {
        let until = (i..then.len()).find(|at| then[*at].now.is_some()).unwrap_or(then.len());
        let to = then.get(until).and_then(|own| own.now).unwrap_or(now.len());
        let (left, right) = (i..until, j..to.max(j));
        let pairs = align(
            [left.len(), right.len()],
            |_, _| false,
            |a, b| {
                let (own, today) = (&then[left.start + a], &now[right.start + b]);
                let alike = likeness(&own.tokens, &today.tokens);
                let fit = own.text.is_some() && own.said.cell == today.cell;
                // A long text of a cell has nothing around it to be known by.
                let alone = own.tokens.len().min(today.tokens.len()) > 0
                    && own.said.cell
                    && left.len() == right.len()
                    && a == b;
                if fit && alone {
                    alike.max(1)
                } else if fit && alike >= ALIKE {
                    alike
                } else {
                    0
                }
            },
            |_| BESIDE,
        );
        pairs.into_iter().for_each(|(a, b)| then[left.start + a].now = Some(right.start + b));
        (i, j) = (until + 1, to + 1);
    }
}
