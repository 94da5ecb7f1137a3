//! What the marks of clauses become, and 若.

use std::sync::Arc;

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, Value as Jinja};

use super::signs::{CLOSE, ELSE, END, OPEN};
use super::state::{Instance, PlacedClause, Way};
use crate::template::datum::gap;
use crate::template::refusal::FunctionError;
use crate::template::session::{charge, note};

/// The calls that marks become, and 若.
pub fn register(env: &mut Environment<'static>, table: Arc<Vec<PlacedClause>>) {
    env.add_function("__open", move |number: usize| -> Result<String, Error> {
        charge(32)?;
        Ok(note(|session| {
            let clauses = &mut session.clauses;
            clauses.table = table.clone();
            clauses.open.push(clauses.all.len());
            clauses.all.push(Instance { number, ways: vec![Way::default()] });
            format!("{OPEN}{}{END}", clauses.all.len() - 1)
        }))
    });
    env.add_function("__else", || -> String {
        note(|session| {
            let clauses = &mut session.clauses;
            if let Some(instance) = clauses.open.last().and_then(|at| clauses.all.get_mut(*at)) {
                instance.ways.push(Way::default());
            }
        });
        ELSE.into()
    });
    env.add_function("__close", || -> String {
        note(|session| session.clauses.open.pop());
        CLOSE.into()
    });
    for name in ["若", "__若"] {
        env.add_function(name, |given: Rest<ValueOrKwargs>| when(&given.into_values()));
    }
}

/// 若(条件, …): prints nothing; its clause is printed only where all that it is given holds.
fn when(given: &[Jinja]) -> Result<Jinja, Error> {
    if !note(|session| session.clauses.inside()) {
        let help = "写成 [[{{ 若(条件) }}……]]；不在 [[ ]] 里的用 {% if 条件 %}……{% endif %}";
        return Err(FunctionError::new("“若”只能写在 [[ ]] 里面", help).into());
    }
    if given.is_empty() {
        return Err(FunctionError::new("“若”少了条件", "写成 若(条件)，如 若(建成数 > 0)").into());
    }
    for value in given {
        if value.is_undefined() {
            return Err(FunctionError::undefined().into());
        }
        if let Some((name, origin)) = gap(value) {
            note(|session| session.clauses.lacks(&name, origin));
        } else if !value.is_true() {
            note(|session| session.clauses.nothing());
        }
    }
    note(|session| session.clauses.printed(false));
    Ok(Jinja::from_safe_string(String::new()))
}
