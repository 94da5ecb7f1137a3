//! Dataset to marked-up text: packs, the engine, values that know their cells, the figure language.

mod absent;
mod calls;
mod clauses;
mod columns;
mod datum;
mod describe;
mod eager;
mod engine;
mod error;
mod fill;
mod find;
mod format;
mod functions;
mod joint;
mod limits;
mod lineage;
mod names;
mod operators;
mod pack;
mod prose;
mod records;
mod refusal;
mod remade;
mod rewrite;
mod scope;
mod session;
mod tags;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod trail;
mod uses;
mod years;

pub use crate::vocabulary::report::LayoutKind;
pub(crate) use columns::Columns;
pub use engine::{Engine, Rendered};
pub(crate) use find::{Listed, find, list};
pub(crate) use pack::{FILE_NAME, REPORT, TITLE};
pub use pack::{Format, Pack};
pub use scope::{Declared, Subject, World};
pub use text::TemplateText;
pub use tokens::{TOKEN_CLOSE, TOKEN_OPEN, cut_at_tokens, split_tokens};
pub use trail::{RenderedText, Stretch};
pub(crate) use uses::uses;
