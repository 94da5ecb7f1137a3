//! What can be calculated with what. Each rule is a line of the table in docs/figure-language:
//! amounts of one dimension add, a share less a share is a difference in points, a share of an
//! amount is an amount; 0 goes with everything; what makes no sense is refused.

use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};

use super::measure::Measure;
use super::{Kind, Number, Quantity, QuantityError, Show, Unit};

/// From here on a number has more digits than a decimal keeps: it is a quotient without an end.
const LONG: i128 = 100_000_000_000_000_000_000_000_000;
/// Largest exponent of `**`, in magnitude.
const MOST_POWER: u32 = 200;

type Outcome = Result<Quantity, QuantityError>;

impl Quantity {
    /// `self + other`
    pub fn plus(&self, other: &Quantity) -> Outcome {
        let sum = |a: Decimal, b: Decimal| a.checked_add(b);
        match (self.class(), other.class()) {
            (Kind::Share, Kind::Points) => self.shifted(other, sum),
            (Kind::Points, Kind::Share) => other.shifted(self, sum),
            (a, b) if a == b && !matches!(a, Kind::Index | Kind::Rank | Kind::Year) => self.joined(other, "相加", sum),
            _ if self.is_zero() || other.is_zero() => self.joined(other, "相加", sum),
            (Kind::Rank | Kind::Year, Kind::Amount) if other.steps(self) => self.joined(other, "相加", sum),
            (Kind::Amount, Kind::Rank | Kind::Year) if self.steps(other) => other.joined(self, "相加", sum),
            _ => Err(self.refuse(other, "相加")),
        }
    }

    /// `self - other`
    pub fn minus(&self, other: &Quantity) -> Outcome {
        let less = |a: Decimal, b: Decimal| a.checked_sub(b);
        match (self.class(), other.class()) {
            (Kind::Share, Kind::Share) => {
                let points = less(self.number.decimal, other.number.decimal);
                let points = points.and_then(|d| d.checked_mul(Decimal::ONE_HUNDRED)).ok_or(QuantityError::TooLarge)?;
                Ok(Quantity::of_kind(Kind::Points, points.normalize()))
            }
            (Kind::Share, Kind::Points) => self.shifted(other, less),
            (Kind::Index | Kind::Rank | Kind::Year, b) if b == self.class() => {
                let value = less(self.number.decimal, other.number.decimal).ok_or(QuantityError::TooLarge)?;
                Ok(Quantity::plain(value.normalize()))
            }
            (Kind::Index, Kind::Amount) if other.unit.is_none() => {
                let value = less(self.number.decimal, other.number.decimal).ok_or(QuantityError::TooLarge)?;
                Ok(Quantity::plain(value.normalize()))
            }
            (Kind::Rank | Kind::Year, Kind::Amount) if other.steps(self) => self.joined(other, "相减", less),
            (a, b) if a == b || self.is_zero() || other.is_zero() => self.joined(other, "相减", less),
            _ => Err(self.refuse(other, "相减")),
        }
    }

    /// `self * other`
    pub fn times(&self, other: &Quantity) -> Outcome {
        let value = tidy(self.number.decimal.checked_mul(other.number.decimal).ok_or(QuantityError::TooLarge)?);
        let like = |q: &Quantity| Ok(q.valued(value));
        match (self.class(), other.class()) {
            (Kind::Rank | Kind::Year, _) | (_, Kind::Rank | Kind::Year) => Err(self.refuse(other, "相乘")),
            (Kind::Amount, Kind::Amount) => match (&self.unit, &other.unit) {
                (None, _) if self.literal => like(other),
                (_, None) => like(self),
                (None, Some(_)) => like(other),
                (Some(a), Some(b)) => {
                    let unit = cancelled(a, b).or_else(|| cancelled(b, a)).or_else(|| loose(a, b));
                    match unit {
                        Some(unit) => Ok(Quantity::of(Number::plain(value), Some(unit))),
                        None => Err(self.refuse(other, "相乘")),
                    }
                }
            },
            (Kind::Share | Kind::PerMille | Kind::Index, Kind::Amount) => like(other),
            (Kind::Amount, Kind::Share | Kind::PerMille | Kind::Index) => like(self),
            (Kind::Share, Kind::Share) => like(self),
            (Kind::Points, Kind::Amount) if other.unit.is_none() => like(self),
            (Kind::Amount, Kind::Points) if self.unit.is_none() => like(other),
            _ => Err(self.refuse(other, "相乘")),
        }
    }

    /// `self / other`: of one dimension a ratio, of two an amount for each (元/人).
    pub fn over(&self, other: &Quantity) -> Outcome {
        if other.is_zero() {
            return Err(QuantityError::Zero);
        }
        let divide = |a: Decimal, b: Decimal| a.checked_div(b).map(|d| d.normalize()).ok_or(QuantityError::TooLarge);
        let value = || divide(self.number.decimal, other.number.decimal);
        let ratio = |value: Decimal| Ok(Quantity::of_kind(Kind::Ratio, value));
        match (self.class(), other.class()) {
            (Kind::Rank | Kind::Year, _) | (_, Kind::Rank | Kind::Year) => Err(self.refuse(other, "相除")),
            (Kind::Amount, Kind::Amount) => match (&self.unit, &other.unit) {
                (None, None) if !self.literal && !other.literal => ratio(value()?),
                (_, None) => Ok(self.valued(value()?)),
                (None, Some(_)) => Ok(Quantity::plain(value()?)),
                (Some(a), Some(b)) if a.symbol == b.symbol || a.loose || b.loose => ratio(value()?),
                (Some(a), Some(b)) => {
                    let (one, two) = (Measure::of(&a.symbol), Measure::of(&b.symbol));
                    if one.dimension == two.dimension {
                        let scaled = |d: Decimal, by: Decimal| d.checked_mul(by).ok_or(QuantityError::TooLarge);
                        let (over, under) =
                            (scaled(self.number.decimal, one.size)?, scaled(other.number.decimal, two.size)?);
                        return ratio(divide(over, under)?);
                    }
                    let unit = Unit::new(format!("{}/{}", a.symbol, b.symbol));
                    Ok(Quantity::of(Number::plain(value()?), Some(unit)))
                }
            },
            (Kind::Share | Kind::Points | Kind::PerMille, Kind::Amount) if other.unit.is_none() => {
                Ok(self.valued(value()?))
            }
            (Kind::Amount, Kind::Share | Kind::PerMille) => Ok(self.valued(value()?)),
            (a, b) if a == b => Ok(Quantity::plain(value()?)),
            (Kind::Index, Kind::Amount) if other.unit.is_none() => Ok(Quantity::plain(value()?)),
            _ => Err(self.refuse(other, "相除")),
        }
    }

    /// `self // other`, of counts.
    pub fn whole_times(&self, other: &Quantity) -> Outcome {
        self.counts(other, "整除")?;
        let ratio = self.over(other)?;
        Ok(ratio.valued(ratio.number.decimal.floor()))
    }

    /// `self % other`, of counts; the sign is that of the divisor.
    pub fn remainder(&self, other: &Quantity) -> Outcome {
        self.counts(other, "取余")?;
        if other.is_zero() {
            return Err(QuantityError::Zero);
        }
        let (a, b, like) = self.alike(other, "取余")?;
        let rest = a.checked_rem(b).ok_or(QuantityError::TooLarge)?;
        let rest = if !rest.is_zero() && rest.is_sign_negative() != b.is_sign_negative() { rest + b } else { rest };
        Ok(like.valued(rest.normalize()))
    }

    /// `self ** other`: growth over years.
    pub fn power(&self, other: &Quantity) -> Outcome {
        let plain = |q: &Quantity| matches!(q.class(), Kind::Amount | Kind::Share) && q.unit.is_none();
        if !plain(self) || !plain(other) || !other.is_amount() {
            let wrong = if plain(self) { other } else { self };
            let what = if wrong.is_amount() { "带单位的数" } else { called(wrong.kind()) };
            return Err(QuantityError::Senseless { act: "乘方", what });
        }
        let (base, exponent) = (self.number.decimal, other.number.decimal);
        if exponent.abs() > Decimal::from(MOST_POWER) {
            return Err(QuantityError::TooLarge);
        }
        if base.is_zero() && exponent.is_sign_negative() {
            return Err(QuantityError::Zero);
        }
        // Roots of negative numbers are none, and those of nothing need no reckoning.
        if base.is_sign_negative() && !exponent.is_integer() {
            return Err(QuantityError::Senseless { act: "开方", what: "负数" });
        }
        let value = if base.is_zero() { Some(base) } else { base.checked_powd(exponent) };
        Ok(self.valued(tidy(value.ok_or(QuantityError::TooLarge)?)))
    }

    /// `-self`
    pub fn negated(&self) -> Quantity {
        self.valued(-self.number.decimal)
    }

    /// The magnitude, of the same kind and unit.
    pub fn magnitude(&self) -> Quantity {
        self.valued(self.number.decimal.abs())
    }

    /// Rounded half up to so many decimals as they are spoken: of a share in per cent.
    pub fn rounded(&self, digits: u32) -> Quantity {
        let more = match self.kind() {
            Kind::Share => 2,
            Kind::PerMille => 3,
            _ => 0,
        };
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        self.valued(self.number.decimal.round_dp_with_strategy(digits.min(20) + more, half_up).normalize())
    }

    /// The same kind and unit with another value.
    pub fn valued(&self, decimal: Decimal) -> Quantity {
        Quantity { number: Number { decimal, ..self.number }, ..self.clone() }
    }

    /// As a number of another unit, on purpose: 条 and 件 counted together.
    pub fn relabelled(&self, unit: Option<Unit>) -> Quantity {
        let number = Number { decimal: self.number.decimal, ..Number::plain(Decimal::ZERO) };
        Quantity::of(number, unit)
    }

    /// The same amount in another unit; `None` where the two measure different things.
    pub fn in_unit(&self, symbol: &str) -> Option<Quantity> {
        let own = self.unit.as_ref()?;
        if &*own.symbol == symbol {
            return Some(self.clone());
        }
        let (from, to) = (Measure::of(&own.symbol), Measure::of(symbol));
        if from.dimension != to.dimension {
            return None;
        }
        let value = self.number.decimal.checked_mul(from.size)?.checked_div(to.size)?;
        let number = Number {
            decimal: value.normalize(),
            show: Show { shift: 0, word: false, ..self.number.show },
            ..self.number
        };
        Some(Quantity { number, unit: Some(Unit::new(symbol)), ..*self })
    }

    /// A share moved by points.
    fn shifted(&self, points: &Quantity, act: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Outcome {
        let value = act(self.number.decimal, points.number.decimal / Decimal::ONE_HUNDRED);
        Ok(self.valued(value.ok_or(QuantityError::TooLarge)?.normalize()))
    }

    /// Sum or difference of two of one kind.
    fn joined(
        &self,
        other: &Quantity,
        word: &'static str,
        act: impl Fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Outcome {
        let (a, b, like) = self.alike(other, word)?;
        Ok(like.valued(tidy(act(a, b).ok_or(QuantityError::TooLarge)?)))
    }

    /// Both values in one unit, and what their sum is like.
    pub(super) fn alike(
        &self,
        other: &Quantity,
        act: &'static str,
    ) -> Result<(Decimal, Decimal, Quantity), QuantityError> {
        let (a, b) = (self.number.decimal, other.number.decimal);
        let leader = match (self.class(), other.class()) {
            (one, two) if one == two => None,
            _ if self.is_zero() => Some(other),
            _ => Some(self),
        };
        if let Some(leader) = leader {
            return Ok((a, b, leader.clone()));
        }
        let show = together(self, other);
        let kind = if self.kind() == other.kind() { self.kind() } else { self.class() };
        let like = |unit: Option<Unit>| Quantity {
            number: Number { show, kind, ..self.number },
            unit,
            literal: self.literal && other.literal,
        };
        match (&self.unit, &other.unit) {
            (None, None) => Ok((a, b, like(None))),
            (Some(unit), None) | (None, Some(unit)) => Ok((a, b, like(Some(unit.clone())))),
            (Some(one), Some(two)) if one.symbol == two.symbol => {
                let unit = if one.loose { two } else { one };
                Ok((a, b, like(Some(unit.clone()))))
            }
            (Some(one), Some(two)) if one.loose || two.loose => {
                Ok((a, b, like(Some(if one.loose { two } else { one }.clone()))))
            }
            (Some(one), Some(two)) => self.converted(other, (one, two), act, like),
        }
    }

    /// In the larger unit where both fit it to the last digit, else in the base.
    fn converted(
        &self,
        other: &Quantity,
        (one, two): (&Unit, &Unit),
        act: &'static str,
        like: impl Fn(Option<Unit>) -> Quantity,
    ) -> Result<(Decimal, Decimal, Quantity), QuantityError> {
        let (a, b) = (Measure::of(&one.symbol), Measure::of(&two.symbol));
        if a.dimension != b.dimension {
            if self.is_zero() || other.is_zero() {
                let unit = if self.is_zero() { two } else { one };
                return Ok((self.number.decimal, other.number.decimal, like(Some(unit.clone()))));
            }
            return Err(self.refuse(other, act));
        }
        let steps = |q: &Quantity, m: &Measure| q.number.decimal.checked_mul(m.size).ok_or(QuantityError::TooLarge);
        let (x, y) = (steps(self, &a)?, steps(other, &b)?);
        let (size, unit) = if a.size >= b.size { (a.size, one) } else { (b.size, two) };
        // A quotient without an end may come back to the same number and fits all the same nothing.
        let fits = |steps: Decimal| {
            let scaled = (steps / size).normalize();
            scaled.mantissa().abs() < LONG && scaled.checked_mul(size) == Some(steps)
        };
        if fits(x) && fits(y) {
            return Ok(((x / size).normalize(), (y / size).normalize(), like(Some(unit.clone()))));
        }
        let base = Unit::new(a.dimension.into_owned());
        Ok(((x / a.base).normalize(), (y / a.base).normalize(), like(Some(base))))
    }

    /// Whether it counts the steps by which a year or a rank moves.
    fn steps(&self, place: &Quantity) -> bool {
        let own = if place.kind() == Kind::Year { "年" } else { "位" };
        self.symbol().is_none_or(|symbol| symbol == own)
    }

    fn counts(&self, other: &Quantity, act: &'static str) -> Result<(), QuantityError> {
        match self.is_amount() && other.is_amount() {
            true => Ok(()),
            false => Err(self.refuse(other, act)),
        }
    }

    /// Why the two do not go together.
    pub(super) fn refuse(&self, other: &Quantity, act: &'static str) -> QuantityError {
        match (self.class(), other.class()) {
            (Kind::Amount, Kind::Amount) => {
                let named = |q: &Quantity| q.unit.as_ref().map_or("个数".to_owned(), |u| u.symbol.to_string());
                QuantityError::Units { act, left: named(self), right: named(other) }
            }
            (a, b) if a == b => QuantityError::Senseless { act, what: called(a) },
            (a, b) => QuantityError::Kinds { act, left: called(a), right: called(b) },
        }
    }
}

/// A kind in the user's words.
pub(super) fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Amount | Kind::Ratio => "一般的数",
        Kind::Share => "百分数",
        Kind::Points => "百分点",
        Kind::PerMille => "千分数",
        Kind::Index => "指数",
        Kind::Rank => "名次",
        Kind::Year => "年份",
    }
}

/// How a result is shown: as its parts where they all show the same, else plainly.
fn together(a: &Quantity, b: &Quantity) -> Show {
    match (a.literal, b.literal) {
        (true, false) => b.number.show,
        (false, true) => a.number.show,
        _ if a.number.show == b.number.show => a.number.show,
        _ => Show { unit: !a.is_amount(), ..Show::default() },
    }
}

/// 元/人 times 人 is 元.
fn cancelled(rate: &Unit, count: &Unit) -> Option<Unit> {
    let (over, under) = rate.symbol.split_once('/')?;
    (under == &*count.symbol).then(|| Unit::new(over))
}

/// Of two units of which one is not sure, the sure one.
fn loose(a: &Unit, b: &Unit) -> Option<Unit> {
    (a.loose || b.loose).then(|| if a.loose { b.clone() } else { a.clone() })
}

/// A decimal without the tail of a quotient that had no end: 1/3 × 3 is 1.
pub(super) fn tidy(value: Decimal) -> Decimal {
    if value.mantissa().abs() < LONG || value.scale() < 3 {
        return value.normalize();
    }
    value.round_dp_with_strategy(value.scale() - 3, RoundingStrategy::MidpointAwayFromZero).normalize()
}
