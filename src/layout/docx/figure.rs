//! Charts and pictures: drawings that stand in a line of their own or behind a signature.

use docx_rs::{Paragraph, Pic, Run};

use super::super::plan::{Chart, Picture, Text};
use super::super::standard::FIGURE_GAP;
use super::super::typst::{chart_png, svg_png};
use super::body::Body;
use super::drawing::{Drawing, emu};
use super::styles::id;
use crate::document::{self, PictureFormat};

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
