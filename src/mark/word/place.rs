//! Where in the text a comment belongs: around the runs of its words, else around its paragraph.

use std::ops::Range;

use crate::diagnostic::{self, Origin};
use crate::mark::edit::Edits;
use crate::source::docx::Paragraph;

/// A paragraph and the elements of it that a comment is about.
pub struct Place<'d> {
    paragraph: &'d Paragraph,
    /// Bytes of the part, from the first to the last run; `None`: the whole paragraph.
    runs: Option<Range<usize>>,
}

/// The paragraph, by its place among all, and the characters of it; what has no line is at the beginning.
pub fn key(origin: Origin, paragraphs: usize) -> (usize, u32, u32) {
    match origin.place {
        diagnostic::Place::Text { line, column, length } if (line as usize) <= paragraphs => {
            ((line as usize).saturating_sub(1), column, length)
        }
        _ => (0, 0, 0),
    }
}

impl<'d> Place<'d> {
    /// Of characters, counted from 1; column 0 is the whole paragraph.
    pub fn of(paragraph: &'d Paragraph, column: u32, length: u32) -> Place<'d> {
        let byte = |at: usize| paragraph.text.char_indices().nth(at).map_or(paragraph.text.len(), |(at, _)| at);
        let from = byte(column.saturating_sub(1) as usize);
        let to = byte((column.saturating_sub(1) + length.max(1)) as usize);
        let own = paragraph.runs.iter().filter(|run| run.range.start < to && run.range.end > from);
        let spans: Vec<&Range<usize>> = own.map(|run| &run.span).filter(|span| !span.is_empty()).collect();
        let runs = spans.first().zip(spans.last()).map(|(first, last)| first.start..last.end);
        Place { paragraph, runs: runs.filter(|_| column > 0) }
    }
}

/// Puts the marks of a comment around its place.
pub fn mark(text: &str, place: &Place<'_>, number: u32, edits: &mut Edits) {
    let prefix = prefix(text, &place.paragraph.span);
    let start = format!("<{prefix}commentRangeStart {prefix}id=\"{number}\"/>");
    let end = format!(
        "<{prefix}commentRangeEnd {prefix}id=\"{number}\"/><{prefix}r><{prefix}commentReference {prefix}id=\"{number}\"/></{prefix}r>"
    );
    let span = &place.paragraph.span;
    // A run that an edit would fall into stays whole: runs lie side by side in their paragraph.
    if let Some(runs) = place.runs.as_ref().filter(|runs| span.start <= runs.start && runs.end <= span.end) {
        edits.insert(runs.start, start);
        edits.insert(runs.end, end);
        return;
    }
    let Some(own) = text.get(span.clone()) else { return };
    match own.ends_with("/>") && !own.contains("</") {
        // `<w:p/>`
        true => {
            let head = own.trim_end_matches("/>").trim_end();
            edits.replace(span.clone(), format!("{head}>{start}{end}</{prefix}p>"));
        }
        false => {
            let close = span.start + own.rfind("</").unwrap_or(own.len());
            edits.insert(behind_properties(text, span), start);
            edits.insert(close, end);
        }
    }
}

/// `w:`, as the paragraph is written.
fn prefix<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    let name = text.get(span.start + 1..span.end).unwrap_or_default();
    let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(0)];
    name.rfind(':').map_or("", |colon| &name[..colon + 1])
}

/// The byte behind the properties of a paragraph, which come first.
fn behind_properties(text: &str, span: &Range<usize>) -> usize {
    let own = &text[span.clone()];
    let open = own.find('>').map_or(own.len(), |end| end + 1);
    let rest = &own[open..];
    let inner = rest.trim_start();
    let name = inner.strip_prefix('<').map(|rest| rest.split([' ', '>', '/']).next().unwrap_or("")).unwrap_or("");
    if name.rsplit(':').next() != Some("pPr") {
        return span.start + open;
    }
    let skipped = open + rest.len() - inner.len();
    let head = inner.find('>').map_or(inner.len(), |end| end + 1);
    if inner[..head].ends_with("/>") {
        return span.start + skipped + head;
    }
    let close = format!("</{name}>");
    span.start + skipped + inner.find(&close).map_or(head, |at| at + close.len())
}
