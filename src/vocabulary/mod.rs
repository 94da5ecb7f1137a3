//! What words mean, once: names of columns and keys, years, units and measure words, Chinese
//! numerals, words of none and of totals. Text in, meaning out; nothing is known here of
//! sheets or reports. A word that an office uses otherwise is added to a table here, and
//! every reader and rule knows it.

pub(crate) mod columns;
pub(crate) mod kinds;
pub(crate) mod likeness;
pub(crate) mod measures;
pub(crate) mod none;
pub(crate) mod numeral;
pub mod report;
pub(crate) mod text;
pub(crate) mod titles;
pub(crate) mod totals;
pub(crate) mod units;
pub(crate) mod years;

/// True for a word of a list that is written with blanks between its words.
fn among(list: &'static str, word: &str) -> bool {
    words(list).any(|known| known == word)
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}
