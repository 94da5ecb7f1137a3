//! Files to one dataset: the format by content, all mistakes of all files together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::draft::{self, Draft};
use super::{Cell, Dataset, Value, report, scalar, sheets, yaml};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::date::Epoch;
use crate::source::{self, Origin, Source, SourceId, SourceMap};

/// What is to be read.
#[derive(Clone, Debug)]
pub enum Input {
    Path(PathBuf),
    /// A file in memory, with its name.
    Bytes {
        name: String,
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
    pub dataset: Option<Dataset>,
    pub sources: SourceMap,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads files; later ones add to earlier ones.
pub fn load(paths: &[PathBuf], options: &LoadOptions) -> Loaded {
    load_inputs(paths.iter().cloned().map(Input::Path).collect(), options)
}

/// Reads files from disk or memory; later ones add to earlier ones.
pub fn load_inputs(inputs: Vec<Input>, options: &LoadOptions) -> Loaded {
    let mut sources = SourceMap::new();
    let mut diagnostics = Vec::new();
    let mut draft = Draft::default();
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
        whole &= read_one(&bytes, id, &mut sources, &mut draft, &mut diagnostics);
    }
    let sets = options.sets.clone();
    let mut dataset = draft::settle(draft, options.year, &mut diagnostics);
    apply_sets(&mut dataset, sets, &mut sources);
    if options.strict {
        diagnostics.iter_mut().filter(|d| is_guess(d)).for_each(|d| d.severity = Severity::Error);
    }
    Loaded { dataset: whole.then_some(dataset), sources, diagnostics }
}

/// Codes D101–D109 and D120 are guesses, which `--strict` does not allow.
fn is_guess(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity < Severity::Error
        && (diagnostic.code.starts_with("D10") || matches!(diagnostic.code, "D120" | "D034"))
}

/// False when the file as a whole could not be read.
fn read_one(
    bytes: &[u8],
    id: SourceId,
    sources: &mut SourceMap,
    draft: &mut Draft,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let name = sources.get(id).name.clone();
    let extension = Path::new(&name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(extension.as_str(), "yaml" | "yml") {
        return match source::yaml::read(bytes, id, sources) {
            Ok(root) => {
                draft.files.push((id, Epoch::default()));
                yaml::read(&root, draft, diagnostics)
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
            draft.files.push((id, workbook.epoch));
            sources.get_mut(id).sheets = workbook.sheets.iter().map(|s| s.name.clone()).collect();
            sheets::read(&workbook, id, draft, diagnostics);
            true
        }
        Err(error) => {
            diagnostics.push(error.at(Origin::whole(id)));
            false
        }
    }
}

/// Values of the command line; their places are lines of a source of their own.
fn apply_sets(dataset: &mut Dataset, sets: Vec<(String, String)>, sources: &mut SourceMap) {
    if sets.is_empty() {
        return;
    }
    let text: Vec<String> = sets.iter().map(|(name, value)| format!("--set {name}={value}")).collect();
    let id = sources.add(Source {
        path: PathBuf::new(),
        name: "命令行".to_string(),
        text: Some(text.join("\n").into()),
        sheets: Vec::new(),
        sha256: String::new(),
    });
    for (line, (name, value)) in sets.into_iter().enumerate() {
        let column = 7 + name.chars().count() as u32;
        let origin = Origin::text(id, line as u32 + 1, column, value.chars().count().max(1) as u32);
        let shown = scalar::trim(&value);
        let cell = match scalar::strict(shown) {
            Value::Missing => Cell::missing(origin),
            value => Cell { value, shown: shown.into(), unit: None, origin },
        };
        match name.strip_prefix("报告.") {
            Some(key) => {
                let key: Arc<str> = report::canonical(key).into();
                dataset.report_lists.shift_remove(&key);
                dataset.report.insert(key, cell);
            }
            None => {
                let year = dataset.year.unwrap_or(0);
                let fields = &mut Arc::make_mut(dataset.years.entry(year).or_default()).fields;
                let unit = fields.get(name.as_str()).and_then(|old| old.unit.clone());
                fields.insert(name.into(), Cell { unit, ..cell });
            }
        }
    }
}
