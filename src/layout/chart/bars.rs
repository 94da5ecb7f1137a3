//! Bars, upright and lying, grouped when there are several series.

use std::ops::Range;

use super::drawing::TALLEST;
use super::pen::{Anchor, LABEL, Pen, SMALL, fill, plain, row, wrapped};
use super::scale::{Scale, tick};
use crate::document::Chart;
use crate::layout::glyphs::Glyph;

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
    let top = pen.heading(chart, sample) + 12.0;
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

/// How lying bars are set: bars so high with so much between groups, in so many columns.
struct Setting {
    bar: f64,
    gap: f64,
    columns: usize,
}

/// From roomy to narrow.
const SETTINGS: [Setting; 3] = [
    Setting { bar: BAR, gap: 8.0, columns: 1 },
    Setting { bar: 11.0, gap: 3.0, columns: 1 },
    Setting { bar: 11.0, gap: 3.0, columns: 2 },
];
/// Space between columns of bars.
const BETWEEN: f64 = 16.0;
/// Line pitch of a label.
const LABEL_LINE: f64 = 11.0;

pub fn lying(chart: &Chart, pen: &mut Pen) {
    let top = pen.heading(chart, sample) + 4.0;
    let plans = SETTINGS.iter().map(|setting| Lying::new(chart, pen, setting)).collect::<Vec<_>>();
    let last = plans.len() - 1;
    let fits = plans.iter().position(|plan| top + plan.height() + 4.0 <= TALLEST);
    let plan = &plans[fits.unwrap_or(last)];
    for column in 0..plan.columns {
        plan.column(chart, pen, column, top, column as f64 * (plan.width + BETWEEN));
    }
    pen.drawing.height = top + plan.height() + 4.0;
}

/// Lying bars with their measures.
struct Lying {
    bar: f64,
    columns: usize,
    /// Width of a column and of its labels.
    width: f64,
    label: f64,
    /// Lines of each label and height of each group.
    labels: Vec<Vec<Vec<Glyph>>>,
    heights: Vec<f64>,
}

impl Lying {
    fn new(chart: &Chart, pen: &Pen, setting: &Setting) -> Lying {
        let columns = setting.columns.min(chart.labels.len().max(1));
        let width = (pen.drawing.width - BETWEEN * (columns - 1) as f64) / columns as f64;
        let rows: Vec<_> = chart.labels.iter().map(row).collect();
        let share = if columns > 1 { 0.42 } else { 0.35 };
        let widest = rows.iter().map(|label| pen.measure(label, LABEL)).fold(0.0, f64::max);
        let label = widest.min(width * share);
        let labels: Vec<_> = rows.iter().map(|text| wrapped(pen, text, LABEL, label + 1.0)).collect();
        let bars = setting.bar * chart.series.len().max(1) as f64;
        let height = |lines: &Vec<Vec<Glyph>>| bars.max(LABEL_LINE * lines.len() as f64) + setting.gap;
        let heights = labels.iter().map(height).collect();
        Lying { bar: setting.bar, columns, width, label, labels, heights }
    }

    /// Rows of a column.
    fn rows(&self, column: usize) -> Range<usize> {
        let each = self.heights.len().div_ceil(self.columns).max(1);
        let end = |column: usize| (column * each).min(self.heights.len());
        end(column)..end(column + 1)
    }

    /// Height of the highest column.
    fn height(&self) -> f64 {
        let of = |column| self.heights[self.rows(column)].iter().sum::<f64>();
        (0..self.columns).map(of).fold(0.0, f64::max)
    }

    /// Draws the rows of a column whose left edge is at `left`.
    fn column(&self, chart: &Chart, pen: &mut Pen, column: usize, top: f64, left: f64) {
        let scale = Scale::of(chart);
        let texts = chart.series.iter().flat_map(|series| series.values.iter().flatten());
        let value_room = texts.map(|(_, text)| pen.measure(&row(text), SMALL)).fold(0.0, f64::max) + 8.0;
        // Values left of zero are printed left of their bars.
        let before = if scale.low < 0.0 { value_room } else { 0.0 };
        let (from, to) = (left + self.label + 8.0 + before, left + self.width - value_room);
        let x = |value: f64| from + (to - from) * scale.at(value);
        let mut y = top;
        for i in self.rows(column) {
            let (height, lines) = (self.heights[i], &self.labels[i]);
            let middle = y + height / 2.0;
            let first = middle + LABEL * 0.36 - LABEL_LINE * lines.len().saturating_sub(1) as f64 / 2.0;
            for (k, line) in lines.iter().enumerate() {
                pen.text(line, LABEL, left + self.label + 2.0, first + LABEL_LINE * k as f64, Anchor::End);
            }
            let bars = middle - self.bar * chart.series.len() as f64 / 2.0;
            for (k, series) in chart.series.iter().enumerate() {
                let Some((value, text)) = series.values.get(i).and_then(Option::as_ref) else { continue };
                let y = bars + self.bar * k as f64;
                let (a, b) = (x(0.0), x(*value));
                pen.rect(a.min(b), y + 0.5, (a - b).abs(), self.bar - 1.0, fill(k));
                let (at, anchor) = if *value < 0.0 { (b - 4.0, Anchor::End) } else { (b + 4.0, Anchor::Start) };
                pen.text(&row(text), SMALL, at, y + self.bar / 2.0 + 3.2, anchor);
            }
            y += height;
        }
        pen.stroke(vec![(x(0.0), top), (x(0.0), y)], 0.8, 0.0, false);
    }
}

fn sample(pen: &mut Pen, x: f64, y: f64, series: usize) {
    pen.rect(x, y - 7.5, 14.0, 8.0, fill(series));
}
