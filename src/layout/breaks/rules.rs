//! Where a line may begin: by Word, by LibreOffice, and where this project begins one.

use super::super::script::{is_east_asian, is_western};
use super::cell::Cell;

/// 避头 of Word's zh-CN lists.
const WORD_NEVER_FIRST: &str =
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠";
/// 避尾 of Word's zh-CN lists.
const WORD_NEVER_LAST: &str = "$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥";
/// What LibreOffice's list is not sure to keep off the beginning of a line.
const OFFICE_DOUBTFUL: &str = "%>¨°…‰′″›℃∶〃＂％＇］｀｜—～";

/// Whether Word may begin a line with character `i`: Western text breaks at blanks and hyphens only.
pub fn word(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].c, cells[i].c);
    if is_glued(a, b) {
        return false;
    }
    if a == ' ' {
        return !WORD_NEVER_FIRST.contains(b);
    }
    if is_latin(a) && is_latin(b) {
        return a == '-';
    }
    !(WORD_NEVER_FIRST.contains(b) || WORD_NEVER_LAST.contains(a) || is_pair(a, b))
}

/// The same where Word takes a sign such as × or ± for a Chinese character, which depends on the
/// face that it is set in.
pub fn word_at_most(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].c, cells[i].c);
    word(cells, i) || ((is_sign(a) || is_sign(b)) && !is_glued(a, b) && !never_first(b) && !never_last(a))
}

/// Whether LibreOffice may begin a line with character `i`. Before Western text it goes by other rules
/// and ends no line behind a closing mark; —— may be cut in two.
pub fn office_at_most(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].c, cells[i].c);
    if is_glued(a, b) {
        return false;
    }
    if a == ' ' {
        return !never_first(b);
    }
    // Greek and Cyrillic letters are Latin to it.
    if a < '\u{590}' && b < '\u{590}' {
        return (matches!(a, '-' | '/' | '?' | '!' | '|') && b.is_alphabetic()) || (a == '%' && !b.is_alphanumeric());
    }
    let closed = "，。、）》〉」』】〕〗”’".contains(a) && is_western(b);
    let quoted = is_western(a) && is_quote(b);
    !((never_first(b) && !OFFICE_DOUBTFUL.contains(b)) || never_last(a) || closed || quoted)
}

/// The same whatever character fits no more, since that decides by which rules it goes: not between
/// two marks where one is a quotation mark, nor between a digit and an opening mark or a sign of measures.
fn office(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].c, cells[i].c);
    let signs = (is_western(a) && a != ' ' && is_sign(b)) || (is_sign(a) && is_western(b));
    let opened = is_western(a) && a != ' ' && never_last(b);
    let marks = (is_quote(a) && (never_last(b) || b == '—')) || (is_quote(b) && (never_first(a) || a == '—'));
    office_at_most(cells, i) && !(signs || opened || marks || is_hyphen(b) || never_first(b) || is_pair(a, b))
}

/// Whether every reader may begin a line with character `i`.
pub fn shared(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].c, cells[i].c);
    let western = is_western(a) && is_western(b) && a != ' ';
    word(cells, i) && office(cells, i) && (!western || b.is_alphabetic())
}

/// How readers come to begin a line with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// Whatever fits no more.
    Anyhow,
    /// If that character itself is the first that fits no more: then LibreOffice goes by Chinese rules.
    Overflowing,
    /// The same if LibreOffice is told that the text around this character is set by Chinese rules.
    Told(usize),
    /// One of them does not.
    Never,
}

/// How readers come to begin a line with character `i`. LibreOffice goes by the language of what fits no more; where
/// that is a mark, of the letter or digit before it.
pub fn begins(cells: &[Cell], i: usize) -> Begins {
    let (a, b) = (cells[i - 1].c, cells[i].c);
    if !word(cells, i) || never_first(b) || never_last(a) || is_hyphen(b) {
        return Begins::Never;
    }
    if office(cells, i) {
        return Begins::Anyhow;
    }
    let place = cells[..=i].iter().rposition(|cell| cell.c.is_alphanumeric());
    match place {
        Some(place) if is_western(cells[place].c) => Begins::Told(place),
        Some(place) if is_east_asian(cells[place].c) => Begins::Overflowing,
        _ => Begins::Never,
    }
}

fn is_glued(a: char, b: char) -> bool {
    b == ' ' || b == '\n' || is_joiner(a) || is_joiner(b)
}

/// A sign such as ± ≥ ∶ μ ×, which is neither Western nor Chinese.
fn is_sign(c: char) -> bool {
    !is_western(c) && !is_east_asian(c) && !matches!(c, '\u{2010}'..='\u{2027}' | '·')
}

/// What LibreOffice begins no line with.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '/' | '|' | '–')
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

/// —— and …… are one mark.
fn is_pair(a: char, b: char) -> bool {
    a == b && matches!(a, '—' | '…')
}

/// 避头 (GB/T 15834 5.1; the union of what Word and LibreOffice keep).
pub fn never_first(c: char) -> bool {
    WORD_NEVER_FIRST.contains(c)
}

/// 避尾.
pub fn never_last(c: char) -> bool {
    WORD_NEVER_LAST.contains(c) || c == '#'
}

/// A punctuation mark, which does not count when a last line is judged.
pub fn is_mark(c: char) -> bool {
    never_first(c) || never_last(c) || matches!(c, '—' | ' ' | '\n')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{2060}' | '\u{FEFF}' | '\u{A0}')
}

/// Latin by its code, with the signs that Word may take for Latin.
fn is_latin(c: char) -> bool {
    c < '\u{250}'
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇')
        || ('\u{20000}'..='\u{3134F}').contains(&c)
}
