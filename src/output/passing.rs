//! A file for a moment, readable by its user alone.

use std::io::Write;

use tempfile::TempPath;

/// A page with a secret on its way to a program of the same user; gone when it is dropped.
pub struct Passing(TempPath);

impl Passing {
    /// Writes it among the temporary files of the user.
    pub fn new(ending: &str, bytes: &[u8]) -> std::io::Result<Passing> {
        let mut file = tempfile::Builder::new().prefix("huibao-").suffix(ending).tempfile()?;
        file.write_all(bytes)?;
        Ok(Passing(file.into_temp_path()))
    }

    /// Where it is.
    pub fn path(&self) -> &std::path::Path {
        &self.0
    }
}
