//! 同比, 环比, 增减: how a figure has changed.
//!
//! In this order (layout.md S-01…S-10):
//! 1. A missing figure is an error; a `—` of last year reads 上年同期无此项.
//! 2. Percentages change in 个百分点, never in per cent.
//! 3. Equal figures: 与上年持平.
//! 4. A base of zero: the amount, and that the base is 0.
//! 5. A negative figure on either side: 由负转正, 减亏, 由…升至…; no per cent.
//! 6. A small base, that is both whole numbers and the old one below 10: both figures.
//! 7. Else per cent up to 200, above that 倍 (of increase: from 50 to 150 is 2倍).

use rust_decimal::Decimal;

use super::decimal::{digits as checked, divide, percent_text, plain, subtract};
use super::points::{points, rates};
use super::{Amount, MoneyUnit, Operand, WordingError};
use crate::dataset::Number;

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// 同比: with the same period of last year.
    LastYear,
    /// 环比: with the period before.
    LastPeriod,
}

impl Comparison {
    fn word(self) -> &'static str {
        match self {
            Comparison::LastYear => "同比",
            Comparison::LastPeriod => "环比",
        }
    }

    /// The base in “与上年持平”.
    fn base(self) -> &'static str {
        match self {
            Comparison::LastYear => "上年",
            Comparison::LastPeriod => "上期",
        }
    }

    /// The base in “上年同期为0”.
    fn period(self) -> &'static str {
        match self {
            Comparison::LastYear => "上年同期",
            Comparison::LastPeriod => "上期",
        }
    }

    /// The period of the new figure.
    fn present(self) -> &'static str {
        match self {
            Comparison::LastYear => "本年",
            Comparison::LastPeriod => "本期",
        }
    }
}

/// 同比: see [`compare`].
pub fn year_on_year(new: Amount, old: Amount, unit: &str, digits: u32) -> Result<String, WordingError> {
    compare(Comparison::LastYear, new, old, unit, digits)
}

/// The change of a figure as a clause: 同比增长12.5%, 由1件增至3件, 与上年持平 …
pub fn compare(with: Comparison, new: Amount, old: Amount, unit: &str, asked: u32) -> Result<String, WordingError> {
    let digits = checked(asked)?;
    let Some((new, old)) = operands(new, old)? else { return Ok(absence(with, new, old)) };
    let word = with.word();
    if new.is_share() || old.is_share() || is_percent(unit) {
        return in_points(with, new, old, unit, digits);
    }
    let (new, old) = (new.decimal.normalize(), old.decimal.normalize());
    let change = subtract(new, old)?;
    if change.is_zero() {
        return Ok(format!("与{}持平", with.base()));
    }
    if old.is_zero() {
        return Ok(format!("{word}{}（{}为0）", amount_of_change(change, unit), with.period()));
    }
    if new.is_sign_negative() && !new.is_zero() || old.is_sign_negative() {
        return Ok(across_zero(word, new, old, unit));
    }
    let rises = change.is_sign_positive();
    if old < Decimal::TEN && old.is_integer() && new.is_integer() {
        return Ok(format!("由{}{unit}{}至{}{unit}", plain(old), if rises { "增" } else { "减" }, plain(new)));
    }
    let Some(percent) = percent_text(change.abs(), old, digits)? else {
        return Ok(format!("与{}基本持平", with.base()));
    };
    let verb = if rises { "增长" } else { "下降" };
    if rises && divide(change, old, 2 + digits)? > Decimal::TWO {
        return Ok(format!("{word}{verb}{}倍", plain(divide(change, old, digits.max(1))?)));
    }
    Ok(format!("{word}{verb}{percent}%"))
}

/// 比上年: the change of a figure that the sentence has just named, so neither figure is said
/// twice: 同比增长12.5%, of a small base 同比增加2次, of a base of zero 上年同期为0, and where
/// nothing is left 上年同期为12次.
pub fn against_last_year(new: Amount, old: Amount, unit: &str, asked: u32) -> Result<String, WordingError> {
    let with = Comparison::LastYear;
    let digits = checked(asked)?;
    let Some((now, before)) = operands(new, old)? else { return Ok(absence(with, new, old)) };
    let (now, before) = (now.decimal.normalize(), before.decimal.normalize());
    let points = is_percent(unit) || [new, old].iter().any(|a| matches!(a, Amount::Value(n) if n.is_share()));
    if points || now == before {
        return compare(with, new, old, unit, digits);
    }
    if before.is_zero() || now.is_zero() && before.is_sign_positive() {
        let unit = if before.is_zero() { "" } else { unit };
        return Ok(format!("{}为{}{unit}", with.period(), plain(before)));
    }
    let small = before < Decimal::TEN && before.is_integer() && now.is_integer();
    let negative = now.is_sign_negative() && !now.is_zero() || before.is_sign_negative();
    if small && (!negative || MoneyUnit::named(unit).is_err()) {
        return Ok(format!("{}{}", with.word(), amount_of_change(subtract(now, before)?, unit)));
    }
    compare(with, new, old, unit, digits)
}

/// 增减: 增加4场, 减少4场, 持平; of percentages 提高3个百分点.
pub fn difference(new: Amount, old: Amount, unit: &str) -> Result<String, WordingError> {
    let Some((new, old)) = operands(new, old)? else { return Ok(absence(Comparison::LastYear, new, old)) };
    if new.is_share() || old.is_share() || is_percent(unit) {
        let (new, old) = (as_ratio(new, unit), as_ratio(old, unit));
        return super::percentage_points(new.into(), old.into(), super::MAX_DIGITS);
    }
    let change = subtract(new.decimal, old.decimal)?;
    Ok(if change.is_zero() { "持平".to_owned() } else { amount_of_change(change, unit) })
}

/// A change behind the words that name its base: 同比提高3个百分点, 较上年同期增加4个, 按可比价格增长4%;
/// what has not changed is level with the base (与上年同期持平), and what has no base names none.
pub fn compared(prefix: &str, said: String) -> String {
    if prefix.is_empty() || said.ends_with("无此项") {
        return said;
    }
    if !said.ends_with("持平") {
        return format!("{prefix}{said}");
    }
    match prefix {
        "同比" => format!("与{}{said}", Comparison::LastYear.base()),
        "环比" => format!("与{}{said}", Comparison::LastPeriod.base()),
        other => match other.strip_prefix(['比', '较', '与']) {
            Some(base) => format!("与{base}{said}"),
            None => format!("{other}与{}{said}", Comparison::LastYear.base()),
        },
    }
}

/// A comparison with another lead than its own, or none: 比上年增长12.5%, 增长12.5%.
pub fn led(prefix: &str, said: String) -> String {
    let own = [Comparison::LastYear, Comparison::LastPeriod];
    if let Some(rest) = own.iter().find_map(|own| said.strip_prefix(own.word())) {
        return format!("{prefix}{rest}");
    }
    let level = own.iter().find_map(|own| said.strip_prefix(&format!("与{}", own.base())));
    match level.filter(|rest| rest.ends_with("持平")) {
        Some(level) => compared(prefix, level.to_owned()),
        None => said,
    }
}

/// Which way a figure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It rose.
    Rise,
    /// It fell.
    Fall,
}

/// Which way a figure went; `None`: it stayed, or one of the two is none.
pub fn way(new: Amount, old: Amount) -> Option<Way> {
    let (Amount::Value(new), Amount::Value(old)) = (new, old) else { return None };
    match new.decimal.cmp(&old.decimal) {
        std::cmp::Ordering::Greater => Some(Way::Rise),
        std::cmp::Ordering::Less => Some(Way::Fall),
        std::cmp::Ordering::Equal => None,
    }
}

/// Both numbers; `None` where one of them is absent.
fn operands(new: Amount, old: Amount) -> Result<Option<(Number, Number)>, WordingError> {
    match (new, old) {
        (Amount::Missing, _) => Err(WordingError::Missing(Operand::New)),
        (_, Amount::Missing) => Err(WordingError::Missing(Operand::Old)),
        (Amount::Value(new), Amount::Value(old)) => Ok(Some((new, old))),
        _ => Ok(None),
    }
}

/// What is said where there was, or is, no such thing (S-08).
fn absence(with: Comparison, new: Amount, old: Amount) -> String {
    match (new, old) {
        (Amount::Absent, Amount::Absent) => format!("{}和{}均无此项", with.present(), with.period()),
        (Amount::Absent, _) => format!("{}无此项", with.present()),
        _ => format!("{}无此项", with.period()),
    }
}

/// The change of a percentage, with the comparison named.
fn in_points(with: Comparison, new: Number, old: Number, unit: &str, digits: u32) -> Result<String, WordingError> {
    let (new, old) = (as_ratio(new, unit), as_ratio(old, unit));
    let (new, old) = rates(new, old)?;
    let change = subtract(new, old)?;
    Ok(match points(change, digits) {
        _ if change.is_zero() => format!("与{}持平", with.base()),
        None => format!("与{}基本持平", with.base()),
        Some(points) => {
            format!("{}{}{points}个百分点", with.word(), if change.is_sign_positive() { "提高" } else { "下降" })
        }
    })
}

/// 12 with the unit % is a percentage as well.
fn as_ratio(number: Number, unit: &str) -> Number {
    if number.is_share() || !is_percent(unit) {
        return number;
    }
    number.decimal.checked_div(Decimal::ONE_HUNDRED).map(Number::percent).unwrap_or(number)
}

fn is_percent(unit: &str) -> bool {
    matches!(unit.trim(), "%" | "％" | "百分点" | "个百分点")
}

/// 增加12件, 减少3件.
fn amount_of_change(change: Decimal, unit: &str) -> String {
    format!("{}{}{unit}", if change.is_sign_positive() { "增加" } else { "减少" }, plain(change.abs()))
}

/// Where a figure is negative no percentage has a meaning (S-09).
fn across_zero(word: &str, new: Decimal, old: Decimal, unit: &str) -> String {
    let change = amount_of_change(new - old, unit);
    if old.is_sign_negative() && new.is_sign_positive() && !new.is_zero() {
        return format!("{word}由负转正，{change}");
    }
    if new.is_sign_negative() && !new.is_zero() && old.is_sign_positive() {
        return format!("{word}由正转负，{change}");
    }
    let rises = new > old;
    let amount = plain((new - old).abs());
    if MoneyUnit::named(unit).is_ok() {
        return format!("{word}{}{amount}{unit}", if rises { "减亏" } else { "增亏" });
    }
    format!("由{}{unit}{}至{}{unit}", plain(old), if rises { "升" } else { "降" }, plain(new))
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
