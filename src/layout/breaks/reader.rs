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

/// The characters' own widths, pt, and how many of them are tracked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    natural: f64,
    tracked: u32,
}

impl Measure {
    /// Width with a tracking, pt.
    pub fn width(self, tracking: Twip) -> f64 {
        self.natural + f64::from(self.tracked) * f64::from(tracking) / 20.0
    }

    /// The highest tracking with which it is no wider than so many pt.
    pub fn fitting(self, width: f64) -> Twip {
        match (self.tracked, width - self.natural) {
            (0, rest) if rest < 0.0 => Twip::MIN,
            (0, _) => Twip::MAX,
            (tracked, rest) => (rest * 20.0 / f64::from(tracked)).floor() as Twip,
        }
    }

    /// The lowest tracking with which it is wider than so many pt; the highest of all where none is enough.
    pub fn filling(self, width: f64) -> Twip {
        match (self.tracked, width - self.natural) {
            (0, rest) if rest < 0.0 => Twip::MIN,
            (0, _) => Twip::MAX,
            (tracked, rest) => (rest * 20.0 / f64::from(tracked)).floor() as Twip + 1,
        }
    }
}

impl Span {
    /// The characters of a line, which ends behind them: blanks there hang.
    pub fn line(cells: &[Cell], range: Range<usize>) -> Span {
        let blank = |cell: &Cell| matches!(cell.c, ' ' | '\n');
        let end = range.start + cells[range.clone()].iter().rposition(|cell| !blank(cell)).map_or(0, |i| i + 1);
        let mut span = Span::within(cells, range.start..end);
        if cells[range.start..end].last().is_some_and(|last| last.end == End::No) {
            span.office.tracked -= 1;
        }
        span
    }

    /// Characters with others of their line behind them.
    pub fn within(cells: &[Cell], range: Range<usize>) -> Span {
        let natural = cells[range.clone()].iter().map(|cell| cell.advance).sum();
        let inside = cells[range.clone()].iter().filter(|cell| cell.end == End::No).count();
        Span {
            word: Measure { natural, tracked: range.len() as u32 },
            office: Measure { natural, tracked: inside as u32 },
        }
    }
}
