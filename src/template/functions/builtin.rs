//! Built-ins of the engine that must know missing values and exact decimals.

use minijinja::value::{Kwargs, Rest};
use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::number;
use super::{FunctionError, derived, missing};
use crate::dataset::Number;
use crate::template::records::Records;
use crate::template::value::Missing;

fn is_missing(value: &Jinja) -> bool {
    value.is_undefined() || value.downcast_object_ref::<Missing>().is_some()
}

pub fn register(env: &mut Environment<'static>) {
    env.add_test("defined", |value: Jinja| !is_missing(&value));
    env.add_test("undefined", |value: Jinja| is_missing(&value));
    env.add_filter("default", default);
    env.add_filter("d", default);
    env.add_filter("sum", sum);
    env.add_filter("round", round);
    env.add_filter("length", length);
    env.add_filter("count", length);
}

/// `值 | default(其他)`: the other value where this one is missing.
fn default(value: Jinja, other: Option<Jinja>, kwargs: Kwargs) -> Result<Jinja, Error> {
    let falsy: Option<bool> = kwargs.get("boolean")?;
    kwargs.assert_all_used()?;
    let replace = is_missing(&value) || falsy == Some(true) && !value.is_true();
    Ok(if replace { other.unwrap_or_else(|| Jinja::from("")) } else { value })
}

/// How many. A count of a whole table is made of its rows, each told by its first column;
/// what 筛选 left was read by it already.
fn length(value: Jinja) -> Result<usize, Error> {
    if let Some(records) = value.downcast_object_ref::<Records>() {
        let whole = records.data().is_some_and(|t| t.records.len() == records.len());
        if let Some(first) = records.columns().first().filter(|_| whole)
            && records.facts(first).is_none()
        {
            (0..records.len()).filter_map(|i| records.record(i)).for_each(|record| drop(record.read(first)));
        }
        return Ok(records.len());
    }
    minijinja::filters::length(&value)
}

/// Sum of a list, exact.
fn sum(values: Jinja, start: Rest<Jinja>) -> Result<Jinja, Error> {
    if let Some(missing) = missing(&values) {
        return Ok(missing);
    }
    let mut total = Decimal::ZERO;
    let mut percent = false;
    for value in start.iter().cloned().chain(values.try_iter()?) {
        if let Some(missing) = missing(&value) {
            return Ok(missing);
        }
        if value.is_none() {
            continue;
        }
        let Some(number) = number(&value) else {
            return Err(FunctionError::new(format!("“{value}”不是数，不能相加"), "检查这一列是不是都填了数")
                .with_value(&value)
                .into());
        };
        percent |= number.percent;
        total = add(total, number.decimal)?;
    }
    let total = Number { decimal: total, percent };
    Ok(derived(total, None))
}

/// Adds without overflow.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, FunctionError> {
    a.checked_add(b).ok_or_else(|| FunctionError::new("合计的数太大，超出范围", "检查有没有多填了位数的单元格"))
}

/// `数 | round(位数)`: half up on the exact decimal.
fn round(value: Jinja, digits: Option<u32>) -> Result<Jinja, Error> {
    if let Some(missing) = missing(&value) {
        return Ok(missing);
    }
    let Some(number) = number(&value) else {
        return Err(FunctionError::new(format!("“{value}”不是数，不能取整"), "只有数可以用 round").into());
    };
    let rounded = number
        .decimal
        .round_dp_with_strategy(digits.unwrap_or(0).min(20), rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    Ok(crate::template::value::decimal_to_jinja(rounded.normalize(), false))
}
