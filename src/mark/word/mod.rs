//! A copy of a Word file with a comment at each finding. The package is patched, never written anew:
//! every byte of the text that no comment touches stays as it is.

mod comments;
mod place;

use std::collections::BTreeMap;

use super::edit::Edits;
use super::error::MarkError;
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, Severity, SourceId, SourceMap};
use crate::source::docx::{self, Document, Paragraph};

/// Marks a Word file whose paragraphs are the lines of a source.
pub fn copy<'f>(
    bytes: &[u8],
    found: impl IntoIterator<Item = &'f Diagnostic>,
    sources: &SourceMap,
    source: SourceId,
) -> Result<Vec<u8>, MarkError> {
    let document = docx::read(bytes).map_err(MarkError::Source)?;
    let notes = notes(found, sources, source, &document);
    let mut parts = Parts::open(bytes)?;
    let part = document.part.clone();
    let first = comments::free_id(&mut parts, &part)?;
    let text = document.xml.to_string();
    let mut edits = Edits::default();
    let mut said = Vec::new();
    for (number, (place, notes)) in (first..).zip(&notes) {
        place::mark(&text, place, number, &mut edits);
        said.push((number, notes.join("\n")));
    }
    let strict = text.contains(comments::STRICT);
    parts.put(&part, edits.apply(&text));
    comments::add(&mut parts, &part, &said, strict)?;
    parts.finish()
}

/// What is said at each place of the text, in its order.
fn notes<'f, 'd>(
    found: impl IntoIterator<Item = &'f Diagnostic>,
    sources: &SourceMap,
    source: SourceId,
    document: &'d Document,
) -> Vec<(place::Place<'d>, Vec<String>)> {
    let paragraphs = document.paragraphs();
    let mut sorted: Vec<&Diagnostic> = found.into_iter().collect();
    sorted.sort_by_key(|d| std::cmp::Reverse(d.severity));
    // By paragraph, then by where in it.
    let mut notes = BTreeMap::<(usize, u32, u32), Vec<String>>::new();
    for diagnostic in sorted {
        let own = diagnostic.origin.into_iter().chain(diagnostic.others.iter().copied());
        let mut any = false;
        for origin in own.filter(|origin| origin.source == source) {
            any = true;
            let at = place::key(origin, paragraphs.len());
            let note = said(diagnostic, sources, true);
            let list = notes.entry(at).or_default();
            if !list.contains(&note) {
                list.push(note);
            }
        }
        // What is wrong elsewhere (in the data) is said at the beginning, with its place.
        if !any && diagnostic.severity > Severity::Notice {
            notes.entry((0, 0, 0)).or_default().push(said(diagnostic, sources, false));
        }
    }
    let placed = notes.into_iter().filter_map(|((line, column, length), said)| {
        let paragraph: &'d Paragraph = paragraphs.get(line).copied()?;
        // No comment stands in a text box: it hangs on the paragraph that holds the box.
        let around = |own: &&&Paragraph| own.span.start < paragraph.span.start && paragraph.span.end < own.span.end;
        Some(match paragraphs.iter().find(around) {
            Some(holder) => (place::Place::of(holder, 0, 0), said),
            None => (place::Place::of(paragraph, column, length), said),
        })
    });
    placed.collect()
}

fn said(diagnostic: &Diagnostic, sources: &SourceMap, here: bool) -> String {
    let place = diagnostic.origin.filter(|_| !here).map(|origin| format!("{}：", sources.describe(origin)));
    let helps: String = diagnostic.helps.iter().map(|help| format!("\n怎么办：{help}")).collect();
    let (place, message) = (place.unwrap_or_default(), diagnostic.said());
    format!("【{}】{place}{message}（{}）{helps}", diagnostic.severity.label(), diagnostic.code)
}
