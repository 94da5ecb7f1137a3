//! The words of one paragraph as text of a template: tags as the engine reads them, all else so that
//! Markdown reads no mark in it, strong and emphasized text by its face.

use std::ops::Range;

use super::super::tokens::{is_mark, word};
use super::scan::{Kind, Part, Tag, parts_of, signs};
use super::writer::Writer;
use crate::source::docx::{Face, LINE_BREAK, Paragraph};

/// Signs of clauses.
const OPEN: [&str; 3] = ["[[", "［［", "【【"];
const CLOSE: [&str; 3] = ["]]", "］］", "】】"];
const ELSE: [&str; 2] = ["||", "｜｜"];

/// How the usual text of a file looks: what looks otherwise is emphasized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub strong: bool,
    pub emphasis: bool,
}

impl Look {
    /// What a face says of its words.
    pub fn of(face: &Face) -> Look {
        let has = |part: &str| face.east.as_deref().is_some_and(|east| east.contains(part));
        let strong = face.bold == Some(true) || has("黑") && !has("微软雅黑");
        Look { strong, emphasis: !strong && (face.italic == Some(true) || has("楷")) }
    }
}

/// Which words are written, and how.
pub struct Words<'a> {
    pub paragraph: &'a Paragraph,
    /// Where its line begins among the lines of the file.
    pub start: usize,
    /// How the usual text looks; `None`: faces say nothing here.
    pub usual: Option<Look>,
    /// Tags that stand elsewhere, by their first byte.
    pub without: &'a [usize],
}

/// Where the writing of one paragraph is.
struct Pen<'w> {
    out: &'w mut Writer,
    /// Nothing but digits stands on the line so far: a mark of a list could begin here.
    head: Head,
    look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Blank,
    Digits,
    Over,
}

impl Words<'_> {
    /// Writes a range of the paragraph's text.
    pub fn write(&self, range: Range<usize>, out: &mut Writer) {
        let text = &self.paragraph.text;
        let mut pen = Pen { out, head: Head::Blank, look: Look::default() };
        for part in parts_of(text, range) {
            match part {
                Part::Text(own) => self.text(own, &mut pen),
                Part::Tag(tag) if self.without.contains(&tag.range.start) => {}
                Part::Tag(tag) => {
                    match tag.kind {
                        Kind::Print => {
                            self.faced(tag.range.start, &mut pen);
                            pen.head = Head::Over;
                        }
                        _ => pen.plain(),
                    }
                    write_tag(text, &tag, self.start, pen.out);
                }
            }
        }
        pen.plain();
    }

    /// Text between tags.
    fn text(&self, range: Range<usize>, pen: &mut Pen) {
        let text = &self.paragraph.text;
        let mut at = range.start;
        while let Some(c) = text[at..range.end].chars().next() {
            let rest = &text[at..range.end];
            if let Some(length) = self.clause(rest, at, pen) {
                at += length;
                continue;
            }
            // A tag without an end: the engine says so, at its place.
            if let Some((sign, length)) = opener(rest) {
                pen.plain();
                pen.out.instead(sign, self.start + at);
                at += length;
                continue;
            }
            if !is_mark(c) && !word::is_one(c) {
                self.character(c, at, pen);
            }
            at += c.len_utf8();
        }
    }

    fn character(&self, c: char, at: usize, pen: &mut Pen) {
        let from = self.start + at;
        match c {
            LINE_BREAK => {
                pen.out.instead(&word::BREAK.to_string(), from);
                return;
            }
            '\t' | '\u{a0}' => return pen.out.copy(' ', from),
            c if c.is_control() => return,
            ' ' | '\u{3000}' if pen.head == Head::Blank => return,
            _ => self.faced(at, pen),
        }
        let lists = match pen.head {
            Head::Blank => matches!(c, '-' | '+' | '='),
            Head::Digits => matches!(c, '.' | ')'),
            Head::Over => false,
        };
        if lists || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '#' | '~') {
            pen.out.instead("\\", from);
        }
        pen.head = match c {
            '0'..='9' if pen.head != Head::Over => Head::Digits,
            _ => Head::Over,
        };
        pen.out.copy(c, from);
    }

    /// A sign of a clause at the beginning of a text: its bytes.
    fn clause(&self, rest: &str, at: usize, pen: &mut Pen) -> Option<usize> {
        let begins = |rest: &str, signs: &[&'static str]| signs.iter().find(|sign| rest.starts_with(**sign)).copied();
        if let Some(escaped) = rest.strip_prefix('\\') {
            let sign = begins(escaped, &OPEN).or(begins(escaped, &CLOSE)).or(begins(escaped, &ELSE))?;
            self.faced(at, pen);
            pen.head = Head::Over;
            for (i, c) in sign.char_indices() {
                if i == 0 || c.is_ascii() {
                    pen.out.instead("\\", self.start + at);
                }
                pen.out.copy(c, self.start + at + 1 + i);
            }
            return Some(1 + sign.len());
        }
        let (sign, opens) = match begins(rest, &OPEN) {
            Some(sign) => (sign, true),
            None if pen.out.clauses > 0 => (begins(rest, &CLOSE).or(begins(rest, &ELSE))?, false),
            None => (begins(rest, &CLOSE)?, false),
        };
        pen.plain();
        let mut length = sign.len();
        if opens {
            pen.out.clauses += 1;
        } else if CLOSE.contains(&sign) {
            pen.out.clauses = pen.out.clauses.saturating_sub(1);
        }
        // Right behind a mark a plus belongs to it.
        if !CLOSE.contains(&sign) && rest[length..].starts_with(['+', '＋']) {
            length += rest[length..].chars().next().map_or(0, char::len_utf8);
        }
        for (i, c) in rest[..length].char_indices() {
            pen.out.copy(c, self.start + at + i);
        }
        Some(length)
    }

    /// Opens and closes what the face of a byte says.
    fn faced(&self, at: usize, pen: &mut Pen) {
        let Some(usual) = self.usual else { return };
        let look = self.paragraph.face(at).map(Look::of).unwrap_or_default();
        let own = Look { strong: look.strong && !usual.strong, emphasis: look.emphasis && !usual.emphasis };
        if own != pen.look {
            pen.plain();
            let (sign, opened) = if own.strong { (word::STRONG[0], true) } else { (word::EMPHASIS[0], own.emphasis) };
            if opened {
                pen.out.instead(&sign.to_string(), self.start + at);
            }
            pen.look = own;
        }
    }
}

impl Pen<'_> {
    /// Closes what is strong or emphasized: a statement or a clause may leave it out.
    fn plain(&mut self) {
        let look = std::mem::take(&mut self.look);
        if look.strong {
            self.out.add(word::STRONG[1].encode_utf8(&mut [0; 4]));
        } else if look.emphasis {
            self.out.add(word::EMPHASIS[1].encode_utf8(&mut [0; 4]));
        }
    }
}

/// The sign of a tag that a text begins with, and its bytes.
fn opener(rest: &str) -> Option<(&'static str, usize)> {
    let mut signs = rest.chars();
    let (first, second) = (signs.next()?, signs.next()?);
    let sign = match (first, second) {
        ('{' | '｛', '{' | '｛') => "{{",
        ('{' | '｛', '%' | '％') => "{%",
        _ => return None,
    };
    Some((sign, first.len_utf8() + second.len_utf8()))
}

/// Writes a tag; its signs stand at their places.
pub fn write_tag(text: &str, tag: &Tag, start: usize, out: &mut Writer) {
    let (open, close) = tag.kind.signs();
    out.instead(open, start + tag.range.start);
    for (at, c) in signs(text, tag.inner.clone()) {
        out.copy(c, start + at);
    }
    out.instead(close, start + tag.inner.end);
}

/// A text of which nothing is read as a mark.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() && !matches!(c, '{' | '}')) {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
