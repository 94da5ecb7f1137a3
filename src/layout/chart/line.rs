//! Lines: one stroke a series, told apart by dashes and by their marks.

use super::drawing::Mark;
use super::pen::{Anchor, LABEL, Pen, SMALL, Side, plain, row, wrapped};
use super::scale::{Scale, tick};
use crate::document::Chart;

const FIELD: f64 = 170.0;
const TICKS: f64 = 44.0;
/// So many points all have room for their values.
const FEW: usize = 12;

/// Where the points of a chart stand.
struct Field {
    scale: Scale,
    top: f64,
    width: f64,
    /// Width of a label's place.
    slot: f64,
    /// Points of a series.
    count: usize,
}

impl Field {
    fn x(&self, i: usize) -> f64 {
        TICKS + self.slot * (i as f64 + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        self.top + FIELD * (1.0 - self.scale.at(value))
    }
}

pub fn line(chart: &Chart, pen: &mut Pen) {
    let top = pen.heading(chart, sample) + 12.0;
    let (width, count) = (pen.drawing.width, chart.labels.len().max(1));
    let field = Field { scale: Scale::of(chart), top, width, slot: (width - TICKS) / count as f64, count };
    for value in field.scale.ticks() {
        let y = field.y(value);
        pen.stroke(vec![(TICKS, y), (width, y)], 0.4, 0.75, false);
        pen.text(&plain(&tick(value)), SMALL, TICKS - 5.0, y + 3.0, Anchor::End);
    }
    pen.stroke(vec![(TICKS, field.y(0.0)), (width, field.y(0.0))], 0.8, 0.0, false);
    let deepest = labels(chart, pen, &field);
    series(chart, pen, &field);
    values(chart, pen, &field);
    pen.drawing.height = top + FIELD + 6.0 + 13.0 * deepest as f64;
}

/// Labels that would touch are left out evenly; gives the lines of the deepest.
fn labels(chart: &Chart, pen: &mut Pen, field: &Field) -> usize {
    let mut deepest = 1;
    let slot = field.slot;
    let widest = chart.labels.iter().map(|label| pen.measure(&row(label), LABEL)).fold(0.0, f64::max);
    let every = if widest <= slot * 2.0 - 4.0 { 1 } else { (widest / slot).ceil() as usize };
    for (i, label) in chart.labels.iter().enumerate().filter(|(i, _)| i % every == 0) {
        let lines = wrapped(pen, &row(label), LABEL, slot * every as f64 - 4.0);
        deepest = deepest.max(lines.len());
        for (k, text) in lines.iter().enumerate() {
            pen.text(text, LABEL, field.x(i), field.top + FIELD + 14.0 + 13.0 * k as f64, Anchor::Middle);
        }
    }
    deepest
}

/// Strokes with their marks.
fn series(chart: &Chart, pen: &mut Pen, field: &Field) {
    for (k, series) in chart.series.iter().enumerate() {
        let mut points = Vec::new();
        for (i, value) in series.values.iter().enumerate().take(field.count) {
            match value {
                Some((value, _)) => points.push((field.x(i), field.y(*value))),
                // A gap in the data is a gap in the line.
                None => stroke(pen, std::mem::take(&mut points), k),
            }
        }
        stroke(pen, points, k);
        for (i, value) in series.values.iter().enumerate().take(field.count) {
            if let Some((value, _)) = value {
                point(pen, field.x(i), field.y(*value), k);
            }
        }
    }
}

/// Values beside their points: they keep clear of marks always, of strokes where it can be.
fn values(chart: &Chart, pen: &mut Pen, field: &Field) {
    let at = |i: usize, value: f64| (field.x(i), field.y(value));
    let mut strokes = Vec::new();
    for series in &chart.series {
        let points: Vec<_> = series.values.iter().enumerate().take(field.count).collect();
        for pair in points.windows(2) {
            if let [(i, Some((a, _))), (k, Some((b, _)))] = pair {
                strokes.extend(along(at(*i, *a), at(*k, *b)));
            }
        }
        let marks = points.iter().filter_map(|(i, value)| Some(at(*i, value.as_ref()?.0)));
        pen.boxes.extend(marks.map(|(x, y)| (x - 3.0, y - 3.0, x + 3.0, y + 3.0)));
    }
    let zero = field.y(0.0);
    strokes.push((TICKS, zero - 0.8, field.width, zero + 0.8));
    let floor = field.top + FIELD - 1.0;
    for i in in_order(chart, field.count) {
        // From the highest point to the lowest: values keep the order of their points.
        let values = chart.series.iter().filter_map(|series| series.values.get(i)?.as_ref());
        let mut values: Vec<_> = values.map(|(value, text)| (field.y(*value), row(text))).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let last = values.len().saturating_sub(1);
        for (k, (at, text)) in values.iter().enumerate() {
            let side = match k {
                0 => Side::Above,
                _ if k == last => Side::Below,
                _ => Side::Beside,
            };
            pen.value(text, (field.x(i), *at), side, &strokes, floor);
        }
    }
}

/// Points in the order in which their values are placed. Of many not all may find room: the
/// first, the last and the extremes come before the others.
fn in_order(chart: &Chart, count: usize) -> Vec<usize> {
    if count <= FEW {
        return (0..count).collect();
    }
    let mut order = vec![0, count - 1];
    for series in &chart.series {
        let values = series.values.iter().take(count).enumerate();
        let known: Vec<(usize, f64)> = values.filter_map(|(i, value)| Some((i, value.as_ref()?.0))).collect();
        order.extend(known.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|point| point.0));
        order.extend(known.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(|point| point.0));
    }
    order.extend(0..count);
    let mut seen = vec![false; count];
    order.retain(|&i| !std::mem::replace(&mut seen[i], true));
    order
}

/// Small boxes along a stroke.
fn along(a: (f64, f64), b: (f64, f64)) -> impl Iterator<Item = (f64, f64, f64, f64)> {
    let steps = ((a.0 - b.0).abs().max((a.1 - b.1).abs()) / 3.0).ceil().clamp(1.0, 200.0) as usize;
    (0..=steps).map(move |s| {
        let t = s as f64 / steps as f64;
        let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
        (x - 0.8, y - 0.8, x + 0.8, y + 0.8)
    })
}

/// A series in the legend.
fn sample(pen: &mut Pen, x: f64, y: f64, series: usize) {
    let y = y - 3.0;
    stroke(pen, vec![(x - 2.0, y), (x + 18.0, y)], series);
    point(pen, x + 8.0, y, series);
}

fn stroke(pen: &mut Pen, points: Vec<(f64, f64)>, series: usize) {
    if points.len() > 1 {
        pen.stroke(points, 1.3, if series.is_multiple_of(2) { 0.0 } else { 0.4 }, series % 4 >= 2);
    }
}

/// A square, a white square, a diamond, a white diamond.
fn point(pen: &mut Pen, x: f64, y: f64, series: usize) {
    let r = 2.6;
    let fill = if series.is_multiple_of(2) { 0.0 } else { 1.0 };
    if series % 4 < 2 {
        pen.rect(x - r, y - r, 2.0 * r, 2.0 * r, fill);
    } else {
        let r = 3.6;
        let points = vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
        pen.drawing.marks.push(Mark::Polygon { points, fill });
    }
}
