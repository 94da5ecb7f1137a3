//! Blocks: paragraphs and tables one below the other, with what stands around them.

use quick_xml::events::BytesStart;

use super::desk::Desk;
use super::draft::Draft;
use super::error::{DocxError, MAX_DEPTH, in_part};
use super::format::{face_over, paragraph_properties, section, set_over};
use super::model::{Block, Paragraph, Place, Section};
use crate::source::xml::{Step, XmlError, XmlReader, attribute, name};

/// One part while it is read.
pub struct Story<'d, 'x> {
    pub reader: XmlReader<'x>,
    pub part: &'d str,
    pub desk: &'d mut Desk,
    /// Fields that are open, the outermost first.
    pub fields: Vec<Field>,
    /// Where paragraphs stand that are read now.
    pub place: Place,
    /// Containers around what is read.
    pub depth: usize,
    /// Paragraphs and tables of the main text so far.
    body: u32,
    tables: u32,
    /// A paragraph whose mark is deleted: the next one goes on with it.
    joined: Option<Draft>,
    /// How the last section is set.
    last: Section,
}

/// A field between its marks.
#[derive(Default)]
pub struct Field {
    pub instruction: String,
    /// The result is being read.
    pub result: bool,
}

impl Field {
    /// A list of contents: huibao has none, and last year's would be wrong.
    pub fn is_contents(&self) -> bool {
        self.instruction.trim_start().to_uppercase().starts_with("TOC")
    }
}

/// Reads the main text.
pub fn main(xml: &str, part: &str, desk: &mut Desk) -> Result<Vec<Block>, DocxError> {
    let mut story = Story::new(xml, part, desk, Place::Body(0));
    loop {
        match story.step()? {
            Step::End => return Ok(Vec::new()),
            Step::Open(element) if name(&element) == b"body" => {
                let mut blocks = Vec::new();
                story.blocks(&mut blocks)?;
                if let Some(rest) = story.joined.take() {
                    blocks.push(Block::Paragraph(rest.paragraph));
                }
                story.last_section(&mut blocks);
                return Ok(blocks);
            }
            _ => {}
        }
    }
}

impl<'d, 'x> Story<'d, 'x> {
    pub fn new(xml: &'x str, part: &'d str, desk: &'d mut Desk, place: Place) -> Story<'d, 'x> {
        Story {
            reader: XmlReader::new(xml),
            part,
            desk,
            fields: Vec::new(),
            place,
            depth: 0,
            body: 0,
            tables: 0,
            joined: None,
            last: Section::default(),
        }
    }

    pub fn step(&mut self) -> Result<Step<'x>, DocxError> {
        self.reader.step().map_err(in_part(self.part))
    }

    pub fn skip(&mut self) -> Result<(), DocxError> {
        self.reader.skip().map_err(in_part(self.part))
    }

    /// Names the part of a mistake.
    pub fn told<T>(&self, result: Result<T, XmlError>) -> Result<T, DocxError> {
        result.map_err(in_part(self.part))
    }

    /// Goes one container deeper.
    pub fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, DocxError>) -> Result<T, DocxError> {
        if self.depth >= MAX_DEPTH {
            return Err(DocxError::TooDeep);
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        done
    }

    /// Reads blocks up to the end of the element that was opened last.
    pub fn blocks(&mut self, out: &mut Vec<Block>) -> Result<(), DocxError> {
        self.blocks_until(self.reader.depth.saturating_sub(1), out)
    }

    /// Reads blocks until no more than `target` elements are open.
    pub fn blocks_until(&mut self, target: usize, out: &mut Vec<Block>) -> Result<(), DocxError> {
        while self.reader.depth > target {
            if let Step::Open(element) = self.step()? {
                self.block(&element, out)?;
            }
        }
        Ok(())
    }

    /// An element that is a block or holds some.
    pub fn block(&mut self, element: &BytesStart<'_>, out: &mut Vec<Block>) -> Result<(), DocxError> {
        match name(element) {
            b"p" => self.paragraph(out),
            b"tbl" => self.deeper(|story| story.own_table(out)),
            b"ins" | b"moveTo" => {
                self.desk.seen.tracked += 1;
                self.deeper(|story| story.blocks(out))
            }
            b"del" | b"moveFrom" => {
                self.desk.seen.tracked += 1;
                self.skip()
            }
            b"sdt" => self.deeper(|story| story.control(out)),
            b"customXml" | b"smartTag" | b"sdtContent" | b"AlternateContent" | b"Choice" => {
                self.deeper(|story| story.blocks(out))
            }
            b"sectPr" => {
                let section = section(&mut self.reader);
                self.last = self.told(section)?;
                Ok(())
            }
            b"altChunk" => {
                self.desk.seen.objects += 1;
                self.skip()
            }
            _ => self.skip(),
        }
    }

    /// A content control: a list of contents is left out, as is a text that only asks for one.
    fn control(&mut self, out: &mut Vec<Block>) -> Result<(), DocxError> {
        let target = self.reader.depth.saturating_sub(1);
        let mut left_out = false;
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            match name(&element) {
                b"docPartGallery" if attribute(&element, "val").as_deref() == Some("Table of Contents") => {
                    self.desk.seen.contents += 1;
                    left_out = true;
                }
                b"showingPlcHdr" => left_out = true,
                b"sdtContent" if left_out => self.skip()?,
                b"sdtContent" => self.deeper(|story| story.blocks(out))?,
                b"placeholder" | b"rPr" | b"sdtEndPr" => self.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn own_table(&mut self, out: &mut Vec<Block>) -> Result<(), DocxError> {
        let before = self.place.clone();
        if let Place::Body(_) = before {
            self.tables += 1;
            self.place = Place::Cell(self.tables, 0, 0);
        }
        let table = self.table(matches!(before, Place::Body(_)));
        self.place = before;
        out.push(Block::Table(table?));
        Ok(())
    }

    /// Reads `w:p`.
    fn paragraph(&mut self, out: &mut Vec<Block>) -> Result<(), DocxError> {
        self.desk.paragraph()?;
        if let Place::Body(at) = &mut self.place {
            self.body += 1;
            *at = self.body;
        }
        let start = self.reader.span().start;
        let mut draft = self.joined.take().unwrap_or_default();
        let (target, mut joined) = (self.reader.depth.saturating_sub(1), false);
        let usual = self.desk.styles.paragraph(None);
        self.styled(&mut draft, usual.name, usual.set, usual.face);
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            if name(&element) == b"pPr" {
                let properties = paragraph_properties(&mut self.reader);
                let properties = self.told(properties)?;
                let style = self.desk.styles.paragraph(properties.style.as_deref());
                let set = set_over(&style.set, &properties.set);
                draft.mark = face_over(&style.face, &properties.face);
                self.styled(&mut draft, style.name, set, style.face);
                draft.paragraph.section = properties.section;
                joined = properties.joined;
                self.desk.seen.tracked += usize::from(joined);
            } else {
                self.inline(&element, &mut draft)?;
            }
        }
        draft.paragraph.span = start..self.reader.span().end;
        draft.paragraph.place = self.place.clone();
        if joined {
            self.joined = Some(draft);
            return Ok(());
        }
        out.push(Block::Paragraph(self.numbered(draft)));
        Ok(())
    }

    fn styled(
        &mut self,
        draft: &mut Draft,
        style: std::sync::Arc<str>,
        set: super::model::Setting,
        face: super::model::Face,
    ) {
        draft.paragraph.style = style;
        draft.paragraph.set = set;
        draft.face = face;
    }

    /// The paragraph with the number that Word writes before it; one without text has none in effect.
    fn numbered(&mut self, draft: Draft) -> Paragraph {
        let mut paragraph = draft.paragraph;
        // An empty paragraph is as large as its mark; it counts as its face.
        if paragraph.runs.is_empty() {
            paragraph.runs.push(super::model::Run { range: 0..0, span: 0..0, face: draft.mark });
        }
        if let (level, Some(list @ 1..)) = paragraph.set.list
            && !paragraph.is_blank()
        {
            paragraph.number = self.desk.numbering.next(list, level.unwrap_or(0));
        }
        paragraph
    }

    /// The section of the text's end hangs on its last paragraph.
    fn last_section(&self, blocks: &mut [Block]) {
        let last = blocks.iter_mut().rev().find_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        });
        if let Some(last) = last.filter(|last| last.section.is_none()) {
            last.section = Some(self.last);
        }
    }
}
