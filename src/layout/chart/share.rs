//! Shares of a whole: a disc, what part each piece is beside it, and a legend that says everything.

use std::f64::consts::{FRAC_PI_2, TAU};

use rust_decimal::Decimal;

use super::drawing::Mark;
use super::frame::{Area, AtBar, Form, Frame, Units};
use super::look;
use super::pen::{Anchor, LABEL, Pen, SMALL, plain, row, wrapped};
use super::scale::{Scale, Scales};
use crate::document::{Chart, Inlines, plain_text};
use crate::layout::glyphs::Glyph;

const RADIUS: f64 = 76.0;
/// Room beside the disc for the shares.
const BESIDE: f64 = 36.0;
/// Line pitch of the legend, and within an entry.
const LINE: f64 = 17.0;
const WITHIN: f64 = 13.0;
/// Left edge of an entry's text from that of its sample.
const SAMPLE: f64 = 16.0;
/// A piece so small, of the whole, has its share in the legend alone: others would touch it.
const SMALLEST: f64 = 0.05;

pub fn share(chart: &Chart, pen: &mut Pen) {
    let Some(series) = chart.series.first() else { return };
    let values: Vec<f64> = chart.labels.iter().enumerate().map(|(i, _)| value(series.values.get(i))).collect();
    let whole: f64 = values.iter().sum();
    let radius = if whole > 0.0 { RADIUS } else { 0.0 };
    let room = pen.drawing.width - 2.0 * (radius + BESIDE) - SAMPLE;
    let entries: Vec<Vec<Glyph>> = (0..chart.labels.len()).map(|i| entry(chart, i)).collect();
    let lines: Vec<Vec<Vec<Glyph>>> = entries.iter().map(|entry| wrapped(pen, entry, LABEL, room)).collect();
    let height_of = |lines: &Vec<Vec<Glyph>>| LINE + WITHIN * lines.len().saturating_sub(1) as f64;
    let legend_height: f64 = lines.iter().map(height_of).sum();
    let height = (2.0 * radius + 36.0).max(legend_height + 8.0);
    let widest = lines.iter().flatten().map(|line| pen.measure(line, LABEL)).fold(0.0, f64::max);
    let left = (pen.drawing.width - 2.0 * (radius + BESIDE) - SAMPLE - widest).max(0.0) / 2.0;
    let centre = (left + radius + BESIDE, height / 2.0);
    let put = if whole > 0.0 { disc(chart, pen, &values, whole, centre) } else { Vec::new() };
    let legend = Area {
        left: left + 2.0 * (radius + BESIDE),
        top: (height - legend_height) / 2.0,
        width: SAMPLE + widest,
        height: legend_height,
    };
    let mut y = legend.top;
    for (k, lines) in lines.iter().enumerate() {
        let baseline = y + LINE / 2.0 + LABEL * 0.36;
        pen.rect(legend.left, baseline - 8.0, 9.0, 8.0, look::slice(k));
        for (n, line) in lines.iter().enumerate() {
            pen.text(line, LABEL, legend.left + SAMPLE, baseline + WITHIN * n as f64, Anchor::Start);
        }
        y += height_of(lines);
    }
    let note = note(chart).map(|note| {
        let text = plain(&note);
        let left = (pen.drawing.width - pen.measure(&text, SMALL)) / 2.0;
        pen.text(&text, SMALL, left, height + 8.0, Anchor::Start);
        ((left, height + 8.0), note)
    });
    pen.drawing.height = height + if note.is_some() { 12.0 } else { 0.0 };
    if whole > 0.0 {
        let entries = entries.iter().map(|entry| entry.iter().map(|glyph| glyph.c).collect()).collect();
        let frame = frame(pen, chart, centre, legend, entries, put);
        pen.drawing.frames.push(Frame { note, ..frame });
    }
}

/// What is said of shares that are rounded each by itself and together miss the whole (S-24).
fn note(chart: &Chart) -> Option<String> {
    let shown = |share: &Inlines| plain_text(share).strip_suffix('%')?.parse::<Decimal>().ok();
    let shares: Option<Vec<Decimal>> = chart.shares.iter().map(shown).collect();
    let sum: Decimal = shares.filter(|shares| !shares.is_empty())?.into_iter().sum();
    (sum != Decimal::ONE_HUNDRED).then(|| format!("注：各项占比因四舍五入，合计为{}%。", sum.normalize()))
}

/// What a value takes of the disc: nothing where it is missing, and none is below zero.
fn value(value: Option<&Option<(f64, Inlines)>>) -> f64 {
    value.and_then(Option::as_ref).map_or(0.0, |(value, _)| if value.is_finite() { value.max(0.0) } else { 0.0 })
}

/// `社会保障 9120件 38.9%`.
fn entry(chart: &Chart, i: usize) -> Vec<Glyph> {
    let mut text = chart.labels.get(i).map(row).unwrap_or_default();
    let shown = chart.series.first().and_then(|series| series.values.get(i)?.as_ref());
    if let Some((_, shown)) = shown {
        let shown = row(shown);
        let unit = plain(chart.unit.as_deref().unwrap_or_default());
        let has_unit = shown.iter().map(|glyph| glyph.c).rev().zip(unit.iter().rev()).all(|(c, glyph)| c == glyph.c);
        text.extend(plain(" "));
        text.extend(shown);
        // There is no axis to say it of all.
        if !has_unit {
            text.extend(unit);
        }
    }
    // Of values that are shares already it would be said twice.
    let share = chart.shares.get(i).map(row).unwrap_or_default();
    let said = !share.is_empty() && text.len() >= share.len() && {
        text[text.len() - share.len()..].iter().zip(&share).all(|(a, b)| a.c == b.c)
    };
    if !share.is_empty() && !said {
        text.extend(plain(" "));
        text.extend(share);
    }
    text
}

/// The pieces with their shares beside them; which shares have no room there.
fn disc(chart: &Chart, pen: &mut Pen, values: &[f64], whole: f64, centre: (f64, f64)) -> Vec<AtBar> {
    let mut angle = -FRAC_PI_2;
    let several = values.iter().filter(|value| **value > 0.0).count() > 1;
    let mut put = vec![AtBar::Nowhere; values.len()];
    for (k, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let (from, to) = (angle, angle + TAU * value / whole);
        angle = to;
        let steps = ((to - from) / 0.05).ceil().max(1.0);
        let at = |step: usize| from + (to - from) * step as f64 / steps;
        let mut points = if several { vec![centre] } else { Vec::new() };
        points.extend((0..=steps as usize).map(|step| on_circle(centre, RADIUS, at(step))));
        pen.drawing.marks.push(Mark::Polygon { points, fill: look::slice(k) });
        let share = chart.shares.get(k).map(row).unwrap_or_default();
        if !share.is_empty() && value / whole >= SMALLEST {
            put[k] = AtBar::Usual;
            let middle = (from + to) / 2.0;
            let wide = pen.measure(&share, SMALL);
            // The middle of the text from the edge: half its size in the direction in which it stands.
            let away = 4.0 + middle.cos().abs() * wide / 2.0 + middle.sin().abs() * SMALL * 0.4;
            let (x, y) = on_circle(centre, RADIUS + away, middle);
            pen.text(&share, SMALL, x, y + SMALL * 0.34, Anchor::Middle);
        }
    }
    put
}

fn frame(pen: &Pen, chart: &Chart, centre: (f64, f64), legend: Area, entries: Vec<String>, put: Vec<AtBar>) -> Frame {
    let (width, height) = (pen.drawing.width, pen.drawing.height);
    let (left, top, side) = (centre.0 - RADIUS, centre.1 - RADIUS, 2.0 * RADIUS);
    Frame {
        own: Area { width, height, ..Area::default() },
        rows: 0..chart.labels.len(),
        plot: Area { left, top, width: side, height: side },
        // Other readers set the words wider: Chinese and Latin apart.
        legend: Some(Area { width: (legend.width * 1.15 + 24.0).min(width - legend.left), ..legend }),
        units: Units::default(),
        form: Form::Disc,
        scales: Scales { left: Scale::of(std::iter::empty()), right: None },
        every: 1,
        points: Vec::new(),
        bars: vec![put],
        entries,
        target: None,
        note: None,
    }
}

fn on_circle(centre: (f64, f64), radius: f64, angle: f64) -> (f64, f64) {
    (centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin())
}
