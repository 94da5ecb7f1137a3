//! What a cell shows: number formats of workbooks, applied exactly.

mod code;
mod dates;
mod digits;
#[cfg(test)]
mod tests;

use code::{parse_section, split_sections};
use rust_decimal::{Decimal, RoundingStrategy};

use super::date::Epoch;

/// A compiled number format.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberFormat {
    sections: Vec<Section>,
    pub kind: FormatKind,
}

/// What values of a format are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatKind {
    /// No format: shown as the number is.
    General,
    Number,
    Percent,
    Date,
    /// A time of day or a duration without a day.
    Time,
    /// `@`: text even if it looks like a number.
    Text,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Section {
    parts: Vec<Part>,
    /// Digits of the integer part that are always shown.
    min_integer: usize,
    /// Decimals always shown, and decimals at most.
    min_decimals: usize,
    max_decimals: usize,
    thousands: bool,
    /// Division by 1000 for each trailing comma.
    scale: u32,
    percents: u32,
    exponent: bool,
    general: bool,
    dates: bool,
    /// `[DBNum1]`: days and times in Chinese numerals.
    han: bool,
    /// The digits of the number, with the text between them.
    pattern: Vec<Slot>,
    fraction: Option<Denominator>,
    condition: Option<Condition>,
}

/// A place of the number's pattern.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Literal(String),
}

/// What stands under the line of `# ?/?`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Denominator {
    /// Any number of so many digits.
    Digits(usize),
    Fixed(u32),
}

/// `[>=10000]` before a section.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Condition {
    less: bool,
    equal: bool,
    greater: bool,
    limit: f64,
}

impl Condition {
    fn parse(inside: &str) -> Option<Self> {
        let number = inside.trim_start_matches(['<', '>', '=']);
        let mark = &inside[..inside.len() - number.len()];
        let limit = number.trim().parse().ok()?;
        let (less, equal, greater) = match mark {
            "<" => (true, false, false),
            "<=" => (true, true, false),
            ">" => (false, false, true),
            ">=" => (false, true, true),
            "=" => (false, true, false),
            "<>" => (true, false, true),
            _ => return None,
        };
        Some(Condition { less, equal, greater, limit })
    }

    fn holds(&self, value: f64) -> bool {
        self.less && value < self.limit || self.equal && value == self.limit || self.greater && value > self.limit
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Literal(String),
    /// The whole number stands here.
    Number,
    /// Everything after `E`: kept simple, the digits are shown as `E+00`.
    Year(usize),
    Month(usize),
    Day(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// `[h]`, `[m]`, `[s]`: all hours, minutes or seconds of a duration.
    Elapsed(char),
    /// 上午/下午, AM/PM
    Half,
    /// Weekday (`aaa`, `aaaa`).
    Weekday(usize),
    /// The text itself (`@`).
    Text,
}

impl NumberFormat {
    /// Format of cells that have none.
    pub fn general() -> Self {
        NumberFormat { sections: Vec::new(), kind: FormatKind::General }
    }

    /// Compiles the code of a format, such as `0.0"万元"` or `yyyy"年"m"月"`.
    pub fn parse(code: &str) -> Self {
        if code.trim().is_empty() || code.trim().eq_ignore_ascii_case("general") || code.trim() == "G/通用格式" {
            return Self::general();
        }
        let sections: Vec<Section> = split_sections(code).iter().map(|s| parse_section(s)).collect();
        let first = &sections[0];
        let has = |wanted: fn(&Part) -> bool| first.parts.iter().any(wanted);
        let kind =
            if first.dates && has(|p| matches!(p, Part::Year(_) | Part::Month(_) | Part::Day(_) | Part::Weekday(_))) {
                FormatKind::Date
            } else if first.dates {
                FormatKind::Time
            } else if first.percents > 0 {
                FormatKind::Percent
            } else if first.general && sections.len() == 1 && first.parts.len() == 1 {
                FormatKind::General
            } else if has(|p| matches!(p, Part::Number)) || first.general {
                FormatKind::Number
            } else if has(|p| matches!(p, Part::Text)) {
                FormatKind::Text
            } else {
                FormatKind::Number
            };
        NumberFormat { sections, kind }
    }

    /// One of the formats that workbooks know by number only (in their Chinese form).
    pub fn built_in(id: u32) -> Self {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5 | 6 => "\"¥\"#,##0",
            7 | 8 => "\"¥\"#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 | 30 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 | 32 => "h:mm",
            21 | 33 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 54 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 51 | 53 | 58 => "m\"月\"d\"日\"",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            34 | 55 => "h\"时\"mm\"分\"",
            35 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
            37 | 38 | 41 => "#,##0",
            39 | 40 | 43 => "#,##0.00",
            42 => "\"¥\"#,##0",
            44 => "\"¥\"#,##0.00",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "0.0E+0",
            49 => "@",
            _ => return Self::general(),
        };
        Self::parse(code)
    }

    /// What a cell with this number shows.
    pub fn show(&self, value: f64, epoch: Epoch) -> String {
        let Some(exact) = decimal(value) else { return format!("{value}") };
        if self.sections.is_empty() {
            return general(exact);
        }
        let section = self.section(value);
        if section.dates {
            return match section.show_date(value, epoch) {
                Some(text) => text,
                None => general(exact),
            };
        }
        // A section of its own for negative numbers brings its own sign.
        let magnitude = exact.abs();
        let conditional = self.sections.iter().any(|s| s.condition.is_some());
        let own_sign = self.sections.len() >= 2 && value < 0.0 && !conditional;
        section.show_number(magnitude, exact.is_sign_negative() && !own_sign)
    }

    /// What the shown number is smaller by than the stored one (`0.0,"千元"` shows thousands).
    pub fn divisor(&self, value: f64) -> Decimal {
        if self.sections.is_empty() { Decimal::ONE } else { self.section(value).divisor() }
    }

    /// The section that holds for a value; there is at least one.
    fn section(&self, value: f64) -> &Section {
        if self.sections.iter().any(|s| s.condition.is_some()) {
            let fits = |s: &&Section| s.condition.is_none_or(|c| c.holds(value));
            return self.sections.iter().find(fits).unwrap_or(&self.sections[0]);
        }
        match self.sections.len() {
            1 => &self.sections[0],
            _ if value < 0.0 => &self.sections[1],
            n if n >= 3 && value == 0.0 => &self.sections[2],
            _ => &self.sections[0],
        }
    }
}

/// The decimal that a binary number of a workbook stands for: 15 significant digits, as
/// the spreadsheet itself shows it. `None` when it is out of range.
pub fn decimal(value: f64) -> Option<Decimal> {
    if value == 0.0 {
        return Some(Decimal::ZERO);
    }
    if !value.is_finite() {
        return None;
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return Some(Decimal::from(value as i64));
    }
    // Most have few decimals. A quotient of whole numbers below 10^15 that gives the very same
    // binary number is the one decimal of 15 digits that it stands for.
    for (scale, power) in [10.0, 1e2, 1e3, 1e4, 1e5, 1e6].into_iter().enumerate() {
        let whole = (value * power).round();
        if whole.abs() < 1e15 && whole / power == value {
            return Some(Decimal::new(whole as i64, scale as u32 + 1));
        }
    }
    of_digits(value)
}

/// By way of its 15 digits.
fn of_digits(value: f64) -> Option<Decimal> {
    let text = format!("{value:.14e}");
    let (digits, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let mantissa: i64 = digits.replace('.', "").parse().ok()?;
    let scale = 14 - exponent;
    let mut result = Decimal::from(mantissa);
    if scale > 28 {
        // Smaller than any figure of a report; what is left rounds to zero.
        return (scale < 60).then_some(Decimal::ZERO);
    }
    if scale >= 0 {
        result.set_scale(scale as u32).ok()?;
    } else {
        for _ in 0..-scale {
            result = result.checked_mul(Decimal::TEN)?;
        }
    }
    Some(result.normalize())
}

/// A number without a format: at most ten digits where there are decimals, as a wide
/// cell shows it.
pub fn general(exact: Decimal) -> String {
    if exact.mantissa().unsigned_abs() < 10_000_000_000 && exact.scale() < 10 {
        return plain(exact.normalize());
    }
    rounded(exact)
}

fn rounded(exact: Decimal) -> String {
    let integer_digits = exact.trunc().abs().to_string().len();
    let decimals = 10usize.saturating_sub(integer_digits).min(28);
    plain(round(exact, decimals).normalize())
}

fn round(value: Decimal, decimals: usize) -> Decimal {
    value.round_dp_with_strategy(decimals.min(28) as u32, RoundingStrategy::MidpointAwayFromZero)
}

fn plain(value: Decimal) -> String {
    if value.is_zero() { "0".to_string() } else { value.to_string() }
}

impl Section {
    fn show_number(&self, magnitude: Decimal, negative: bool) -> String {
        let mut number = magnitude;
        for _ in 0..self.percents {
            number = number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number);
        }
        for _ in 0..self.scale {
            number /= Decimal::ONE_THOUSAND;
        }
        let digits = if self.general {
            general(number)
        } else if self.exponent {
            let text = format!("{:.*e}", self.max_decimals, f64::try_from(number).unwrap_or(0.0));
            let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |e| ('-', e));
            format!("{digits}E{sign}{exponent:0>2}")
        } else if let Some(denominator) = self.fraction {
            self.fraction(number, denominator)
        } else {
            self.digits(number)
        };
        let zero = !digits.bytes().any(|b| (b'1'..=b'9').contains(&b));
        let mut text = String::new();
        if negative && !zero {
            text.push('-');
        }
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Number | Part::Text => text.push_str(&digits),
                _ => {}
            }
        }
        text.trim().to_string()
    }
}
