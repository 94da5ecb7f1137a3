//! The formatter: sees every `{{ … }}`, takes the reads that made it, and leaves a token
//! in the text. The text of a figure never meets the Markdown reader, so whatever a cell
//! holds prints as it stands.

use std::collections::HashSet;
use std::sync::Arc;

use minijinja::value::ValueKind;
use minijinja::{Error, State, Value as Jinja};

use super::instrument::Expression;
use super::log::{Entry, Log, Problem, ProblemKind, note};
use super::records::{Record, Records, TableMissing, Values};
use super::scope::Scope;
use super::value::{Day, Missing, jinja_to_decimal};
use crate::figures::{Figure, FigureId, Read};
use crate::source::Origin;

/// Opens a token: `TOKEN_OPEN number TOKEN_CLOSE` stands for a figure in the text.
pub const TOKEN_OPEN: char = '\u{E000}';
pub const TOKEN_CLOSE: char = '\u{E001}';

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

/// Writes the figure that has just been evaluated.
pub fn format(
    out: &mut minijinja::Output,
    _state: &mut State,
    value: &Jinja,
    expressions: &[Placed],
) -> Result<(), Error> {
    let names = |n: usize| expressions.get(n).map(|p| p.expression.names.clone()).unwrap_or_default();
    let Some((number, reads)) = note(|log| log.take(names)) else {
        // Not an instrumented place (an include's name and the like): plain text.
        return write(out, &value.to_string());
    };
    if value.is_safe() {
        // A macro or a captured block: its figures are in it already.
        return write(out, value.as_str().unwrap_or_default());
    }
    let Some(placed) = expressions.get(number) else { return Ok(()) };
    let printed = match print(value, &placed.expression, &reads) {
        Printed::Text(text) if text.is_empty() => return Ok(()),
        Printed::Text(text) => Some(text),
        Printed::Missing(name, origin) => {
            problem(number, ProblemKind::Missing { name: name.clone(), origin });
            return token(out, number, placed, format!("〔待填：{name}〕"), reads, true);
        }
        Printed::Unknown => {
            let unknown = note(|log| log.unknown.first().cloned());
            let (name, known) = unknown.unwrap_or((placed.expression.text.clone(), Vec::new()));
            problem(number, ProblemKind::Unknown { name, known });
            None
        }
        Printed::Unprintable(what) => {
            problem(number, ProblemKind::Unprintable { what });
            None
        }
    };
    match printed {
        Some(text) => token(out, number, placed, text, reads, false),
        None => token(out, number, placed, format!("〔有误：{}〕", placed.expression.text), reads, true),
    }
}

fn problem(figure: usize, kind: ProblemKind) {
    note(|log| log.problems.push(Problem { figure, kind }));
}

fn print(value: &Jinja, expression: &Expression, reads: &[Entry]) -> Printed {
    if let Some(missing) = value.downcast_object_ref::<Missing>() {
        return Printed::Missing(missing.name.clone(), missing.origin);
    }
    if let Some(day) = value.downcast_object_ref::<Day>() {
        return Printed::Text(day.shown.to_string());
    }
    // Printed as it was read: what the cell shows.
    let as_read = || {
        let last = reads.last().filter(|e| &e.value == value && value.kind() == e.value.kind());
        last.filter(|e| expression.plain || e.read.is_none()).map(|e| Printed::Text(e.shown.to_string()))
    };
    match value.kind() {
        ValueKind::Undefined => Printed::Unknown,
        ValueKind::None => as_read().unwrap_or_else(|| Printed::Text("无".into())),
        ValueKind::Bool => as_read().unwrap_or_else(|| Printed::Text(if value.is_true() { "是" } else { "否" }.into())),
        ValueKind::Number => as_read().unwrap_or_else(|| match jinja_to_decimal(value) {
            Some(decimal) => Printed::Text(decimal.normalize().to_string()),
            None => Printed::Unprintable("算不出的数"),
        }),
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

fn token(
    out: &mut minijinja::Output,
    _number: usize,
    placed: &Placed,
    text: String,
    reads: Vec<Entry>,
    missing: bool,
) -> Result<(), Error> {
    let id = note(|log| {
        let (text, inner) = expand(&text, log);
        let mut cells: Vec<Read> = Vec::new();
        let mut seen = HashSet::new();
        for read in inner.into_iter().chain(reads.into_iter().flat_map(Entry::reads)) {
            if seen.insert(read.origin) {
                cells.push(read);
            }
        }
        log.figures.push(Figure {
            text: text.into(),
            reads: cells,
            template: placed.origin,
            expression: placed.expression.text.as_str().into(),
            missing,
        });
        Some(FigureId(log.figures.len() as u32 - 1))
    });
    match id {
        Some(FigureId(id)) => write(out, &format!("{TOKEN_OPEN}{id}{TOKEN_CLOSE}")),
        None => Ok(()),
    }
}

/// Text that was joined from captured figures: their text and their reads.
fn expand(text: &str, log: &Log) -> (String, Vec<Read>) {
    if !text.contains([TOKEN_OPEN, TOKEN_CLOSE]) {
        return (text.to_string(), Vec::new());
    }
    let (mut plain, mut reads) = (String::new(), Vec::new());
    for (piece, figure) in split_tokens(text) {
        plain.push_str(piece);
        if let Some(figure) = figure.and_then(|FigureId(id)| log.figures.get(id as usize)) {
            plain.push_str(&figure.text);
            reads.extend(figure.reads.iter().cloned());
        }
    }
    (plain, reads)
}

/// Text cut at its tokens: pieces, each with the figure that follows it.
pub fn split_tokens(text: &str) -> Vec<(&str, Option<FigureId>)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(TOKEN_OPEN) {
        let after = &rest[open + TOKEN_OPEN.len_utf8()..];
        let Some(close) = after.find(TOKEN_CLOSE) else { break };
        pieces.push((&rest[..open], after[..close].parse().ok().map(FigureId)));
        rest = &after[close + TOKEN_CLOSE.len_utf8()..];
    }
    if !rest.is_empty() {
        pieces.push((rest, None));
    }
    pieces
}

fn write(out: &mut minijinja::Output, text: &str) -> Result<(), Error> {
    out.write_str(text).map_err(Error::from)
}
