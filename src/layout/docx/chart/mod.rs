//! Charts of the word processor's own (DrawingML): they can be edited with their data, and stand where those of the PDF
//! do. One part for each frame of the drawing, with the workbook that its data are in.

mod axes;
mod book;
mod format;
mod groups;
mod labels;
mod look;
mod sheet;

use super::super::chart::{Area, Form, Frame, LABEL, Native, SMALL};
use super::super::fonts::Choice;
use super::xml::{Element, bytes};
use crate::document::Chart;
use look::{Pen, flag, place};
use sheet::Sheet;

/// The namespace of charts.
pub const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// The namespace of relations.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Id of the relation from a chart to its workbook.
pub const WORKBOOK: &str = "rId1";

/// Writes a frame of a chart with an office's faces, so much smaller than it was planned.
pub fn native(chart: &Chart, frame: &Frame, faces: &Choice, scale: f64) -> Result<Native, rust_xlsxwriter::XlsxError> {
    let sheet = Sheet::new(chart, frame);
    let xml = bytes(&space(chart, frame, &sheet, &Pen { faces, scale }));
    Ok(Native { xml, book: book::workbook(&sheet)? })
}

fn space(chart: &Chart, frame: &Frame, sheet: &Sheet, pen: &Pen) -> Element {
    let field = place(&frame.own, &frame.plot, Some("inner"));
    let field = groups::groups(chart, frame, sheet, pen)
        .into_iter()
        .fold(Element::new("c:plotArea").child(field), Element::child);
    let field = axes::axes(chart, frame, pen).into_iter().fold(field, Element::child);
    let mut drawn = Element::new("c:chart");
    if let Some((place, note)) = &frame.note {
        // The title of a chart may stand anywhere.
        drawn = drawn.child(pen.title(note, SMALL, look::text_at(&frame.own, *place)));
    }
    let mut drawn = drawn.child(flag("c:autoTitleDeleted", frame.note.is_none())).child(field);
    if let Some(area) = &frame.legend {
        drawn = drawn.child(legend(frame, area, pen));
    }
    // What is missing is a gap, no zero.
    let drawn = drawn.child(flag("c:plotVisOnly", true)).child(Element::new("c:dispBlanksAs").with("val", "gap"));
    Element::new("c:chartSpace")
        .with("xmlns:c", C)
        .with("xmlns:a", A)
        .with("xmlns:r", R)
        .child(flag("c:date1904", false))
        .child(Element::new("c:lang").with("val", "zh-CN"))
        .child(flag("c:roundedCorners", false))
        .child(drawn)
        .child(look::nothing())
        .child(pen.text(SMALL))
        .child(Element::new("c:externalData").with("r:id", WORKBOOK).child(flag("c:autoUpdate", false)))
}

/// The legend at its place.
fn legend(frame: &Frame, area: &Area, pen: &Pen) -> Element {
    let disc = frame.form == Form::Disc;
    let legend = Element::new("c:legend").child(Element::new("c:legendPos").with("val", if disc { "r" } else { "t" }));
    let size = if disc { LABEL } else { SMALL };
    legend.child(place(&frame.own, area, None)).child(flag("c:overlay", true)).child(pen.text(size))
}
