//! Blocks to bytes: PDF and pages through Typst, DOCX through docx-rs. Backends return
//! bytes and open no file (only the fonts are read here).
//!
//! [`Plan`] decides once what both outputs draw: faces, the ends of lines (`breaks`), the lines of
//! titles (`title`), tables (`table`), charts ([`chart`]). Every number is from [`standard`].

pub(crate) mod breaks;
mod cell_lines;
pub mod chart;
mod deviations;
mod docx;
mod dress;
mod extras;
pub mod fonts;
mod forms;
pub mod glyphs;
pub(crate) mod grid;
mod kit;
pub(crate) mod masthead;
pub(crate) mod paragraph;
mod picture;
mod plan;
pub(crate) mod profile;
mod reading;
mod remarks;
mod script;
pub(crate) mod signature;
pub mod standard;
pub(crate) mod table;
mod terms;
pub(crate) mod title;
mod typst;
mod webs;

pub use self::extras::{Attachment, Extras};
pub use self::kit::{Kit, MISSED};
pub use self::plan::Plan;
pub use self::profile::{ColophonPage, Fit, Profile};
pub use self::remarks::remarks;
pub(crate) use self::typst::{Drawings, Drawn, Part, Place, Screen, evict, forget, screen, volume};
pub use self::typst::{Pages, Pdf, chart_png};

use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// A document as pages, by what its pack and its office change.
pub fn pages(document: &Document, kit: &Kit) -> Result<Pages, Vec<Diagnostic>> {
    pages_with(document, kit, &Profile::of(document)?)
}

/// The same with a profile.
pub fn pages_with(document: &Document, kit: &Kit, profile: &Profile) -> Result<Pages, Vec<Diagnostic>> {
    Plan::new(document, kit, profile)?.pages(profile)
}

/// A document as PDF, by what its pack and its office change.
pub fn pdf(document: &Document, kit: &Kit) -> Result<Pdf, Vec<Diagnostic>> {
    pdf_with(document, kit, &Profile::of(document)?)
}

/// The same with a profile.
pub fn pdf_with(document: &Document, kit: &Kit, profile: &Profile) -> Result<Pdf, Vec<Diagnostic>> {
    Plan::new(document, kit, profile)?.pdf(profile, &Extras::default())
}

/// A document as DOCX, by what its pack and its office change, settled for its pages as [`pages`] settles them.
pub fn docx(document: &Document, kit: &Kit) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let own = Profile::of(document)?;
    let plan = Plan::new(document, kit, &own)?;
    plan.docx(&plan.settled(&own), None)
}

/// The same with a profile.
pub fn docx_with(document: &Document, kit: &Kit, profile: &Profile) -> Result<Vec<u8>, Vec<Diagnostic>> {
    Plan::new(document, kit, profile)?.docx(profile, None)
}
