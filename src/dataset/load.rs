//! Files to one dataset: the format by content, all mistakes of all files together.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::gathered::{self, Gathered};
use super::sets::{self, Set};
use super::wanted::Wanted;
use super::{Cell, Dataset, mapping, sheets, taken, undecided, yaml};
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

/// Files as they were read, before it is known what the template asks for: some sheets can be meant in
/// two ways. Data that were settled before are left as they are.
#[derive(Debug)]
pub struct Files {
    /// The files in the order in which they were given.
    pub sources: SourceMap,
    state: State,
}

#[derive(Debug)]
enum State {
    Read { gathered: Box<Gathered>, whole: bool, options: LoadOptions, diagnostics: Vec<Diagnostic> },
    Settled { dataset: Option<Box<Dataset>>, sets: Vec<Set>, diagnostics: Vec<Diagnostic> },
}

impl From<Loaded> for Files {
    fn from(loaded: Loaded) -> Files {
        let Loaded { dataset, sets, sources, diagnostics } = loaded;
        Files { sources, state: State::Settled { dataset: dataset.map(Box::new), sets, diagnostics } }
    }
}

/// Reads files; later ones add to earlier ones.
pub fn load(paths: &[PathBuf], options: &LoadOptions) -> Loaded {
    read(paths, options).settle(&Wanted::default())
}

/// Reads files from disk or memory; later ones add to earlier ones.
pub fn load_inputs(inputs: Vec<Input>, options: &LoadOptions) -> Loaded {
    read_inputs(inputs, options).settle(&Wanted::default())
}

/// Reads files, whatever is asked of them.
pub fn read(paths: &[PathBuf], options: &LoadOptions) -> Files {
    read_inputs(paths.iter().cloned().map(Input::Path).collect(), options)
}

/// Reads files from disk or memory, whatever is asked of them.
pub fn read_inputs(inputs: Vec<Input>, options: &LoadOptions) -> Files {
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
    let (gathered, options) = (Box::new(gathered), options.clone());
    Files { sources, state: State::Read { gathered, whole, options, diagnostics } }
}

impl Files {
    /// What 报告信息 says under a key; `None`: nothing, or a file could not be read.
    pub fn said(&self, key: &str) -> Option<&Cell> {
        match &self.state {
            State::Settled { dataset, .. } => dataset.as_ref()?.report_value(key),
            State::Read { gathered, whole, .. } => {
                let of_key = gathered.report.iter().filter(|(known, _)| *whole && &**known == key);
                of_key.flat_map(|(_, cells)| cells).find(|cell| !cell.is_missing())
            }
        }
    }

    /// Makes the dataset, by the names that the template asks for.
    pub fn settle(self, wanted: &Wanted<'_>) -> Loaded {
        let Files { mut sources, state } = self;
        let (mut gathered, whole, options, mut diagnostics) = match state {
            State::Settled { dataset, sets, diagnostics } => {
                return Loaded { dataset: dataset.map(|data| *data), sets, sources, diagnostics };
            }
            State::Read { gathered, whole, options, diagnostics } => (*gathered, whole, options, diagnostics),
        };
        let pairs = mapping::all(&mut gathered, wanted, &mut diagnostics);
        undecided::decide(&mut gathered, wanted, &|name| mapping::called(&pairs, name), &mut diagnostics);
        let mut dataset = gathered::settle(gathered, options.year, &mut diagnostics);
        diagnostics.extend(mapping::apply(&mut dataset, &pairs, wanted));
        diagnostics.extend(taken::settle(&mut dataset, wanted));
        let sets = sets::apply(&mut dataset, &options.sets, &mut sources);
        if options.strict {
            diagnostics.iter_mut().filter(|d| is_guess(d)).for_each(|d| d.severity = Severity::Error);
        }
        Loaded { dataset: whole.then_some(dataset), sets, sources, diagnostics }
    }
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
