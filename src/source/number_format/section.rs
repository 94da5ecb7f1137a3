//! One section of a number format.

use super::digits::{Exponent, Pattern};
use super::fraction::Denominator;
use super::han::Numerals;
use crate::source::number::{Exact, NumberKind};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    pub(super) parts: Vec<Part>,
    pub(super) pattern: Pattern,
    /// Power of ten by which the number is smaller before its digits are shown: 3 for each
    /// trailing comma.
    pub(super) scale: u8,
    /// Each `%` shows a hundred times the number.
    pub(super) percents: u8,
    pub(super) exponent: Option<Exponent>,
    /// `General` among other things.
    pub(super) general: bool,
    pub(super) dates: bool,
    /// Names of months and days in Chinese (`[$-804]`).
    pub(super) chinese: bool,
    /// `[DBNum1]` and its like.
    pub(super) numerals: Numerals,
    pub(super) fraction: Option<Denominator>,
    pub condition: Option<Condition>,
    pub kind: NumberKind,
    /// See [`RawNumber`](crate::source::number::RawNumber).
    pub shift: u8,
    /// Shows the number without its sign.
    pub(super) unsigned: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Literal(String),
    /// The whole number stands here.
    Number,
    /// The text itself (`@`).
    Text,
    Year(usize),
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Decimals of a second.
    Fraction(usize),
    /// `[h]`, `[m]`, `[s]`: all hours, minutes or seconds of a duration, and its least width.
    Elapsed(char, usize),
    /// AM or PM, 上午 or 下午.
    Half(Half),
    /// Weekday: `ddd`, `dddd`.
    Weekday(usize),
    /// Weekday in Chinese: `aaa`, `aaaa`.
    ChineseWeekday(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Half {
    Long,
    Short,
    Chinese,
}

/// `[>=10000]` before a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    limit: Exact,
}

impl Condition {
    /// `>=10000`, `=0`, `<>0`; `None` when it is no condition (a colour).
    pub fn parse(inside: &str) -> Option<Self> {
        let number = inside.trim_start_matches(['<', '>', '=', '!']);
        let limit = Exact::parse(number.trim())?;
        let (less, equal, greater) = match &inside[..inside.len() - number.len()] {
            "<" => (true, false, false),
            "<=" => (true, true, false),
            ">" => (false, false, true),
            ">=" => (false, true, true),
            "=" => (false, true, false),
            "<>" | "!=" => (true, false, true),
            _ => return None,
        };
        Some(Condition { less, equal, greater, limit })
    }

    pub(super) fn holds(&self, value: Exact) -> bool {
        value.partial_cmp(&self.limit).is_some_and(|order| match order {
            std::cmp::Ordering::Less => self.less,
            std::cmp::Ordering::Equal => self.equal,
            std::cmp::Ordering::Greater => self.greater,
        })
    }

    /// Only negative numbers meet it.
    pub(super) fn is_negative(&self) -> bool {
        !self.greater && (self.limit.is_negative() || self.limit.is_zero() && !self.equal)
    }

    /// `[>0]`, `[>=0]`: what is left is negative.
    pub(super) fn is_rest_negative(&self) -> bool {
        self.greater && !self.less && self.limit.is_zero()
    }
}

impl Section {
    /// A section for numbers that another program shows: only its meaning is wanted.
    pub fn meaning(kind: NumberKind, shift: u8, condition: Option<Condition>, shows_number: bool) -> Self {
        let parts = if shows_number { vec![Part::Number, Part::Literal(String::new())] } else { Vec::new() };
        Section { parts, kind, shift, condition, ..Section::default() }
    }

    pub(super) fn is_text(&self) -> bool {
        self.parts.contains(&Part::Text)
    }

    /// `@` and nothing else.
    pub(super) fn is_bare_text(&self) -> bool {
        matches!(&self.parts[..], [Part::Text])
    }

    pub(super) fn is_bare_general(&self) -> bool {
        self.general
            && matches!(&self.parts[..], [Part::Number])
            && self.condition.is_none()
            && self.numerals == Numerals::Arabic
    }

    pub(super) fn shows_number(&self) -> bool {
        self.parts.contains(&Part::Number)
    }

    /// A day is part of what is shown, not only a time.
    pub(super) fn shows_day(&self) -> bool {
        self.parts.iter().any(|p| {
            matches!(p, Part::Year(_) | Part::Month(_) | Part::Day(_) | Part::Weekday(_) | Part::ChineseWeekday(_))
        })
    }

    /// Digits without anything around them that show all of the number: `0`, `0.00` for 31.86.
    pub(super) fn shows_as_is(&self, number: Exact) -> bool {
        matches!(&self.parts[..], [Part::Number])
            && self.pattern.is_plain()
            && !self.general
            && self.scale == 0
            && !(self.unsigned && number.is_negative())
            && self.exponent.is_none()
            && self.fraction.is_none()
            && self.numerals == Numerals::Arabic
            && number.has_decimals(self.pattern.min_decimals, self.pattern.max_decimals)
    }

    /// Writes what a cell with this number shows.
    pub(super) fn show_number(&self, number: Exact, out: &mut String) {
        let scaled = number.magnitude().shifted(2 * i32::from(self.percents) - i32::from(self.scale));
        let mut digits = String::with_capacity(24);
        if self.general {
            scaled.write_general(&mut digits);
        } else if let Some(exponent) = self.exponent {
            self.pattern.write_exponent(scaled, exponent, &mut digits);
        } else if let Some(denominator) = self.fraction {
            self.pattern.write_fraction(scaled, denominator, &mut digits);
        } else {
            self.pattern.write_digits(scaled, &mut digits);
        }
        let zero = !digits.bytes().any(|b| (b'1'..=b'9').contains(&b));
        if self.numerals != Numerals::Arabic {
            digits = self.numerals.of_number(&digits, self.general);
        }
        if number.is_negative() && !self.unsigned && !zero {
            out.push('-');
        }
        for part in &self.parts {
            match part {
                Part::Literal(literal) => out.push_str(literal),
                Part::Number => out.push_str(&digits),
                _ => {}
            }
        }
    }

    /// What a cell with this text shows.
    pub(super) fn show_text(&self, text: &str) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => out.push_str(literal),
                Part::Text => out.push_str(text),
                _ => {}
            }
        }
        out
    }
}
