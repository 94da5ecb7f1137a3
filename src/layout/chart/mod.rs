//! Charts as drawings: rectangles, lines, polygons and texts at fixed places. Both outputs show
//! the same picture ([`svg`]): vectors in the PDF, dots in the DOCX. Grey-scale safe: fills differ
//! in lightness and have an outline; every value is printed; labels do not overlap.

mod alt;
mod bars;
mod drawing;
mod line;
mod pen;
mod scale;
mod share;
mod svg;

pub use alt::alt;
pub use drawing::{Drawing, Mark};
use pen::Pen;
pub use svg::svg;

use super::fonts::Fonts;
use super::glyphs::Findings;
use crate::document::{Chart, ChartKind};

/// Draws a chart so many pt wide.
pub fn draw(chart: &Chart, fonts: &Fonts, width: f64, findings: &mut Findings) -> Drawing {
    // What is no number has no place in a drawing.
    let mut chart = chart.clone();
    let values = chart.series.iter_mut().flat_map(|series| &mut series.values);
    values.for_each(|value| *value = value.take().filter(|(number, _)| number.is_finite()));
    let chart = &chart;
    let mut pen = Pen { fonts, findings, drawing: Drawing { width, ..Drawing::default() }, boxes: Vec::new() };
    match chart.kind {
        ChartKind::Bar if bars::fits(chart, &mut pen) => bars::upright(chart, &mut pen),
        // Where labels or values would touch, bars lie down.
        ChartKind::Bar | ChartKind::HorizontalBar => bars::lying(chart, &mut pen),
        ChartKind::Line => line::line(chart, &mut pen),
        ChartKind::Share => share::share(chart, &mut pen),
    }
    pen.drawing
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
        });
        Chart {
            kind,
            caption: None,
            alt: "".into(),
            unit: Some("万元".into()),
            labels: (0..values[0].len()).map(|i| text(format!("第{i}镇"))).collect(),
            series: series.collect(),
        }
    }

    #[test]
    fn everything_stays_inside() {
        let fonts = Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap();
        for kind in [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share] {
            for values in [&[[3.2, 98.7, 0.0], [2.6, 79.0, 1.0]], &[[-5.0, 7.0, 1e9], [f64::NAN, 0.0, 0.0]]] {
                let values: Vec<&[f64]> = values.iter().map(|row| &row[..]).collect();
                let drawing = draw(&chart(kind, &values), &fonts, 442.0, &mut Findings::default());
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
