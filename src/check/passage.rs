//! A passage: a stretch of text that a reader reads as one, with the figures in it and the
//! heading that it stands under. What check and trace walk over.

use crate::figures::FigureId;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Title,
    /// A heading on a line of its own.
    Heading,
    /// A paragraph of the body.
    Body,
    /// An item of a list.
    Item,
    /// Caption of a table or picture.
    Caption,
    /// Cell of a table, label or value of a chart.
    Cell,
    /// Masthead, addressee, signature, unit line, note, colophon.
    Other,
}

/// A stretch of the passage's text: typed, or one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// In characters, from 0; the end is not part of it.
    pub start: usize,
    pub end: usize,
    /// `None`: typed in the template.
    pub figure: Option<FigureId>,
}

/// One stretch of text.
#[derive(Clone, Debug)]
pub struct Passage {
    pub kind: Kind,
    pub text: Vec<char>,
    pub spans: Vec<Span>,
    /// Length of a heading that runs in, with its number; 0 without one.
    pub lead: usize,
    /// The part (level 1) and the nearest heading; empty before the first.
    pub part: String,
    pub heading: String,
}

impl Passage {
    /// A passage of typed text only.
    pub fn typed(kind: Kind, text: &str) -> Passage {
        let text: Vec<char> = text.chars().collect();
        let spans = vec![Span { start: 0, end: text.len(), figure: None }];
        Passage { kind, text, spans, lead: 0, part: String::new(), heading: String::new() }
    }

    pub fn string(&self, start: usize, end: usize) -> String {
        self.text[start.min(end)..end.min(self.text.len())].iter().collect()
    }

    /// The figure that a character belongs to.
    pub fn figure_at(&self, at: usize) -> Option<FigureId> {
        self.spans.iter().find(|s| s.start <= at && at < s.end).and_then(|s| s.figure)
    }

    /// The sentence around a stretch: ends are 。！？ and the passage's own.
    pub fn sentence(&self, start: usize, end: usize) -> (usize, usize) {
        let stop = |c: &char| matches!(c, '。' | '！' | '？');
        let start = start.min(self.text.len());
        let from = self.text[..start].iter().rposition(stop).map_or(0, |i| i + 1);
        let end = end.clamp(start, self.text.len());
        let closed = end > start && stop(&self.text[end - 1]);
        let to = match closed {
            true => end,
            false => self.text[end..].iter().position(stop).map_or(self.text.len(), |i| end + i + 1),
        };
        (from, to)
    }
}
