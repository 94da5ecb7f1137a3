//! The proof of a template: built with last year's data it must give last year's text, to the character.

use std::path::PathBuf;
use std::sync::Arc;

use super::report::Report;
use crate::check::Levels;
use crate::dataset::{self, LoadOptions, Loaded};
use crate::document;
use crate::pipeline::{Material, compose, settle};
use crate::settings::Settings;
use crate::template::Pack;

/// A paragraph that comes out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// As the old report has it.
    pub old: String,
    /// As the template gives it.
    pub new: String,
}

/// What a Word file gives as a template over the data of a year; `None` where it gives no report at all.
pub fn printed(report: &Report, bytes: &[u8], data: &[PathBuf], year: Option<i16>) -> Option<Vec<String>> {
    let mut files = dataset::read(data, &LoadOptions { year, ..LoadOptions::default() });
    let pack = Pack::of_word(&report.path, bytes, &mut files.sources).ok()?;
    let Loaded { dataset, sources, .. } = settle(files, &pack, None, Vec::new());
    let (levels, _) = Levels::read(std::iter::empty());
    let (data, columns, settings) = (Arc::new(dataset?), Arc::default(), Settings::default());
    let material = Material { data, pack, table: None, settings, levels, columns, sources, diagnostics: Vec::new() };
    let composed = compose(&material, None, true).ok()?;
    let passages = document::passages(&composed.document);
    Some(passages.iter().map(|passage| passage.text.iter().collect()).collect())
}

/// What differs between what two files give, paragraph by paragraph.
pub fn differences(old: &[String], new: &[String]) -> Vec<Difference> {
    let blank = String::new();
    let all = 0..old.len().max(new.len());
    let pair = |at: usize| (old.get(at).unwrap_or(&blank), new.get(at).unwrap_or(&blank));
    let differ = all.map(pair).filter(|(old, new)| old != new);
    differ.map(|(old, new)| Difference { old: old.clone(), new: new.clone() }).collect()
}
