//! The figure language at the template's edge: Chinese names for what [`crate::wording`]
//! says, over values that keep their origins. A function that is given something missing
//! gives something missing, so that the place where it is printed can name it.

mod args;
mod builtin;
mod compared;
mod lists;
mod phrases;
mod places;
mod tables;
mod written;

use std::sync::Arc;

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, Value as Jinja};

pub use tables::read_numbers;

use super::log::note;
use super::value::Missing;
use crate::source::Origin;

/// Why a function refuses its arguments, in the user's words.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct FunctionError {
    pub message: String,
    pub help: String,
    /// Cells that are to blame, with what they hold.
    pub cells: Vec<(Origin, String)>,
}

impl FunctionError {
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        FunctionError { message: message.into(), help: help.into(), cells: Vec::new() }
    }

    /// Names the cell that this value was read from.
    pub fn with_value(mut self, value: &Jinja) -> Self {
        let cell = note(|log| log.find(value).and_then(|e| e.read.clone()));
        if let Some(read) = cell
            && self.cells.iter().all(|(origin, _)| *origin != read.origin)
        {
            self.cells.push((read.origin, format!("{}是“{}”", read.name, read.shown)));
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
    value.downcast_object_ref::<Missing>().map(|_| value.clone())
}

/// A number that knows how it is printed (a mean of percentages prints with %) and its unit.
pub fn derived(number: crate::dataset::Number, unit: Option<Arc<str>>) -> Jinja {
    let shown = crate::wording::show(number).unwrap_or_else(|_| number.decimal.to_string());
    let value = super::value::decimal_to_jinja(number.decimal, number.percent);
    let entry = super::log::Entry {
        column: None,
        read: None,
        value: value.clone(),
        shown: shown.into(),
        number: Some(number),
        unit,
        item: false,
    };
    note(|log| log.entries.push(entry));
    value
}

/// What a function or filter does with what was written, named arguments last.
type Call = fn(&[Jinja]) -> Result<Jinja, Error>;

fn add_function(env: &mut Environment<'static>, name: &'static str, call: Call) {
    env.add_function(name, move |given: Rest<ValueOrKwargs>| call(&given.into_values()));
}

fn add_filter(env: &mut Environment<'static>, name: &'static str, call: Call) {
    env.add_filter(name, move |given: Rest<ValueOrKwargs>| call(&given.into_values()));
}

pub fn register(env: &mut Environment<'static>) {
    builtin::register(env);
    tables::register(env);
    phrases::register(env);
    compared::register(env);
    lists::register(env);
    places::register(env);
    written::register(env);
}
