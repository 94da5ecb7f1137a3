//! The series: bars, lines, the pieces of a whole, each with its values.

use super::super::super::chart::look::{self as greys, LINE_WIDTH, OUTLINE_WIDTH, TARGET_WIDTH};
use super::super::super::chart::{AtBar, Form, Frame, plates};
use super::super::xml::Element;
use super::axes::{LEFT, RIGHT};
use super::labels::{At, Labels};
use super::look::{Pen, filled, flag, line, nothing, stroke};
use super::sheet::Sheet;
use crate::document::{Chart, ChartKind};

/// Size of the marks of a line, pt: squares and diamonds.
const SQUARE: u32 = 5;
const DIAMOND: u32 = 7;

/// The groups of series in the order in which they are drawn.
pub fn groups(chart: &Chart, frame: &Frame, sheet: &Sheet, pen: &Pen) -> Vec<Element> {
    let drawn = Groups { chart, frame, sheet, pen };
    match frame.form {
        Form::Disc => vec![drawn.disc()],
        Form::Upright { bar, slot } => {
            let ids = if frame.crossed() { RIGHT } else { LEFT };
            let target = sheet.target.map(|column| drawn.lines(vec![drawn.target(column)], ids));
            let lines = drawn.on_axis(true);
            let lines = (!lines.is_empty()).then(|| drawn.lines(lines, RIGHT));
            [Some(drawn.bars("col", bar, slot)), target, lines].into_iter().flatten().collect()
        }
        Form::Lying { bar, slot } => {
            let target = sheet.target.map(|column| drawn.crossed(column));
            [Some(drawn.bars("bar", bar, slot)), target].into_iter().flatten().collect()
        }
        Form::Lines => {
            let mut sides = [drawn.on_axis(false), drawn.on_axis(true)];
            sides[usize::from(frame.crossed())].extend(sheet.target.map(|column| drawn.target(column)));
            let with_lines = sides.into_iter().zip([LEFT, RIGHT]).filter(|(lines, _)| !lines.is_empty());
            with_lines.map(|(lines, ids)| drawn.lines(lines, ids)).collect()
        }
    }
}

struct Groups<'a> {
    chart: &'a Chart,
    frame: &'a Frame,
    sheet: &'a Sheet,
    pen: &'a Pen<'a>,
}

impl Groups<'_> {
    /// A series with its number, name and look.
    fn series(&self, column: usize, look: Element) -> Element {
        Element::new("c:ser")
            .child(Element::new("c:idx").with("val", column))
            .child(Element::new("c:order").with("val", column))
            .child(self.sheet.name(column))
            .child(look)
    }

    fn data(&self, series: Element, column: usize) -> Element {
        series.child(self.sheet.categories()).child(self.sheet.values(column))
    }

    fn labels<'l>(&'l self, usual: &'l str) -> Labels<'l> {
        let height = self.frame.own.height;
        let ground = plates(self.chart).then_some(1.0);
        Labels { pen: self.pen, ground, height, percent: false, usual }
    }

    /// Bars so wide in places so wide, pt.
    fn bars(&self, direction: &str, bar: f64, slot: f64) -> Element {
        let stacked = self.chart.stacked;
        let grouping = if stacked { "stacked" } else { "clustered" };
        let mut group = Element::new("c:barChart")
            .child(Element::new("c:barDir").with("val", direction))
            .child(Element::new("c:grouping").with("val", grouping))
            .child(flag("c:varyColors", false));
        let bars = self.chart.series.iter().enumerate().filter(|(_, series)| !series.right);
        let mut count = 0;
        for (k, (column, _)) in bars.enumerate() {
            let series = self.series(column, filled(greys::fill(k, stacked), OUTLINE_WIDTH));
            let series = series.child(flag("c:invertIfNegative", false));
            let at = |i: usize| self.frame.bars.get(k).and_then(|row| row.get(i)).copied().unwrap_or_default();
            let ground = (stacked && self.chart.target.is_some()).then(|| greys::fill(k, true));
            let labels = self.labels(if stacked { "ctr" } else { "outEnd" });
            let labels = Labels { ground: ground.or(labels.ground), ..labels };
            let labels = labels.of(&self.sheet.columns[column], |i, _| At::Bar(at(i)));
            group = group.child(self.data(series.child(labels), column));
            count = k + 1;
        }
        // Bars are drawn 1 pt narrower than their place.
        let (drawn, beside) = ((bar - 1.0).max(1.0), if stacked { 1 } else { count.max(1) });
        let gap = ((slot - (bar * beside as f64 - 1.0)) / drawn * 100.0).round().clamp(0.0, 500.0);
        let overlap = if stacked { 100.0 } else { -(100.0 / drawn).round() };
        let group = group.child(Element::new("c:gapWidth").with("val", gap));
        axes(group.child(Element::new("c:overlap").with("val", overlap)), LEFT)
    }

    /// The lines of an axis.
    fn on_axis(&self, right: bool) -> Vec<Element> {
        let lines = |series: &crate::document::Series| self.chart.kind == ChartKind::Line || series.right;
        let all = self.chart.series.iter().enumerate().filter(|(_, series)| lines(series)).enumerate();
        let own = all.filter(|(_, (_, series))| series.right == right);
        own.map(|(k, (column, _))| self.line(k, column)).collect()
    }

    /// The k-th of the lines.
    fn line(&self, k: usize, column: usize) -> Element {
        let look = greys::line(k);
        let series = self.series(column, stroke(line(LINE_WIDTH, look.grey, look.dashed)));
        let (symbol, size) = if look.diamond { ("diamond", DIAMOND) } else { ("square", SQUARE) };
        let marker = Element::new("c:marker")
            .child(Element::new("c:symbol").with("val", symbol))
            .child(Element::new("c:size").with("val", size))
            .child(filled(look.fill, OUTLINE_WIDTH));
        let put = |i: usize| self.frame.points.get(k).and_then(|row| *row.get(i)?);
        let labels = self.labels("t").of(&self.sheet.columns[column], |i, _| At::Point(put(i)));
        self.data(series.child(marker).child(labels), column).child(flag("c:smooth", false))
    }

    /// The 目标线. Over one label it has no length: an axis is drawn there.
    fn target(&self, column: usize) -> Element {
        let series = self.series(column, stroke(line(TARGET_WIDTH, 0.0, true)));
        let marker = Element::new("c:marker").child(Element::new("c:symbol").with("val", "none"));
        self.data(series.child(marker), column).child(flag("c:smooth", false))
    }

    fn lines(&self, series: Vec<Element>, ids: (u32, u32)) -> Element {
        let group = Element::new("c:lineChart")
            .child(Element::new("c:grouping").with("val", "standard"))
            .child(flag("c:varyColors", false));
        axes(series.into_iter().fold(group, Element::child).child(flag("c:marker", true)), ids)
    }

    /// Word processors draw no line down a chart of lying bars. A second axis of labels, which crosses at the target, is
    /// one; it wants a series, of which nothing is drawn.
    fn crossed(&self, column: usize) -> Element {
        let name = Element::new("c:tx").child(Element::new("c:v").text(" "));
        let mut series = self.series(column, nothing()).child(flag("c:invertIfNegative", false));
        // The legend names what is drawn: this is named at its line.
        if let Some(own) = series.find_mut("c:tx") {
            *own = name;
        }
        let group = Element::new("c:barChart")
            .child(Element::new("c:barDir").with("val", "bar"))
            .child(Element::new("c:grouping").with("val", "clustered"))
            .child(flag("c:varyColors", false))
            .child(self.data(series, column))
            .child(Element::new("c:gapWidth").with("val", 0));
        axes(group, RIGHT)
    }

    fn disc(&self) -> Element {
        let mut series = self.series(0, filled(1.0, OUTLINE_WIDTH));
        if self.frame.note.is_some() {
            // The note stands where the title would: the name of the series, which nothing shows, is no title beside it.
            series.retain(|child| child.name != "c:tx");
        }
        for k in 0..self.sheet.labels.len() {
            let piece = Element::new("c:dPt").child(Element::new("c:idx").with("val", k));
            let piece = piece.child(flag("c:bubble3D", false)).child(filled(greys::slice(k), OUTLINE_WIDTH));
            series = series.child(piece);
        }
        let put = |i: usize| self.frame.bars.first().and_then(|row| row.get(i)).copied().unwrap_or_default();
        let formats: Vec<String> = self.sheet.entries.iter().map(|entry| percent(&entry.share)).collect();
        let height = self.frame.own.height;
        let labels = Labels { pen: self.pen, ground: None, height, percent: true, usual: "outEnd" };
        let at = |i: usize, _: &_| match formats.get(i) {
            Some(format) if put(i) == AtBar::Usual => At::Format(format),
            _ => At::Bar(AtBar::Nowhere),
        };
        let labels = labels.of(&self.sheet.columns[0], at);
        Element::new("c:pieChart")
            .child(flag("c:varyColors", true))
            .child(self.data(series.child(labels), 0))
            .child(Element::new("c:firstSliceAng").with("val", 0))
    }
}

/// The format of a share with as many decimals as are printed.
fn percent(share: &str) -> String {
    match share.trim_end_matches('%').split_once('.') {
        Some((_, part)) => format!("0.{}%", "0".repeat(part.chars().count())),
        None => "0%".to_owned(),
    }
}

fn axes(group: Element, ids: (u32, u32)) -> Element {
    let id = |id: u32| Element::new("c:axId").with("val", id);
    group.child(id(ids.0)).child(id(ids.1))
}
