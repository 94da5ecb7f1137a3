//! A figure over the years: 年均增长, 翻番, 连续, 新高.

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::Args;
use super::compared::{of_both, pair};
use super::phrases::{count, perhaps, phrase};
use super::{add_figure, add_filter, missing};
use crate::template::datum::{Call, Datum, From, quantity};
use crate::template::years;
use crate::wording::{self, Amount};

/// Years that are looked back for a streak and a first time.
pub const MOST_YEARS: i16 = 30;

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("年均增长", annual);
    add("翻番", doubled);
    add("连续", streak);
    add("新高", record);
}

/// The value of so many years back, the newest first, as far as they are known; all the values.
pub fn back(value: &Jinja, most: i16) -> Result<(Vec<Decimal>, Vec<Jinja>), Error> {
    let (mut numbers, mut cells) = (Vec::new(), Vec::new());
    let unit = quantity(value).map(|own| own.spoken_unit()).unwrap_or_default();
    for by in 0..most {
        let then = years::moved(value, -by)?;
        let Some(number) = quantity(&then).filter(|_| missing(&then).is_none()).and_then(|q| q.spoken_in(&unit)) else {
            break;
        };
        numbers.push(number.decimal);
        cells.push(then);
        // What is the same for all years is no figure of theirs.
        if years::year_of(value).is_none() {
            break;
        }
    }
    Ok((numbers, cells))
}

pub fn made_of(cells: Vec<Jinja>, said: Jinja) -> Jinja {
    Datum { from: From::Values(cells.into()), ..Datum::text(said.as_str().unwrap_or_default()) }.value()
}

/// 年均增长(新, 自, 前缀="年均", 位数=1): 自 is the year that is counted from.
fn annual(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("年均增长", &["新", "自", "前缀", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let new = args.value(0);
    let from = i16::try_from(args.digits(1, 0)?).map_err(|_| args.wrong(1, "年份"))?;
    let own = years::year_of(&new).ok_or_else(|| args.wrong(0, "数据里的数"))?;
    let span =
        own.checked_sub(from).filter(|span| (1..=100).contains(span)).ok_or_else(|| args.wrong(1, "以前的年份"))?;
    let old = years::moved(&new, -span)?;
    if let Some(missing) = missing(&old) {
        return Ok(missing);
    }
    let unit = quantity(&new).map(|own| own.spoken_unit()).unwrap_or_default();
    let number = |value: &Jinja| quantity(value).and_then(|own| own.spoken_in(&unit)).map(|number| number.decimal);
    let (Some(a), Some(b)) = (number(&new), number(&old)) else { return Err(args.wrong(0, "数").into()) };
    let prefix = args.text(2, "年均")?;
    let said = count(args.digits(3, 1)?).and_then(|digits| wording::annual(a, b, span.unsigned_abs().into(), digits));
    let said = said.map(|rate| match rate {
        rate if rate.is_zero() => format!("{prefix}基本持平"),
        rate if rate.is_sign_positive() => format!("{prefix}增长{}%", rate.normalize()),
        rate => format!("{prefix}下降{}%", rate.abs().normalize()),
    });
    Ok(made_of(vec![new, old], phrase(&args, &[0], said)?))
}

/// 翻番(新, 旧)
fn doubled(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("翻番", &["新", "旧"], 1, given)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let said = match (pair.new, pair.old) {
        (Amount::Value(new), Amount::Value(old)) => wording::doubled(new.decimal, old.decimal),
        _ => Ok(None),
    };
    let said = perhaps(&args, &[0, 1], said, "没有翻番")?;
    of_both(&args, said)
}

/// 连续(数, 升="增长", 降="下降")
fn streak(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("连续", &["数", "升", "降"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let (numbers, cells) = back(&args.value(0), MOST_YEARS)?;
    let said = wording::streak(&numbers, (&args.text(1, "增长")?, &args.text(2, "下降")?));
    Ok(made_of(cells, perhaps(&args, &[0], Ok(said), "没有连续两年以上同一方向的变化")?))
}

/// 新高(数, 年数=5): 创近五年新高, 创近五年新低.
fn record(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("新高", &["数", "年数"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let wanted = i16::try_from(args.digits(1, 5)?).ok().filter(|n| (3..=MOST_YEARS).contains(n));
    let wanted = wanted.ok_or_else(|| args.wrong(1, "3到30的整数"))?;
    let (numbers, cells) = back(&args.value(0), wanted)?;
    let said = if numbers.len() == usize::from(wanted.unsigned_abs()) { wording::record(&numbers) } else { None };
    Ok(made_of(cells, perhaps(&args, &[0], Ok(said), "不是这几年最高或者最低的，或者数据不到这么多年")?))
}
