//! 汉字 and 序数: counts in Chinese numerals.

use rust_decimal::prelude::ToPrimitive;

use super::{Amount, Operand, WordingError};
use crate::vocabulary::numeral::han;

/// 汉字: 17 → 十七, 103 → 一百零三, up to 一万亿 exclusive. Whole numbers from 0 only.
pub fn han_numeral(value: Amount) -> Result<String, WordingError> {
    Ok(han(count(value)?))
}

/// 序数: 17 → 第十七. From 1.
pub fn ordinal(value: Amount) -> Result<String, WordingError> {
    match count(value)? {
        0 => Err(WordingError::NotPositive(Operand::Only)),
        count => Ok(format!("第{}", han(count))),
    }
}

fn count(value: Amount) -> Result<u64, WordingError> {
    let number = value.require(Operand::Only)?;
    if number.is_share() || !number.decimal.is_integer() {
        return Err(WordingError::NotWhole(Operand::Only));
    }
    if number.decimal.is_sign_negative() && !number.decimal.is_zero() {
        return Err(WordingError::Negative(Operand::Only));
    }
    number.decimal.to_u64().filter(|n| *n < 1_000_000_000_000).ok_or(WordingError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Number;

    fn n(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

    #[test]
    fn ordinals() {
        assert_eq!(ordinal(n("17")).unwrap(), "第十七");
        assert_eq!(ordinal(n("3.0")).unwrap(), "第三");
        assert_eq!(ordinal(n("0")), Err(WordingError::NotPositive(Operand::Only)));
    }

    #[test]
    fn only_counts() {
        assert_eq!(han_numeral(n("1.5")), Err(WordingError::NotWhole(Operand::Only)));
        assert_eq!(han_numeral(n("-1")), Err(WordingError::Negative(Operand::Only)));
        assert_eq!(han_numeral(n("1000000000000")), Err(WordingError::TooLarge));
        assert_eq!(han_numeral(Amount::Missing), Err(WordingError::Missing(Operand::Only)));
    }
}
