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

/// How a line of the DOCX is brought to end where it was planned to end.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Held {
    /// By how many twips characters are spread; less than 0: tightened.
    pub twip: Twip,
    /// Which characters.
    pub parts: Vec<Range<usize>>,
    pub by: By,
}

/// What makes a reader end a line there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum By {
    /// Its rules, with what comes next.
    #[default]
    Rules,
    /// The same, where LibreOffice is told that the Western text around this character is set by Chinese rules: these
    /// end a line before whatever does not fit.
    Language(usize),
    /// A line end of its own: no spacing suits every reader.
    Hand,
    /// Nothing does.
    Nothing,
}

/// The lines of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Lines {
    /// Index of the first character of each line but the first.
    pub starts: Vec<usize>,
    /// For each line what it takes in the DOCX.
    pub held: Vec<Held>,
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

    /// The characters that are spread or tightened, with the twips.
    pub fn spread(&self) -> impl Iterator<Item = (Range<usize>, Twip)> {
        self.held.iter().flat_map(|held| held.parts.iter().map(|part| (part.clone(), held.twip)))
    }

    /// The first characters of lines that begin by something else than rules.
    pub fn begun(&self) -> impl Iterator<Item = (usize, By)> {
        self.starts.iter().zip(&self.held).map(|(&start, held)| (start, held.by)).filter(|(_, by)| *by != By::Rules)
    }

    /// Two parts of the lines, the first of so many characters and lines.
    pub fn split(&self, lines: usize, at: usize) -> [Lines; 2] {
        let kept = lines.min(self.count());
        let (own, rest) = self.starts.split_at(kept.saturating_sub(1));
        let (held, later) = self.held.split_at(kept.min(self.held.len()));
        let (tight, tight_later) = self.tight.split_at(kept.min(self.tight.len()));
        let behind = |held: &Held| {
            let parts = held.parts.iter().map(|part| part.start.saturating_sub(at)..part.end.saturating_sub(at));
            let by = match held.by {
                By::Language(place) => By::Language(place.saturating_sub(at)),
                by => by,
            };
            Held { parts: parts.collect(), by, ..*held }
        };
        [
            Lines { starts: own.to_vec(), held: held.to_vec(), tight: tight.to_vec() },
            Lines {
                starts: rest.iter().skip(1).map(|start| start - at).collect(),
                held: later.iter().map(behind).collect(),
                tight: tight_later.to_vec(),
            },
        ]
    }
}
