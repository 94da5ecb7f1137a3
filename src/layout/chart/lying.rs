//! Lying bars: names at their left, values at their ends, in two columns where there are very many.

use std::ops::Range;

use super::bars::{bars, reach, side_by_side};
use super::drawing::TALLEST;
use super::frame::{Area, AtBar, Form, Frame, Units};
use super::legend::{Heading, heading, said};
use super::look::{AXIS_WIDTH, TARGET_WIDTH, fill};
use super::pen::{Anchor, LABEL, Pen, SMALL, plain, row, wrapped};
use super::scale::Scales;
use crate::document::Chart;
use crate::layout::glyphs::Glyph;

/// How lying bars are set: bars so high with so much between groups, in so many columns.
struct Setting {
    bar: f64,
    gap: f64,
    columns: usize,
}

/// From roomy to narrow.
const SETTINGS: [Setting; 3] = [
    Setting { bar: 13.0, gap: 8.0, columns: 1 },
    Setting { bar: 11.0, gap: 3.0, columns: 1 },
    Setting { bar: 11.0, gap: 3.0, columns: 2 },
];
/// Space between columns of bars.
const BETWEEN: f64 = 16.0;
/// Line pitch of a label.
const LABEL_LINE: f64 = 11.0;
/// Room above the bars for what a 目标线 is called.
const TARGET: f64 = 13.0;

pub fn lying(chart: &Chart, pen: &mut Pen) {
    let heading = heading(chart, pen, false);
    let top = heading.height + 4.0 + if chart.target.is_some() { TARGET } else { 0.0 };
    let plans = SETTINGS.iter().map(|setting| Lying::new(chart, pen, setting)).collect::<Vec<_>>();
    let last = plans.len() - 1;
    let fits = plans.iter().position(|plan| top + plan.height() + 4.0 <= TALLEST);
    let plan = &plans[fits.unwrap_or(last)];
    pen.drawing.height = top + plan.height() + 4.0;
    for column in 0..plan.columns {
        let mut frame = plan.column(chart, pen, column, top);
        plan.complete(&mut frame, &heading, column);
        pen.drawing.frames.push(frame);
    }
}

/// Lying bars with their measures.
struct Lying {
    bar: f64,
    columns: usize,
    /// Width of a column and of its labels.
    width: f64,
    label: f64,
    /// Lines of each label.
    labels: Vec<Vec<Vec<Glyph>>>,
    /// Height of the place of a label.
    slot: f64,
    scales: Scales,
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
        let bars = setting.bar * side_by_side(chart) as f64;
        let deepest = labels.iter().map(Vec::len).max().unwrap_or(1);
        let slot = bars.max(LABEL_LINE * deepest as f64) + setting.gap;
        Lying { bar: setting.bar, columns, width, label, labels, slot, scales: Scales::of(chart) }
    }

    /// Rows of a column.
    fn rows(&self, column: usize) -> Range<usize> {
        let each = self.labels.len().div_ceil(self.columns).max(1);
        let end = |column: usize| (column * each).min(self.labels.len());
        end(column)..end(column + 1)
    }

    /// Height of the highest column.
    fn height(&self) -> f64 {
        self.slot * self.rows(0).len() as f64
    }

    /// The field of a column, beside its labels and between its values.
    fn plot(&self, chart: &Chart, pen: &Pen, column: usize, top: f64) -> Area {
        let left = column as f64 * (self.width + BETWEEN);
        let texts = bars(chart).flat_map(|series| series.values.iter().flatten());
        let widest = texts.map(|(_, text)| pen.measure(&row(text), SMALL)).fold(0.0, f64::max);
        let room = if chart.stacked { 4.0 } else { widest + 8.0 };
        // Values left of zero are printed left of their bars.
        let before = if self.scales.left.low < 0.0 { room } else { 0.0 };
        let (from, to) = (left + self.label + 8.0 + before, left + self.width - room);
        Area { left: from, top, width: (to - from).max(1.0), height: self.slot * self.rows(column).len() as f64 }
    }

    /// Draws the rows of a column.
    fn column(&self, chart: &Chart, pen: &mut Pen, column: usize, top: f64) -> Frame {
        let plot = self.plot(chart, pen, column, top);
        let left = column as f64 * (self.width + BETWEEN);
        let x = |value: f64| plot.left + plot.width * self.scales.left.at(value);
        for (n, i) in self.rows(column).enumerate() {
            let lines = &self.labels[i];
            let middle = top + self.slot * (n as f64 + 0.5);
            let first = middle + LABEL * 0.36 - LABEL_LINE * lines.len().saturating_sub(1) as f64 / 2.0;
            for (k, line) in lines.iter().enumerate() {
                pen.text(line, LABEL, left + self.label + 2.0, first + LABEL_LINE * k as f64, Anchor::End);
            }
            for k in 0..bars(chart).count() {
                if let Some((from, to)) = reach(chart, k, i) {
                    let (a, b) = (x(from), x(to));
                    let y = self.bar_top(chart, middle, k);
                    pen.rect(a.min(b), y + 0.5, (a - b).abs(), self.bar - 1.0, fill(k, chart.stacked));
                }
            }
        }
        pen.stroke(vec![(x(0.0), top), (x(0.0), plot.bottom())], AXIS_WIDTH, 0.0, false);
        let target = chart.target.as_ref().map(|target| {
            let at = x(target.value);
            pen.stroke(vec![(at, top - 2.0), (at, plot.bottom())], TARGET_WIDTH, 0.0, true);
            let text = plain(&said(target));
            let wide = pen.measure(&text, SMALL);
            let from = (at - wide / 2.0).clamp(left, (left + self.width - wide).max(left));
            pen.text(&text, SMALL, from, top - 5.0, Anchor::Start);
            (from, top - 5.0)
        });
        let bars = self.values(chart, pen, &plot, self.rows(column));
        Frame {
            own: Area { left, top: 0.0, width: self.width, height: pen.drawing.height },
            rows: self.rows(column),
            plot,
            legend: None,
            units: Units::default(),
            form: Form::Lying { bar: self.bar, slot: self.slot },
            scales: self.scales,
            every: 1,
            points: Vec::new(),
            bars,
            entries: Vec::new(),
            target,
            note: None,
        }
    }

    /// Top of a bar of the group with this middle.
    fn bar_top(&self, chart: &Chart, middle: f64, series: usize) -> f64 {
        let beside = if chart.stacked { 0.0 } else { series as f64 };
        middle - self.bar * side_by_side(chart) as f64 / 2.0 + self.bar * beside
    }

    /// Values at the ends of bars or in them; which have no room.
    fn values(&self, chart: &Chart, pen: &mut Pen, plot: &Area, rows: Range<usize>) -> Vec<Vec<AtBar>> {
        let x = |value: f64| plot.left + plot.width * self.scales.left.at(value);
        let mut put = vec![vec![AtBar::Usual; rows.len()]; bars(chart).count()];
        for (k, series) in bars(chart).enumerate() {
            for (n, i) in rows.clone().enumerate() {
                let (Some((from, to)), Some(Some((value, text)))) = (reach(chart, k, i), series.values.get(i)) else {
                    continue;
                };
                let text = row(text);
                let middle = plot.top + self.slot * (n as f64 + 0.5);
                let y = self.bar_top(chart, middle, k) + self.bar / 2.0 + 3.2;
                let (a, b) = (x(from), x(to));
                if chart.stacked {
                    let middle = (a + b) / 2.0;
                    match chart.target {
                        _ if pen.measure(&text, SMALL) + 2.0 > b - a => put[k][n] = AtBar::Nowhere,
                        Some(_) => pen.plate(&text, middle, y, Anchor::Middle, fill(k, true)),
                        None => pen.text(&text, SMALL, middle, y, Anchor::Middle),
                    }
                    continue;
                }
                let (at, anchor) = if *value < 0.0 { (b - 4.0, Anchor::End) } else { (b + 4.0, Anchor::Start) };
                pen.label(&text, at, y, anchor);
            }
        }
        put
    }

    /// Units stand in the first column, the legend in the last; places count from the column's left.
    fn complete(&self, frame: &mut Frame, heading: &Heading, column: usize) {
        let left = frame.own.left;
        frame.plot.left -= left;
        frame.target = frame.target.map(|(x, y)| (x - left, y));
        if column == 0 {
            frame.units = heading.units;
        }
        if column + 1 == self.columns {
            frame.legend = heading.legend.map(|area| {
                let from = area.left.max(left);
                Area { left: from - left, width: area.right() - from, ..area }
            });
        } else {
            frame.own.width += BETWEEN;
        }
    }
}
