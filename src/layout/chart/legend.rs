//! What stands above a chart: the units of its axes and the legend.

use super::frame::{Area, Units};
use super::look::{self, TARGET_WIDTH};
use super::pen::{Anchor, Pen, SMALL, plain, row};
use crate::document::{Chart, ChartKind, Target, plain_text};
use crate::layout::glyphs::Glyph;

/// Height of a line of the legend.
const LINE: f64 = 14.0;
/// Between two names.
const GAP: f64 = 8.0;
/// Baseline of the first line.
const FIRST: f64 = 10.0;

/// What was put above a chart.
pub struct Heading {
    pub height: f64,
    pub legend: Option<Area>,
    pub units: Units,
}

/// What stands before a name.
enum Key {
    Bar(f64),
    Line(usize),
    Target,
}

/// Units at the left and at the right, the legend between them or below; gives the height used. `target`: whether the
/// 目标线 is named here.
pub fn heading(chart: &Chart, pen: &mut Pen, target: bool) -> Heading {
    let mut units = Units::default();
    let unit = chart.unit.as_ref().map(|unit| plain(&format!("单位：{unit}"))).unwrap_or_default();
    let right_unit = chart.right_unit.as_ref().filter(|_| chart.series.iter().any(|series| series.right));
    let right_unit = right_unit.map(|unit| plain(&format!("单位：{unit}"))).unwrap_or_default();
    let (left, right) = (pen.measure(&unit, SMALL), pen.measure(&right_unit, SMALL));
    let width = pen.drawing.width;
    if !unit.is_empty() {
        pen.text(&unit, SMALL, 0.0, FIRST, Anchor::Start);
        units.left = Some((0.0, FIRST));
    }
    if !right_unit.is_empty() {
        pen.text(&right_unit, SMALL, width, FIRST, Anchor::End);
        units.right = Some((width - right, FIRST));
    }
    let names = names(chart, target);
    if names.len() < 2 {
        let height = if unit.is_empty() && right_unit.is_empty() { 4.0 } else { 16.0 };
        return Heading { height, legend: None, units };
    }
    // Beside the units where there is room for all, else below them.
    let ends = if right > 0.0 { width - right - GAP } else { width };
    let begins = if left > 0.0 { left + 2.0 * GAP } else { 0.0 };
    let beside = all_of(pen, &names) <= ends - begins;
    let top = if beside || left + right == 0.0 { 0.0 } else { LINE };
    let (from, to) = if beside { (begins, ends) } else { (0.0, width) };
    // Other readers draw the samples wider, those of lines above all.
    let lines = names.iter().any(|(_, key)| !matches!(key, Key::Bar(_)));
    let spare = if lines { 24.0 * names.len() as f64 } else { 24.0 };
    let (mut y, mut reach) = (top + FIRST, to);
    let mut rest = names.as_slice();
    while !rest.is_empty() {
        let fit = (1..=rest.len()).rev().find(|count| all_of(pen, &rest[..*count]) <= to - from);
        let (row, others) = rest.split_at(fit.unwrap_or(1));
        let mut at = to - all_of(pen, row);
        reach = reach.min(at);
        for (name, key) in row {
            sample(pen, (at + 6.0).max(0.0), y, key);
            pen.text(name, SMALL, at + wide(pen, name), y, Anchor::End);
            at += wide(pen, name) + GAP;
        }
        (rest, y) = (others, y + LINE);
    }
    let reach = (reach - spare).max(from);
    let legend = Area { left: reach, top, width: to - reach, height: y - LINE + 4.0 - top };
    Heading { height: y - LINE + 8.0, legend: Some(legend), units }
}

/// Width of a name with its sample.
fn wide(pen: &Pen, name: &[Glyph]) -> f64 {
    pen.measure(name, SMALL) + 30.0
}

/// Width of names in a row.
fn all_of(pen: &Pen, names: &[(Vec<Glyph>, Key)]) -> f64 {
    let gaps = GAP * names.len().saturating_sub(1) as f64;
    names.iter().map(|(name, _)| wide(pen, name)).sum::<f64>() + gaps
}

fn names(chart: &Chart, target: bool) -> Vec<(Vec<Glyph>, Key)> {
    let (mut bars, mut lines) = (0, 0);
    let mut names = Vec::new();
    for series in &chart.series {
        let key = if chart.kind == ChartKind::Line || series.right {
            lines += 1;
            Key::Line(lines - 1)
        } else {
            bars += 1;
            Key::Bar(look::fill(bars - 1, chart.stacked))
        };
        names.push((row(&series.name), key));
    }
    let target = chart.target.iter().filter(|_| target);
    names.extend(target.map(|target| (plain(&said(target)), Key::Target)));
    names
}

/// `年度目标：90`. The unit stands at the axis.
pub fn said(target: &Target) -> String {
    format!("{}：{}", plain_text(&target.name), plain_text(&target.text)).replace('\n', "")
}

fn sample(pen: &mut Pen, x: f64, y: f64, key: &Key) {
    let middle = y - 3.0;
    match key {
        Key::Bar(fill) => pen.rect(x, y - 7.5, 14.0, 8.0, *fill),
        Key::Line(series) => {
            pen.line(vec![(x - 2.0, middle), (x + 18.0, middle)], *series);
            pen.point(x + 8.0, middle, *series);
        }
        Key::Target => pen.stroke(vec![(x - 2.0, middle), (x + 18.0, middle)], TARGET_WIDTH, 0.0, true),
    }
}
