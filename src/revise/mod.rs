//! Changes of a file that is there: a package is patched, never written anew. Every byte that no change
//! touches stays as it is, in the parts that change as well as in the others.
//!
//! [`Revision`] is what becomes of a Word file: characters that are replaced, put in or taken out, plainly or as
//! tracked changes, and comments. `edit` and `parts` change XML and packages of any kind.

mod apart;
mod change;
mod comments;
mod cuts;
pub(crate) mod edit;
mod error;
mod model;
pub(crate) mod parts;
mod skeleton;
mod whole;

pub use error::ReviseError;
pub use model::{AUTHOR, Change, Remark};

use crate::source::docx::{Document, Paragraph};
use cuts::Cuts;
use edit::Edits;
use parts::Parts;
use skeleton::Skeleton;

/// What becomes of a Word file, all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Changes of the text. Of two that overlap the first holds.
    pub changes: Vec<Change>,
    /// Comments; they may lie over each other and over changes.
    pub remarks: Vec<Remark>,
    /// Changes are tracked: Word shows them and asks whether they hold. Those in formulas cannot be.
    pub tracked: bool,
}

impl Revision {
    /// The file with all changes; `document` is what was read of it.
    pub fn apply(&self, bytes: &[u8], document: &Document) -> Result<Vec<u8>, ReviseError> {
        if self.changes.is_empty() && self.remarks.is_empty() {
            return Ok(bytes.to_vec());
        }
        let mut parts = Parts::open(bytes)?;
        let text = &*document.xml;
        let first = comments::free_id(&mut parts, &document.part)?;
        let remarks: Vec<(u32, &Remark)> = (first..).zip(&self.remarks).collect();
        parts.put(&document.part, self.text(text, &document.paragraphs(), &remarks)?);
        let said: Vec<(u32, String)> = remarks.iter().map(|(id, remark)| (*id, remark.text.clone())).collect();
        comments::add(&mut parts, &document.part, &said, text.contains(comments::STRICT))?;
        parts.finish()
    }

    /// The part of the main text with all changes.
    fn text(&self, text: &str, all: &[&Paragraph], remarks: &[(u32, &Remark)]) -> Result<String, ReviseError> {
        let skeleton = Skeleton::read(text)?;
        let mut cuts = Cuts::new(text, &skeleton);
        for (id, remark) in remarks {
            let Some(paragraph) = all.get(remark.paragraph) else { continue };
            // No comment stands in a text box: it hangs on the paragraph that holds the box.
            let around = |own: &&&Paragraph| own.span.start < paragraph.span.start && paragraph.span.end < own.span.end;
            let range = remark.range.clone().map(|range| apart::fit(&paragraph.text, range));
            match (all.iter().find(around), range) {
                (None, Some(range)) => change::remark(paragraph, range, *id, &mut cuts),
                (holder, _) => cuts.wholes.mark(text, holder.unwrap_or(paragraph), *id),
            }
        }
        for change in apart::apart(&self.changes, all) {
            change::plan(&change, all[change.paragraph], self.tracked, &mut cuts);
        }
        let mut edits = Edits::default();
        cuts.write(&mut edits)?;
        Ok(edits.apply(text))
    }
}
