//! How wide a line is for those who read the DOCX. Tracking makes the difference: Word tracks every
//! character, LibreOffice none that ends a stretch of one script and one kind of run.

use std::ops::Range;

use super::cell::{Cell, End};

/// Tracking of a line, twip.
pub type Twip = i32;

/// A stretch of a line as each reader measures it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    pub word: Measure,
    pub office: Measure,
}

/// The width of characters with the tracking of their paragraph, pt, and how many of them become wider where the
/// line is spread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    own: f64,
    /// By how much it may be wider.
    wider: f64,
    spread: u32,
}

impl Measure {
    /// Width where the line is spread, pt.
    pub fn width(self, spread: Twip) -> f64 {
        self.own + f64::from(self.spread) * f64::from(spread) / 20.0
    }

    /// The most twips with which it is no wider than so many pt.
    pub fn fitting(self, width: f64) -> Twip {
        match (self.spread, width - self.own - self.wider) {
            (0, rest) if rest < 0.0 => Twip::MIN,
            (0, _) => Twip::MAX,
            (spread, rest) => (rest * 20.0 / f64::from(spread)).floor() as Twip,
        }
    }

    /// The fewest twips with which it is wider than so many pt; the highest of all where none is enough.
    pub fn filling(self, width: f64) -> Twip {
        match (self.spread, width - self.own) {
            (0, rest) if rest < 0.0 => Twip::MIN,
            (0, _) => Twip::MAX,
            (spread, rest) => (rest * 20.0 / f64::from(spread)).floor() as Twip + 1,
        }
    }
}

/// How characters are tracked.
#[derive(Clone, Copy, Debug)]
pub struct Tracked {
    /// By their paragraph, twip.
    pub tracking: Twip,
    /// Stretches of fewer characters are not spread.
    pub least: usize,
}

impl Span {
    /// The characters of a line, which ends behind them: blanks there hang.
    pub fn line(cells: &[Cell], range: Range<usize>, tracked: Tracked) -> Span {
        let blank = |cell: &Cell| matches!(cell.c, ' ' | '\n');
        let end = range.start + cells[range.clone()].iter().rposition(|cell| !blank(cell)).map_or(0, |i| i + 1);
        let within = Span::within(cells, range.start..end, tracked);
        if cells[range.start..end].last().is_some_and(|last| last.end == End::No) {
            within.without_last(cells, range.start..end, tracked)
        } else {
            within
        }
    }

    /// Characters with others of their line behind them.
    pub fn within(cells: &[Cell], range: Range<usize>, tracked: Tracked) -> Span {
        let wider = cells[range.clone()].iter().map(|cell| cell.wider).sum();
        let natural: f64 = cells[range.clone()].iter().map(|cell| cell.advance).sum();
        let inside = cells[range.clone()].iter().filter(|cell| cell.end == End::No).count();
        let (word, office) = (range.len() as u32, inside as u32);
        let by = |count: u32| natural + f64::from(count) * f64::from(tracked.tracking) / 20.0;
        let mut spread = (word, office);
        if tracked.least > 0 {
            spread = (0, 0);
            for part in stretches(cells, range).filter(|part| part.len() >= tracked.least) {
                spread.0 += part.len() as u32;
                spread.1 += cells[part].iter().filter(|cell| cell.end == End::No).count() as u32;
            }
        }
        Span {
            word: Measure { own: by(word), wider, spread: spread.0 },
            office: Measure { own: by(office), wider: 0.0, spread: spread.1 },
        }
    }

    /// LibreOffice does not track the last character.
    fn without_last(mut self, cells: &[Cell], range: Range<usize>, tracked: Tracked) -> Span {
        self.office.own -= f64::from(tracked.tracking) / 20.0;
        let last = stretches(cells, range).last().map_or(0, |part| part.len());
        self.office.spread -= u32::from(last >= tracked.least);
        self
    }
}

/// The stretches of a line.
pub fn stretches(cells: &[Cell], range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at;
        (start < range.end).then(|| {
            let own = cells[start..range.end].iter().position(|cell| cell.end != End::No);
            at = own.map_or(range.end, |i| start + i + 1);
            start..at
        })
    })
}
