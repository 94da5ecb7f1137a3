//! The marks in the text of a template: `[[`, `||`, `]]`, also typed ［［ ｜｜ ］］ or 【【 】】; `[[+` for
//! figures that must not be zero. A backslash before a mark makes it text.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Open {
        nonzero: bool,
    },
    Else {
        nonzero: bool,
    },
    Close,
    /// A backslash before a full-width mark, which Markdown would print.
    Escape,
}

/// A mark and the text that it takes: of a line of its own, the whole line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub mark: Mark,
    pub range: Range<usize>,
    /// The mark alone.
    pub sign: Range<usize>,
}

const OPEN: [&str; 3] = ["[[", "［［", "【【"];
const CLOSE: [&str; 3] = ["]]", "］］", "】】"];
const ELSE: [&str; 2] = ["||", "｜｜"];

/// Fenced blocks of a template: what is in them is data.
pub struct Fences(Vec<Range<usize>>);

impl Fences {
    pub fn of(source: &str) -> Fences {
        let (mut fences, mut open, mut at) = (Vec::new(), None, 0);
        for line in source.split_inclusive('\n') {
            let start = line.trim_start_matches([' ', '\t', '\u{3000}']);
            open = match open {
                None => ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark)).map(|mark| (mark, at)),
                Some((mark, from)) if start.starts_with(mark) => {
                    fences.push(from..at + line.len());
                    None
                }
                still => still,
            };
            at += line.len();
        }
        fences.extend(open.map(|(_, from)| from..source.len()));
        Fences(fences)
    }

    /// Where the fenced block ends that a byte is in.
    fn end_of(&self, at: usize) -> Option<usize> {
        let next = self.0.partition_point(|fence| fence.end <= at);
        self.0.get(next).filter(|fence| fence.start <= at).map(|fence| fence.end)
    }
}

/// The marks in a part of a template's text.
pub fn marks(source: &str, part: Range<usize>, fences: &Fences) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = part.start;
    while at < part.end {
        if let Some(end) = fences.end_of(at) {
            at = end;
            continue;
        }
        let rest = &source[at..part.end];
        let Some(c) = rest.chars().next() else { break };
        if c == '\\' {
            let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
            if let Some(sign) = OPEN.iter().chain(&CLOSE).chain(&ELSE).find(|sign| rest[1..].starts_with(*sign)) {
                if !sign.is_ascii() {
                    found.push(Found { mark: Mark::Escape, range: at..at + 1, sign: at..at + 1 });
                }
                at += 1 + sign.len();
            } else {
                at += 1 + escaped;
            }
            continue;
        }
        match sign(rest) {
            Some((mark, length)) => {
                let sign = at..at + length;
                found.push(Found { mark, range: whole_line(source, &sign, &part), sign });
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

fn sign(rest: &str) -> Option<(Mark, usize)> {
    let begins = |signs: &[&str]| signs.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len());
    let strict = |length: usize| match rest[length..].chars().next() {
        Some(plus @ ('+' | '＋')) => (true, length + plus.len_utf8()),
        _ => (false, length),
    };
    if let Some(length) = begins(&OPEN) {
        let (nonzero, length) = strict(length);
        return Some((Mark::Open { nonzero }, length));
    }
    if let Some(length) = begins(&ELSE) {
        let (nonzero, length) = strict(length);
        return Some((Mark::Else { nonzero }, length));
    }
    begins(&CLOSE).map(|length| (Mark::Close, length))
}

/// A mark on a line of its own leaves no empty line.
fn whole_line(source: &str, sign: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{3000}');
    let before = source[..sign.start].trim_end_matches(blank);
    let after = source[sign.end..].trim_start_matches(blank);
    let alone = (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'));
    if !alone {
        return sign.clone();
    }
    let end = source.len() - after.len() + usize::from(!after.is_empty());
    before.len().max(part.start)..end.min(part.end)
}

/// Text that follows a figure, without the marks that stand before it.
pub fn without_marks(text: &str) -> &str {
    let mut rest = text;
    while let Some(sign) = CLOSE.iter().find(|sign| rest.starts_with(**sign)) {
        rest = &rest[sign.len()..];
    }
    rest
}
