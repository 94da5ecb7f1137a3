//! Lines: one stroke a series, told apart by dashes and by their marks.

use super::field::{Field, TICKS};
use super::frame::{Form, Put, Side};
use super::legend::heading;
use super::pen::{Box4, LABEL, Pen, row};
use crate::document::{Chart, ChartKind, Series};

/// So many points all have room for their values.
const FEW: usize = 12;

/// Points so far from each other leave room for the value of the lower one between them, pt.
const APART: f64 = 30.0;

/// Series that are lines.
pub fn of(chart: &Chart) -> impl Iterator<Item = &Series> {
    chart.series.iter().filter(|series| chart.kind == ChartKind::Line || series.right)
}

pub fn line(chart: &Chart, pen: &mut Pen) {
    let heading = heading(chart, pen, true);
    let field = Field::new(chart, pen, &heading);
    field.grid(pen);
    field.axis(pen);
    // Labels that would touch are left out evenly.
    let widest = chart.labels.iter().map(|label| pen.measure(&row(label), LABEL)).fold(0.0, f64::max);
    let every = if widest <= field.slot * 2.0 - 4.0 { 1 } else { (widest / field.slot).ceil() as usize };
    let bottom = field.labels(chart, pen, every);
    let target = field.target(chart, pen);
    strokes(chart, pen, &field);
    let boxes = boxes(chart, pen, &field, target);
    let points = values(chart, pen, &field, &boxes);
    pen.drawing.height = bottom;
    let mut frame = field.frame(pen, &heading, Form::Lines);
    (frame.every, frame.points) = (every, points);
    pen.drawing.frames.push(frame);
}

/// Strokes with their marks.
pub fn strokes(chart: &Chart, pen: &mut Pen, field: &Field) {
    for (k, series) in of(chart).enumerate() {
        let mut points = Vec::new();
        for (i, value) in series.values.iter().enumerate().take(field.count) {
            match value {
                Some((value, _)) => points.push((field.x(i), field.y(*value, series.right))),
                // A gap in the data is a gap in the line.
                None => pen.line(std::mem::take(&mut points), k),
            }
        }
        pen.line(points, k);
        for (i, value) in series.values.iter().enumerate().take(field.count) {
            if let Some((value, _)) = value {
                pen.point(field.x(i), field.y(*value, series.right), k);
            }
        }
    }
}

/// Where lines are; their marks are noted with the texts.
pub fn boxes(chart: &Chart, pen: &mut Pen, field: &Field, target: Option<[(f64, f64); 2]>) -> Vec<Box4> {
    let mut strokes: Vec<Box4> = target.into_iter().flat_map(|[a, b]| along(a, b)).collect();
    for series in of(chart) {
        let at = |i: usize, value: f64| (field.x(i), field.y(value, series.right));
        let points: Vec<_> = series.values.iter().enumerate().take(field.count).collect();
        for pair in points.windows(2) {
            if let [(i, Some((a, _))), (k, Some((b, _)))] = pair {
                strokes.extend(along(at(*i, *a), at(*k, *b)));
            }
        }
        let marks = points.iter().filter_map(|(i, value)| Some(at(*i, value.as_ref()?.0)));
        pen.boxes.extend(marks.map(|(x, y)| (x - 3.0, y - 3.0, x + 3.0, y + 3.0)));
    }
    let zero = field.y(0.0, false);
    strokes.push((TICKS, zero - 0.8, field.plot.right(), zero + 0.8));
    strokes
}

/// Values beside their points: they keep clear of marks always, of strokes where it can be.
pub fn values(chart: &Chart, pen: &mut Pen, field: &Field, strokes: &[Box4]) -> Vec<Vec<Option<Put>>> {
    let floor = field.plot.bottom() - 1.0;
    let mut put = vec![vec![None; field.count]; of(chart).count()];
    for i in in_order(chart, field.count) {
        // From the highest point to the lowest: values keep the order of their points.
        let values = of(chart).enumerate().filter_map(|(k, series)| {
            let (value, text) = series.values.get(i)?.as_ref()?;
            Some((k, field.y(*value, series.right), row(text)))
        });
        let mut values: Vec<_> = values.collect();
        values.sort_by(|a, b| a.1.total_cmp(&b.1));
        let last = values.len().saturating_sub(1);
        for (n, (k, at, text)) in values.iter().enumerate() {
            let apart = |other: usize| values.get(other).is_none_or(|other| (other.1 - at).abs() > APART);
            let side = match n {
                0 => Side::Above,
                _ if apart(n - 1) => Side::Above,
                _ if n == last || apart(n + 1) => Side::Below,
                _ => Side::Beside,
            };
            put[*k][i] = pen.value(text, (field.x(i), *at), side, strokes, floor);
        }
    }
    put
}

/// Points in the order in which their values are placed. Of many not all may find room: the
/// first, the last and the extremes come before the others.
fn in_order(chart: &Chart, count: usize) -> Vec<usize> {
    if count <= FEW {
        return (0..count).collect();
    }
    let mut order = vec![0, count - 1];
    for series in of(chart) {
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
fn along(a: (f64, f64), b: (f64, f64)) -> impl Iterator<Item = Box4> {
    let steps = ((a.0 - b.0).abs().max((a.1 - b.1).abs()) / 3.0).ceil().clamp(1.0, 200.0) as usize;
    (0..=steps).map(move |s| {
        let t = s as f64 / steps as f64;
        let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
        (x - 0.8, y - 0.8, x + 0.8, y + 0.8)
    })
}
