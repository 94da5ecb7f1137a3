//! Where the lines of a paragraph end: planned once, first fit, for the PDF and for every reader of
//! the DOCX. Nothing is trimmed and nothing hangs.
//!
//! A DOCX is cut into lines by who opens it. Two readers stand for all: Word and LibreOffice. They
//! measure a line differently (`reader`) and may begin one at different places (`rules`). A line of
//! the plan ends where both end it with [`SPARE`] to spare; where it would not by itself, the DOCX
//! spreads or tightens its characters by whole twips until it does ([`Lines::twips`]). So too the
//! lines that end early to keep a number with its unit.

mod cell;
mod reader;
mod rules;

use std::ops::Range;

pub use self::cell::{Cell, End};
pub use self::reader::Twip;
use self::reader::{Measure, Span};
pub use self::rules::{never_first, never_last};
use super::standard::{DOCX_ROOM, SPARE};

/// What lines have to fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width of a full line, pt.
    pub width: f64,
    /// What the first line gives up, pt.
    pub indent: f64,
    /// Tracking of the text, twip.
    pub tracking: Twip,
    /// How much smaller and larger readers of a DOCX may make the indent of the first line, pt.
    pub doubt: (f64, f64),
}

impl Room {
    fn of(&self, start: usize) -> f64 {
        if start == 0 { self.width - self.indent } else { self.width }
    }
}

/// The lines of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Lines {
    /// Index of the first character of each line but the first.
    pub starts: Vec<usize>,
    /// For each line what its characters are spread by in the DOCX, twip; less than 0: tightened.
    /// `None`: nothing brings every reader to end it there.
    pub twips: Vec<Option<Twip>>,
}

impl Lines {
    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len() + 1
    }

    /// The characters of each line of a text of so many.
    pub fn ranges(&self, len: usize) -> impl Iterator<Item = Range<usize>> {
        let starts = [0].into_iter().chain(self.starts.iter().copied());
        starts.zip(self.starts.iter().copied().chain([len])).map(|(start, end)| start..end)
    }

    /// The lines that are spread or tightened, with the twips.
    pub fn spread(&self, len: usize) -> impl Iterator<Item = (Range<usize>, Twip)> {
        let twips = self.twips.iter().map(|twip| twip.unwrap_or(0));
        self.ranges(len).zip(twips).filter(|(_, twip)| *twip != 0)
    }
}

/// Breaks a paragraph.
pub fn lines(cells: &[Cell], room: Room) -> Lines {
    let plan = Plan { cells, room };
    let mut starts = Vec::new();
    let mut start = 0;
    while let Some(end) = plan.end(start) {
        starts.push(end);
        start = end;
    }
    plan.relieve_runt(&mut starts);
    let mut lines = Lines { starts, twips: Vec::new() };
    lines.twips = plan.twips(&lines);
    lines
}

/// Width of some characters of a line as Word has it, pt.
pub fn width(cells: &[Cell], range: Range<usize>, tracking: Twip) -> f64 {
    Span::line(cells, range).word.width(tracking)
}

/// Whether a line may begin with character `i`, which is not the first.
pub fn may_break(cells: &[Cell], i: usize) -> bool {
    rules::shared(cells, i)
}

/// What a line may give up for a better place to end, pt: about three characters. More shows as
/// gaps; then a number is rather parted from its unit.
const LOOSE: f64 = 48.0;

/// What the next line may be tightened by, twip a character: then less of it would fill a line.
const TIGHTEST: Twip = -4;

struct Plan<'a> {
    cells: &'a [Cell],
    room: Room,
}

impl Plan<'_> {
    /// Where the line that begins at `start` ends; `None` for the last one.
    fn end(&self, start: usize) -> Option<usize> {
        if start >= self.cells.len() {
            return None;
        }
        let fit = self.fit(start);
        if fit == self.cells.len() {
            return None;
        }
        Some(if self.cells[fit - 1].c == '\n' { fit } else { self.best(start, fit) })
    }

    /// The last index at which a line that begins at `start` may end without overflow in the PDF,
    /// where lines are widest; more than `start`.
    fn fit(&self, start: usize) -> usize {
        let room = self.room.of(start) + 1e-6;
        let behind = f64::from(self.room.tracking.max(0)) / 20.0;
        let mut used = 0.0;
        for (i, cell) in self.cells.iter().enumerate().skip(start) {
            if cell.c == '\n' {
                return i + 1;
            }
            // Tracking behind the last character takes room, and gives none.
            if used + cell.advance + behind > room && cell.c != ' ' {
                return i.max(start + 1);
            }
            used += cell.advance;
            if cell.end != End::Face {
                used += f64::from(self.room.tracking) / 20.0;
            }
        }
        self.cells.len()
    }

    /// Where a line ends that could go on to `fit`: where this project ends lines, if that does not
    /// leave it loose, or else where every reader may; there only if they can be brought to. A word
    /// too long for a line is cut.
    fn best(&self, start: usize, fit: usize) -> usize {
        let lost = |end: usize| Span::within(self.cells, end..fit).word.width(self.room.tracking);
        let places =
            |allowed: fn(&[Cell], usize) -> bool| (start + 1..=fit).rev().filter(move |&end| allowed(self.cells, end));
        let settles = |end: &usize| self.settle(start..*end, TIGHTEST).is_some();
        let kept = places(rules::kept).take_while(|&end| lost(end) <= LOOSE).find(settles);
        let settled = [rules::shared, rules::likely].into_iter().find_map(|rule| places(rule).find(settles));
        let unsettled = || [rules::likely, rules::any].into_iter().find_map(|rule| places(rule).next());
        kept.or(settled).or_else(unsettled).unwrap_or(fit)
    }

    /// Lets a last line that is one character (and its marks) take another from the line before.
    fn relieve_runt(&self, starts: &mut [usize]) {
        let cells = self.cells;
        let Some(&last) = starts.last() else { return };
        if cells[last - 1].c == '\n' || cells[last..].iter().filter(|cell| !rules::is_mark(cell.c)).count() != 1 {
            return;
        }
        let before = starts.iter().rev().nth(1).copied().unwrap_or(0);
        let Some(earlier) = (before + 1..last).rev().find(|&i| rules::kept(cells, i)) else { return };
        // A line that would lose much would show it.
        let lost = Span::within(cells, earlier..last).word.width(self.room.tracking);
        if lost > 4.0 * cells[last].advance.max(8.0) || self.settle(before..earlier, TIGHTEST).is_none() {
            return;
        }
        if let Some(start) = starts.last_mut() {
            *start = earlier;
        }
    }

    /// What each line is spread by. A line is judged by where the next one would go on, so the last
    /// comes first.
    fn twips(&self, lines: &Lines) -> Vec<Option<Twip>> {
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
    fn settle(&self, line: Range<usize>, next: Twip) -> Option<Twip> {
        let (word, office) = (self.word(&line, next), self.office(&line, next));
        let (lowest, highest) = (word.0.max(office.0), word.1.min(office.1));
        (lowest <= highest).then(|| 0.clamp(lowest, highest))
    }

    /// The same for Word alone, which readers of a DOCX have.
    fn settle_word(&self, line: Range<usize>, next: Twip) -> Option<Twip> {
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

#[cfg(test)]
mod tests;
