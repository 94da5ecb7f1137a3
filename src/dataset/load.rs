//! Files to one dataset: the format by content, all mistakes of all files together.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::gathered::{self, Gathered};
use super::sets::{self, Set};
use super::{Dataset, sheets, yaml};
use crate::diagnostic::{Diagnostic, Origin, Severity, Source, SourceId, SourceMap, fault};
use crate::source;
use crate::source::date::Epoch;

/// What is to be read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file on disk, of at most [`MAX_FILE_BYTES`](source::file::MAX_FILE_BYTES).
    Path(PathBuf),
    /// A file in memory, with its name.
    Bytes {
        /// With its extension, which is a hint where the content does not tell the format (.csv).
        name: String,
        /// The whole file.
        bytes: Vec<u8>,
    },
}

/// How it is to be read.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// `--year`: the year of the report, whatever the data say.
    pub year: Option<i16>,
    /// `--set 名=值`: these stand over what the files say.
    pub sets: Vec<(String, String)>,
    /// Guesses are errors.
    pub strict: bool,
}

/// What was read. The dataset is there even with errors in single values, as long as
/// every file could be opened; ask [`has_error`](crate::diagnostic::has_error) first.
#[derive(Debug)]
pub struct Loaded {
    /// `None` when a file could not be opened or read at all: half of the data would make a wrong report.
    pub dataset: Option<Dataset>,
    /// The names of `--set`.
    pub sets: Vec<Set>,
    /// The files in the order in which they were given; every [`Origin`](crate::diagnostic::Origin) of the
    /// dataset and of the messages leads here.
    pub sources: SourceMap,
    /// Errors, warnings and remarks of all files together, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads files; later ones add to earlier ones.
pub fn load(paths: &[PathBuf], options: &LoadOptions) -> Loaded {
    load_inputs(paths.iter().cloned().map(Input::Path).collect(), options)
}

/// Reads files from disk or memory; later ones add to earlier ones.
pub fn load_inputs(inputs: Vec<Input>, options: &LoadOptions) -> Loaded {
    let _step = fault::step("读数据");
    let mut sources = SourceMap::new();
    let mut diagnostics = Vec::new();
    let mut gathered = Gathered::default();
    let mut whole = true;
    for input in inputs {
        let (path, name, bytes) = match input {
            Input::Path(path) => match source::file::read(&path, source::file::MAX_FILE_BYTES) {
                Ok(bytes) => (path.clone(), source::file::display_name(&path), bytes),
                Err(error) => {
                    diagnostics.push(*error);
                    whole = false;
                    continue;
                }
            },
            Input::Bytes { name, bytes } => (PathBuf::new(), name, bytes),
        };
        let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        let id = sources.add(Source { path, name, text: None, sheets: Vec::new(), sha256 });
        whole &= read_one(&bytes, id, &mut sources, &mut gathered, &mut diagnostics);
    }
    let mut dataset = gathered::settle(gathered, options.year, &mut diagnostics);
    let sets = sets::apply(&mut dataset, &options.sets, &mut sources);
    if options.strict {
        diagnostics.iter_mut().filter(|d| is_guess(d)).for_each(|d| d.severity = Severity::Error);
    }
    Loaded { dataset: whole.then_some(dataset), sets, sources, diagnostics }
}

/// What `--strict` does not allow.
fn is_guess(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity < Severity::Error && diagnostic.code.is_guess()
}

/// False when the file as a whole could not be read.
fn read_one(
    bytes: &[u8],
    id: SourceId,
    sources: &mut SourceMap,
    gathered: &mut Gathered,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let name = sources.get(id).name.clone();
    let extension = Path::new(&name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(extension.as_str(), "yaml" | "yml") {
        return match source::yaml::read(bytes, id, sources) {
            Ok(root) => {
                gathered.files.push((id, Epoch::default()));
                yaml::read(root, gathered, diagnostics)
            }
            Err(faults) => {
                diagnostics.extend(faults);
                false
            }
        };
    }
    match source::workbook::read(bytes, &name) {
        Ok((workbook, mut remarks)) => {
            remarks.iter_mut().for_each(|d| d.origin = d.origin.or(Some(Origin::whole(id))));
            diagnostics.append(&mut remarks);
            gathered.files.push((id, workbook.epoch));
            sources.get_mut(id).sheets = workbook.sheets.iter().map(|s| s.name.clone()).collect();
            for (cell, place) in sheets::collected::origins(&workbook, id) {
                sources.set_filled_in(cell, place);
            }
            sheets::read(&workbook, id, gathered, diagnostics);
            true
        }
        Err(error) => {
            diagnostics.push(error.at(Origin::whole(id)));
            false
        }
    }
}
