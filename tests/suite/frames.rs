//! Texts, rules and pictures of laid-out pages with their places in mm, read from Typst's frames.

use huibao::document::Document;
use huibao::layout::{self, Profile};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::visualize::Color;

use crate::layout_pdf::KIT;

/// A run of text on a page.
#[derive(Clone, Debug)]
pub struct Run {
    pub text: String,
    pub family: String,
    pub size: f64,
    /// mm: left edge, right edge, baseline.
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    /// mm: top and bottom of the ink.
    pub ink: (f64, f64),
    /// Not black.
    pub red: bool,
}

/// A horizontal rule: left, right, top, bottom, mm.
pub type Rule = (f64, f64, f64, f64);

#[derive(Default)]
pub struct Sheet {
    pub width: f64,
    pub runs: Vec<Run>,
    pub rules: Vec<Rule>,
    /// Pictures: left, right, top, bottom, mm.
    pub images: Vec<Rule>,
}

fn walk(frame: &Frame, transform: Transform, sheet: &mut Sheet) {
    let mm = |p: Point| (p.x.to_mm(), p.y.to_mm());
    for (at, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => walk(&group.frame, here.pre_concat(group.transform), sheet),
            FrameItem::Text(item) => {
                let (x0, y) = mm(Point::zero().transform(here));
                let (x1, _) = mm(Point::with_x(item.width()).transform(here));
                let boxes = item.glyphs.iter().filter_map(|glyph| {
                    let bbox = item.font.ttf().glyph_bounding_box(ttf_parser::GlyphId(glyph.id))?;
                    let unit = item.size.to_mm() / item.font.units_per_em();
                    Some((f64::from(bbox.y_max) * unit, f64::from(bbox.y_min) * unit))
                });
                let ink = boxes.fold((0.0f64, 0.0f64), |ink, (top, bottom)| (ink.0.max(top), ink.1.min(bottom)));
                sheet.runs.push(Run {
                    text: item.text.to_string(),
                    family: item.font.info().family.clone(),
                    size: item.size.to_pt(),
                    x0,
                    x1,
                    y,
                    ink: (y - ink.0, y - ink.1),
                    red: item.fill != Color::BLACK.into(),
                });
            }
            FrameItem::Shape(shape, _) => {
                let size = shape.geometry.bbox(None).size();
                let (x0, y0) = mm(Point::zero().transform(here));
                let (x1, _) = mm(size.to_point().transform(here));
                let half = shape.stroke.as_ref().map_or(0.0, |stroke| stroke.thickness.to_mm() / 2.0);
                sheet.rules.push((x0, x1, y0 - half, y0 + half));
            }
            FrameItem::Image(_, size, _) => {
                let (a, b) = (mm(Point::zero().transform(here)), mm(size.to_point().transform(here)));
                sheet.images.push((a.0, b.0, a.1, b.1));
            }
            _ => {}
        }
    }
}

pub fn sheets(document: &Document) -> Vec<Sheet> {
    sheets_with(document, &Profile::default())
}

pub fn sheets_with(document: &Document, profile: &Profile) -> Vec<Sheet> {
    let pages = layout::pages_with(document, &KIT, profile).unwrap();
    let one = |page: &typst_layout::Page| {
        let mut sheet = Sheet { width: page.frame.width().to_mm(), ..Sheet::default() };
        walk(&page.frame, Transform::identity(), &mut sheet);
        sheet
    };
    pages.document.pages().iter().map(one).collect()
}

impl Sheet {
    /// Lines above the foot: baseline and runs from left to right.
    pub fn lines(&self) -> Vec<(f64, Vec<&Run>)> {
        let mut lines: Vec<(f64, Vec<&Run>)> = Vec::new();
        for run in self.runs.iter().filter(|run| run.y < 263.0 && !run.text.trim().is_empty()) {
            match lines.iter_mut().find(|(y, _)| (*y - run.y).abs() < 0.1) {
                Some((_, runs)) => runs.push(run),
                None => lines.push((run.y, vec![run])),
            }
        }
        lines.sort_by(|a, b| a.0.total_cmp(&b.0));
        lines.iter_mut().for_each(|(_, runs)| runs.sort_by(|a, b| a.x0.total_cmp(&b.x0)));
        lines
    }

    pub fn find(&self, text: &str) -> &Run {
        self.runs.iter().find(|run| run.text.contains(text)).unwrap_or_else(|| panic!("no {text}"))
    }
}

#[track_caller]
pub fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value:.2} instead of {expected:.2} ± {tolerance}");
}
