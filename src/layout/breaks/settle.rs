//! What a line of the DOCX is spread or tightened by, so that every reader ends it where it was planned to end.

use std::ops::Range;

use super::cell::Cell;
use super::ends::Plan;
use super::lines::Lines;
use super::reader::{Measure, Span, Twip};
use super::rules;
use crate::layout::standard::{DOCX_ROOM, SPARE};

impl Plan<'_> {
    /// What each line is spread by. A line is judged by where the next one would go on, so the last
    /// comes first.
    pub fn twips(&self, lines: &Lines) -> Vec<Option<Twip>> {
        let ranges: Vec<Range<usize>> = lines.ranges(self.cells.len()).collect();
        let mut twips = vec![None; ranges.len()];
        for (i, line) in ranges.into_iter().enumerate().rev() {
            let next = twips.get(i + 1).copied().flatten().unwrap_or(0);
            twips[i] = self.settle(line.clone(), next).or_else(|| self.settle_word(line, next));
        }
        twips
    }

    /// The fewest twips by which every reader ends a line where it ends, if there are any. `next`: what
    /// the line behind it is spread by.
    pub fn settle(&self, line: Range<usize>, next: Twip) -> Option<Twip> {
        let (word, office) = (self.word(&line, next), self.office(&line, next));
        let (lowest, highest) = (word.0.max(office.0), word.1.min(office.1));
        (lowest <= highest).then(|| 0.clamp(lowest, highest))
    }

    /// The same for Word alone, which readers of a DOCX have.
    pub fn settle_word(&self, line: Range<usize>, next: Twip) -> Option<Twip> {
        let (lowest, highest) = self.word(&line, next);
        (lowest <= highest).then(|| 0.clamp(lowest, highest))
    }

    /// By how few and how many twips a line may be spread for Word.
    fn word(&self, line: &Range<usize>, next: Twip) -> (Twip, Twip) {
        let more = self.taken(line.end, rules::word_at_most);
        let most = if self.is_indented(line) { self.room.doubt.1 } else { 0.0 };
        self.bounds(line, next, |span| span.word, more, most)
    }

    /// The same for LibreOffice.
    fn office(&self, line: &Range<usize>, next: Twip) -> (Twip, Twip) {
        self.bounds(line, next, |span| span.office, self.taken(line.end, rules::office_at_most), 0.0)
    }

    /// `more`: what would come next into the line; `less`: what the reader may take from its room.
    fn bounds(
        &self,
        line: &Range<usize>,
        next: Twip,
        of: fn(Span) -> Measure,
        more: Option<Span>,
        less: f64,
    ) -> (Twip, Twip) {
        let (room, tracking) = (self.room.of(line.start), self.room.tracking);
        let highest = of(Span::line(self.cells, line.clone())).fitting(room - less - SPARE);
        let wider = if self.is_indented(line) { self.room.doubt.0 } else { 0.0 };
        let lowest = more.map_or(Twip::MIN, |more| {
            let over = room + DOCX_ROOM + wider + SPARE - of(more).width(tracking + next);
            // The last character is tracked where the line behind it is spread alike.
            let own = [Span::within, Span::line].map(|span| of(span(self.cells, line.clone())).filling(over));
            own[0].max(own[1])
        });
        (lowest.saturating_sub(tracking), highest.saturating_sub(tracking))
    }

    fn is_indented(&self, line: &Range<usize>) -> bool {
        line.start == 0 && self.room.indent > 0.0
    }

    /// What a reader would take into a line that ends at `end` if it had room, or `None` where
    /// nothing can follow.
    fn taken(&self, end: usize, may: fn(&[Cell], usize) -> bool) -> Option<Span> {
        let cells = self.cells;
        if end >= cells.len() || cells[end - 1].c == '\n' {
            return None;
        }
        let stop = (end + 1..cells.len()).find(|&i| cells[i].c == '\n' || may(cells, i));
        Some(Span::line(cells, end..stop.unwrap_or(cells.len())))
    }
}
