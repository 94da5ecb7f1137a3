//! Axes with their scales, ticks and units.

use super::super::super::chart::look::{AXIS_WIDTH, GRID, GRID_WIDTH, TARGET_WIDTH};
use super::super::super::chart::{Form, Frame, LABEL, SMALL, Scale, said};
use super::super::xml::Element;
use super::look::{Pen, flag, line, stroke, text_at};
use crate::document::Chart;

/// Ids of the axis of labels and of that of values, at the left and at the right.
pub const LEFT: (u32, u32) = (111_111_111, 222_222_222);
/// The second pair.
pub const RIGHT: (u32, u32) = (333_333_333, 444_444_444);

/// All axes of a chart.
pub fn axes(chart: &Chart, frame: &Frame, pen: &Pen) -> Vec<Element> {
    if frame.form == Form::Disc {
        return Vec::new();
    }
    let unit = |unit: &Option<std::sync::Arc<str>>| unit.as_ref().map(|unit| format!("单位：{unit}"));
    let drawn = Axes { frame, pen, lying: matches!(frame.form, Form::Lying { .. }) };
    let left = frame.units.left.zip(unit(&chart.unit));
    let mut all = vec![drawn.labels(), drawn.values(LEFT, &frame.scales.left, left)];
    if let Some(scale) = &frame.scales.right {
        all.push(drawn.hidden());
        all.push(drawn.values(RIGHT, scale, frame.units.right.zip(unit(&chart.right_unit))));
    } else if frame.crossed()
        && let Some(target) = &chart.target
    {
        all.push(drawn.target(target.value, &said(target)));
        all.push(drawn.values(RIGHT, &frame.scales.left, None));
    }
    all
}

struct Axes<'a> {
    frame: &'a Frame,
    pen: &'a Pen<'a>,
    lying: bool,
}

/// What every axis begins with.
fn begin(name: &str, id: u32, scaling: Element, hidden: bool, side: &str) -> Element {
    Element::new(name)
        .child(Element::new("c:axId").with("val", id))
        .child(scaling)
        .child(flag("c:delete", hidden))
        .child(Element::new("c:axPos").with("val", side))
}

/// Numbers as they are, no ticks, labels where they are said to be.
fn marks(axis: Element, labels: &str) -> Element {
    axis.child(Element::new("c:numFmt").with("formatCode", "General").with("sourceLinked", 0))
        .child(Element::new("c:majorTickMark").with("val", "none"))
        .child(Element::new("c:minorTickMark").with("val", "none"))
        .child(Element::new("c:tickLblPos").with("val", labels))
}

fn no_line() -> Element {
    stroke(Element::new("a:ln").child(Element::new("a:noFill")))
}

/// A number of a scale without binary dust.
fn round(value: f64) -> f64 {
    format!("{value:.10e}").parse().unwrap_or(value)
}

impl Axes<'_> {
    /// Labels of lying bars read from top to bottom.
    fn orientation(&self) -> Element {
        let turned = if self.lying { "maxMin" } else { "minMax" };
        Element::new("c:scaling").child(Element::new("c:orientation").with("val", turned))
    }

    /// The axis of labels, at zero; its labels at the edge.
    fn labels(&self) -> Element {
        let axis = begin("c:catAx", LEFT.0, self.orientation(), false, if self.lying { "l" } else { "b" });
        let axis = marks(axis, "low").child(stroke(line(AXIS_WIDTH, 0.0, false))).child(self.pen.text(LABEL));
        self.crossing(axis, LEFT.1, Element::new("c:crosses").with("val", "autoZero"))
    }

    /// What an axis of labels ends with.
    fn crossing(&self, axis: Element, other: u32, at: Element) -> Element {
        let axis = axis
            .child(Element::new("c:crossAx").with("val", other))
            .child(at)
            .child(flag("c:auto", false))
            .child(Element::new("c:lblAlgn").with("val", "ctr"))
            .child(Element::new("c:lblOffset").with("val", 100));
        let every = self.frame.every;
        let axis = if every > 1 { axis.child(Element::new("c:tickLblSkip").with("val", every)) } else { axis };
        axis.child(flag("c:noMultiLvlLbl", true))
    }

    /// An axis of values: at the left with its grid; of lying bars without ticks, since every value is printed.
    fn values(&self, ids: (u32, u32), scale: &Scale, unit: Option<((f64, f64), String)>) -> Element {
        let scaling = Element::new("c:scaling")
            .child(Element::new("c:orientation").with("val", "minMax"))
            .child(Element::new("c:max").with("val", round(scale.high)))
            .child(Element::new("c:min").with("val", round(scale.low)));
        let first = ids == LEFT;
        let side = match (self.lying, first) {
            (true, true) => "b",
            (true, false) => "t",
            (false, true) => "l",
            (false, false) => "r",
        };
        let mut axis = begin("c:valAx", ids.1, scaling, false, side);
        if first && !self.lying {
            let grid = stroke(line(GRID_WIDTH, GRID, false));
            axis = axis.child(Element::new("c:majorGridlines").child(grid));
        }
        if let Some((place, unit)) = unit {
            axis = axis.child(self.title(&unit, place));
        }
        let ticks = !self.lying && (first || self.frame.scales.right.is_some());
        let axis = marks(axis, if ticks { "nextTo" } else { "none" }).child(no_line()).child(self.pen.text(SMALL));
        axis.child(Element::new("c:crossAx").with("val", ids.0))
            .child(Element::new("c:crosses").with("val", if first { "autoZero" } else { "max" }))
            .child(Element::new("c:crossBetween").with("val", "between"))
            .child(Element::new("c:majorUnit").with("val", round(scale.step)))
    }

    /// The labels of the second axis are those of the first.
    fn hidden(&self) -> Element {
        let axis = begin("c:catAx", RIGHT.0, self.orientation(), true, "b");
        let at = Element::new("c:crosses").with("val", "autoZero");
        self.crossing(marks(axis, "nextTo"), RIGHT.1, at)
    }

    /// A line down the chart at a value, with its name.
    fn target(&self, value: f64, name: &str) -> Element {
        let mut axis = begin("c:catAx", RIGHT.0, self.orientation(), false, if self.lying { "r" } else { "t" });
        if let Some(place) = self.frame.target {
            axis = axis.child(self.title(name, place));
        }
        let axis = marks(axis, "none").child(stroke(line(TARGET_WIDTH, 0.0, true)));
        self.crossing(axis, RIGHT.1, Element::new("c:crossesAt").with("val", round(value)))
    }

    /// A text whose left end and baseline are known.
    fn title(&self, text: &str, place: (f64, f64)) -> Element {
        self.pen.title(text, SMALL, text_at(&self.frame.own, place))
    }
}
