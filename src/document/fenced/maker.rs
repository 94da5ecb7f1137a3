//! The block being made, its values as inlines, and what is said of it.

use std::sync::Arc;

use crate::dataset::{Cell, Dataset};
use crate::diagnostic::{Diagnostic, Lines, Origin, Place, codes};
use crate::document::inlines::inlines;
use crate::document::markdown::filled;
use crate::document::model::{Inline, Inlines};
use crate::document::text::Text;
use crate::figures::{Figure, FigureId, Read, Reads};
use crate::source::yaml::{self, Node};
use crate::template::{Pack, Stretch, split_tokens};

/// Makes charts and tables from rows of the data and pictures from files of the pack.
pub struct PackExtras<'a> {
    pub(super) data: &'a Arc<Dataset>,
    pub(super) pack: &'a Pack,
    pub diagnostics: Vec<Diagnostic>,
    /// Figures of the texts, then those made here.
    pub(super) figures: Vec<Figure>,
    /// The block being made.
    pub(super) block: Fenced,
}

/// A fenced block as it is written.
pub struct Fenced {
    /// What messages call it: `chart`, `table`.
    pub(super) name: &'static str,
    pub(super) text: Text,
    pub(super) lines: Lines,
    pub(super) place: Origin,
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
    pub(super) fn cell(&mut self, cell: &Cell, name: String) -> Inlines {
        if cell.shown.is_empty() {
            return Vec::new();
        }
        let name: Arc<str> = name.into();
        let read = Read { origin: cell.origin, name: name.clone(), shown: cell.shown.clone() };
        self.figure(cell.shown.clone(), vec![read], name)
    }

    pub(super) fn figure(&mut self, text: Arc<str>, reads: impl Into<Reads>, expression: Arc<str>) -> Inlines {
        let id = FigureId(self.figures.len() as u32);
        let (template, reads) = (self.block.place, reads.into());
        self.figures.push(Figure { text: text.clone(), reads, template, expression, missing: false });
        vec![Inline::Figure { id, text }]
    }

    /// The cells of the figures in a text.
    pub(super) fn reads(&self, text: &[Inline]) -> Reads {
        let mut reads = Reads::default();
        for inline in text {
            if let Inline::Figure { id, .. } = inline
                && let Some(figure) = self.figures.get(id.0 as usize)
            {
                reads.extend(&figure.reads);
            }
        }
        reads
    }

    /// Says what is wrong with a value of the block, or with the block.
    pub(super) fn refuse(&mut self, at: Option<Origin>, message: impl std::fmt::Display, help: impl Into<String>) {
        let place = at.and_then(|within| self.place(within)).unwrap_or(self.block.place);
        self.refuse_at(place, message, help);
    }

    pub(super) fn refuse_at(&mut self, place: Origin, message: impl std::fmt::Display, help: impl Into<String>) {
        let message = format!("{}块：{message}", self.block.name);
        self.diagnostics.push(Diagnostic::new(codes::T040, message).at(place).help(help));
    }

    /// Keys that a block does not have.
    pub(super) fn refuse_keys(&mut self, found: Vec<Diagnostic>) {
        for mut diagnostic in found {
            let place = diagnostic.origin.and_then(|origin| self.place(origin));
            diagnostic.origin = Some(place.unwrap_or(self.block.place));
            self.diagnostics.push(diagnostic);
        }
    }

    /// Where something in the block is written: in the template, or the figure that it is.
    pub(super) fn place(&self, within: Origin) -> Option<Origin> {
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
    pub(super) fn inlines(&self, node: &Node) -> Inlines {
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
    pub(super) fn said(&self, node: &Node) -> Text {
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
    pub(super) fn text(&self, node: Option<&Node>) -> Option<String> {
        Some(filled(node?.as_str()?.trim(), &self.figures)).filter(|t| !t.is_empty())
    }
}
