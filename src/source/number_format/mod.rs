//! What a cell shows: number formats of workbooks, applied exactly.

mod code;

use code::{parse_section, split_sections};
use rust_decimal::{Decimal, RoundingStrategy};

use super::date::{Epoch, Moment, moment};

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
            12 | 13 => "0.00",
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
        let section = match self.sections.len() {
            1 => &self.sections[0],
            _ if value < 0.0 => &self.sections[1],
            n if n >= 3 && exact.is_zero() => &self.sections[2],
            _ => &self.sections[0],
        };
        if section.dates {
            return match section.show_date(value, epoch) {
                Some(text) => text,
                None => general(exact),
            };
        }
        // A section of its own for negative numbers brings its own sign.
        let magnitude = exact.abs();
        let own_sign = self.sections.len() >= 2 && value < 0.0;
        section.show_number(magnitude, exact.is_sign_negative() && !own_sign)
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
            format!("{:.*e}", self.max_decimals, f64::try_from(number).unwrap_or(0.0)).to_uppercase()
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

    fn digits(&self, number: Decimal) -> String {
        let rounded = round(number, self.max_decimals);
        let text = format!("{:.*}", self.max_decimals, rounded);
        let (integer, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut integer = integer.trim_start_matches('0').to_string();
        while integer.len() < self.min_integer {
            integer.insert(0, '0');
        }
        if self.thousands {
            let bare = integer;
            integer = String::new();
            for (i, c) in bare.chars().enumerate() {
                if i > 0 && (bare.len() - i).is_multiple_of(3) {
                    integer.push(',');
                }
                integer.push(c);
            }
        }
        let mut decimals = decimals.to_string();
        while decimals.len() > self.min_decimals && decimals.ends_with('0') {
            decimals.pop();
        }
        match (integer.is_empty(), decimals.is_empty()) {
            (true, true) => "0".to_string(),
            (_, true) => integer,
            // `#.00` shows .50; nobody means that.
            (true, false) => format!("0.{decimals}"),
            (false, false) => format!("{integer}.{decimals}"),
        }
    }

    fn show_date(&self, serial: f64, epoch: Epoch) -> Option<String> {
        if serial < 0.0 || !serial.is_finite() {
            return None;
        }
        let needs_day =
            self.parts.iter().any(|p| matches!(p, Part::Year(_) | Part::Month(_) | Part::Day(_) | Part::Weekday(_)));
        let day = moment(serial, epoch);
        if needs_day && day.is_none() {
            return None;
        }
        let seconds_of_day = ((serial - serial.floor()) * 86_400.0).round() as u64 % 86_400;
        let total_seconds = (serial * 86_400.0).round() as u64;
        let half_day = self.parts.iter().any(|p| matches!(p, Part::Half));
        let date = day.map(|m: Moment| m.date);
        let mut text = String::new();
        for part in &self.parts {
            let padded = |n: u64, width: usize| if width >= 2 { format!("{n:02}") } else { n.to_string() };
            let piece = match part {
                Part::Literal(literal) => literal.clone(),
                Part::Year(width) => {
                    let year = date?.year;
                    if *width <= 2 { format!("{:02}", year % 100) } else { year.to_string() }
                }
                Part::Month(width) => match (*width, date?.month as u64) {
                    (3.., month) => format!("{month}月"),
                    (width, month) => padded(month, width),
                },
                Part::Day(width) => padded(date?.day? as u64, *width),
                Part::Weekday(width) => {
                    let d = date?;
                    let day = jiff::civil::Date::new(d.year, d.month, d.day?).ok()?;
                    let name =
                        ["日", "一", "二", "三", "四", "五", "六"][day.weekday().to_sunday_zero_offset() as usize % 7];
                    if *width >= 4 { format!("星期{name}") } else { name.to_string() }
                }
                Part::Hour(width) => {
                    let hour = seconds_of_day / 3600;
                    padded(if half_day { (hour + 11) % 12 + 1 } else { hour }, *width)
                }
                Part::Minute(width) => padded(seconds_of_day / 60 % 60, *width),
                Part::Second(width) => padded(seconds_of_day % 60, *width),
                Part::Elapsed('h') => (total_seconds / 3600).to_string(),
                Part::Elapsed('m') => (total_seconds / 60).to_string(),
                Part::Elapsed(_) => total_seconds.to_string(),
                Part::Half => if seconds_of_day < 43_200 { "上午" } else { "下午" }.to_string(),
                Part::Number | Part::Text => String::new(),
            };
            text.push_str(&piece);
        }
        Some(text.trim().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, value: f64) -> String {
        NumberFormat::parse(code).show(value, Epoch::From1900)
    }

    #[test]
    fn numbers_as_cells_show_them() {
        assert_eq!(show("0.0%", 0.783), "78.3%");
        assert_eq!(show("0%", 0.785), "79%");
        assert_eq!(show("0.0\"万元\"", 31.86), "31.9万元");
        assert_eq!(show("#,##0.00", 1234567.891), "1,234,567.89");
        assert_eq!(show("#,##0", 999.5), "1,000");
        assert_eq!(show("000000", 1.0), "000001");
        assert_eq!(show("0.00", 1.1), "1.10");
        assert_eq!(show("0.##", 1.5), "1.5");
        assert_eq!(show("0.##", 2.0), "2");
        assert_eq!(show("#,##0,", 1234567.0), "1,235");
        assert_eq!(show("0_ ;[Red]\\-0\\ ", -36.0), "-36");
        assert_eq!(show("#,##0.00;(#,##0.00)", -12.5), "(12.50)");
        assert_eq!(show("0;-0;\"—\"", 0.0), "—");
        assert_eq!(show("[$¥-804]#,##0.00", 5.0), "¥5.00");
        assert_eq!(show("General\"人\"", 36.0), "36人");
        assert_eq!(show("0.00E+00", 12345.0), "1.23E4");
        assert_eq!(show("0.0", -0.04), "0.0");
    }

    #[test]
    fn numbers_without_a_format() {
        let g = |v| NumberFormat::general().show(v, Epoch::From1900);
        assert_eq!(g(0.1 + 0.2), "0.3");
        assert_eq!(g(31.86), "31.86");
        assert_eq!(g(36.0), "36");
        assert_eq!(g(1.0 / 3.0), "0.333333333");
        assert_eq!(g(123456789012.0), "123456789012");
        assert_eq!(g(-0.0), "0");
        assert_eq!(decimal(1e300), None);
        assert_eq!(decimal(1e-40), Some(Decimal::ZERO));
        assert_eq!(decimal(0.1 + 0.2).map(|d| d.to_string()).as_deref(), Some("0.3"));
    }

    #[test]
    fn dates_as_cells_show_them() {
        assert_eq!(show("yyyy\"年\"m\"月\"d\"日\"", 46295.0), "2026年9月30日");
        assert_eq!(show("yyyy-mm-dd", 46295.0), "2026-09-30");
        assert_eq!(show("[$-804]yyyy\"年\"m\"月\"", 46295.0), "2026年9月");
        assert_eq!(show("h:mm", 0.5), "12:00");
        assert_eq!(show("[h]:mm", 1.25), "30:00");
        assert_eq!(show("yyyy/m/d h:mm", 46295.75), "2026/9/30 18:00");
        assert_eq!(show("[$-804]aaaa", 46295.0), "星期三");
        assert_eq!(NumberFormat::parse("[h]:mm").kind, FormatKind::Time);
        assert_eq!(NumberFormat::parse("yyyy-mm").kind, FormatKind::Date);
        assert_eq!(NumberFormat::parse("0.00\"ym\"").kind, FormatKind::Number);
        assert_eq!(NumberFormat::built_in(14).show(46295.0, Epoch::From1900), "2026/9/30");
    }
}
