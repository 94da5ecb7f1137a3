//! A template as it was read, and what it may cost.

use std::sync::Arc;

use crate::diagnostic::SourceId;

/// Work that one rendering may do: instructions, bytes written, items visited. A long
/// report with a thousand rows needs less than a fiftieth of it.
pub const FUEL: u64 = 5_000_000;

/// A template's text with the place where it starts.
#[derive(Debug, Clone)]
pub struct TemplateText {
    /// Name by which `include` reaches it.
    pub name: String,
    pub text: Arc<str>,
    pub source: SourceId,
    /// Line and column (from 1) of the first character in its source.
    pub line: u32,
    pub column: u32,
}
