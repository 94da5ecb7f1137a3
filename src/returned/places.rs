//! Where something stands, as an officer finds it: part, heading, sentence.

use std::collections::BTreeSet;

use super::model::Spot;
use crate::diagnostic::{Origin, SourceId};
use crate::document::PassageKind;
use crate::document::record::ends;
use crate::source::docx::{Block, Document, Outline, Paragraph, Place, Role};

/// The headings of a file.
pub struct Places<'d> {
    pub paragraphs: Vec<&'d Paragraph>,
    /// For each paragraph the heading of level 1 and the nearest one.
    headings: Vec<(usize, String, String)>,
    /// Bytes at which paragraphs begin that are headings as a whole.
    alone: BTreeSet<usize>,
}

impl<'d> Places<'d> {
    pub fn of(document: &'d Document) -> Places<'d> {
        let outline = Outline::of(document);
        let (mut headings, mut alone) = (Vec::new(), BTreeSet::new());
        let mut part = String::new();
        for (at, block) in document.body.iter().enumerate() {
            let Block::Paragraph(paragraph) = block else { continue };
            match outline.role(at) {
                Role::Heading { level, run_in, .. } => {
                    let text = paragraph.text[..run_in.unwrap_or(paragraph.text.len())].trim_end_matches('。');
                    let number = paragraph.number.as_ref().map_or("", |number| &number.text);
                    let heading = format!("{number}{text}");
                    if run_in.is_none() {
                        alone.insert(paragraph.span.start);
                    }
                    if *level == 1 {
                        part.clone_from(&heading);
                    }
                    headings.push((paragraph.span.start, part.clone(), heading));
                }
                Role::AnnexLabel => {
                    part = paragraph.text.trim().to_string();
                    headings.push((paragraph.span.start, part.clone(), part.clone()));
                }
                _ => {}
            }
        }
        Places { paragraphs: document.paragraphs(), headings, alone }
    }

    /// What rules take a paragraph for.
    pub fn kind(&self, paragraph: usize) -> PassageKind {
        let own = self.paragraphs[paragraph];
        match own.place {
            Place::Cell(..) => PassageKind::Cell,
            _ if self.alone.contains(&own.span.start) && !own.text.contains('。') => PassageKind::Heading,
            _ if own.text.contains(['。', '；', '，']) => PassageKind::Body,
            _ => PassageKind::Other,
        }
    }

    /// The part and the nearest heading of a paragraph.
    pub fn heading(&self, paragraph: usize) -> (&str, &str) {
        let start = self.paragraphs[paragraph].span.start;
        let next = self.headings.partition_point(|(own, ..)| *own <= start);
        next.checked_sub(1).map_or(("", ""), |at| (&self.headings[at].1, &self.headings[at].2))
    }

    /// The sentence around words, in three: before, the words, behind.
    pub fn sentence(&self, spot: &Spot) -> [String; 3] {
        let text = &self.paragraphs[spot.paragraph].text;
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let stops = ends(&text.chars().collect::<Vec<_>>());
        let stops: Vec<usize> = stops.into_iter().map(|at| places[at]).collect();
        let from = stops.iter().rev().find(|end| **end <= spot.bytes.start).copied().unwrap_or(0);
        let to = stops.iter().find(|end| **end >= spot.bytes.end).copied().unwrap_or(text.len()).max(spot.bytes.end);
        let part = |range: std::ops::Range<usize>| text[range].split_whitespace().collect::<String>();
        [part(from.min(spot.bytes.start)..spot.bytes.start), part(spot.bytes.clone()), part(spot.bytes.end..to)]
    }

    /// The place in a source whose lines are the paragraphs.
    pub fn origin(&self, spot: &Spot, source: SourceId) -> Origin {
        let text = &self.paragraphs[spot.paragraph].text;
        let count = |range: std::ops::Range<usize>| text[range].chars().count() as u32;
        let (column, length) = (count(0..spot.bytes.start) + 1, count(spot.bytes.clone()));
        Origin::text(source, spot.paragraph as u32 + 1, column, length)
    }
}
