//! What a figure has reached: 突破, 零的突破, 两位数增长, 稳定在, 控制在.

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::Args;
use super::compared::{of_both, pair};
use super::phrases::nothing;
use super::yearly::{MOST_YEARS, back, made_of};
use super::{FunctionError, add_figure, add_filter, missing};
use crate::quantity::{Quantity, compare};
use crate::template::datum::{Call, quantity};
use crate::template::operators::refused;
use crate::template::years;
use crate::wording::Amount;

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("突破", crossed);
    add("零的突破", from_nothing);
    add("两位数增长", two_digits);
    add("稳定在", |given| kept("稳定在", given));
    add("控制在", |given| kept("控制在", given));
}

/// A bound that the template writes: "400亿元", "99%".
fn bound(args: &Args, at: usize) -> Result<(Quantity, String), FunctionError> {
    let value = args.value(at);
    let text = args.text(at, "")?;
    let read =
        quantity(&value).or_else(|| Quantity::read(&text)).ok_or_else(|| args.wrong(at, "数，如 \"400亿元\""))?;
    Ok((read, text))
}

/// How a value stands to a bound; `None` where it is none or missing.
fn against(value: &Jinja, bound: &Quantity) -> Result<Option<std::cmp::Ordering>, Error> {
    let Some(own) = quantity(value).filter(|_| missing(value).is_none()) else { return Ok(None) };
    Ok(Some(compare(&own, bound).map_err(|err| refused(&err, &[value]))?))
}

/// 突破(数, 界, 前="突破", 后="大关", 首次=false): what last year was below and this year is not.
fn crossed(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("突破", &["数", "界", "前", "后", "首次"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let (bound, written) = bound(&args, 1)?;
    let value = args.value(0);
    let last = years::moved(&value, -1)?;
    if let Some(missing) = missing(&last) {
        return Ok(missing);
    }
    let reached = |value: &Jinja| against(value, &bound).map(|order| order.is_some_and(|order| order.is_ge()));
    if !reached(&value)? || reached(&last)? {
        return Err(nothing(&args, "没有达到，或者上年已经达到"));
    }
    let (_, before) = back(&value, MOST_YEARS)?;
    let again = before.iter().skip(1).map(reached).collect::<Result<Vec<_>, _>>()?.contains(&true);
    let first = if args.flag(4) && !again && before.len() > 2 { "首次" } else { "" };
    let said = format!("{first}{}{written}{}", args.text(2, "突破")?, args.text(3, "大关")?);
    Ok(made_of(if first.is_empty() { vec![value, last] } else { before }, Jinja::from(said)))
}

/// 零的突破(新, 旧)
fn from_nothing(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("零的突破", &["新", "旧"], 1, given)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let none = |amount: Amount| match amount {
        Amount::Value(number) => number.decimal.is_zero(),
        _ => true,
    };
    if none(pair.new) || !none(pair.old) {
        return Err(nothing(&args, "上年不是零，或者今年还是零"));
    }
    of_both(&args, Jinja::from("实现零的突破"))
}

/// 两位数增长(增速): 保持两位数增长, 实现两位数增长.
fn two_digits(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("两位数增长", &["增速"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let (value, ten) = (args.value(0), Quantity::share(Decimal::new(1, 1)));
    let last = years::moved(&value, -1)?;
    let reached = |value: &Jinja| against(value, &ten).map(|order| order.is_some_and(|order| order.is_ge()));
    if !reached(&value)? {
        return Err(nothing(&args, "增速不到10%"));
    }
    let word = if reached(&last)? { "保持" } else { "实现" };
    Ok(made_of(vec![value, last], Jinja::from(format!("{word}两位数增长"))))
}

/// 稳定在(数, 界): 稳定在99%以上 where it was so last year too, else 达到; 控制在(数, 界): 控制在5.5%以内.
fn kept(function: &'static str, given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new(function, &["数", "界"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let (bound, written) = bound(&args, 1)?;
    let value = args.value(0);
    let below = function == "控制在";
    let keeps = |value: &Jinja| {
        against(value, &bound).map(|order| order.is_some_and(|order| if below { order.is_le() } else { order.is_ge() }))
    };
    if !keeps(&value)? {
        return Err(nothing(&args, "没有达到"));
    }
    if below {
        return Ok(made_of(vec![value], Jinja::from(format!("控制在{written}以内"))));
    }
    let last = years::moved(&value, -1)?;
    let word = if keeps(&last)? { "稳定在" } else { "达到" };
    let more = if bound.is_amount() || bound.number.decimal < Decimal::ONE { "以上" } else { "" };
    Ok(made_of(vec![value, last], Jinja::from(format!("{word}{written}{more}"))))
}
