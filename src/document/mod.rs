//! The report as blocks: the only thing that the layout backends see. Both are given the
//! same [`Document`], in which all that is text is final: numbers of headings are set,
//! figures are resolved, nothing is left to escape.

mod assemble;
mod captions;
mod covered;
mod dump;
mod elements;
mod fenced;
pub mod forms;
mod inlines;
mod markdown;
mod model;
mod numbering;
mod passage;
pub(crate) mod pictures;
pub mod record;
mod report;
mod rounding;
mod seals;
mod sheet;
mod text;
mod walk;

pub(crate) use assemble::{About, Texts, assemble};
pub use dump::{dump, plain};
pub use elements::{Annex, Colophon, Front, LayoutKind, Masthead, Meta, Seal, SignatureBlock};
pub(crate) use fenced::PackExtras;
pub use model::{
    Align, Block, Caption, Chart, ChartKind, Heading, Inline, Inlines, List, Picture, PictureFormat, Series, Table,
    TableCell, TableRow, Target, plain_text,
};
pub use passage::{Passage, PassageKind, Segment};
pub use report::Document;
pub(crate) use seals::{seals, stamps};
pub use text::Text;
pub use walk::{passage, passages, place_of, place_of_char};
