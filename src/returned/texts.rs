//! Three texts side by side.

use std::ops::Range;

use super::edited::Sentence;
use super::flat::Flat;
use super::matched::Found;
use super::model::Spot;
use super::reworded::Reworded;
use super::then::{Now, Then};
use crate::source::docx::Paragraph;

/// All that is compared.
pub struct Texts<'a> {
    pub paragraphs: Vec<&'a Paragraph>,
    pub then: Vec<Then>,
    pub now: Vec<Now>,
    pub sentences: Vec<Sentence>,
    pub flat: Flat,
    pub found: Vec<Found>,
    /// What sentences have become that are known by their figures only.
    pub reworded: Vec<Option<Reworded>>,
}

impl Texts<'_> {
    pub fn spot(&self, words: Range<usize>) -> Option<Spot> {
        self.flat.bytes(words).map(|(paragraph, bytes)| Spot { paragraph, bytes })
    }

    pub fn text(&self, spot: &Spot) -> String {
        self.paragraphs[spot.paragraph].text[spot.bytes.clone()].to_string()
    }

    pub fn sentence_at(&self, spot: &Spot) -> Option<usize> {
        let here = |own: &Sentence| {
            own.paragraph == spot.paragraph && own.bytes.start <= spot.bytes.start && spot.bytes.start < own.bytes.end
        };
        self.sentences.iter().position(here)
    }
}

/// A text without its blanks.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
