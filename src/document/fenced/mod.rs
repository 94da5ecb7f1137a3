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
use crate::diagnostic::{Diagnostic, Origin, Place, codes};
use crate::figures::{Figure, FigureId, Read};
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
    /// The lines of the block being made, and which of them `here` is.
    lines: (Vec<String>, usize),
}

impl<'a> PackExtras<'a> {
    pub fn new(data: &'a Arc<Dataset>, pack: &'a Pack) -> Self {
        PackExtras { data, pack, diagnostics: Vec::new(), figures: Vec::new(), here: None, lines: Default::default() }
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
        self.figures.push(Figure { text: text.clone(), reads: reads.into(), template, expression, missing: false });
        vec![Inline::Figure { id, text }]
    }

    /// Where a block counts as written: its own lines, or else the text of the pack.
    fn place(&self) -> Origin {
        let text = || self.pack.engine.origin(crate::template::REPORT).unwrap_or(self.pack.origin);
        self.here.unwrap_or_else(text)
    }

    fn refuse(&mut self, block: &str, message: impl std::fmt::Display, help: impl Into<String>) {
        let message = message.to_string();
        let place = self.naming(&message).unwrap_or_else(|| self.place());
        self.diagnostics.push(Diagnostic::new(codes::T040, format!("{block}块：{message}")).at(place).help(help));
    }

    /// Keys that a block does not have. Their lines count from the first of the block.
    fn refuse_keys(&mut self, found: Vec<Diagnostic>) {
        for mut diagnostic in found {
            diagnostic.origin = Some(self.own_line(&diagnostic).unwrap_or_else(|| self.place()));
            self.diagnostics.push(diagnostic);
        }
    }

    /// The line of the block that holds what a message quotes last: that is what is wrong.
    fn naming(&self, message: &str) -> Option<Origin> {
        let quoted = message.split('“').skip(1).filter_map(|rest| rest.split_once('”'));
        let words: Vec<&str> = quoted.map(|(word, _)| word).filter(|word| !word.is_empty()).collect();
        words.iter().rev().find_map(|word| {
            let line = self.lines.0.iter().position(|line| line.contains(word))?;
            self.line(line, word)
        })
    }

    /// A line of the block in the template, where it stands there just so; `word` is what to mark.
    fn line(&self, number: usize, word: &str) -> Option<Origin> {
        let Place::Text { line: here, .. } = self.here?.place else { return None };
        let line = (here as usize + number).checked_sub(self.lines.1)?;
        let written = self.lines.0.get(number)?;
        let template = self.pack.engine.templates().iter().find(|t| Some(t.source) == self.here.map(|h| h.source))?;
        let text = template.text.lines().nth(line.checked_sub(template.line as usize)?)?;
        if text.trim() != written.trim() {
            return None;
        }
        let word = if word.is_empty() { text.trim() } else { word };
        let column = text[..text.find(word)?].chars().count() as u32 + 1;
        Some(Origin::text(template.source, line as u32, column, word.chars().count() as u32))
    }

    /// Finds a block by the longest of its lines that the template has as it stands.
    fn find(&self, text: &str) -> Option<Origin> {
        let longest = text.lines().nth(self.anchor(text)).map(str::trim).filter(|line| !line.is_empty())?;
        self.pack.engine.find(longest)
    }

    /// The number of that line.
    fn anchor(&self, text: &str) -> usize {
        let lines = text.lines().map(str::trim).enumerate();
        let plain = lines.filter(|(_, line)| split_tokens(line).iter().all(|(_, id)| id.is_none()));
        plain.max_by_key(|(_, line)| line.len()).map_or(0, |(number, _)| number)
    }

    /// The line of the template for what the reader of YAML found; it counts from the block.
    fn own_line(&self, found: &Diagnostic) -> Option<Origin> {
        let Place::Text { line, .. } = found.origin?.place else { return None };
        self.line((line as usize).checked_sub(1)?, "")
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
        self.lines = (text.lines().map(str::to_string).collect(), self.anchor(text));
        let made = match yaml::parse(text, self.pack.origin.source) {
            Ok(node) if matches!(language, "chart" | "图") => chart::chart(self, &node),
            Ok(node) => table::table(self, &node),
            Err(found) => {
                let first = found.first();
                let said = first.map(|d| d.message.clone()).unwrap_or_default();
                self.refuse(language, said, "块里写“键: 值”，一行一个");
                let place = first.and_then(|d| self.own_line(d));
                if let (Some(place), Some(told)) = (place, self.diagnostics.last_mut()) {
                    told.origin = Some(place);
                }
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
