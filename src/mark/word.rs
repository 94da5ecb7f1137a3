//! A copy of a Word file with a comment at each finding.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::MarkError;
use crate::diagnostic::{Diagnostic, Origin, Place, Severity, SourceId, SourceMap};
use crate::revise::{Remark, Revision};
use crate::source::docx::{self, Document};

/// Marks a Word file whose paragraphs are the lines of a source.
pub fn copy<'f>(
    bytes: &[u8],
    found: impl IntoIterator<Item = &'f Diagnostic>,
    sources: &SourceMap,
    source: SourceId,
) -> Result<Vec<u8>, MarkError> {
    let document = docx::read(bytes).map_err(MarkError::Source)?;
    let remarks = remarks(found, sources, source, &document);
    Ok(Revision { remarks, ..Revision::default() }.apply(bytes, &document)?)
}

/// What is said at each place of the text, in its order.
fn remarks<'f>(
    found: impl IntoIterator<Item = &'f Diagnostic>,
    sources: &SourceMap,
    source: SourceId,
    document: &Document,
) -> Vec<Remark> {
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
            let at = key(origin, paragraphs.len());
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
    let placed = notes.into_iter().filter_map(|((paragraph, column, length), said)| {
        let range = (column > 0).then(|| bytes(&paragraphs.get(paragraph)?.text, column, length)).flatten();
        (paragraph < paragraphs.len()).then(|| Remark { paragraph, range, text: said.join("\n") })
    });
    placed.collect()
}

/// The paragraph, by its place among all, and the characters of it; what has no line is at the beginning.
fn key(origin: Origin, paragraphs: usize) -> (usize, u32, u32) {
    match origin.place {
        Place::Text { line, column, length } if (line as usize) <= paragraphs => {
            ((line as usize).saturating_sub(1), column, length)
        }
        _ => (0, 0, 0),
    }
}

/// The bytes of characters that are counted from 1.
fn bytes(text: &str, column: u32, length: u32) -> Option<Range<usize>> {
    let byte = |at: u32| text.char_indices().nth(at as usize).map_or(text.len(), |(at, _)| at);
    let from = byte(column.checked_sub(1)?);
    Some(from..byte((column - 1).saturating_add(length.max(1))))
}

fn said(diagnostic: &Diagnostic, sources: &SourceMap, here: bool) -> String {
    let place = diagnostic.origin.filter(|_| !here).map(|origin| format!("{}：", sources.describe(origin)));
    let helps: String = diagnostic.helps.iter().map(|help| format!("\n怎么办：{help}")).collect();
    let (place, message) = (place.unwrap_or_default(), diagnostic.said());
    format!("【{}】{place}{message}（{}）{helps}", diagnostic.severity.label(), diagnostic.code)
}
