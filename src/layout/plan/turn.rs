//! Last lines of the body that begin a page together with what follows them (7.3.5.5).

use super::{Block, Plan, Text};

/// Where a page begins inside the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The block that it begins in, or before.
    pub block: usize,
    /// So many lines of that block stay on the page before; 0: none.
    pub line: usize,
}

impl Plan<'_> {
    /// Where a page begins that holds so many last lines of the body, or a few more: a paragraph leaves no
    /// single line behind, a table or a picture goes whole, headings go with what they head. `None` where
    /// nothing would be left on the page before.
    pub fn turn(&self, carried: usize) -> Option<Turn> {
        let mut missing = carried;
        let mut block = self.body.len();
        while missing > 0 {
            block = block.checked_sub(1)?;
            let count = match &self.body[block] {
                Block::Paragraph(text) | Block::Item(text) | Block::Heading { text, .. } => text.lines.count(),
                Block::UnitLine { .. } => 1,
                Block::Table(_) | Block::Chart(_) | Block::Picture(_) => missing,
                Block::PageBreak => return None,
            };
            if count > missing + 1 && matches!(self.body[block], Block::Paragraph(_) | Block::Item(_)) {
                return Some(Turn { block, line: count - missing });
            }
            missing = missing.saturating_sub(count);
        }
        let heads = |block: &Block| matches!(block, Block::Heading { .. } | Block::UnitLine { .. });
        let block = block - self.body[..block].iter().rev().take_while(|above| heads(above)).count();
        (carried > 0 && block > 0).then_some(Turn { block, line: 0 })
    }
}

impl Text {
    /// The text in two: so many lines, and the others, which begin at the edge.
    pub fn split(&self, lines: usize) -> [Text; 2] {
        let at = self.lines.starts.get(lines.wrapping_sub(1)).copied().unwrap_or(self.row.len());
        let [own, behind] = self.lines.split(lines, at);
        let part = |row: &[_], lines| Text { row: row.to_vec(), lines, hang: self.hang, ..Text::default() };
        let first = Text {
            lead: self.lead.min(at),
            bold: self.bold,
            level: self.level,
            number: self.number,
            indent: self.indent,
            ..part(&self.row[..at], own)
        };
        let lead = self.lead.saturating_sub(at);
        let bold = self.bold;
        [first, Text { lead, bold, indent: self.hang, ..part(&self.row[at..], behind) }]
    }
}
