//! What each paragraph of the main text is: title, heading, item, what stands around the text.
//! By its style, by its number (typed or of a list), else by its face and size.

mod annexes;
mod ends;
mod headings;
mod line;

use std::ops::Range;

use super::model::{Block, Document};
use line::Line;
pub use line::Role;

/// The roles of the blocks of the main text.
#[derive(Debug)]
pub struct Outline {
    roles: Vec<Role>,
    annexes: Vec<Annex>,
}

/// An annex behind the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// Blocks of the main text, its label among them.
    pub blocks: Range<usize>,
    /// Its pages lie sideways.
    pub landscape: bool,
}

impl Outline {
    /// Looks through a document.
    pub fn of(document: &Document) -> Outline {
        let mut roles = vec![Role::Text; document.body.len()];
        let lines: Vec<Line> = (document.body.iter().enumerate())
            .filter_map(|(block, paragraph)| match paragraph {
                Block::Paragraph(paragraph) if !paragraph.is_blank() => Some(Line { block, paragraph }),
                _ => None,
            })
            .collect();
        let labels = (1..lines.len()).filter(|at| annexes::is_label(&lines[*at]));
        let labels: Vec<usize> = labels.take(annexes::MOST).collect();
        let main = &lines[..labels.first().copied().unwrap_or(lines.len())];
        let rest = ends::mark(main, document, &mut roles, !labels.is_empty());
        headings::mark(&main[rest], document, &mut roles);
        let mut found = Vec::new();
        for (i, &label) in labels.iter().enumerate() {
            let end = labels.get(i + 1).copied().unwrap_or(lines.len());
            let own = annexes::mark(&lines[label..end], &mut roles);
            headings::mark(&lines[label + own..end], document, &mut roles);
            let until = lines.get(end).map_or(document.body.len(), |next| next.block);
            let blocks = lines[label].block..until;
            found.push(Annex { landscape: annexes::is_landscape(document, blocks.start), blocks });
        }
        Outline { roles, annexes: found }
    }

    /// The role of a block of the main text; tables are text.
    pub fn role(&self, block: usize) -> &Role {
        self.roles.get(block).unwrap_or(&Role::Text)
    }

    /// The annexes, in their order.
    pub fn annexes(&self) -> &[Annex] {
        &self.annexes
    }
}
