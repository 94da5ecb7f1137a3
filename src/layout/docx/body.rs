//! Document to paragraphs and tables: styles are named, lines of titles planned, places of
//! signatures computed. Body text is never broken by hand.

use docx_rs::{
    AlignmentType, DocumentChild, LineSpacing, LineSpacingType, PageOrientationType, Paragraph, Run, SectionProperty,
    Table as WordTable,
};

use super::super::glyphs::{Findings, Glyph, glyphs};
use super::super::kit::Kit;
use super::super::profile::Profile;
use super::super::signature::cell;
use super::super::standard::{ADDRESSEE_GAP, Face, INDENT, TRACKING_TWIP, TYPE_HEIGHT, TYPE_WIDTH, pt};
use super::super::{list_marker, paragraph, title};
use super::figure::Drawing;
use super::styles::{id, pitch};
use super::text::{Faces, Spread, runs, spreads};
use crate::diagnostic::Diagnostic;
use crate::document::{Annex, Block, Document, Front, Heading, Inline, plain_text};

/// Writes a document as a row of paragraphs and tables.
pub struct Body<'a> {
    pub kit: &'a Kit,
    pub fonts: &'a Faces<'a>,
    pub profile: &'a Profile,
    pub findings: Findings,
    pub faults: Vec<Diagnostic>,
    pub children: Vec<DocumentChild>,
    pub drawings: Vec<Drawing>,
    /// Width of the lines being set, pt.
    pub width: f64,
    /// Space that the next paragraph keeps above itself, pt.
    pub space: f64,
    /// The next paragraph begins a page.
    pub page_break: bool,
}

impl<'a> Body<'a> {
    pub fn new(kit: &'a Kit, profile: &'a Profile, fonts: &'a Faces<'a>) -> Body<'a> {
        Body {
            kit,
            fonts,
            profile,
            findings: Findings::default(),
            faults: Vec::new(),
            children: Vec::new(),
            drawings: Vec::new(),
            width: pt(TYPE_WIDTH),
            space: 0.0,
            page_break: false,
        }
    }

    pub fn write(&mut self, document: &Document) {
        self.masthead(document);
        self.front(&document.front);
        self.blocks(&document.body);
        self.annex_note(&document.annexes);
        self.signature(&document.signature);
        for (i, annex) in document.annexes.iter().enumerate() {
            let number = if document.annexes.len() > 1 { (i + 1).to_string() } else { String::new() };
            self.annex(annex, &number);
        }
        if let Some(colophon) = super::super::colophon(document, self.profile) {
            self.colophon(&colophon, document.meta.kind);
        }
        // Word wants a paragraph behind the last table, and one in any document.
        if !matches!(self.children.last(), Some(DocumentChild::Paragraph(_))) {
            self.space = 0.0;
            self.add(Paragraph::new().style(id::END));
        }
    }

    fn front(&mut self, front: &Front) {
        self.title(&front.title, id::TITLE);
        for line in [&front.unit, &front.date].into_iter().flatten() {
            self.text(&glyphs(line, Face::Kai), Face::Kai, id::BYLINE, 0.0);
        }
        self.gap(ADDRESSEE_GAP);
        if let Some(addressee) = front.addressee.as_ref().filter(|_| !self.profile.addressee_below) {
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
                let face = self.profile.heading_face(heading.level);
                let row = self.heading_glyphs(heading);
                self.text(&row, face, id::heading(heading.level), INDENT * cell());
            }
            Block::Paragraph { lead, text } => {
                let mut row = lead.as_ref().map(|lead| self.heading_glyphs(lead)).unwrap_or_default();
                let lead = row.len();
                row.extend(glyphs(text, Face::FangSong));
                self.led(&row, lead, Face::FangSong, id::BODY, INDENT * cell());
            }
            Block::List(list) => {
                for (i, item) in list.items.iter().enumerate() {
                    let mut row = glyphs(&[Inline::Text(list_marker(list, i).into())], Face::FangSong);
                    row.extend(glyphs(item, Face::FangSong));
                    self.text(&row, Face::FangSong, id::LIST, INDENT * cell());
                }
            }
            Block::Table(table) => self.table(table),
            Block::UnitLine(unit) => {
                let runs = self.inlines(unit, Face::FangSong);
                let paragraph = Paragraph::new().style(id::ADDRESSEE).align(AlignmentType::Right).keep_next(true);
                self.add(with_runs(paragraph, runs));
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Picture(picture) => self.picture(picture),
            Block::PageBreak => self.page_break = true,
        }
    }

    fn annex(&mut self, annex: &Annex, number: &str) {
        self.page_break = false;
        self.space = 0.0;
        if annex.landscape {
            self.landscape(|body| body.annex_pages(annex, number));
        } else {
            self.annex_pages(annex, number);
        }
    }

    fn annex_pages(&mut self, annex: &Annex, number: &str) {
        let label = vec![Inline::Text(format!("附件{number}").into())];
        self.line(&label, Face::Hei, id::ANNEX_LABEL);
        self.gap(1.0);
        self.title(&annex.title, id::ANNEX_TITLE);
        self.gap(1.0);
        self.blocks(&annex.blocks);
    }

    fn heading_glyphs(&self, heading: &Heading) -> Vec<Glyph> {
        let face = self.profile.heading_face(heading.level);
        let mut row = glyphs(&[Inline::Text(heading.number.clone())], face);
        row.extend(glyphs(&heading.text, face));
        row
    }

    /// A text whose lines are planned. `indent` of the first line in pt.
    pub fn text(&mut self, row: &[Glyph], base: Face, style: &str, indent: f64) {
        self.led(row, 0, base, style, indent);
    }

    /// A text whose first `lead` characters are a heading that runs in: runs of their own.
    fn led(&mut self, row: &[Glyph], lead: usize, base: Face, style: &str, indent: f64) {
        let spreads = self.lines(row, self.width, indent);
        let mut made = runs(self.fonts, &row[..lead], base, &spreads);
        let behind = spreads.into_iter().filter(|(range, _)| range.end > lead);
        let behind: Vec<Spread> =
            behind.map(|(range, twip)| (range.start.saturating_sub(lead)..range.end - lead, twip)).collect();
        made.extend(runs(self.fonts, &row[lead..], base, &behind));
        self.add(with_runs(Paragraph::new().style(style), made));
    }

    /// Runs of a text that fills lines so many pt wide.
    pub fn planned(&mut self, row: &[Glyph], base: Face, width: f64, indent: f64) -> Vec<Run> {
        let spreads = self.lines(row, width, indent);
        runs(self.fonts, row, base, &spreads)
    }

    fn lines(&mut self, row: &[Glyph], width: f64, indent: f64) -> Vec<Spread> {
        self.findings.check(self.fonts, row);
        spreads(&paragraph::plan(self.fonts, row, width, indent), row.len(), 0, TRACKING_TWIP)
    }

    /// A text without tracking whose lines are planned.
    pub fn untracked(&mut self, row: &[Glyph], base: Face, size: f64, paragraph: Paragraph) {
        self.findings.check(self.fonts, row);
        let lines = paragraph::plan_plain(self.fonts, row, size, self.width);
        let made = runs(self.fonts, row, base, &spreads(&lines, row.len(), 0, 0));
        self.add(with_runs(paragraph, made));
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

    pub fn row(&mut self, text: &[Inline], face: Face) -> Vec<Glyph> {
        let row = glyphs(text, face);
        self.findings.check(self.fonts, &row);
        row
    }

    /// So many blank lines stand above what comes next, besides what is there already.
    pub fn gap(&mut self, lines: f64) {
        self.space += lines * f64::from(pitch(self.profile)) / 20.0;
    }

    pub fn add(&mut self, paragraph: Paragraph) {
        let mut paragraph = paragraph;
        if std::mem::take(&mut self.page_break) {
            paragraph = paragraph.page_break_before(true);
        }
        let space = std::mem::take(&mut self.space);
        if space > 0.0 {
            let spacing = paragraph.property.line_spacing.take().unwrap_or_default();
            paragraph = paragraph.line_spacing(spacing.before((space * 20.0).round() as u32));
        }
        self.children.push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    /// Takes the headings away that nothing follows yet; they will begin a page.
    pub fn headings_above(&mut self) -> Vec<DocumentChild> {
        let is_heading = |child: &DocumentChild| match child {
            DocumentChild::Paragraph(p) => {
                let style = p.property.style.as_ref().map(|style| style.val.as_str());
                (1..=4).any(|level| style == Some(id::heading(level)))
            }
            _ => false,
        };
        let count = self.children.iter().rev().take_while(|child| is_heading(child)).count();
        let mut headings = self.children.split_off(self.children.len() - count);
        if let Some(DocumentChild::Paragraph(first)) = headings.first_mut() {
            first.property.line_spacing = None;
        }
        headings
    }

    /// Sets pages of their own sideways (cl. 8).
    pub fn landscape(&mut self, write: impl FnOnce(&mut Self)) {
        self.end_section(PageOrientationType::Portrait);
        let width = std::mem::replace(&mut self.width, pt(TYPE_HEIGHT));
        write(self);
        self.width = width;
        self.end_section(PageOrientationType::Landscape);
    }

    /// The last paragraph ends a section; behind a table or another section one of its own does.
    pub fn end_section(&mut self, page: PageOrientationType) {
        self.space = 0.0;
        let section = Some(SectionProperty::new().page_orient(page));
        match self.children.last_mut() {
            None => {}
            Some(DocumentChild::Paragraph(last)) if last.property.section_property.is_none() => {
                last.property.section_property = section;
            }
            // One section right behind another: nothing stands between them.
            Some(DocumentChild::Paragraph(_)) => {}
            Some(_) => {
                let mut end = Paragraph::new().style(id::END);
                end.property.section_property = section;
                self.add(end);
            }
        }
    }

    /// Whether what comes next begins a page because a section ended.
    pub fn begins_page(&self) -> bool {
        match self.children.last() {
            Some(DocumentChild::Paragraph(last)) => last.property.section_property.is_some(),
            _ => false,
        }
    }

    /// Makes the space that waits a line of its own: what hangs on the next paragraph is
    /// measured from there.
    pub fn spacer(&mut self) {
        let space = std::mem::take(&mut self.space);
        if space > 0.0 {
            let line = LineSpacing::new().line((space * 20.0).round() as i32).line_rule(LineSpacingType::Exact);
            self.add(Paragraph::new().style(id::END).keep_next(true).line_spacing(line));
        }
    }

    /// A table keeps no space above itself, and two that touch would be one.
    pub fn add_table(&mut self, table: WordTable) {
        let behind_table = matches!(self.children.last(), Some(DocumentChild::Table(_)));
        if self.page_break || behind_table {
            self.space = self.space.max(1.0);
        }
        self.spacer();
        self.children.push(DocumentChild::Table(Box::new(table)));
    }
}

pub fn with_runs(paragraph: Paragraph, runs: Vec<Run>) -> Paragraph {
    runs.into_iter().fold(paragraph, Paragraph::add_run)
}
