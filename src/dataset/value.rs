//! A value as the user typed it, with its meaning and its place.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::source::Origin;

/// What a cell or scalar means.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Blank: not filled in.
    Missing,
    /// Filled in as “there is none”: `—`, `-`, `/`, `无`, `无数据`. Not zero, not blank.
    Absent,
    Number(Number),
    Date(Date),
    Bool(bool),
    Text(Arc<str>),
}

/// An exact decimal. A percentage holds the ratio: 78.3% is 0.783 with `percent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub decimal: Decimal,
    pub percent: bool,
}

impl Number {
    pub fn plain(decimal: Decimal) -> Self {
        Number { decimal, percent: false }
    }

    pub fn percent(ratio: Decimal) -> Self {
        Number { decimal: ratio, percent: true }
    }
}

/// A calendar day, or a month where the day is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i16,
    /// 1–12
    pub month: i8,
    /// 1–31, `None` for a month.
    pub day: Option<i8>,
}

impl Date {
    /// `None` for what is no calendar day.
    pub fn new(year: i16, month: i8, day: Option<i8>) -> Option<Self> {
        jiff::civil::Date::new(year, month, day.unwrap_or(1)).ok()?;
        Some(Date { year, month, day })
    }
}

/// A value with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub value: Value,
    /// What the cell shows, or the scalar as written, trimmed; what is printed when the
    /// figure is printed as it was read. Empty when missing.
    pub shown: Arc<str>,
    /// Unit known from header, column 单位, or typed behind the number.
    pub unit: Option<Arc<str>>,
    pub origin: Origin,
}

impl Cell {
    pub fn is_missing(&self) -> bool {
        matches!(self.value, Value::Missing)
    }

    pub fn number(&self) -> Option<Number> {
        match self.value {
            Value::Number(n) => Some(n),
            _ => None,
        }
    }
}
