//! The field of a chart with upright axes: places of labels and values, the grid, the 目标线.

use super::frame::{Area, Form, Frame};
use super::legend::Heading;
use super::look::{AXIS_WIDTH, GRID, GRID_WIDTH, TARGET_WIDTH};
use super::pen::{Anchor, LABEL, Pen, SMALL, plain, row, wrapped};
use super::scale::{Scales, tick};
use crate::document::Chart;

/// Height of the field, pt.
const FIELD: f64 = 170.0;
/// Room for tick labels at the left.
pub const TICKS: f64 = 44.0;
/// At the right, where there is a second axis.
const TICKS_RIGHT: f64 = 36.0;
/// Line pitch of labels.
const LABEL_LINE: f64 = 13.0;

pub struct Field {
    pub plot: Area,
    pub scales: Scales,
    /// Width of a label's place.
    pub slot: f64,
    /// Labels.
    pub count: usize,
}

impl Field {
    pub fn new(chart: &Chart, pen: &Pen, heading: &Heading) -> Field {
        let scales = Scales::of(chart);
        let width = Field::width(chart, pen);
        let plot = Area { left: TICKS, top: heading.height + 12.0, width, height: FIELD - pen.lower };
        let count = chart.labels.len().max(1);
        Field { plot, scales, slot: width / count as f64, count }
    }

    /// Width of the field.
    pub fn width(chart: &Chart, pen: &Pen) -> f64 {
        let right = if chart.series.iter().any(|series| series.right) { TICKS_RIGHT } else { 0.0 };
        pen.drawing.width - TICKS - right
    }

    /// The middle of a label's place.
    pub fn x(&self, i: usize) -> f64 {
        self.plot.left + self.slot * (i as f64 + 0.5)
    }

    /// Height of a value by the left or the right axis.
    pub fn y(&self, value: f64, right: bool) -> f64 {
        let scale = self.scales.right.filter(|_| right).unwrap_or(self.scales.left);
        self.plot.top + self.plot.height * (1.0 - scale.at(value))
    }

    /// Lines of the grid with the ticks of both axes.
    pub fn grid(&self, pen: &mut Pen) {
        for value in self.scales.left.ticks() {
            let y = self.y(value, false);
            pen.stroke(vec![(self.plot.left, y), (self.plot.right(), y)], GRID_WIDTH, GRID, false);
            pen.text(&plain(&tick(value)), SMALL, self.plot.left - 5.0, y + 3.0, Anchor::End);
        }
        for value in self.scales.right.map(|scale| scale.ticks()).unwrap_or_default() {
            let y = self.y(value, true) + 3.0;
            pen.text(&plain(&tick(value)), SMALL, self.plot.right() + 5.0, y, Anchor::Start);
        }
    }

    /// The axis at zero.
    pub fn axis(&self, pen: &mut Pen) {
        let y = self.y(0.0, false);
        pen.stroke(vec![(self.plot.left, y), (self.plot.right(), y)], AXIS_WIDTH, 0.0, false);
    }

    /// The 目标线, from the first label to the last as a word processor draws it, or all across; gives its ends.
    pub fn target(&self, chart: &Chart, pen: &mut Pen) -> Option<[(f64, f64); 2]> {
        let y = self.y(chart.target.as_ref()?.value, false);
        let (mut from, mut to) = (self.x(0), self.x(self.count - 1));
        if self.count == 1 {
            (from, to) = (self.plot.left, self.plot.right());
        }
        pen.stroke(vec![(from, y), (to, y)], TARGET_WIDTH, 0.0, true);
        Some([(from, y), (to, y)])
    }

    /// Each so many-th label below the field; gives where they end.
    pub fn labels(&self, chart: &Chart, pen: &mut Pen, every: usize) -> f64 {
        let mut deepest = 1;
        for (i, label) in chart.labels.iter().enumerate().step_by(every.max(1)) {
            let lines = wrapped(pen, &row(label), LABEL, self.slot * every as f64 - 4.0);
            deepest = deepest.max(lines.len());
            for (k, text) in lines.iter().enumerate() {
                let y = self.plot.bottom() + 14.0 + LABEL_LINE * k as f64;
                pen.text(text, LABEL, self.x(i), y, Anchor::Middle);
            }
        }
        self.plot.bottom() + 6.0 + LABEL_LINE * deepest as f64
    }

    /// The frame of a finished drawing.
    pub fn frame(&self, pen: &Pen, heading: &Heading, form: Form) -> Frame {
        let (width, height) = (pen.drawing.width, pen.drawing.height);
        Frame {
            own: Area { width, height, ..Area::default() },
            rows: 0..self.count,
            plot: self.plot,
            legend: heading.legend,
            units: heading.units,
            form,
            scales: self.scales,
            every: 1,
            points: Vec::new(),
            bars: Vec::new(),
            entries: Vec::new(),
            target: None,
            note: None,
        }
    }
}
