//! A paragraph with text, and what it can be.

use std::ops::Range;

use crate::source::docx::model::Paragraph;

/// What a paragraph is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// A line of the title.
    Title,
    /// A line between title and text: unit, date.
    Byline,
    /// 主送机关
    Addressee,
    /// A unit that signs.
    Signatory,
    /// The date below the text.
    Date,
    /// A line that says which annexes there are.
    AnnexNote,
    /// 附件1
    AnnexLabel,
    /// A line of the title of an annex.
    AnnexTitle,
    /// A heading.
    Heading {
        /// From 1.
        level: u8,
        /// Bytes of its text that are its number, typed.
        number: Range<usize>,
        /// The byte at which it ends, where text of the paragraph goes on behind it.
        run_in: Option<usize>,
    },
    /// An item of a list that Word numbers or marks.
    Item {
        /// Numbered.
        ordered: bool,
    },
    /// Text.
    #[default]
    Text,
}

/// A paragraph with text, and which block of the main text it is.
#[derive(Clone, Copy)]
pub struct Line<'d> {
    pub block: usize,
    pub paragraph: &'d Paragraph,
}

impl Line<'_> {
    pub fn text(&self) -> &str {
        self.paragraph.text.trim()
    }

    /// The name of its style, in small letters without blanks.
    pub fn style(&self) -> String {
        self.paragraph.style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
    }

    /// The largest size of its text, in half points.
    pub fn size(&self) -> Option<u16> {
        let runs = self.paragraph.runs.iter().filter(|run| !run.range.is_empty());
        runs.filter_map(|run| run.face.size).max()
    }

    /// Nothing but tags that print nothing.
    pub fn only_statements(&self) -> bool {
        let text = self.text();
        is_statement(text) && outside(text).all(|(_, c)| c.is_whitespace())
    }
}

/// Whether a text begins with a tag that prints nothing.
fn is_statement(text: &str) -> bool {
    ["{%", "｛％", "｛%", "{％", "{#"].iter().any(|sign| text.starts_with(sign))
}

/// Bytes of the tags that print nothing at the beginning of a text.
pub fn led(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let start = rest.trim_start();
        if !is_statement(start) {
            return at;
        }
        let Some(end) = start.find(['}', '｝']) else { return at };
        let close = start[end..].chars().next().map_or(1, char::len_utf8);
        at += rest.len() - start.len() + end + close;
    }
}

/// The characters of a text that stand in no tag, with their bytes.
pub fn outside(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0usize;
    text.char_indices().filter(move |(_, c)| match c {
        '{' | '｛' => {
            depth += 1;
            false
        }
        '}' | '｝' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    })
}
