//! None, some or all of what was to be done, and the most and the least of several: what a report
//! would else say with a ladder of conditions.

use super::decimal::plain;
use super::{Amount, MoneyUnit, Operand, WordingError, list, share};

/// How a ladder is said.
#[derive(Clone, Copy, Debug)]
pub struct Ladder<'t> {
    /// What is done: 办结, 建成.
    pub verb: &'t str,
    /// The unit of the part: 件.
    pub unit: &'t str,
    /// The name of the rate that is told behind a part (办结率); empty: none is told.
    pub rate: &'t str,
    /// What is said where nothing is done: 未办结, 未开工.
    pub none: &'t str,
}

/// 进展: 均未办结, 已办结3件，办结率60%, 已全部办结; of one alone 尚未办结, 已办结. Of nothing to do
/// there is nothing to say ([`WordingError::Zero`]).
pub fn progress_of(part: Amount, whole: Amount, said: Ladder) -> Result<String, WordingError> {
    let percent = share(part, whole, 1)?;
    let (part, whole) = (part.require(Operand::Part)?.decimal, whole.require(Operand::Whole)?.decimal);
    let Ladder { verb, unit, rate, none } = said;
    // Of money, or of one, nobody says 均 or 全部.
    let several = whole > rust_decimal::Decimal::ONE && MoneyUnit::named(unit).is_err();
    Ok(if part.is_zero() {
        format!("{}{none}", if several { "均" } else { "尚" })
    } else if part == whole {
        format!("已{}{verb}", if whole > rust_decimal::Decimal::ONE { "全部" } else { "" })
    } else if rate.is_empty() {
        format!("已{verb}{}{unit}", plain(part))
    } else {
        format!("已{verb}{}{unit}，{rate}{percent}", plain(part))
    })
}

/// 最多, 最少: 最多的云溪镇为120人次, of several 最多的石桥、柳湾2个镇均为95人次. `value` is what
/// they have, with what leads to it: 为120人次, 增长15.1%.
pub fn extreme_of(
    names: &[String],
    lead: &str,
    most: usize,
    measure: &str,
    value: &str,
) -> Result<String, WordingError> {
    let all = if names.len() > 1 { "均" } else { "" };
    Ok(format!("{lead}{}{all}{value}", list::enumerate(names, most, measure)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Number;

    fn said(part: i64, whole: i64, unit: &str) -> Result<String, WordingError> {
        let n = |n: i64| Amount::from(Number::plain(n.into()));
        progress_of(n(part), n(whole), Ladder { verb: "办结", unit, rate: "办结率", none: "未办结" })
    }

    #[test]
    fn none_some_and_all() {
        for (part, whole, unit, gives) in [
            (0, 5, "件", "均未办结"),
            (0, 1, "件", "尚未办结"),
            (3, 5, "件", "已办结3件，办结率60%"),
            (5, 5, "件", "已全部办结"),
            (1, 1, "件", "已办结"),
            (0, 5, "万元", "尚未办结"),
        ] {
            assert_eq!(said(part, whole, unit).as_deref(), Ok(gives));
        }
        assert_eq!(said(0, 0, "件"), Err(WordingError::Zero(Operand::Whole)));
        assert_eq!(said(6, 5, "件"), Err(WordingError::PartExceedsWhole));
    }
}
