//! A text that knows where it is written, and what leads a place of one text to another.

use std::ops::Range;
use std::sync::Arc;

use super::{Origin, SourceId};

/// Leads the bytes of a text back to those that it was made of: from each entry on, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shifts(Vec<(u32, u32)>);

impl Shifts {
    /// The text from byte `at` on was `from` and what follows it.
    pub fn push(&mut self, at: usize, from: usize) {
        if self.lead(at) != from {
            self.0.push((at as u32, from as u32));
        }
    }

    /// The byte that a byte was.
    pub fn lead(&self, at: usize) -> usize {
        let next = self.0.partition_point(|(start, _)| *start as usize <= at);
        match next.checked_sub(1).and_then(|i| self.0.get(i)) {
            Some((start, from)) => at - *start as usize + *from as usize,
            None => at,
        }
    }

    /// A range cut where it was not in one piece.
    pub fn cut(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        let next = self.0.partition_point(|(start, _)| *start as usize <= range.start);
        let inside = self.0.get(next..).unwrap_or_default().iter().map(|(start, _)| *start as usize);
        let mut from = range.start;
        inside.take_while(move |start| *start < range.end).chain([range.end]).map(move |end| {
            let part = from..end;
            from = end;
            part
        })
    }
}

/// Bytes between two marks of [`Lines`].
const STEP: usize = 256;

/// Line and column of any byte of a text, without counting from its beginning.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Line and column, from 0, of the character that holds each byte that `STEP` divides.
    marks: Vec<(u32, u32)>,
    /// The byte at which each line begins.
    starts: Vec<u32>,
}

impl Lines {
    /// Reads through a text once; what is kept is a line and a column for each 256 bytes.
    pub fn of(text: &str) -> Lines {
        let mut lines = Lines { marks: Vec::with_capacity(text.len() / STEP + 1), starts: vec![0] };
        let (mut line, mut column) = (0, 0);
        for (at, c) in text.char_indices() {
            while lines.marks.len() * STEP < at + c.len_utf8() {
                lines.marks.push((line, column));
            }
            (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + 1) };
            if c == '\n' {
                lines.starts.push(at as u32 + 1);
            }
        }
        lines
    }

    /// Line and column, from 0, of a byte of the text that this was made of.
    fn at(&self, text: &str, byte: usize) -> (u32, u32) {
        let byte = floor(text, byte);
        let step = (byte / STEP).min(self.marks.len().saturating_sub(1));
        let Some((mut line, mut column)) = self.marks.get(step).copied() else { return (0, 0) };
        for c in text.get(floor(text, step * STEP)..byte).unwrap_or_default().chars() {
            (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + 1) };
        }
        (line, column)
    }

    /// A line, counted from 1, without its end.
    pub fn line<'t>(&self, text: &'t str, number: u32) -> Option<&'t str> {
        let number = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(number)? as usize;
        let end = self.starts.get(number + 1).map_or(text.len(), |next| *next as usize);
        text.get(start..end).filter(|line| !line.is_empty()).map(|line| line.trim_end_matches(['\n', '\r']))
    }

    /// The byte of a line and column, both from 1.
    pub fn byte(&self, text: &str, line: u32, column: u32) -> usize {
        let start = self.starts.get(line.saturating_sub(1) as usize).map_or(text.len(), |start| *start as usize);
        let before = text[start..].chars().take(column.saturating_sub(1) as usize);
        start + before.map(char::len_utf8).sum::<usize>()
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text and where it is written: a file of its own, or a part of a file, such as a scalar
/// whose quotes and escapes have been read.
#[derive(Clone, Debug)]
pub struct Script {
    /// What is read: of a scalar the text behind its quotes and escapes.
    pub text: Arc<str>,
    /// The file that places name.
    pub source: SourceId,
    /// The file as it is shown, with its lines.
    file: Arc<(Arc<str>, Lines)>,
    shifts: Shifts,
}

impl Script {
    /// A text that is the whole of its source.
    pub fn whole(text: impl Into<Arc<str>>, source: SourceId) -> Script {
        let text = text.into();
        let file = Arc::new((text.clone(), Lines::of(&text)));
        Script { text, source, file, shifts: Shifts::default() }
    }

    /// A text that was read from a part of this one.
    pub fn part(&self, text: impl Into<Arc<str>>, shifts: Shifts) -> Script {
        Script { text: text.into(), shifts, ..self.clone() }
    }

    /// The byte of the file at a line and column, both from 1.
    pub fn byte(&self, line: u32, column: u32) -> usize {
        self.file.1.byte(&self.file.0, line, column)
    }

    /// A byte range cut where the text is not as it stands in the file, and at the ends of lines.
    pub fn cut(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
        self.shifts.cut(range).flat_map(|part| {
            let mut from = part.start;
            self.text.get(part).unwrap_or_default().split_inclusive('\n').map(move |line| {
                let own = from..from + line.trim_end_matches('\n').len();
                from += line.len();
                own
            })
        })
    }

    /// The place of a byte range of the text: its first line.
    pub fn place(&self, range: Range<usize>) -> Origin {
        let (text, lines) = &*self.file;
        let start = floor(text, self.shifts.lead(range.start));
        let end = if range.end > range.start { self.shifts.lead(range.end - 1) + 1 } else { start };
        let (line, column) = lines.at(text, start);
        let mut end = end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let length = text[start..end].lines().next().unwrap_or("").chars().count().max(1) as u32;
        Origin::text(self.source, line + 1, column + 1, length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Place;

    proptest! {
        #[test]
        fn lines_are_those_that_counting_finds(text in "[甲aé\\n\u{1F600}]{0,600}", at in 0..2000usize) {
            let script = Script::whole(&*text, SourceId(0));
            let at = floor(&text, at);
            let before = &text[..at];
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
            let Place::Text { line: l, column: c, .. } = script.place(at..at).place else { unreachable!() };
            prop_assert_eq!((l, c), (line, column));
            prop_assert_eq!(script.byte(line, column), at);
        }
    }

    #[test]
    fn a_part_lies_where_it_was_read() {
        let mut shifts = Shifts::default();
        // `a: "甲\n乙"`: a quote before it, an escape of two bytes in it.
        shifts.push(0, 4);
        shifts.push(3, 7);
        shifts.push(4, 9);
        let script = Script::whole("a: \"甲\\n乙\"", SourceId(0)).part("甲\n乙", shifts);
        assert_eq!(script.place(0..3), Origin::text(SourceId(0), 1, 5, 1));
        assert_eq!(script.place(4..7), Origin::text(SourceId(0), 1, 8, 1));
    }
}
