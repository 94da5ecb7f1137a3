//! 金额: money in the unit that fits.

use rust_decimal::Decimal;

use super::decimal::{half_up, multiply, plain};
use super::{Amount, Operand, WordingError};

/// Most decimals of an amount of money.
const DECIMALS: u32 = 2;

/// Units of money in reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元
    TenThousand,
    /// 亿元
    HundredMillion,
}

impl MoneyUnit {
    const ALL: [MoneyUnit; 3] = [MoneyUnit::Yuan, MoneyUnit::TenThousand, MoneyUnit::HundredMillion];

    /// The unit of this name; any other is [`WordingError::NotAMoneyUnit`].
    pub fn named(name: &str) -> Result<Self, WordingError> {
        let found = Self::ALL.into_iter().find(|unit| unit.name() == name.trim());
        found.ok_or_else(|| WordingError::NotAMoneyUnit(name.into()))
    }

    /// As it is printed.
    pub fn name(self) -> &'static str {
        match self {
            MoneyUnit::Yuan => "元",
            MoneyUnit::TenThousand => "万元",
            MoneyUnit::HundredMillion => "亿元",
        }
    }

    /// Its size in 元.
    fn size(self) -> Decimal {
        match self {
            MoneyUnit::Yuan => Decimal::ONE,
            MoneyUnit::TenThousand => Decimal::from(10_000),
            MoneyUnit::HundredMillion => Decimal::from(100_000_000),
        }
    }
}

/// 金额: 1.2亿元, 318.6万元, 950元. The unit is chosen by the amount as it will be shown, so
/// 9999.996万元 is 1亿元; at most two decimals, trailing zeros dropped.
pub fn money(value: Amount, given: MoneyUnit) -> Result<String, WordingError> {
    let yuan = in_yuan(value, given)?;
    for (unit, next) in [(MoneyUnit::Yuan, MoneyUnit::TenThousand), (MoneyUnit::TenThousand, MoneyUnit::HundredMillion)]
    {
        let shown = rounded(yuan, unit)?;
        if multiply(shown.abs(), unit.size())? < next.size() {
            return Ok(format!("{}{}", plain(shown), unit.name()));
        }
    }
    let unit = MoneyUnit::HundredMillion;
    Ok(format!("{}{}", plain(rounded(yuan, unit)?), unit.name()))
}

/// 金额 in a unit that the template asks for, so that a sentence compares in one (S-11).
pub fn money_in(value: Amount, given: MoneyUnit, wanted: MoneyUnit) -> Result<String, WordingError> {
    Ok(format!("{}{}", plain(rounded(in_yuan(value, given)?, wanted)?), wanted.name()))
}

fn in_yuan(value: Amount, given: MoneyUnit) -> Result<Decimal, WordingError> {
    let number = value.require(Operand::Only)?;
    if number.is_share() {
        return Err(WordingError::MixedPercent(Operand::Only));
    }
    multiply(number.decimal, given.size())
}

/// In the unit, to two decimals; further ones where a sum that is there would read 0.
fn rounded(yuan: Decimal, unit: MoneyUnit) -> Result<Decimal, WordingError> {
    let exact = yuan.checked_div(unit.size()).ok_or(WordingError::TooLarge)?;
    let shown = half_up(exact, DECIMALS);
    Ok(if shown.is_zero() { exact } else { shown })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dataset::Number;

    fn n(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

    #[test]
    fn the_fitting_unit() {
        let yuan = |t| money(n(t), MoneyUnit::Yuan).unwrap();
        let wan = |t| money(n(t), MoneyUnit::TenThousand).unwrap();
        assert_eq!(yuan("120000000"), "1.2亿元");
        assert_eq!(yuan("3186000"), "318.6万元");
        assert_eq!(yuan("950"), "950元");
        assert_eq!(yuan("9999.996"), "1万元");
        assert_eq!(yuan("9999.99"), "9999.99元");
        assert_eq!(yuan("0"), "0元");
        assert_eq!(yuan("-3186000"), "-318.6万元");
        assert_eq!(wan("318.6"), "318.6万元");
        assert_eq!(wan("9999.996"), "1亿元");
        assert_eq!(wan("9999.99"), "9999.99万元");
        assert_eq!(wan("0.5"), "5000元");
        assert_eq!(wan("31.865"), "31.87万元");
        assert_eq!(wan("12000"), "1.2亿元");
        assert_eq!(money(n("3.5"), MoneyUnit::HundredMillion).unwrap(), "3.5亿元");
    }

    #[test]
    fn one_unit_in_a_comparison() {
        assert_eq!(money_in(n("9500"), MoneyUnit::TenThousand, MoneyUnit::HundredMillion).unwrap(), "0.95亿元");
        assert_eq!(money_in(n("10"), MoneyUnit::TenThousand, MoneyUnit::HundredMillion).unwrap(), "0.001亿元");
    }

    #[test]
    fn what_is_no_money() {
        assert!(matches!(MoneyUnit::named("美元"), Err(WordingError::NotAMoneyUnit(_))));
        assert_eq!(money(Amount::Missing, MoneyUnit::Yuan), Err(WordingError::Missing(Operand::Only)));
        let rate = Number::percent("0.5".parse().unwrap()).into();
        assert_eq!(money(rate, MoneyUnit::Yuan), Err(WordingError::MixedPercent(Operand::Only)));
    }

    proptest! {
        #[test]
        fn shown_within_half_a_hundredth_of_its_unit(cents in 1_i64..1_000_000_000_000_000) {
            let text = money(Amount::Value(Number::plain(Decimal::new(cents, 2))), MoneyUnit::Yuan).unwrap();
            let unit = if text.ends_with("亿元") { 100_000_000 } else if text.ends_with("万元") { 10_000 } else { 1 };
            let figure: Decimal = text.trim_end_matches(['亿', '万', '元']).parse().unwrap();
            prop_assert!(figure.scale() <= 2 && figure >= Decimal::ONE || unit == 1);
            prop_assert!(figure < Decimal::from(10_000) || unit == 100_000_000);
            let off = (figure * Decimal::from(unit) - Decimal::new(cents, 2)).abs();
            prop_assert!(off * Decimal::from(200) <= Decimal::from(unit));
        }
    }
}
