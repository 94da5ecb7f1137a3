//! How a quantity is written where nothing else is asked for, and how a unit that the text
//! names as well is written once.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::measure::Measure;
use super::{Kind, Number, Quantity, QuantityError, Show, unit};

/// Most decimals of a quotient that has no end.
pub const MOST_DECIMALS: u32 = 10;

impl Quantity {
    /// The number without sign or unit, as it is spoken: 78.3 of a share, 3.2 of 3.2万.
    pub fn spoken(&self) -> Decimal {
        let value = self.number.decimal;
        let spoken = match self.kind() {
            Kind::Share => value.checked_mul(Decimal::ONE_HUNDRED),
            Kind::PerMille => value.checked_mul(Decimal::ONE_THOUSAND),
            _ => value.checked_div(power_of_ten(self.number.show.shift)),
        };
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        spoken.unwrap_or(value).round_dp_with_strategy(MOST_DECIMALS, half_up).normalize()
    }

    /// What stands behind the number: 万元, %, nothing.
    fn tail(&self) -> String {
        let show = self.number.show;
        let word = if show.word { scale_word(show.shift) } else { "" };
        let sign = match self.kind() {
            Kind::Share => "%",
            Kind::PerMille => "‰",
            Kind::Amount | Kind::Ratio => self.symbol().unwrap_or_default(),
            _ => "",
        };
        format!("{word}{}", if show.unit { sign } else { "" })
    }

    /// Whether the text goes on with another unit of the same dimension: what is shown would be
    /// read as a number of that unit.
    pub fn reads_otherwise(&self, following: &str) -> bool {
        let own = self.unit.as_ref().filter(|own| !own.loose);
        own.zip(unit::at_start(following)).is_some_and(|(own, named)| {
            let shown = if self.number.show.word { scale_word(self.number.show.shift) } else { "" };
            named != &*own.symbol && format!("{shown}{}", own.symbol) != named && differs(&own.symbol, named)
        })
    }

    /// The quantity as it prints before this text: a unit that the text goes on with is not
    /// written twice, and where the text goes on with another unit of the same dimension, the
    /// number is one of that unit.
    pub fn before(&self, following: &str) -> String {
        if self.reads_otherwise(following)
            && let Some(converted) = unit::at_start(following).and_then(|named| self.in_unit(named))
        {
            return without_unit(&converted.to_string(), following).to_owned();
        }
        without_unit(&self.to_string(), following).to_owned()
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.spoken(), self.tail())
    }
}

/// Two units of one dimension that do not have the same size.
fn differs(own: &str, named: &str) -> bool {
    let (own, named) = (Measure::of(own), Measure::of(named));
    own.dimension == named.dimension && own.size != named.size
}

/// A figure's text without the unit that the text behind it begins with: 31.86万元 before 万元,
/// 3.2万元 before 元 (3.2万), 78.3% before %.
pub fn without_unit<'t>(text: &'t str, following: &str) -> &'t str {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let tail = &text[digits.len()..];
    if digits.is_empty() || tail.is_empty() || tail.chars().count() > 8 || tail.contains(['）', ')', '，', '。']) {
        return text;
    }
    let starts = tail.char_indices().map(|(at, _)| at);
    let twice = starts.filter(|at| unit::is_unit(&tail[*at..]) && following.starts_with(&tail[*at..])).min();
    twice.map_or(text, |at| &text[..digits.len() + at])
}

pub(super) fn power_of_ten(power: u8) -> Decimal {
    10_i64.checked_pow(power.into()).map_or(Decimal::ONE, Decimal::from)
}

/// The word for a power of ten: 万 for 4.
pub(super) fn scale_word(power: u8) -> &'static str {
    match power {
        2 => "百",
        3 => "千",
        4 => "万",
        5 => "十万",
        6 => "百万",
        7 => "千万",
        8 => "亿",
        _ => "",
    }
}

/// A quantity as the figure language speaks of it.
impl Quantity {
    /// The unit in which it is spoken of: 万 of 3.2万, 万元 of an amount in 万元.
    pub fn spoken_unit(&self) -> String {
        let show = self.number.show;
        let word = if show.word { scale_word(show.shift) } else { "" };
        match self.kind() {
            Kind::Amount | Kind::Ratio => format!("{word}{}", self.symbol().unwrap_or_default()),
            _ => String::new(),
        }
    }

    /// The number alone, as it is spoken.
    pub fn spoken_number(&self) -> Number {
        match self.kind() {
            Kind::Share => self.number,
            _ => Number::plain(self.spoken()),
        }
    }

    /// Its number in a unit; `None` where it measures something else. A share keeps its ratio.
    pub fn spoken_in(&self, unit: &str) -> Option<Number> {
        let plain = |decimal: Decimal| Some(Number::plain(decimal));
        match (&self.unit, self.kind()) {
            (_, Kind::Share) => Some(self.number),
            (_, _) if !self.is_amount() => plain(self.spoken()),
            (_, _) if unit.is_empty() => plain(self.number.decimal),
            (None, _) => {
                let (factor, rest) = unit::multiple(unit);
                let scaled = rest.is_empty() || self.number.show.word;
                plain(if scaled { self.number.decimal.checked_div(factor)?.normalize() } else { self.number.decimal })
            }
            (Some(own), _) if own.loose => plain(self.number.decimal),
            _ => plain(self.in_unit(unit)?.number.decimal),
        }
    }

    /// A number that was written for it, with what stands behind it where it shows that.
    pub fn with_tail(&self, written: &str) -> String {
        match self.kind() {
            Kind::Share if !self.number.show.unit => written.trim_end_matches('%').to_owned(),
            Kind::Share => written.to_owned(),
            _ => format!("{written}{}", self.tail()),
        }
    }

    /// Of a cell whose format divides without saying so: under a unit of that size the shown
    /// number is meant; a scale that unit and format both say counts once.
    pub fn settled(mut self) -> Quantity {
        let show = self.number.show;
        if show.shift == 0 {
            return self;
        }
        let power = power_of_ten(show.shift);
        match self.unit.as_ref().map(|unit| unit::multiple(&unit.symbol).0) {
            Some(multiple) if multiple == power => {
                self.number.decimal = (self.number.decimal / power).normalize();
                self.number.show = Show { shift: 0, word: false, ..show };
            }
            Some(_) if !show.word => self.number.show = Show { shift: 0, ..show },
            _ => {}
        }
        self
    }

    /// Refuses two amounts that do not measure the same.
    pub fn together(&self, other: &Quantity, act: &'static str) -> Result<(), QuantityError> {
        match self.is_amount() && other.is_amount() {
            true => self.alike(other, act).map(|_| ()),
            false => Ok(()),
        }
    }
}
