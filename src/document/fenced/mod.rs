//! Fenced blocks: `chart` and `table`, written as YAML, made from rows of the data or from
//! values written in place. Whatever they print is a figure that knows its cell.

mod chart;
mod rows;
mod table;

use std::sync::Arc;

use super::markdown::Extras;
use super::model::{Block, Inline, Inlines};
use super::pictures;
use crate::dataset::{Cell, Dataset};
use crate::diagnostic::Diagnostic;
use crate::figures::{Figure, FigureId, Read};
use crate::source::yaml::{self, Node};
use crate::source::{Origin, SourceMap};
use crate::template::{Pack, split_tokens};

/// Makes charts and tables from rows of the data and pictures from files of the pack.
pub struct PackExtras<'a> {
    data: &'a Arc<Dataset>,
    pack: &'a Pack,
    sources: &'a SourceMap,
    pub diagnostics: Vec<Diagnostic>,
    /// Figures of the texts, then those made here.
    figures: Vec<Figure>,
}

impl<'a> PackExtras<'a> {
    pub fn new(data: &'a Arc<Dataset>, pack: &'a Pack, sources: &'a SourceMap) -> Self {
        PackExtras { data, pack, sources, diagnostics: Vec::new(), figures: Vec::new() }
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
        let template = self.place();
        self.figures.push(Figure { text: text.clone(), reads, template, expression, missing: false });
        vec![Inline::Figure { id, text }]
    }

    /// Where a block counts as written: the text of the pack.
    fn place(&self) -> Origin {
        self.pack.engine.origin(crate::template::REPORT).unwrap_or(self.pack.origin)
    }

    fn refuse(&mut self, block: &str, message: impl std::fmt::Display, help: impl Into<String>) {
        let place = self.place();
        self.diagnostics.push(Diagnostic::error("T040", format!("{block}块：{message}")).at(place).help(help));
    }

    /// A scalar of a block as inlines, its tokens as figures.
    fn inlines(&self, text: &str) -> Inlines {
        super::inlines::inlines(text, &self.figures)
    }

    /// A scalar of a block as plain text.
    fn text(&self, node: Option<&Node>) -> Option<String> {
        let text = node?.as_str()?.trim();
        let plain = split_tokens(text).into_iter().map(|(piece, id)| {
            let figure = id.and_then(|FigureId(id)| self.figures.get(id as usize)).map(|f| &*f.text);
            format!("{piece}{}", figure.unwrap_or_default())
        });
        Some(plain.collect::<String>()).filter(|t| !t.is_empty())
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

    fn fenced(&mut self, language: &str, text: &str) -> Option<Block> {
        let make: fn(&mut Self, &Node) -> Option<Block> = match language {
            "chart" | "图" => chart::chart,
            "table" | "表" => table::table,
            _ => return None,
        };
        let empty = Block::Paragraph { lead: None, text: Vec::new() };
        match yaml::parse(text, self.pack.origin.source) {
            Ok(node) => Some(make(self, &node).unwrap_or(empty)),
            Err(found) => {
                let said = found.first().map(|d| d.message.clone()).unwrap_or_default();
                self.refuse(language, said, "块里写“键: 值”，一行一个");
                Some(empty)
            }
        }
    }

    fn picture(&mut self, path: &str, alt: &str) -> Option<Block> {
        match pictures::read(&self.pack.dir, path, alt, self.place()) {
            Ok(picture) => Some(Block::Picture(picture)),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }
}
