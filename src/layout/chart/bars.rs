//! Bars, upright and lying, grouped when there are several series.

use super::scale::{Scale, tick};
use super::{Anchor, LABEL, Pen, SMALL, Sample, fill, plain, row, wrapped};
use crate::document::Chart;

/// Height of the field in which upright bars stand, pt.
const FIELD: f64 = 170.0;
/// Room for tick labels at the left.
const TICKS: f64 = 44.0;
/// Height of a lying bar.
const BAR: f64 = 13.0;

/// Whether labels and values of upright bars fit side by side.
pub fn fits(chart: &Chart, pen: &mut Pen) -> bool {
    let slot = (pen.drawing.width - TICKS) / chart.labels.len().max(1) as f64;
    let bar = slot * 0.8 / chart.series.len().max(1) as f64;
    let labels = chart.labels.iter().all(|label| wrapped(pen, &row(label), LABEL, slot - 4.0).len() <= 2);
    let mut values = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    labels && values.all(|(_, text)| pen.measure(&row(text), SMALL) <= bar + 1.0)
}

pub fn upright(chart: &Chart, pen: &mut Pen) {
    let top = pen.heading(chart, Sample::Box) + 12.0;
    let scale = Scale::of(chart);
    let width = pen.drawing.width;
    let y = |value: f64| top + FIELD * (1.0 - scale.at(value));
    for value in scale.ticks() {
        pen.stroke(vec![(TICKS, y(value)), (width, y(value))], 0.4, 0.75, false);
        pen.text(&plain(&tick(value)), SMALL, TICKS - 5.0, y(value) + 3.0, Anchor::End);
    }
    let slot = (width - TICKS) / chart.labels.len().max(1) as f64;
    let bar = (slot * 0.8 / chart.series.len().max(1) as f64).min(46.0);
    let mut deepest = 1;
    for (i, label) in chart.labels.iter().enumerate() {
        let centre = TICKS + slot * (i as f64 + 0.5);
        let left = centre - bar * chart.series.len() as f64 / 2.0;
        for (k, series) in chart.series.iter().enumerate() {
            let Some((value, text)) = series.values.get(i).and_then(Option::as_ref) else { continue };
            let x = left + bar * k as f64;
            let (from, to) = (y(0.0), y(*value));
            pen.rect(x + 0.5, from.min(to), bar - 1.0, (from - to).abs(), fill(k));
            let baseline = if *value < 0.0 { to + 10.0 } else { to - 3.5 };
            pen.text(&row(text), SMALL, x + bar / 2.0, baseline, Anchor::Middle);
        }
        let lines = wrapped(pen, &row(label), LABEL, slot - 4.0);
        deepest = deepest.max(lines.len());
        for (k, line) in lines.iter().enumerate() {
            pen.text(line, LABEL, centre, top + FIELD + 14.0 + 13.0 * k as f64, Anchor::Middle);
        }
    }
    pen.stroke(vec![(TICKS, y(0.0)), (width, y(0.0))], 0.8, 0.0, false);
    pen.drawing.height = top + FIELD + 6.0 + 13.0 * deepest as f64;
}

pub fn lying(chart: &Chart, pen: &mut Pen) {
    let top = pen.heading(chart, Sample::Box) + 4.0;
    let scale = Scale::of(chart);
    let width = pen.drawing.width;
    let labels: Vec<_> = chart.labels.iter().map(row).collect();
    let widest = labels.iter().map(|label| pen.measure(label, LABEL)).fold(0.0, f64::max).min(width * 0.35);
    let texts = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let value_room = texts.map(|(_, text)| pen.measure(&row(text), SMALL)).fold(0.0, f64::max) + 8.0;
    // Values left of zero are printed left of their bars.
    let before = if scale.low < 0.0 { value_room } else { 0.0 };
    let (from, to) = (widest + 8.0 + before, width - value_room);
    let x = |value: f64| from + (to - from) * scale.at(value);
    let group = BAR * chart.series.len().max(1) as f64 + 8.0;
    let height = group * labels.len() as f64;
    for (i, label) in labels.iter().enumerate() {
        let y = top + group * i as f64 + 4.0;
        let lines = wrapped(pen, label, LABEL, widest + 1.0);
        let middle = y + (group - 8.0) / 2.0 + LABEL * 0.36;
        let first = middle - 11.0 * (lines.len() - 1) as f64 / 2.0;
        for (k, line) in lines.iter().enumerate() {
            pen.text(line, LABEL, widest + 2.0, first + 11.0 * k as f64, Anchor::End);
        }
        for (k, series) in chart.series.iter().enumerate() {
            let Some((value, text)) = series.values.get(i).and_then(Option::as_ref) else { continue };
            let y = y + BAR * k as f64;
            let (a, b) = (x(0.0), x(*value));
            pen.rect(a.min(b), y + 0.5, (a - b).abs(), BAR - 1.0, fill(k));
            let (at, anchor) = if *value < 0.0 { (b - 4.0, Anchor::End) } else { (b + 4.0, Anchor::Start) };
            pen.text(&row(text), SMALL, at, y + BAR / 2.0 + 3.2, anchor);
        }
    }
    pen.stroke(vec![(x(0.0), top), (x(0.0), top + height)], 0.8, 0.0, false);
    pen.drawing.height = top + height + 4.0;
}
