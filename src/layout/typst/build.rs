//! Document to [`Sheet`]: faces are chosen, lines planned, places computed.

use super::super::fonts::Fonts;
use super::super::glyphs::{Findings, Glyph, glyphs};
use super::super::paragraph::{self, Runs, runs};
use super::super::signature::{self, cell};
use super::super::standard::{ADDRESSEE_GAP, Face, INDENT, SIZE_2, SIZE_3, SIZE_5, TITLE_PITCH, TYPE_WIDTH, pt};
use super::super::{breaks::Lines, list_marker, title};
use super::data::{CellData, Item, Meta, Sheet, Standard, TableData};
use crate::document::{Align, Annex, Block, Document, Heading, Inline, Table, TableRow, plain_text};

/// Turns a document into what the Typst program walks.
pub struct Builder<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    pub findings: Findings,
    items: Vec<Item>,
    /// Level of the last heading in the tag tree, which may not skip one.
    level: u8,
}

impl<'a> Builder<'a> {
    pub fn new(document: &'a Document, fonts: &'a Fonts) -> Builder<'a> {
        Builder { document, fonts, findings: Findings::default(), items: Vec::new(), level: 0 }
    }

    pub fn build(&mut self) -> Sheet {
        let document = self.document;
        self.front();
        for block in &document.body {
            self.block(block);
        }
        self.signature();
        let number = |i: usize| if document.annexes.len() > 1 { (i + 1).to_string() } else { String::new() };
        for (i, annex) in document.annexes.iter().enumerate() {
            self.annex(annex, &number(i));
        }
        let date = document.meta.date.and_then(|date| Some((date.year, date.month, date.day?)));
        let meta = Meta {
            title: document.meta.title.to_string(),
            author: document.meta.author.to_string(),
            date,
            draft: document.meta.draft,
        };
        Sheet { standard: Standard::new(), meta, body: std::mem::take(&mut self.items) }
    }

    fn front(&mut self) {
        let front = &self.document.front;
        self.title(&front.title);
        let under = [&front.unit, &front.date].into_iter().flatten();
        let under: Vec<Item> = under.map(|line| self.centred(line, Face::Kai)).collect();
        self.items.extend(under);
        self.items.push(Item::Blank { lines: ADDRESSEE_GAP });
        if let Some(addressee) = &front.addressee {
            let text = self.paragraph(&self.glyphs(addressee, Face::FangSong), Face::FangSong, 0.0);
            self.items.push(Item::Par { text, indent: 0.0 });
        }
    }

    fn title(&mut self, text: &[Inline]) {
        let row = self.glyphs(text, Face::XiaoBiaoSong);
        let row: Vec<Glyph> = row.into_iter().map(|glyph| Glyph { face: Face::XiaoBiaoSong, ..glyph }).collect();
        self.findings.check(self.fonts, &row);
        let lines = title::plan(&plain_text(text), title::capacity());
        self.items.push(Item::Title { lines, size: SIZE_2, pitch: TITLE_PITCH });
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph { lead, text } => {
                let mut row = Vec::new();
                if let Some(lead) = lead {
                    row.extend(self.heading_glyphs(lead));
                }
                row.extend(self.glyphs(text, Face::FangSong));
                self.body_paragraph(&row);
            }
            Block::List(list) => {
                for (i, item) in list.items.iter().enumerate() {
                    let mut row = self.glyphs(&[Inline::Text(list_marker(list, i).into())], Face::FangSong);
                    row.extend(self.glyphs(item, Face::FangSong));
                    self.body_paragraph(&row);
                }
            }
            Block::Table(table) => self.table(table),
            Block::UnitLine(_) | Block::Chart(_) | Block::Picture(_) => {}
            Block::PageBreak => self.items.push(Item::PageBreak),
        }
    }

    fn heading_glyphs(&self, heading: &Heading) -> Vec<Glyph> {
        let face = Face::of_heading(heading.level);
        let mut row = self.glyphs(&[Inline::Text(heading.number.clone())], face);
        row.extend(self.glyphs(&heading.text, face));
        row
    }

    fn heading(&mut self, heading: &Heading) {
        let face = Face::of_heading(heading.level);
        let row = self.heading_glyphs(heading);
        let text = self.paragraph(&row, face, INDENT * cell());
        self.level = heading.level.min(self.level + 1).max(1);
        let bookmark = row.iter().map(|glyph| glyph.c).filter(|c| !c.is_control()).collect();
        self.items.push(Item::Heading { level: self.level, face: face.key(), bookmark, text });
    }

    fn body_paragraph(&mut self, row: &[Glyph]) {
        let indent = INDENT * cell();
        let text = self.paragraph(row, Face::FangSong, indent);
        self.items.push(Item::Par { text, indent });
    }

    fn signature(&mut self) {
        let signature = &self.document.signature;
        if signature.units.is_empty() && signature.date.is_none() {
            return;
        }
        let units: Vec<Vec<Glyph>> = signature.units.iter().map(|u| self.glyphs(u, Face::FangSong)).collect();
        let date = signature.date.as_ref().map(|date| self.glyphs(date, Face::FangSong));
        let width = |row: &[Glyph]| paragraph::width(self.fonts, row, SIZE_3);
        let widths: Vec<f64> = units.iter().map(|row| width(row)).collect();
        let places = match &date {
            Some(date) if signature.sealed => signature::sealed(&widths, width(date)),
            _ => signature::plain(&widths, date.as_ref().map(|row| width(row))),
        };
        self.items.push(Item::Blank { lines: 1.0 });
        for (row, left) in units.iter().zip(places.units) {
            let text = self.runs(row, Face::FangSong);
            self.items.push(Item::Line { text, face: Face::FangSong.key(), left, keep: date.is_some() });
        }
        if let Some(date) = date {
            let text = self.runs(&date, Face::FangSong);
            self.items.push(Item::Line { text, face: Face::FangSong.key(), left: places.date, keep: false });
        }
        if let Some(remark) = &signature.remark {
            self.body_paragraph(&self.glyphs(remark, Face::FangSong));
        }
    }

    fn annex(&mut self, annex: &Annex, number: &str) {
        self.items.push(Item::PageBreak);
        let label = self.glyphs(&[Inline::Text(format!("附件{number}").into())], Face::Hei);
        let text = self.runs(&label, Face::Hei);
        self.items.push(Item::Line { text, face: Face::Hei.key(), left: 0.0, keep: true });
        self.items.push(Item::Blank { lines: 1.0 });
        self.title(&annex.title);
        self.items.push(Item::Blank { lines: 1.0 });
        for block in &annex.blocks {
            self.block(block);
        }
    }

    fn table(&mut self, table: &Table) {
        let columns = table.aligns.len().max(1);
        let mut row_of = |row: &TableRow, header: bool| {
            let cells = row.cells.iter().zip(0..);
            cells
                .map(|(cell, i): (_, usize)| CellData {
                    text: self.runs(&self.glyphs(&cell.text, Face::FangSong), Face::FangSong),
                    align: match table.aligns.get(i) {
                        _ if header => "center",
                        Some(Align::Left) => "left",
                        Some(Align::Right | Align::Decimal) => "right",
                        _ => "center",
                    },
                    columns: cell.columns,
                    rows: cell.rows,
                })
                .collect()
        };
        let header = table.header.iter().map(|row| row_of(row, true)).collect();
        let rows = table.rows.iter().map(|row| row_of(row, false)).collect();
        let caption = table.caption.as_ref().map(|caption| {
            let mut row = self.glyphs(&[Inline::Text(format!("{} ", caption.number).into())], Face::Hei);
            row.extend(self.glyphs(&caption.text, Face::Hei));
            self.runs(&row, Face::Hei)
        });
        let unit = table.unit_line.as_ref().map(|unit| self.runs(&self.glyphs(unit, Face::FangSong), Face::FangSong));
        let notes = table.notes.iter().map(|n| self.runs(&self.glyphs(n, Face::FangSong), Face::FangSong)).collect();
        let widths = vec![pt(TYPE_WIDTH) / columns as f64; columns];
        self.items.push(Item::Table(TableData { caption, unit, widths, header, rows, notes, size: SIZE_5 }));
    }

    fn centred(&mut self, line: &[Inline], face: Face) -> Item {
        let text = self.runs(&self.glyphs(line, face), face);
        Item::Centred { text, face: face.key() }
    }

    fn glyphs(&self, inlines: &[Inline], face: Face) -> Vec<Glyph> {
        glyphs(inlines, face)
    }

    /// Runs of a paragraph with its lines planned; `indent` in pt.
    fn paragraph(&mut self, row: &[Glyph], base: Face, indent: f64) -> Runs {
        self.findings.check(self.fonts, row);
        let lines = paragraph::plan(self.fonts, row, SIZE_3, pt(TYPE_WIDTH), indent);
        runs(row, base, &lines)
    }

    /// Runs of a text that Typst may break.
    fn runs(&mut self, row: &[Glyph], base: Face) -> Runs {
        self.findings.check(self.fonts, row);
        runs(row, base, &Lines::default())
    }
}
