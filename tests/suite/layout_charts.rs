//! Charts: every value printed, nothing over anything, the same picture in both outputs.

use std::io::{Cursor, Read};

use huibao::document::*;
use huibao::layout::chart::{self, Drawing, Mark};
use huibao::layout::fonts::Fonts;
use huibao::layout::glyphs::{Findings, Glyph, Source, advance, source};
use huibao::layout::{self};

use crate::layout_charts_drawn::LINE;
use crate::layout_pdf::{KIT, chart, report, text};

const KINDS: [ChartKind; 4] = [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share];

fn draw(chart: &Chart) -> Drawing {
    chart::draw(chart, KIT.fonts(), (442.2, LINE), &mut Findings::default())
}

/// A text with the box of its ink, pt.
struct Label {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn labels(drawing: &Drawing) -> Vec<Label> {
    let fonts = KIT.fonts();
    let one = |mark: &Mark| {
        let Mark::Text { x, y, size, text } = mark else { return None };
        let width: f64 = text.iter().map(|g| advance(fonts, g.face, g.c) * size).sum();
        let reach = text.iter().filter_map(|g| ink(fonts, g)).reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))?;
        Some(Label {
            text: text.iter().map(|g| g.c).collect(),
            left: *x,
            right: x + width,
            top: y - reach.0 * size,
            bottom: y + reach.1 * size,
        })
    };
    drawing.marks.iter().filter_map(one).collect()
}

fn ink(fonts: &Fonts, glyph: &Glyph) -> Option<(f64, f64)> {
    match source(fonts, glyph.face, glyph.c) {
        Source::Own(family) | Source::Fallback(family) => fonts.ink(family, std::iter::once(glyph.c)),
        _ => None,
    }
}

/// A chart with so many labels, its values made by a rule.
fn many(kind: ChartKind, count: usize, series: usize, value: impl Fn(usize, usize) -> Option<f64>) -> Chart {
    let names = ["云溪镇", "白石乡", "青河街道", "东山镇", "南湖社区服务中心"];
    Chart {
        labels: (0..count).map(|i| text(names[i % names.len()])).collect(),
        series: (0..series)
            .map(|k| Series {
                name: text(&format!("{}年", 2026 - k)),
                values: (0..count).map(|i| value(k, i).map(|v| (v, text(&format!("{v}"))))).collect(),
                right: false,
            })
            .collect(),
        ..chart(kind, 1)
    }
}

#[track_caller]
fn no_text_over_another(drawing: &Drawing, about: &str) -> Vec<Label> {
    let labels = labels(drawing);
    for (i, a) in labels.iter().enumerate() {
        assert!(a.left >= -0.01 && a.right <= drawing.width + 0.01, "{about}: {} leaves the drawing", a.text);
        assert!(a.top >= -0.01 && a.bottom <= drawing.height + 0.01, "{about}: {} leaves the drawing", a.text);
        for b in &labels[i + 1..] {
            let wide = a.right.min(b.right) - a.left.max(b.left);
            let high = a.bottom.min(b.bottom) - a.top.max(b.top);
            assert!(wide < 0.3 || high < 0.3, "{about}: {} over {} ({wide:.1} × {high:.1} pt)", a.text, b.text);
        }
    }
    labels
}

#[track_caller]
fn assert_clear(chart: &Chart, about: &str) {
    let drawing = draw(chart);
    let labels = no_text_over_another(&drawing, about);
    let shown = if chart.kind == ChartKind::Share { 1 } else { chart.series.len() };
    for (value, text) in chart.series.iter().take(shown).flat_map(|s| s.values.iter().flatten()) {
        if chart.kind == ChartKind::Share && *value <= 0.0 {
            continue;
        }
        let text = plain_text(text);
        if chart.kind == ChartKind::Line && chart.labels.len() > 12 {
            continue;
        }
        assert!(labels.iter().any(|label| label.text.contains(&text)), "{about}: {text} is not printed");
    }
}

#[test]
fn every_value_is_printed_and_nothing_overlaps() {
    for kind in KINDS {
        for series in 1..=4 {
            assert_clear(&chart(kind, series), &format!("{kind:?}, {series} series"));
        }
    }
}

#[test]
fn few_and_many_labels() {
    for kind in KINDS {
        for count in [1, 2, 17, 40] {
            for series in 1..=2 {
                let chart = many(kind, count, series, |k, i| Some(((i * 37 + k * 11) % 97) as f64 + 0.25));
                assert_clear(&chart, &format!("{kind:?}, {count} labels, {series} series"));
            }
        }
    }
}

#[test]
fn zero_negative_and_missing_values() {
    let values = [Some(0.0), Some(-12.5), None, Some(30.25), Some(0.0), Some(-0.5), Some(1e7)];
    for kind in KINDS {
        for scale in [1.0, 0.001] {
            let chart = many(kind, values.len(), 2, |k, i| values[(i + k) % values.len()].map(|v| v * scale));
            assert_clear(&chart, &format!("{kind:?} × {scale}"));
        }
        assert_clear(&many(kind, 3, 1, |_, _| Some(0.0)), &format!("{kind:?}, zeros"));
        assert_clear(&many(kind, 3, 1, |_, _| None), &format!("{kind:?}, nothing"));
    }
}

/// With a second axis, a 目标线, bars on one another. What has no room is left out and never set over another text.
#[test]
fn axes_targets_and_stacks_stay_clear() {
    let value = |k: usize, i: usize| (!(i + k).is_multiple_of(7)).then(|| ((i * 37 + k * 11) % 97) as f64 + 0.25);
    let target = |value: f64| Some(Target { name: text("年度目标"), value, text: text(&value.to_string()) });
    for count in [1, 2, 5, 12] {
        for series in 1..=3 {
            for kind in [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line] {
                for about in ["target", "right", "both", "stacked", "low"] {
                    let mut chart = many(kind, count, series + 1, value);
                    chart.target = matches!(about, "target" | "both" | "stacked").then(|| target(60.0)).flatten();
                    chart.target = if about == "low" { target(-30.0) } else { chart.target };
                    chart.stacked = about == "stacked" && kind != ChartKind::Line;
                    if matches!(about, "right" | "both") && kind != ChartKind::HorizontalBar {
                        chart.series[series].right = true;
                        chart.right_unit = Some("%".into());
                    }
                    no_text_over_another(&draw(&chart), &format!("{kind:?}, {count} labels, {series} series, {about}"));
                }
            }
        }
    }
}

#[test]
fn neighbours_are_told_apart_in_grey() {
    let lightness = |drawing: &Drawing| -> Vec<f64> {
        let fill = |mark: &Mark| match mark {
            Mark::Polygon { fill, .. } => Some(*fill),
            _ => None,
        };
        drawing.marks.iter().filter_map(fill).collect()
    };
    for count in 2..=8 {
        let fills = lightness(&draw(&many(ChartKind::Share, count, 1, |_, i| Some(i as f64 + 1.0))));
        assert_eq!(fills.len(), count);
        for (i, fill) in fills.iter().enumerate() {
            let next = fills[(i + 1) % count];
            assert!((fill - next).abs() >= 0.19, "{fills:?}");
            assert!(fills[..i].iter().all(|other| (fill - other).abs() >= 0.04), "two alike: {fills:?}");
        }
    }
}

#[test]
fn a_chart_is_outlines_with_its_values_as_text_for_the_blind() {
    let document = report(vec![Block::Chart(chart(ChartKind::Bar, 2))]);
    let alt = "各乡镇投入资金的统计图（单位：万元）。2026年：云溪镇12.50，白石乡98.70";
    let sheets = crate::frames::sheets(&document);
    assert!(sheets.iter().flat_map(|s| &s.runs).all(|run| !run.text.contains("98.70")), "text in the PDF's chart");
    assert_eq!(sheets[0].images.len(), 1);
    let docx = layout::docx(&document, &KIT).unwrap();
    let mut xml = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    assert!(xml.contains(&format!("descr=\"{alt}")), "{xml}");
    assert!(chart::alt(&chart(ChartKind::Bar, 2)).starts_with(alt));
    let svg = chart::svg(&draw(&chart(ChartKind::Bar, 2)), KIT.fonts());
    assert!(!svg.contains("<text") && svg.contains("<path"));
}
