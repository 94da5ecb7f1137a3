//! Several years beside each other: 年均增长, 翻番, 连续, 新高.

use rust_decimal::Decimal;

use super::decimal::{digits as checked, divide, half_up, plain};
use super::{Operand, WordingError};
use crate::vocabulary::numeral::han;

/// 年均增长: the yearly rate by which `old` became `new` in so many years, rounded half up once.
/// The sign is that of the change.
pub fn annual(new: Decimal, old: Decimal, years: u32, asked: u32) -> Result<Decimal, WordingError> {
    let digits = checked(asked)?;
    for (number, operand) in [(new, Operand::New), (old, Operand::Old)] {
        if number.is_zero() {
            return Err(WordingError::Zero(operand));
        }
        if number.is_sign_negative() {
            return Err(WordingError::Negative(operand));
        }
    }
    if years == 0 {
        return Err(WordingError::NotPositive(Operand::Only));
    }
    let ratio = new.checked_div(old).ok_or(WordingError::TooLarge)?;
    // Halved until nothing is left to halve: 40 digits of a root that is below the ratio or below 1.
    let (mut low, mut high) = (Decimal::ZERO, ratio.max(Decimal::ONE));
    for _ in 0..90 {
        let middle = (low + high) / Decimal::TWO;
        let power = (0..years).try_fold(Decimal::ONE, |power, _| power.checked_mul(middle));
        match power {
            Some(power) if power <= ratio => low = middle,
            _ => high = middle,
        }
    }
    let root = ((low + high) / Decimal::TWO).round_dp(18);
    Ok(half_up((root - Decimal::ONE) * Decimal::ONE_HUNDRED, digits))
}

/// 翻番: 翻一番, 翻两番多. `None`: less than twice as much.
pub fn doubled(new: Decimal, old: Decimal) -> Result<Option<String>, WordingError> {
    if old <= Decimal::ZERO {
        return Err(if old.is_zero() {
            WordingError::Zero(Operand::Old)
        } else {
            WordingError::Negative(Operand::Old)
        });
    }
    let (mut times, mut reached) = (0_u64, old);
    while let Some(next) = reached.checked_mul(Decimal::TWO).filter(|next| *next <= new) {
        (times, reached) = (times + 1, next);
    }
    let word = if times == 2 { "两".to_owned() } else { han(times) };
    Ok((times > 0).then(|| format!("翻{word}番{}", if reached == new { "" } else { "多" })))
}

/// 连续: how many years in turn a figure rose or fell, the newest first: 连续3年增长. `None`: not two.
pub fn streak(values: &[Decimal], words: (&str, &str)) -> Option<String> {
    let way = |pair: &[Decimal]| pair[0].cmp(&pair[1]);
    let first = values.windows(2).next().map(way).filter(|way| way.is_ne())?;
    let years = values.windows(2).take_while(|pair| way(pair) == first).count();
    (years > 1).then(|| format!("连续{years}年{}", if first.is_gt() { words.0 } else { words.1 }))
}

/// 新高: 创近五年新高, 创近五年新低, of so many years as there are values, the newest first.
pub fn record(values: &[Decimal]) -> Option<String> {
    let (now, before) = values.split_first().filter(|(_, before)| before.len() > 1)?;
    let years = if values.len() == 2 { "两".to_owned() } else { han(values.len() as u64) };
    let word = if before.iter().all(|then| now > then) {
        "高"
    } else if before.iter().all(|then| now < then) {
        "低"
    } else {
        return None;
    };
    Some(format!("创近{years}年新{word}"))
}

/// 约数: 近440亿元, 超过430亿元, with `more` 5200余人; what is round already says itself.
pub fn about(value: Decimal, unit: &str, more: bool) -> Result<String, WordingError> {
    let size = value.abs().trunc().to_string().len() as u32;
    let step = Decimal::from(10_u64.checked_pow(size.saturating_sub(2)).ok_or(WordingError::TooLarge)?);
    let floor = (value / step).floor() * step;
    Ok(if floor == value {
        format!("{}{unit}", plain(value))
    } else if more && floor >= Decimal::TEN {
        format!("{}余{unit}", plain(floor))
    } else if divide(value - floor, step, 6)? >= Decimal::new(5, 1) {
        format!("近{}{unit}", plain(floor + step))
    } else {
        format!("超过{}{unit}", plain(floor))
    })
}
