//! Charts and vector pictures as dots for the DOCX.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::super::kit::Kit;
use super::super::profile::Profile;
use super::data::{Item, Meta, Sheet, Standard};
use super::program::CHART;
use super::{compile, fault};
use crate::diagnostic::Diagnostic;
use crate::document::{LayoutKind, Picture};

/// Resolution of charts in a DOCX.
const DOTS_PER_INCH: f64 = 300.0;
/// Rows of dots that are drawn at a time.
const BAND: u32 = 64;

/// A chart of a size in pt as dots. It has no text, only outlines: it needs no pages to be drawn,
/// which takes half the time. It is drawn some rows at a time, so that the dots in hand stay in the
/// processor's cache, and in greys, so that one byte a dot is enough.
pub fn chart_png(svg: &str, (width, height): (f64, f64)) -> Option<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).ok()?;
    let dots = |points: f64| (points * DOTS_PER_INCH / 72.0).round().max(1.0) as u32;
    let (across, down) = (dots(width), dots(height));
    let size = tree.size();
    let scale = Transform::from_scale(across as f32 / size.width(), down as f32 / size.height());
    let mut band = Pixmap::new(across, BAND.min(down))?;
    let mut greys = Vec::with_capacity(across as usize * down as usize);
    for top in (0..down).step_by(BAND as usize) {
        band.fill(Color::WHITE);
        resvg::render(&tree, scale.post_translate(0.0, -(top as f32)), &mut band.as_mut());
        let rows = (down - top).min(BAND) as usize;
        greys.extend(band.data().chunks_exact(4).take(rows * across as usize).map(|dot| dot[0]));
    }
    let mut bytes = Vec::new();
    // The library's fast packer, made for photographs, gives files four times as large.
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Level(2), FilterType::NoFilter);
    encoder.write_image(&greys, across, down, ExtendedColorType::L8).ok()?;
    Some(bytes)
}

/// An SVG as dots for the DOCX, of a size in pt.
pub fn svg_png(picture: &Picture, kit: &Kit, size: (f64, f64)) -> Result<Vec<u8>, Vec<Diagnostic>> {
    dots(kit, picture.bytes.to_vec(), size)
}

fn dots(kit: &Kit, svg: Vec<u8>, (width, height): (f64, f64)) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let file = "picture-1.svg".to_owned();
    let image = Item::Image { file: file.clone(), width, height, alt: String::new(), keep: false, spots: Vec::new() };
    let meta = Meta { title: String::new(), author: String::new(), date: (1970, 1, 1), draft: false };
    let standard = Standard::new(&Profile::default(), LayoutKind::Report, kit.fonts());
    let sheet = Sheet { standard, meta, body: vec![image], attached: Vec::new() };
    let pages = compile(kit, CHART, &sheet, vec![(file, svg)])?;
    let options = typst_render::RenderOptions { pixel_per_pt: (DOTS_PER_INCH / 72.0).into(), render_bleed: false };
    let page = pages.pages().first().ok_or_else(|| vec![fault("图没有页面")])?;
    let pixmap = typst_render::render(page, &options);
    png(pixmap.width(), pixmap.height(), pixmap.data()).map_err(|error| vec![fault(&error.to_string())])
}

/// Dots (red, green, blue, opacity each) as PNG.
fn png(width: u32, height: u32, dots: &[u8]) -> Result<Vec<u8>, image::ImageError> {
    let mut bytes = Vec::new();
    // Dots come multiplied by their opacity.
    let plain = |dot: &[u8]| match dot[3] {
        255 | 0 => [dot[0], dot[1], dot[2], dot[3]],
        alpha => [0, 1, 2, 3].map(|i| match i {
            3 => alpha,
            i => ((u16::from(dot[i]) * 255 + u16::from(alpha) / 2) / u16::from(alpha)).min(255) as u8,
        }),
    };
    let dots: Vec<u8> = dots.chunks_exact(4).flat_map(plain).collect();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    encoder.write_image(&dots, width, height, ExtendedColorType::Rgba8)?;
    Ok(bytes)
}
