//! A Word file as templates.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Origin, Shifts, SourceId};
use crate::template::text::TemplateText;

/// A picture that lies in the Word file; the text names it `word:3`.
#[derive(Clone, Debug)]
pub struct Embedded(pub Arc<[u8]>);

/// What the text calls the pictures of its file.
pub const EMBEDDED: &str = "word:";

/// One of the words around the text, for where the data say nothing: 主送, 单位, 成文日期.
#[derive(Clone, Debug)]
pub struct Around {
    /// The key of 报告信息.
    pub key: &'static str,
    /// The name of the template that gives it.
    pub template: String,
    /// Where it is written.
    pub origin: Origin,
}

/// A Word file as templates.
#[derive(Debug)]
pub struct WordText {
    /// The handle of the file.
    pub source: SourceId,
    /// The text of the report.
    pub text: TemplateText,
    /// Its title, where it has one.
    pub title: Option<TemplateText>,
    /// What stands around the text.
    pub around: Vec<(Around, TemplateText)>,
    /// Annexes behind the text: title, text, sideways.
    pub annexes: Vec<(TemplateText, TemplateText, bool)>,
    /// Its pictures.
    pub pictures: Vec<Embedded>,
    /// What of its look does not come over.
    pub lost: Option<Diagnostic>,
}

/// What a text is made of.
pub struct Made {
    pub text: String,
    pub shifts: Shifts,
}
