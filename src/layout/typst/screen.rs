//! Pages for the screen: each as SVG, with the places of the printed figures and of every
//! letter.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Destination;
use typst::utils::hash128;
use typst_svg::SvgOptions;

use super::super::kit::Kit;
use super::super::plan::Plan;
use super::super::profile::Profile;
use super::Pages;
use super::letters::{Letters, Place};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// Spots of a figure that are so near, pt, are one: a figure of digits and Han characters is
/// set in pieces.
const JOIN: f64 = 3.0;

/// A page as a vector picture. Pages that look the same have the same digest.
#[derive(Debug)]
pub struct Drawn {
    pub hash: String,
    pub svg: String,
}

/// Pages that were drawn before and are still held by somebody: what did not change is not
/// drawn again.
#[derive(Debug, Default)]
pub struct Drawings(Mutex<HashMap<u128, Weak<Drawn>>>);

impl Drawings {
    fn known(&self, key: u128) -> Option<Arc<Drawn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key)?.upgrade()
    }

    fn keep(&self, key: u128, drawn: &Arc<Drawn>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, drawn| drawn.strong_count() > 0);
        known.insert(key, Arc::downgrade(drawn));
    }
}

#[derive(Clone, Debug)]
pub struct ScreenPage {
    pub drawn: Arc<Drawn>,
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

/// A report on the screen.
#[derive(Debug)]
pub struct Screen {
    pub pages: Vec<ScreenPage>,
    pub notices: Vec<Diagnostic>,
    letters: Letters,
}

impl Screen {
    /// Where `words` are printed between `before` and `after`; blanks do not count.
    pub fn find(&self, before: &str, words: &str, after: &str) -> Vec<Place> {
        let mut places = self.letters.find(before, words, after);
        for place in &mut places {
            let Some(page) = self.pages.get(place.page) else { continue };
            place.x /= page.width;
            place.width /= page.width;
            place.y /= page.height;
            place.height /= page.height;
        }
        places
    }
}

/// A page's height in pt and the places of its figures in pt from the top left.
pub struct Marked {
    pub height: f64,
    pub spots: Vec<Spot>,
}

/// Lays a document out and draws the pages that are not among the drawings.
pub fn screen(document: &Document, kit: &Kit, drawings: &Drawings) -> Result<Screen, Vec<Diagnostic>> {
    let profile = Profile { marked: true, ..Profile::of(document)? };
    let Pages { document, notices, .. } = Plan::new(document, kit, &profile)?.pages(&profile)?;
    let pages: Vec<ScreenPage> = document.pages().par_iter().map(|page| draw(page, drawings)).collect();
    let mut letters = Letters::default();
    document.pages().iter().for_each(|page| letters.add(&page.frame));
    Ok(Screen { pages, notices, letters })
}

fn draw(page: &typst_layout::Page, drawings: &Drawings) -> ScreenPage {
    let mut spots = Vec::new();
    find(&page.frame, Transform::identity(), &mut spots);
    let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
    for spot in &mut spots {
        spot.x /= width;
        spot.width /= width;
        spot.y /= height;
        spot.height /= height;
    }
    let key = hash128(&Drawing(&page.frame));
    let drawn = drawings.known(key).unwrap_or_else(|| {
        let svg = without_links(&typst_svg::svg(page, &SvgOptions { render_bleed: false, pretty: false }));
        let hash = Sha256::digest(&svg).iter().take(16).map(|b| format!("{b:02x}")).collect();
        let drawn = Arc::new(Drawn { hash, svg });
        drawings.keep(key, &drawn);
        drawn
    });
    ScreenPage { drawn, width, height, spots }
}

/// The figures of a page that was laid out with its figures marked.
pub fn marked(page: &typst_layout::Page) -> Marked {
    let mut spots = Vec::new();
    find(&page.frame, Transform::identity(), &mut spots);
    Marked { height: page.frame.height().to_pt(), spots }
}

/// What is drawn of a frame. Tags and links name their place in the document, which changes
/// with every other page.
struct Drawing<'a>(&'a Frame);

impl Hash for Drawing<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.size().hash(state);
        for (point, item) in self.0.items() {
            match item {
                FrameItem::Tag(_) | FrameItem::Link(..) => continue,
                FrameItem::Group(group) => {
                    (point, group.transform, &group.clip).hash(state);
                    Drawing(&group.frame).hash(state);
                }
                drawn => (point, drawn).hash(state),
            }
        }
        // Groups end here.
        u8::MAX.hash(state);
    }
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
                join(
                    spots,
                    Spot {
                        figure,
                        x: a.x.min(b.x).to_pt(),
                        y: a.y.min(b.y).to_pt(),
                        width: (a.x - b.x).abs().to_pt(),
                        height: (a.y - b.y).abs().to_pt(),
                    },
                );
            }
            _ => {}
        }
    }
}

/// Adds a spot; one that goes on where the last one ends makes it longer.
fn join(spots: &mut Vec<Spot>, spot: Spot) {
    if let Some(last) = spots.last_mut()
        && last.figure == spot.figure
        && (last.y - spot.y).abs() < JOIN
        && (last.x + last.width - spot.x).abs() < JOIN
    {
        let bottom = (last.y + last.height).max(spot.y + spot.height);
        last.width = spot.x + spot.width - last.x;
        last.y = last.y.min(spot.y);
        last.height = bottom - last.y;
        return;
    }
    spots.push(spot);
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

    #[test]
    fn pieces_of_a_figure_are_one_spot() {
        let spot = |figure, x, y| Spot { figure, x, y, width: 10.0, height: 12.0 };
        let mut spots = Vec::new();
        for piece in [spot(1, 0.0, 0.0), spot(1, 10.5, 0.2), spot(2, 20.5, 0.0), spot(2, 0.0, 29.0)] {
            join(&mut spots, piece);
        }
        let widths: Vec<f64> = spots.iter().map(|s| s.width).collect();
        assert_eq!(widths, [20.5, 10.0, 10.0]);
    }

    #[test]
    fn a_drawing_is_known_while_it_is_held() {
        let drawings = Drawings::default();
        let drawn = Arc::new(Drawn { hash: "h".into(), svg: "s".into() });
        drawings.keep(7, &drawn);
        assert!(drawings.known(7).is_some());
        drop(drawn);
        assert!(drawings.known(7).is_none());
    }
}
