//! A template as it was read, and what it may cost.

use std::sync::Arc;

use crate::diagnostic::{Script, SourceId};

/// Work that one rendering may do: instructions, bytes written, items visited. A long
/// report with a thousand rows needs less than a fiftieth of it.
pub const FUEL: u64 = 5_000_000;

/// A template's text with its place.
#[derive(Debug, Clone)]
pub struct TemplateText {
    /// Name by which `include` reaches it.
    pub name: String,
    /// As it stands in the file, for the places of figures and mistakes.
    pub script: Script,
}

impl TemplateText {
    /// A template that is the whole of its source.
    pub fn new(name: &str, text: impl Into<Arc<str>>, source: SourceId) -> TemplateText {
        TemplateText { name: name.into(), script: Script::whole(text, source) }
    }
}
