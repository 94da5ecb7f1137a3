//! Blocks to bytes: PDF and pages through Typst, DOCX through docx-rs. Backends return
//! bytes and open no file (only the fonts are read here).
//!
//! Both outputs take every number from [`standard`], the ends of lines from [`breaks`], the
//! lines of titles from [`title`] and the places of signatures from [`signature`].

pub mod breaks;
pub mod chart;
mod docx;
mod dress;
mod extras;
pub mod fonts;
pub mod glyphs;
mod kit;
pub mod masthead;
pub mod paragraph;
pub mod profile;
mod remarks;
pub mod signature;
pub mod standard;
pub mod table;
pub mod title;
mod typst;

pub use self::docx::{docx, docx_reviewed, docx_with};
pub use self::extras::{Attachment, Extras};
pub use self::kit::{Kit, MISSED};
pub use self::profile::{ColophonPage, Fit, Profile};
pub use self::remarks::remarks;
pub use self::typst::{
    ChartPng, Drawings, Drawn, Pages, Part, Pdf, Place, Screen, ScreenPage, Spot, chart_png, evict, forget, pages,
    pages_with, pdf, pdf_carrying, pdf_with, screen, svg_fault, svg_png, volume,
};

use crate::document::{Colophon, Document, Inline, List, Picture};

/// The 版记 as it is set: with the 主送机关 where they had to move there (7.3.2).
fn colophon(document: &Document, profile: &Profile) -> Option<Colophon> {
    let moved = document.front.addressee.as_ref().filter(|_| profile.addressee_below);
    let Some(addressee) = moved else { return document.colophon.clone() };
    let mut text = addressee.clone();
    // In the 版记 the list ends with 。, which is set there.
    if let Some(Inline::Text(last) | Inline::Figure { text: last, .. }) = text.last_mut() {
        *last = last.trim_end_matches(['：', ':']).into();
    }
    Some(Colophon { addressee: Some(text), ..document.colophon.clone().unwrap_or_default() })
}

/// What stands before an item of a list (items count from 0).
pub fn list_marker(list: &List, item: usize) -> String {
    if list.ordered { format!("{}.", item + 1) } else { "——".to_owned() }
}

/// Size of a picture on the page, pt, for a room so many pt wide.
pub fn picture_size(picture: &Picture, room: f64) -> (f64, f64) {
    self::typst::fit_picture(picture, room)
}
