//! Filters of the engine that must know missing values, exact numbers and cells.

use std::cmp::Ordering;
use std::sync::Arc;

use minijinja::value::{Kwargs, Rest};
use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::items::printed;
use super::{FunctionError, add_filter, missing};
use crate::quantity::Quantity;
use crate::template::datum::{Datum, From, datum, is_absent, quantity, text};
use crate::template::describe::describe;
use crate::template::operators::{holds, matches, refused};
use crate::template::records::Records;
use crate::template::session::{READING, charge, charge_text};

pub fn register(env: &mut Environment<'static>) {
    env.add_filter("default", default);
    env.add_filter("d", default);
    env.add_filter("join", join);
    env.add_filter("unique", unique);
    add_filter(env, "sum", sum);
    add_filter(env, "min", |given| extreme(given, Ordering::Less));
    add_filter(env, "max", |given| extreme(given, Ordering::Greater));
    add_filter(env, "round", round);
    add_filter(env, "length", length);
    add_filter(env, "count", length);
    add_filter(env, "abs", |given| with(given, "求绝对值", |q| q.magnitude()));
    add_filter(env, "int", |given| with(given, "取整", |q| q.valued(q.number.decimal.trunc())));
    add_filter(env, "float", |given| with(given, "计算", Quantity::clone));
}

/// `值 | default(其他)`: the other value where this one is missing.
fn default(value: Jinja, other: Option<Jinja>, kwargs: Kwargs) -> Result<Jinja, Error> {
    let falsy: Option<bool> = kwargs.get("boolean")?;
    kwargs.assert_all_used()?;
    let gone = value.is_undefined() || missing(&value).is_some();
    let replace = gone || falsy == Some(true) && !value.is_true();
    Ok(if replace { other.unwrap_or_else(|| Jinja::from("")) } else { value })
}

/// What a filter is given, where its name is known.
fn known(given: &[Jinja]) -> Result<&Jinja, FunctionError> {
    given.first().filter(|value| !value.is_undefined()).ok_or_else(FunctionError::undefined)
}

/// A number to a number of the same kind.
fn with(given: &[Jinja], act: &str, change: fn(&Quantity) -> Quantity) -> Result<Jinja, Error> {
    let value = known(given)?;
    if let Some(missing) = missing(value) {
        return Ok(missing);
    }
    Ok(Datum::number(change(&needed(value, act)?)).value())
}

fn needed(value: &Jinja, act: &str) -> Result<Quantity, FunctionError> {
    let plain = text(value).and_then(|text| Quantity::read(&text));
    quantity(value).or(plain).ok_or_else(|| {
        let found = describe(value);
        FunctionError::new(format!("{found}不是数，不能{act}"), "检查是不是填了数").with_value(value)
    })
}

/// How many; of records told by what they were picked by, else by the column that names them.
pub fn length(given: &[Jinja]) -> Result<Jinja, Error> {
    let value = known(given)?;
    if let Some(missing) = missing(value) {
        return Ok(missing);
    }
    let count = match text(value) {
        Some(text) => Some(text.chars().count()),
        None => value.len(),
    };
    let Some(count) = count else {
        return Err(FunctionError::new(format!("{}没有个数", describe(value)), "只有表、列表和文字有个数").into());
    };
    let counted = Datum::number(Quantity::plain(Decimal::from(count)));
    Ok(match value.downcast_object_ref::<Records>() {
        Some(records) => Datum { from: From::Columns(records.counted_by()), ..counted }.value(),
        None if text(value).is_some() => counted.value(),
        None => {
            let items: Vec<Jinja> = value.try_iter()?.collect();
            charge(items.len())?;
            Datum { from: From::Values(items.into()), ..counted }.value()
        }
    })
}

/// Sum of a list, exact.
fn sum(given: &[Jinja]) -> Result<Jinja, Error> {
    let (values, start) = (known(given)?, &given[1..]);
    if let Some(missing) = missing(values) {
        return Ok(missing);
    }
    let mut total: Option<(Quantity, Jinja)> = None;
    for value in start.iter().cloned().chain(values.try_iter()?) {
        charge(1)?;
        if let Some(missing) = missing(&value) {
            return Ok(missing);
        }
        if is_absent(&value) || value.is_kwargs() {
            continue;
        }
        let Some(number) = quantity(&value) else {
            let told = format!("{}不是数，不能相加", describe(&value));
            return Err(FunctionError::new(told, "检查这一列是不是都填了数").with_value(&value).into());
        };
        total = Some(match total {
            None => (number, value),
            Some((sum, first)) => (sum.plus(&number).map_err(|err| refused(&err, &[&first, &value]))?, first),
        });
    }
    Ok(Datum::number(total.map_or_else(|| Quantity::plain(Decimal::ZERO), |(sum, _)| sum)).value())
}

/// The least or the greatest of a list, by true value; what does not compare is refused.
fn extreme(given: &[Jinja], better: Ordering) -> Result<Jinja, Error> {
    let values = &given[0];
    if let Some(missing) = missing(values) {
        return Ok(missing);
    }
    let op = if better == Ordering::Less { "<" } else { ">" };
    let mut best: Option<Jinja> = None;
    for value in values.try_iter()? {
        charge(READING)?;
        if let Some(missing) = missing(&value) {
            return Ok(missing);
        }
        if is_absent(&value) {
            continue;
        }
        best = Some(match best {
            Some(held) if !holds(op, &value, &held)? => held,
            _ => value,
        });
    }
    let told = || FunctionError::new("没有可以比较的数", "先用 {% if %} 判断有没有内容");
    let best = best.ok_or_else(told)?;
    // What the template states has no cells, though others of the list have.
    Ok(match quantity(&best).filter(|_| datum(&best).is_none()) {
        Some(stated) => Datum { from: From::Nothing, ..Datum::number(stated) }.value(),
        None => best,
    })
}

/// `数 | round(位数)`: half up on the exact decimal.
fn round(given: &[Jinja]) -> Result<Jinja, Error> {
    let value = known(given)?;
    if let Some(missing) = missing(value) {
        return Ok(missing);
    }
    let digits = given.get(1).map_or(0, |v| u32::try_from(crate::template::datum::key(v)).unwrap_or(0));
    Ok(Datum::number(needed(value, "取整")?.rounded(digits)).value())
}

/// Items behind each other, each as it prints.
fn join(values: Jinja, between: Option<Jinja>, _attribute: Rest<Jinja>) -> Result<Jinja, Error> {
    if let Some(missing) = missing(&values) {
        return Ok(missing);
    }
    let between = between.as_ref().and_then(text).unwrap_or_else(|| Arc::from(""));
    let items: Vec<Jinja> = values.try_iter()?.collect();
    let mut whole = String::new();
    for (i, item) in items.iter().enumerate() {
        if let Some(missing) = missing(item) {
            return Ok(missing);
        }
        crate::template::limits::weigh(item)?;
        let said = printed(item);
        let between = if i > 0 { &*between } else { "" };
        charge_text(said.len() + between.len())?;
        whole.push_str(between);
        whole.push_str(&said);
    }
    Ok(Datum { from: From::Values(items.into()), ..Datum::text(whole) }.value())
}

/// Each value once, by what it is.
fn unique(values: Jinja, _attribute: Rest<Jinja>) -> Result<Jinja, Error> {
    if let Some(missing) = missing(&values) {
        return Ok(missing);
    }
    let mut seen: Vec<Jinja> = Vec::new();
    for value in values.try_iter()? {
        charge(seen.len() + 1)?;
        let same = |known: &Jinja| match (datum(known), datum(&value)) {
            (None, None) => crate::template::operators::equal_made(known, &value),
            _ => matches(known, &value),
        };
        if !seen.iter().map(same).collect::<Result<Vec<_>, _>>()?.contains(&true) {
            seen.push(value);
        }
    }
    Ok(Jinja::from(seen))
}
