//! The sentences of a file that came back.

use std::collections::HashSet;
use std::ops::Range;

use super::tokens::{Token, tokens};
use crate::document::record::{digest, ends};
use crate::source::docx::{Document, Paragraph, Place, typed};

/// Characters of the longest number or label before a text that the program writes.
const LABEL: usize = 8;

/// A sentence of the file.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its paragraph, by its place among all.
    pub paragraph: usize,
    /// Bytes of the paragraph's text.
    pub bytes: Range<usize>,
    /// It stands in a table.
    pub cell: bool,
    pub digest: u32,
    pub tokens: Vec<Token>,
}

/// All sentences, in their order. A number or a label before a text is none of it where the text is `known` without.
pub fn sentences(document: &Document, known: &HashSet<u32>) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, paragraph) in document.paragraphs().into_iter().enumerate() {
        if paragraph.is_blank() {
            continue;
        }
        let cell = matches!(paragraph.place, Place::Cell(..));
        let mut start = 0;
        for end in ends_of(paragraph, cell) {
            let from = if start == 0 && !cell { label(&paragraph.text[..end], known) } else { start };
            let bytes = from..end;
            let own = &paragraph.text[bytes.clone()];
            let tokens = tokens(&paragraph.text, bytes.clone());
            found.push(Sentence { paragraph: index, bytes, cell, digest: digest(own.chars()), tokens });
            start = end;
        }
    }
    found
}

fn ends_of(paragraph: &Paragraph, cell: bool) -> Vec<usize> {
    if cell {
        return vec![paragraph.text.len()];
    }
    let places: Vec<usize> = paragraph.text.char_indices().map(|(at, _)| at).chain([paragraph.text.len()]).collect();
    let chars: Vec<char> = paragraph.text.chars().collect();
    ends(&chars).into_iter().map(|end| places[end]).collect()
}

/// The bytes of the number or label that a sentence begins with.
fn label(text: &str, known: &HashSet<u32>) -> usize {
    let places = text.char_indices().map(|(at, _)| at).take(LABEL + 1);
    let fits = |at: &usize| known.contains(&digest(text[*at..].chars()));
    places.into_iter().find(fits).unwrap_or_else(|| typed(text).map_or(0, |number| number.length))
}
