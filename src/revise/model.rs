//! What can be done to a Word file.

use std::ops::Range;

/// By whom changes and comments are said to be.
pub const AUTHOR: &str = "汇报";

/// Characters of a paragraph that become others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The paragraph's place among [`Document::paragraphs`](crate::source::docx::Document::paragraphs).
    pub paragraph: usize,
    /// Bytes of its text; an empty range is a place where something is put in.
    pub range: Range<usize>,
    /// What stands there now, with line breaks, page breaks and tabs as in [`Paragraph::text`](crate::source::docx::Paragraph::text).
    pub text: String,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The paragraph's place among [`Document::paragraphs`](crate::source::docx::Document::paragraphs).
    pub paragraph: usize,
    /// Bytes of its text as it was read; `None`: the whole paragraph.
    pub range: Option<Range<usize>>,
    /// What it says, a paragraph for each line.
    pub text: String,
}
