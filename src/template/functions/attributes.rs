//! selectattr and rejectattr over a table: what they leave is still that table, picked by the
//! column that they tested.

use std::borrow::Cow;

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, State, Value as Jinja, filters};

use super::missing;
use crate::template::datum::{Call, is_absent, quantity, text};
use crate::template::operators::{holds, matches};
use crate::template::records::Records;
use crate::template::session::{READING, charge};

pub fn register(env: &mut Environment<'static>) {
    type Named<'a> = Cow<'a, str>;
    let select = |state: &mut State, of: Jinja, name: Named, test: Option<Named>, more: Rest<ValueOrKwargs>| match ours(
        &of,
        &name,
        test.as_deref(),
        &more,
    ) {
        Some(given) => select(&given),
        None => filters::selectattr(state, of, name, test, more).map(Jinja::from),
    };
    let reject = |state: &mut State, of: Jinja, name: Named, test: Option<Named>, more: Rest<ValueOrKwargs>| match ours(
        &of,
        &name,
        test.as_deref(),
        &more,
    ) {
        Some(given) => reject(&given),
        None => filters::rejectattr(state, of, name, test, more).map(Jinja::from),
    };
    env.add_filter("selectattr", select);
    env.add_filter("rejectattr", reject);
}

/// What a pick of records is given, where it is one of these tests; the engine does the others.
fn ours(of: &Jinja, name: &str, test: Option<&str>, more: &[ValueOrKwargs]) -> Option<Vec<Jinja>> {
    let records = of.downcast_object_ref::<Records>()?;
    let test = test.unwrap_or_default();
    let alone = matches!(test, "" | "number" | "string" | "none" | "defined" | "undefined");
    if !records.knows(name) || more.len() != usize::from(!alone) || !alone && comparison(test).is_none() {
        return None;
    }
    let bound = more.iter().map(|value| value.clone().into_value());
    Some([of.clone(), Jinja::from(name), Jinja::from(test)].into_iter().chain(bound).collect())
}

fn comparison(test: &str) -> Option<&'static str> {
    Some(match test {
        "lt" | "lessthan" | "<" => "<",
        "le" | "<=" => "<=",
        "gt" | "greaterthan" | ">" => ">",
        "ge" | ">=" => ">=",
        "eq" | "equalto" | "==" => "==",
        "ne" | "!=" => "!=",
        "in" => "in",
        _ => return None,
    })
}

fn select(given: &[Jinja]) -> Result<Jinja, Error> {
    picked(given, true, select)
}

fn reject(given: &[Jinja]) -> Result<Jinja, Error> {
    picked(given, false, reject)
}

fn picked(given: &[Jinja], keep: bool, call: Call) -> Result<Jinja, Error> {
    let table = &given[0];
    let Some(records) = table.downcast_object_ref::<Records>() else { return Ok(table.clone()) };
    let (column, test) = (given[1].as_str().unwrap_or_default(), given[2].as_str().unwrap_or_default());
    charge(records.len() * READING)?;
    let mut rows = Vec::new();
    for (at, record) in records.all() {
        if passes(&record.get(column), test, given.get(3))? == keep {
            rows.push(at);
        }
    }
    Ok(Jinja::from_object(records.select(rows, (call, given)).tested_by(records, column)))
}

fn passes(value: &Jinja, test: &str, bound: Option<&Jinja>) -> Result<bool, Error> {
    let gone = missing(value).is_some();
    Ok(match (test, bound.and_then(|bound| Some((comparison(test)?, bound)))) {
        (_, Some(("==", bound))) => matches(value, bound)?,
        (_, Some(("!=", bound))) => !matches(value, bound)?,
        (_, Some((op, bound))) => holds(op, value, bound)?,
        ("number", _) => quantity(value).is_some(),
        ("string", _) => text(value).is_some(),
        ("none", _) => is_absent(value),
        ("defined", _) => !gone,
        ("undefined", _) => gone,
        _ => value.is_true(),
    })
}
