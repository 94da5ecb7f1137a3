//! What a 核对表 is made of.

use std::path::Path;

use crate::dataset::Dataset;
use crate::diagnostic::SourceMap;
use crate::document::Document;

/// What a 核对表 is made of.
pub struct Subject<'a> {
    pub document: &'a Document,
    pub data: &'a Dataset,
    pub sources: &'a SourceMap,
    /// Where the workbook will be written; links to the data files are relative to it.
    pub target: &'a Path,
}
