//! Text with tokens to inlines: tokens become figures, strong marks become faces.

use std::ops::Range;

use super::model::{Inline, Inlines};
use super::text::Text;
use crate::figures::{Figure, FigureId};
use crate::template::{Stretch, cut_at_tokens, word_marks};

/// Stand for `**` while Markdown is read: CommonMark would not close a `**` that stands
/// between a Chinese mark and a Chinese character.
pub const STRONG_OPEN: char = '\u{E002}';
pub const STRONG_CLOSE: char = '\u{E003}';

/// Leads a byte range of what is read to its stretches, as those of a text that has it from a
/// byte on.
pub type Written<'w> = &'w dyn Fn(Range<usize>, usize, &mut Vec<Stretch>);

/// Builds the inlines of one paragraph from pieces of text.
pub struct InlineBuilder<'f> {
    figures: &'f [Figure],
    /// Open strong and emphasis styles, the outermost first.
    open: Vec<(Style, Inlines)>,
    done: Inlines,
    /// Text that goes on.
    text: String,
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Strong,
    Emphasis,
}

impl<'f> InlineBuilder<'f> {
    pub fn new(figures: &'f [Figure]) -> Self {
        InlineBuilder { figures, open: Vec::new(), done: Vec::new(), text: String::new(), stretches: Vec::new() }
    }

    pub fn push(&mut self, inline: Inline) {
        self.flush();
        self.target().push(inline);
    }

    fn target(&mut self) -> &mut Inlines {
        self.open.last_mut().map_or(&mut self.done, |(_, inner)| inner)
    }

    /// Ends the text that goes on.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = Text::new(std::mem::take(&mut self.text), std::mem::take(&mut self.stretches));
        match self.target().last_mut() {
            Some(Inline::Text(before)) => *before = before.and(&text),
            _ => self.target().push(Inline::Text(text)),
        }
    }

    /// Adds a text with tokens and marks; `written` knows the places of its bytes.
    pub fn text(&mut self, text: &str, written: Written) {
        // A figure that ends its sentence itself (a text of a cell) gets no second 。
        let mut ended = false;
        for (at, piece, figure) in cut_at_tokens(text) {
            match piece.strip_prefix('。').filter(|_| ended) {
                Some(rest) => self.piece(rest, at + '。'.len_utf8(), written),
                None => self.piece(piece, at, written),
            }
            ended = false;
            if let Some(FigureId(id)) = figure
                && let Some(figure) = self.figures.get(id as usize)
            {
                self.push(Inline::Figure { id: FigureId(id), text: figure.text.clone() });
                ended = figure.text.trim_end().ends_with(['。', '！', '？']);
            }
        }
    }

    /// Adds a text without tokens that begins at byte `at` of what is read.
    fn piece(&mut self, piece: &str, at: usize, written: Written) {
        let mut from = 0;
        for (mark, found) in piece.match_indices(|c| matches!(c, STRONG_OPEN | STRONG_CLOSE) || word_marks::is_one(c)) {
            self.words(&piece[from..mark], at + from, written);
            match found.chars().next().unwrap_or_default() {
                c if c == STRONG_OPEN || c == word_marks::STRONG[0] => self.begin(Style::Strong),
                c if c == STRONG_CLOSE || c == word_marks::STRONG[1] => self.end(Style::Strong),
                c if c == word_marks::EMPHASIS[0] => self.begin(Style::Emphasis),
                c if c == word_marks::EMPHASIS[1] => self.end(Style::Emphasis),
                word_marks::BREAK => self.push(Inline::Break),
                _ => {}
            }
            from = mark + found.len();
        }
        self.words(&piece[from..], at + from, written);
    }

    fn words(&mut self, words: &str, at: usize, written: Written) {
        if !words.is_empty() {
            written(at..at + words.len(), self.text.len(), &mut self.stretches);
            self.text.push_str(words);
        }
    }

    pub fn begin(&mut self, style: Style) {
        self.flush();
        self.open.push((style, Vec::new()));
    }

    pub fn end(&mut self, style: Style) {
        if !self.open.iter().any(|(s, _)| *s == style) {
            return;
        }
        self.flush();
        while let Some((kind, inner)) = self.open.pop() {
            if !inner.is_empty() {
                self.push(match kind {
                    Style::Strong => Inline::Strong(inner),
                    Style::Emphasis => Inline::Emphasis(inner),
                });
            }
            if kind == style {
                break;
            }
        }
    }

    /// A line end in the template: nothing between Chinese characters, else a space.
    pub fn soft_break(&mut self) {
        let target = self.open.last().map_or(&self.done, |(_, inner)| inner);
        let before = self.text.chars().last().or_else(|| target.last().and_then(last_char));
        if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
            self.text.push(' ');
        }
    }

    pub fn finish(mut self) -> Inlines {
        while let Some((kind, _)) = self.open.last() {
            let kind = *kind;
            self.end(kind);
        }
        self.flush();
        self.done
    }
}

fn last_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().last(),
        Inline::Figure { text, .. } => text.chars().last(),
        Inline::Emphasis(inner) | Inline::Strong(inner) => inner.last().and_then(last_char),
        Inline::Break => None,
    }
}

/// Inlines of a single text with tokens, without Markdown.
pub fn inlines(text: &str, figures: &[Figure], written: Written) -> Inlines {
    let before = text.len() - text.trim_start().len();
    let mut builder = InlineBuilder::new(figures);
    builder.text(text.trim(), &|range, at, out| written(before + range.start..before + range.end, at, out));
    builder.finish()
}

/// Cuts inlines at line breaks inside figures (a cell with several lines), one part a line;
/// forced breaks stay.
pub fn paragraphs(inlines: Inlines) -> Vec<Inlines> {
    let mut all: Vec<Inlines> = vec![Vec::new()];
    for inline in inlines {
        match &inline {
            Inline::Figure { id, text } if text.contains('\n') => {
                for (i, line) in text.split('\n').map(str::trim).enumerate() {
                    if i > 0 {
                        all.push(Vec::new());
                    }
                    if let Some(current) = all.last_mut().filter(|_| !line.is_empty()) {
                        current.push(Inline::Figure { id: *id, text: line.into() });
                    }
                }
            }
            _ => {
                if let Some(current) = all.last_mut() {
                    current.push(inline);
                }
            }
        }
    }
    all.retain(|p| !p.is_empty());
    all
}

/// In a table cell the lines of a figure become forced breaks.
pub fn with_breaks(inlines: Inlines) -> Inlines {
    let parts = paragraphs(inlines);
    let mut out = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        if i > 0 {
            out.push(Inline::Break);
        }
        out.extend(part);
    }
    out
}
