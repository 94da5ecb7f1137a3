//! Changes that fit the text and lie apart from each other.

use std::ops::Range;

use super::model::Change;
use crate::source::docx::Paragraph;

/// The range within the text, at the beginnings of characters.
pub fn fit(text: &str, range: Range<usize>) -> Range<usize> {
    let fitted = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = fitted(range.start);
    start..fitted(range.end).max(start)
}

/// Bytes of the paragraph's text that a piece stands for.
pub fn extent(paragraph: &Paragraph, piece: usize) -> Range<usize> {
    let until = paragraph.pieces.get(piece + 1).map_or(paragraph.text.len(), |next| next.at as usize);
    paragraph.pieces[piece].at as usize..until
}

/// The changes in the order of the text, without those that lie over one before them or change nothing. Those that
/// meet in characters that can only be written anew together are one.
pub fn apart(changes: &[Change], paragraphs: &[&Paragraph]) -> Vec<Change> {
    let known = changes.iter().filter_map(|change| {
        let text = &paragraphs.get(change.paragraph)?.text;
        let range = fit(text, change.range.clone());
        (text[range.clone()] != change.text).then(|| Change { range, ..change.clone() })
    });
    let mut sorted: Vec<Change> = known.collect();
    sorted.sort_by_key(|change| (change.paragraph, change.range.start, change.range.end));
    // Each with what it is made of.
    let mut found: Vec<(Change, Vec<Change>)> = Vec::new();
    for change in sorted {
        let paragraph = paragraphs[change.paragraph];
        let whole = widened(paragraph, change.range.clone());
        let last = found.last_mut().filter(|(last, _)| last.paragraph == change.paragraph);
        match last {
            Some((_, own)) if own.last().is_some_and(|own| change.range.start < own.range.end) => {}
            Some((last, own)) if whole.start < last.range.end => {
                last.range.end = last.range.end.max(whole.end);
                own.push(change);
            }
            _ => found.push((Change { range: whole, ..change.clone() }, vec![change])),
        }
    }
    found.into_iter().map(|(whole, own)| together(whole, &own, paragraphs)).collect()
}

/// The change with the text that its parts make of its range.
fn together(whole: Change, own: &[Change], paragraphs: &[&Paragraph]) -> Change {
    let text = &paragraphs[whole.paragraph].text;
    let (mut words, mut at) = (String::new(), whole.range.start);
    for change in own {
        words += &text[at..change.range.start];
        words += &change.text;
        at = change.range.end;
    }
    words += &text[at..whole.range.end];
    Change { text: words, ..whole }
}

/// The range with all of what it would tear apart: characters that are written otherwise than they read.
fn widened(paragraph: &Paragraph, range: Range<usize>) -> Range<usize> {
    let mut wide = range.clone();
    for (i, piece) in paragraph.pieces.iter().enumerate() {
        let own = extent(paragraph, i);
        let torn = |at: usize| own.len() != piece.bytes.len() && own.start < at && at < own.end;
        wide.start = if torn(range.start) { own.start } else { wide.start };
        wide.end = if torn(range.end) { own.end } else { wide.end };
    }
    wide
}
