//! 百分点: the change of a rate.

use rust_decimal::Decimal;

use super::decimal::{digits as checked, half_up, hundredfold, plain, subtract};
use super::{Amount, Operand, WordingError};
use crate::dataset::Number;

/// 百分点: 提高3.2个百分点, 下降0.5个百分点, 持平. Of two rates: see `rates`.
pub fn percentage_points(new: Amount, old: Amount, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let (new, old) = rates(new.require(Operand::New)?, old.require(Operand::Old)?)?;
    let change = subtract(new, old)?;
    Ok(match points(change, digits) {
        _ if change.is_zero() => "持平".to_owned(),
        None => "基本持平".to_owned(),
        Some(points) if change.is_sign_positive() => format!("提高{points}个百分点"),
        Some(points) => format!("下降{points}个百分点"),
    })
}

/// Both rates in per cent. A percentage says so itself; a plain number up to 1 is a ratio
/// (0.783, what a division gives), and two above 2 are per cent already (78.3 and 75.1).
/// What could be either is refused.
pub(super) fn rates(new: Number, old: Number) -> Result<(Decimal, Decimal), WordingError> {
    let ratio = |n: Number| n.is_share() || n.decimal.abs() <= Decimal::ONE;
    if ratio(new) && ratio(old) {
        return Ok((hundredfold(new.decimal)?, hundredfold(old.decimal)?));
    }
    let per_cent = |n: Number| n.decimal.is_zero() || !n.is_share() && n.decimal.abs() > Decimal::TWO;
    if per_cent(new) && per_cent(old) {
        return Ok((new.decimal, old.decimal));
    }
    let doubtful = if ratio(new) { Operand::Old } else { Operand::New };
    Err(if new.is_share() || old.is_share() {
        WordingError::MixedPercent(doubtful)
    } else {
        WordingError::UnclearRate(doubtful)
    })
}

/// The magnitude of a change in per cent, with up to two further decimals where it would
/// read 0; `None` where it still would.
pub(super) fn points(change: Decimal, digits: u32) -> Option<String> {
    (digits..=digits + 2).map(|n| half_up(change.abs(), n)).find(|rounded| !rounded.is_zero()).map(plain)
}

/// A zero is of either kind; otherwise both are percentages or neither is.
pub(super) fn same_kind(a: (Number, Operand), b: (Number, Operand)) -> Result<(), WordingError> {
    if a.0.is_share() == b.0.is_share() || a.0.decimal.is_zero() || b.0.decimal.is_zero() {
        Ok(())
    } else {
        Err(WordingError::MixedPercent(if a.0.is_share() { b.1 } else { a.1 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Amount {
        Number::percent(text.parse().unwrap()).into()
    }

    fn plain(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

    #[test]
    fn rates_change_in_points() {
        assert_eq!(percentage_points(rate("0.783"), rate("0.751"), 1).unwrap(), "提高3.2个百分点");
        assert_eq!(percentage_points(rate("0.94"), rate("0.945"), 1).unwrap(), "下降0.5个百分点");
        assert_eq!(percentage_points(rate("0.94"), rate("0.94"), 1).unwrap(), "持平");
        assert_eq!(percentage_points(plain("78.3"), plain("75.1"), 1).unwrap(), "提高3.2个百分点");
        assert_eq!(percentage_points(plain("0.88"), plain("0.85"), 1).unwrap(), "提高3个百分点");
        assert_eq!(percentage_points(rate("0.93"), plain("0.88"), 1).unwrap(), "提高5个百分点");
        assert_eq!(percentage_points(plain("78.3"), plain("0"), 1).unwrap(), "提高78.3个百分点");
        assert_eq!(percentage_points(rate("0.5"), plain("0"), 1).unwrap(), "提高50个百分点");
        assert_eq!(percentage_points(rate("0.7834"), rate("0.7516"), 2).unwrap(), "提高3.18个百分点");
    }

    #[test]
    fn a_change_too_small_to_show_is_not_called_zero() {
        assert_eq!(percentage_points(rate("0.7834"), rate("0.7830"), 1).unwrap(), "提高0.04个百分点");
        assert_eq!(percentage_points(rate("0.7830001"), rate("0.783"), 1).unwrap(), "基本持平");
    }

    #[test]
    fn a_rate_and_a_number_do_not_compare() {
        assert_eq!(percentage_points(rate("0.783"), plain("75.1"), 1), Err(WordingError::MixedPercent(Operand::Old)));
        assert_eq!(percentage_points(plain("1.05"), plain("0.9"), 1), Err(WordingError::UnclearRate(Operand::New)));
        assert_eq!(percentage_points(plain("96.5"), plain("0.9"), 1), Err(WordingError::UnclearRate(Operand::New)));
        assert_eq!(percentage_points(rate("0.7"), Amount::Missing, 1), Err(WordingError::Missing(Operand::Old)));
        assert_eq!(percentage_points(Amount::Absent, rate("0.7"), 1), Err(WordingError::Absent(Operand::New)));
    }
}
