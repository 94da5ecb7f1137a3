//! The code of a number format, taken apart.

use super::digits::{Exponent, Slot};
use super::fraction::Denominator;
use super::han::Numerals;
use super::section::{Condition, Half, Part, Section};
use crate::source::number::NumberKind;

/// Most characters of a format that are looked at; longer ones are no work of people.
const MAX_CODE: usize = 2_000;

/// Sections are separated by `;` outside quotes and brackets; there are four at most.
pub(super) fn split_sections(code: &str) -> Vec<String> {
    let mut sections = Vec::new();
    let mut current = String::new();
    let mut chars = code.chars().take(MAX_CODE);
    let (mut quoted, mut bracket) = (false, false);
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            '\\' | '!' if !quoted && !bracket => {
                current.push(c);
                current.extend(chars.next());
                continue;
            }
            ';' if !quoted && !bracket => {
                sections.push(std::mem::take(&mut current));
                if sections.len() == 4 {
                    return sections;
                }
                continue;
            }
            _ => {}
        }
        current.push(c);
    }
    sections.push(current);
    sections
}

pub(super) fn parse_section(code: &str) -> Section {
    let chars: Vec<char> = code.chars().collect();
    let mut parser = Parser { chars: &chars, at: 0, section: Section::default(), number: false, point: false };
    while let Some(&c) = chars.get(parser.at) {
        parser.step(c);
    }
    parser.finish(code)
}

struct Parser<'c> {
    chars: &'c [char],
    at: usize,
    section: Section,
    /// A place for a digit was seen, and the point.
    number: bool,
    point: bool,
}

impl Parser<'_> {
    fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).copied()
    }

    fn rest(&self, from: usize) -> &[char] {
        self.chars.get(from..).unwrap_or_default()
    }

    /// Characters from here up to one that ends them.
    fn until(&self, end: char) -> String {
        self.rest(self.at + 1).iter().take_while(|&&c| c != end).collect()
    }

    fn starts_with(&self, word: &str) -> bool {
        let mut here = self.rest(self.at).iter();
        word.chars().all(|w| here.next().is_some_and(|c| c.eq_ignore_ascii_case(&w)))
    }

    /// Reads what stands here.
    fn step(&mut self, c: char) {
        match c {
            '"' => {
                let text = self.until('"');
                self.at += text.chars().count() + 2;
                self.literal(&text);
            }
            '\\' | '!' => {
                let next = self.ahead(1);
                self.at += 2;
                if let Some(next) = next {
                    self.literal(next.encode_utf8(&mut [0; 4]));
                }
            }
            // The width of a character, or one that fills the cell.
            '_' | '*' => self.at += 2,
            '[' => self.bracket(),
            '0' | '#' | '?' => self.digit(c),
            '.' if self.is_point() => self.decimal_point(),
            '/' if self.number && !self.section.dates && self.ahead(1).is_some_and(is_below) => self.denominator(),
            ',' if self.number => self.comma(),
            '%' => {
                self.section.percents = self.section.percents.saturating_add(1);
                self.at += 1;
                self.end_literal("%");
            }
            'E' | 'e' if self.number && matches!(self.ahead(1), Some('+' | '-')) => self.exponent(),
            '@' => {
                self.section.parts.push(Part::Text);
                self.at += 1;
            }
            _ if self.starts_with("G/通用格式") => self.general("G/通用格式"),
            _ if self.starts_with("General") => self.general("General"),
            _ if self.date_letter(c) => {}
            _ => {
                self.at += 1;
                self.literal(c.encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn general(&mut self, word: &str) {
        self.section.general = true;
        self.section.parts.push(Part::Number);
        self.at += word.chars().count();
    }

    /// Text between the digits of a number (`000-0000`, `0!.0,"万"`) belongs to its pattern.
    fn literal(&mut self, text: &str) {
        let inside = self.number && !self.point && !self.section.dates && self.section.fraction.is_none();
        if inside && more_digits(self.rest(self.at)) {
            return self.section.pattern.slots.push(Slot::Literal(text.to_string()));
        }
        self.end_literal(text);
    }

    fn end_literal(&mut self, text: &str) {
        match self.section.parts.last_mut() {
            Some(Part::Literal(last)) => last.push_str(text),
            _ => self.section.parts.push(Part::Literal(text.to_string())),
        }
    }

    /// `[hh]`, `[$¥-804]`, `[DBNum1]`, `[>=10000]`; colours say nothing.
    fn bracket(&mut self) {
        let inside = self.until(']');
        self.at += inside.chars().count() + 2;
        let low = inside.to_ascii_lowercase();
        let unit = low.chars().next().filter(|c| matches!(c, 'h' | 'm' | 's') && low.chars().all(|x| x == *c));
        if let Some(unit) = unit {
            self.section.dates = true;
            self.section.parts.push(Part::Elapsed(unit, low.len()));
        } else if let Some(currency) = low.strip_prefix('$') {
            let locale = currency.rsplit_once('-').map_or("", |(_, locale)| locale);
            self.section.chinese |= matches!(locale, "804" | "404" | "c04" | "1004" | "cn" | "tw" | "hk" | "hans");
            let symbol = inside[1..].split('-').next().unwrap_or("");
            if !symbol.is_empty() {
                self.literal(symbol);
            }
        } else if let Some(code) = low.strip_prefix("dbnum") {
            self.section.numerals = Numerals::of_code(code);
        } else if let Some(condition) = Condition::parse(&inside) {
            self.section.condition = Some(condition);
        }
    }

    fn begin_number(&mut self) {
        if !self.number {
            self.section.parts.push(Part::Number);
            self.number = true;
        }
    }

    fn digit(&mut self, c: char) {
        self.at += 1;
        if self.section.dates {
            return;
        }
        self.begin_number();
        let pattern = &mut self.section.pattern;
        pattern.slots.push(Slot::Digit(c));
        if self.point {
            pattern.max_decimals += 1;
            if c == '0' {
                pattern.min_decimals = pattern.max_decimals;
            }
        } else if c == '0' || pattern.min_integer > 0 {
            pattern.min_integer += 1;
        }
    }

    fn is_point(&self) -> bool {
        !self.point && (self.number || matches!(self.ahead(1), Some('0' | '#' | '?')))
    }

    fn decimal_point(&mut self) {
        self.at += 1;
        if self.section.dates {
            let decimals = self.rest(self.at).iter().take_while(|&&c| c == '0').count();
            self.at += decimals;
            self.section.parts.push(Part::Fraction(decimals));
            return;
        }
        self.begin_number();
        self.section.pattern.slots.push(Slot::Point);
        self.point = true;
    }

    /// What stands under the line of a fraction.
    fn denominator(&mut self) {
        let below: String = self.rest(self.at + 1).iter().take_while(|&&c| is_below(c)).collect();
        self.at += 1 + below.len();
        self.section.fraction = Some(match below.parse::<u32>() {
            Ok(fixed) if fixed > 0 => Denominator::Fixed(fixed),
            _ => Denominator::Digits(below.len()),
        });
    }

    /// Between digits a comma groups them; behind them each divides by 1000.
    fn comma(&mut self) {
        self.at += 1;
        match self.rest(self.at).iter().find(|c| **c != ',') {
            Some('0' | '#' | '?') if !self.point => self.section.pattern.thousands = true,
            _ => self.section.scale = self.section.scale.saturating_add(3).min(30),
        }
    }

    fn exponent(&mut self) {
        let plus = self.ahead(1) == Some('+');
        self.at += 2;
        let digits = self.rest(self.at).iter().take_while(|c| matches!(c, '0' | '#' | '?')).count();
        self.at += digits;
        self.section.exponent = Some(Exponent { digits: digits.min(10), plus });
    }

    /// Letters of days and times; false when the letter is text.
    fn date_letter(&mut self, c: char) -> bool {
        let lower = c.to_ascii_lowercase();
        let run = self.rest(self.at).iter().take_while(|x| x.to_ascii_lowercase() == lower).count();
        let (part, width) = match lower {
            'y' => (Part::Year(run), run),
            'e' => (Part::Year(4), run),
            'm' if self.is_minute(run) => (Part::Minute(run), run),
            'm' => (Part::Month(run), run),
            'd' if run >= 3 => (Part::Weekday(run), run),
            'd' => (Part::Day(run), run),
            'h' => (Part::Hour(run), run),
            's' => (Part::Second(run), run),
            'a' if self.starts_with("AM/PM") => (Part::Half(Half::Long), 5),
            'a' if self.starts_with("A/P") => (Part::Half(Half::Short), 3),
            'a' if run >= 3 => (Part::ChineseWeekday(run), run),
            '上' if self.starts_with("上午/下午") => (Part::Half(Half::Chinese), 5),
            _ => return false,
        };
        self.section.dates = true;
        self.section.parts.push(part);
        self.at += width;
        true
    }

    /// `m` means minutes right after hours or right before seconds.
    fn is_minute(&self, run: usize) -> bool {
        let last = self.section.parts.iter().rev().find(|p| !matches!(p, Part::Literal(_)));
        if matches!(last, Some(Part::Hour(_) | Part::Elapsed('h', _))) {
            return true;
        }
        let next = self.rest(self.at + run).iter().find(|c| c.is_ascii_alphabetic());
        matches!(next, Some('s' | 'S'))
    }

    fn finish(self, code: &str) -> Section {
        let mut section = self.section;
        let low = code.to_ascii_lowercase();
        // What the system's own long date and time are in Chinese.
        if low.contains("[$-f800]") || low.contains("[$-x-sysdate]") {
            return parse_section("yyyy\"年\"m\"月\"d\"日\"");
        }
        if low.contains("[$-f400]") || low.contains("[$-x-systime]") {
            return parse_section("h:mm:ss");
        }
        let number = section.parts.iter().position(|p| *p == Part::Number);
        let behind = match number.and_then(|at| section.parts.get(at + 1)) {
            Some(Part::Literal(text)) => text.trim_start().chars().next(),
            _ => None,
        };
        let written = section.pattern.written_point() as u8;
        section.shift = section.scale + written;
        (section.kind, section.shift) = match behind {
            _ if section.percents > 0 => (NumberKind::Percent, section.shift),
            // The sign is only written: 78.3 is shown 78.3%.
            Some('%' | '％') => (NumberKind::Percent, section.shift + 2),
            Some('‰') => (NumberKind::PerMille, section.shift + 3),
            _ => (NumberKind::Plain, section.shift),
        };
        section
    }
}

fn is_below(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '?' | '#')
}

/// True when digits of the number still follow behind a piece of text.
fn more_digits(rest: &[char]) -> bool {
    let mut at = 0;
    while let Some(c) = rest.get(at) {
        match c {
            '0' | '#' | '?' => return true,
            '"' => at += rest[at + 1..].iter().take_while(|&&x| x != '"').count() + 1,
            '[' => at += rest[at..].iter().take_while(|&&x| x != ']').count(),
            '\\' | '!' | '_' | '*' => at += 1,
            'E' | 'e' | 'G' | 'g' => return false,
            _ => {}
        }
        at += 1;
    }
    false
}
