//! Shares of a whole: a disc, its labels in two columns with leaders, so that none overlap.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::drawing::{Mark, TALLEST};
use super::pen::{Anchor, LABEL, Pen, fill, plain, row};
use crate::document::Chart;
use crate::layout::glyphs::Glyph;

const RADIUS: f64 = 72.0;
const LINE: f64 = 16.0;
/// Middle of the first and the last label from the drawing's edge.
const EDGE: f64 = 8.0;

struct Slice {
    /// Angles, clockwise from the right.
    from: f64,
    to: f64,
    text: Vec<Glyph>,
}

impl Slice {
    fn middle(&self) -> f64 {
        (self.from + self.to) / 2.0
    }
}

pub fn share(chart: &Chart, pen: &mut Pen) {
    let Some(series) = chart.series.first() else { return };
    let values: Vec<(usize, f64)> =
        series.values.iter().enumerate().filter_map(|(i, v)| Some((i, v.as_ref()?.0))).collect();
    let whole: f64 = values.iter().map(|(_, value)| value.max(0.0)).filter(|value| value.is_finite()).sum();
    if whole <= 0.0 {
        return;
    }
    let parts: Vec<(usize, f64)> = values.into_iter().filter(|(_, value)| *value > 0.0).collect();
    let mut angle = -FRAC_PI_2;
    let slices = parts.iter().map(|&(i, value)| {
        let mut text = chart.labels.get(i).map(row).unwrap_or_default();
        text.extend(plain(" "));
        let shown = series.values[i].as_ref().map(|(_, text)| row(text)).unwrap_or_default();
        let unit = plain(chart.unit.as_deref().unwrap_or_default());
        let has_unit = shown.iter().map(|glyph| glyph.c).rev().zip(unit.iter().rev()).all(|(c, glyph)| c == glyph.c);
        text.extend(shown);
        // There is no axis to say it of all.
        if !has_unit {
            text.extend(unit);
        }
        let from = angle;
        angle += TAU * value / whole;
        Slice { from, to: angle, text }
    });
    let slices: Vec<Slice> = slices.collect();
    let (right, left): (Vec<&Slice>, Vec<&Slice>) = slices.iter().partition(|slice| slice.middle().cos() >= 0.0);
    let most = right.len().max(left.len()) as f64;
    let line = ((TALLEST - 2.0 * EDGE) / most).min(LINE);
    let height = (2.0 * RADIUS + 20.0).max(line * (most - 1.0) + 2.0 * EDGE);
    let centre = (pen.drawing.width / 2.0, height / 2.0);
    for (k, slice) in slices.iter().enumerate() {
        let steps = ((slice.to - slice.from) / 0.05).ceil().max(1.0);
        let at = |step: usize| slice.from + (slice.to - slice.from) * step as f64 / steps;
        let mut points = if slices.len() > 1 { vec![centre] } else { Vec::new() };
        points.extend((0..=steps as usize).map(|step| on_circle(centre, RADIUS, at(step))));
        // Neighbours never share a fill, the last and the first included.
        let shade = if k + 1 == slices.len() && k % 4 == 0 && k > 0 { fill(1) } else { fill(k) };
        pen.drawing.marks.push(Mark::Polygon { points, fill: shade });
    }
    column(pen, right, centre, (height, line), 1.0);
    column(pen, left, centre, (height, line), -1.0);
    pen.drawing.height = height;
}

/// Labels of one side, from top to bottom, at least a line apart.
fn column(pen: &mut Pen, mut slices: Vec<&Slice>, centre: (f64, f64), (height, line): (f64, f64), side: f64) {
    slices.sort_by(|a, b| a.middle().sin().total_cmp(&b.middle().sin()));
    let mut ys: Vec<f64> = slices.iter().map(|slice| centre.1 + slice.middle().sin() * (RADIUS + 8.0)).collect();
    let mut limit: f64 = EDGE;
    for y in ys.iter_mut() {
        *y = y.max(limit);
        limit = *y + line;
    }
    let mut limit = height - EDGE;
    for y in ys.iter_mut().rev() {
        *y = y.min(limit);
        limit = *y - line;
    }
    for (slice, y) in slices.iter().zip(ys) {
        let edge = on_circle(centre, RADIUS, slice.middle());
        let elbow = (centre.0 + side * (RADIUS + 16.0), y);
        let end = (elbow.0 + side * 10.0, y);
        pen.stroke(vec![edge, elbow, end], 0.5, 0.3, false);
        let anchor = if side > 0.0 { Anchor::Start } else { Anchor::End };
        pen.text(&slice.text, LABEL, end.0 + side * 3.0, y + LABEL * 0.36, anchor);
    }
}

fn on_circle(centre: (f64, f64), radius: f64, angle: f64) -> (f64, f64) {
    (centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin())
}
