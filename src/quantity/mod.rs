//! What a figure is: an exact number with its kind, its unit and the way it is shown. Nothing
//! here knows of files or templates; what may be calculated with what is `arithmetic`.

mod arithmetic;
mod compare;
mod display;
mod error;
mod measure;
mod read;
#[cfg(test)]
mod tests;
pub mod unit;

use std::sync::Arc;

use rust_decimal::Decimal;

pub use compare::compare;
pub use display::{MOST_DECIMALS, without_unit};
pub use error::QuantityError;
pub use measure::Measure;

/// What a number is spoken of as. It decides what can be done with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A count or an amount with a unit, or a number without one.
    #[default]
    Amount,
    /// A ratio spoken of in per cent: 78.3% is 0.783.
    Share,
    /// A quotient of two amounts of one dimension: a number, which compares with shares as well.
    Ratio,
    /// A difference of shares, in 个百分点: 3.2.
    Points,
    /// A ratio spoken of in ‰: 7.2‰ is 0.0072.
    PerMille,
    /// An index whose base is 100 (上年=100): 107.4.
    Index,
    /// A place in an order: 第3位.
    Rank,
    /// A calendar year: 2026.
    Year,
}

/// How a number was shown by its cell, which results made of such cells follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Show {
    /// Power of ten by which the shown number is smaller than the true one: 4 for 3.2万.
    pub shift: u8,
    /// The shown number says its scale in a word (万, 亿, 千).
    pub word: bool,
    /// The unit, or the sign of the kind (%, ‰), stands behind the number.
    pub unit: bool,
}

/// An exact number, its kind, and how it is shown. A share holds the ratio: 78.3% is 0.783.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The true value, whatever is shown.
    pub decimal: Decimal,
    /// What can be calculated with it.
    pub kind: Kind,
    /// How its source showed it.
    pub show: Show,
}

impl Number {
    /// A number that is no share.
    pub fn plain(decimal: Decimal) -> Self {
        Number { decimal, kind: Kind::Amount, show: Show::default() }
    }

    /// A share by its ratio; it shows its sign.
    pub fn percent(ratio: Decimal) -> Self {
        Number { decimal: ratio, kind: Kind::Share, show: Show { unit: true, ..Show::default() } }
    }

    /// Parts of a thousand by their ratio.
    pub fn per_mille(ratio: Decimal) -> Self {
        Number { decimal: ratio, kind: Kind::PerMille, show: Show { unit: true, ..Show::default() } }
    }

    /// Spoken of in per cent.
    pub fn is_share(&self) -> bool {
        self.kind == Kind::Share
    }
}

/// A unit as it is written, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// 万元, 场, 元/人.
    pub symbol: Arc<str>,
    /// Said for a whole sheet (“单位：万元”), so perhaps not meant for this number: it yields to
    /// any other unit and is never printed.
    pub loose: bool,
}

impl Unit {
    /// A unit that is sure: 件, 万元.
    pub fn new(symbol: impl Into<Arc<str>>) -> Self {
        Unit { symbol: symbol.into(), loose: false }
    }
}

/// A number with its unit: what a figure is worth, whatever it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The value, its kind and how it is shown.
    pub number: Number,
    /// What it counts or measures, where that is known.
    pub unit: Option<Unit>,
    /// Typed in a template, not read from data: it has no way of being shown of its own.
    pub literal: bool,
}

impl Quantity {
    /// A number without a unit, calculated.
    pub fn plain(decimal: Decimal) -> Self {
        Quantity::of(Number::plain(decimal), None)
    }

    /// A number that a template states.
    pub fn literal(decimal: Decimal) -> Self {
        Quantity { literal: true, ..Quantity::plain(decimal) }
    }

    /// A share that was calculated, by its ratio.
    pub fn share(ratio: Decimal) -> Self {
        Quantity::of(Number::percent(ratio), None)
    }

    /// A number of some kind without a unit.
    pub fn of_kind(kind: Kind, decimal: Decimal) -> Self {
        Quantity::of(Number { kind, ..Number::plain(decimal) }, None)
    }

    /// What a number with this unit is: under %, ‰, 个百分点 and 上年=100 the unit is the kind.
    pub fn of(number: Number, unit: Option<Unit>) -> Self {
        let plain = Quantity { number, unit: None, literal: false };
        let Some(unit) = unit else { return plain };
        if number.kind != Kind::Amount {
            return plain;
        }
        let kind = match unit.symbol.trim() {
            "%" | "％" => Kind::Share,
            "‰" => Kind::PerMille,
            "百分点" | "个百分点" => Kind::Points,
            symbol if symbol.ends_with("=100") || symbol.ends_with("＝100") => Kind::Index,
            _ => return Quantity { unit: Some(unit), ..plain },
        };
        let decimal = match kind {
            Kind::Share => number.decimal / Decimal::ONE_HUNDRED,
            Kind::PerMille => number.decimal / Decimal::ONE_THOUSAND,
            _ => number.decimal,
        };
        Quantity { number: Number { decimal, kind, ..number }, ..plain }
    }

    /// The kind of its number.
    pub fn kind(&self) -> Kind {
        self.number.kind
    }

    /// The symbol of the unit, where it is sure.
    pub fn symbol(&self) -> Option<&str> {
        self.unit.as_ref().filter(|u| !u.loose).map(|u| &*u.symbol)
    }

    /// No share, no rank, no year: a number that counts or measures.
    pub fn is_amount(&self) -> bool {
        matches!(self.kind(), Kind::Amount | Kind::Ratio)
    }

    /// The kind as far as it decides what can be calculated: a ratio is a number.
    pub(crate) fn class(&self) -> Kind {
        if self.is_amount() { Kind::Amount } else { self.kind() }
    }

    /// Its value is 0.
    pub fn is_zero(&self) -> bool {
        self.number.decimal.is_zero()
    }
}
