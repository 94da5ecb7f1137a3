//! Units: what converts into what. Which words are units is the vocabulary's.

use rust_decimal::Decimal;

use super::measure::Measure;
pub use super::measure::multiple;
pub use crate::vocabulary::measures::{at_start, is_unit, same, split_header, stated};

/// 万 or 亿 alone, typed behind a number, counts whatever is declared: 12万 of 人, of 元.
pub fn counted(own: &str, declared: &str) -> Option<(Decimal, Decimal)> {
    let (factor, rest) = multiple(own);
    (is_unit(own) && rest.is_empty()).then(|| (factor, multiple(declared).0))
}

/// Factor and divisor that turn a number of `from` into one of `to`: 元 to 万元 is 1/10000.
/// `None` when the two measure different things.
pub fn conversion(from: &str, to: &str) -> Option<(Decimal, Decimal)> {
    if !is_unit(from) || !is_unit(to) {
        return None;
    }
    let (from, to) = (Measure::of(same(from)), Measure::of(same(to)));
    (from.dimension == to.dimension && !from.dimension.is_empty()).then_some((from.size, to.size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions() {
        let c = |a, b| conversion(a, b).map(|(f, t)| f / t);
        assert_eq!(c("元", "万元").map(|d| d.to_string()).as_deref(), Some("0.0001"));
        assert_eq!(c("亿元", "万元").map(|d| d.to_string()).as_deref(), Some("10000"));
        assert_eq!(c("人", "万元"), None);
        assert!(c("平方米", "㎡").is_some());
    }
}
