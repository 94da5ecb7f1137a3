//! A number as a workbook stores it.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::magnitude::{Magnitude, WIDEST};

/// Significant digits that a spreadsheet keeps.
const DIGITS: usize = 15;

/// `digits` × 10^`exponent`, with at most 15 digits: what a workbook stores, whatever its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    pub(super) digits: i64,
    pub(super) exponent: i32,
}

impl Exact {
    /// Nought, without a sign: what a cell that counts to nothing holds (not a blank one).
    pub const ZERO: Exact = Exact { digits: 0, exponent: 0 };

    /// The decimal of 15 digits that a binary number of a workbook stands for, as the
    /// spreadsheet itself shows it; `None` for what is no number.
    pub fn of_double(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        if value.fract() == 0.0 && value.abs() < 1e15 {
            return Some(Exact { digits: value as i64, exponent: 0 });
        }
        // Most have few decimals. A quotient of whole numbers below 10^15 that gives the very
        // same binary number is the one decimal of 15 digits that it stands for.
        for (scale, power) in [10.0, 1e2, 1e3, 1e4, 1e5, 1e6].into_iter().enumerate() {
            let whole = (value * power).round();
            if whole.abs() < 1e15 && whole / power == value {
                return Some(Exact { digits: whole as i64, exponent: -(scale as i32) - 1 });
            }
        }
        Self::of_digits(value)
    }

    /// By way of its 15 digits.
    pub(super) fn of_digits(value: f64) -> Option<Self> {
        let text = format!("{value:.14e}");
        let (digits, exponent) = text.split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let digits: i64 = digits.replace('.', "").parse().ok()?;
        Some(Exact { digits, exponent: exponent - (DIGITS as i32 - 1) }.stripped())
    }

    /// The number that a text such as `31.86` or `1.5E-3` writes; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (negative, mut at) = match bytes.first()? {
            b'-' => (true, 1),
            b'+' => (false, 1),
            _ => (false, 0),
        };
        let (mut digits, mut exponent, mut significant, mut any, mut point) = (0i64, 0i32, 0usize, false, false);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    significant += usize::from(significant > 0 || byte != b'0');
                    if significant <= DIGITS {
                        digits = digits * 10 + i64::from(byte - b'0');
                        exponent -= i32::from(point);
                    }
                }
                b'.' if !point => point = true,
                b'e' | b'E' if any => break,
                _ => return None,
            }
            at += 1;
        }
        if !any {
            return None;
        }
        if significant > DIGITS {
            // The text of a binary number: as the formats that hold the binary number itself.
            return text.parse().ok().and_then(Self::of_double);
        }
        if at < bytes.len() {
            let power = text.get(at + 1..)?;
            let signed = power.strip_prefix(['-', '+']).unwrap_or(power);
            if signed.is_empty() || !signed.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            // Beyond this there is no number of any kind.
            let size = signed.parse::<i32>().unwrap_or(i32::MAX).min(100_000);
            exponent = exponent.checked_add(if power.starts_with('-') { -size } else { size })?;
        }
        let number = Exact { digits: if negative { -digits } else { digits }, exponent };
        Some(if exponent < 0 { number.stripped() } else { number })
    }

    /// Without zeros at the end of its decimals.
    fn stripped(mut self) -> Self {
        if self.digits == 0 {
            return Self::ZERO;
        }
        while self.digits % 10 == 0 && self.exponent != 0 {
            self.digits /= 10;
            self.exponent += 1;
        }
        self
    }

    /// A decimal, to its first 15 digits.
    pub fn of_decimal(value: Decimal) -> Self {
        let value = value.normalize();
        let (mut digits, mut exponent) = (value.mantissa(), -(value.scale() as i32));
        while digits.unsigned_abs() >= 1_000_000_000_000_000 {
            digits = (digits + 5 * digits.signum()) / 10;
            exponent += 1;
        }
        Exact { digits: digits as i64, exponent }
    }

    /// The same as a decimal, to 28 places; `None` when it is too large for one.
    pub fn decimal(self) -> Option<Decimal> {
        match self.exponent {
            _ if self.digits == 0 => Some(Decimal::ZERO),
            0 => Some(Decimal::from(self.digits)),
            exponent if exponent < 0 => {
                let scale = exponent.unsigned_abs();
                if scale <= MAX_SCALE as u32 {
                    return Some(Decimal::new(self.digits, scale));
                }
                let kept = self.magnitude().rounded(MAX_SCALE);
                let digits = if self.is_negative() { -(kept.digits as i64) } else { kept.digits as i64 };
                Some(Decimal::new(digits, MAX_SCALE as u32).normalize())
            }
            exponent => {
                let power = 10i128.checked_pow(exponent.unsigned_abs())?;
                Decimal::try_from_i128_with_scale(i128::from(self.digits).checked_mul(power)?, 0).ok()
            }
        }
    }

    /// Whether a decimal of 28 places holds all of it.
    pub fn fits(self) -> bool {
        self.exponent >= -MAX_SCALE
    }

    pub(crate) fn is_zero(self) -> bool {
        self.digits == 0
    }

    pub(crate) fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Ten to this power times the number.
    pub fn shifted(self, power: i32) -> Self {
        Exact { exponent: self.exponent.saturating_add(power), ..self }
    }

    /// Shown in full with so many decimals, and so by a cell without a format as well.
    pub fn has_decimals(self, least: usize, most: usize) -> bool {
        let decimals = self.exponent.min(0).unsigned_abs() as usize;
        let magnitude = self.magnitude();
        (least..=most).contains(&decimals) && !magnitude.is_lossy() && !self.is_beyond_digits()
    }

    pub(crate) fn magnitude(self) -> Magnitude {
        Magnitude { digits: self.digits.unsigned_abs(), exponent: self.exponent }
    }

    /// True when it is 10^15 or more: there a spreadsheet has lost digits.
    pub fn is_beyond_digits(self) -> bool {
        self.magnitude().top().is_some_and(|top| top >= WIDEST)
    }

    /// `1.5e300`, for messages.
    pub fn scientific(self) -> String {
        let digits = self.digits.unsigned_abs().to_string();
        let kept = digits.trim_end_matches('0');
        let (first, rest) = kept.split_at(kept.len().min(1));
        let point = if rest.is_empty() { "" } else { "." };
        let sign = if self.is_negative() { "-" } else { "" };
        format!("{sign}{first}{point}{rest}e{}", self.magnitude().top().unwrap_or(0))
    }

    /// What a cell without a format shows.
    pub fn write_general(self, out: &mut String) {
        if self.is_negative() {
            out.push('-');
        }
        self.magnitude().write_general(out);
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let size = |a: &Exact, b: &Exact| a.magnitude().compare(b.magnitude());
        Some(match self.digits.signum().cmp(&other.digits.signum()) {
            Ordering::Equal if self.is_negative() => size(other, self),
            Ordering::Equal => size(self, other),
            order => order,
        })
    }
}

/// Decimals that a [`Decimal`] can hold.
pub const MAX_SCALE: i32 = 28;
