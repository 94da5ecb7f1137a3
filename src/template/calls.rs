//! Calls of the figure language: each result knows how it was made.

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, Value as Jinja};

use super::clauses::NOTHING;
use super::datum::{self, Again, Call, Datum, What, datum, is_absent, quantity};
use super::refusal::{Fault, FunctionError};
use super::session;
use crate::quantity::Quantity;

/// The value itself where it is missing: a function passes it on.
pub fn missing(value: &Jinja) -> Option<Jinja> {
    datum(value).filter(|own| own.is_missing()).map(|_| value.clone())
}

/// What a call gives, with how it was made.
pub fn remember(call: Call, given: &[Jinja], result: Jinja) -> Result<Jinja, Error> {
    session::charge(1)?;
    Ok(match datum(&result) {
        Some(own) if matches!(own.again, Again::Never) && !own.is_missing() => own.clone().by(call, given).value(),
        Some(_) => result,
        None if result.is_number() || result.as_str().is_some() && !result.is_safe() => {
            let what = match quantity(&result).filter(|_| result.is_number()) {
                Some(quantity) => What::Number(Quantity { literal: false, ..quantity }),
                None => What::Text(result.as_str().unwrap_or_default().into()),
            };
            Datum::made(what).by(call, given).value()
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
