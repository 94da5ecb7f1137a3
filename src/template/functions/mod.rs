//! The figure language at the template's edge: Chinese names for what [`crate::wording`]
//! says, over values that keep their origins. A function that is given something missing
//! gives something missing, so that the place where it is printed can name it.

mod args;
mod attributes;
mod builtin;
mod compared;
mod implied;
mod items;
mod ladders;
mod lists;
mod phrases;
mod places;
mod rates;
mod reached;
mod several;
mod short;
mod structure;
mod tables;
mod tests;
mod written;
mod yearly;

use minijinja::Environment;

pub use super::calls::{add_figure, add_filter, missing};
pub use super::refusal::FunctionError;

pub fn register(env: &mut Environment<'static>) {
    attributes::register(env);
    builtin::register(env);
    tests::register(env);
    tables::register(env);
    phrases::register(env);
    compared::register(env);
    ladders::register(env);
    rates::register(env);
    reached::register(env);
    several::register(env);
    short::register(env);
    structure::register(env);
    yearly::register(env);
    lists::register(env);
    places::register(env);
    written::register(env);
}
