//! Charts and pictures: drawings that stand in a line of their own or behind a signature.

use docx_rs::{Paragraph, Pic, Run};

use super::super::plan::{Chart, Picture, Text};
use super::super::standard::FIGURE_GAP;
use super::super::typst::{chart_png, svg_png};
use super::body::Body;
use super::styles::id;
use super::xml::Element;
use crate::document::{self, PictureFormat};

/// A drawing: what the writer of XML cannot say of it. They are numbered in the order of the text.
pub struct Drawing {
    pub bytes: Vec<u8>,
    /// `png` or `jpeg`.
    pub extension: &'static str,
    pub alt: String,
    /// Behind the text, its top left so many EMU from the type area's left edge and from the
    /// top of its paragraph.
    pub behind: Option<(i64, i64)>,
}

/// pt to EMU.
pub fn emu(points: f64) -> i64 {
    (points * 12700.0).round() as i64
}

impl Body<'_> {
    pub fn chart(&mut self, chart: &Chart) {
        let size = chart.drawing.size();
        let Some(bytes) = chart_png(&chart.svg, size) else {
            return self.faults.push(super::fault("统计图画不成"));
        };
        let drawing = Drawing { bytes, extension: "png", alt: chart.alt.clone(), behind: None };
        self.figure(drawing, size, chart.caption.as_ref());
    }

    pub fn picture(&mut self, picture: &Picture) {
        if let Some(drawing) = self.drawing(picture.picture, picture.alt.clone(), picture.size) {
            self.figure(drawing, picture.size, picture.caption.as_ref());
        }
    }

    /// A picture's bytes as a DOCX takes them; an SVG becomes dots.
    pub fn drawing(&mut self, picture: &document::Picture, alt: String, size: (f64, f64)) -> Option<Drawing> {
        let (bytes, extension) = match picture.format {
            PictureFormat::Png => (picture.bytes.to_vec(), "png"),
            PictureFormat::Jpeg => (picture.bytes.to_vec(), "jpeg"),
            PictureFormat::Svg => match svg_png(picture, self.plan.kit(), size) {
                Ok(bytes) => (bytes, "png"),
                Err(faults) => {
                    self.faults.extend(faults);
                    return None;
                }
            },
        };
        Some(Drawing { bytes, extension, alt, behind: None })
    }

    fn figure(&mut self, drawing: Drawing, size: (f64, f64), caption: Option<&Text>) {
        self.gap(FIGURE_GAP);
        let run = self.draw(drawing, size);
        self.add(Paragraph::new().style(id::FIGURE).keep_next(caption.is_some()).add_run(run));
        self.caption(caption, false);
        self.gap(FIGURE_GAP);
    }

    /// A run that holds a drawing of a size in pt.
    pub fn draw(&mut self, drawing: Drawing, size: (f64, f64)) -> Run {
        let pic = Pic::new_with_dimensions(Vec::new(), 1, 1).size(emu(size.0) as u32, emu(size.1) as u32);
        let pic = if drawing.behind.is_some() { pic.floating().overlapping() } else { pic };
        self.drawings.push(drawing);
        Run::new().add_image(pic)
    }
}

/// Id of the relation to a drawing's picture, which count from 0.
pub fn relation(index: usize) -> String {
    format!("rIdPicture{}", index + 1)
}

/// Gives every drawing below its number, its text for readers who cannot see it, and its place.
pub fn complete(root: &mut Element, drawings: &[Drawing]) {
    let mut seen = 0;
    root.walk(&mut |element| {
        if !matches!(element.name.as_str(), "wp:inline" | "wp:anchor") {
            return;
        }
        let Some(drawing) = drawings.get(seen) else { return };
        let index = seen;
        seen += 1;
        element.walk(&mut |inner| match inner.name.as_str() {
            "a:blip" => inner.set("r:embed", relation(index)),
            "wp:docPr" | "pic:cNvPr" => {
                inner.set("id", index + 1);
                inner.set("name", format!("图片{}", index + 1));
                inner.set("descr", &drawing.alt);
            }
            _ => {}
        });
        let Some((x, y)) = drawing.behind else { return };
        element.set("behindDoc", 1);
        element.set("allowOverlap", 1);
        element.set("layoutInCell", 1);
        for (name, from, offset) in [("wp:positionH", "margin", x), ("wp:positionV", "paragraph", y)] {
            let position = element.entry(name);
            position.set("relativeFrom", from);
            position.children.clear();
            *position = std::mem::take(position).child(Element::new("wp:posOffset").text(&offset.to_string()));
        }
    });
}
