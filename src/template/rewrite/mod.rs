//! A template written anew from the engine's own syntax tree. The engine's operators take no
//! objects, so `a - b` becomes a call on quantities; every `{{ … }}` becomes the figure that it
//! is. A map leads each byte of what was written back to the template as its author wrote it.

mod clauses;
mod depth;
mod expressions;
mod statements;
mod syntax;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use minijinja::Error;
use minijinja::machinery::{ast, parse};
use minijinja::syntax::SyntaxConfig;
use syntax::syntax;

use super::clauses::{Clause, Fences, without_marks};
use super::tags::Fault;

/// One `{{ … }}`, or what an assignment, a condition or a loop calculates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Byte range of the expression in the template as written.
    pub range: Range<usize>,
    /// Its text.
    pub text: String,
    /// The text that follows it in the template, as far as it is known before rendering.
    pub following: String,
    /// Not a figure: what an assignment, a condition or a loop calculates.
    pub statement: bool,
}

/// A template ready for the engine.
#[derive(Clone, Debug, Default)]
pub struct Rewritten {
    pub text: String,
    pub expressions: Vec<Expression>,
    /// Clauses that may vanish, in the order in which they open.
    pub clauses: Vec<Clause>,
    /// Marks of clauses that do not belong together.
    pub faults: Vec<Fault>,
    /// What is printed: text as it stands, and expressions. Each has a mark before it.
    pub pieces: Vec<Range<usize>>,
    /// What a range of the new text was in the template; inner nodes before outer ones.
    nodes: Vec<(Range<usize>, Range<usize>)>,
    /// Names that the template asks for, and those that it sets itself.
    pub asked: BTreeSet<String>,
    pub set: BTreeSet<String>,
    /// An expression that is too long or too deep to be read.
    pub too_deep: Option<Range<usize>>,
}

impl Rewritten {
    /// The range of the template for a range of the new text: of the smallest node around it.
    pub fn original(&self, range: Range<usize>) -> Option<Range<usize>> {
        let around = self.nodes.iter().filter(|(new, _)| new.start <= range.start && range.end <= new.end);
        let inner = around.min_by_key(|(new, _)| new.len());
        // Only a line is known of a limit that is reached.
        let near = || self.nodes.iter().min_by_key(|(new, _)| new.start.abs_diff(range.start));
        inner.or_else(near).map(|(_, old)| old.clone())
    }
}

/// How they are written anew: blanks have been settled, every byte counts.
pub fn settled_syntax() -> Result<SyntaxConfig, Error> {
    SyntaxConfig::builder().keep_trailing_newline(true).build()
}

/// The numbers of a template's first expression, clause and piece.
#[derive(Clone, Copy, Debug, Default)]
pub struct First {
    pub expression: usize,
    pub clause: usize,
    pub piece: usize,
}

/// Writes a template anew; its expressions, clauses and pieces are numbered from `first`. Expressions
/// whose number is in `blanked` are replaced by a placeholder.
pub fn rewrite(name: &str, source: &str, first: First, blanked: &dyn Fn(usize) -> bool) -> Result<Rewritten, Error> {
    if let Some(tag) = depth::too_long(source) {
        return Ok(Rewritten { too_deep: Some(tag), ..Rewritten::default() });
    }
    let tree = parse(source, name, syntax()?)?;
    let fences = Fences::of(source);
    let done = Rewritten::default();
    let mut writer = Writer { source, first, blanked, fences, depth: 0, open: Vec::new(), outer: 0, done };
    if let ast::Stmt::Template(template) = &tree {
        writer.body(&template.children);
    }
    Ok(writer.done)
}

/// A name of the template as it is written anew. Names that begin with `__` are the program's
/// own: a template neither reaches them nor puts its own in their place.
fn name(written: &str) -> Cow<'_, str> {
    if written.starts_with("__") { Cow::Owned(format!("_{written}")) } else { Cow::Borrowed(written) }
}

struct Writer<'s> {
    source: &'s str,
    first: First,
    blanked: &'s dyn Fn(usize) -> bool,
    fences: Fences,
    /// Expressions in each other, where the writer is.
    depth: usize,
    /// Clauses that are open, by their place among all, and how many of them were opened outside
    /// the statement whose body is written.
    open: Vec<usize>,
    outer: usize,
    done: Rewritten,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.done.text.push_str(text);
    }

    /// Writes a part and notes what it was in the template.
    fn node(&mut self, was: Range<usize>, write: impl FnOnce(&mut Self)) {
        let start = self.done.text.len();
        write(self);
        self.done.nodes.push((start..self.done.text.len(), was));
    }

    /// Registers what a stretch of the template prints and gives its number.
    fn piece(&mut self, range: Range<usize>) -> usize {
        self.done.pieces.push(range);
        self.first.piece + self.done.pieces.len() - 1
    }

    /// Registers an expression and gives its number, and whether it is left out.
    fn number(&mut self, range: Range<usize>, following: &str, statement: bool) -> (usize, bool) {
        let number = self.first.expression + self.done.expressions.len();
        let text = self.source.get(range.clone()).unwrap_or_default().to_owned();
        // A unit may be set in bold: what is said is the same.
        let following = without_marks(following.trim_start_matches(['*', '_'])).chars().take(8).collect();
        self.done.expressions.push(Expression { range, text, following, statement });
        (number, (self.blanked)(number))
    }
}
