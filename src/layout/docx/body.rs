//! The plan of a document to paragraphs and tables: styles are named. Body text is never broken by
//! hand.

use docx_rs::{
    AlignmentType, DocumentChild, IndentLevel, LineSpacing, LineSpacingType, NumberingId, PageOrientationType,
    Paragraph, Run, SectionProperty, SpecialIndentType, Table as WordTable,
};

use super::super::glyphs::Glyph;
use super::super::plan::{Annex, Block, Plan, Text, Title, Turn};
use super::super::profile::Profile;
use super::super::standard::{ADDRESSEE_GAP, Face};
use super::drawing::Drawing;
use super::styles::{id, pitch};
use super::text::{Faces, Held, runs};
use crate::diagnostic::Diagnostic;

/// Writes a plan as a row of paragraphs and tables.
pub struct Body<'a> {
    pub plan: &'a Plan<'a>,
    pub fonts: &'a Faces<'a>,
    pub profile: &'a Profile,
    pub faults: Vec<Diagnostic>,
    pub children: Vec<DocumentChild>,
    pub drawings: Vec<Drawing>,
    /// Space that the next paragraph keeps above itself, pt.
    pub space: f64,
    /// The next paragraph begins a page.
    pub page_break: bool,
    /// The list that numbers the headings, where Word counts them: one for the body and one for each annex.
    pub list: usize,
}

impl<'a> Body<'a> {
    pub fn new(plan: &'a Plan<'a>, profile: &'a Profile, fonts: &'a Faces<'a>) -> Body<'a> {
        Body {
            plan,
            fonts,
            profile,
            faults: Vec::new(),
            children: Vec::new(),
            drawings: Vec::new(),
            space: 0.0,
            page_break: false,
            list: 1,
        }
    }

    pub fn write(&mut self) {
        let plan = self.plan;
        self.masthead();
        self.front();
        self.body();
        self.annex_note();
        self.attendance();
        self.signature();
        plan.annexes.iter().for_each(|annex| self.annex(annex));
        self.colophon();
        // Word wants a paragraph behind the last table, and one in any document.
        if !matches!(self.children.last(), Some(DocumentChild::Paragraph(_))) {
            self.space = 0.0;
            self.add(Paragraph::new().style(id::END));
        }
    }

    fn front(&mut self) {
        if self.plan.untitled() {
            return self.addressee();
        }
        self.title(&self.plan.title, id::TITLE);
        for line in &self.plan.bylines {
            self.text(line, Face::Kai, id::BYLINE);
        }
        self.gap(ADDRESSEE_GAP);
        self.addressee();
    }

    fn addressee(&mut self) {
        if let Some(addressee) = self.plan.addressee(self.profile) {
            self.text(addressee, Face::FangSong, id::ADDRESSEE);
        }
    }

    fn title(&mut self, title: &Title, style: &str) {
        let mut broken = Vec::new();
        for (i, line) in title.iter().enumerate() {
            let first = line.first().filter(|_| i > 0);
            broken.extend(first.map(|&glyph| Glyph { c: '\n', ..glyph }));
            broken.extend_from_slice(line);
        }
        let runs = runs(self.fonts, &broken, self.profile.title_face, &Held::default());
        self.add(with_runs(Paragraph::new().style(style), runs));
    }

    /// The body; its last lines begin a page where 7.3.5.5 asks for it.
    fn body(&mut self) {
        let body = &self.plan.body;
        let Some(Turn { block, line }) = self.plan.turn(self.profile.carried) else { return self.blocks(body) };
        self.blocks(&body[..block]);
        let rest = match &body[block] {
            Block::Paragraph(text) | Block::Item(text) if line > 0 => {
                let style = if matches!(body[block], Block::Item(_)) { id::LIST } else { id::BODY };
                let [first, rest] = text.split(line);
                if first.level > 0 {
                    self.lead(&first)
                } else {
                    self.text(&first, Face::FangSong, style)
                }
                // Its second part goes on at the edge.
                self.page_break = true;
                let made = self.runs(&rest, Face::FangSong, self.profile.grid.tracking_twip());
                let flush = Paragraph::new().style(style);
                self.add(with_runs(flush.indent(None, Some(SpecialIndentType::FirstLine(0)), None, None), made));
                block + 1
            }
            _ => {
                self.new_page();
                block
            }
        };
        self.blocks(&body[rest..]);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, look, text } => {
                    self.headed(Paragraph::new().style(id::heading(*level)), text, look.face);
                }
                Block::Paragraph(text) if text.level > 0 => self.lead(text),
                Block::Paragraph(text) => self.text(text, Face::FangSong, id::BODY),
                Block::Item(text) => self.text(text, Face::FangSong, id::LIST),
                Block::Table(table) => self.table(table),
                Block::UnitLine { text, .. } => {
                    let runs = runs(self.fonts, &text.row, Face::FangSong, &Held::default());
                    let paragraph = Paragraph::new().style(id::ADDRESSEE).align(AlignmentType::Right).keep_next(true);
                    self.add(with_runs(paragraph, runs));
                }
                Block::Chart(chart) => self.chart(chart),
                Block::Picture(picture) => self.picture(picture),
                Block::PageBreak => self.new_page(),
            }
        }
    }

    fn annex(&mut self, annex: &Annex) {
        self.page_break = false;
        self.space = 0.0;
        self.list += 1;
        if annex.landscape {
            self.landscape(|body| body.annex_pages(annex));
        } else {
            self.annex_pages(annex);
        }
    }

    fn annex_pages(&mut self, annex: &Annex) {
        self.line(&annex.label, Face::HeiDigits, id::ANNEX_LABEL);
        self.gap(1.0);
        self.title(&annex.title, id::ANNEX_TITLE);
        self.gap(1.0);
        self.blocks(&annex.blocks);
    }

    /// A paragraph that a heading runs into: it has the heading's level in the outline.
    fn lead(&mut self, text: &Text) {
        let level = usize::from(text.level.clamp(1, 4) - 1);
        self.headed(Paragraph::new().style(id::BODY).outline_lvl(level), text, Face::FangSong);
    }

    /// A text that is or begins with a heading; its number is typed, or Word's own.
    fn headed(&mut self, paragraph: Paragraph, text: &Text, base: Face) {
        let made = self.runs(text, base, self.profile.grid.tracking_twip());
        let numbered = self.profile.numbered && text.number > 0;
        let level = usize::from(text.level.clamp(1, 4) - 1);
        let paragraph = match numbered {
            true => paragraph.numbering(NumberingId::new(self.list), IndentLevel::new(level)),
            false => paragraph,
        };
        self.add(with_runs(paragraph, made));
    }

    /// A text with its planned lines.
    pub fn text(&mut self, text: &Text, base: Face, style: &str) {
        let made = self.runs(text, base, self.profile.grid.tracking_twip());
        self.add(with_runs(Paragraph::new().style(style), made));
    }

    /// Runs of a text with its planned lines; a heading that runs in has runs of its own.
    pub fn runs(&self, text: &Text, base: Face, tracking: i32) -> Vec<Run> {
        let Text { row, lead, lines, .. } = text;
        // A number that Word counts itself is none of the text.
        let typed = if self.profile.numbered { text.number } else { 0 };
        let held = Held::new(lines, 0, tracking).within(typed..row.len());
        let (row, lead) = (&row[typed..], lead.saturating_sub(typed));
        let mut made = runs(self.fonts, &row[..lead], base, &held.within(0..lead));
        if text.bold {
            made = made.into_iter().map(Run::bold).collect();
        }
        made.extend(runs(self.fonts, &row[lead..], base, &held.within(lead..row.len())));
        made
    }

    /// A text on a line of its own.
    pub fn line(&mut self, text: &Text, base: Face, style: &str) {
        let runs = runs(self.fonts, &text.row, base, &Held::default());
        self.add(with_runs(Paragraph::new().style(style), runs));
    }

    /// So many blank lines stand above what comes next, besides what is there already.
    pub fn gap(&mut self, lines: f64) {
        self.space += lines * f64::from(pitch(self.profile)) / 20.0;
    }

    /// What comes next begins a page. The space below what stands above stays there.
    fn new_page(&mut self) {
        self.page_break = true;
        self.space = 0.0;
    }

    pub fn add(&mut self, paragraph: Paragraph) {
        let mut paragraph = paragraph;
        if std::mem::take(&mut self.page_break) {
            paragraph = paragraph.page_break_before(true);
        }
        let space = std::mem::take(&mut self.space);
        if space > 0.0 {
            let spacing = paragraph.property.line_spacing.take().unwrap_or_default();
            paragraph = paragraph.line_spacing(spacing.before((space * 20.0 + 0.1).floor() as u32));
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
        write(self);
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
            let line = LineSpacing::new().line((space * 20.0 + 0.1).floor() as i32).line_rule(LineSpacingType::Exact);
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
