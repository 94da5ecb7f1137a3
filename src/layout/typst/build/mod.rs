//! The plan of a document to [`Sheet`], which the Typst program walks.

mod ends;
mod figures;
mod unjustified;

use super::super::breaks::Lines;
use super::super::glyphs::Glyph;
use super::super::masthead;
use super::super::paragraph::{Runs, bold_runs, led_runs, marked_runs, runs};
use super::super::plan::{Annex, Block, Plan, Text, Title, Turn};
use super::super::profile::{ColophonPage, Look, Profile};
use super::super::standard::{
    ADDRESSEE_GAP, ATTENDANCE_GAP, Face, LETTER_RULE_LENGTH, LETTER_RULE_LINES, RED_RULE_WIDTH, pt,
};
use super::data::{Board, BoardRule, BoardText, Item, Lead, Meta, Sheet, Standard};
use unjustified::unjustified;

/// PDF/A demands a date of the file; without a 成文日期 it is this one, which is no real date.
const UNDATED: (i16, i8, i8) = (1970, 1, 1);

/// Turns a plan into what the Typst program walks.
pub struct Builder<'a> {
    plan: &'a Plan<'a>,
    profile: &'a Profile,
    /// Pictures: name and bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    items: Vec<Item>,
    /// Level of the last heading in the tag tree, which may not skip one.
    level: u8,
    /// An annex is being written.
    annexed: bool,
    /// The report is a part of a volume, whose outline shows it under this name.
    part: Option<String>,
    /// Beginning of the names of its pictures.
    prefix: String,
}

impl<'a> Builder<'a> {
    pub fn new(plan: &'a Plan<'a>, profile: &'a Profile) -> Builder<'a> {
        let (pictures, items, prefix) = (Vec::new(), Vec::new(), String::new());
        Builder { plan, profile, pictures, items, level: 0, annexed: false, part: None, prefix }
    }

    /// The same for a part of a volume.
    pub fn part(self, name: &str, index: usize) -> Builder<'a> {
        Builder { part: Some(name.to_owned()), prefix: format!("{index}-"), ..self }
    }

    pub fn build(&mut self, colophon: ColophonPage) -> Sheet {
        let plan = self.plan;
        let meta = &plan.document.meta;
        self.masthead();
        self.front();
        if meta.kind.has_document_number() && plan.addressee.is_some() {
            self.items.push(Item::BodyBegins);
        }
        self.body();
        if !plan.annex_note.is_empty() {
            // 7.3.4: one blank line below the body.
            self.blank(1.0);
            plan.annex_note.iter().for_each(|note| self.paragraph(note, Face::FangSong));
        }
        if !plan.attendance.is_empty() {
            self.blank(ATTENDANCE_GAP);
            plan.attendance.iter().for_each(|text| self.paragraph(text, Face::FangSong));
        }
        self.signature();
        plan.annexes.iter().for_each(|annex| self.annex(annex));
        self.colophon(colophon);
        let date = meta.date.map_or(UNDATED, |date| (date.year, date.month, date.day.unwrap_or(1)));
        Sheet {
            standard: Standard::new(self.profile, meta.kind, plan.fonts()).knowing(&plan.findings, plan.fonts()),
            meta: Meta { title: meta.title.to_string(), author: meta.author.to_string(), date, draft: meta.draft },
            body: std::mem::take(&mut self.items),
            attached: Vec::new(),
        }
    }

    /// Blank lines.
    fn blank(&mut self, lines: f64) {
        self.items.push(Item::Blank { height: lines * self.profile.pitch });
    }

    fn masthead(&mut self) {
        let Some(head) = &self.plan.head else { return };
        let mut board = Board { height: head.height, ..Board::default() };
        for placed in &head.texts {
            let text = self.runs(&placed.text, placed.face, &Lines::default());
            let &masthead::Placed { face, size, x, y, tracking, red, .. } = placed;
            board.texts.push(BoardText { text, face: face.key(), size, x, y, tracking, red });
        }
        let red = |y: f64, thickness: f64| BoardRule { y, thickness, red: true, length: None };
        board.rules.extend(head.rule.map(|y| red(y, pt(RED_RULE_WIDTH))));
        board.rules.extend(head.double.iter().flat_map(double_rules));
        self.items.push(Item::Board(board));
        if !self.plan.editor_note.is_empty() {
            self.plan.editor_note.iter().for_each(|note| self.paragraph(note, Face::Kai));
            self.blank(1.0);
        }
    }

    fn front(&mut self) {
        if self.plan.untitled() {
            return self.addressee();
        }
        self.title(&self.plan.title, None);
        for line in &self.plan.bylines {
            let text = unjustified(self.set(line, Face::Kai));
            self.items.push(Item::Centred { text, face: Face::Kai.key(), size: self.profile.grid.size, keep: true });
        }
        self.blank(ADDRESSEE_GAP);
        self.addressee();
    }

    fn addressee(&mut self) {
        if let Some(addressee) = self.plan.addressee(self.profile) {
            self.paragraph(addressee, Face::FangSong);
        }
    }

    /// `annex`: its label, where the title is that of an annex.
    fn title(&mut self, title: &Title, annex: Option<&Text>) {
        let face = self.profile.title_face;
        let lines = title.iter().map(|line| self.runs(line, face, &Lines::default())).collect();
        let grid = &self.profile.grid;
        // What stands in the outline of a document is above all its annexes.
        let level = 1 + u8::from(self.part.is_some() && annex.is_some());
        let bookmark = match annex {
            None => self.part.clone(),
            Some(label) => {
                self.level = level;
                Some(format!("{} {}", said(&label.row), said(&title.concat())))
            }
        };
        let main = annex.is_none();
        self.items.push(Item::Title {
            lines,
            face: face.key(),
            size: grid.title,
            pitch: grid.title_pitch(),
            main,
            bookmark,
            level,
        });
    }

    /// The body; its last lines begin a page where 7.3.5.5 asks for it.
    fn body(&mut self) {
        let body = &self.plan.body;
        let Some(Turn { block, line }) = self.plan.turn(self.profile.carried) else { return self.blocks(body) };
        self.blocks(&body[..block]);
        let rest = match &body[block] {
            Block::Paragraph(text) | Block::Item(text) if line > 0 => {
                let [first, rest] = text.split(line);
                self.paragraph(&first, Face::FangSong);
                self.items.push(Item::PageBreak);
                self.paragraph(&rest, Face::FangSong);
                block + 1
            }
            _ => {
                self.items.push(Item::PageBreak);
                block
            }
        };
        self.blocks(&body[rest..]);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, look, text } => self.heading(*level, look, text),
                Block::Paragraph(text) | Block::Item(text) => self.paragraph(text, Face::FangSong),
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.chart(chart),
                Block::Picture(picture) => self.picture(picture),
                Block::UnitLine { text, room } => self.line(text, Face::FangSong, (room - text.width).max(0.0)),
                Block::PageBreak => self.items.push(Item::PageBreak),
            }
        }
    }

    /// Level of a heading in the outline: in a volume the report is the first one, an annex is one above its own
    /// headings; none is left out.
    fn outline(&mut self, level: u8) -> u8 {
        let above = u8::from(self.part.is_some()) + u8::from(self.annexed);
        self.level = (level + above).min(self.level.max(above) + 1);
        self.level
    }

    fn heading(&mut self, level: u8, look: &Look, text: &Text) {
        let bookmark = said(&text.row);
        let &Look { face, size, bold } = look;
        let (level, indent) = (self.outline(level), text.indent);
        let text = self.set(text, face);
        self.items.push(Item::Heading { level, face: face.key(), size, indent, bold, bookmark, text });
    }

    fn paragraph(&mut self, text: &Text, base: Face) {
        let &Text { indent, hang, level, lead, bold, .. } = text;
        let face = base.key();
        if level == 0 || lead == 0 {
            return self.items.push(Item::Par { lead: None, text: self.set(text, base), face, indent, hang });
        }
        let [own, rest] = led_runs(self.plan.fonts(), &text.row, base, &text.lines, lead, (bold, self.profile.marked));
        let bookmark = said(&text.row[..lead]).trim_end_matches('。').to_owned();
        let lead = Some(Lead { level: self.outline(level), bookmark, text: own });
        self.items.push(Item::Par { lead, text: rest, face, indent, hang });
    }

    /// A line that begins `left` pt from the left edge.
    fn line(&mut self, text: &Text, face: Face, left: f64) {
        self.items.push(Item::Line { text: self.set(text, face), face: face.key(), left, keep: true });
    }

    fn annex(&mut self, annex: &Annex) {
        self.items.push(Item::PageBreak);
        let outside = std::mem::take(&mut self.items);
        self.line(&annex.label, Face::Hei, 0.0);
        self.blank(1.0);
        self.title(&annex.title, Some(&annex.label));
        self.blank(1.0);
        self.annexed = true;
        self.blocks(&annex.blocks);
        let body = std::mem::replace(&mut self.items, outside);
        if annex.landscape {
            self.items.push(Item::Landscape { body });
        } else {
            self.items.extend(body);
        }
    }

    /// Runs of a text with the ends of its lines.
    fn set(&self, text: &Text, base: Face) -> Runs {
        let bold = if text.bold { text.lead } else { 0 };
        match self.profile.marked {
            true => marked_runs(self.plan.fonts(), &text.row, base, &text.lines, bold),
            false => bold_runs(self.plan.fonts(), &text.row, base, &text.lines, bold),
        }
    }

    /// Runs, with the figures marked where that is asked for.
    fn runs(&self, row: &[Glyph], base: Face, lines: &Lines) -> Runs {
        let fonts = self.plan.fonts();
        if self.profile.marked { marked_runs(fonts, row, base, lines, 0) } else { runs(fonts, row, base, lines) }
    }
}

/// The lines of the red double rules of a 信函 (10.1): above thick over thin, at the foot thin over thick.
fn double_rules(double: &masthead::Double) -> [BoardRule; 4] {
    let (thick, gap, thin) = LETTER_RULE_LINES;
    let top = double.foot - (thick + gap + thin) / 2.0;
    let line = |y: f64, thickness: f64| BoardRule { y, thickness, red: true, length: Some(pt(LETTER_RULE_LENGTH)) };
    [line(double.top, thick), line(double.bottom - thin, thin), line(top, thin), line(top + thin + gap, thick)]
}

/// A text as the outline shows it.
fn said(row: &[Glyph]) -> String {
    row.iter().map(|glyph| glyph.c).filter(|c| !c.is_control()).collect()
}
