//! Fenced blocks: `chart` and `table`, written as YAML, made from rows of the data or from
//! values written in place. Whatever they print is a figure that knows its cell.

mod axis;
mod chart;
mod maker;
mod rows;
mod series;
mod share;
mod table;

use super::markdown::Extras;
use super::model::Block;
use super::pictures;
use super::text::Text;
use crate::diagnostic::{Lines, Origin};
use crate::figures::Figure;
use crate::source::yaml::{self, Node};
use crate::template::{EMBEDDED, Embedded};
use maker::Fenced;
pub use maker::PackExtras;

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
        let place = place.unwrap_or(self.pack.origin);
        let embedded = path.strip_prefix(EMBEDDED).and_then(|at| self.pack.pictures.get(at.parse::<usize>().ok()?));
        let read = match embedded {
            Some(Embedded(bytes)) => pictures::embedded(bytes, alt, place),
            None => pictures::read(&self.pack.dir, path, alt, place),
        };
        match read {
            Ok(picture) => Some(Block::Picture(picture)),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }
}
