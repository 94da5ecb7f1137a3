//! A passage: a stretch of text that a reader reads as one, with the figures in it and the
//! heading that it stands under. What check and trace walk over.

use std::ops::Range;
use std::sync::Arc;

use super::text::Text;
use crate::diagnostic::{Origin, Place};
use crate::figures::{Figure, FigureId};

/// Most characters of markup, such as `**`, between two stretches that one mark goes under.
const MARKUP: u32 = 4;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PassageKind {
    /// The title of the report or of an annex (7.3.1).
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

/// A part of the passage's text: all that is typed between two figures, or one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// In characters, from 0; the end is not part of it.
    pub start: usize,
    /// In characters of the passage.
    pub end: usize,
    /// `None`: typed in the template.
    pub figure: Option<FigureId>,
}

/// A text of the document within a passage.
#[derive(Clone, Debug)]
pub(super) enum Said {
    Typed(Text),
    Figure(FigureId, Arc<str>),
}

impl Said {
    pub(super) fn text(&self) -> &str {
        match self {
            Said::Typed(text) => text,
            Said::Figure(_, text) => text,
        }
    }
}

/// One stretch of text.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Decides which rules read it: a title has no 。 to ask for.
    pub kind: PassageKind,
    /// As printed, by characters, so that spans count as the reader counts; `\n` is a forced line end.
    pub text: Vec<char>,
    /// One behind the other, over the whole text.
    pub segments: Vec<Segment>,
    /// The texts that it was put together from, by the character at which each begins.
    pub(super) said: Vec<(usize, Said)>,
    /// Length of a heading that runs in, with its number; 0 without one.
    pub lead: usize,
    /// Level of the heading that it is, or that runs in (1–4); 0 without one.
    pub level: u8,
    /// The part (level 1) and the nearest heading; empty before the first.
    pub part: String,
    /// The nearest heading above, of any level, with its number.
    pub heading: String,
}

impl Passage {
    /// A passage of typed text only.
    pub fn typed(kind: PassageKind, text: &str) -> Passage {
        let text: Vec<char> = text.chars().collect();
        let segments = vec![Segment { start: 0, end: text.len(), figure: None }];
        Passage {
            kind,
            text,
            segments,
            said: Vec::new(),
            lead: 0,
            level: 0,
            part: String::new(),
            heading: String::new(),
        }
    }

    /// The text of a stretch, in characters; what lies beyond the end is left out.
    pub fn string(&self, start: usize, end: usize) -> String {
        self.text[start.min(end)..end.min(self.text.len())].iter().collect()
    }

    /// The figure that a character belongs to.
    pub fn figure_at(&self, at: usize) -> Option<FigureId> {
        self.segments.iter().find(|s| s.start <= at && at < s.end).and_then(|s| s.figure)
    }

    /// Whether the text of a cell, such as the name of a place, begins at a character.
    pub fn begins_cell(&self, at: usize, figures: &[Figure]) -> bool {
        let own = self.segments.iter().find(|s| s.start <= at && at < s.end);
        own.is_some_and(|own| {
            let figure = own.figure.and_then(|id| figures.get(id.0 as usize));
            let before = self.string(own.start, at).len();
            figure.is_some_and(|figure| figure.begins_at(&self.string(own.start, own.end), before))
        })
    }

    /// Where the characters of a range are written, in order: the cells of figures, the
    /// template of what is typed there. An end stands for the character before it.
    pub fn places(&self, range: Range<usize>, figures: &[Figure]) -> Vec<Origin> {
        let start = range.start.min(self.text.len().saturating_sub(1));
        let range = start..range.end.max(start + 1);
        let first = self.said.partition_point(|(from, _)| *from <= range.start).saturating_sub(1);
        let mut places = Vec::new();
        for (from, said) in self.said[first..].iter().take_while(|(from, _)| *from < range.end) {
            let text = said.text();
            let byte =
                |at: usize| text.char_indices().nth(at.saturating_sub(*from)).map_or(text.len(), |(byte, _)| byte);
            let bytes = byte(range.start)..byte(range.end);
            if bytes.is_empty() {
                continue;
            }
            match said {
                Said::Typed(text) => places.extend(text.places(bytes)),
                Said::Figure(id, text) => {
                    let figure = figures.get(id.0 as usize);
                    places.extend(figure.map(|figure| figure.cell_of(text, bytes).unwrap_or(figure.template)));
                }
            }
        }
        places
    }

    /// The one place to name for a range: the first, as far as one mark goes.
    pub fn place(&self, range: Range<usize>, figures: &[Figure]) -> Option<Origin> {
        let places = self.places(range, figures);
        let (first, rest) = places.split_first()?;
        let mut whole = *first;
        for next in rest {
            match together(whole, *next) {
                Some(both) => whole = both,
                None => break,
            }
        }
        Some(whole)
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

/// Two stretches of one line with no more than markup between them.
fn together(a: Origin, b: Origin) -> Option<Origin> {
    let (Place::Text { line, column, length }, Place::Text { line: of_b, column: from, length: more }) =
        (a.place, b.place)
    else {
        return None;
    };
    let near = a.source == b.source && line == of_b && (column + length..=column + length + MARKUP).contains(&from);
    near.then(|| Origin::text(a.source, line, column, from + more - column))
}
