//! 增长: what a rate of growth says that the data give, and how two of them differ.

use rust_decimal::Decimal;

use super::change::compared;
use super::decimal::{digits as checked, subtract};
use super::points::{points, rates};
use super::{Amount, Operand, WordingError};

/// 增长: 增长7.2%, 下降7.7%, of 0 持平; with a lead 同比增长7.2%, 与上年持平.
pub fn growth(rate: Amount, prefix: &str, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let number = rate.require(Operand::Only)?;
    let (percent, _) = rates(number, crate::dataset::Number::percent(Decimal::ZERO))?;
    Ok(match points(percent, digits) {
        _ if percent.is_zero() => compared(prefix, "持平".to_owned()),
        None => compared(prefix, "基本持平".to_owned()),
        Some(rate) => format!("{prefix}{}{rate}%", if percent.is_sign_positive() { "增长" } else { "下降" }),
    })
}

/// 增速变化: 增速提高1.2个百分点, of two falls 降幅收窄4.4个百分点, across zero 由下降2%转为增长3%.
/// `name` is what the rate is called: 增速 rises and falls (提高, 回落), 增幅 widens and narrows.
pub fn growth_change(new: Amount, old: Amount, name: &str, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let (rate, before) = (new.require(Operand::New)?, old.require(Operand::Old)?);
    let (now, then) = rates(rate, before)?;
    let change = subtract(now, then)?;
    if change.is_zero() {
        return Ok(format!("{name}与上年持平"));
    }
    let falls = |rate: Decimal| rate.is_sign_negative() && !rate.is_zero();
    if falls(now) != falls(then) {
        return Ok(format!("由{}转为{}", growth(old, "", digits)?, growth(new, "", digits)?));
    }
    let Some(points) = points(change, digits) else { return Ok(format!("{name}与上年基本持平")) };
    let grows = change.is_sign_positive();
    let said = match (falls(now), name) {
        (true, _) if grows => "降幅收窄".to_owned(),
        (true, _) => "降幅扩大".to_owned(),
        (false, "增幅") if grows => "增幅扩大".to_owned(),
        (false, "增幅") => "增幅收窄".to_owned(),
        (false, _) if grows => format!("{name}提高"),
        (false, _) => format!("{name}回落"),
    };
    Ok(format!("{said}{points}个百分点"))
}

/// 高于: how a figure stands to that of somebody else: 高于全国2.2个百分点, 慢于全市1.3个百分点, 与全国持平.
/// `words` say above and below.
pub fn above(
    (new, old): (Amount, Amount),
    whose: &str,
    words: (&str, &str),
    unit: &str,
    asked: u32,
) -> Result<String, WordingError> {
    let digits = checked(asked)?;
    let (own, other) = (new.require(Operand::New)?, old.require(Operand::Old)?);
    let share = own.is_share() || other.is_share();
    let (own, other) = if share { rates(own, other)? } else { (own.decimal, other.decimal) };
    let change = subtract(own, other)?;
    let word = if change.is_sign_positive() { words.0 } else { words.1 };
    Ok(match points(change, digits) {
        _ if change.is_zero() => format!("与{whose}持平"),
        _ if !share => format!("{word}{whose}{}{unit}", super::decimal::plain(change.abs())),
        None => format!("与{whose}基本持平"),
        Some(points) => format!("{word}{whose}{points}个百分点"),
    })
}

/// A part and its whole, now and last year.
#[derive(Clone, Copy, Debug)]
pub struct Grown {
    /// The part, now and last year.
    pub part: (Decimal, Decimal),
    /// The whole, now and last year.
    pub whole: (Decimal, Decimal),
}

/// 拉动: 拉动增长2.4个百分点, of a part that fell 下拉0.3个百分点; `None`: it moved nothing.
pub fn pull(grown: Grown, asked: u32) -> Result<Option<String>, WordingError> {
    let digits = checked(asked)?;
    if grown.whole.1.is_zero() {
        return Err(WordingError::Zero(Operand::Old));
    }
    let moved = subtract(grown.part.0, grown.part.1)?;
    let percent = super::decimal::divide(super::decimal::hundredfold(moved)?, grown.whole.1, digits + 2)?;
    let word = if percent.is_sign_positive() { "拉动增长" } else { "下拉" };
    Ok(points(percent, digits).map(|points| format!("{word}{points}个百分点")))
}

/// 贡献率: the part of the whole's growth that is this part's: 54.4%. `None`: the whole did not grow.
pub fn contribution(grown: Grown, asked: u32) -> Result<Option<String>, WordingError> {
    let digits = checked(asked)?;
    let (part, whole) = (subtract(grown.part.0, grown.part.1)?, subtract(grown.whole.0, grown.whole.1)?);
    if whole <= Decimal::ZERO {
        return Ok(None);
    }
    let percent = super::decimal::divide(super::decimal::hundredfold(part)?, whole, digits)?;
    Ok(Some(format!("{}%", super::decimal::plain(percent))))
}
