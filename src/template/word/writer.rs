//! The text that is made, with the way back from its bytes to the lines of the Word file.

use super::made::Made;
use crate::diagnostic::Shifts;

/// What begins a page.
pub const PAGE: &str = "---";

/// Where text of a template is put.
#[derive(Default)]
pub struct Writer {
    text: String,
    shifts: Shifts,
    /// Clauses that are open: `||` is a mark only in one.
    pub clauses: usize,
}

impl Writer {
    /// A character that stands at a byte of the lines.
    pub fn copy(&mut self, c: char, from: usize) {
        self.shifts.push(self.text.len(), from);
        self.text.push(c);
    }

    /// What is written for the character that stands at a byte of the lines.
    pub fn instead(&mut self, text: &str, from: usize) {
        for c in text.chars() {
            self.shifts.push(self.text.len(), from);
            self.text.push(c);
        }
    }

    /// What nobody typed.
    pub fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The beginning of a new block: a blank line before it.
    pub fn block(&mut self) {
        if !self.text.is_empty() {
            // The engine takes the line end behind a statement away: one more is to spare.
            let ends = self.text.len() - self.text.trim_end_matches('\n').len();
            self.text.push_str(&"\n".repeat(3usize.saturating_sub(ends)));
        }
    }

    /// The beginning of a new line.
    pub fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub fn finish(self) -> Made {
        let mut text = self.text;
        // At the end of a text nothing begins on a new page.
        let end = text.trim_end_matches('\n').strip_suffix(PAGE).filter(|rest| rest.ends_with('\n'));
        text.truncate(end.unwrap_or(&text).trim_end_matches('\n').len());
        if !text.is_empty() {
            text.push('\n');
        }
        Made { text, shifts: self.shifts }
    }
}
