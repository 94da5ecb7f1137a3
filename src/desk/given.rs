//! Files that were made, each under a number of its own: nothing else can be asked for.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;

use crate::preview::{Refusal, lock};
use crate::source;

/// The files, by number.
#[derive(Default)]
pub struct Given(Mutex<Vec<PathBuf>>);

/// A file that may be asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Offer {
    pub id: String,
    pub name: String,
}

impl Given {
    /// A file or folder may be asked for from now on.
    pub fn offer(&self, path: &Path) -> Offer {
        let mut all = lock(&self.0);
        let at = all.iter().position(|known| known == path).unwrap_or_else(|| {
            all.push(path.to_path_buf());
            all.len() - 1
        });
        Offer { id: at.to_string(), name: source::file::display_name(path) }
    }

    pub fn get(&self, id: &str) -> Result<PathBuf, Refusal> {
        let at = id.parse::<usize>().ok();
        at.and_then(|at| lock(&self.0).get(at).cloned()).ok_or_else(Refusal::nothing)
    }
}
