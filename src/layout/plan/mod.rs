//! What both outputs draw, decided once: the face of every character, the lines of every text, the widths of
//! tables, the sizes of figures. It depends on the document and the fonts alone; what depends on the pages that
//! come out ([`Profile`]: pitch, place of the 版记) the outputs take beside it.

mod ends;
mod figures;
mod planner;
mod turn;

use std::ops::Deref;

pub use ends::{Row, Signature, widths};
pub use figures::{Cell, Chart, Picture, Table};
pub use planner::Text;
use planner::{Planner, literal};
pub use turn::Turn;

use super::fonts::Fonts;
use super::forms;
use super::glyphs::{Findings, Glyph, glyphs};
use super::kit::{Dressed, Kit};
use super::masthead::Head;
use super::profile::{Look, Profile};
use super::standard::Face;
use super::title;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Heading, Inline, plain_text};

/// A document with everything decided that its pages do not decide.
pub struct Plan<'a> {
    pub(crate) document: &'a Document,
    kit: Dressed<'a>,
    pub(crate) head: Option<Head>,
    pub(crate) editor_note: Vec<Text>,
    pub(crate) title: Title,
    /// Unit and date below the title.
    pub(crate) bylines: Vec<Text>,
    pub(crate) addressee: Option<Text>,
    pub(crate) body: Vec<Block<'a>>,
    /// 附件说明, a line an annex.
    pub(crate) annex_note: Vec<Text>,
    /// 出席, 请假, 列席 of 纪要 (10.3).
    pub(crate) attendance: Vec<Text>,
    pub(crate) signature: Signature,
    pub(crate) annexes: Vec<Annex<'a>>,
    /// 版记 in sections between rules: as the document has it, and with the 主送机关.
    colophon: [Vec<Vec<Row>>; 2],
    /// What faces and characters the text needs.
    pub(crate) findings: Findings,
}

/// The lines of a title.
pub type Title = Vec<Vec<Glyph>>;

pub enum Block<'a> {
    Heading {
        level: u8,
        look: Look,
        text: Text,
    },
    Paragraph(Text),
    Item(Text),
    Table(Table<'a>),
    Chart(Chart<'a>),
    Picture(Picture<'a>),
    /// 单位：万元, at the right edge of a room so wide.
    UnitLine {
        text: Text,
        room: f64,
    },
    PageBreak,
}

pub struct Annex<'a> {
    pub label: Text,
    pub title: Title,
    pub blocks: Vec<Block<'a>>,
    pub landscape: bool,
}

impl<'a> Plan<'a> {
    /// Plans a document with an office's changes. An error for each character that no font has and
    /// each picture that cannot be drawn.
    pub fn new(document: &'a Document, kit: &'a Kit, profile: &Profile) -> Result<Plan<'a>, Vec<Diagnostic>> {
        let kit = kit.dressed(&profile.faces);
        let fonts = kit.fonts();
        let mut planner = Planner { fonts, profile, findings: Findings::default(), width: profile.grid.width() };
        let Document { masthead, front, .. } = document;
        let head = forms::plan(document, fonts, profile);
        head.iter().flat_map(|head| &head.texts).for_each(|placed| planner.findings.check(fonts, &placed.text));
        let notes = masthead.editor_note.iter().filter(|_| head.is_some());
        let editor_note = notes.map(|note| planner.paragraph(glyphs(note, Face::Kai))).collect();
        let title = planner.title(&front.title);
        let bylines = [&front.unit, &front.date].into_iter().flatten();
        let bylines = bylines.map(|line| planner.text(glyphs(line, Face::Kai), 0.0, 0.0)).collect();
        let addressee = front.addressee.as_ref().map(|to| planner.text(glyphs(to, Face::FangSong), 0.0, 0.0));
        let body = planner.blocks(&document.body);
        let annex_note = planner.annex_note(&document.annexes);
        let attendance = planner.attendance(&document.signature.attendance);
        let signature = planner.signature(&document.signature);
        let several = document.annexes.len() > 1;
        let annexes = document.annexes.iter().enumerate();
        let annexes = annexes.map(|(i, annex)| planner.annex(annex, several.then_some(i + 1))).collect();
        let colophon = [false, true].map(|moved| planner.colophon(document, moved));
        let findings = planner.findings;
        let errors = findings.errors(document);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Plan {
            document,
            head,
            editor_note,
            title,
            bylines,
            addressee,
            body,
            annex_note,
            attendance,
            signature,
            annexes,
            colophon,
            findings,
            kit,
        })
    }

    pub(crate) fn kit(&self) -> &Kit {
        self.kit.deref()
    }

    pub(crate) fn fonts(&self) -> &Fonts {
        self.kit.fonts()
    }

    /// The 版记 as it is set: with the 主送机关 where they had to move there (7.3.2).
    pub fn colophon(&self, profile: &Profile) -> &[Vec<Row>] {
        &self.colophon[usize::from(profile.addressee_below && self.addressee.is_some())]
    }

    /// The text follows a head at once: a 命令, or 纪要 that their mark names.
    pub fn untitled(&self) -> bool {
        self.head.is_some() && self.title.is_empty() && self.bylines.is_empty()
    }

    /// The 主送机关 where they stand above the body.
    pub fn addressee(&self, profile: &Profile) -> Option<&Text> {
        self.addressee.as_ref().filter(|_| !profile.addressee_below)
    }
}

impl Planner<'_> {
    /// The lines joined give the title.
    fn title(&mut self, text: &[Inline]) -> Title {
        let face = self.profile.title_face;
        let row = glyphs(text, face).into_iter().filter(|glyph| glyph.c != '\n');
        let row: Vec<Glyph> = row.map(|glyph| Glyph { face, ..glyph }).collect();
        self.findings.check(self.fonts, &row);
        if row.is_empty() {
            return Title::new();
        }
        let mut rest = row.into_iter();
        let mut lines: Title = Vec::new();
        for line in title::plan(&plain_text(text), title::capacity(&self.profile.grid)) {
            lines.push(rest.by_ref().take(line.chars().count()).collect());
        }
        lines
    }

    fn annex<'d>(&mut self, annex: &'d document::Annex, number: Option<usize>) -> Annex<'d> {
        let label = format!("附件{}", number.map(|number| number.to_string()).unwrap_or_default());
        self.within(if annex.landscape { self.profile.grid.height() } else { self.width }, |planner| Annex {
            label: planner.line(literal(&label, Face::HeiDigits)),
            title: planner.title(&annex.title),
            blocks: planner.blocks(&annex.blocks),
            landscape: annex.landscape,
        })
    }

    fn blocks<'d>(&mut self, blocks: &'d [document::Block]) -> Vec<Block<'d>> {
        let mut planned = Vec::with_capacity(blocks.len());
        for block in blocks {
            planned.push(match block {
                document::Block::Heading(heading) => {
                    let (level, row) = (heading.level, self.heading(heading));
                    let look = self.profile.heading(level);
                    let text = Text { level, number: digits(heading), ..self.heading_line(row, &look) };
                    Block::Heading { level, look, text }
                }
                document::Block::Paragraph { lead, text } => {
                    let mut row = lead.as_ref().map(|lead| self.heading(lead)).unwrap_or_default();
                    let bold = lead.as_ref().is_some_and(|lead| self.profile.heading(lead.level).bold);
                    let (level, number) = lead.as_ref().map_or((0, 0), |lead| (lead.level, digits(lead)));
                    let lead = row.len();
                    row.extend(glyphs(text, Face::FangSong));
                    Block::Paragraph(Text { lead, bold, level, number, ..self.paragraph(row) })
                }
                document::Block::List(list) => {
                    planned.extend(list.items.iter().enumerate().map(|(i, item)| {
                        let marker = if list.ordered { format!("{}.", i + 1) } else { "——".to_owned() };
                        let marker = literal(&marker, Face::FangSong);
                        Block::Item(self.paragraph([marker, glyphs(item, Face::FangSong)].concat()))
                    }));
                    continue;
                }
                document::Block::Table(table) => Block::Table(self.table(table)),
                document::Block::Chart(chart) => Block::Chart(self.chart(chart)),
                document::Block::Picture(picture) => Block::Picture(self.picture(picture)),
                document::Block::UnitLine(unit) => {
                    Block::UnitLine { text: self.line(glyphs(unit, Face::FangSong)), room: self.width }
                }
                document::Block::PageBreak => Block::PageBreak,
            });
        }
        planned
    }

    fn heading(&self, heading: &Heading) -> Vec<Glyph> {
        let face = self.profile.heading(heading.level).face;
        [literal(&heading.number, face), glyphs(&heading.text, face)].concat()
    }
}

/// Characters of a heading's number.
fn digits(heading: &Heading) -> usize {
    heading.number.chars().count()
}
