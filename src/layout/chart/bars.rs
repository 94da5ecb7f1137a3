//! Upright bars: side by side when there are several series, or on one another; with lines by a second axis.

use super::field::Field;
use super::frame::{AtBar, Form};
use super::legend::heading;
use super::line;
use super::look::fill;
use super::pen::{Anchor, Box4, LABEL, Pen, SMALL, row, wrapped};
use crate::document::{Chart, Series};
use crate::layout::glyphs::Glyph;

/// Widest bar, pt.
const WIDEST: f64 = 46.0;
/// The space between two labels' bars is this many bars at most: what a word processor can draw.
const GAP_MOST: f64 = 5.0;
/// Least height of a piece that has room for its value, pt.
const PIECE: f64 = 10.0;

/// Series that are bars.
pub fn bars(chart: &Chart) -> impl Iterator<Item = &Series> {
    chart.series.iter().filter(|series| !series.right)
}

/// How many bars stand side by side.
pub fn side_by_side(chart: &Chart) -> usize {
    if chart.stacked { 1 } else { bars(chart).count().max(1) }
}

/// Whether labels and values of upright bars fit side by side.
pub fn fits(chart: &Chart, pen: &mut Pen) -> bool {
    let slot = Field::width(chart, pen) / chart.labels.len().max(1) as f64;
    let bar = slot * 0.8 / side_by_side(chart) as f64;
    let labels = chart.labels.iter().all(|label| wrapped(pen, &row(label), LABEL, slot - 4.0).len() <= 2);
    let mut values = bars(chart).flat_map(|series| series.values.iter().flatten());
    labels && values.all(|(_, text)| pen.measure(&row(text), SMALL) <= bar + 1.0)
}

pub fn upright(chart: &Chart, pen: &mut Pen) {
    let heading = heading(chart, pen, true);
    let field = Field::new(chart, pen, &heading);
    field.grid(pen);
    let count = side_by_side(chart) as f64;
    let bar = (field.slot * 0.8 / count).min(WIDEST).max(field.slot / (count + GAP_MOST));
    for k in 0..bars(chart).count() {
        for i in 0..field.count {
            let Some((from, to)) = reach(chart, k, i) else { continue };
            let (from, to) = (field.y(from, false), field.y(to, false));
            let beside = if chart.stacked { 0.0 } else { k as f64 };
            let x = field.x(i) - bar * count / 2.0 + bar * beside;
            pen.rect(x + 0.5, from.min(to), bar - 1.0, (from - to).abs(), fill(k, chart.stacked));
        }
    }
    field.axis(pen);
    let target = field.target(chart, pen);
    let bottom = field.labels(chart, pen, 1);
    line::strokes(chart, pen, &field);
    let boxes = line::boxes(chart, pen, &field, target);
    let bars = values(chart, pen, &field, bar, &boxes);
    let points = line::values(chart, pen, &field, &boxes);
    pen.drawing.height = bottom;
    let mut frame = field.frame(pen, &heading, Form::Upright { bar, slot: field.slot });
    (frame.points, frame.bars) = (points, bars);
    pen.drawing.frames.push(frame);
}

/// From where to where a bar reaches, in values; `None` where there is none.
pub fn reach(chart: &Chart, series: usize, label: usize) -> Option<(f64, f64)> {
    let value = |series: &Series| series.values.get(label)?.as_ref().map(|(value, _)| *value);
    let own = value(bars(chart).nth(series)?)?;
    if !chart.stacked {
        return Some((0.0, own));
    }
    let below: f64 = bars(chart).take(series).filter_map(value).map(|value| value.max(0.0)).sum();
    Some((below, below + own.max(0.0)))
}

/// The values of bars: beyond their ends where no line is, else in them.
fn values(chart: &Chart, pen: &mut Pen, field: &Field, bar: f64, lines: &[Box4]) -> Vec<Vec<AtBar>> {
    let count = side_by_side(chart) as f64;
    let mut of_series = |k: usize| {
        let beside = if chart.stacked { 0.0 } else { k as f64 };
        let shift = bar * (beside + 0.5) - bar * count / 2.0;
        (0..field.count).map(|i| value(chart, pen, (field, bar, shift), (k, i), lines)).collect()
    };
    (0..bars(chart).count()).map(&mut of_series).collect()
}

/// The value of a bar whose middle is shifted so far from that of its label.
fn value(
    chart: &Chart,
    pen: &mut Pen,
    (field, bar, shift): (&Field, f64, f64),
    (k, i): (usize, usize),
    lines: &[Box4],
) -> AtBar {
    let shown = bars(chart).nth(k).and_then(|series| series.values.get(i)?.as_ref());
    let (Some((value, text)), Some((from, to))) = (shown, reach(chart, k, i)) else { return AtBar::Usual };
    let (from, to) = (field.y(from, false), field.y(to, false));
    let (text, x) = (row(text), field.x(i) + shift);
    let wide = pen.measure(&text, SMALL);
    let put = match chart.stacked {
        true if from - to < PIECE || wide > bar + 1.0 => AtBar::Nowhere,
        true => AtBar::Usual,
        false if wide > bar + 6.0 => AtBar::Nowhere,
        false => clear(pen, &text, (x, from, to), *value < 0.0, lines),
    };
    let y = match put {
        AtBar::Nowhere => return put,
        AtBar::Usual if chart.stacked => (from + to) / 2.0 + 3.2,
        put => baseline(put, from, to, *value < 0.0),
    };
    match chart.stacked && chart.target.is_some() {
        true => pen.plate(&text, x, y, Anchor::Middle, fill(k, true)),
        false => pen.label(&text, x, y, Anchor::Middle),
    }
    put
}

/// The baseline of a value at a bar that reaches from one height to another.
fn baseline(at: AtBar, from: f64, to: f64, down: bool) -> f64 {
    match (at, down) {
        (AtBar::End, false) => to + 10.0,
        (AtBar::End, true) => to - 3.5,
        (AtBar::Base, false) => from - 3.5,
        (AtBar::Base, true) => from + 10.0,
        (_, false) => to - 3.5,
        (_, true) => to + 10.0,
    }
}

/// The first place of a value where it touches no line and no mark of a line.
fn clear(pen: &Pen, text: &[Glyph], (x, from, to): (f64, f64, f64), down: bool, lines: &[Box4]) -> AtBar {
    // The axis, which comes last, is no line to keep clear of here.
    let lines = &lines[..lines.len().saturating_sub(1)];
    if lines.is_empty() {
        return AtBar::Usual;
    }
    let touches = |at: AtBar| {
        let place = (x, baseline(at, from, to, down));
        pen.touches(text, place, lines) || pen.touches(text, place, &pen.boxes)
    };
    let inside = (from - to).abs() > 13.0;
    let all = [AtBar::Usual, AtBar::End, AtBar::Base];
    all.into_iter().filter(|at| *at == AtBar::Usual || inside).find(|at| !touches(*at)).unwrap_or(AtBar::Usual)
}
