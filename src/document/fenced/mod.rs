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
use crate::source::Origin;
use crate::source::yaml::{self, Node};
use crate::template::{Pack, split_tokens};

/// Makes charts and tables from rows of the data and pictures from files of the pack.
pub struct PackExtras<'a> {
    data: &'a Arc<Dataset>,
    pack: &'a Pack,
    pub diagnostics: Vec<Diagnostic>,
    /// Figures of the texts, then those made here.
    figures: Vec<Figure>,
    /// Where the block being made is written, if that can be told.
    here: Option<Origin>,
}

impl<'a> PackExtras<'a> {
    pub fn new(data: &'a Arc<Dataset>, pack: &'a Pack) -> Self {
        PackExtras { data, pack, diagnostics: Vec::new(), figures: Vec::new(), here: None }
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

    /// Where a block counts as written: its own lines, or else the text of the pack.
    fn place(&self) -> Origin {
        let text = || self.pack.engine.origin(crate::template::REPORT).unwrap_or(self.pack.origin);
        self.here.unwrap_or_else(text)
    }

    fn refuse(&mut self, block: &str, message: impl std::fmt::Display, help: impl Into<String>) {
        let place = self.place();
        self.diagnostics.push(Diagnostic::error("T040", format!("{block}块：{message}")).at(place).help(help));
    }

    /// Finds a block by the longest of its lines that the template has as it stands.
    fn find(&self, text: &str) -> Option<Origin> {
        let plain = text.lines().map(str::trim).filter(|line| split_tokens(line).iter().all(|(_, id)| id.is_none()));
        let longest = plain.max_by_key(|line| line.len()).filter(|line| !line.is_empty())?;
        self.pack.engine.find(longest)
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
        if !matches!(language, "chart" | "图" | "table" | "表") {
            return None;
        }
        self.here = self.find(text);
        let made = match yaml::parse(text, self.pack.origin.source) {
            Ok(node) if matches!(language, "chart" | "图") => chart::chart(self, &node),
            Ok(node) => table::table(self, &node),
            Err(found) => {
                let said = found.first().map(|d| d.message.clone()).unwrap_or_default();
                self.refuse(language, said, "块里写“键: 值”，一行一个");
                None
            }
        };
        self.here = None;
        // What could not be made has been said; the text goes on without it.
        Some(made.unwrap_or(Block::Paragraph { lead: None, text: Vec::new() }))
    }

    fn picture(&mut self, path: &str, alt: &str) -> Option<Block> {
        let place = self.pack.engine.find(&format!("({path}")).unwrap_or(self.place());
        match pictures::read(&self.pack.dir, path, alt, place) {
            Ok(picture) => Some(Block::Picture(picture)),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }
}
