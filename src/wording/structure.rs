//! 构成, 比值, 成数: how a whole is made up.

use rust_decimal::Decimal;

use super::decimal::{digits as checked, divide, hundredfold, plain, subtract};
use super::{Operand, WordingError};

/// 构成: 22.8∶38.8∶38.4, parts of a hundred that add up to it: what rounding leaves goes to those
/// that lost most by it.
pub fn structure(parts: &[Decimal], asked: u32) -> Result<String, WordingError> {
    let digits = checked(asked)?;
    if parts.is_empty() {
        return Err(WordingError::EmptyList);
    }
    if let Some(at) = parts.iter().position(|part| part.is_sign_negative() && !part.is_zero()) {
        return Err(WordingError::Negative(Operand::Item(at)));
    }
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| super::decimal::add(sum, *part))?;
    if sum.is_zero() {
        return Err(WordingError::Zero(Operand::Whole));
    }
    let unit = Decimal::new(1, digits);
    let mut shown = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let exact = divide(hundredfold(*part)?, sum, digits + 6)?;
        let down = exact.trunc_with_scale(digits);
        shown.push((down, exact - down, at));
    }
    let mut left = subtract(Decimal::ONE_HUNDRED, shown.iter().map(|(down, ..)| *down).sum())?;
    let mut order: Vec<usize> = (0..shown.len()).collect();
    order.sort_by(|a, b| shown[*b].1.cmp(&shown[*a].1).then(a.cmp(b)));
    for at in order {
        if left >= unit {
            shown[at].0 += unit;
            left -= unit;
        }
    }
    Ok(shown.iter().map(|(down, ..)| plain(*down)).collect::<Vec<_>>().join("∶"))
}

/// 比值: 2.02∶1.
pub fn ratio(a: Decimal, b: Decimal, asked: u32) -> Result<Decimal, WordingError> {
    let digits = checked(asked)?;
    if b.is_zero() {
        return Err(WordingError::Zero(Operand::Old));
    }
    divide(a, b, digits)
}

/// 成数: 八成以上, 近七成, 三分之一, 近一半, 过半. `None`: nothing at all.
pub fn portion(part: Decimal, whole: Decimal) -> Result<Option<String>, WordingError> {
    if whole.is_zero() {
        return Err(WordingError::Zero(Operand::Whole));
    }
    if part > whole {
        return Err(WordingError::PartExceedsWhole);
    }
    let percent = divide(hundredfold(part)?, whole, 6)?;
    let third = |n: i64| (percent * Decimal::from(3) - Decimal::from(100 * n)).abs() <= Decimal::new(15, 1);
    let tenths = (percent / Decimal::TEN).floor();
    let over = percent - tenths * Decimal::TEN;
    let word =
        |tenths: Decimal| super::numeral::han_numeral(super::Amount::Value(crate::dataset::Number::plain(tenths)));
    Ok(Some(match percent {
        p if p <= Decimal::ZERO => return Ok(None),
        p if p == Decimal::ONE_HUNDRED => "全部".to_owned(),
        p if p == Decimal::from(50) => "一半".to_owned(),
        p if p > Decimal::from(45) && p < Decimal::from(50) => "近一半".to_owned(),
        p if p > Decimal::from(50) && p < Decimal::from(55) => "过半".to_owned(),
        _ if third(1) => "三分之一".to_owned(),
        _ if third(2) => "三分之二".to_owned(),
        p if p < Decimal::TEN => "不足一成".to_owned(),
        _ if over.is_zero() => format!("{}成", word(tenths)?),
        _ if over < Decimal::from(5) => format!("{}成以上", word(tenths)?),
        p if p > Decimal::from(95) => "九成五以上".to_owned(),
        _ => format!("近{}成", word(tenths + Decimal::ONE)?),
    }))
}
