//! Which cells each printed figure was made of.

mod reads;

use std::ops::Range;
use std::sync::Arc;

pub use reads::{ColumnRead, Read, Reads};

use crate::diagnostic::Origin;

/// Number of a figure in its document; figures are numbered in printing order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub u32);

/// One printed `{{ … }}`: its text and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The text as printed.
    pub text: Arc<str>,
    /// Every cell that it was made of, without repetition. Empty: the template typed it.
    pub reads: Reads,
    /// The place of `{{` in the template.
    pub template: Origin,
    /// The expression as written between `{{` and `}}`.
    pub expression: Arc<str>,
    /// A draft's 〔待填：名〕.
    pub missing: bool,
}

impl Figure {
    /// The cell that bytes of its text, or of a line of it, came from: of cells that it prints
    /// one after the other (云溪镇、和平镇) the one that holds them, else the first. `None`
    /// where no cell holds them.
    pub fn cell_of(&self, text: &str, bytes: Range<usize>) -> Option<Origin> {
        let first = self.reads.first()?;
        let Some(printed) = self.printed(text) else { return Some(first.origin) };
        printed.into_iter().find(|(own, _)| own.start < bytes.end && bytes.start < own.end).map(|(_, cell)| cell)
    }

    /// Whether the text of one of its cells begins at a byte of its text, or of a line of it.
    pub fn begins_at(&self, text: &str, byte: usize) -> bool {
        self.printed(text).is_some_and(|printed| printed.iter().any(|(own, _)| own.start == byte))
    }

    /// The bytes of each of its cells, printed one after the other; `None` where they are not.
    fn printed(&self, text: &str) -> Option<Vec<(Range<usize>, Origin)>> {
        let mut from = 0;
        let own = self.reads.iter().map(|read| {
            let shown = read.shown.trim();
            let start = from + text.get(from..)?.find(shown).filter(|_| !shown.is_empty())?;
            from = start + shown.len();
            Some((start..from, read.origin))
        });
        own.collect()
    }
}
