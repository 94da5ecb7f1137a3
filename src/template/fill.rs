//! What the figures of a 文稿 come to: an expression is written anew as one of a template is and
//! runs in the same session. It reaches what a template reaches, of the year of its cell, and
//! before the fields the columns of its own row.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Value as Jinja};
use minijinja::{Error, ErrorKind, State};

use super::datum::{datum, key};
use super::names::SPECIAL;
use super::prose::Inset;
use super::records::{InRecord, Record};
use super::refusal::FunctionError;
use super::rewrite::{First, rewrite};
use super::scope::Scope;
use super::session::{charge, note};
use super::tokens::is_held;
use super::years::year_of;
use crate::diagnostic::nearest;

/// Work that one figure of a 文稿 counts for beside its own.
const COST: usize = 2000;
/// The rewriter gives the only expression this number, and its place the same.
const NUMBER: usize = 0;

/// The names of a 文稿 of a row.
#[derive(Debug)]
struct Own {
    row: Arc<Record>,
    top: Jinja,
}

impl Object for Own {
    fn get_value(self: &Arc<Self>, key_of: &Jinja) -> Option<Jinja> {
        self.get_value_by_str(key(key_of).as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Jinja> {
        if key == "记录" {
            return Some(Jinja::from_dyn_object(self.row.clone()));
        }
        let own = |name: &Arc<str>| name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if !key.starts_with("__") && !SPECIAL.contains(&key) && self.row.of.columns().iter().any(own) {
            return self.row.get_value_by_str(key);
        }
        self.top.get_attr(key).ok().filter(|found| !found.is_undefined())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

/// The row of a 文稿 that is a column of a table.
fn row(cell: &Jinja) -> Option<Arc<Record>> {
    let mut row = datum(cell)?.place::<InRecord>()?.record.clone();
    row.group = "".into();
    Some(Arc::new(row))
}

/// The names that a 文稿 reaches.
fn names(inset: &Inset) -> Jinja {
    let top = note(|session| session.top.clone()).unwrap_or_default();
    let of_year = top.downcast_object_ref::<Scope>().zip(year_of(&inset.cell));
    let top = of_year.map_or(top.clone(), |(scope, year)| Jinja::from_object(Scope { year, ..scope.clone() }));
    match row(&inset.cell) {
        Some(row) => Jinja::from_object(Own { row, top }),
        None => top,
    }
}

/// What a figure of a 文稿 gives.
pub fn value(state: &State, inset: &Inset) -> Result<Jinja, Error> {
    let blame = |err: FunctionError| Error::from(err.with_value(&inset.cell));
    charge(COST)?;
    let expression = inset.expression.as_ref().map_err(|err| blame(err.clone()))?;
    let wrong =
        |told: String, help: String| FunctionError::new(format!("文稿里的“{{{{ {expression} }}}}”{told}"), help);
    let unread = || wrong("写得不对".into(), "写成 {{ 名称 }} 或 {{ 名称 | 比上年 }}，名称与数据中的一致".into());
    let written = rewrite("文稿", &format!("{{{{ {expression} }}}}"), First::default(), &|_| false);
    let written = written.map_err(|_| blame(unread()))?;
    let one = written.expressions.len() == 1 && written.clauses.is_empty() && written.too_deep.is_none();
    let before = format!("{{{{ __figure({NUMBER}, {NUMBER}, ");
    let inner = written.text.strip_prefix(&before).and_then(|rest| rest.strip_suffix(") }}")).filter(|_| one);
    let inner = inner.ok_or_else(|| blame(unread()))?;
    let result = state.env().compile_expression(inner).and_then(|compiled| compiled.eval(names(inset)));
    let unknown = || {
        let (name, known) = note(|session| session.unknown.back().cloned())
            .map_or((expression.to_owned(), Vec::new()), |(name, known)| (name, known.names()));
        let columns = row(&inset.cell).map(|row| row.of.columns()).unwrap_or_default();
        let near = nearest(&name, columns.iter().chain(&known).map(|k| &**k)).map(|near| format!("是不是“{near}”？"));
        let help = near.unwrap_or_else(|| "名称要与数据中的指标名、表名、列名完全一致".into());
        wrong(format!("用到的“{name}”不存在"), help)
    };
    match result {
        Ok(value) if value.is_undefined() => Err(blame(unknown())),
        Ok(value) if datum(&value).is_some_and(|own| own.printed().contains(is_held)) => {
            let help = "把那一段文字直接写在这里，或者在模板里分开写出";
            Err(blame(FunctionError::new(format!("文稿里不能再用文稿“{expression}”"), help)))
        }
        Ok(value) => Ok(value),
        Err(err) => {
            let source = std::error::Error::source(&err).and_then(|source| source.downcast_ref::<FunctionError>());
            Err(match source {
                Some(told) if told.is_limit() => return Err(err),
                Some(told) => blame(FunctionError {
                    cells: told.cells.clone(),
                    ..wrong(format!("算不出来：{}", told.message), told.help.clone())
                }),
                None if err.kind() == ErrorKind::UndefinedError => blame(unknown()),
                None if err.kind() == ErrorKind::OutOfFuel => return Err(err),
                None => blame(unread()),
            })
        }
    }
}
