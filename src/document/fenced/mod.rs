//! Fenced blocks: `chart` and `table`, written as YAML, made from rows of the data or from
//! values written in place. Whatever they print is a figure that knows its cell.

mod chart;
mod rows;
mod table;

use std::sync::Arc;

use super::inlines::inlines;
use super::markdown::{Extras, filled};
use super::model::{Block, Inline, Inlines};
use super::pictures;
use super::text::Text;
use crate::dataset::{Cell, Dataset};
use crate::diagnostic::{Diagnostic, Lines, Origin, Place, codes};
use crate::figures::{Figure, FigureId, Read};
use crate::source::yaml::{self, Node};
use crate::template::{Pack, Stretch, split_tokens};

/// Makes charts and tables from rows of the data and pictures from files of the pack.
pub struct PackExtras<'a> {
    data: &'a Arc<Dataset>,
    pack: &'a Pack,
    pub diagnostics: Vec<Diagnostic>,
    /// Figures of the texts, then those made here.
    figures: Vec<Figure>,
    /// The block being made.
    block: Fenced,
}

/// A fenced block as it is written.
struct Fenced {
    /// What messages call it: `chart`, `table`.
    name: &'static str,
    text: Text,
    lines: Lines,
    place: Origin,
}

impl Fenced {
    /// The byte at which a value begins.
    fn byte(&self, origin: Origin) -> Option<usize> {
        match origin.place {
            Place::Text { line, column, .. } => Some(self.lines.byte(&self.text, line, column)),
            _ => None,
        }
    }
}

impl<'a> PackExtras<'a> {
    pub fn new(data: &'a Arc<Dataset>, pack: &'a Pack) -> Self {
        let block = Fenced { name: "", text: "".into(), lines: Lines::of(""), place: pack.origin };
        PackExtras { data, pack, diagnostics: Vec::new(), figures: Vec::new(), block }
    }

    /// A cell as a figure.
    fn cell(&mut self, cell: &Cell, name: String) -> Inlines {
        if cell.shown.is_empty() {
            return Vec::new();
        }
        let name: Arc<str> = name.into();
        let read = Read { origin: cell.origin, name: name.clone(), shown: cell.shown.clone() };
        self.figure(cell.shown.clone(), vec![read], name)
    }

    fn figure(&mut self, text: Arc<str>, reads: Vec<Read>, expression: Arc<str>) -> Inlines {
        let id = FigureId(self.figures.len() as u32);
        let template = self.block.place;
        self.figures.push(Figure { text: text.clone(), reads: reads.into(), template, expression, missing: false });
        vec![Inline::Figure { id, text }]
    }

    /// Says what is wrong with a value of the block, or with the block.
    fn refuse(&mut self, at: Option<Origin>, message: impl std::fmt::Display, help: impl Into<String>) {
        let place = at.and_then(|within| self.place(within)).unwrap_or(self.block.place);
        self.refuse_at(place, message, help);
    }

    fn refuse_at(&mut self, place: Origin, message: impl std::fmt::Display, help: impl Into<String>) {
        let message = format!("{}块：{message}", self.block.name);
        self.diagnostics.push(Diagnostic::new(codes::T040, message).at(place).help(help));
    }

    /// Keys that a block does not have.
    fn refuse_keys(&mut self, found: Vec<Diagnostic>) {
        for mut diagnostic in found {
            let place = diagnostic.origin.and_then(|origin| self.place(origin));
            diagnostic.origin = Some(place.unwrap_or(self.block.place));
            self.diagnostics.push(diagnostic);
        }
    }

    /// Where something in the block is written: in the template, or the figure that it is.
    fn place(&self, within: Origin) -> Option<Origin> {
        let start = self.block.byte(within)?;
        let text = &self.block.text[start..];
        let length: usize = text.chars().take(within.length() as usize).map(char::len_utf8).sum();
        let mut places = self.block.text.places(start..start + length);
        places.next().or_else(|| {
            let figure = split_tokens(text).first().and_then(|(_, id)| self.figures.get(id.as_ref()?.0 as usize));
            figure.map(|figure| figure.template)
        })
    }

    /// A scalar of a block as inlines, its tokens as figures.
    fn inlines(&self, node: &Node) -> Inlines {
        let block = &self.block.text;
        let text = node.as_str().unwrap_or_default();
        let shifts = self.block.byte(node.origin).map(|at| yaml::shifts(text, block, at));
        inlines(text, &self.figures, &|range, at, out| {
            let Some(shifts) = shifts.as_ref().filter(|_| !range.is_empty()) else { return };
            for part in shifts.cut(range.clone()) {
                let (start, end) = (shifts.lead(part.start), shifts.lead(part.end - 1) + 1);
                block.stretches(start..end, at + part.start - range.start, out);
            }
        })
    }

    /// A scalar of a block as text that is no figure, though tokens may stand in it.
    fn said(&self, node: &Node) -> Text {
        self.inlines(node).into_iter().fold(Text::from(""), |said, inline| match inline {
            Inline::Text(text) => said.and(&text),
            Inline::Figure { id, text } => {
                let template = self.figures.get(id.0 as usize).map(|figure| figure.template);
                let stretch = template.map(|origin| Stretch { at: 0, origin, exact: false });
                said.and(&Text::new(text, stretch.into_iter().collect()))
            }
            _ => said,
        })
    }

    /// A scalar of a block as plain text.
    fn text(&self, node: Option<&Node>) -> Option<String> {
        Some(filled(node?.as_str()?.trim(), &self.figures)).filter(|t| !t.is_empty())
    }
}

impl Extras for PackExtras<'_> {
    fn begin(&mut self, figures: Vec<Figure>) {
        self.figures = figures;
    }

    fn figures(&self) -> &[Figure] {
        &self.figures
    }

    fn finish(&mut self) -> Vec<Figure> {
        std::mem::take(&mut self.figures)
    }

    fn fenced(&mut self, language: &str, text: &Text, place: Option<Origin>) -> Option<Block> {
        let (name, make): (_, fn(&mut Self, &Node) -> Option<Block>) = match language {
            "chart" | "图" => ("chart", chart::chart),
            "table" | "表" => ("table", table::table),
            _ => return None,
        };
        let place = place.unwrap_or(self.pack.origin);
        self.block = Fenced { name, text: text.clone(), lines: Lines::of(text), place };
        let made = match yaml::parse(text, self.pack.origin.source) {
            Ok(node) => make(self, &node),
            Err(found) => {
                let first = found.first();
                let said = first.map(|d| d.message.clone()).unwrap_or_default();
                let place = first.and_then(|d| self.place(d.origin?)).unwrap_or(place);
                self.refuse_at(place, said, "块里写“键: 值”，一行一个");
                None
            }
        };
        // What could not be made has been said; the text goes on without it.
        Some(made.unwrap_or(Block::Paragraph { lead: None, text: Vec::new() }))
    }

    fn picture(&mut self, path: &str, alt: &str, place: Option<Origin>) -> Option<Block> {
        match pictures::read(&self.pack.dir, path, alt, place.unwrap_or(self.pack.origin)) {
            Ok(picture) => Some(Block::Picture(picture)),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }
}
