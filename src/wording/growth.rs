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
