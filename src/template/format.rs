//! Printing: every `{{ … }}` becomes a figure with its cells, and leaves a token in the text.
//! The text of a figure never meets the Markdown reader, so whatever a cell holds prints as it
//! stands.

use std::sync::Arc;

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, State, Value as Jinja};

use super::absent::TableMissing;
use super::clauses;
use super::datum::{Datum, What, datum, is_absent, quantity};
use super::fill;
use super::lineage;
use super::names::HERE;
use super::records::{Record, Records};
use super::refusal::FunctionError;
use super::rewrite::Expression;
use super::scope::Scope;
use super::session::{ProblemKind, Session, charge_text, note};
use super::tokens::{TOKEN_CLOSE, TOKEN_OPEN, is_held, split_tokens};
use super::trail::{is_marked, mark, unmarked};
use super::values::Values;
use crate::diagnostic::Origin;
use crate::figures::{Figure, FigureId, Reads};
use crate::quantity::without_unit;

/// An expression with the place of its template.
#[derive(Debug, Clone)]
pub struct Placed {
    pub expression: Expression,
    pub origin: Origin,
}

/// What a printed value amounts to.
enum Printed {
    Text(String),
    Missing(Arc<str>, Option<Origin>),
    Unknown,
    Unprintable(&'static str),
}

/// The functions that the rewriter puts around what is printed and what is left out.
pub fn register(env: &mut Environment<'static>, expressions: Arc<Vec<Placed>>) {
    let printing = move |state: &State, number: usize, piece: usize, value: &Jinja| -> Result<Jinja, Error> {
        match expressions.get(number) {
            Some(placed) => match with_figures(value) {
                Some(text) => prose(state, (number, piece), value, &text, placed),
                None => figure((number, piece), value, placed),
            },
            None => Ok(Jinja::from("")),
        }
    };
    env.add_function("__figure", printing);
    env.add_function("__blank", |number: usize| -> Jinja {
        let name = note(|session| session.blanked.get(&number).cloned());
        let name = name.unwrap_or_else(|| HERE.into());
        // What could not be calculated for want of a datum; mistakes have been told already.
        if &*name != HERE {
            note(|session| session.goes_without(&name, None));
        }
        super::datum::missing(name, None)
    });
}

/// The text of a value in which figures of a 文稿 stand.
fn with_figures(value: &Jinja) -> Option<String> {
    let text = match datum(value) {
        Some(Datum { what: What::Text(text), .. }) => text.to_string(),
        Some(_) => return None,
        None => value.as_str()?.to_owned(),
    };
    text.contains(is_held).then_some(text)
}

/// Prints a text with figures of a 文稿: what stands between them is a figure that knows the cells of
/// the text, and so is each of them.
fn prose(state: &State, at: (usize, usize), value: &Jinja, text: &str, placed: &Placed) -> Result<Jinja, Error> {
    let mut out = String::new();
    for piece in text.split_inclusive(is_held) {
        let (said, mark) = match piece.char_indices().next_back().filter(|(_, c)| is_held(*c)) {
            Some((at, c)) => (&piece[..at], Some(c)),
            None => (piece, None),
        };
        if value.is_safe() {
            out.push_str(said);
        } else if !said.is_empty() {
            charge_text(said.len())?;
            note(|session| session.clauses.printed(false));
            let own = note(|session| token(session, said.to_owned(), lineage::reads([value]), placed, false));
            out.push_str(&own);
        }
        let Some(mark) = mark else { continue };
        let inset = note(|session| session.prose_held.get(mark).cloned());
        let inset = inset.ok_or_else(|| FunctionError::limit("文稿里的数太多", "一份报告的文稿最多写六万个数"))?;
        let found = fill::value(state, &inset)?;
        let text = inset.expression.unwrap_or_default();
        let inner = Expression { text, following: inset.following, ..placed.expression.clone() };
        let printed = figure(at, &found, &Placed { expression: inner, origin: placed.origin })?;
        out.push_str(printed.as_str().unwrap_or_default());
    }
    Ok(Jinja::from(out))
}

/// Prints a value as the figure of this number.
fn figure((number, piece): (usize, usize), value: &Jinja, placed: &Placed) -> Result<Jinja, Error> {
    if value.is_safe() {
        // A macro or a captured block: its figures are in it already.
        let text = value.as_str().unwrap_or_default();
        charge_text(text.len())?;
        if !text.trim().is_empty() && !clauses::marked(text) {
            note(|session| session.clauses.printed(false));
        }
        return Ok(match is_marked(clauses::opened(text)) {
            true => value.clone(),
            false => Jinja::from_safe_string(format!("{}{text}", mark(piece))),
        });
    }
    let expression = &placed.expression;
    let (text, missing) = match print(value, expression) {
        Printed::Text(text) if text.is_empty() => return Ok(Jinja::from("")),
        Printed::Text(text) => {
            let zero = quantity(value).is_some_and(|number| number.is_zero());
            note(|session| match is_absent(value) {
                true => session.clauses.nothing(),
                false => session.clauses.printed(zero),
            });
            (text, false)
        }
        Printed::Missing(name, origin) if &*name != HERE && note(|s| s.goes_without(&name, origin)) => {
            return Ok(Jinja::from(""));
        }
        Printed::Missing(name, origin) => {
            note(|session| session.clauses.printed(false));
            note(|session| session.problem(number, ProblemKind::Missing { name: name.clone(), origin }));
            (format!("〔待填：{name}〕"), true)
        }
        Printed::Unknown => {
            note(|session| {
                let unknown = session.unknown.iter().find(|(name, _)| stands(&expression.text, name));
                let (name, known) =
                    unknown.map_or((expression.text.clone(), Vec::new()), |(n, k)| (n.clone(), k.names()));
                session.problem(number, ProblemKind::Unknown { name, known });
            });
            (format!("〔有误：{}〕", expression.text), true)
        }
        Printed::Unprintable(what) => {
            note(|session| session.problem(number, ProblemKind::Unprintable { what }));
            (format!("〔有误：{}〕", expression.text), true)
        }
    };
    charge_text(text.len())?;
    Ok(Jinja::from(
        note(|session| Some(token(session, text, lineage::reads([value]), placed, missing))).unwrap_or_default(),
    ))
}

/// Whether an expression names this; of a name with its group, the last word.
pub fn stands(expression: &str, name: &str) -> bool {
    expression.contains(name.rsplit('.').next().unwrap_or(name))
}

/// The text of a value before what follows it; `None` where there is nothing that can be printed.
pub fn printed(value: &Jinja, expression: &Expression) -> Option<String> {
    match print(value, expression) {
        Printed::Text(text) if !text.is_empty() => Some(unmarked(&text).into_owned()),
        _ => None,
    }
}

fn print(value: &Jinja, expression: &Expression) -> Printed {
    if let Some(own) = datum(value) {
        return match &own.what {
            What::Missing { name, origin } => Printed::Missing(name.clone(), *origin),
            What::Number(_) => Printed::Text(number(own, &expression.following)),
            _ => Printed::Text(own.printed()),
        };
    }
    match value.kind() {
        ValueKind::Undefined => Printed::Unknown,
        ValueKind::None => Printed::Text("无".into()),
        ValueKind::Bool => Printed::Text(if value.is_true() { "是" } else { "否" }.into()),
        ValueKind::Number => Printed::Text(value.to_string()),
        ValueKind::String => Printed::Text(value.as_str().unwrap_or_default().to_string()),
        _ if value.downcast_object_ref::<Records>().is_some()
            || value.downcast_object_ref::<TableMissing>().is_some() =>
        {
            Printed::Unprintable("一张表")
        }
        _ if value.downcast_object_ref::<Record>().is_some() => Printed::Unprintable("一条记录"),
        _ if value.downcast_object_ref::<Values>().is_some() => Printed::Unprintable("一列数据"),
        _ if value.downcast_object_ref::<Scope>().is_some() => Printed::Unprintable("一组数据"),
        ValueKind::Seq | ValueKind::Iterable => Printed::Unprintable("一列数据"),
        _ => Printed::Unprintable("不能直接写出的内容"),
    }
}

/// A number before the text that follows it: as its cell shows it where it was read, its unit
/// once, and in the unit that the text names.
fn number(own: &Datum, following: &str) -> String {
    let What::Number(quantity) = &own.what else { return own.printed() };
    match &own.shown {
        Some(shown) if !quantity.reads_otherwise(following) => without_unit(shown, following).to_owned(),
        _ => quantity.before(following),
    }
}

fn token(session: &mut Session, text: String, reads: Reads, placed: &Placed, missing: bool) -> String {
    let text = clauses::plainly(unmarked(&text).into_owned(), &session.clauses, &session.figures);
    let (text, mut cells) = expand(&text, session);
    cells.extend(&reads);
    session.figures.push(Figure {
        text: text.into(),
        reads: cells,
        template: placed.origin,
        expression: placed.expression.text.as_str().into(),
        missing,
    });
    format!("{TOKEN_OPEN}{}{TOKEN_CLOSE}", session.figures.len() - 1)
}

/// Text that was joined from captured figures: their text and their cells.
fn expand(text: &str, session: &Session) -> (String, Reads) {
    if !text.contains([TOKEN_OPEN, TOKEN_CLOSE]) {
        return (text.to_string(), Reads::default());
    }
    let (mut plain, mut reads) = (String::new(), Reads::default());
    for (piece, figure) in split_tokens(text) {
        plain.push_str(piece);
        if let Some(figure) = figure.and_then(|FigureId(id)| session.figures.get(id as usize)) {
            plain.push_str(&figure.text);
            reads.extend(&figure.reads);
        }
    }
    (plain, reads)
}
