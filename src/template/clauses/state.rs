//! What is known of the clauses of one rendering.

use std::sync::Arc;

use crate::diagnostic::Origin;

/// Clauses in each other.
pub const DEEPEST: usize = 12;
/// Names of missing data that one clause keeps.
const MOST_NAMES: usize = 3;

/// The name of what is not there though no datum is missing: an empty list, a share of nothing.
pub const NOTHING: &str = "这里的内容";

/// A clause of a template.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Byte range of its opening mark.
    pub range: std::ops::Range<usize>,
    /// The text of the template between its marks, its beginning.
    pub text: String,
    /// For the clause and what is written instead of it: no figure in it may be zero.
    pub nonzero: Vec<bool>,
    /// For each as well: there is a loop in it, which may come to nothing.
    pub loops: Vec<bool>,
}

/// A clause with its place.
#[derive(Clone, Debug)]
pub struct PlacedClause {
    pub clause: Clause,
    pub origin: Origin,
}

/// One way to say a clause, as it was rendered.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// Data that it lacks, with their cells.
    pub missing: Vec<(Arc<str>, Option<Origin>)>,
    /// Something in it is none, nothing, or zero where it must not be.
    pub nothing: bool,
    /// It printed something of its own.
    pub printed: bool,
}

/// A clause while it is rendered, and afterwards.
#[derive(Clone, Debug)]
pub struct Instance {
    pub number: usize,
    pub ways: Vec<Way>,
}

/// The clauses of one rendering.
#[derive(Debug, Default)]
pub struct Clauses {
    pub all: Vec<Instance>,
    /// Those that are open, the innermost last.
    pub open: Vec<usize>,
    pub table: Arc<Vec<PlacedClause>>,
}

impl Clauses {
    fn top(&mut self) -> Option<&mut Way> {
        let innermost = *self.open.last()?;
        self.all.get_mut(innermost)?.ways.last_mut()
    }

    pub fn clause(&self, instance: usize) -> Option<&PlacedClause> {
        self.table.get(self.all.get(instance)?.number)
    }

    /// Whether a clause is being rendered.
    pub fn inside(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether a clause that is being rendered has turned out not to be printed.
    pub fn is_gone(&self) -> bool {
        let ways = self.open.iter().filter_map(|at| self.all.get(*at)?.ways.last());
        ways.into_iter().any(|way| way.nothing || !way.missing.is_empty())
    }

    /// Whether no clause was met.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The innermost clause lacks a datum; `false`: there is no clause.
    pub fn lacks(&mut self, name: &Arc<str>, origin: Option<Origin>) -> bool {
        let Some(way) = self.top() else { return false };
        if &**name == NOTHING {
            way.nothing = true;
        } else if way.missing.len() < MOST_NAMES && way.missing.iter().all(|(known, _)| known != name) {
            way.missing.push((name.clone(), origin));
        }
        true
    }

    /// What the innermost clause would print is none.
    pub fn nothing(&mut self) {
        if let Some(way) = self.top() {
            way.nothing = true;
        }
    }

    /// The innermost clause prints something that is there.
    pub fn printed(&mut self, zero: bool) {
        let Some(&innermost) = self.open.last() else { return };
        let way = self.all.get(innermost).map_or(0, |instance| instance.ways.len().saturating_sub(1));
        let strict = self.clause(innermost).and_then(|placed| placed.clause.nonzero.get(way).copied());
        if let Some(way) = self.top() {
            way.printed = true;
            way.nothing |= zero && strict == Some(true);
        }
    }
}
