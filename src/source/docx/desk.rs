//! What the stories of one file share: styles, lists, pictures, notes, and how much may still be read.

use std::collections::BTreeMap;

use super::error::{DocxError, MAX_PARAGRAPHS, MAX_RUNS, MAX_TEXT};
use super::limits::within;
use super::model::{Note, Seen};
use super::numbering::Numbering;
use super::styles::Styles;

/// Shared by the stories of one file.
pub struct Desk {
    pub styles: Styles,
    pub numbering: Numbering,
    /// Parts of pictures by their relationship.
    pub pictures: BTreeMap<String, String>,
    /// Footnotes (`false`) and endnotes (`true`) that were read and not yet named, by their id.
    pub unnamed: BTreeMap<(bool, String), Note>,
    /// Notes in the order in which the text names them.
    pub notes: Vec<Note>,
    pub seen: Seen,
    /// Characters of the main text by their size.
    sizes: BTreeMap<u16, usize>,
    text: usize,
    paragraphs: usize,
    runs: usize,
}

impl Desk {
    pub fn new(styles: Styles, numbering: Numbering, pictures: BTreeMap<String, String>) -> Desk {
        Desk {
            styles,
            numbering,
            pictures,
            unnamed: BTreeMap::new(),
            notes: Vec::new(),
            seen: Seen::default(),
            sizes: BTreeMap::new(),
            text: 0,
            paragraphs: 0,
            runs: 0,
        }
    }

    /// Counts text that is kept.
    pub fn charge(&mut self, bytes: usize) -> Result<(), DocxError> {
        self.text = self.text.saturating_add(bytes);
        if self.text > MAX_TEXT { Err(DocxError::too_long()) } else { Ok(()) }
    }

    /// Counts a paragraph or a cell.
    pub fn paragraph(&mut self) -> Result<(), DocxError> {
        self.paragraphs += 1;
        within(self.paragraphs, "段落和单元格", MAX_PARAGRAPHS)
    }

    /// Counts a run, or a piece of one.
    pub fn run(&mut self) -> Result<(), DocxError> {
        self.runs += 1;
        within(self.runs, "文字片段", MAX_RUNS)
    }

    /// Notes how large text of the main text is.
    pub fn sized(&mut self, size: Option<u16>, bytes: usize) {
        *self.sizes.entry(size.unwrap_or(20)).or_default() += bytes;
    }

    /// The size of most of the main text, in half points.
    pub fn usual_size(&self) -> u16 {
        self.sizes.iter().max_by_key(|(_, bytes)| **bytes).map_or(32, |(size, _)| *size)
    }

    /// The place of a note among those that are named; `None` where there is none of this id.
    pub fn note(&mut self, end: bool, id: &str) -> Option<usize> {
        let note = self.unnamed.remove(&(end, id.to_string()))?;
        self.notes.push(note);
        Some(self.notes.len() - 1)
    }
}
