//! Places, faces, fills and lines in DrawingML.

use super::super::super::chart::{Area, SMALL};
use super::super::super::fonts::Choice;
use super::super::super::standard::Face;
use super::super::xml::Element;

/// The faces of an office, and how much smaller everything is than it was planned.
pub struct Pen<'a> {
    pub faces: &'a Choice,
    pub scale: f64,
}

/// `<c:overlay val="1"/>`.
pub fn flag(name: &str, yes: bool) -> Element {
    Element::new(name).with("val", u8::from(yes))
}

/// A length in a share of a whole, to a hundred-thousandth.
fn share(length: f64, whole: f64) -> f64 {
    (length / whole.max(1.0) * 1e5).round() / 1e5
}

/// A part of a chart at its place; `target`: what of it is meant.
pub fn place(own: &Area, area: &Area, target: Option<&str>) -> Element {
    let mut manual = Element::new("c:manualLayout");
    if let Some(target) = target {
        manual = manual.child(Element::new("c:layoutTarget").with("val", target));
    }
    let lengths = [
        ("c:x", share(area.left, own.width)),
        ("c:y", share(area.top, own.height)),
        ("c:w", share(area.width, own.width)),
        ("c:h", share(area.height, own.height)),
    ];
    manual = at_edges(manual);
    for (name, length) in lengths {
        manual = manual.child(Element::new(name).with("val", length));
    }
    Element::new("c:layout").child(manual)
}

/// The place of a small text whose left end and baseline are known.
pub fn text_at(own: &Area, (left, baseline): (f64, f64)) -> Element {
    let top = (baseline - SMALL).max(0.0);
    let manual = at_edges(Element::new("c:manualLayout"))
        .child(Element::new("c:x").with("val", share(left, own.width)))
        .child(Element::new("c:y").with("val", share(top, own.height)));
    Element::new("c:layout").child(manual)
}

/// A text so much lower than it usually is, in a share of the chart's height.
pub fn lower(share: f64) -> Element {
    let by = Element::new("c:y").with("val", (share * 1e5).round() / 1e5);
    let manual = Element::new("c:manualLayout").child(Element::new("c:x").with("val", 0)).child(by);
    Element::new("c:layout").child(manual)
}

fn at_edges(manual: Element) -> Element {
    ["c:xMode", "c:yMode"].iter().fold(manual, |manual, mode| manual.child(Element::new(mode).with("val", "edge")))
}

fn grey(lightness: f64) -> Element {
    let level = (lightness.clamp(0.0, 1.0) * 255.0).round() as u8;
    let colour = Element::new("a:srgbClr").with("val", format!("{level:02X}{level:02X}{level:02X}"));
    Element::new("a:solidFill").child(colour)
}

/// A line so thick, pt.
pub fn line(width: f64, lightness: f64, dashed: bool) -> Element {
    let line = Element::new("a:ln").with("w", (width * 12700.0).round() as i64).child(grey(lightness));
    let line = if dashed { line.child(Element::new("a:prstDash").with("val", "dash")) } else { line };
    line.child(Element::new("a:round"))
}

fn no_line() -> Element {
    Element::new("a:ln").child(Element::new("a:noFill"))
}

/// Filled and outlined.
pub fn filled(lightness: f64, outline: f64) -> Element {
    Element::new("c:spPr").child(grey(lightness)).child(line(outline, 0.0, false))
}

/// Filled without an outline.
pub fn ground(lightness: f64) -> Element {
    Element::new("c:spPr").child(grey(lightness)).child(no_line())
}

/// A line alone.
pub fn stroke(line: Element) -> Element {
    Element::new("c:spPr").child(line)
}

/// Neither fill nor line.
pub fn nothing() -> Element {
    Element::new("c:spPr").child(Element::new("a:noFill")).child(no_line())
}

impl Pen<'_> {
    /// How text of a size in pt looks.
    pub fn text(&self, size: f64) -> Element {
        let paragraph = Element::new("a:p")
            .child(Element::new("a:pPr").child(self.properties("a:defRPr", size)))
            .child(Element::new("a:endParaRPr").with("lang", "zh-CN"));
        Element::new("c:txPr").child(upright()).child(Element::new("a:lstStyle")).child(paragraph)
    }

    /// A title of an axis, its text at a place in the chart.
    pub fn title(&self, text: &str, size: f64, layout: Element) -> Element {
        let run = Element::new("a:r")
            .child(self.properties("a:rPr", size).with("lang", "zh-CN"))
            .child(Element::new("a:t").text(text));
        let paragraph =
            Element::new("a:p").child(Element::new("a:pPr").child(self.properties("a:defRPr", size))).child(run);
        let rich = Element::new("c:rich").child(upright()).child(Element::new("a:lstStyle")).child(paragraph);
        Element::new("c:title").child(Element::new("c:tx").child(rich)).child(layout).child(flag("c:overlay", true))
    }

    fn properties(&self, name: &str, size: f64) -> Element {
        let latin = self.faces.office_latin(Face::FangSong);
        let face = |name: &str, family: &str| Element::new(name).with("typeface", family);
        Element::new(name)
            .with("sz", (size * self.scale * 100.0).round() as i64)
            .with("b", 0)
            .child(grey(0.0))
            .child(face("a:latin", latin))
            .child(face("a:ea", self.faces.office(Face::FangSong)))
            .child(face("a:cs", latin))
    }
}

/// Text stands upright at every axis.
fn upright() -> Element {
    Element::new("a:bodyPr").with("rot", 0).with("vert", "horz")
}
