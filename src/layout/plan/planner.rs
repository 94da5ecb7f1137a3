//! A text with its lines, and who plans them.

use super::super::breaks::Lines;
use super::super::fonts::Fonts;
use super::super::glyphs::{Findings, Glyph};
use super::super::paragraph;
use super::super::profile::{Look, Profile};
use super::super::standard::{Face, INDENT};
use super::super::webs;

/// A text with its lines. Lengths in pt.
#[derive(Default)]
pub struct Text {
    pub row: Vec<Glyph>,
    /// So many characters at its beginning are a heading that runs in.
    pub lead: usize,
    /// The heading that runs in is drawn bolder.
    pub bold: bool,
    /// Level of the heading that it is or that runs in; 0: there is none.
    pub level: u8,
    /// Characters of that heading's number.
    pub number: usize,
    pub lines: Lines,
    /// Indent of the first line, and of the others.
    pub indent: f64,
    pub hang: f64,
    /// Width without line ends, of what is placed by it.
    pub width: f64,
}

/// Plans text after text, in the order of reading.
pub(super) struct Planner<'p> {
    pub(super) fonts: &'p Fonts,
    pub(super) profile: &'p Profile,
    pub(super) findings: Findings,
    /// Width of the lines being set, pt.
    pub(super) width: f64,
}

impl Planner<'_> {
    /// A text of the body's size with its lines; indents in pt.
    pub(super) fn text(&mut self, row: Vec<Glyph>, indent: f64, hang: f64) -> Text {
        self.findings.check(self.fonts, &row);
        let grid = &self.profile.grid;
        let row = webs::ended(
            self.fonts,
            row,
            grid.size,
            paragraph::room(grid, grid.size, (self.width - hang, indent - hang)),
        );
        let lines = paragraph::plan(self.fonts, &row, grid, self.width - hang, indent - hang);
        Text { row, lines, indent, hang, ..Text::default() }
    }

    pub(super) fn paragraph(&mut self, row: Vec<Glyph>) -> Text {
        self.text(row, INDENT * self.profile.grid.cell(), 0.0)
    }

    /// A heading on a line of its own, in its own size.
    pub(super) fn heading_line(&mut self, row: Vec<Glyph>, look: &Look) -> Text {
        self.findings.check(self.fonts, &row);
        let grid = &self.profile.grid;
        let indent = grid.indent(look.size);
        let lines = paragraph::plan_sized(self.fonts, &row, grid, look.size, (self.width, indent));
        Text { row, lines, indent, ..Text::default() }
    }

    /// A text without tracking.
    pub(super) fn untracked(&mut self, row: Vec<Glyph>, size: f64) -> Text {
        self.findings.check(self.fonts, &row);
        let lines = paragraph::plan_plain(self.fonts, &row, size, self.width);
        Text { row, lines, ..Text::default() }
    }

    /// A text of one line of the body's size.
    pub(super) fn line(&mut self, row: Vec<Glyph>) -> Text {
        self.findings.check(self.fonts, &row);
        let width = paragraph::width(self.fonts, &row, &self.profile.grid);
        Text { row, width, ..Text::default() }
    }

    /// Plans in a room so many pt wide.
    pub(super) fn within<T>(&mut self, width: f64, plan: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.width, width);
        let planned = plan(self);
        self.width = outside;
        planned
    }
}

/// Text that the program sets by itself.
pub(super) fn literal(text: &str, face: Face) -> Vec<Glyph> {
    text.chars().map(|c| Glyph { c, face, figure: None }).collect()
}
