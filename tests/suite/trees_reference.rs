//! A slow, exact evaluator of expressions over figures, after the design's rules and not after
//! the program: whole numbers over whole numbers, kinds, units, and the cells of each result.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// An exact fraction; `None` from an operation is beyond what the reference can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    over: i128,
    under: i128,
}

fn common(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { common(b, a % b) }
}

impl Fraction {
    pub const ZERO: Fraction = Fraction { over: 0, under: 1 };

    pub fn new(over: i128, under: i128) -> Option<Fraction> {
        let by = common(over, under).max(1) * under.signum();
        (under != 0).then(|| Fraction { over: over / by, under: under / by })
    }

    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        let (a, b) = (self.over.checked_mul(other.under)?, other.over.checked_mul(self.under)?);
        Fraction::new(a.checked_add(b)?, self.under.checked_mul(other.under)?)
    }

    pub fn times(self, other: Fraction) -> Option<Fraction> {
        let (one, two) = (Fraction::new(self.over, other.under)?, Fraction::new(other.over, self.under)?);
        Fraction::new(one.over.checked_mul(two.over)?, one.under.checked_mul(two.under)?)
    }

    pub fn over(self, other: Fraction) -> Option<Fraction> {
        self.times(Fraction::new(other.under, other.over)?)
    }

    pub fn negative(self) -> Fraction {
        Fraction { over: -self.over, ..self }
    }

    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    pub fn sign(self) -> i128 {
        self.over.signum()
    }

    pub fn order(self, other: Fraction) -> Option<Ordering> {
        Some(self.plus(other.negative())?.over.cmp(&0))
    }

    pub fn floor(self) -> Fraction {
        Fraction { over: self.over.div_euclid(self.under), under: 1 }
    }

    /// Half away from zero, to so many decimals.
    pub fn rounded(self, digits: u32) -> Option<Fraction> {
        let scale = 10i128.pow(digits);
        let twice = self.over.abs().checked_mul(scale)?.checked_mul(2)?.checked_add(self.under)?;
        Fraction::new(twice / (self.under * 2) * self.over.signum(), scale)
    }

    /// A decimal with an end within so many digits that no program would round it.
    pub fn ends(self) -> bool {
        let (mut rest, mut most) = (self.under, 0);
        for prime in [2, 5] {
            let mut digits = 0;
            while rest % prime == 0 {
                (rest, digits) = (rest / prime, digits + 1);
            }
            most = most.max(digits);
        }
        rest == 1 && most <= 16 && self.over.abs() < 10i128.pow(20)
    }

    pub fn approximately(self) -> f64 {
        self.over as f64 / self.under as f64
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Amount,
    /// A quotient of two numbers of one dimension.
    Ratio,
    /// A number of which the design does not say whether it is still a ratio.
    Unclear,
    Share,
    Points,
    PerMille,
    Index,
    Rank,
    Year,
}

impl Kind {
    pub fn class(self) -> Kind {
        if matches!(self, Kind::Ratio | Kind::Unclear) { Kind::Amount } else { self }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub value: Fraction,
    pub kind: Kind,
    pub unit: Option<String>,
    pub cells: BTreeSet<u32>,
    /// Typed in the template.
    pub literal: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Known(Known),
    /// Filled in as none.
    Absent(BTreeSet<u32>),
    Missing,
    Refused,
    /// Beyond the numbers of the reference, or a case in which the design says nothing.
    Undecided,
}

/// Dimension, size in its smallest step, and size of its base, of every unit of the test.
fn measure(unit: &str) -> Option<(&'static str, i128, i128)> {
    Some(match unit {
        "元" => ("元", 1, 1),
        "万元" => ("元", 10_000, 1),
        "亿元" => ("元", 100_000_000, 1),
        "人" => ("人", 1, 1),
        "万人" => ("人", 10_000, 1),
        "亩" => ("亩", 1, 1),
        "公顷" => ("亩", 15, 1),
        "件" => ("件", 1, 1),
        "人次" => ("人次", 1, 1),
        _ => return None,
    })
}

fn plain(value: Fraction, kind: Kind) -> Known {
    Known { value, kind, unit: None, cells: BTreeSet::new(), literal: false }
}

/// Values in one unit, and that unit; `Err` where they do not measure the same.
fn alike(a: &Known, b: &Known) -> Result<Option<(Fraction, Fraction, Option<String>)>, Outcome> {
    let (Some(one), Some(two)) = (&a.unit, &b.unit) else {
        return Ok(Some((a.value, b.value, a.unit.clone().or(b.unit.clone()))));
    };
    if one == two {
        return Ok(Some((a.value, b.value, Some(one.clone()))));
    }
    match (measure(one), measure(two)) {
        (Some((x, size_x, _)), Some((y, size_y, _))) if x == y => {
            let steps = |k: &Known, size| k.value.times(Fraction::new(size, 1)?);
            let large = size_x.max(size_y);
            let scaled = |k: &Known, size| steps(k, size)?.over(Fraction::new(large, 1)?);
            let both = scaled(a, size_x).zip(scaled(b, size_y));
            let Some((p, q)) = both else { return Err(Outcome::Undecided) };
            if p.ends() && q.ends() {
                let unit = if size_x >= size_y { one } else { two };
                return Ok(Some((p, q, Some(unit.clone()))));
            }
            if !(a.value.ends() && b.value.ends()) {
                // Which of the two it is hangs on the last digit of an endless number.
                return Err(Outcome::Undecided);
            }
            Ok(steps(a, size_x).zip(steps(b, size_y)).map(|(p, q)| (p, q, Some(x.to_owned()))))
        }
        _ if a.value.is_zero() && b.value.is_zero() => Err(Outcome::Undecided),
        _ if a.value.is_zero() => Ok(Some((a.value, b.value, Some(two.clone())))),
        _ if b.value.is_zero() => Ok(Some((a.value, b.value, Some(one.clone())))),
        // Two rates of other spellings are beyond this reference.
        _ if one.contains('/') && two.contains('/') => Err(Outcome::Undecided),
        _ => Err(Outcome::Refused),
    }
}

fn made(value: Option<Fraction>, kind: Kind, unit: Option<String>) -> Outcome {
    const LARGEST: i128 = 10i128.pow(27);
    match value {
        Some(value) if value.approximately().abs() < LARGEST as f64 => {
            Outcome::Known(Known { unit, ..plain(value, kind) })
        }
        _ => Outcome::Undecided,
    }
}

/// `a + b` and `a - b`.
pub fn sum(a: &Known, b: &Known, minus: bool) -> Outcome {
    use Kind::{Amount, Index, Points, Rank, Share, Year};
    let other = if minus { b.value.negative() } else { b.value };
    let hundred = Fraction { over: 100, under: 1 };
    let total = || a.value.plus(other);
    match (a.kind.class(), b.kind.class()) {
        (Share, Share) if minus => made(total().and_then(|v| v.times(hundred)), Points, None),
        (Share, Points) => made(other.over(hundred).and_then(|points| a.value.plus(points)), Share, None),
        (Points, Share) if !minus => made(a.value.over(hundred).and_then(|points| points.plus(b.value)), Share, None),
        (Index | Rank | Year, kind) if minus && kind == a.kind => made(total(), Amount, None),
        (Index, Amount) if minus && b.unit.is_none() => made(total(), Amount, None),
        (Rank | Year, Amount) if b.unit.is_none() || b.value.is_zero() => made(total(), a.kind, None),
        (Amount, Rank | Year) if !minus && (a.unit.is_none() || a.value.is_zero()) => made(total(), b.kind, None),
        (x, y) if x == y && !matches!(x, Index | Rank | Year) => match alike(a, b) {
            Ok(Some((p, q, unit))) => {
                let kind = if a.kind == b.kind { a.kind } else { x };
                let kind = if matches!(kind, Kind::Ratio) { Kind::Unclear } else { kind };
                made(p.plus(if minus { q.negative() } else { q }), kind, unit)
            }
            Ok(None) => Outcome::Undecided,
            Err(outcome) => outcome,
        },
        // 0 goes with everything.
        _ if a.value.is_zero() && b.value.is_zero() => Outcome::Undecided,
        _ if a.value.is_zero() => made(Some(other), b.kind, b.unit.clone()),
        _ if b.value.is_zero() => made(Some(a.value), a.kind, a.unit.clone()),
        _ => Outcome::Refused,
    }
}

/// `a * b`
pub fn product(a: &Known, b: &Known) -> Outcome {
    use Kind::{Amount, Index, PerMille, Points, Rank, Share, Unclear, Year};
    let value = a.value.times(b.value);
    let number = |k: &Known| if k.unit.is_none() { Unclear } else { Amount };
    match (a.kind.class(), b.kind.class()) {
        (Rank | Year, _) | (_, Rank | Year) => Outcome::Refused,
        (Amount, Amount) => match (&a.unit, &b.unit) {
            (Some(one), Some(two)) => {
                let cancels = |rate: &str, count: &str| {
                    rate.split_once('/').filter(|(_, under)| *under == count).map(|(over, _)| over.to_owned())
                };
                match cancels(one, two).or_else(|| cancels(two, one)) {
                    Some(unit) => made(value, Amount, Some(unit)),
                    None => Outcome::Refused,
                }
            }
            (one, two) => {
                let unit = one.clone().or(two.clone());
                made(value, if unit.is_none() { Unclear } else { Amount }, unit)
            }
        },
        (Share | PerMille | Index, Amount) => made(value, number(b), b.unit.clone()),
        (Amount, Share | PerMille | Index) => made(value, number(a), a.unit.clone()),
        (Share, Share) => made(value, Share, None),
        (Points, Amount) if b.unit.is_none() => made(value, Points, None),
        (Amount, Points) if a.unit.is_none() => made(value, Points, None),
        _ => Outcome::Refused,
    }
}

/// `a / b`
pub fn quotient(a: &Known, b: &Known) -> Outcome {
    use Kind::{Amount, Index, PerMille, Points, Rank, Ratio, Share, Unclear, Year};
    if b.value.is_zero() {
        return Outcome::Refused;
    }
    let value = a.value.over(b.value);
    match (a.kind.class(), b.kind.class()) {
        (Rank | Year, _) | (_, Rank | Year) => Outcome::Refused,
        (Amount, Amount) => match (&a.unit, &b.unit) {
            (None, None) => {
                let of_data = a.kind == Amount && b.kind == Amount && !a.literal && !b.literal;
                made(value, if of_data { Ratio } else { Unclear }, None)
            }
            (unit, None) => made(value, Amount, unit.clone()),
            (None, Some(_)) => made(value, Unclear, None),
            (Some(one), Some(two)) if one == two => made(value, Ratio, None),
            (Some(one), Some(two)) => match (measure(one), measure(two)) {
                (Some((x, p, _)), Some((y, q, _))) if x == y => {
                    made(value.and_then(|v| v.times(Fraction::new(p, q)?)), Ratio, None)
                }
                (Some(_), Some(_)) => made(value, Amount, Some(format!("{one}/{two}"))),
                // Rates of rates are beyond the design.
                _ => Outcome::Undecided,
            },
        },
        (Share | Points | PerMille, Amount) if b.unit.is_none() => made(value, a.kind, None),
        (Amount, Share | PerMille) => made(value, if a.unit.is_none() { Unclear } else { Amount }, a.unit.clone()),
        (Index, Amount) if b.unit.is_none() => made(value, Unclear, None),
        (x, y) if x == y => made(value, Unclear, None),
        _ => Outcome::Refused,
    }
}

/// `a // b` and `a % b`, of counts.
pub fn whole(a: &Known, b: &Known, remainder: bool) -> Outcome {
    let counts = a.kind.class() == Kind::Amount && b.kind.class() == Kind::Amount;
    if !counts || b.value.is_zero() {
        return Outcome::Refused;
    }
    if !remainder {
        return match quotient(a, b) {
            Outcome::Known(known) if !known.value.ends() && known.value.over.abs() % known.value.under.max(1) == 0 => {
                Outcome::Undecided
            }
            Outcome::Known(known) => Outcome::Known(Known { value: known.value.floor(), ..known }),
            other => other,
        };
    }
    match alike(a, b) {
        Ok(Some((p, q, unit))) if p.ends() && q.ends() => {
            let times = p.over(q).map(Fraction::floor);
            let rest = times.and_then(|t| p.plus(t.times(q)?.negative()));
            made(rest, if unit.is_none() { Kind::Unclear } else { Kind::Amount }, unit)
        }
        Ok(_) => Outcome::Undecided,
        Err(outcome) => outcome,
    }
}

/// Order of two figures, or why there is none.
pub fn compared(a: &Known, b: &Known) -> Result<Ordering, Outcome> {
    use Kind::{Amount, Index, PerMille, Points, Rank, Ratio, Share, Unclear, Year};
    let decide = |p: Fraction, q: Fraction| {
        let sure =
            p.ends() && q.ends() || (p.approximately() - q.approximately()).abs() > 1e-12 * p.approximately().abs();
        p.order(q).filter(|_| sure).ok_or(Outcome::Undecided)
    };
    let zero = a.value.is_zero() || b.value.is_zero();
    let spoken = |kind| matches!(kind, Points | Index | Rank | Year);
    let (x, y) = (a.kind.class(), b.kind.class());
    if x == y && x == Amount {
        return match alike(a, b)? {
            Some((p, q, _)) => decide(p, q),
            None => Err(Outcome::Undecided),
        };
    }
    match (a.kind, b.kind) {
        _ if x == y || zero => decide(a.value, b.value),
        (Share, Ratio) | (Ratio, Share) => decide(a.value, b.value),
        (Share, Unclear) if b.unit.is_none() => Err(Outcome::Undecided),
        (Unclear, Share) if a.unit.is_none() => Err(Outcome::Undecided),
        (PerMille, _) | (_, PerMille) => Err(Outcome::Refused),
        _ if x == Amount && a.unit.is_none() && spoken(y) => decide(a.value, b.value),
        _ if y == Amount && b.unit.is_none() && spoken(x) => decide(a.value, b.value),
        _ => Err(Outcome::Refused),
    }
}

/// Rounded half up as it is spoken: of a share in per cent.
pub fn rounded(known: &Known, digits: u32) -> Outcome {
    let more = match known.kind {
        Kind::Share => 2,
        Kind::PerMille => 3,
        _ => 0,
    };
    let value = known.value.rounded(digits + more).filter(|_| known.value.ends());
    match value {
        Some(value) => Outcome::Known(Known { value, ..known.clone() }),
        None => Outcome::Undecided,
    }
}
