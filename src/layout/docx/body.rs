//! Document to paragraphs and tables: styles are named, lines of titles planned, places of
//! signatures computed. Body text is never broken by hand.

use docx_rs::{DocumentChild, LineSpacing, Paragraph, Run, Table as WordTable};

use super::super::fonts::Fonts;
use super::super::glyphs::{Findings, Glyph, glyphs};
use super::super::signature::{self, cell};
use super::super::standard::{ADDRESSEE_GAP, Face, INDENT, LINE_PITCH_TWIP, SIZE_3, TRACKING, TYPE_WIDTH, pt};
use super::super::{breaks, list_marker, paragraph, title};
use super::styles::id;
use super::text::{runs, spreads};
use crate::document::{Annex, Block, Document, Front, Heading, Inline, SignatureBlock, plain_text};

/// Writes a document as a row of paragraphs and tables.
pub struct Body<'a> {
    pub fonts: &'a Fonts,
    pub findings: Findings,
    pub children: Vec<DocumentChild>,
    /// Blank lines that the next paragraph keeps above itself.
    gap: f64,
    /// The next paragraph begins a page.
    page_break: bool,
}

impl<'a> Body<'a> {
    pub fn new(fonts: &'a Fonts) -> Body<'a> {
        Body { fonts, findings: Findings::default(), children: Vec::new(), gap: 0.0, page_break: false }
    }

    pub fn write(&mut self, document: &Document) {
        self.front(&document.front);
        self.blocks(&document.body);
        self.signature(&document.signature);
        for (i, annex) in document.annexes.iter().enumerate() {
            let number = if document.annexes.len() > 1 { (i + 1).to_string() } else { String::new() };
            self.annex(annex, &number);
        }
        if self.children.is_empty() {
            self.add(Paragraph::new());
        }
    }

    fn front(&mut self, front: &Front) {
        self.title(&front.title, id::TITLE);
        for line in [&front.unit, &front.date].into_iter().flatten() {
            self.line(line, Face::Kai, id::BYLINE);
        }
        self.gap(ADDRESSEE_GAP);
        if let Some(addressee) = &front.addressee {
            let row = glyphs(addressee, Face::FangSong);
            self.text(&row, Face::FangSong, id::ADDRESSEE, 0.0);
        }
    }

    fn title(&mut self, text: &[Inline], style: &str) {
        let row = self.row(text, Face::XiaoBiaoSong);
        let row: Vec<Glyph> = row.into_iter().map(|glyph| Glyph { face: Face::XiaoBiaoSong, ..glyph }).collect();
        // The lines joined give the title: a line end goes in after as many characters.
        let mut ends = title::plan(&plain_text(text), title::capacity()).into_iter();
        let mut left = ends.next().map_or(usize::MAX, |line| line.chars().count());
        let mut broken = Vec::new();
        for glyph in row.into_iter().filter(|glyph| glyph.c != '\n') {
            if left == 0 {
                broken.push(Glyph { c: '\n', ..glyph });
                left = ends.next().map_or(usize::MAX, |line| line.chars().count());
            }
            left -= 1;
            broken.push(glyph);
        }
        let runs = runs(self.fonts, &broken, Face::XiaoBiaoSong, &[]);
        self.add(with_runs(Paragraph::new().style(style), runs));
    }

    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                let row = heading_glyphs(heading);
                self.text(&row, Face::of_heading(heading.level), id::heading(heading.level), INDENT * cell());
            }
            Block::Paragraph { lead, text } => {
                let mut row = lead.as_ref().map(heading_glyphs).unwrap_or_default();
                row.extend(glyphs(text, Face::FangSong));
                self.text(&row, Face::FangSong, id::BODY, INDENT * cell());
            }
            Block::List(list) => {
                for (i, item) in list.items.iter().enumerate() {
                    let mut row = glyphs(&[Inline::Text(list_marker(list, i).into())], Face::FangSong);
                    row.extend(glyphs(item, Face::FangSong));
                    self.text(&row, Face::FangSong, id::LIST, INDENT * cell());
                }
            }
            Block::Table(table) => self.table(table),
            Block::UnitLine(unit) => self.line(unit, Face::FangSong, id::TABLE_UNIT),
            Block::Chart(_) | Block::Picture(_) => {}
            Block::PageBreak => self.page_break = true,
        }
    }

    /// 署名 and 成文日期 (7.3.5), 附注 (7.3.6).
    fn signature(&mut self, signature: &SignatureBlock) {
        if !(signature.units.is_empty() && signature.date.is_none()) {
            let units: Vec<Vec<Glyph>> = signature.units.iter().map(|u| self.row(u, Face::FangSong)).collect();
            let date = signature.date.as_ref().map(|date| self.row(date, Face::FangSong));
            let width = |row: &[Glyph]| paragraph::width(self.fonts, row, SIZE_3);
            let widths: Vec<f64> = units.iter().map(|row| width(row)).collect();
            let date_width = date.as_deref().map(width);
            let places = match date_width {
                Some(date) if signature.sealed => signature::sealed(&widths, date),
                _ => signature::plain(&widths, date_width),
            };
            self.gap(1.0);
            for ((row, left), width) in units.iter().zip(places.units).zip(widths) {
                self.right(row, id::SIGNATORY, left + width);
            }
            if let (Some(row), Some(width)) = (date, date_width) {
                self.right(&row, id::ISSUE_DATE, places.date + width);
            }
        }
        if let Some(remark) = &signature.remark {
            let row = glyphs(remark, Face::FangSong);
            self.text(&row, Face::FangSong, id::REMARK, INDENT * cell());
        }
    }

    /// A line that ends `end` pt from the left edge.
    fn right(&mut self, row: &[Glyph], style: &str, end: f64) {
        let indent = ((pt(TYPE_WIDTH) - end).max(0.0) * 20.0).round() as i32;
        let runs = runs(self.fonts, row, Face::FangSong, &[]);
        self.add(with_runs(Paragraph::new().style(style).indent(Some(0), None, Some(indent), None), runs));
    }

    fn annex(&mut self, annex: &Annex, number: &str) {
        self.page_break = false;
        self.gap = 0.0;
        let label = vec![Inline::Text(format!("附件{number}").into())];
        self.line(&label, Face::Hei, id::ANNEX_LABEL);
        self.gap(1.0);
        self.title(&annex.title, id::ANNEX_TITLE);
        self.gap(1.0);
        self.blocks(&annex.blocks);
    }

    /// A text whose lines are planned. `indent` of the first line in pt.
    fn text(&mut self, row: &[Glyph], base: Face, style: &str, indent: f64) {
        let runs = self.planned(row, base, pt(TYPE_WIDTH), indent);
        self.add(with_runs(Paragraph::new().style(style), runs));
    }

    /// Runs of a text that fills lines so many pt wide.
    pub fn planned(&mut self, row: &[Glyph], base: Face, width: f64, indent: f64) -> Vec<Run> {
        self.findings.check(self.fonts, row);
        let cells = paragraph::cells(self.fonts, row, SIZE_3, TRACKING);
        let lines = breaks::lines(&cells, width, indent);
        runs(self.fonts, row, base, &spreads(&cells, &lines, width, indent))
    }

    /// A text on a line of its own.
    pub fn line(&mut self, text: &[Inline], base: Face, style: &str) {
        let runs = self.inlines(text, base);
        self.add(with_runs(Paragraph::new().style(style), runs));
    }

    /// Runs of a text that needs no planned lines.
    pub fn inlines(&mut self, text: &[Inline], base: Face) -> Vec<Run> {
        let row = self.row(text, base);
        runs(self.fonts, &row, base, &[])
    }

    fn row(&mut self, text: &[Inline], face: Face) -> Vec<Glyph> {
        let row = glyphs(text, face);
        self.findings.check(self.fonts, &row);
        row
    }

    /// So many blank lines stand above what comes next.
    pub fn gap(&mut self, lines: f64) {
        self.gap = lines;
    }

    pub fn add(&mut self, paragraph: Paragraph) {
        let mut paragraph = paragraph;
        if std::mem::take(&mut self.page_break) {
            paragraph = paragraph.page_break_before(true);
        }
        let gap = std::mem::take(&mut self.gap);
        if gap > 0.0 {
            let space = LineSpacing::new()
                .before((gap * f64::from(LINE_PITCH_TWIP)).round() as u32)
                .before_lines((gap * 100.0).round() as u32);
            paragraph = paragraph.line_spacing(space);
        }
        self.children.push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    pub fn add_table(&mut self, table: WordTable) {
        self.children.push(DocumentChild::Table(Box::new(table)));
    }
}

fn heading_glyphs(heading: &Heading) -> Vec<Glyph> {
    let face = Face::of_heading(heading.level);
    let mut row = glyphs(&[Inline::Text(heading.number.clone())], face);
    row.extend(glyphs(&heading.text, face));
    row
}

pub fn with_runs(paragraph: Paragraph, runs: Vec<Run>) -> Paragraph {
    runs.into_iter().fold(paragraph, Paragraph::add_run)
}
