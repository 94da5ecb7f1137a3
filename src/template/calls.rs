//! Calls of the figure language: each result knows how it was made.

use std::sync::Arc;

use minijinja::value::{Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, Value as Jinja};

use super::clauses::NOTHING;
use super::datum::{self, Again, Call, Datum, From, What, datum, is_absent, quantity};
use super::lineage;
use super::records::Records;
use super::refusal::{Fault, FunctionError};
use super::session;
use crate::quantity::Quantity;

/// The value itself where it is missing: a function passes it on.
pub fn missing(value: &Jinja) -> Option<Jinja> {
    datum(value).filter(|own| own.is_missing()).map(|_| value.clone())
}

/// The same value, made by this call of what it was given.
fn by(mut value: Datum, call: Call, given: &[Jinja]) -> Datum {
    if matches!(value.again, Again::Place(_) | Again::Call(..)) {
        return value;
    }
    let depth = given.iter().map(depth).max().unwrap_or(0);
    if depth == 0 && matches!(value.from, From::Given) && !given.iter().any(has_origin) {
        value.from = From::Nothing;
    } else if depth < DEEPEST {
        (value.again, value.depth) = (Again::Call(call, given.into()), depth + 1);
    } else if matches!(value.from, From::Given) {
        value.from = From::Gathered(Arc::new(lineage::reads(given)));
    }
    value
}

/// Calculations that are kept on top of each other; of more, only the cells are known.
const DEEPEST: u8 = 100;

fn depth(value: &Jinja) -> u8 {
    match datum(value) {
        Some(own) => own.depth,
        None if value.kind() == ValueKind::Seq && value.downcast_object_ref::<Records>().is_none() => value
            .try_iter()
            .into_iter()
            .flatten()
            .take(1000)
            .filter_map(|v| datum(&v).map(|d| d.depth))
            .max()
            .unwrap_or(0),
        None => 0,
    }
}

/// Whether anything of the data is in it.
fn has_origin(value: &Jinja) -> bool {
    match datum(value) {
        Some(own) => !matches!(own.from, From::Nothing),
        None => matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable),
    }
}

/// What a call gives, with how it was made.
pub fn remember(call: Call, given: &[Jinja], result: Jinja) -> Result<Jinja, Error> {
    session::charge(1)?;
    Ok(match datum(&result) {
        Some(own) if matches!(own.again, Again::Never) && !own.is_missing() => by(own.clone(), call, given).value(),
        Some(_) => result,
        None if result.is_number() || result.as_str().is_some() && !result.is_safe() => {
            let what = match quantity(&result).filter(|_| result.is_number()) {
                Some(quantity) => What::Number(Quantity { literal: false, ..quantity }),
                None => What::Text(result.as_str().unwrap_or_default().into()),
            };
            by(Datum::made(what), call, given).value()
        }
        None => result,
    })
}

/// What a call gives; in a clause that has nothing to say, something missing: a share of nothing, a number that is
/// none, whatever cannot be calculated where the clause is not printed anyway.
pub fn said(call: Call, given: &[Jinja]) -> Result<Jinja, Error> {
    let nothing = |err: &Error| {
        let refused = std::error::Error::source(err).and_then(|source| source.downcast_ref::<FunctionError>());
        session::note(|s| s.clauses.inside())
            && refused.is_some_and(|refused| match refused.fault {
                Fault::Nothing => true,
                Fault::Refused | Fault::Operation => {
                    given.iter().any(is_absent) || session::note(|s| s.clauses.is_gone())
                }
                _ => false,
            })
    };
    match call(given) {
        Ok(result) => remember(call, given, result),
        Err(err) if nothing(&err) => Ok(datum::missing(NOTHING, None)),
        Err(err) => Err(err),
    }
}

pub fn add_function(env: &mut Environment<'static>, name: &'static str, call: Call) {
    env.add_function(name, move |given: Rest<ValueOrKwargs>| {
        let given = given.into_values();
        said(call, &given)
    });
}

pub fn add_filter(env: &mut Environment<'static>, name: &'static str, call: Call) {
    env.add_filter(name, move |given: Rest<ValueOrKwargs>| {
        let given = given.into_values();
        said(call, &given)
    });
}

/// A function of the figure language: the rewriter calls it by a name that no data can have.
pub fn add_figure(env: &mut Environment<'static>, name: &'static str, call: Call) {
    add_function(env, name, call);
    env.add_function(format!("__{name}"), move |given: Rest<ValueOrKwargs>| {
        let given = given.into_values();
        said(call, &given)
    });
}
