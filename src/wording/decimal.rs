//! Exact decimals: rounding half up, and how a decimal is written.

use rust_decimal::{Decimal, RoundingStrategy};

use super::amount::{Amount, MAX_DIGITS, Operand, WordingError};
use crate::dataset::Number;

/// The asked number of decimals, if it is one.
pub(super) fn digits(asked: u32) -> Result<u32, WordingError> {
    if asked > MAX_DIGITS { Err(WordingError::WrongDigits(i64::from(asked))) } else { Ok(asked) }
}

/// Rounded half up on the magnitude: 0.05 → 0.1, -0.05 → -0.1.
pub(super) fn half_up(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// `numerator / denominator` rounded half up on the magnitude, exact also where the quotient
/// has no end. The caller has refused a zero denominator.
pub(super) fn divide(numerator: Decimal, denominator: Decimal, digits: u32) -> Result<Decimal, WordingError> {
    let scale = Decimal::from(10_u64.pow(digits));
    let scaled = multiply(numerator.abs().normalize(), scale)?;
    let divisor = denominator.abs().normalize();
    let remainder = scaled.checked_rem(divisor).ok_or(WordingError::TooLarge)?;
    let whole = (scaled - remainder).checked_div(divisor).ok_or(WordingError::TooLarge)?.round();
    let up = remainder >= divisor - remainder;
    let units = if up { add(whole, Decimal::ONE)? } else { whole };
    let quotient = units.checked_div(scale).ok_or(WordingError::TooLarge)?;
    let negative = numerator.is_sign_negative() != denominator.is_sign_negative();
    Ok(if negative { -quotient } else { quotient }.normalize())
}

pub(super) fn add(a: Decimal, b: Decimal) -> Result<Decimal, WordingError> {
    a.checked_add(b).ok_or(WordingError::TooLarge)
}

pub(super) fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, WordingError> {
    a.checked_sub(b).ok_or(WordingError::TooLarge)
}

pub(super) fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, WordingError> {
    a.checked_mul(b).ok_or(WordingError::TooLarge)
}

/// A percentage's figure before the sign %: 0.783 → 78.3.
pub(super) fn hundredfold(ratio: Decimal) -> Result<Decimal, WordingError> {
    multiply(ratio, Decimal::ONE_HUNDRED)
}

/// Without trailing zeros: 20.0 → `20`, 31.860 → `31.86`.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// With exactly so many decimals, rounded half up: 12 → `12.0`. Never `-0.0`.
fn fixed(value: Decimal, digits: u32) -> String {
    let mut rounded = half_up(value, digits);
    rounded.rescale(digits);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded.to_string()
}

/// A number in full, without trailing zeros, a percentage with %.
pub fn show(number: Number) -> Result<String, WordingError> {
    if number.is_share() { Ok(format!("{}%", plain(hundredfold(number.decimal)?))) } else { Ok(plain(number.decimal)) }
}

/// 保留: exactly so many decimals, rounded half up; a percentage keeps its % and counts the
/// decimals that are shown (0.7834 with one → `78.3%`).
pub fn keep(value: Amount, asked: u32) -> Result<String, WordingError> {
    let digits = digits(asked)?;
    let number = value.require(Operand::Only)?;
    if number.is_share() {
        Ok(format!("{}%", fixed(hundredfold(number.decimal)?, digits)))
    } else {
        Ok(fixed(number.decimal, digits))
    }
}

/// `numerator / denominator` in per cent, written without trailing zeros; a ratio that is
/// neither nothing nor everything is never shown as 0 or 100 but gets up to two further
/// decimals (S-04). `None`: it is still too near to 0 to be written.
pub(super) fn percent_text(
    numerator: Decimal,
    denominator: Decimal,
    digits: u32,
) -> Result<Option<String>, WordingError> {
    let hundred = Decimal::ONE_HUNDRED;
    let scaled = hundredfold(numerator)?;
    let whole = numerator.abs() == denominator.abs();
    for digits in digits..=digits + 2 {
        let percent = divide(scaled, denominator, digits)?;
        if percent.is_zero() && !numerator.is_zero() || percent.abs() == hundred && !whole {
            continue;
        }
        return Ok(Some(plain(percent)));
    }
    if divide(scaled, denominator, digits)?.is_zero() {
        return Ok(None);
    }
    // So near to everything that rounding cannot show it: the figure cut off instead.
    let unit = Decimal::new(1, digits + 2);
    let cut = if numerator.abs() < denominator.abs() { hundred - unit } else { hundred + unit };
    Ok(Some(plain(cut)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn kept_decimals_are_shown_even_when_zero() {
        let kept = |t: &str, n| keep(Number::plain(d(t)).into(), n).unwrap();
        assert_eq!(kept("31.86", 1), "31.9");
        assert_eq!(kept("12", 2), "12.00");
        assert_eq!(kept("0.05", 1), "0.1");
        assert_eq!(kept("-0.05", 1), "-0.1");
        assert_eq!(kept("-0.04", 1), "0.0");
        assert_eq!(kept("2.5", 0), "3");
        assert_eq!(kept("1.005", 2), "1.01");
        assert_eq!(keep(Number::percent(d("0.78349")).into(), 1).unwrap(), "78.3%");
    }

    #[test]
    fn keeping_refuses_what_is_no_number_of_decimals() {
        assert_eq!(keep(Number::plain(d("1")).into(), 9), Err(WordingError::WrongDigits(9)));
        assert_eq!(keep(Amount::Missing, 1), Err(WordingError::Missing(Operand::Only)));
        assert_eq!(keep(Amount::Absent, 1), Err(WordingError::Absent(Operand::Only)));
    }

    #[test]
    fn ratios_near_nothing_and_everything_get_more_decimals() {
        let p = |a: &str, b: &str| percent_text(d(a), d(b), 1).unwrap();
        assert_eq!(p("1", "8").as_deref(), Some("12.5"));
        assert_eq!(p("4", "10000").as_deref(), Some("0.04"));
        assert_eq!(p("1", "100000000"), None);
        assert_eq!(p("9999", "10000").as_deref(), Some("99.99"));
        assert_eq!(p("99999999", "100000000").as_deref(), Some("99.999"));
        assert_eq!(p("100000001", "100000000").as_deref(), Some("100.001"));
    }

    proptest! {
        #[test]
        fn division_is_half_up_like_integers(a in -10_000_000_i64..10_000_000, b in 1_i64..100_000, k in 0_u32..5) {
            let got = divide(Decimal::from(a), Decimal::from(b), k).unwrap();
            let scaled = i128::from(a.abs()) * 10_i128.pow(k);
            let (q, r) = (scaled / i128::from(b), scaled % i128::from(b));
            let units = if 2 * r >= i128::from(b) { q + 1 } else { q };
            let sign = if a < 0 { -1 } else { 1 };
            prop_assert_eq!(got, Decimal::from_i128_with_scale(sign * units, k));
        }

        #[test]
        fn any_decimal_is_kept_without_panic(n in any::<i128>(), s in 0_u32..=28, k in 0_u32..12, p in any::<bool>()) {
            let n = n % 79_000_000_000_000_000_000_000_000_000;
            let decimal = Decimal::from_i128_with_scale(n, s);
            let number = if p { Number::percent(decimal) } else { Number::plain(decimal) };
            let _ = keep(Amount::Value(number), k);
            let _ = show(number);
        }

        #[test]
        fn any_division_ends_without_panic(a in any::<i128>(), s in 0_u32..=28, b in any::<i128>(), t in 0_u32..=28) {
            let most = 79_000_000_000_000_000_000_000_000_000;
            let (a, b) = (Decimal::from_i128_with_scale(a % most, s), Decimal::from_i128_with_scale(b % most, t));
            prop_assume!(!b.is_zero());
            let _ = percent_text(a, b, 1);
        }
    }
}
