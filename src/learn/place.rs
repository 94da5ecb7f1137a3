//! Where a figure stands: its own words, its clause, its sentence, its time.

use super::scan::{Token, What};
use super::words::Around;

/// A text in which figures are looked for, with what stands around it.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The words.
    pub text: String,
    /// The headings that it stands under.
    pub above: String,
    /// In a table: what its row and its column are called.
    pub row: String,
    /// In a table: the header above.
    pub column: String,
    /// It is a cell of a table.
    pub cell: bool,
    /// Which: table, row and column, each from 0.
    pub grid: Option<(usize, usize, usize)>,
}

/// A figure's surroundings.
pub struct Place<'t> {
    pub around: Around,
    /// The words of its own, before and behind.
    pub lead: &'t str,
    pub behind: &'t str,
    /// From the last mark that ends a clause to the figure.
    pub clause: &'t str,
    /// The same since the last ；.
    pub part: &'t str,
    /// The sentence up to the figure.
    pub before: &'t str,
    /// The whole sentence.
    pub sentence: &'t str,
    /// Years from the report's that the words tell; `None`: they tell none.
    pub time: Option<i16>,
}

const ENDS: [char; 4] = ['。', '！', '？', '\n'];
const CLAUSES: [char; 8] = ['。', '！', '？', '\n', '；', '，', '：', ';'];
const MARKS: [char; 14] = ['。', '！', '？', '\n', '；', '，', '：', '、', '（', '）', '“', '”', '(', ')'];
const LAST: [&str; 4] = ["上年", "去年", "上一年", "上年度"];

/// The sentence around a byte.
pub fn sentence(text: &str, start: usize, end: usize) -> (usize, usize) {
    let from = text[..start].rfind(ENDS).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let to = text[end..]
        .find(ENDS)
        .map_or(text.len(), |at| end + at + text[end + at..].chars().next().map_or(1, char::len_utf8));
    (from, to)
}

fn behind_last(text: &str, marks: &[char]) -> usize {
    text.rfind(marks).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
}

impl<'t> Place<'t> {
    /// Of the figure with this number among those of its text.
    pub fn of(text: &'t Text, tokens: &[Token], at: usize, year: i16) -> Place<'t> {
        let token = &tokens[at];
        let all = text.text.as_str();
        let (from, to) = sentence(all, token.start, token.end);
        let floor = at.checked_sub(1).map_or(0, |before| behind(all, &tokens[before])).max(from).min(token.start);
        let lead = &all[floor..token.start];
        let lead = &lead[behind_last(lead, &MARKS)..];
        let tail = &all[behind(all, token).min(to)..to];
        let stop = tokens.get(at + 1).map_or(to, |next| next.start.clamp(to - tail.len(), to));
        let tail = &tail[..stop - (to - tail.len())];
        let tail = &tail[..tail.find(MARKS).unwrap_or(tail.len())];
        let before = &all[from..token.start];
        let clause = &before[behind_last(before, &CLAUSES)..];
        let part = &before[behind_last(before, &['；', ';'])..];
        let sentence = &all[from..to];
        // Of what stands behind only the noun.
        let noun: &str = tail.char_indices().nth(6).map_or(tail, |(at, _)| &tail[..at]);
        let zones = [
            (lead, 1.0),
            (noun, 0.85),
            (text.row.as_str(), 1.0),
            (text.column.as_str(), 1.0),
            (clause, 0.85),
            (before, 0.6),
            (&all[token.end.min(to)..to], 0.3),
            (text.above.as_str(), 0.45),
            (all, 0.35),
        ];
        let around = Around::of(zones);
        let column = if text.cell { text.column.as_str() } else { "" };
        let time = time(&[lead, column, clause, opening(before)], year, &token.what);
        Place { around, lead, behind: tail, clause, part, before, sentence, time }
    }
}

/// The byte behind a figure and its unit.
fn behind(text: &str, token: &Token) -> usize {
    let unit = token.digits.1 + token.unit.len();
    unit.max(token.end).min(text.len())
}

/// What a sentence begins with, where it is an adverb of time: 2024年，
fn opening(before: &str) -> &str {
    let first = before.split(['，', '：']).next().unwrap_or_default();
    if first.chars().count() <= 8 && before.len() > first.len() { first } else { "" }
}

/// The time that words tell, the nearest first.
fn time(texts: &[&str], year: i16, what: &What) -> Option<i16> {
    for text in texts {
        let last = LAST.iter().filter_map(|word| text.rfind(word)).max();
        // 比上年, 较上年 before a change say what it is compared with.
        let compared = matches!(what, What::Change(_) | What::Level(_));
        if let Some(at) = last.filter(|_| !compared) {
            let right_before = LAST.iter().any(|word| text.trim_end().ends_with(word));
            let same = !text[..at].ends_with(['比', '较']) || text.trim_end().ends_with('的') || right_before;
            if same {
                return Some(-1);
            }
        }
        if let Some(found) = named_year(text) {
            return Some(found - year);
        }
        if ["今年", "本年", "全年", "目前", "截至"].iter().any(|word| text.contains(word)) {
            return Some(0);
        }
    }
    None
}

/// The last year that a text names.
fn named_year(text: &str) -> Option<i16> {
    let at = text.rfind('年')?;
    let digits = text.get(at.checked_sub(4)?..at)?;
    digits.parse().ok().filter(|year| (1900..2200).contains(year)).or_else(|| named_year(&text[..at]))
}
