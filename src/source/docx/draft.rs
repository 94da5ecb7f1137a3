//! A paragraph on its way.

use super::model::{Anchor, Anchored, Face, Paragraph};

/// A paragraph while it is read.
#[derive(Default)]
pub struct Draft {
    pub paragraph: Paragraph,
    /// What its style says of characters.
    pub face: Face,
    /// The face of its mark.
    pub mark: Face,
}

impl Draft {
    pub fn anchor(&mut self, what: Anchored) {
        self.paragraph.anchors.push(Anchor { at: self.paragraph.text.len(), what });
    }
}
