//! Where the characters of a scalar stand in its file: quotes, escapes and folded lines are
//! read already, so the two are gone through side by side.

use crate::diagnostic::Shifts;

/// Leads the bytes of a scalar's value to those of the file; the scalar begins at byte `at`.
pub fn shifts(value: &str, file: &str, at: usize) -> Shifts {
    let mut walk = Walk { file, at, quote: None };
    walk.begin();
    let mut shifts = Shifts::default();
    for (byte, c) in value.char_indices() {
        let Some(from) = walk.step(c) else { break };
        shifts.push(byte, from);
    }
    shifts
}

struct Walk<'f> {
    file: &'f str,
    at: usize,
    quote: Option<char>,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.file.get(self.at..).unwrap_or_default()
    }

    /// Passes the quote, or the line of `|` or `>`.
    fn begin(&mut self) {
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => (self.quote, self.at) = (Some(quote), self.at + 1),
            Some('|' | '>') => {
                self.at += self.rest().find('\n').map_or(0, |end| end + 1);
                self.blank();
            }
            _ => {}
        }
    }

    fn blank(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The byte at which a character of the value is written; `None` where the two part.
    fn step(&mut self, c: char) -> Option<usize> {
        while self.quote == Some('"') && (self.rest().starts_with("\\\n") || self.rest().starts_with("\\\r")) {
            self.at += 1;
            self.blank();
        }
        let from = self.at;
        if self.quote == Some('"') && self.rest().starts_with('\\') {
            let kind = self.rest().chars().nth(1)?;
            self.at += match kind {
                'x' => 4,
                'u' => 6,
                'U' => 10,
                other => 1 + other.len_utf8(),
            };
            return Some(from);
        }
        if self.quote == Some('\'') && c == '\'' && self.rest().starts_with("''") {
            self.at += 2;
            return Some(from);
        }
        if c == '\n' && self.rest().starts_with("\r\n") {
            self.at += 2;
            return Some(from);
        }
        // A folded line end is a blank.
        if c == ' ' && self.rest().starts_with(['\n', '\r']) {
            self.blank();
            return Some(from);
        }
        if !self.rest().starts_with(c) {
            self.blank();
        }
        let from = self.at;
        self.rest().starts_with(c).then(|| self.at += c.len_utf8())?;
        Some(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;
    use crate::source::yaml::{Node, parse};

    /// What stands in the file where the word of a value is said to be.
    fn written<'f>(file: &'f str, word: &str) -> &'f str {
        let node = parse(file, SourceId(0)).unwrap();
        let node = node.get("甲").unwrap();
        let value = Node::as_str(node).unwrap();
        let crate::diagnostic::Place::Text { line, column, .. } = node.origin.place else { unreachable!() };
        let at = crate::diagnostic::Lines::of(file).byte(file, line, column);
        let shifts = shifts(value, file, at);
        let from = value.find(word).unwrap();
        &file[shifts.lead(from)..shifts.lead(from + word.len() - 1) + 1]
    }

    #[test]
    fn every_kind_of_scalar() {
        assert_eq!(written("甲: 一二三", "二三"), "二三");
        assert_eq!(written("甲: \"一\\u4e8c\\n三\\\"四\"", "四"), "四");
        assert_eq!(written("甲: '一''二'", "二"), "二");
        assert_eq!(written("甲: |\n  一\n  二三\n乙: 1", "二三"), "二三");
        assert_eq!(written("甲: >\n  一\n  二三\n乙: 1", "二三"), "二三");
        assert_eq!(written("甲: >-\r\n  一\r\n  二三\r\n乙: 1", "二三"), "二三");
        assert_eq!(written("甲: 一\n  二三\n乙: 1", "二三"), "二三");
        assert_eq!(written("甲: \"一 \\\n  二三\"", "二三"), "二三");
    }
}
