//! The claims of a passage.

use std::cell::OnceCell;

use super::claim::Claim;
use super::read::read;
use crate::check::line::{Hit, Line};

/// The claims of one passage, read when a rule asks.
pub struct Claims<'l> {
    pub line: &'l Line<'l>,
    all: OnceCell<Vec<Claim>>,
}

impl<'l> Claims<'l> {
    pub fn new(line: &'l Line<'l>) -> Claims<'l> {
        Claims { line, all: OnceCell::new() }
    }

    /// In the order of the text.
    pub fn all(&self) -> &[Claim] {
        self.all.get_or_init(|| if self.line.prose() { read(self.line) } else { Vec::new() })
    }

    /// The text between two claims, or up to a place.
    pub fn between(&self, from: usize, to: usize) -> String {
        self.line.open[from.min(to)..to].iter().collect()
    }

    pub fn hit(&self, hits: &mut Vec<Hit>, range: (usize, usize), message: &str, help: &str) {
        self.line.hit(hits, range, message, help);
    }
}
