//! 平均: a mean, rounded as it is spoken.

use rust_decimal::Decimal;

use super::WordingError;
use super::decimal::{digits as checked, divide, hundredfold};
use crate::quantity::{Kind, Quantity};

/// The mean of `count` numbers by their sum, rounded half up once: of shares in per cent.
pub fn mean(sum: &Quantity, count: Decimal, digits: u32) -> Result<Quantity, WordingError> {
    let digits = checked(digits)?;
    if count.is_zero() {
        return Err(WordingError::EmptyList);
    }
    Ok(match sum.kind() {
        Kind::Share => {
            let shown = divide(hundredfold(sum.number.decimal)?, count, digits)?;
            sum.valued((shown / Decimal::ONE_HUNDRED).normalize())
        }
        _ => sum.valued(divide(sum.number.decimal, count, digits)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_mean_is_rounded_once() {
        let mean = |sum: Quantity, count: i64| mean(&sum, count.into(), 1).map(|q| q.to_string());
        assert_eq!(mean(Quantity::plain(d("3")), 2).unwrap(), "1.5");
        assert_eq!(mean(Quantity::plain(d("4")), 3).unwrap(), "1.3");
        assert_eq!(mean(Quantity::share(d("1.25")), 3).unwrap(), "41.7%");
        assert_eq!(mean(Quantity::plain(d("0")), 0), Err(WordingError::EmptyList));
    }
}
