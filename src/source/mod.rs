//! Bytes to raw values, each with its place: one reader a format.

mod map;
mod origin;

pub use map::{Source, SourceMap};
pub use origin::{Origin, Place, SourceId, cell_name, column_name};
