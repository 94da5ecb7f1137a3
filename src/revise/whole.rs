//! What is put into a paragraph as a whole: comments on all of it, words where there were none.

use std::collections::BTreeMap;
use std::ops::Range;

use super::edit::{Edits, Kind, Tags};
use super::error::ReviseError;
use crate::source::docx::Paragraph;

/// The marks at the beginning and at the end of what a comment is about.
pub fn marks(prefix: &str, number: u32) -> [String; 2] {
    let start = format!("<{prefix}commentRangeStart {prefix}id=\"{number}\"/>");
    let end = format!(
        "<{prefix}commentRangeEnd {prefix}id=\"{number}\"/><{prefix}r><{prefix}commentReference {prefix}id=\"{number}\"/></{prefix}r>"
    );
    [start, end]
}

/// What is put into a paragraph as a whole, by the byte at which it begins.
#[derive(Default)]
pub struct Wholes(BTreeMap<usize, Whole>);

#[derive(Default)]
struct Whole {
    span: Range<usize>,
    /// Before, among and behind what stands in it.
    put: [String; 3],
}

impl Wholes {
    fn of(&mut self, paragraph: &Paragraph) -> &mut Whole {
        let whole = self.0.entry(paragraph.span.start).or_default();
        whole.span = paragraph.span.clone();
        whole
    }

    /// Puts the marks of a comment around all that stands in a paragraph.
    pub fn mark(&mut self, text: &str, paragraph: &Paragraph, number: u32) {
        let [start, end] = marks(prefix(text, &paragraph.span), number);
        let put = &mut self.of(paragraph).put;
        put[0] += &start;
        put[2] += &end;
    }

    /// Puts runs into a paragraph without text.
    pub fn fill(&mut self, paragraph: &Paragraph, runs: &str) {
        self.of(paragraph).put[1] += runs;
    }

    /// Writes all of it.
    pub fn write(&self, text: &str, edits: &mut Edits) -> Result<(), ReviseError> {
        for Whole { span, put } in self.0.values() {
            let Some(own) = text.get(span.clone()) else { continue };
            let [start, among, end] = put;
            // `<w:p/>`
            if own.ends_with("/>") && !own.contains("</") {
                let head = own.trim_end_matches("/>").trim_end();
                edits.replace(span.clone(), format!("{head}>{start}{among}{end}</{}p>", prefix(text, span)));
                continue;
            }
            edits.insert(span.start + behind_properties(own)?, start.as_str());
            edits.insert(span.start + own.rfind("</").unwrap_or(own.len()), format!("{among}{end}"));
        }
        Ok(())
    }
}

/// `w:`, as the paragraph is written.
pub fn prefix<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    let name = text.get(span.start + 1..span.end).unwrap_or_default();
    let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(0)];
    name.rfind(':').map_or("", |colon| &name[..colon + 1])
}

/// The byte of a paragraph behind its properties, which come first.
fn behind_properties(own: &str) -> Result<usize, ReviseError> {
    let mut tags = Tags::new(own);
    let open = tags.step()?.map_or(0, |tag| tag.span.end);
    let Some(first) = tags.step()?.filter(|tag| tag.name() == "pPr") else { return Ok(open) };
    if first.kind == Kind::Empty {
        return Ok(first.span.end);
    }
    while let Some(tag) = tags.step()? {
        if tag.kind == Kind::Close && tag.depth == first.depth {
            return Ok(tag.span.end);
        }
    }
    Ok(open)
}
