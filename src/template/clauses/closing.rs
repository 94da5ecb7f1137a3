//! Punctuation around what is gone: no “，。”, no empty brackets, and the last of a list gets the
//! 。 that the one behind it had. What stands nowhere near a gap is left as it is written.

use super::lines::{begins_block, is_prefix, stands_alone, thin};
use super::signs::{GAP, LED_GAP, NO_MARK, SEAM};
use crate::figures::Figure;
use crate::template::remade::Remade;
use crate::template::tokens::{TOKEN_CLOSE, TOKEN_OPEN};

const PAIRS: [(char, char); 9] = [
    ('（', '）'),
    ('《', '》'),
    ('“', '”'),
    ('‘', '’'),
    ('〔', '〕'),
    ('「', '」'),
    ('【', '】'),
    ('［', '］'),
    ('(', ')'),
];

/// How much a mark ends: 、 the least, 。 the most.
fn weight(c: char) -> Option<u8> {
    Some(match c {
        '、' => 1,
        '，' | ',' => 2,
        '；' | ';' => 3,
        '：' => 4,
        '。' | '！' | '？' => 5,
        _ => return None,
    })
}

fn ends(c: char) -> bool {
    weight(c) == Some(5)
}

/// Whether a character is punctuation or one of the private marks of gaps.
pub fn is_mark(c: char) -> bool {
    weight(c).is_some()
        || PAIRS.iter().any(|(open, close)| c == *open || c == *close)
        || matches!(c, GAP | LED_GAP | NO_MARK | SEAM)
}

fn stronger(a: char, b: Option<char>) -> char {
    b.filter(|b| weight(*b) > weight(a)).unwrap_or(a)
}

/// What is known of a text that is gone: the mark that it began and that it ended with.
#[derive(Clone, Copy, Debug)]
pub struct Gone {
    led: bool,
    carry: Option<char>,
}

impl Gone {
    pub fn of(text: &str) -> Gone {
        // Of a gap at the end, what it ended with stands behind it.
        let said = |c: &char| !c.is_whitespace() && !matches!(*c, '*' | SEAM | NO_MARK | GAP | LED_GAP);
        let mark = |c: Option<char>| c.filter(|c| weight(*c).is_some());
        Gone { led: mark(text.chars().find(said)).is_some(), carry: mark(text.chars().rev().find(said)) }
    }

    pub fn write(self, text: &mut String) {
        text.push(if self.led { LED_GAP } else { GAP });
        text.push(self.carry.unwrap_or(NO_MARK));
    }

    fn read(rest: &str) -> Option<(Gone, &str)> {
        let mut chars = rest.chars();
        let led = match chars.next()? {
            GAP => false,
            LED_GAP => true,
            _ => return None,
        };
        let carry = chars.next().filter(|c| *c != NO_MARK);
        Some((Gone { led, carry }, chars.as_str()))
    }

    /// Two gaps beside each other as one.
    fn and(self, next: Gone) -> Gone {
        let heavier = next.carry.and_then(weight) > self.carry.and_then(weight);
        Gone {
            led: if heavier { next.led || self.led } else { self.led },
            carry: if heavier { next.carry } else { self.carry },
        }
    }
}

/// Closes the punctuation at every gap; a [`SEAM`] stays in its place.
pub fn close(text: &str, figures: &[Figure]) -> Remade {
    let mut closing = Closing { out: Remade::default(), starts: vec![0], text, rest: text, fence: None, figures };
    while let Some(at) = closing.rest.find([GAP, LED_GAP]) {
        closing.take(at);
        let Some((mut gone, rest)) = Gone::read(closing.rest) else { break };
        closing.rest = rest;
        while let Some((next, rest)) = closing.next_gap() {
            (gone, closing.rest) = (gone.and(next), rest);
        }
        if closing.fence.is_none() {
            closing.join_seams();
            closing.gap(gone);
        }
        closing.out.push_new(SEAM);
    }
    closing.take(closing.rest.len());
    closing.out
}

/// What stands before or behind a gap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// The beginning or the end of a paragraph, an item, a cell.
    Edge,
    /// A figure that ends its sentence itself.
    Ended,
    /// A character and the byte where it stands.
    Char(char, usize),
}

struct Closing<'t> {
    out: Remade,
    /// Where the lines of `out` begin.
    starts: Vec<usize>,
    text: &'t str,
    /// What of it is still to come.
    rest: &'t str,
    figures: &'t [Figure],
    /// The mark of the fenced block that `out` ends in.
    fence: Option<&'static str>,
}

impl<'t> Closing<'t> {
    /// The byte of the whole text at which what is still to come begins.
    fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// Takes over what comes next.
    fn take(&mut self, length: usize) {
        let mut at = self.at();
        let (next, rest) = self.rest.split_at(length);
        self.rest = rest;
        for piece in next.split_inclusive('\n') {
            self.out.push(piece, at);
            at += piece.len();
            if piece.ends_with('\n') {
                let line = self.line().trim_start();
                self.fence = match self.fence {
                    Some(mark) if line.starts_with(mark) => None,
                    None => ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark)),
                    fence => fence,
                };
                self.starts.push(self.out.text().len());
            }
        }
    }

    fn truncate(&mut self, end: usize) {
        self.out.truncate(end);
        while self.starts.len() > 1 && self.starts.last().is_some_and(|start| *start > end) {
            self.starts.pop();
        }
    }

    /// The last line so far.
    fn line(&self) -> &str {
        self.starts.last().and_then(|start| self.out.text().get(*start..)).unwrap_or_default()
    }

    /// The gap that follows, with nothing but blanks or one end of a line between.
    fn next_gap(&self) -> Option<(Gone, &'t str)> {
        let after = self.rest.trim_start_matches(thin);
        let after = match after.strip_prefix('\n') {
            Some(next) if !stands_alone(self.line()) => next.trim_start_matches(thin),
            Some(_) => return None,
            None => after,
        };
        Gone::read(after)
    }

    /// Seams that nothing stands between are one.
    fn join_seams(&mut self) {
        loop {
            let trimmed = self.out.text().trim_end_matches(thin);
            if trimmed.ends_with(SEAM) {
                let end = trimmed.len() - SEAM.len_utf8();
                self.truncate(end);
                continue;
            }
            // Lines that hold a seam alone will be dropped.
            let lines = trimmed.trim_end_matches('\n');
            let alone = lines.ends_with(SEAM) && lines.len() < trimmed.len();
            let start = lines.rfind('\n').map_or(0, |at| at + 1);
            if !alone || lines.len() - start != SEAM.len_utf8() {
                return;
            }
            self.truncate(start);
        }
    }

    fn left(&self) -> Beside {
        let out = self.out.text();
        let mut end = out.len();
        loop {
            let Some(c) = out[..end].chars().next_back() else { return Beside::Edge };
            let at = end - c.len_utf8();
            match c {
                '\n' => {
                    let line = self.starts.partition_point(|start| *start <= at) - 1;
                    let text = &out[self.starts[line]..at];
                    // A line of which all is gone will be dropped.
                    if text.chars().all(thin) || stands_alone(text) {
                        return Beside::Edge;
                    }
                }
                c if thin(c) || matches!(c, '*' | SEAM) => {}
                '|' if stands_alone(self.line()) => return Beside::Edge,
                TOKEN_CLOSE if self.is_ended(at) => return Beside::Ended,
                c => {
                    let line = self.starts[self.starts.partition_point(|start| *start <= at) - 1];
                    let prefix = end - line < 24 && is_prefix(&out[line..end]);
                    return if prefix { Beside::Edge } else { Beside::Char(c, at) };
                }
            }
            end = at;
        }
    }

    /// Whether the figure whose token ends here ends its sentence itself.
    fn is_ended(&self, close: usize) -> bool {
        let out = self.out.text();
        let number = out[..close]
            .rfind(TOKEN_OPEN)
            .and_then(|open| out[open + TOKEN_OPEN.len_utf8()..close].parse::<usize>().ok());
        let figure = number.and_then(|number| self.figures.get(number));
        figure.is_some_and(|figure| figure.text.trim_end().ends_with(ends))
    }

    fn right(&self) -> Beside {
        for (at, c) in self.rest.char_indices() {
            match c {
                '\n' => {
                    let next = &self.rest[at + 1..];
                    let blank = next.trim_start_matches(thin).starts_with('\n') || next.trim_matches(thin).is_empty();
                    if blank || stands_alone(self.line()) || begins_block(next.lines().next().unwrap_or_default()) {
                        return Beside::Edge;
                    }
                }
                c if thin(c) || c == '*' => {}
                '|' if stands_alone(self.line()) => return Beside::Edge,
                c => return Beside::Char(c, at),
            }
        }
        Beside::Edge
    }

    /// Takes the character on the right away.
    fn drop_right(&mut self, at: usize, c: char) {
        self.take(at);
        self.rest = &self.rest[c.len_utf8()..];
    }

    /// Takes a mark on the left away, or puts another in its place.
    fn drop_left(&mut self, at: usize, with: Option<char>) {
        let length = self.out.text().len();
        self.out.replace(at, with);
        for start in self.starts.iter_mut().rev().take_while(|start| **start > at) {
            *start = *start + self.out.text().len() - length;
        }
    }

    fn gap(&mut self, gone: Gone) {
        let mut carry = gone.carry;
        loop {
            if self.out.text().ends_with("**") && self.rest.starts_with("**") {
                self.truncate(self.out.text().len() - 2);
                self.rest = &self.rest[2..];
                continue;
            }
            let (left, right) = (self.left(), self.right());
            let pair = |open: char| PAIRS.iter().find(|(o, _)| *o == open).map(|(_, close)| *close);
            match (left, right) {
                (Beside::Edge, Beside::Char(r, at)) if weight(r).is_some() => self.drop_right(at, r),
                (Beside::Ended, Beside::Char(r, at)) if weight(r).is_some() => self.drop_right(at, r),
                (Beside::Ended, _) => return,
                (Beside::Edge, _) => {
                    if right == Beside::Edge
                        && let Some(mark) = carry.filter(|c| ends(*c))
                    {
                        self.end_before(mark);
                    }
                    return;
                }
                (Beside::Char(l, at), _) if pair(l).is_some() => match right {
                    Beside::Char(r, there) if pair(l) == Some(r) => {
                        self.drop_right(there, r);
                        self.drop_left(at, None);
                        carry = None;
                    }
                    Beside::Char(r, there) if weight(r).is_some() => self.drop_right(there, r),
                    _ => return,
                },
                (Beside::Char(l, at), _) if weight(l).is_some() => {
                    if !self.behind_mark((l, at), right, &mut carry) {
                        return;
                    }
                }
                (Beside::Char(..), _) => return self.behind_text(right, carry.filter(|c| gone.led || ends(*c))),
            }
        }
    }

    /// A mark stands before the gap; whether there is more to do.
    fn behind_mark(&mut self, (l, at): (char, usize), right: Beside, carry: &mut Option<char>) -> bool {
        match right {
            Beside::Char(r, there) if weight(r).is_some() => {
                if weight(r) > weight(l) {
                    self.drop_left(at, None);
                    *carry = carry.filter(|c| weight(*c) > weight(r));
                } else {
                    self.drop_right(there, r);
                }
                return true;
            }
            Beside::Char(r, _) if PAIRS.iter().any(|(_, close)| *close == r) => {
                *carry = None;
                if !ends(l) {
                    self.drop_left(at, None);
                    return true;
                }
            }
            Beside::Char(..) if l != '：' => self.drop_left(at, Some(stronger(l, *carry))),
            Beside::Edge if carry.is_some() => self.drop_left(at, Some(stronger(l, *carry))),
            Beside::Edge if !ends(l) && l != '：' => self.drop_left(at, None),
            _ => {}
        }
        false
    }

    /// Text stands before the gap: what is gone may have ended it.
    fn behind_text(&mut self, right: Beside, carry: Option<char>) {
        let Some(mark) = carry else { return };
        match right {
            Beside::Char(r, at) if weight(r).is_some() => {
                if weight(mark) > weight(r) {
                    self.drop_right(at, r);
                    self.out.push_for(mark, r, self.at() - r.len_utf8());
                }
            }
            Beside::Char(r, _) if PAIRS.iter().any(|(_, close)| *close == r) && !ends(mark) => {}
            _ => self.out.push_new(mark),
        }
    }

    /// A paragraph or an item is gone that ended a list: the one before it ends the list now.
    fn end_before(&mut self, mark: char) {
        let out = self.out.text();
        let from = out.len().saturating_sub(4096);
        let from = (from..).find(|at| out.is_char_boundary(*at)).unwrap_or(0);
        let mut end = out.len();
        while end > from {
            let line = self.starts[self.starts.partition_point(|start| *start < end).max(1) - 1].max(from);
            let text = &out[line..end];
            let bare = text.trim_end_matches(|c: char| c.is_whitespace() || c == SEAM);
            if !bare.is_empty() && !is_prefix(bare) {
                let last = bare.chars().next_back().filter(|c| matches!(c, '；' | '，' | '、') && !stands_alone(bare));
                if let Some(c) = last {
                    self.drop_left(line + bare.len() - c.len_utf8(), Some(mark));
                }
                return;
            }
            end = line.saturating_sub(1);
        }
    }
}
