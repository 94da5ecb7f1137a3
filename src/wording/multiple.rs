//! 倍数: how many times one figure is of another (是上年的2.5倍).

use rust_decimal::Decimal;

use super::decimal::{digits as checked, divide, percent_text, plain};
use super::points::same_kind;
use super::{Amount, Operand, WordingError};

/// 倍数: 2.5倍, to be read as 是…的2.5倍 (not 增长, S-05). What would not read more than
/// one time is given in per cent (S-06): 80%.
pub fn multiple(new: Amount, old: Amount, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let (new, old) = (new.require(Operand::New)?, old.require(Operand::Old)?);
    same_kind((new, Operand::New), (old, Operand::Old))?;
    let (new, old) = (new.decimal.normalize(), old.decimal.normalize());
    if old.is_zero() {
        return Err(WordingError::Zero(Operand::Old));
    }
    for (number, operand) in [(new, Operand::New), (old, Operand::Old)] {
        if number.is_sign_negative() && !number.is_zero() {
            return Err(WordingError::Negative(operand));
        }
    }
    let times = divide(new, old, digits)?;
    if times > Decimal::ONE {
        return Ok(format!("{}倍", plain(times)));
    }
    Ok(match percent_text(new, old, digits)? {
        Some(percent) => format!("{percent}%"),
        None => format!("不足{}%", plain(Decimal::new(1, digits + 2))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Number;

    fn n(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

    #[test]
    fn times_of() {
        assert_eq!(multiple(n("150"), n("50"), 1).unwrap(), "3倍");
        assert_eq!(multiple(n("125"), n("50"), 1).unwrap(), "2.5倍");
        assert_eq!(multiple(n("40"), n("50"), 1).unwrap(), "80%");
        assert_eq!(multiple(n("50"), n("50"), 1).unwrap(), "100%");
        assert_eq!(multiple(n("52"), n("50"), 1).unwrap(), "104%");
        assert_eq!(multiple(n("5"), n("0"), 1), Err(WordingError::Zero(Operand::Old)));
        assert_eq!(multiple(n("-5"), n("1"), 1), Err(WordingError::Negative(Operand::New)));
    }
}
