//! What a chart is once it is drawn: marks at fixed places, and where its figures stand.

use super::frame::Frame;
use crate::layout::fonts::Fonts;
use crate::layout::glyphs::Glyph;
use crate::layout::paragraph::cells;

/// Greatest height, pt: with its caption a chart fits on a page.
pub const TALLEST: f64 = 560.0;

/// A drawing, in pt from its top left.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Drawing {
    /// Of the type area at most (156 mm, 5.2.1).
    pub width: f64,
    /// Follows from kind, number of categories and the length of their names.
    pub height: f64,
    /// From back to front: a later one is drawn over an earlier one.
    pub marks: Vec<Mark>,
    /// The same for a word processor, which draws by itself: one, or one of each column of bars.
    pub frames: Vec<Frame>,
}

/// One stroke of the pen. Places in pt from the drawing's top left, y downwards; lightness from 0 (black) to
/// 1 (white), since a document is printed in black.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Filled with a lightness and outlined.
    Rect {
        /// Left edge.
        x: f64,
        /// Top edge.
        y: f64,
        /// To the right.
        width: f64,
        /// Downwards.
        height: f64,
        /// Lightness.
        fill: f64,
    },
    /// A stroke through points; dashed or not.
    Stroke {
        /// In the order in which they are joined.
        points: Vec<(f64, f64)>,
        /// Thickness, pt.
        width: f64,
        /// Lightness.
        grey: f64,
        /// Broken, to tell a second line from the first in a copy.
        dashed: bool,
    },
    /// A closed shape with a thin black outline: a piece of a whole, or a mark on a line.
    Polygon {
        /// Corners; the last is joined to the first.
        points: Vec<(f64, f64)>,
        /// Lightness.
        fill: f64,
    },
    /// Left edge and baseline.
    Text {
        /// Where the first character begins.
        x: f64,
        /// Where the characters stand, not their top.
        y: f64,
        /// Of the type, pt.
        size: f64,
        /// Each with its face; the outlines come from there.
        text: Vec<Glyph>,
    },
}

impl Drawing {
    /// Size on the page, pt: what is too high for one is made smaller.
    pub fn size(&self) -> (f64, f64) {
        let scale = (TALLEST / self.height.max(1.0)).min(1.0);
        (self.width * scale, self.height * scale)
    }

    /// Where the printed figures stand on the drawing as it is set: figure, left, top, width
    /// and height, pt.
    pub fn figures(&self, fonts: &Fonts) -> Vec<(u32, f64, f64, f64, f64)> {
        let scale = self.size().0 / self.width.max(1.0);
        let mut found: Vec<(u32, f64, f64, f64, f64)> = Vec::new();
        for mark in &self.marks {
            let Mark::Text { x, y, size, text } = mark else { continue };
            let mut left = *x;
            let mut last = None;
            for (cell, glyph) in cells(fonts, text, *size).into_iter().zip(text) {
                let advance = cell.advance;
                let figure = glyph.figure.map(|id| id.0);
                if let Some(figure) = figure {
                    match found.last_mut() {
                        Some(spot) if last == Some(figure) => spot.3 += advance * scale,
                        _ => {
                            found.push((figure, left * scale, (y - 0.85 * size) * scale, advance * scale, size * scale))
                        }
                    }
                }
                (left, last) = (left + advance, figure);
            }
        }
        found
    }
}
