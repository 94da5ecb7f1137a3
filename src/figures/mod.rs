//! Which cells were read for each printed figure.

use std::sync::Arc;

use crate::source::Origin;

/// Number of a figure in its document; figures are numbered in printing order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub u32);

/// One printed `{{ … }}`: its text and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The text as printed.
    pub text: Arc<str>,
    /// Every cell that was read to make it, in reading order, without repetition.
    /// Empty: the template typed it.
    pub reads: Vec<Read>,
    /// The place of `{{` in the template.
    pub template: Origin,
    /// The expression as written between `{{` and `}}`.
    pub expression: Arc<str>,
    /// A draft's 〔待填：名〕.
    pub missing: bool,
}

/// One cell that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub origin: Origin,
    /// Name by which the template reached it: `培训场次`, `上年.培训场次`, `乡镇[云溪镇].经费`.
    pub name: Arc<str>,
    /// What the cell shows.
    pub shown: Arc<str>,
}
