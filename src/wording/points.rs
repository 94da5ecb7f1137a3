//! 百分点: the change of a rate.

use rust_decimal::Decimal;

use super::decimal::{digits as checked, half_up, hundredfold, plain, subtract};
use super::{Amount, Operand, WordingError};
use crate::dataset::Number;

/// 百分点: 提高3.2个百分点, 下降0.5个百分点, 持平. Two percentages, or two plain numbers that
/// are per cent already (78.3 for 78.3%); never one of each.
pub fn percentage_points(new: Amount, old: Amount, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let (new, old) = (new.require(Operand::New)?, old.require(Operand::Old)?);
    same_kind((new, Operand::New), (old, Operand::Old))?;
    let scale = |n: Number| if n.percent { hundredfold(n.decimal) } else { Ok(n.decimal) };
    let change = subtract(scale(new)?, scale(old)?)?;
    Ok(match points(change, digits) {
        _ if change.is_zero() => "持平".to_owned(),
        None => "基本持平".to_owned(),
        Some(points) if change.is_sign_positive() => format!("提高{points}个百分点"),
        Some(points) => format!("下降{points}个百分点"),
    })
}

/// The magnitude of a change in per cent, with up to two further decimals where it would
/// read 0; `None` where it still would.
pub(super) fn points(change: Decimal, digits: u32) -> Option<String> {
    (digits..=digits + 2).map(|n| half_up(change.abs(), n)).find(|rounded| !rounded.is_zero()).map(plain)
}

/// A zero is of either kind; otherwise both are percentages or neither is.
pub(super) fn same_kind(a: (Number, Operand), b: (Number, Operand)) -> Result<(), WordingError> {
    if a.0.percent == b.0.percent || a.0.decimal.is_zero() || b.0.decimal.is_zero() {
        Ok(())
    } else {
        Err(WordingError::MixedPercent(if a.0.percent { b.1 } else { a.1 }))
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
        assert_eq!(percentage_points(rate("0.7"), Amount::Missing, 1), Err(WordingError::Missing(Operand::Old)));
        assert_eq!(percentage_points(Amount::Absent, rate("0.7"), 1), Err(WordingError::Absent(Operand::New)));
    }
}
