//! What draws a chart: it measures text and keeps labels apart.

use super::drawing::{Drawing, Mark};
use super::frame::{Put, Side};
use super::look::{self, LINE_WIDTH};
use crate::document::Inlines;
use crate::layout::fonts::Fonts;
use crate::layout::glyphs::{Findings, Glyph, glyphs};
use crate::layout::paragraph::{cells, plan_plain, untracked};
use crate::layout::standard::{Face, SIZE_5};

/// Type size of values and ticks, pt.
pub const SMALL: f64 = 9.0;
/// Type size of labels, pt.
pub const LABEL: f64 = SIZE_5;

/// Baselines of values from their points, pt.
const ABOVE: f64 = -5.5;
const BELOW: f64 = 12.5;
const BESIDE: f64 = 3.2;

/// What draws: measures text and keeps labels apart.
pub struct Pen<'a> {
    pub fonts: &'a Fonts,
    pub findings: &'a mut Findings,
    pub drawing: Drawing,
    /// A field with upright axes is lower by so many pt.
    pub lower: f64,
    /// Boxes of texts and marks.
    pub boxes: Vec<Box4>,
    /// Values stand on white, for lines and bars go on behind them.
    pub plates: bool,
}

/// Left, top, right, bottom.
pub type Box4 = (f64, f64, f64, f64);

/// Which point of a text stands at x.
#[derive(Clone, Copy, PartialEq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Pen<'_> {
    pub fn measure(&self, text: &[Glyph], size: f64) -> f64 {
        untracked(&cells(self.fonts, text, size))
    }

    fn left(&self, x: f64, anchor: Anchor, width: f64) -> f64 {
        match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        }
    }

    pub fn text(&mut self, text: &[Glyph], size: f64, x: f64, y: f64, anchor: Anchor) {
        if text.is_empty() {
            return;
        }
        self.findings.check(self.fonts, text);
        let width = self.measure(text, size);
        let x = self.left(x, anchor, width).clamp(0.0, (self.drawing.width - width).max(0.0));
        self.boxes.push((x, y - 0.85 * size, x + width, y + 0.15 * size));
        self.drawing.marks.push(Mark::Text { x, y, size, text: text.to_vec() });
    }

    /// Puts the value of a point where it touches no text and no mark, and no line if that can be.
    /// Where there is no such place it is left out (the text for the blind has it).
    /// `floor`: the lowest baseline. Gives the side on which it stands.
    pub fn value(
        &mut self,
        text: &[Glyph],
        (x, at): (f64, f64),
        side: Side,
        lines: &[Box4],
        floor: f64,
    ) -> Option<Put> {
        let size = SMALL;
        let width = self.measure(text, size);
        let centred = |side: Side| move |shift: f64| (side, x - width / 2.0, at + shift);
        let beside = |shift: f64| [(Side::Beside, x + 6.0, at + shift), (Side::Left, x - 6.0 - width, at + shift)];
        let above = [ABOVE, -15.0, -24.5, -34.0].map(centred(Side::Above));
        let below = [BELOW, 22.0, 31.5].map(centred(Side::Below));
        let up = [BESIDE, -6.0, -15.0].map(beside).concat();
        let down = [BESIDE, 12.0, 21.0].map(beside).concat();
        let mut places: Vec<(Side, f64, f64)> = match side {
            Side::Above => [&above[..1], &up, &above[1..], &down, &below].concat(),
            Side::Below => [&below[..1], &down, &below[1..], &up, &above].concat(),
            Side::Beside | Side::Left => [&up[..2], &down, &up, &above, &below].concat(),
        };
        places.retain(|&(_, _, y)| y > size && y <= floor);
        let inside = |left: f64| left.clamp(0.0, (self.drawing.width - width).max(0.0));
        let hits = |(_, left, y): &(Side, f64, f64), boxes: &[Box4]| {
            let (left, top, bottom) = (inside(*left), y - 0.72 * size, y + 0.06 * size);
            boxes.iter().any(|b| left + width > b.0 && left < b.2 && bottom > b.1 && top < b.3)
        };
        let clear = places.iter().find(|place| !hits(place, &self.boxes) && !hits(place, lines));
        let &(side, left, y) = clear.or_else(|| places.iter().find(|place| !hits(place, &self.boxes)))?;
        self.label(text, left, y, Anchor::Start);
        let usual = match side {
            Side::Above => ABOVE,
            Side::Below => BELOW,
            Side::Beside | Side::Left => BESIDE,
        };
        Some(Put { side, lower: y - at - usual })
    }

    /// Whether a value at a place would touch one of these boxes.
    pub fn touches(&self, text: &[Glyph], (x, y): (f64, f64), boxes: &[Box4]) -> bool {
        let half = self.measure(text, SMALL) / 2.0 + 1.0;
        let (top, bottom) = (y - 0.78 * SMALL, y + 0.1 * SMALL);
        boxes.iter().any(|b| x + half > b.0 && x - half < b.2 && bottom > b.1 && top < b.3)
    }

    /// The value of a mark at its place.
    pub fn label(&mut self, text: &[Glyph], x: f64, y: f64, anchor: Anchor) {
        match self.plates {
            true => self.plate(text, x, y, anchor, 1.0),
            false => self.text(text, SMALL, x, y, anchor),
        }
    }

    /// A value on a ground so light: what goes on behind it does not go through it.
    pub fn plate(&mut self, text: &[Glyph], x: f64, y: f64, anchor: Anchor, ground: f64) {
        let width = self.measure(text, SMALL);
        let left = self.left(x, anchor, width).clamp(0.0, (self.drawing.width - width).max(0.0));
        let middle = y - 0.34 * SMALL;
        self.stroke(vec![(left, middle), (left + width, middle)], 0.86 * SMALL, ground, false);
        self.text(text, SMALL, x, y, anchor);
    }

    /// The line of a series.
    pub fn line(&mut self, points: Vec<(f64, f64)>, series: usize) {
        let look = look::line(series);
        if points.len() > 1 {
            self.stroke(points, LINE_WIDTH, look.grey, look.dashed);
        }
    }

    /// The mark of a series at a point.
    pub fn point(&mut self, x: f64, y: f64, series: usize) {
        let look = look::line(series);
        if look.diamond {
            let r = 3.6;
            let points = vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
            self.drawing.marks.push(Mark::Polygon { points, fill: look.fill });
        } else {
            let r = 2.6;
            self.rect(x - r, y - r, 2.0 * r, 2.0 * r, look.fill);
        }
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: f64) {
        self.drawing.marks.push(Mark::Rect { x, y, width, height, fill });
    }

    pub fn stroke(&mut self, points: Vec<(f64, f64)>, width: f64, grey: f64, dashed: bool) {
        self.drawing.marks.push(Mark::Stroke { points, width, grey, dashed });
    }
}

pub fn plain(text: &str) -> Vec<Glyph> {
    text.chars().map(|c| Glyph { c, face: Face::FangSong, figure: None }).collect()
}

pub fn row(text: &Inlines) -> Vec<Glyph> {
    glyphs(text, Face::FangSong).into_iter().filter(|glyph| glyph.c != '\n').collect()
}

/// A label cut into lines no wider than `width`.
pub fn wrapped(pen: &Pen, text: &[Glyph], size: f64, width: f64) -> Vec<Vec<Glyph>> {
    plan_plain(pen.fonts, text, size, width).ranges(text.len()).map(|line| text[line].to_vec()).collect()
}
