//! Writes what was collected: the workbook, and beside it the marked copies to send back.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::files::RETURNED;
use super::run::Collected;
use crate::diagnostic::{Diagnostic, codes};
use crate::output::{self, Closed, Ledger};

/// What was written.
pub struct Delivered {
    /// Paths of the marked copies.
    pub returned: Vec<String>,
    /// What moved aside, or was taken away.
    pub notices: Vec<Diagnostic>,
}

/// What kept a file from being written, and what is to be told all the same.
pub type Undelivered = (Vec<Diagnostic>, Vec<Diagnostic>);

/// Writes the workbook and the marked copies; those of earlier runs that no longer apply go.
pub fn deliver(collected: &Collected, target: &Path, units: Option<&Path>) -> Result<Delivered, Undelivered> {
    let plain = |d: Box<Diagnostic>| (vec![*d], Vec::new());
    let inputs: Vec<PathBuf> = collected.inputs().chain(units).map(Path::to_path_buf).collect();
    output::refuse_input(target, &inputs).map_err(plain)?;
    // What was filled in in it since is somebody's work.
    let ledger = Ledger::of(target);
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let kept = ledger.write(&name, &collected.bytes).map_err(plain)?;
    let mut notices: Vec<Diagnostic> = kept.map(|kept| kept_aside(target, &kept)).into_iter().collect();
    let folder = target.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let moved = Mutex::new(Vec::new());
    let write = |name: &str, bytes: Vec<u8>| -> Result<(), Box<Diagnostic>> {
        let name = format!("{RETURNED}/{name}");
        let copy = folder.join(&name);
        output::refuse_input(&copy, &inputs)?;
        let kept = ledger.write(&name, &bytes)?.map(|kept| kept_aside(&copy, &kept));
        moved.lock().unwrap_or_else(|e| e.into_inner()).extend(kept);
        Ok(())
    };
    let (mut returned, mut wrong) = (Vec::new(), Vec::new());
    for outcome in collected.copies(write) {
        match outcome {
            Ok(name) => returned.push(folder.join(RETURNED).join(name).display().to_string()),
            Err(diagnostic) => wrong.push(*diagnostic),
        }
    }
    let mut told = moved.into_inner().unwrap_or_else(|e| e.into_inner());
    told.sort_by(|a, b| a.message.cmp(&b.message));
    notices.extend(told);
    match ledger.close() {
        Ok(closed) => notices.extend(no_longer(&closed)),
        Err(diagnostic) => wrong.push(*diagnostic),
    }
    if wrong.is_empty() { Ok(Delivered { returned, notices }) } else { Err((wrong, notices)) }
}

fn kept_aside(target: &Path, kept: &Path) -> Diagnostic {
    let message = format!("原来的“{}”没有覆盖，改名为“{}”", target.display(), kept.display());
    Diagnostic::new(codes::F004, message).help("不再需要就删掉")
}

/// What became of copies of earlier runs whose forms are right by now, or gone.
fn no_longer(closed: &Closed) -> Vec<Diagnostic> {
    let listed = |names: &[String]| names.iter().map(|name| format!("“{name}”")).collect::<String>();
    let mut told = Vec::new();
    if !closed.gone.is_empty() {
        let message = format!("上次标注的{}不再需要，删去了", listed(&closed.gone));
        told.push(Diagnostic::new(codes::G019, message).help("不用处理"));
    }
    if !closed.left.is_empty() {
        let message = format!("上次标注的{}不再需要，但是改动过，没有删", listed(&closed.left));
        let help = "在里面改好了数的，移到各单位交来的文件夹里，换下原来的那一份；不再需要就删掉";
        told.push(Diagnostic::new(codes::G019, message).help(help));
    }
    told
}
