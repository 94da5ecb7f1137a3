//! A list of lines that survives being cut off: each line is one JSON value, appended as
//! work is done; a torn last line is as good as none.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{not_written, write};
use crate::diagnostic::Diagnostic;

/// A journal that is open for appending, by several threads.
pub struct Journal {
    path: PathBuf,
    file: Mutex<File>,
}

impl Journal {
    /// What a journal says; what cannot be read is left out.
    pub fn read<T: DeserializeOwned>(path: &Path) -> Vec<T> {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.split(|b| *b == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
    }

    /// Writes a journal anew, whole or not at all, and opens it.
    pub fn begin<T: Serialize>(path: &Path, entries: &[&T]) -> Result<Journal, Box<Diagnostic>> {
        write(path, &lines(entries))?;
        let file = File::options().append(true).open(path).map_err(|e| not_written(path, &e))?;
        Ok(Journal { path: path.to_path_buf(), file: Mutex::new(file) })
    }

    /// Adds entries; they outlive the process, not yet a power cut.
    pub fn note<T: Serialize>(&self, entries: &[&T]) -> Result<(), Box<Diagnostic>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&lines(entries)).map_err(|e| not_written(&self.path, &e))
    }

    /// Adds entries and forces all that was added to the disk.
    pub fn append<T: Serialize>(&self, entries: &[&T]) -> Result<(), Box<Diagnostic>> {
        self.note(entries)?;
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.sync_data().map_err(|e| not_written(&self.path, &e))
    }
}

fn lines<T: Serialize>(entries: &[&T]) -> Vec<u8> {
    let mut text = Vec::new();
    for entry in entries {
        if let Ok(line) = serde_json::to_vec(entry) {
            text.extend(line);
            text.push(b'\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_is_as_good_as_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let journal = Journal::begin(&path, &[&1, &2]).unwrap();
        journal.append(&[&3]).unwrap();
        let mut text = std::fs::read(&path).unwrap();
        text.extend(b"{\"a\":");
        std::fs::write(&path, text).unwrap();
        assert_eq!(Journal::read::<i32>(&path), [1, 2, 3]);
    }
}
