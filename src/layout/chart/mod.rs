//! Charts as drawings: rectangles, lines, polygons and texts at fixed places. Both outputs show
//! the same picture ([`svg`]): vectors in the PDF, dots in the DOCX. Grey-scale safe: fills differ
//! in lightness and have an outline; every value is printed; labels do not overlap.

mod alt;
mod bars;
mod line;
mod scale;
mod share;
mod svg;

pub use alt::alt;
pub use svg::svg;

use super::fonts::Fonts;
use super::glyphs::{Findings, Glyph, glyphs};
use super::paragraph::{cells, plan_plain, untracked};
use super::standard::{Face, SIZE_5};
use crate::document::{Chart, ChartKind, Inlines};

/// Type size of values and ticks, pt.
const SMALL: f64 = 9.0;
/// Type size of labels, pt.
const LABEL: f64 = SIZE_5;
/// Greatest height, pt: with its caption a chart fits on a page.
const TALLEST: f64 = 560.0;
/// Lightness of fills, 0 black to 1 white: far apart, so that copies keep them apart.
const FILLS: [f64; 4] = [0.38, 0.8, 1.0, 0.6];

/// A drawing, in pt from its top left.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Drawing {
    /// Of the type area at most (156 mm, 5.2.1).
    pub width: f64,
    /// Follows from kind, number of categories and the length of their names.
    pub height: f64,
    /// From back to front: a later one is drawn over an earlier one.
    pub marks: Vec<Mark>,
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

/// Draws a chart so many pt wide.
pub fn draw(chart: &Chart, fonts: &Fonts, width: f64, findings: &mut Findings) -> Drawing {
    // What is no number has no place in a drawing.
    let mut chart = chart.clone();
    let values = chart.series.iter_mut().flat_map(|series| &mut series.values);
    values.for_each(|value| *value = value.take().filter(|(number, _)| number.is_finite()));
    let chart = &chart;
    let mut pen = Pen { fonts, findings, drawing: Drawing { width, ..Drawing::default() }, boxes: Vec::new() };
    match chart.kind {
        ChartKind::Bar if bars::fits(chart, &mut pen) => bars::upright(chart, &mut pen),
        // Where labels or values would touch, bars lie down.
        ChartKind::Bar | ChartKind::HorizontalBar => bars::lying(chart, &mut pen),
        ChartKind::Line => line::line(chart, &mut pen),
        ChartKind::Share => share::share(chart, &mut pen),
    }
    pen.drawing
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

/// What draws: measures text and keeps labels apart.
struct Pen<'a> {
    fonts: &'a Fonts,
    findings: &'a mut Findings,
    drawing: Drawing,
    /// Boxes of texts and marks.
    boxes: Vec<Box4>,
}

/// Left, top, right, bottom.
type Box4 = (f64, f64, f64, f64);

/// Where the value of a point goes first.
#[derive(Clone, Copy)]
enum Side {
    Above,
    Beside,
    Below,
}

/// Which point of a text stands at x.
#[derive(Clone, Copy, PartialEq)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Pen<'_> {
    fn measure(&self, text: &[Glyph], size: f64) -> f64 {
        untracked(&cells(self.fonts, text, size))
    }

    fn left(&self, x: f64, anchor: Anchor, width: f64) -> f64 {
        match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        }
    }

    fn text(&mut self, text: &[Glyph], size: f64, x: f64, y: f64, anchor: Anchor) {
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
    fn value(&mut self, text: &[Glyph], (x, y): (f64, f64), side: Side, lines: &[Box4], floor: f64) {
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

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: f64) {
        self.drawing.marks.push(Mark::Rect { x, y, width, height, fill });
    }

    fn stroke(&mut self, points: Vec<(f64, f64)>, width: f64, grey: f64, dashed: bool) {
        self.drawing.marks.push(Mark::Stroke { points, width, grey, dashed });
    }

    /// Unit at the left, legend at the right; returns the height used.
    fn heading(&mut self, chart: &Chart, sample: Sample) -> f64 {
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
            match sample {
                Sample::Box => self.rect(x, y - 7.5, 14.0, 8.0, fill(i)),
                Sample::Line => line::sample(self, x, y - 3.0, i),
            }
            right -= wide + 8.0;
        }
        y + 8.0
    }
}

#[derive(Clone, Copy)]
enum Sample {
    Box,
    Line,
}

fn fill(series: usize) -> f64 {
    FILLS[series % FILLS.len()]
}

fn plain(text: &str) -> Vec<Glyph> {
    text.chars().map(|c| Glyph { c, face: Face::FangSong, figure: None }).collect()
}

fn row(text: &Inlines) -> Vec<Glyph> {
    glyphs(text, Face::FangSong).into_iter().filter(|glyph| glyph.c != '\n').collect()
}

/// A label cut into lines no wider than `width`.
fn wrapped(pen: &Pen, text: &[Glyph], size: f64, width: f64) -> Vec<Vec<Glyph>> {
    plan_plain(pen.fonts, text, size, width).ranges(text.len()).map(|line| text[line].to_vec()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::{Inline, Series};

    fn chart(kind: ChartKind, values: &[&[f64]]) -> Chart {
        let text = |text: String| vec![Inline::Text(text.into())];
        let series = values.iter().enumerate().map(|(k, values)| Series {
            name: text(format!("{}年", 2026 - k)),
            values: values.iter().map(|v| Some((*v, text(format!("{v:.2}"))))).collect(),
        });
        Chart {
            kind,
            caption: None,
            alt: "".into(),
            unit: Some("万元".into()),
            labels: (0..values[0].len()).map(|i| text(format!("第{i}镇"))).collect(),
            series: series.collect(),
        }
    }

    #[test]
    fn everything_stays_inside() {
        let fonts = Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap();
        for kind in [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share] {
            for values in [&[[3.2, 98.7, 0.0], [2.6, 79.0, 1.0]], &[[-5.0, 7.0, 1e9], [f64::NAN, 0.0, 0.0]]] {
                let values: Vec<&[f64]> = values.iter().map(|row| &row[..]).collect();
                let drawing = draw(&chart(kind, &values), &fonts, 442.0, &mut Findings::default());
                let texts = drawing.marks.iter().filter_map(|mark| match mark {
                    Mark::Text { x, y, text, .. } => Some((*x, *y, text)),
                    _ => None,
                });
                for (x, y, text) in texts {
                    assert!((0.0..442.0).contains(&x) && y > 0.0 && y <= drawing.height, "{kind:?} {text:?} {x} {y}");
                }
            }
        }
    }
}
