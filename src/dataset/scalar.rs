//! What a piece of text means: strictly as in YAML, or with the slips of a spreadsheet.

use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use super::calendar::{date, date_of_serial, impossible};
use super::value::{Number, Value};
use crate::quantity::unit;
pub use crate::vocabulary::none::is_absent;
pub use crate::vocabulary::text::trim;
pub use crate::vocabulary::years::year;

/// Most significant digits of what is taken for a number; more is a code.
pub const MAX_DIGITS: usize = 15;

/// Characters that no document can hold, and those that turn the direction of a line.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Text without these characters and with one kind of line break, and how many there were;
/// `None` when it is so already.
pub fn cleaned(text: &str) -> Option<(String, usize)> {
    if !text.contains('\r') && !text.chars().any(is_forbidden) {
        return None;
    }
    let forbidden = text.chars().filter(|&c| is_forbidden(c)).count();
    let kept = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|&c| !is_forbidden(c)).collect();
    Some((kept, forbidden))
}

/// A number in its one plain spelling: no leading zeros, no `+`, at most 15 digits.
/// `007`, `1e5`, `.5` and account numbers are none.
pub fn plain_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (integer, decimals) = match digits.split_once('.') {
        Some((integer, decimals)) if !decimals.is_empty() => (integer, decimals),
        Some(_) => return None,
        None => (digits, ""),
    };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if integer.is_empty() || !all_digits(integer) || !all_digits(decimals) {
        return None;
    }
    if integer.len() > 1 && integer.starts_with('0') {
        return None;
    }
    let significant = format!("{integer}{decimals}").trim_start_matches('0').len();
    if significant > MAX_DIGITS || decimals.len() > 28 {
        return None;
    }
    Decimal::from_str(text).ok()
}

/// The meaning of a scalar as written: plain numbers, percentages, dates, none; all else
/// is text.
pub fn strict(text: &str) -> Value {
    let text = trim(text);
    if text.is_empty() {
        return Value::Missing;
    }
    if is_absent(text) {
        return Value::Absent;
    }
    if let Some(decimal) = plain_number(text) {
        return Value::Number(Number::plain(decimal));
    }
    if let Some(decimal) = text.strip_suffix(['%', '％']).and_then(plain_number) {
        return Value::Number(Number::percent(decimal / Decimal::ONE_HUNDRED));
    }
    if let Some(decimal) = text.strip_suffix('‰').and_then(plain_number) {
        return Value::Number(Number::per_mille(decimal / Decimal::ONE_THOUSAND));
    }
    if let Some(date) = date(text) {
        return Value::Date(date);
    }
    Value::Text(text.into())
}

/// What had to be guessed to read a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guess {
    /// Full-width digits or marks.
    FullWidth,
    /// Thousands separators.
    Separators,
    /// Blanks between digits.
    Blanks,
    /// A unit behind the number.
    Unit,
}

/// A number read from the text of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Lenient {
    /// A percentage is its ratio: 0.783 for `78.3%`.
    pub number: Number,
    /// The number in half-width characters, without the unit.
    pub shown: String,
    /// What stands behind the digits (`31.86万元`), without % and ‰.
    pub unit: Option<Arc<str>>,
    /// ￥ stands before it.
    pub money: bool,
    /// What had to be forgiven, each once; `--strict` refuses them.
    pub guesses: Vec<Guess>,
}

/// A number with the slips that people make in cells: full-width digits, separators,
/// blanks, a unit or % behind. `None` when it is no number whatever is forgiven.
pub fn lenient_number(text: &str) -> Option<Lenient> {
    let trimmed = trim(text);
    // The cheap way for what is plain, and for what surely is no number.
    let first = trimmed.chars().next()?;
    if !(first.is_ascii_digit() || matches!(first, '-' | '０'..='９' | '－' | '−' | '¥' | '￥')) || trimmed.len() > 80
    {
        return None;
    }
    let mut guesses = Vec::new();
    let mut half = String::with_capacity(trimmed.len());
    for c in trimmed.chars() {
        half.push(match c {
            '\u{FF01}'..='\u{FF5E}' => {
                if matches!(c, '０'..='９' | '．' | '，' | '－') && !guesses.contains(&Guess::FullWidth) {
                    guesses.push(Guess::FullWidth);
                }
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            }
            '−' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        });
    }
    let money = is_money(&half);
    let half = half.trim_start_matches(['¥', '\u{FFE5}', ' ']);
    let end = half
        .char_indices()
        .find(|&(i, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ') || (i == 0 && c == '-')))
        .map_or(half.len(), |(i, _)| i);
    let (digits, rest) = (half[..end].trim_end(), half[end..].trim());
    let mut clean = digits.to_string();
    if clean.contains(' ') {
        let groups_of_three = clean.split(' ').skip(1).all(|g| g.split('.').next().is_some_and(|g| g.len() == 3));
        if !groups_of_three {
            return None;
        }
        clean.retain(|c| c != ' ');
        guesses.push(Guess::Blanks);
    }
    let digits = clean.clone();
    if clean.contains(',') {
        clean = without_separators(&clean)?;
        guesses.push(Guess::Separators);
    }
    let decimal = plain_number(&clean)?;
    let (number, unit) = match rest {
        "" => (Number::plain(decimal), None),
        "%" => (Number::percent(decimal / Decimal::ONE_HUNDRED), None),
        word => {
            let bare = word.strip_prefix('(').and_then(|w| w.strip_suffix(')')).unwrap_or(word).trim();
            if !unit::is_unit(bare) {
                return None;
            }
            guesses.push(Guess::Unit);
            (Number::plain(decimal), Some(Arc::from(bare)))
        }
    };
    let shown = if number.is_share() { format!("{digits}%") } else { digits };
    Some(Lenient { number, shown, unit, money, guesses })
}

/// True for what begins with the sign of money.
pub fn is_money(text: &str) -> bool {
    trim(text).starts_with(['¥', '\u{FFE5}'])
}

/// `1,234.5` → `1234.5`; commas anywhere else make it no number.
fn without_separators(text: &str) -> Option<String> {
    let (sign, body) = match text.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", text),
    };
    let (integer, decimals) = body.split_once('.').map_or((body, None), |(i, d)| (i, Some(d)));
    let groups: Vec<&str> = integer.split(',').collect();
    let fits = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3);
    if !fits || decimals.is_some_and(|d| d.contains(',')) {
        return None;
    }
    let decimals = decimals.map(|d| format!(".{d}")).unwrap_or_default();
    Some(format!("{sign}{}{decimals}", groups.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        lenient_number(text).map(|l| {
            let unit = l.unit.as_deref().unwrap_or("").to_string();
            format!("{}{}{unit}", l.number.decimal.normalize(), if l.number.is_share() { "p" } else { "" })
        })
    }

    #[test]
    fn plain_scalars() {
        assert!(matches!(strict("31.86"), Value::Number(_)));
        assert!(matches!(strict("-5"), Value::Number(_)));
        for code in
            ["000001", "007", "1_000", "1e5", "no", "off", "12:30", ".5", "5.", "+5", "1234567890123456", "2026年底"]
        {
            assert!(matches!(strict(code), Value::Text(_)), "{code}");
        }
        assert!(matches!(strict("123456789012345"), Value::Number(_)));
        assert_eq!(strict("—"), Value::Absent);
        assert_eq!(strict(" 　"), Value::Missing);
        assert!(matches!(strict("78.3%"), Value::Number(n) if n.is_share()));
    }

    #[test]
    fn numbers_with_slips() {
        assert_eq!(number("１，２３４．５").as_deref(), Some("1234.5"));
        assert_eq!(number("1,234.50").as_deref(), Some("1234.5"));
        assert_eq!(number("1 234").as_deref(), Some("1234"));
        assert_eq!(number("31.86万元").as_deref(), Some("31.86万元"));
        assert_eq!(number("78.3 %").as_deref(), Some("0.783p"));
        assert_eq!(number("¥ 12.5").as_deref(), Some("12.5"));
        assert_eq!(number(" 36 ").as_deref(), Some("36"));
        for text in ["1,23", "12,34,567", "三十", "3号楼", "0012", "1 23", "", "-", "1.2.3", "12,345,6"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
