//! Drawings in a run: pictures, text boxes, charts, shapes.

use super::draft::Draft;
use super::error::DocxError;
use super::model::{Anchored, Block, Paragraph, Picture, Place};
use super::story::Story;
use crate::source::xml::{Step, attribute, attributes, name};

impl Story<'_, '_> {
    /// Reads `w:drawing` or `w:pict`.
    pub fn drawing(&mut self, draft: &mut Draft) -> Result<(), DocxError> {
        self.desk.run()?;
        let target = self.reader.depth.saturating_sub(1);
        let (mut alt, mut found, mut chosen) = (String::new(), 0, false);
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            match name(&element) {
                b"docPr" => {
                    let [said, title] = attributes(&element, ["descr", "title"]);
                    let said = [said, title].into_iter().flatten().find(|text| !text.trim().is_empty());
                    alt = said.map(|text| text.trim().to_string()).unwrap_or_default();
                }
                b"blip" | b"imagedata" => {
                    let [embedded, id] = attributes(&element, ["embed", "id"]);
                    let part = embedded.or(id).and_then(|id| self.desk.pictures.get(&*id)).cloned();
                    if let Some(part) = part {
                        found += 1;
                        self.desk.run()?;
                        draft.anchor(Anchored::Picture(Picture { part, alt: alt.clone() }));
                    }
                }
                b"txbxContent" => {
                    found += 1;
                    let inside = self.deeper(Story::text_box)?;
                    draft.anchor(Anchored::TextBox(inside));
                }
                b"chart" if attribute(&element, "id").is_some() => {
                    found += 1;
                    self.desk.seen.charts += 1;
                }
                b"Choice" => chosen = true,
                // The same for older programs.
                b"Fallback" if chosen => self.skip()?,
                _ => {}
            }
        }
        if found == 0 {
            self.desk.seen.shapes += 1;
        }
        Ok(())
    }

    /// The paragraphs of a text box; tables in it become their paragraphs.
    fn text_box(&mut self) -> Result<Vec<Paragraph>, DocxError> {
        let before = self.place.clone();
        if let Place::Body(at) = before {
            self.place = Place::TextBox(at);
        }
        // A field outside goes on behind the box.
        let fields = std::mem::take(&mut self.fields);
        let mut blocks = Vec::new();
        let read = self.blocks(&mut blocks);
        self.fields = fields;
        self.place = before;
        read?;
        let mut paragraphs = Vec::new();
        flat(blocks, &mut paragraphs);
        Ok(paragraphs)
    }
}

fn flat(blocks: Vec<Block>, out: &mut Vec<Paragraph>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(paragraph),
            Block::Table(table) => {
                for cell in table.rows.into_iter().flat_map(|row| row.cells) {
                    flat(cell.blocks, out);
                }
            }
        }
    }
}
