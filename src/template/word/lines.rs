//! The paragraphs of a Word file as lines, one each: what messages show and where places point.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::source::docx::{Document, LINE_BREAK, PAGE_BREAK, Paragraph, Place};

/// The lines, and which paragraph each is.
#[derive(Debug, Default)]
pub struct Lines {
    /// A line for each paragraph, byte for byte its text; breaks and tabs are blanks.
    pub text: String,
    /// What each line is called: 第12段.
    pub places: Vec<Arc<str>>,
    /// The byte at which each begins, by the place of the paragraph in the file.
    starts: BTreeMap<usize, usize>,
}

impl Lines {
    /// Of the main text, tables and text boxes included.
    pub fn of(document: &Document) -> Lines {
        let mut lines = Lines::default();
        for paragraph in document.paragraphs() {
            lines.starts.insert(paragraph.span.start, lines.text.len());
            lines.places.push(label(&paragraph.place).into());
            lines.text.push_str(&paragraph.text.replace([LINE_BREAK, PAGE_BREAK, '\t'], " "));
            lines.text.push('\n');
        }
        lines
    }

    /// The byte at which the line of a paragraph begins.
    pub fn start(&self, paragraph: &Paragraph) -> usize {
        self.starts.get(&paragraph.span.start).copied().unwrap_or_default()
    }
}

/// A place as an officer finds it in Word.
fn label(place: &Place) -> String {
    match place {
        Place::Body(at) => format!("第{at}段"),
        Place::Cell(table, row, cell) => format!("第{table}张表第{row}行第{cell}格"),
        Place::TextBox(at) => format!("第{at}段的文本框"),
        Place::Note => "脚注".into(),
        Place::Comment => "批注".into(),
        Place::Margin => "页眉页脚".into(),
        Place::Nowhere => String::new(),
    }
}
