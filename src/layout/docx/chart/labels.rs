//! The values at their marks: where each stands, by which format, and which have no room.

use super::super::super::chart::{AtBar, Put, SMALL, Side};
use super::super::xml::Element;
use super::look::{Pen, flag, ground, lower, nothing};
use super::sheet::{Cell, Column};

/// The values of a series.
pub struct Labels<'a> {
    pub pen: &'a Pen<'a>,
    /// They stand on a ground so light, or on none.
    pub ground: Option<f64>,
    /// Height of the chart, pt.
    pub height: f64,
    /// They are shares of a whole.
    pub percent: bool,
    /// Where they stand, if nothing else is said of one.
    pub usual: &'a str,
}

/// What is said of one value.
pub enum At<'a> {
    /// Of a bar or a piece.
    Bar(AtBar),
    /// Of a point of a line.
    Point(Option<Put>),
    /// Of a piece, by a format of its own.
    Format(&'a str),
}

/// Heights that are a difference, pt.
const LOWER: f64 = 0.5;

impl Labels<'_> {
    /// The labels of a column; `at` tells of each what is not as usual.
    pub fn of<'c>(&self, column: &'c Column, at: impl Fn(usize, &'c Cell) -> At<'c>) -> Element {
        let mut labels = Element::new("c:dLbls");
        for (i, cell) in column.cells.iter().enumerate().filter_map(|(i, cell)| Some((i, cell.as_ref()?))) {
            let own = cell.format.as_deref().unwrap_or(&column.format);
            let (side, format, by) = match at(i, cell) {
                At::Bar(AtBar::Nowhere) | At::Point(None) => {
                    labels = labels.child(label(i).child(flag("c:delete", true)));
                    continue;
                }
                At::Bar(AtBar::Usual) => (self.usual, own, 0.0),
                At::Bar(AtBar::End) => ("inEnd", own, 0.0),
                At::Bar(AtBar::Base) => ("inBase", own, 0.0),
                At::Point(Some(put)) => (name(put.side), own, put.lower),
                At::Format(format) => (self.usual, format, 0.0),
            };
            // What no format makes of the number is written out.
            let written = (cell.format.is_none() && !self.percent).then_some(cell.text.as_str());
            let moved = by.abs() > LOWER;
            if written.is_some() || moved || format != column.format || side != self.usual {
                let one = if moved { label(i).child(lower(by / self.height)) } else { label(i) };
                let one = written.into_iter().fold(one, |one, text| one.child(self.written(text)));
                labels = labels.child(self.looks(one, format, side));
            }
        }
        let labels = self.looks(labels, &column.format, self.usual);
        if self.percent { labels.child(flag("c:showLeaderLines", false)) } else { labels.child(no_leaders()) }
    }

    fn looks(&self, label: Element, format: &str, side: &str) -> Element {
        let format = Element::new("c:numFmt").with("formatCode", format).with("sourceLinked", 0);
        let label = label
            .child(format)
            .child(self.ground.map_or_else(nothing, ground))
            .child(self.pen.text(SMALL))
            .child(Element::new("c:dLblPos").with("val", side));
        let shown = [
            ("c:showLegendKey", false),
            ("c:showVal", !self.percent),
            ("c:showCatName", false),
            ("c:showSerName", false),
            ("c:showPercent", self.percent),
            ("c:showBubbleSize", false),
        ];
        shown.into_iter().fold(label, |label, (name, yes)| label.child(flag(name, yes)))
    }

    fn written(&self, text: &str) -> Element {
        let Some(title) = self.pen.title(text, SMALL, Element::new("c:layout")).find("c:tx").cloned() else {
            return Element::new("c:tx");
        };
        title
    }
}

/// No lines lead from the marks of lines and bars to their values. Only an extension of the schema says it.
fn no_leaders() -> Element {
    let lines = Element::new("c15:showLeaderLines").with("val", 0);
    let extension = Element::new("c:ext")
        .with("uri", "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}")
        .with("xmlns:c15", "http://schemas.microsoft.com/office/drawing/2012/chart")
        .child(lines);
    Element::new("c:extLst").child(extension)
}

fn label(index: usize) -> Element {
    Element::new("c:dLbl").child(Element::new("c:idx").with("val", index))
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Above => "t",
        Side::Below => "b",
        Side::Beside => "r",
        Side::Left => "l",
    }
}
