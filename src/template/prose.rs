//! 文稿: a text of a cell in which `{{ … }}`, typed half- or full-width, are figures. They are
//! expressions alone: no statements, no loops, no 文稿 in a 文稿. All else prints as it stands.

use minijinja::value::Value as Jinja;
use minijinja::{Error, ErrorKind, State};

use super::refusal::FunctionError;
use super::rewrite::{First, rewrite};
use super::session::{charge, note};
use super::tags::narrow;
use crate::diagnostic::nearest;

/// Work that one figure of a 文稿 counts for beside its own.
const COST: usize = 2000;
/// What the rewriter puts around an expression of this number.
const NUMBER: usize = 0;

/// A part of a 文稿.
pub enum Part<'t> {
    /// As the cell says it.
    Text(&'t str),
    /// The expression between the braces, with half-width signs, and the text behind it.
    Figure { expression: String, following: &'t str },
}

/// Whether a text has a figure in it.
pub fn has_figures(text: &str) -> bool {
    text.contains("{{") || text.contains("｛｛")
}

/// A 文稿 cut at its figures.
pub fn parts(text: &str) -> Result<Vec<Part<'_>>, FunctionError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = [rest.find("{{"), rest.find("｛｛")].into_iter().flatten().min() {
        let inside = &rest[open..];
        let inside = inside.strip_prefix("{{").or_else(|| inside.strip_prefix("｛｛")).unwrap_or(inside);
        let Some(close) = [inside.find("}}"), inside.find("｝｝")].into_iter().flatten().min() else {
            let said: String = rest[open..].chars().take(12).collect();
            return Err(FunctionError::new(
                format!("文稿里的“{said}”没有结束"),
                "在名称后面补上 }}，如 {{ 培训场次 }}；全角的 ｛｛ ｝｝ 也可以",
            ));
        };
        let after = &inside[close..];
        let after = after.strip_prefix("}}").or_else(|| after.strip_prefix("｝｝")).unwrap_or(after);
        if open > 0 {
            parts.push(Part::Text(&rest[..open]));
        }
        parts.push(Part::Figure { expression: narrow(inside[..close].trim()), following: after });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    Ok(parts)
}

/// What an expression of a 文稿 gives, by the names that the template has.
pub fn value(state: &State, expression: &str) -> Result<Jinja, Error> {
    charge(COST)?;
    let wrong =
        |told: String, help: String| FunctionError::new(format!("文稿里的“{{{{ {expression} }}}}”{told}"), help);
    let unread = || wrong("写得不对".into(), "写成 {{ 名称 }} 或 {{ 名称 | 比上年 }}，名称与数据中的一致".into());
    let written = rewrite("文稿", &format!("{{{{ {expression} }}}}"), First::default(), &|_| false);
    let written = written.map_err(|_| unread())?;
    let one = written.expressions.len() == 1 && written.clauses.is_empty() && written.too_deep.is_none();
    let before = format!("{{{{ __figure({NUMBER}, ");
    let inner = written.text.strip_prefix(&before).and_then(|rest| rest.strip_suffix(") }}")).filter(|_| one);
    let inner = inner.ok_or_else(unread)?;
    let top = note(|session| session.top.clone()).unwrap_or_default();
    let result = state.env().compile_expression(inner).and_then(|expression| expression.eval(top));
    let unknown = || {
        let (name, known) = note(|session| session.unknown.back().cloned())
            .map_or((expression.to_owned(), Vec::new()), |(name, known)| (name, known.names()));
        let near = nearest(&name, known.iter().map(|k| &**k)).map(|near| format!("是不是“{near}”？"));
        let help = near.unwrap_or_else(|| "名称要与数据中的指标名、表名、列名完全一致".into());
        wrong(format!("用到的“{name}”不存在"), help)
    };
    match result {
        Ok(value) if value.is_undefined() => Err(unknown().into()),
        Ok(value) => Ok(value),
        Err(err) => {
            let source = std::error::Error::source(&err).and_then(|source| source.downcast_ref::<FunctionError>());
            Err(match source {
                Some(told) if told.is_limit() => return Err(err),
                Some(told) => FunctionError {
                    cells: told.cells.clone(),
                    ..wrong(format!("算不出来：{}", told.message), told.help.clone())
                },
                None if err.kind() == ErrorKind::UndefinedError => unknown(),
                None if err.kind() == ErrorKind::OutOfFuel => return Err(err),
                None => unread(),
            }
            .into())
        }
    }
}
