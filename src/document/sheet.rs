//! A rendered text as the Markdown reader gets it, and the way back from each byte of it.

use std::ops::Range;

use super::inlines::{STRONG_CLOSE, STRONG_OPEN};
use crate::diagnostic::{Origin, Shifts};
use crate::template::{RenderedText, Stretch};

/// What the Markdown reader reads.
pub struct Sheet<'t> {
    pub text: String,
    /// From its bytes to those of the rendered text.
    shifts: Shifts,
    rendered: &'t RenderedText,
}

impl<'t> Sheet<'t> {
    /// Leading blanks carry no meaning in a report (an indented line is no code), and `**`
    /// becomes marks of our own; fenced blocks stay as they are.
    pub fn new(rendered: &'t RenderedText) -> Sheet<'t> {
        let text = String::with_capacity(rendered.len());
        let mut sheet = Sheet { text, shifts: Shifts::default(), rendered };
        let mut fence: Option<&str> = None;
        let mut at = 0;
        for whole in rendered.split_inclusive('\n') {
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let trimmed = line.trim_start_matches([' ', '\t', '\u{3000}']);
            match fence {
                Some(mark) => {
                    if trimmed.starts_with(mark) {
                        fence = None;
                    }
                    sheet.push(line, at);
                }
                None => {
                    fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
                    sheet.strong(trimmed, at + line.len() - trimmed.len());
                }
            }
            sheet.text.push('\n');
            at += whole.len();
        }
        sheet
    }

    /// Adds text that stands at byte `from` of the rendered text.
    fn push(&mut self, text: &str, from: usize) {
        self.shifts.push(self.text.len(), from);
        self.text.push_str(text);
    }

    fn strong(&mut self, line: &str, from: usize) {
        let count = line.matches("**").count();
        if count < 2 || line.trim().chars().all(|c| c == '*') {
            return self.push(line, from);
        }
        let mut left = count - count % 2;
        let mut at = from;
        for (i, piece) in line.split("**").enumerate() {
            if i > 0 {
                match left {
                    0 => self.push("**", at),
                    _ => self.text.push(if i % 2 == 1 { STRONG_OPEN } else { STRONG_CLOSE }),
                }
                left = left.saturating_sub(1);
                at += 2;
            }
            self.push(piece, at);
            at += piece.len();
        }
    }

    /// The stretches of a byte range, as those of a text that has it from byte `at` on.
    pub fn stretches(&self, range: Range<usize>, at: usize, out: &mut Vec<Stretch>) {
        if range.is_empty() {
            return;
        }
        let (start, end) = (self.shifts.lead(range.start), self.shifts.lead(range.end - 1) + 1);
        self.rendered.stretches(start..end, at, out);
    }

    /// The first place of a byte range.
    pub fn place(&self, range: Range<usize>) -> Option<Origin> {
        let mut found = Vec::new();
        self.stretches(range, 0, &mut found);
        found.first().map(|stretch| stretch.origin)
    }

    /// What the reader made of a byte range, led back: byte for byte where it is the same text,
    /// else to the whole of it (`&amp;`).
    pub fn read<'s>(&'s self, read: &str, range: Range<usize>) -> impl Fn(Range<usize>, usize, &mut Vec<Stretch>) + 's {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        // `code` stands within its marks.
        let same = if raw == read { Some(0) } else { raw.starts_with('`').then(|| raw.find(read)).flatten() };
        let start = range.start + same.unwrap_or(0);
        move |part, at, out| match same {
            Some(_) => self.stretches(start + part.start..start + part.end, at, out),
            None => {
                let mut whole = Vec::new();
                self.stretches(range.clone(), at, &mut whole);
                out.extend(whole.first().map(|first| Stretch { at: at as u32, exact: false, ..*first }));
            }
        }
    }
}
