//! A list of lines that survives being cut off: each line is one JSON value, appended as
//! work is done; a torn last line is as good as none.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{not_written, write};
use crate::diagnostic::Diagnostic;

/// A journal that is open for appending.
pub struct Journal {
    path: PathBuf,
    file: File,
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
        Ok(Journal { path: path.to_path_buf(), file })
    }

    /// Adds entries and forces them to the disk.
    pub fn append<T: Serialize>(&mut self, entries: &[&T]) -> Result<(), Box<Diagnostic>> {
        let written = self.file.write_all(&lines(entries)).and_then(|()| self.file.sync_data());
        written.map_err(|e| not_written(&self.path, &e))
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
        let mut journal = Journal::begin(&path, &[&1, &2]).unwrap();
        journal.append(&[&3]).unwrap();
        let mut text = std::fs::read(&path).unwrap();
        text.extend(b"{\"a\":");
        std::fs::write(&path, text).unwrap();
        assert_eq!(Journal::read::<i32>(&path), [1, 2, 3]);
    }
}
