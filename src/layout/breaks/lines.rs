//! What a paragraph is broken into, and the room for it.

use std::ops::Range;

use super::reader::Twip;

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
    /// Lines are set to full width.
    pub full: bool,
}

impl Room {
    /// Width of the line that begins with a character, pt.
    pub fn of(&self, start: usize) -> f64 {
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
    /// For each line what its characters are tightened by in the PDF, twip, 0 or less.
    pub tight: Vec<Twip>,
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
