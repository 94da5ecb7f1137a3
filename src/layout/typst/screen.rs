//! Pages for the screen: each as SVG, with the places of the printed figures and of every
//! letter.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use typst::layout::{Frame, FrameItem};
use typst::utils::hash128;
use typst_svg::SvgOptions;

use super::super::kit::Kit;
use super::super::plan::Plan;
use super::super::profile::Profile;
use super::Pages;
use super::letters::{Letters, Place};
use super::spots::{Marked, Spot, marked};
use crate::diagnostic::Diagnostic;
use crate::document::Document;

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

/// Lays a document out and draws the pages that are not among the drawings.
pub fn screen(document: &Document, kit: &Kit, drawings: &Drawings) -> Result<Screen, Vec<Diagnostic>> {
    let profile = Profile { marked: true, ..Profile::of(document)? };
    let Pages { document, notices, .. } = Plan::new(document, kit, &profile)?.pages(&profile)?;
    let pages: Vec<ScreenPage> = document.pages().par_iter().map(|page| draw(page, drawings)).collect();
    let mut letters = Letters::default();
    document.pages().iter().for_each(|page| letters.add(&page.frame, profile.grid.bottom));
    Ok(Screen { pages, notices, letters })
}

fn draw(page: &typst_layout::Page, drawings: &Drawings) -> ScreenPage {
    let Marked { mut spots, .. } = marked(page);
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
    fn a_drawing_is_known_while_it_is_held() {
        let drawings = Drawings::default();
        let drawn = Arc::new(Drawn { hash: "h".into(), svg: "s".into() });
        drawings.keep(7, &drawn);
        assert!(drawings.known(7).is_some());
        drop(drawn);
        assert!(drawings.known(7).is_none());
    }
}
