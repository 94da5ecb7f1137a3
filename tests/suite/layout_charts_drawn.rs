//! The geometry of charts in the PDF: heights, angles and places tell the values.

use huibao::document::*;
use huibao::layout::chart::{self, Drawing, Form, Mark};
use huibao::layout::glyphs::Findings;

use crate::layout_pdf::{KIT, text};

const WIDTH: f64 = 442.2;
/// Pitch of body text, pt.
pub const LINE: f64 = 28.988;

pub fn series(name: &str, values: &[Option<f64>]) -> Series {
    let values = values.iter().map(|value| value.map(|value| (value, text(&value.to_string())))).collect();
    Series { name: text(name), values, right: false }
}

pub fn of(kind: ChartKind, series: Vec<Series>) -> Chart {
    let count = series.first().map_or(0, |series| series.values.len());
    let labels = ["甲镇", "乙镇", "丙镇", "丁镇", "戊镇", "己镇"];
    Chart {
        kind,
        alt: "各镇经费".into(),
        unit: Some("万元".into()),
        labels: labels[..count].iter().map(|label| text(label)).collect(),
        series,
        ..Chart::default()
    }
}

fn draw(chart: &Chart) -> Drawing {
    chart::draw(chart, KIT.fonts(), (WIDTH, LINE), &mut Findings::default())
}

/// Left, top, width, height of the filled boxes below the heading.
fn boxes(drawing: &Drawing) -> Vec<[f64; 4]> {
    let top = drawing.frames[0].plot.top - 1.0;
    let one = |mark: &Mark| match mark {
        Mark::Rect { x, y, width, height, .. } if *y >= top => Some([*x, *y, *width, *height]),
        _ => None,
    };
    drawing.marks.iter().filter_map(one).collect()
}

/// Strokes with so many points.
fn strokes(drawing: &Drawing, broken: bool) -> Vec<Vec<(f64, f64)>> {
    let one = |mark: &Mark| match mark {
        Mark::Stroke { points, dashed, grey, .. } if *dashed == broken && *grey < 0.5 => Some(points.clone()),
        _ => None,
    };
    drawing.marks.iter().filter_map(one).collect()
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 0.01, "{a} and {b}");
}

#[test]
fn bars_are_as_high_as_their_values() {
    let chart = of(ChartKind::Bar, vec![series("经费", &[Some(10.0), Some(25.0), None, Some(-5.0)])]);
    let drawing = draw(&chart);
    let bars = boxes(&drawing);
    assert_eq!(bars.len(), 3, "a gap is no bar");
    near(bars[1][3] / bars[0][3], 2.5);
    near(bars[2][3] / bars[0][3], 0.5);
    // From zero, upwards and downwards.
    near(bars[0][1] + bars[0][3], bars[1][1] + bars[1][3]);
    near(bars[2][1], bars[0][1] + bars[0][3]);
    let lying = draw(&Chart { kind: ChartKind::HorizontalBar, ..chart });
    let bars = boxes(&lying);
    near(bars[1][2] / bars[0][2], 2.5);
    near(bars[0][0], bars[1][0]);
    near(bars[2][0] + bars[2][2], bars[0][0]);
}

#[test]
fn bars_on_one_another_begin_where_the_last_ends() {
    for kind in [ChartKind::Bar, ChartKind::HorizontalBar] {
        let both = vec![series("中央", &[Some(30.0), None]), series("省级", &[Some(10.0), Some(20.0)])];
        let drawing = draw(&Chart { stacked: true, ..of(kind, both) });
        let mut bars = boxes(&drawing);
        assert_eq!(bars.len(), 3);
        if kind == ChartKind::Bar {
            bars = bars.into_iter().map(|[x, y, wide, high]| [-(y + high), x, high, wide]).collect();
            // The heights grow upwards: what is below begins at zero.
            near(bars[1][0], bars[0][0] + bars[0][2]);
        } else {
            bars.sort_by(|a, b| a[1].total_cmp(&b[1]).then(a[0].total_cmp(&b[0])));
            near(bars[1][0], bars[0][0] + bars[0][2]);
        }
        let lengths: Vec<f64> = bars.iter().map(|bar| bar[2]).collect();
        near(lengths.iter().sum::<f64>() / lengths.iter().copied().fold(f64::MAX, f64::min), 6.0);
    }
}

#[test]
fn a_line_has_a_gap_where_there_is_no_value() {
    let values = [Some(1.0), Some(2.0), None, Some(3.0), Some(4.0), Some(4.0)];
    let drawing = draw(&of(ChartKind::Line, vec![series("受理", &values)]));
    let lines: Vec<usize> = strokes(&drawing, false).iter().map(Vec::len).filter(|len| *len > 1).collect();
    // The axis, the two pieces.
    assert_eq!(lines, [2, 2, 3]);
}

#[test]
fn the_right_axis_has_its_own_heights_and_the_same_zero() {
    let mut chart =
        of(ChartKind::Bar, vec![series("经费", &[Some(300.0), Some(150.0)]), series("增幅", &[Some(-4.0), Some(8.0)])]);
    chart.series[1].right = true;
    chart.right_unit = Some("%".into());
    let drawing = draw(&chart);
    let bars: Vec<_> = boxes(&drawing).into_iter().filter(|bar| bar[2] > 10.0).collect();
    let line =
        strokes(&drawing, false).into_iter().find(|points| points.len() == 2 && points[0].1 != points[1].1).unwrap();
    let zero = bars[0][1] + bars[0][3];
    near((line[0].1 - zero) * 2.0, zero - line[1].1);
    let scales = drawing.frames[0].scales;
    near(scales.left.at(0.0), scales.right.unwrap().at(0.0));
    let said = |wanted: &str| {
        drawing.marks.iter().any(|mark| match mark {
            Mark::Text { text, .. } => text.iter().map(|glyph| glyph.c).collect::<String>() == wanted,
            _ => false,
        })
    };
    assert!(said("单位：万元") && said("单位：%"));
}

#[test]
fn a_target_stands_at_its_value() {
    let target = Some(Target { name: text("年度计划"), value: 20.0, text: text("20") });
    for kind in [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line] {
        let chart =
            Chart { target: target.clone(), ..of(kind, vec![series("经费", &[Some(10.0), Some(25.0), Some(20.0)])]) };
        let drawing = draw(&chart);
        let frame = &drawing.frames[0];
        let lines = strokes(&drawing, true);
        let line = lines.iter().max_by(|a, b| reach(a).total_cmp(&reach(b))).unwrap();
        match frame.form {
            Form::Lying { .. } => near(line[0].0, boxes(&drawing)[2][0] + boxes(&drawing)[2][2]),
            Form::Upright { .. } => near(line[0].1, boxes(&drawing)[2][1]),
            _ => near(line[0].1, frame.plot.top + frame.plot.height * (1.0 - frame.scales.left.at(20.0))),
        }
        let said = |mark: &Mark| matches!(mark, Mark::Text { text, .. } if text.iter().map(|glyph| glyph.c).collect::<String>() == "年度计划：20");
        assert!(drawing.marks.iter().any(said), "{kind:?}");
    }
}

fn reach(points: &[(f64, f64)]) -> f64 {
    (points[0].0 - points[1].0).abs() + (points[0].1 - points[1].1).abs()
}

#[test]
fn pieces_have_their_angles() {
    let mut chart = of(ChartKind::Share, vec![series("件数", &[Some(50.0), Some(30.0), Some(18.0), Some(2.0)])]);
    chart.shares = ["50%", "30%", "18%", "2%"].map(text).to_vec();
    let drawing = draw(&chart);
    let plot = drawing.frames[0].plot;
    let centre = (plot.left + plot.width / 2.0, plot.top + plot.height / 2.0);
    let pieces: Vec<&Vec<(f64, f64)>> = drawing
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Polygon { points, .. } => Some(points),
            _ => None,
        })
        .collect();
    let mut begun = 0.0;
    for (points, share) in pieces.iter().zip([0.5, 0.3, 0.18, 0.02]) {
        let angle = |(x, y): (f64, f64)| (x - centre.0).atan2(centre.1 - y).rem_euclid(std::f64::consts::TAU);
        near(angle(points[1]), begun * std::f64::consts::TAU);
        begun += share;
        near(angle(points[points.len() - 1]), (begun * std::f64::consts::TAU).rem_euclid(std::f64::consts::TAU));
    }
    // Each share is beside its piece where it has room, and in the legend.
    let count = |wanted: &str| {
        let has = |mark: &&Mark| matches!(mark, Mark::Text { text, .. } if text.iter().map(|glyph| glyph.c).collect::<String>().ends_with(wanted));
        drawing.marks.iter().filter(has).count()
    };
    assert_eq!(["50%", "30%", "18%", " 2%"].map(count), [2, 2, 2, 1]);
}

/// The names of series in rows, from the first; of values that are shares already the share is not said again.
#[test]
fn legends_read_in_order() {
    let long = ["上年同期累计受理群众反映问题件数", "本年累计受理群众反映问题件数", "第三个系列的名称也很长", "第四个"];
    let all = long.map(|name| series(name, &[Some(1.0), Some(2.0)])).to_vec();
    let drawing = draw(&of(ChartKind::Line, all));
    let place = |wanted: &str| {
        let at = |mark: &Mark| match mark {
            Mark::Text { x, y, text, .. } if text.iter().map(|glyph| glyph.c).collect::<String>() == wanted => {
                Some((*y, *x))
            }
            _ => None,
        };
        drawing.marks.iter().find_map(at).unwrap_or_else(|| panic!("{wanted} is not there"))
    };
    let places = long.map(place);
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
    assert!(places[0].0 < places[3].0 && drawing.frames[0].legend.unwrap().height > 20.0);
    let mut chart = of(ChartKind::Share, vec![series("占比", &[Some(60.0), Some(40.0)])]);
    chart.series[0].values = vec![Some((60.0, text("60%"))), Some((40.0, text("40%")))];
    (chart.unit, chart.shares) = (Some("%".into()), vec![text("60%"), text("40%")]);
    assert_eq!(draw(&chart).frames[0].entries, ["甲镇 60%", "乙镇 40%"]);
}

#[test]
fn upright_axes_take_whole_lines() {
    for (unit, labels) in [(None, "甲镇"), (Some("万元"), "甲镇"), (Some("万元"), "甲镇经济开发区管理委员会")]
    {
        for kind in [ChartKind::Bar, ChartKind::Line] {
            let mut chart = of(kind, vec![series("经费", &[Some(3.0), Some(5.0)])]);
            chart.unit = unit.map(Into::into);
            chart.labels[0] = text(labels);
            let lines = draw(&chart).height / LINE;
            assert!((lines - lines.round()).abs() < 1e-6 && (5.0..10.0).contains(&lines), "{lines}");
        }
    }
}
