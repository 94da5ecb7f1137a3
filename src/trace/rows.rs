//! What the rows of the 核对表 say, before they are cells of a sheet.

use crate::document::Document;
use crate::document::{Passage, PassageKind};
use crate::figures::Figure;

/// One printed figure at its place.
#[derive(Clone, Debug)]
pub struct Printed<'a> {
    /// From 1, in reading order among those that are listed; the number that both sheets use.
    pub number: usize,
    /// As it is printed, with its cells and its place in the template.
    pub figure: &'a Figure,
    /// The heading of level 1 above it; empty before the first.
    pub part: &'a str,
    /// The nearest heading above it; empty before the first.
    pub heading: &'a str,
    /// The sentence before, in and after the figure.
    pub before: String,
    /// The figure alone.
    pub text: String,
    /// To the end of the sentence.
    pub after: String,
    /// The passage that it stands in: paragraph, cell of a table, note.
    pub kind: PassageKind,
}

/// Every printed figure that was made of cells, in reading order.
pub fn printed<'a>(document: &'a Document, passages: &'a [Passage]) -> Vec<Printed<'a>> {
    let mut rows = Vec::new();
    for passage in passages {
        for span in &passage.segments {
            let Some(figure) = span.figure.and_then(|id| document.figures.get(id.0 as usize)) else { continue };
            if figure.reads.is_empty() {
                continue;
            }
            let (before, text, after) = marked(passage, span.start, span.end);
            rows.push(Printed {
                number: rows.len() + 1,
                figure,
                part: &passage.part,
                heading: &passage.heading,
                before,
                text,
                after,
                kind: passage.kind,
            });
        }
    }
    rows
}

/// A number in the report that no cell stands behind.
#[derive(Clone, Debug)]
pub struct Untraced<'a> {
    /// The heading of level 1 above it; empty before the first.
    pub part: &'a str,
    /// The nearest heading above it; empty before the first.
    pub heading: &'a str,
    /// The sentence up to the number.
    pub before: String,
    /// The number, or the figure that has no cell, as it is printed.
    pub text: String,
    /// The sentence behind the number.
    pub after: String,
    /// Why there is no cell.
    pub reason: String,
}

/// Numbers typed in the template, and figures that it computed from no cell.
pub fn untraced<'a>(document: &Document, passages: &'a [Passage]) -> Vec<Untraced<'a>> {
    let mut rows = Vec::new();
    for passage in passages {
        for span in &passage.segments {
            let figure = span.figure.and_then(|id| document.figures.get(id.0 as usize));
            let found = match figure {
                Some(figure) if !figure.reads.is_empty() => continue,
                Some(figure) => {
                    let reason = format!("{{{{ {} }}}} 没有读取任何单元格", figure.expression.trim());
                    vec![(span.start, span.end, reason)]
                }
                None => numbers(&passage.text, span.start, span.end)
                    .into_iter()
                    .map(|(a, b)| (a, b, "写在模板文字里".to_string()))
                    .collect(),
            };
            for (start, end, reason) in found {
                let (before, text, after) = marked(passage, start, end);
                rows.push(Untraced { part: &passage.part, heading: &passage.heading, before, text, after, reason });
            }
        }
    }
    rows
}

fn marked(passage: &Passage, start: usize, end: usize) -> (String, String, String) {
    let (from, to) = passage.sentence(start, end);
    let line = |s: String| s.replace('\n', "");
    (line(passage.string(from, start)), passage.string(start, end), line(passage.string(end, to)))
}

/// Numbers in a stretch of text.
fn numbers(text: &[char], from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < to && (text[at].is_ascii_digit() || (matches!(text[at], '.' | ',' | '%') && at > start)) {
            at += 1;
        }
        found.push((start, at));
    }
    found
}
