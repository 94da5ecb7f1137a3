//! Charts as drawings: rectangles, lines, polygons and texts at fixed places. The PDF shows their outlines ([`svg`]);
//! the DOCX has a chart of the word processor's own, whose parts stand at the same places ([`Frame`]), or dots where
//! an office wants a picture. Grey-scale safe: fills differ in lightness and have an outline; labels do not overlap.

mod alt;
mod bars;
mod drawing;
mod field;
mod frame;
mod legend;
mod line;
pub(crate) mod look;
mod lying;
mod pen;
mod scale;
mod share;
mod svg;

pub use alt::alt;
use drawing::TALLEST;
pub use drawing::{Drawing, Mark};
pub use frame::{Area, AtBar, Form, Frame, Native, Put, Side, Units};
pub(crate) use legend::said;
use pen::Pen;
pub(crate) use pen::{LABEL, SMALL};
pub use scale::{Scale, Scales};
pub use svg::svg;

use super::fonts::Fonts;
use super::glyphs::Findings;
use crate::document::{Chart, ChartKind};

/// Draws a chart so many pt wide. One with upright axes is lowered to whole lines of the pitch (pt), so that the text below
/// it stands on the grid of the page (5.2.3): off it, LibreOffice leaves up to a line blank.
pub fn draw(chart: &Chart, fonts: &Fonts, (width, pitch): (f64, f64), findings: &mut Findings) -> Drawing {
    // What is no number has no place in a drawing.
    let mut chart = chart.clone();
    let values = chart.series.iter_mut().flat_map(|series| &mut series.values);
    values.for_each(|value| *value = value.take().filter(|(number, _)| number.is_finite()));
    let chart = &chart;
    let mut one = |lower: f64| {
        let drawing = Drawing { width, ..Drawing::default() };
        let mut pen = Pen { fonts, findings, drawing, lower, boxes: Vec::new(), plates: plates(chart) };
        let upright = put(chart, &mut pen);
        (pen.drawing, upright)
    };
    let (drawing, upright) = one(0.0);
    let beyond = drawing.height % pitch;
    if upright && beyond > 0.01 && drawing.height < TALLEST { one(beyond).0 } else { drawing }
}

/// Puts the marks of a chart on a drawing; whether its axes stand upright.
fn put(chart: &Chart, pen: &mut Pen) -> bool {
    match chart.kind {
        // Lines by a second axis want it upright.
        ChartKind::Bar if has_right(chart) || bars::fits(chart, pen) => bars::upright(chart, pen),
        ChartKind::Line => line::line(chart, pen),
        // Where labels or values would touch, bars lie down.
        ChartKind::Bar | ChartKind::HorizontalBar => {
            lying::lying(chart, pen);
            return false;
        }
        ChartKind::Share => {
            share::share(chart, pen);
            return false;
        }
    }
    true
}

/// Whether the values of a chart stand on white: lines of the grid go on behind those of bars.
pub(crate) fn plates(chart: &Chart) -> bool {
    let crossed = chart.kind == ChartKind::Bar || chart.target.is_some() || has_right(chart);
    crossed && chart.kind != ChartKind::Share && !chart.stacked
}

/// Whether there is an axis at the right.
fn has_right(chart: &Chart) -> bool {
    chart.series.iter().any(|series| series.right)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::{Inline, Series};

    fn chart(kind: ChartKind, values: &[&[f64]]) -> Chart {
        let text = |text: String| vec![Inline::Text(text.into())];
        let series = values.iter().enumerate().map(|(k, values)| Series {
            name: text(format!("{}年", 2026 - k)),
            values: values.iter().map(|v| Some((*v, text(format!("{v:.2}"))))).collect(),
            right: false,
        });
        Chart {
            kind,
            unit: Some("万元".into()),
            labels: (0..values[0].len()).map(|i| text(format!("第{i}镇"))).collect(),
            series: series.collect(),
            ..Chart::default()
        }
    }

    #[test]
    fn everything_stays_inside() {
        let fonts = Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap();
        for kind in [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share] {
            for values in [&[[3.2, 98.7, 0.0], [2.6, 79.0, 1.0]], &[[-5.0, 7.0, 1e9], [f64::NAN, 0.0, 0.0]]] {
                let values: Vec<&[f64]> = values.iter().map(|row| &row[..]).collect();
                let drawing = draw(&chart(kind, &values), &fonts, (442.0, 28.988), &mut Findings::default());
                let texts = drawing.marks.iter().filter_map(|mark| match mark {
                    Mark::Text { x, y, text, .. } => Some((*x, *y, text)),
                    _ => None,
                });
                for (x, y, text) in texts {
                    assert!((0.0..442.0).contains(&x) && y > 0.0 && y <= drawing.height, "{kind:?} {text:?} {x} {y}");
                }
            }
        }
    }
}
