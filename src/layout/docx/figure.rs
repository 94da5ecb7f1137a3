//! Charts and pictures: drawings that stand in a line of their own or behind a signature.

use docx_rs::{Paragraph, Pic, Run};

use super::super::plan::{Chart, Picture, Text};
use super::super::standard::FIGURE_GAP;
use super::super::typst::{chart_png, svg_png};
use super::body::{Body, with_runs};
use super::chart::native;
use super::drawing::{Content, Drawing, emu};
use super::styles::id;
use crate::document::{self, PictureFormat};

impl Body<'_> {
    /// A chart that can be edited, or dots where the office wants a picture.
    pub fn chart(&mut self, chart: &Chart) {
        let drawings = match self.profile.chart_pictures || chart.drawing.frames.is_empty() {
            true => dots(chart).map(|drawing| vec![(drawing, chart.drawing.size())]),
            false => self.native(chart),
        };
        match drawings {
            Some(drawings) => self.figure(drawings, chart.caption.as_ref()),
            None => self.faults.push(super::fault("统计图画不成")),
        }
    }

    fn native(&self, chart: &Chart) -> Option<Vec<(Drawing, (f64, f64))>> {
        let scale = chart.drawing.size().0 / chart.drawing.width;
        let made = chart.native(|frame| native(chart.chart, frame, &self.profile.faces, scale).ok())?;
        let several = made.len() > 1;
        let drawings = chart.drawing.frames.iter().zip(made).enumerate().map(|(i, (frame, native))| {
            // All of it is said at the first.
            let alt = if several { format!("{}（第{}栏）", chart.alt, i + 1) } else { chart.alt.clone() };
            let size = (frame.own.width * scale, frame.own.height * scale);
            (Drawing { content: Content::Chart(native.clone()), alt, behind: None }, size)
        });
        Some(drawings.collect())
    }

    pub fn picture(&mut self, picture: &Picture) {
        if let Some(drawing) = self.drawing(picture.picture, picture.alt.clone(), picture.size) {
            self.figure(vec![(drawing, picture.size)], picture.caption.as_ref());
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
        Some(Drawing { content: Content::Picture { bytes, extension }, alt, behind: None })
    }

    /// Drawings side by side.
    fn figure(&mut self, drawings: Vec<(Drawing, (f64, f64))>, caption: Option<&Text>) {
        self.gap(FIGURE_GAP);
        let runs: Vec<Run> = drawings.into_iter().map(|(drawing, size)| self.draw(drawing, size)).collect();
        self.add(with_runs(Paragraph::new().style(id::FIGURE).keep_next(caption.is_some()), runs));
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

/// A chart as dots.
fn dots(chart: &Chart) -> Option<Drawing> {
    let bytes = chart_png(&chart.svg, chart.drawing.size())?;
    Some(Drawing { content: Content::Picture { bytes, extension: "png" }, alt: chart.alt.clone(), behind: None })
}
