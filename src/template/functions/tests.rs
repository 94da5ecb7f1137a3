//! Tests of the engine (`x is even`) that look at numbers, texts and what is missing.

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, Value as Jinja};

use super::{FunctionError, missing};
use crate::quantity::Quantity;
use crate::template::datum::{What, datum, is_absent, quantity, text};
use crate::template::operators::{holds, matches};

pub fn register(env: &mut Environment<'static>) {
    let gone = |value: &Jinja| value.is_undefined() || missing(value).is_some();
    env.add_test("defined", move |value: Jinja| !gone(&value));
    env.add_test("undefined", move |value: Jinja| gone(&value));
    env.add_test("none", |value: Jinja| is_absent(&value));
    env.add_test("number", |value: Jinja| number(&value).is_some());
    env.add_test("integer", |value: Jinja| number(&value).is_some_and(|q| q.number.decimal.is_integer()));
    env.add_test("int", |value: Jinja| number(&value).is_some_and(|q| q.number.decimal.is_integer()));
    env.add_test("float", |value: Jinja| number(&value).is_some_and(|q| !q.number.decimal.is_integer()));
    env.add_test("string", |value: Jinja| text(&value).is_some());
    env.add_test("boolean", |value: Jinja| {
        value.kind() == ValueKind::Bool || datum(&value).is_some_and(|d| matches!(d.what, What::Bool(_)))
    });
    env.add_test("odd", |value: Jinja| divisible(&value, 2).map(|even| !even));
    env.add_test("even", |value: Jinja| divisible(&value, 2));
    env.add_test("divisibleby", |value: Jinja, by: i64| divisible(&value, by));
    env.add_test("startingwith", |value: Jinja, part: Jinja| both(&value, &part, |a, b| a.starts_with(b)));
    env.add_test("endingwith", |value: Jinja, part: Jinja| both(&value, &part, |a, b| a.ends_with(b)));
    for (op, names) in [
        ("<", ["lt", "lessthan", "<"]),
        ("<=", ["le", "<=", "le"]),
        (">", ["gt", "greaterthan", ">"]),
        (">=", ["ge", ">=", "ge"]),
        ("in", ["in", "in", "in"]),
    ] {
        for name in names {
            env.add_test(name, move |a: Jinja, b: Jinja| holds(op, &a, &b));
        }
    }
    for name in ["eq", "equalto", "=="] {
        env.add_test(name, |a: Jinja, b: Jinja| matches(&a, &b));
    }
    for name in ["ne", "!="] {
        env.add_test(name, |a: Jinja, b: Jinja| matches(&a, &b).map(|same| !same));
    }
}

fn number(value: &Jinja) -> Option<Quantity> {
    quantity(value).filter(|_| value.is_number() || datum(value).is_some())
}

fn divisible(value: &Jinja, by: i64) -> Result<bool, Error> {
    let whole = number(value).and_then(|q| {
        i64::try_from(crate::template::datum::key(&Jinja::from(q.spoken().to_string().parse::<i64>().ok()?))).ok()
    });
    match whole.and_then(|whole| whole.checked_rem(by)) {
        Some(rest) => Ok(rest == 0),
        None => Err(FunctionError::new(format!("“{value}”不是整数，分不出单双"), "只有整数可以这样判断")
            .with_value(value)
            .into()),
    }
}

fn both(value: &Jinja, part: &Jinja, test: fn(&str, &str) -> bool) -> bool {
    text(value).zip(text(part)).is_some_and(|(value, part)| test(&value, &part))
}
