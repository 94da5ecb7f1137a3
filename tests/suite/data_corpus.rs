//! Every file of the shared corpus against a table of expectations. A file without a row
//! fails; so does one that crashes, hangs or takes too much memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use huibao::source::workbook;
use sha2::{Digest, Sha256};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/corpus.tsv");

fn corpus() -> Option<PathBuf> {
    let folders = ["../shared/corpus", "../../shared/corpus"];
    folders.iter().map(|f| Path::new(env!("CARGO_MANIFEST_DIR")).join(f)).find(|p| p.is_dir())
}

/// The code of the error, or `ok` with the number of cells and a digest of all of them.
fn outcome(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("a file");
    match workbook::read(&bytes, &name) {
        Err(error) => error.code.to_string(),
        Ok((book, _)) => {
            let mut digest = Sha256::new();
            for sheet in &book.sheets {
                digest.update(format!("{}{}{:?}", sheet.name, sheet.hidden, sheet.merges));
                sheet.cells.iter().for_each(|c| digest.update(format!("{c:?}")));
            }
            let digest: String = digest.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
            let cells: usize = book.sheets.iter().map(|s| s.cells.len()).sum();
            format!("ok {} sheets, {cells} cells, {digest}", book.sheets.len())
        }
    }
}

// Limits are set by a shell.
#[cfg(unix)]
#[test]
fn every_file_of_the_corpus_ends_as_expected() {
    let Some(folder) = corpus() else {
        super::skipped("every_file_of_the_corpus_ends_as_expected: ../shared/corpus is not here");
        return;
    };
    let table = std::fs::read_to_string(TABLE).unwrap_or_default();
    let expected: BTreeMap<&str, &str> = table.lines().filter_map(|l| l.split_once('\t')).collect();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("the corpus").flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e != "tsv" && e != "md" && e != "txt"));
    files.sort();
    let scratch = tempfile::tempdir().expect("a folder");
    let (mut wrong, mut seen) = (Vec::new(), String::new());
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // First in a process of its own, which a crash or a limit ends alone.
        let start = Instant::now();
        let child = Command::new("sh")
            .args(["-c", "ulimit -v 1500000; exec timeout 10 \"$0\" build \"$1\" -t work-report -o \"$2\""])
            .args([Path::new(env!("CARGO_BIN_EXE_huibao")), path, scratch.path()])
            .output()
            .expect("the program");
        let code = child.status.code();
        if code.is_none_or(|c| c > 3) || start.elapsed() > Duration::from_secs(10) {
            wrong.push(format!("{name}: exit {code:?} after {:?}", start.elapsed()));
            continue;
        }
        let outcome = outcome(path);
        if expected.get(name.as_str()) != Some(&outcome.as_str()) {
            let row = expected.get(name.as_str()).unwrap_or(&"no row");
            wrong.push(format!("{name}: {outcome}, expected: {row}"));
        }
        seen.push_str(&format!("{name}\t{outcome}\n"));
    }
    if std::env::var_os("CORPUS_UPDATE").is_some() {
        std::fs::write(TABLE, seen).expect("the table");
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
