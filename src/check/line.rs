//! A passage as language rules read it: with what is quoted or a title set aside, and the
//! small questions that all rules ask.

use crate::document::{Passage, PassageKind};
use crate::vocabulary::{measures, numeral};

/// Stands for each character that is masked.
pub const MASK: char = '\u{E010}';

/// What one rule found in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// In characters of the passage.
    pub start: usize,
    pub end: usize,
    pub message: String,
    pub help: String,
    /// It may well be right: told as 提示, whatever the level of its rule.
    pub doubtful: bool,
}

/// A passage with its mask.
pub struct Line<'a> {
    pub kind: PassageKind,
    /// The text as printed.
    pub raw: &'a [char],
    /// The same with quotations, titles and addresses masked.
    pub open: Vec<char>,
    /// With only addresses and codes masked: marks are marks inside quotations as well.
    pub words: Vec<char>,
    pub lead: usize,
    /// Which characters occur, by their low bits: a word with one that does not is nowhere.
    present: Box<[bool; PRESENT]>,
}

/// Size of the table of characters that occur.
const PRESENT: usize = 2048;

impl<'a> Line<'a> {
    pub fn new(passage: &'a Passage) -> Self {
        let raw = &passage.text[..];
        let mut words = raw.to_vec();
        mask_codes(raw, &mut words);
        let mut present = Box::new([false; PRESENT]);
        raw.iter().for_each(|c| present[*c as usize % PRESENT] = true);
        Line { kind: passage.kind, raw, open: mask(raw), words, lead: passage.lead, present }
    }

    pub fn text(&self, start: usize, end: usize) -> String {
        self.raw[start.min(end)..end.min(self.raw.len())].iter().collect()
    }

    /// A few characters around a place, for messages.
    pub fn around(&self, start: usize, end: usize) -> String {
        self.text(start.saturating_sub(3), end + 3).replace('\n', "")
    }

    pub fn prose(&self) -> bool {
        matches!(self.kind, PassageKind::Body | PassageKind::Item)
    }

    pub fn hit(&self, hits: &mut Vec<Hit>, (start, end): (usize, usize), message: &str, help: &str) {
        let message = message.replace("{}", &self.text(start, end)).replace("{…}", &self.around(start, end));
        hits.push(Hit { start, end, message, help: help.replace("{}", &self.text(start, end)), doubtful: false });
    }

    /// Places where one of the words stands outside quotations.
    pub fn find<'w>(&self, words: &[&'w str]) -> Vec<(usize, usize, &'w str)> {
        let mut found = Vec::new();
        let words: Vec<(char, &'w str)> =
            words.iter().filter(|w| self.may_hold(w)).filter_map(|w| Some((w.chars().next()?, *w))).collect();
        if words.is_empty() {
            return found;
        }
        for (i, c) in self.open.iter().enumerate() {
            let here = words.iter().filter(|(first, w)| first == c && starts(&self.open, i, w));
            if let Some((_, word)) = here.max_by_key(|(_, w)| w.len()) {
                found.push((i, i + word.chars().count(), *word));
            }
        }
        found
    }

    /// False when a character of the word occurs nowhere in the line.
    pub fn may_hold(&self, word: &str) -> bool {
        word.chars().all(|c| self.present[c as usize % PRESENT])
    }

    /// Stretches of the open text between sentence ends 。！？.
    pub fn sentences(&self) -> Vec<(usize, usize)> {
        self.cut(&['。', '！', '？', '\n'])
    }

    /// Stretches between any marks that end a clause.
    pub fn clauses(&self) -> Vec<(usize, usize)> {
        self.cut(&['。', '！', '？', '；', '，', '：', '\n'])
    }

    fn cut(&self, marks: &[char]) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        let mut from = 0;
        for (i, c) in self.open.iter().enumerate() {
            if marks.contains(c) {
                out.push((from, i));
                from = i + 1;
            }
        }
        out.push((from, self.open.len()));
        out.retain(|(a, b)| b > a);
        out
    }
}

/// Masks “…”, 《…》 and words of Latin letters with their digits (addresses, codes). The
/// marks themselves stay.
fn mask(raw: &[char]) -> Vec<char> {
    let mut out = raw.to_vec();
    for (open, close) in [('“', '”'), ('《', '》'), ('‘', '’'), ('〔', '〕')] {
        let (mut depth, mut from) = (0usize, 0);
        for (i, c) in raw.iter().enumerate() {
            if *c == open {
                if depth == 0 {
                    from = i + 1;
                }
                depth += 1;
            } else if *c == close && depth > 0 {
                depth -= 1;
                if depth == 0 {
                    out[from..i].fill(MASK);
                }
            }
        }
    }
    mask_codes(raw, &mut out);
    out
}

fn mask_codes(raw: &[char], out: &mut [char]) {
    let mut i = 0;
    while i < raw.len() {
        if raw[i].is_ascii_alphabetic() {
            let start = i;
            let part = |c: char| c.is_ascii_alphanumeric() || "/:.-_@?=&#%+ ".contains(c);
            while i < raw.len() && part(raw[i]) {
                i += 1;
            }
            // Marks and blanks at the end belong to the sentence.
            while i > start + 1 && !raw[i - 1].is_ascii_alphanumeric() {
                i -= 1;
            }
            out[start..i].fill(MASK);
        } else {
            i += 1;
        }
    }
}

pub fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// 1 to 9 in Chinese.
pub fn unit_digit(c: char) -> Option<u32> {
    numeral::digit(c).filter(|digit| *digit > 0)
}

pub fn at(s: &[char], i: usize) -> char {
    s.get(i).copied().unwrap_or('\0')
}

pub fn before(s: &[char], i: usize) -> char {
    i.checked_sub(1).map_or('\0', |i| at(s, i))
}

pub fn starts(s: &[char], i: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(k, c)| at(s, i + k) == c)
}

pub fn ends(s: &[char], end: usize, word: &str) -> bool {
    let length = word.chars().count();
    end >= length && starts(s, end - length, word)
}

/// True at the start of a passage, sentence or item.
pub fn opens(s: &[char], i: usize) -> bool {
    i == 0 || matches!(s[i - 1], '。' | '；' | '！' | '？' | '：' | '\n')
}

/// The end of a number that starts here: digits with groups and decimals.
pub fn number_end(s: &[char], i: usize) -> usize {
    let mut end = i;
    while at(s, end).is_ascii_digit()
        || (end > i
            && matches!(at(s, end), '.' | ',')
            && at(s, end + 1).is_ascii_digit()
            && s[end - 1].is_ascii_digit())
    {
        end += 1;
    }
    end
}

/// Numbers of a stretch: start, end, value.
pub fn numbers(s: &[char], from: usize, to: usize) -> Vec<(usize, usize, f64)> {
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        let end = if at(s, i).is_ascii_digit() { number_end(s, i).min(to) } else { i };
        if end == i {
            i += 1;
            continue;
        }
        let text: String = s[i..end].iter().filter(|c| **c != ',').collect();
        if let Ok(value) = text.parse() {
            out.push((i, end, value));
        }
        i = end;
    }
    out
}

/// Decimals of a number in the text.
pub fn decimals(s: &[char], start: usize, end: usize) -> i32 {
    s[start..end].iter().rposition(|c| *c == '.').map_or(0, |p| (end - start - p - 1) as i32)
}

/// The measure word that stands here.
pub fn measure(s: &[char], i: usize) -> Option<&'static str> {
    measures::behind_a_count(|word| starts(s, i, word))
}
