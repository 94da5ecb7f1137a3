//! 合计, 平均, 最大, 最小 over the values of a column.

use rust_decimal::Decimal;

use super::decimal::{add, digits as checked, divide, hundredfold};
use super::{Amount, Operand, WordingError};
use crate::dataset::Number;

/// 合计: the exact sum. A `—` takes no part; a blank is an error, not 0. Of nothing: 0.
pub fn total(values: &[Amount]) -> Result<Number, WordingError> {
    let numbers = numbers(values)?;
    let mut sum = Decimal::ZERO;
    for (_, number) in &numbers {
        sum = add(sum, number.decimal)?;
    }
    Ok(Number { decimal: sum.normalize(), percent: numbers.first().is_some_and(|(_, n)| n.percent) })
}

/// 平均: rounded half up to so many decimals (of the figure as shown), trailing zeros dropped.
/// A `—` is not counted.
pub fn mean(values: &[Amount], digits: u32) -> Result<Number, WordingError> {
    let digits = checked(digits)?;
    let count = numbers(values)?.len();
    if count == 0 {
        return Err(WordingError::EmptyList);
    }
    let sum = total(values)?;
    let count = Decimal::from(count as u64);
    if sum.percent {
        let shown = divide(hundredfold(sum.decimal)?, count, digits)?;
        return Ok(Number::percent(shown / Decimal::ONE_HUNDRED));
    }
    Ok(Number::plain(divide(sum.decimal, count, digits)?))
}

/// 最大: index of the largest value, the first of equals.
pub fn largest(values: &[Amount]) -> Result<usize, WordingError> {
    extreme(values, |new, best| new > best)
}

/// 最小: index of the smallest value, the first of equals.
pub fn smallest(values: &[Amount]) -> Result<usize, WordingError> {
    extreme(values, |new, best| new < best)
}

fn extreme(values: &[Amount], better: impl Fn(Decimal, Decimal) -> bool) -> Result<usize, WordingError> {
    let mut best: Option<(usize, Decimal)> = None;
    for (index, number) in numbers(values)? {
        if best.is_none_or(|(_, held)| better(number.decimal, held)) {
            best = Some((index, number.decimal));
        }
    }
    best.map(|(index, _)| index).ok_or(WordingError::EmptyList)
}

/// The numbers with their index in the list: all percentages, or none.
pub(super) fn numbers(values: &[Amount]) -> Result<Vec<(usize, Number)>, WordingError> {
    let mut kept: Vec<(usize, Number)> = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        match value {
            Amount::Missing => return Err(WordingError::Missing(Operand::Item(index))),
            Amount::Absent => {}
            Amount::Value(number) => kept.push((index, *number)),
        }
    }
    // A zero is of either kind.
    let percent = kept.iter().find(|(_, n)| !n.decimal.is_zero()).is_some_and(|(_, n)| n.percent);
    for (index, number) in &mut kept {
        if number.decimal.is_zero() {
            number.percent = percent;
        } else if number.percent != percent {
            return Err(WordingError::MixedPercent(Operand::Item(*index)));
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn n(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(total(&[n("0.1"), n("0.2")]).unwrap().decimal, d("0.3"));
        assert_eq!(total(&[n("31.86"), Amount::Absent, n("0.14")]).unwrap().decimal.to_string(), "32");
        assert_eq!(total(&[]).unwrap().decimal, Decimal::ZERO);
        assert_eq!(total(&[n("1"), Amount::Missing]), Err(WordingError::Missing(Operand::Item(1))));
    }

    #[test]
    fn means_do_not_count_what_is_none() {
        assert_eq!(mean(&[n("1"), n("2"), Amount::Absent], 1).unwrap().decimal, d("1.5"));
        assert_eq!(mean(&[n("1"), n("1"), n("2")], 1).unwrap().decimal, d("1.3"));
        assert_eq!(mean(&[], 1), Err(WordingError::EmptyList));
        assert_eq!(mean(&[Amount::Absent], 1), Err(WordingError::EmptyList));
        let rates = [Number::percent(d("0.5")).into(), Number::percent(d("0.75")).into(), n("0")];
        assert_eq!(mean(&rates, 1).unwrap(), Number::percent(d("0.417")));
    }

    #[test]
    fn extremes_are_the_first_of_equals() {
        let values = [n("3"), Amount::Absent, n("7"), n("7"), n("3")];
        assert_eq!(largest(&values).unwrap(), 2);
        assert_eq!(smallest(&values).unwrap(), 0);
        assert_eq!(largest(&[]), Err(WordingError::EmptyList));
        assert_eq!(
            largest(&[n("3"), Number::percent(d("0.5")).into()]),
            Err(WordingError::MixedPercent(Operand::Item(1)))
        );
    }

    proptest! {
        #[test]
        fn sums_like_integers(list in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..50)) {
            let values: Vec<Amount> = list.iter().map(|&v| Number::plain(Decimal::new(v, 2)).into()).collect();
            prop_assert_eq!(total(&values).unwrap().decimal, Decimal::new(list.iter().sum(), 2));
        }
    }
}
