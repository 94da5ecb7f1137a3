//! Private characters that stand for figures in a rendered text.

use crate::figures::FigureId;

/// Opens a token: `TOKEN_OPEN number TOKEN_CLOSE` stands for a figure in the text.
pub const TOKEN_OPEN: char = '\u{E000}';
/// Closes a token; of the private use area, as the one that opens it.
pub const TOKEN_CLOSE: char = '\u{E001}';
/// Each character of this range stands for a figure of a 文稿 until it is printed: one character,
/// so that whatever cuts, joins or trims a text keeps it whole.
pub const HELD: std::ops::RangeInclusive<char> = '\u{100000}'..='\u{10FFFD}';

/// Marks that a Word template puts into its text: faces, line breaks, and what a cell of a table is.
/// They are part of the text as `**` is, so places go on behind them.
pub mod word {
    /// Begins and ends strong text.
    pub const STRONG: [char; 2] = ['\u{E010}', '\u{E011}'];
    /// Begins and ends emphasized text.
    pub const EMPHASIS: [char; 2] = ['\u{E012}', '\u{E013}'];
    /// A forced line break.
    pub const BREAK: char = '\u{E014}';
    /// In a cell of a table: it belongs to the cell before it, or to the one above.
    pub const BESIDE: char = '\u{E015}';
    /// It belongs to the cell above.
    pub const ABOVE: char = '\u{E016}';
    /// In the first cell of a row: it is one more row of the header.
    pub const HEADER: char = '\u{E017}';
    /// In the first cell of the header: the table has none.
    pub const NO_HEADER: char = '\u{E018}';

    /// Whether a character is one of these: none may come from a template's own text.
    pub fn is_one(c: char) -> bool {
        ('\u{E010}'..='\u{E01F}').contains(&c)
    }
}

/// Whether a character stands for a figure of a 文稿.
pub fn is_held(c: char) -> bool {
    HELD.contains(&c)
}

/// Whether a character is one of the program's own: none may come from data or templates.
pub fn is_mark(c: char) -> bool {
    ('\u{E000}'..='\u{E00F}').contains(&c) || is_held(c)
}

/// Text cut at its tokens: pieces, each with the figure that follows it.
pub fn split_tokens(text: &str) -> Vec<(&str, Option<FigureId>)> {
    cut_at_tokens(text).into_iter().map(|(_, piece, figure)| (piece, figure)).collect()
}

/// The same, each piece with the byte at which it begins.
pub fn cut_at_tokens(text: &str) -> Vec<(usize, &str, Option<FigureId>)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(TOKEN_OPEN) {
        let after = &rest[open + TOKEN_OPEN.len_utf8()..];
        let Some(close) = after.find(TOKEN_CLOSE) else { break };
        let number = after[..close].parse().ok().map(FigureId);
        pieces.push((text.len() - rest.len(), &rest[..open], number));
        rest = &after[close + TOKEN_CLOSE.len_utf8()..];
    }
    if !rest.is_empty() {
        pieces.push((text.len() - rest.len(), rest, None));
    }
    pieces
}
