//! The figure language at the template's edge: Chinese names for what [`crate::wording`]
//! says, over values that keep their origins. A function that is given something missing
//! gives something missing, so that the place where it is printed can name it.

mod args;
mod attributes;
mod builtin;
mod compared;
mod lists;
mod phrases;
mod places;
mod tables;
mod tests;
mod written;

use std::sync::Arc;

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, Value as Jinja};

pub use args::describe;
pub use tables::{READING, numbers_of};

use super::datum::{Call, Datum, datum};
use super::{lineage, session};
use crate::diagnostic::Origin;

/// What kind of refusal it is; it decides the code of the message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Fault {
    /// A function refuses its arguments.
    #[default]
    Refused,
    /// An operation that cannot be done.
    Operation,
    /// A limit of time or memory.
    Limit,
    /// A name that nothing knows.
    Undefined,
    /// Something that is not filled in is needed to go on.
    Missing { name: Arc<str>, origin: Option<Origin> },
}

/// Why a function refuses its arguments, in the user's words.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct FunctionError {
    pub message: String,
    pub help: String,
    /// Cells that are to blame, with what they hold.
    pub cells: Vec<(Origin, String)>,
    pub fault: Fault,
}

/// Cells of one value that a refusal names.
const MOST_BLAMED: usize = 3;

impl FunctionError {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        FunctionError { message: message.into(), help: help.into(), cells: Vec::new(), fault: Fault::Refused }
    }

    /// A limit that is reached ends the rendering.
    pub fn limit(message: &str, help: &str) -> Self {
        FunctionError { fault: Fault::Limit, ..FunctionError::new(message, help) }
    }

    pub fn undefined() -> Self {
        let told = FunctionError::new("这里用到的名称没有值", "名称要与数据中的指标名、表名、列名完全一致");
        FunctionError { fault: Fault::Undefined, ..told }
    }

    pub fn missing(name: Arc<str>, origin: Option<Origin>) -> Self {
        let told = FunctionError::new(format!("缺少“{name}”"), "在数据中填写，没有的写“无”");
        FunctionError { fault: Fault::Missing { name, origin }, ..told }
    }

    /// An operation of the template, not one of its functions.
    pub fn of_operation(self) -> Self {
        FunctionError { fault: Fault::Operation, ..self }
    }

    /// Names the cells that this value was made of.
    pub fn with_value(mut self, value: &Jinja) -> Self {
        for read in lineage::reads([value]).iter().take(MOST_BLAMED) {
            if self.cells.iter().all(|(origin, _)| *origin != read.origin) {
                self.cells.push((read.origin, format!("{}是“{}”", read.name, read.shown)));
            }
        }
        self
    }
}

impl From<FunctionError> for Error {
    fn from(err: FunctionError) -> Error {
        Error::new(ErrorKind::InvalidOperation, err.message.clone()).with_source(err)
    }
}

/// The value itself where it is missing: a function passes it on.
pub fn missing(value: &Jinja) -> Option<Jinja> {
    datum(value).filter(|own| own.is_missing()).map(|_| value.clone())
}

/// What a call gives, with how it was made.
pub fn remember(call: Call, given: &[Jinja], result: Jinja) -> Result<Jinja, Error> {
    session::charge(1)?;
    Ok(match datum(&result) {
        Some(own) if matches!(own.again, super::datum::Again::Never) && !own.is_missing() => {
            own.clone().by(call, given).value()
        }
        Some(_) => result,
        None if result.is_number() || result.as_str().is_some() && !result.is_safe() => {
            let what = match super::datum::quantity(&result).filter(|_| result.is_number()) {
                Some(quantity) => super::datum::What::Number(crate::quantity::Quantity { literal: false, ..quantity }),
                None => super::datum::What::Text(result.as_str().unwrap_or_default().into()),
            };
            Datum::made(what).by(call, given).value()
        }
        None => result,
    })
}

pub fn add_function(env: &mut Environment<'static>, name: &'static str, call: Call) {
    env.add_function(name, move |given: Rest<ValueOrKwargs>| {
        let given = given.into_values();
        call(&given).and_then(|result| remember(call, &given, result))
    });
}

pub fn add_filter(env: &mut Environment<'static>, name: &'static str, call: Call) {
    env.add_filter(name, move |given: Rest<ValueOrKwargs>| {
        let given = given.into_values();
        call(&given).and_then(|result| remember(call, &given, result))
    });
}

/// A function of the figure language: the rewriter calls it by a name that no data can have.
fn add_figure(env: &mut Environment<'static>, name: &'static str, call: Call) {
    add_function(env, name, call);
    env.add_function(format!("__{name}"), move |given: Rest<ValueOrKwargs>| {
        let given = given.into_values();
        call(&given).and_then(|result| remember(call, &given, result))
    });
}

pub fn register(env: &mut Environment<'static>) {
    attributes::register(env);
    builtin::register(env);
    tests::register(env);
    tables::register(env);
    phrases::register(env);
    compared::register(env);
    lists::register(env);
    places::register(env);
    written::register(env);
}
