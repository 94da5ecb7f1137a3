//! Printed text that knows where it is written.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::diagnostic::Origin;
use crate::template::Stretch;

/// A run of printed text with its places. What the program itself writes has none.
#[derive(Clone, PartialEq)]
pub struct Text {
    text: Arc<str>,
    /// By the byte at which each begins.
    written: Option<Arc<[Stretch]>>,
}

impl Text {
    /// A text of which these stretches are known, in order.
    pub fn new(text: impl Into<Arc<str>>, stretches: Vec<Stretch>) -> Text {
        Text { text: text.into(), written: (!stretches.is_empty()).then(|| stretches.into()) }
    }

    /// The stretches whose place is known, in order; none of what the program itself writes.
    pub fn known(&self) -> &[Stretch] {
        self.written.as_deref().unwrap_or_default()
    }

    /// The stretches of a byte range, as those of a text that has it from byte `at` on.
    pub fn stretches(&self, range: Range<usize>, at: usize, out: &mut Vec<Stretch>) {
        let range = range.start..range.end.max(range.start + 1);
        let known = self.known();
        // The last one that begins before the range may reach into it.
        let first = known.partition_point(|s| s.at as usize <= range.start).saturating_sub(1);
        for (i, stretch) in known.iter().enumerate().skip(first) {
            let begin = stretch.at as usize;
            if begin >= range.end {
                break;
            }
            let next = known.get(i + 1).map_or(self.text.len(), |next| next.at as usize);
            let (start, end) = (begin.max(range.start), next.min(range.end).min(self.text.len()));
            let chars = |range: Range<usize>| self.text.get(range).unwrap_or_default().chars().count() as u32;
            let mut origin = stretch.origin;
            if stretch.exact {
                let (skip, length) = (chars(begin..start), chars(start..end));
                let left = stretch.origin.length().saturating_sub(skip);
                if left == 0 {
                    continue;
                }
                origin = origin.part(skip, length.clamp(1, left));
            } else if start >= end {
                continue;
            }
            out.push(Stretch { at: (at + start - range.start) as u32, origin, ..*stretch });
        }
    }

    /// Where a byte range of the text is written: a place for each stretch of it, in order.
    pub fn places(&self, range: Range<usize>) -> impl Iterator<Item = Origin> + use<> {
        let mut found = Vec::new();
        self.stretches(range, 0, &mut found);
        found.into_iter().map(|stretch| stretch.origin)
    }

    /// The text from a byte on.
    pub fn from_byte(&self, byte: usize) -> Text {
        self.part(byte..self.text.len())
    }

    /// A part of the text; empty where there is none.
    pub fn part(&self, range: Range<usize>) -> Text {
        let mut stretches = Vec::new();
        let part = self.text.get(range.clone()).unwrap_or_default();
        if !part.is_empty() {
            self.stretches(range, 0, &mut stretches);
        }
        Text::new(part, stretches)
    }

    /// This text and another behind it.
    pub fn and(&self, more: &Text) -> Text {
        let moved = |s: &Stretch| Stretch { at: s.at + self.text.len() as u32, ..*s };
        let stretches = self.known().iter().copied().chain(more.known().iter().map(moved)).collect();
        Text::new(format!("{}{}", self.text, more.text), stretches)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

/// What the program writes.
impl<T: Into<Arc<str>>> From<T> for Text {
    fn from(text: T) -> Text {
        Text { text: text.into(), written: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    fn place(column: u32, length: u32) -> Origin {
        Origin::text(SourceId(0), 1, column, length)
    }

    fn text() -> Text {
        // `甲\*乙` and, after a blank of the program, a piece that a filter has changed.
        let stretch = |at, origin, exact| Stretch { at, origin, exact };
        let known = vec![stretch(0, place(1, 1), true), stretch(3, place(3, 2), true), stretch(8, place(9, 5), false)];
        Text::new("甲*乙 丙丁", known)
    }

    #[test]
    fn ranges_lead_to_their_places() {
        let at = |range| text().places(range).collect::<Vec<_>>();
        assert_eq!(at(0..3), [place(1, 1)]);
        assert_eq!(at(0..7), [place(1, 1), place(3, 2)]);
        assert_eq!(at(4..7), [place(4, 1)]);
        assert_eq!(at(7..8), []);
        assert_eq!(at(11..14), [place(9, 5)]);
        // An end is the place of what stands there.
        assert_eq!(at(3..3), [place(3, 1)]);
    }

    #[test]
    fn parts_keep_their_places() {
        let rest = text().from_byte(4);
        assert_eq!(&*rest, "乙 丙丁");
        assert_eq!(rest.places(0..3).collect::<Vec<_>>(), [place(4, 1)]);
        assert_eq!(rest.places(4..7).collect::<Vec<_>>(), [place(9, 5)]);
        let both = text().and(&text());
        assert_eq!(both.places(text().len()..text().len() + 3).collect::<Vec<_>>(), [place(1, 1)]);
    }
}
