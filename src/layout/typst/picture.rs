//! Charts and vector pictures as dots for the DOCX.

use super::super::chart;
use super::super::glyphs::Findings;
use super::super::kit::Kit;
use super::super::profile::Profile;
use super::super::standard::{TYPE_WIDTH, pt};
use super::data::{Item, Meta, Sheet, Standard};
use super::{CHART, compile, fault};
use crate::diagnostic::Diagnostic;
use crate::document::{Chart, Picture};

/// Resolution of charts in a DOCX.
const DOTS_PER_INCH: f64 = 300.0;

/// A picture of a chart.
#[derive(Clone, Debug)]
pub struct ChartPng {
    pub bytes: Vec<u8>,
    /// Size on the page, pt.
    pub width: f64,
    pub height: f64,
}

/// Draws a chart as wide as the type area. Its characters have been checked with the document.
pub fn chart_png(chart: &Chart, kit: &Kit) -> Result<ChartPng, Vec<Diagnostic>> {
    let drawing = chart::draw(chart, kit.fonts(), pt(TYPE_WIDTH), &mut Findings::default());
    let svg = chart::svg(&drawing, kit.fonts());
    let (width, height) = drawing.size();
    Ok(ChartPng { bytes: dots(kit, svg.into_bytes(), (width, height))?, width, height })
}

/// An SVG as dots for the DOCX, of a size in pt.
pub fn svg_png(picture: &Picture, kit: &Kit, size: (f64, f64)) -> Result<Vec<u8>, Vec<Diagnostic>> {
    dots(kit, picture.bytes.to_vec(), size)
}

fn dots(kit: &Kit, svg: Vec<u8>, (width, height): (f64, f64)) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let file = "picture-1.svg".to_owned();
    let image = Item::Image { file: file.clone(), width, height, alt: String::new(), keep: false, spots: Vec::new() };
    let meta = Meta { title: String::new(), author: String::new(), date: (1970, 1, 1), draft: false };
    let sheet = Sheet { standard: Standard::new(&Profile::default()), meta, body: vec![image], attached: Vec::new() };
    let pages = compile(kit, CHART, &sheet, vec![(file, svg)])?;
    let options = typst_render::RenderOptions { pixel_per_pt: (DOTS_PER_INCH / 72.0).into(), render_bleed: false };
    let page = pages.pages().first().ok_or_else(|| vec![fault("图没有页面")])?;
    let pixmap = typst_render::render(page, &options);
    pixmap.encode_png().map_err(|error| vec![fault(&error.to_string())])
}
