//! Document to [`Sheet`]: faces are chosen, lines planned, places computed.

mod ends;
mod figures;

pub(in crate::layout) use figures::fit_picture;

use super::super::breaks::Lines;
use super::super::fonts::Fonts;
use super::super::glyphs::{Findings, Glyph, glyphs};
use super::super::paragraph::{self, Runs, runs};
use super::super::profile::{ColophonPage, Profile};
use super::super::signature::cell;
use super::super::standard::{
    ADDRESSEE_GAP, Face, INDENT, RED_RULE_WIDTH, SIZE_2, SIZE_3, TITLE_PITCH, TYPE_WIDTH, pt,
};
use super::super::{list_marker, masthead, title};
use super::data::{Board, BoardRule, BoardText, Item, Meta, Sheet, Standard};
use crate::document::{Annex, Block, Document, Heading, Inline, LayoutKind, plain_text};

/// PDF/A demands a date of the file; without a 成文日期 it is this one, which is no real date.
const UNDATED: (i16, i8, i8) = (1970, 1, 1);

/// Turns a document into what the Typst program walks.
pub struct Builder<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    profile: &'a Profile,
    pub findings: Findings,
    /// Pictures: name and bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    items: Vec<Item>,
    /// Level of the last heading in the tag tree, which may not skip one.
    level: u8,
    /// The report is a part of a volume, whose outline shows it under this name.
    part: Option<String>,
    /// Beginning of the names of its pictures.
    prefix: String,
    /// Width of the lines being set, pt.
    width: f64,
}

impl<'a> Builder<'a> {
    pub fn new(document: &'a Document, fonts: &'a Fonts, profile: &'a Profile) -> Builder<'a> {
        Builder {
            document,
            fonts,
            profile,
            findings: Findings::default(),
            pictures: Vec::new(),
            items: Vec::new(),
            level: 0,
            part: None,
            prefix: String::new(),
            width: pt(TYPE_WIDTH),
        }
    }

    /// The same for a part of a volume.
    pub fn part(self, name: &str, index: usize) -> Builder<'a> {
        Builder { part: Some(name.to_owned()), prefix: format!("{index}-"), ..self }
    }

    pub fn build(&mut self, colophon: ColophonPage) -> Sheet {
        let document = self.document;
        self.masthead();
        self.front();
        if document.meta.kind == LayoutKind::Official && document.front.addressee.is_some() {
            self.items.push(Item::BodyBegins);
        }
        for block in &document.body {
            self.block(block);
        }
        self.annex_note();
        self.signature();
        for (i, annex) in document.annexes.iter().enumerate() {
            self.annex(annex, i);
        }
        self.colophon(colophon);
        let date = document.meta.date.map_or(UNDATED, |date| (date.year, date.month, date.day.unwrap_or(1)));
        let meta = Meta {
            title: document.meta.title.to_string(),
            author: document.meta.author.to_string(),
            date,
            draft: document.meta.draft,
        };
        Sheet {
            standard: Standard::new(self.profile, self.fonts).knowing(&self.findings, self.fonts),
            meta,
            body: std::mem::take(&mut self.items),
            attached: Vec::new(),
        }
    }

    /// Blank lines.
    fn blank(&mut self, lines: f64) {
        self.items.push(Item::Blank { height: lines * self.profile.pitch });
    }

    fn masthead(&mut self) {
        let masthead = &self.document.masthead;
        let Some(head) = masthead::plan(masthead, self.document.meta.kind, self.fonts) else { return };
        let mut board = Board { height: head.height, ..Board::default() };
        for placed in head.texts {
            let text = self.runs(&placed.text, placed.face);
            let masthead::Placed { face, size, x, y, tracking, red, .. } = placed;
            board.texts.push(BoardText { text, face: face.key(), size, x, y, tracking, red });
        }
        board.rules.push(BoardRule { y: head.rule, thickness: pt(RED_RULE_WIDTH), red: true });
        self.items.push(Item::Board(board));
        if !masthead.editor_note.is_empty() {
            for note in &masthead.editor_note {
                self.paragraph_in(&glyphs(note, Face::Kai), Face::Kai, INDENT * cell(), 0.0);
            }
            self.blank(1.0);
        }
    }

    fn front(&mut self) {
        let front = &self.document.front;
        self.title(&front.title, true);
        for line in [&front.unit, &front.date].into_iter().flatten() {
            let text = figures::unjustified(self.paragraph(&glyphs(line, Face::Kai), Face::Kai, 0.0, 0.0));
            self.items.push(Item::Centred { text, face: Face::Kai.key(), size: SIZE_3, keep: true });
        }
        self.blank(ADDRESSEE_GAP);
        if let Some(addressee) = front.addressee.as_ref().filter(|_| !self.profile.addressee_below) {
            self.paragraph_in(&glyphs(addressee, Face::FangSong), Face::FangSong, 0.0, 0.0);
        }
    }

    fn title(&mut self, text: &[Inline], main: bool) {
        let row = glyphs(text, Face::XiaoBiaoSong);
        let row: Vec<Glyph> = row.into_iter().map(|glyph| Glyph { face: Face::XiaoBiaoSong, ..glyph }).collect();
        self.findings.check(self.fonts, &row);
        let lines = title::plan(&plain_text(text), title::capacity());
        // The lines joined give the title: each character keeps its figure.
        let mut figures = row.iter().filter(|glyph| glyph.c != '\n').map(|glyph| glyph.figure);
        let mut marked = |line: &str| -> Vec<Glyph> {
            let row = literal(line, Face::XiaoBiaoSong).into_iter();
            row.map(|glyph| Glyph { figure: figures.next().flatten(), ..glyph }).collect()
        };
        let lines = lines.iter().map(|line| marked(line)).collect::<Vec<_>>();
        let lines = lines.iter().map(|line| self.runs(line, Face::XiaoBiaoSong)).collect();
        let bookmark = self.part.clone().filter(|_| main);
        self.items.push(Item::Title { lines, size: SIZE_2, pitch: TITLE_PITCH, main, bookmark });
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph { lead, text } => {
                let mut row = lead.as_ref().map(|lead| self.heading_glyphs(lead)).unwrap_or_default();
                row.extend(glyphs(text, Face::FangSong));
                self.body_paragraph(&row);
            }
            Block::List(list) => {
                for (i, item) in list.items.iter().enumerate() {
                    let mut row = literal(&list_marker(list, i), Face::FangSong);
                    row.extend(glyphs(item, Face::FangSong));
                    self.body_paragraph(&row);
                }
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Picture(picture) => self.picture(picture),
            Block::UnitLine(unit) => {
                let row = glyphs(unit, Face::FangSong);
                let left = (self.width - paragraph::width(self.fonts, &row, SIZE_3)).max(0.0);
                let text = self.runs(&row, Face::FangSong);
                self.items.push(Item::Line { text, face: Face::FangSong.key(), left, keep: true });
            }
            Block::PageBreak => self.items.push(Item::PageBreak),
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let face = self.profile.heading_face(heading.level);
        let row = self.heading_glyphs(heading);
        let text = self.paragraph(&row, face, INDENT * cell(), 0.0);
        // In a volume, the report is the first level.
        let above = u8::from(self.part.is_some());
        self.level = (heading.level + above).min(self.level.max(above) + 1);
        let bookmark = row.iter().map(|glyph| glyph.c).filter(|c| !c.is_control()).collect();
        self.items.push(Item::Heading { level: self.level, face: face.key(), bookmark, text });
    }

    fn heading_glyphs(&self, heading: &Heading) -> Vec<Glyph> {
        let face = self.profile.heading_face(heading.level);
        let mut row = literal(&heading.number, face);
        row.extend(glyphs(&heading.text, face));
        row
    }

    fn body_paragraph(&mut self, row: &[Glyph]) {
        self.paragraph_in(row, Face::FangSong, INDENT * cell(), 0.0);
    }

    /// A paragraph with its first line indented by `indent` and the others by `hang`, pt.
    fn paragraph_in(&mut self, row: &[Glyph], base: Face, indent: f64, hang: f64) {
        let text = self.paragraph(row, base, indent, hang);
        self.items.push(Item::Par { text, face: base.key(), indent, hang });
    }

    fn annex(&mut self, annex: &Annex, index: usize) {
        let several = self.document.annexes.len() > 1;
        let label = if several { format!("附件{}", index + 1) } else { "附件".to_owned() };
        self.items.push(Item::PageBreak);
        let outside = std::mem::take(&mut self.items);
        if annex.landscape {
            self.width = pt(super::super::standard::TYPE_HEIGHT);
        }
        let text = self.runs(&literal(&label, Face::Hei), Face::Hei);
        self.items.push(Item::Line { text, face: Face::Hei.key(), left: 0.0, keep: true });
        self.blank(1.0);
        self.title(&annex.title, false);
        self.blank(1.0);
        for block in &annex.blocks {
            self.block(block);
        }
        let body = std::mem::replace(&mut self.items, outside);
        if annex.landscape {
            self.width = pt(TYPE_WIDTH);
            self.items.push(Item::Landscape { body });
        } else {
            self.items.extend(body);
        }
    }

    /// Runs of a paragraph with its lines planned; indents in pt.
    fn paragraph(&mut self, row: &[Glyph], base: Face, indent: f64, hang: f64) -> Runs {
        self.findings.check(self.fonts, row);
        let lines = paragraph::plan(self.fonts, row, self.width - hang, indent - hang);
        self.set(row, base, &lines)
    }

    /// Runs of a text of one line.
    fn runs(&mut self, row: &[Glyph], base: Face) -> Runs {
        self.findings.check(self.fonts, row);
        self.set(row, base, &Lines::default())
    }

    /// Runs, with the figures marked where that is asked for.
    fn set(&self, row: &[Glyph], base: Face, lines: &Lines) -> Runs {
        if self.profile.marked { paragraph::marked_runs(row, base, lines) } else { runs(row, base, lines) }
    }
}

/// Text that the program sets by itself.
fn literal(text: &str, face: Face) -> Vec<Glyph> {
    text.chars().map(|c| Glyph { c, face, figure: None }).collect()
}
