//! A report that came back beside its data: what `check` and `refresh` share.

use std::path::{Path, PathBuf};

use super::args::ChoiceArgs;
use super::build::request;
pub use crate::batch::{RENEWED, Today, opened as open};
use crate::check::Finding;
use crate::diagnostic::{Diagnostic, SourceMap};
use crate::pipeline::Failure;
use crate::returned::{self, File, Places};
use crate::{batch, source};

/// Bytes of a report that came back.
pub fn bytes(report: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    source::file::read(report, source::file::MAX_FILE_BYTES)
}

/// A mistake that has no place.
#[allow(clippy::boxed_local, reason = "errors come boxed")]
pub fn single(found: Box<Diagnostic>) -> Failure {
    Failure { diagnostics: vec![*found], sources: SourceMap::new() }
}

/// Makes the report of today and compares.
pub fn today(report: &Path, file: &File<'_>, data: &[PathBuf], choice: &ChoiceArgs) -> Result<Today, Failure> {
    batch::today(report, file, &request(data, choice, false))
}

/// What `check` finds in a report that came back.
pub fn findings(report: &Path, data: &[PathBuf], choice: &ChoiceArgs) -> (Vec<Finding>, SourceMap) {
    let found = bytes(report).map_err(single).and_then(|bytes| {
        let file = open(report, &bytes)?;
        let today = today(report, &file, data, choice)?;
        let places = Places::of(&file.document);
        let mut findings = returned::findings(&today.compared, &places, &today.composed.document, today.source);
        findings.extend(returned::of_rules(&today.compared, &places, today.source));
        Ok((today.material.levels.apply(findings), today.material.sources))
    });
    found.unwrap_or_else(|failure| (failure.diagnostics.into_iter().map(Finding::plain).collect(), failure.sources))
}
