//! What each paragraph of the main text is: title, heading, item, what stands around the text.
//! By its style, by its number (typed or of a list), else by its face and size.

mod ends;
mod headings;
mod line;

use super::model::{Block, Document};
use line::Line;
pub use line::Role;

/// The roles of the blocks of the main text.
#[derive(Debug)]
pub struct Outline(Vec<Role>);

impl Outline {
    /// Looks through a document.
    pub fn of(document: &Document) -> Outline {
        let mut outline = Outline(vec![Role::Text; document.body.len()]);
        let lines: Vec<Line> = (document.body.iter().enumerate())
            .filter_map(|(block, paragraph)| match paragraph {
                Block::Paragraph(paragraph) if !paragraph.is_blank() => Some(Line { block, paragraph }),
                _ => None,
            })
            .collect();
        let rest = ends::mark(&lines, document, &mut outline.0);
        headings::mark(&lines[rest], document, &mut outline.0);
        outline
    }

    /// The role of a block of the main text; tables are text.
    pub fn role(&self, block: usize) -> &Role {
        self.0.get(block).unwrap_or(&Role::Text)
    }
}
