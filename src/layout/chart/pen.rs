//! What draws a chart: it measures text, keeps labels apart, and knows the fills.

use super::drawing::{Drawing, Mark};
use crate::document::{Chart, Inlines};
use crate::layout::fonts::Fonts;
use crate::layout::glyphs::{Findings, Glyph, glyphs};
use crate::layout::paragraph::{cells, plan_plain, untracked};
use crate::layout::standard::{Face, SIZE_5};

/// Type size of values and ticks, pt.
pub const SMALL: f64 = 9.0;
/// Type size of labels, pt.
pub const LABEL: f64 = SIZE_5;
/// Lightness of fills, 0 black to 1 white: far apart, so that copies keep them apart.
const FILLS: [f64; 4] = [0.38, 0.8, 1.0, 0.6];

/// What draws: measures text and keeps labels apart.
pub struct Pen<'a> {
    pub fonts: &'a Fonts,
    pub findings: &'a mut Findings,
    pub drawing: Drawing,
    /// Boxes of texts and marks.
    pub boxes: Vec<Box4>,
}

/// Left, top, right, bottom.
pub type Box4 = (f64, f64, f64, f64);

/// Where the value of a point goes first.
#[derive(Clone, Copy)]
pub enum Side {
    Above,
    Beside,
    Below,
}

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

    pub fn left(&self, x: f64, anchor: Anchor, width: f64) -> f64 {
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
    /// `floor`: the lowest baseline.
    pub fn value(&mut self, text: &[Glyph], (x, y): (f64, f64), side: Side, lines: &[Box4], floor: f64) {
        let size = SMALL;
        let width = self.measure(text, size);
        let centred = |shift: f64| (x - width / 2.0, y + shift);
        let beside = |shift: f64| [(x + 6.0, y + shift), (x - 6.0 - width, y + shift)];
        let above = [-5.5, -15.0, -24.5, -34.0].map(centred);
        let below = [12.5, 22.0, 31.5].map(centred);
        let up = [3.2, -6.0, -15.0].map(beside).concat();
        let down = [3.2, 12.0, 21.0].map(beside).concat();
        let mut places: Vec<(f64, f64)> = match side {
            Side::Above => [&above[..1], &up, &above[1..], &down, &below].concat(),
            Side::Below => [&below[..1], &down, &below[1..], &up, &above].concat(),
            Side::Beside => [&up[..2], &down, &up, &above, &below].concat(),
        };
        places.retain(|&(_, y)| y > size && y <= floor);
        let inside = |left: f64| left.clamp(0.0, (self.drawing.width - width).max(0.0));
        let hits = |(left, y): &(f64, f64), boxes: &[Box4]| {
            let (left, top, bottom) = (inside(*left), y - 0.72 * size, y + 0.06 * size);
            boxes.iter().any(|b| left + width > b.0 && left < b.2 && bottom > b.1 && top < b.3)
        };
        let clear = places.iter().find(|place| !hits(place, &self.boxes) && !hits(place, lines));
        let best = clear.or_else(|| places.iter().find(|place| !hits(place, &self.boxes)));
        if let Some(&(left, y)) = best {
            self.text(text, size, left, y, Anchor::Start);
        }
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: f64) {
        self.drawing.marks.push(Mark::Rect { x, y, width, height, fill });
    }

    pub fn stroke(&mut self, points: Vec<(f64, f64)>, width: f64, grey: f64, dashed: bool) {
        self.drawing.marks.push(Mark::Stroke { points, width, grey, dashed });
    }

    /// Unit at the left, legend at the right; returns the height used.
    pub fn heading(&mut self, chart: &Chart, sample: Sample) -> f64 {
        let unit = chart.unit.as_ref().map(|unit| plain(&format!("单位：{unit}"))).unwrap_or_default();
        self.text(&unit, SMALL, 0.0, 10.0, Anchor::Start);
        if chart.series.len() < 2 {
            return if unit.is_empty() { 4.0 } else { 16.0 };
        }
        let mut y = 10.0;
        let mut right = self.drawing.width;
        let used = self.measure(&unit, SMALL) + 20.0;
        for (i, series) in chart.series.iter().enumerate().rev() {
            let name = row(&series.name);
            let wide = self.measure(&name, SMALL) + 30.0;
            if right - wide < used {
                (right, y) = (self.drawing.width, y + 14.0);
            }
            self.text(&name, SMALL, right, y, Anchor::End);
            let x = right - wide + 6.0;
            sample(self, x, y, i);
            right -= wide + 8.0;
        }
        y + 8.0
    }
}

/// Draws what stands before the name of a series in the legend: left, baseline, number of the series.
pub type Sample = fn(&mut Pen, f64, f64, usize);

pub fn fill(series: usize) -> f64 {
    FILLS[series % FILLS.len()]
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
