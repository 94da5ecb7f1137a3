//! Text with tokens to inlines: tokens become figures, strong marks become faces.

use std::sync::Arc;

use super::model::{Inline, Inlines};
use crate::figures::{Figure, FigureId};
use crate::template::split_tokens;

/// Stand for `**` while Markdown is read: CommonMark would not close a `**` that stands
/// between a Chinese mark and a Chinese character.
pub const STRONG_OPEN: char = '\u{E002}';
pub const STRONG_CLOSE: char = '\u{E003}';

/// Builds the inlines of one paragraph from pieces of text.
#[derive(Default)]
pub struct InlineBuilder {
    /// Open strong and emphasis spans, the outermost first.
    open: Vec<(Span, Inlines)>,
    done: Inlines,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Strong,
    Emphasis,
}

impl InlineBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, inline: Inline) {
        let target = self.open.last_mut().map_or(&mut self.done, |(_, inner)| inner);
        if let (Inline::Text(more), Some(Inline::Text(before))) = (&inline, target.last_mut()) {
            *before = format!("{before}{more}").into();
            return;
        }
        target.push(inline);
    }

    pub fn text(&mut self, text: &str, figures: &[Figure]) {
        for (piece, figure) in split_tokens(text) {
            self.piece(piece);
            if let Some(FigureId(id)) = figure
                && let Some(figure) = figures.get(id as usize)
            {
                self.push(Inline::Figure { id: FigureId(id), text: figure.text.clone() });
            }
        }
    }

    fn piece(&mut self, piece: &str) {
        let mut plain = String::new();
        for c in piece.chars() {
            match c {
                STRONG_OPEN | STRONG_CLOSE => {
                    self.flush(&mut plain);
                    if c == STRONG_OPEN { self.begin(Span::Strong) } else { self.end(Span::Strong) }
                }
                c => plain.push(c),
            }
        }
        self.flush(&mut plain);
    }

    fn flush(&mut self, plain: &mut String) {
        if !plain.is_empty() {
            self.push(Inline::Text(Arc::from(plain.as_str())));
            plain.clear();
        }
    }

    pub fn begin(&mut self, span: Span) {
        self.open.push((span, Vec::new()));
    }

    pub fn end(&mut self, span: Span) {
        if !self.open.iter().any(|(s, _)| *s == span) {
            return;
        }
        while let Some((kind, inner)) = self.open.pop() {
            if !inner.is_empty() {
                self.push(match kind {
                    Span::Strong => Inline::Strong(inner),
                    Span::Emphasis => Inline::Emphasis(inner),
                });
            }
            if kind == span {
                break;
            }
        }
    }

    /// A line end in the template: nothing between Chinese characters, else a space.
    pub fn soft_break(&mut self) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let target = self.open.last().map_or(&self.done, |(_, inner)| inner);
        let before = target.last().and_then(last_char);
        if latin(before) {
            self.push(Inline::Text(" ".into()));
        }
    }

    pub fn finish(mut self) -> Inlines {
        while let Some((kind, _)) = self.open.last() {
            let kind = *kind;
            self.end(kind);
        }
        self.done
    }
}

fn last_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) | Inline::Figure { text, .. } => text.chars().last(),
        Inline::Emphasis(inner) | Inline::Strong(inner) => inner.last().and_then(last_char),
        Inline::Break => None,
    }
}

/// Inlines of a single text with tokens, without Markdown.
pub fn inlines(text: &str, figures: &[Figure]) -> Inlines {
    let mut builder = InlineBuilder::new();
    builder.text(text.trim(), figures);
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
