//! Pages for the screen: each as SVG, with the places of the printed figures.

use rayon::prelude::*;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Destination;
use typst_svg::SvgOptions;

use super::super::kit::Kit;
use super::super::profile::Profile;
use super::annotate::Marked;
use super::{Pages, pages_with};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// A page as a vector picture.
#[derive(Clone, Debug)]
pub struct ScreenPage {
    pub svg: String,
    /// Size of the page, pt.
    pub width: f64,
    pub height: f64,
    pub spots: Vec<Spot>,
}

/// Where a figure (or one line of it) stands on its page, in shares of the page from the
/// left and from the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub figure: u32,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Lays a document out and draws its pages.
pub fn screen_pages(
    document: &Document,
    kit: &Kit,
    profile: &Profile,
) -> Result<(Vec<ScreenPage>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Pages { document, notices, .. } = pages_with(document, kit, &Profile { marked: true, ..profile.clone() })?;
    let options = SvgOptions { render_bleed: false, pretty: false };
    let draw = |page: &typst_layout::Page| {
        let mut spots = Vec::new();
        find(&page.frame, Transform::identity(), &mut spots);
        let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
        for spot in &mut spots {
            spot.x /= width;
            spot.width /= width;
            spot.y /= height;
            spot.height /= height;
        }
        ScreenPage { svg: without_links(&typst_svg::svg(page, &options)), width, height, spots }
    };
    Ok((document.pages().par_iter().map(draw).collect(), notices))
}

/// The figures of a page that was laid out with its figures marked.
pub fn marked(page: &typst_layout::Page) -> Marked {
    let mut spots = Vec::new();
    find(&page.frame, Transform::identity(), &mut spots);
    Marked { height: page.frame.height().to_pt(), spots }
}

/// Collects the links that carry figures, in pt.
fn find(frame: &Frame, at: Transform, spots: &mut Vec<Spot>) {
    for (point, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => find(&group.frame, here.pre_concat(group.transform), spots),
            FrameItem::Link(Destination::Url(url), size) => {
                let Some(figure) = url.as_str().strip_prefix("figure:").and_then(|id| id.parse().ok()) else {
                    continue;
                };
                let corners = [Point::zero(), size.to_point()].map(|corner| corner.transform(here));
                let (a, b) = (corners[0], corners[1]);
                spots.push(Spot {
                    figure,
                    x: a.x.min(b.x).to_pt(),
                    y: a.y.min(b.y).to_pt(),
                    width: (a.x - b.x).abs().to_pt(),
                    height: (a.y - b.y).abs().to_pt(),
                });
            }
            _ => {}
        }
    }
}

/// The picture alone: the same page has the same bytes whatever its figures are numbered.
/// Typst writes a link as an `a` element with an invisible rectangle; text is never text here.
fn without_links(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(start) = rest.find("<a ") {
        let Some(end) = rest[start..].find("</a>") else { break };
        out.push_str(&rest[..start]);
        rest = &rest[start + end + "</a>".len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_leave_the_picture() {
        assert_eq!(without_links("<svg><a href=\"figure:1\"><rect/></a><g/></svg>"), "<svg><g/></svg>");
        assert_eq!(without_links("<svg/>"), "<svg/>");
    }
}
