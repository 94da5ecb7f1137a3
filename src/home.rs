//! Where templates and fonts are: `HUIBAO_HOME`, beside the program, in its parent
//! folders, or in the current folder, in this order (contract §1).

use std::path::{Path, PathBuf};

/// The folders to look in, in order, each once.
pub fn folders() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut add = |dir: PathBuf| {
        if !dir.as_os_str().is_empty() && !found.contains(&dir) {
            found.push(dir);
        }
    };
    if let Some(home) = std::env::var_os("HUIBAO_HOME") {
        add(PathBuf::from(home));
    }
    let program = std::env::current_exe().ok().map(|p| p.canonicalize().unwrap_or(p));
    if let Some(dir) = program.as_deref().and_then(Path::parent) {
        dir.ancestors().for_each(|a| add(a.to_path_buf()));
    }
    if let Ok(dir) = std::env::current_dir() {
        add(dir);
    }
    found
}

/// The first `name` folder that is there and holds `proof`.
pub fn find(folders: &[PathBuf], name: &str, proof: &str) -> Option<PathBuf> {
    folders.iter().map(|d| d.join(name)).find(|d| d.join(proof).exists())
}
