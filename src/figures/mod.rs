//! Which cells each printed figure was made of.

mod reads;

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
