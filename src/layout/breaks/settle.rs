//! What a line of the DOCX takes so that every reader ends it where it was planned to end: nothing, spacing for all of
//! its characters or for its longer stretches, a word about the language of what follows, a line end of its own.

use std::ops::Range;

use super::cell::Cell;
use super::ends::{Plan, WIDEST};
use super::lines::{By, Held, Lines};
use super::reader::{Measure, Span, Tracked, Twip, stretches};
use super::rules::{self, Begins};
use crate::layout::standard::{DOCX_ROOM, SPARE};

/// Most twips that a line with a line end of its own is tightened by and, where it is to fill its room, spread by.
const HAND: (Twip, Twip) = (-12, 60);
/// Most twips by which stretches alone are spread: more would show beside the others.
const SOME: Twip = 50;

impl Plan<'_> {
    /// What each line takes. A line is judged by where the next one would go on, so the last comes first.
    pub fn hold_all(&self, lines: &Lines) -> Vec<Held> {
        let ranges: Vec<Range<usize>> = lines.ranges(self.cells.len()).collect();
        let mut held = vec![Held::default(); ranges.len()];
        for (i, line) in ranges.into_iter().enumerate().rev() {
            let next = held.get(i + 1).map_or(0, |next| next.twip);
            held[i] = self.hold(line, next);
        }
        held
    }

    /// What a line takes. `next`: what the line behind it is spread by.
    pub fn hold(&self, line: Range<usize>, next: Twip) -> Held {
        let end = line.end;
        if self.is_last(end) {
            // It only has to fit.
            let twip = self.settle(&line, next, 0, None).unwrap_or(0);
            return self.with(line, twip, 0, By::Rules);
        }
        let begins = rules::begins(self.cells, end);
        let by = match begins {
            Begins::Anyhow | Begins::Overflowing => By::Rules,
            Begins::Told(place) if place >= line.start => By::Language(place),
            Begins::Told(_) => return self.by_hand(line),
            Begins::Never => return self.by_hand(line),
        };
        if let Some(twip) = self.settle(&line, next, 0, Some(begins)) {
            return self.with(line, twip, 0, by);
        }
        if self.widened(line.start, end) > 2.0 * WIDEST {
            return self.by_hand(line);
        }
        let mut lengths: Vec<usize> = stretches(self.cells, line.clone()).map(|part| part.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let settled = |&least: &usize| {
            let twip = self.settle(&line, next, least, Some(begins))?;
            (twip.abs() <= SOME).then_some((twip, least))
        };
        match lengths.iter().skip(1).filter_map(settled).min_by_key(|(twip, least)| (twip.abs(), *least)) {
            Some((twip, least)) => self.with(line, twip, least, by),
            None => self.by_hand(line),
        }
    }

    /// A line that ends by itself: as full as all readers have room for.
    fn by_hand(&self, line: Range<usize>) -> Held {
        let tracked = Tracked { tracking: self.room.tracking, least: 0 };
        let span = Span::line(self.cells, line.clone(), tracked);
        let less = if self.is_indented(&line) { self.room.doubt.1 } else { 0.0 };
        let room = self.room.of(line.start) - less - SPARE;
        let twip = span.word.fitting(room).min(span.office.fitting(room));
        if twip < HAND.0 {
            return Held { by: By::Nothing, ..Held::default() };
        }
        let most = if self.room.full { HAND.1 } else { 0 };
        self.with(line, twip.min(most), 0, By::Hand)
    }

    fn with(&self, line: Range<usize>, twip: Twip, least: usize, by: By) -> Held {
        let parts = match (twip, least) {
            (0, _) => Vec::new(),
            (_, 0) => vec![line],
            _ => stretches(self.cells, line).filter(|part| part.len() >= least).collect(),
        };
        Held { twip, parts, by }
    }

    fn is_last(&self, end: usize) -> bool {
        end >= self.cells.len() || self.cells[end - 1].c == '\n'
    }

    /// The fewest twips by which every reader ends a line where it ends, if there are any: all of its stretches of so
    /// many characters are spread.
    fn settle(&self, line: &Range<usize>, next: Twip, least: usize, begins: Option<Begins>) -> Option<Twip> {
        let end = line.end;
        let taken = |may: fn(&[Cell], usize) -> bool| begins.map(|_| self.taken(end, may));
        let most = if self.is_indented(line) { self.room.doubt.1 } else { 0.0 };
        let word = self.bounds(line, (next, least), |span| span.word, taken(rules::word_at_most), most);
        let more = match begins {
            Some(Begins::Anyhow) => taken(rules::office_at_most),
            Some(_) => Some(self.alone(end)),
            None => None,
        };
        let office = self.bounds(line, (next, least), |span| span.office, more, 0.0);
        let (lowest, highest) = (word.0.max(office.0), word.1.min(office.1));
        (lowest <= highest).then(|| 0.clamp(lowest, highest))
    }

    /// By how few and how many twips a line may be spread for a reader. `more`: what would come next into the line;
    /// `less`: what the reader may take from its room.
    fn bounds(
        &self,
        line: &Range<usize>,
        (next, least): (Twip, usize),
        of: fn(Span) -> Measure,
        more: Option<Span>,
        less: f64,
    ) -> (Twip, Twip) {
        let (room, tracked) = (self.room.of(line.start), Tracked { tracking: self.room.tracking, least });
        let highest = of(Span::line(self.cells, line.clone(), tracked)).fitting(room - less - SPARE);
        let wider = if self.is_indented(line) || !self.room.full { self.room.doubt.0 } else { 0.0 };
        let lowest = more.map_or(Twip::MIN, |more| {
            let over = room + DOCX_ROOM + wider + SPARE - of(more).width(next);
            // The last character is tracked where the line behind it is spread alike.
            let own = [Span::within, Span::line].map(|span| of(span(self.cells, line.clone(), tracked)).filling(over));
            own[0].max(own[1])
        });
        (lowest, highest)
    }

    fn is_indented(&self, line: &Range<usize>) -> bool {
        line.start == 0 && self.room.indent > 0.0
    }

    /// What a reader would take into a line that ends at `end` if it had room.
    fn taken(&self, end: usize, may: fn(&[Cell], usize) -> bool) -> Span {
        let cells = self.cells;
        let stop = (end + 1..cells.len()).find(|&i| cells[i].c == '\n' || may(cells, i));
        Span::line(cells, end..stop.unwrap_or(cells.len()), Tracked { tracking: self.room.tracking, least: 0 })
    }

    /// One character and no more.
    fn alone(&self, at: usize) -> Span {
        Span::line(self.cells, at..at + 1, Tracked { tracking: self.room.tracking, least: 0 })
    }
}
