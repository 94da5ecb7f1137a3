//! Characters of 上标 and 下标: m³, SO₂.

/// Where a small character stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raise {
    /// 上标, m³.
    Up,
    /// 下标, SO₂.
    Down,
}

/// A character of 上标 or 下标 as the one that it is a small form of.
fn small_form(c: char) -> Option<(char, Raise)> {
    let code = c as u32;
    let digit = |from: u32| char::from_digit(code - from, 10);
    let mark = |from: u32| ['+', '−', '=', '(', ')'].get((code - from) as usize).copied();
    let (plain, raise) = match c {
        '\u{B9}' => (Some('1'), Raise::Up),
        '\u{B2}' | '\u{B3}' => (digit(0xB0), Raise::Up),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => (digit(0x2070), Raise::Up),
        '\u{207A}'..='\u{207E}' => (mark(0x207A), Raise::Up),
        '\u{207F}' => (Some('n'), Raise::Up),
        '\u{2080}'..='\u{2089}' => (digit(0x2080), Raise::Down),
        '\u{208A}'..='\u{208E}' => (mark(0x208A), Raise::Down),
        _ => return None,
    };
    plain.map(|plain| (plain, raise))
}

/// Whether every Latin font has a small form as a character of its own: it is set as it is, on the line.
pub fn is_small_letter(c: char) -> bool {
    matches!(c, '\u{B9}' | '\u{B2}' | '\u{B3}' | '\u{207F}')
}

/// A small form that few fonts have, as the character that it is set as and where.
pub fn raised(c: char) -> Option<(char, Raise)> {
    small_form(c).filter(|_| !is_small_letter(c))
}

/// The character that is set: of a small one what it is a small form of.
pub fn plain(c: char) -> char {
    raised(c).map_or(c, |(plain, _)| plain)
}

/// The small form of a character, where there is one.
pub fn small(plain: char, raise: Raise) -> Option<char> {
    let all = ['\u{B9}', '\u{B2}', '\u{B3}'].into_iter().chain('\u{2070}'..='\u{208E}');
    all.into_iter().find(|&c| small_form(c) == Some((plain, raise)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_forms_both_ways() {
        let row: String = "SO₂、PM₂.₅、m³、10⁻⁶".chars().map(plain).collect();
        assert_eq!(row, "SO2、PM2.5、m³、10−6");
        for c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎".chars() {
            let (plain, raise) = small_form(c).unwrap();
            assert_eq!(small(plain, raise), Some(c));
        }
        assert_eq!(small('-', Raise::Up), None);
    }
}
