//! 占比: the share of a part in a whole.

use super::decimal::{digits as checked, percent_text, plain};
use super::points::same_kind;
use super::{Amount, Operand, WordingError};

/// 占比: 52.9%, half up, without trailing zeros. A share that is neither nothing nor all is
/// never shown as 0% or 100%. A part above its whole is an error (S-15); what may exceed
/// 100% is a [`super::completion`].
pub fn share(part: Amount, whole: Amount, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let (part, whole) = (part.require(Operand::Part)?, whole.require(Operand::Whole)?);
    same_kind((part, Operand::Part), (whole, Operand::Whole))?;
    if whole.decimal.is_zero() {
        return Err(WordingError::Zero(Operand::Whole));
    }
    for (number, operand) in [(part, Operand::Part), (whole, Operand::Whole)] {
        if number.decimal.is_sign_negative() && !number.decimal.is_zero() {
            return Err(WordingError::Negative(operand));
        }
    }
    if part.decimal > whole.decimal {
        return Err(WordingError::PartExceedsWhole);
    }
    Ok(match percent_text(part.decimal, whole.decimal, digits)? {
        Some(percent) => format!("{percent}%"),
        None => format!("不足{}%", plain(rust_decimal::Decimal::new(1, digits + 2))),
    })
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
    fn shares() {
        let s = |a, b| share(n(a), n(b), 1).unwrap();
        assert_eq!(s("9", "17"), "52.9%");
        assert_eq!(s("1", "5"), "20%");
        assert_eq!(s("0", "17"), "0%");
        assert_eq!(s("17", "17"), "100%");
        assert_eq!(s("1", "16"), "6.3%");
        assert_eq!(s("1", "10000"), "0.01%");
        assert_eq!(s("1", "100000000"), "不足0.001%");
        assert_eq!(s("9999", "10000"), "99.99%");
        assert_eq!(share(n("1"), n("3"), 2).unwrap(), "33.33%");
        assert_eq!(share(n("1"), n("3"), 0).unwrap(), "33%");
    }

    #[test]
    fn what_is_no_share() {
        let e = |a, b| share(a, b, 1).unwrap_err();
        assert_eq!(e(n("9"), n("0")), WordingError::Zero(Operand::Whole));
        assert_eq!(e(n("0"), n("0")), WordingError::Zero(Operand::Whole));
        assert_eq!(e(n("18"), n("17")), WordingError::PartExceedsWhole);
        assert_eq!(e(n("-1"), n("17")), WordingError::Negative(Operand::Part));
        assert_eq!(e(Amount::Missing, n("17")), WordingError::Missing(Operand::Part));
        assert_eq!(e(n("1"), Amount::Absent), WordingError::Absent(Operand::Whole));
        let rate = Amount::Value(Number::percent("0.5".parse().unwrap()));
        assert_eq!(e(rate, n("17")), WordingError::MixedPercent(Operand::Whole));
    }

    proptest! {
        #[test]
        fn half_up_like_integers(whole in 1_u32..2_000_000, part in 0_u32..2_000_000) {
            prop_assume!(part <= whole);
            let tenths = (u64::from(part) * 2000 + u64::from(whole)) / (2 * u64::from(whole));
            prop_assume!((tenths != 0 || part == 0) && (tenths != 1000 || part == whole));
            let shown = if tenths.is_multiple_of(10) { format!("{}%", tenths / 10) } else { format!("{}.{}%", tenths / 10, tenths % 10) };
            prop_assert_eq!(share(n(&part.to_string()), n(&whole.to_string()), 1).unwrap(), shown);
        }
    }
}
