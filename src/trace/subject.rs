//! What a 核对表 is made of.

use std::path::Path;

use crate::dataset::Dataset;
use crate::diagnostic::SourceMap;
use crate::document::Document;

/// What a 核对表 is made of.
pub struct Subject<'a> {
    /// The report, with its figures.
    pub document: &'a Document,
    /// What it was made from: the row and the other year of a figure are looked up here.
    pub data: &'a Dataset,
    /// Names files and sheets, and holds the digests (SHA-256) by which a later copy is told from the one
    /// that was read.
    pub sources: &'a SourceMap,
    /// Where the workbook will be written; links to the data files are relative to it.
    pub target: &'a Path,
}
