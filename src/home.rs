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
    let program = std::env::current_exe().ok().map(|p| plain(p.canonicalize().unwrap_or(p)));
    if let Some(dir) = program.as_deref().and_then(Path::parent) {
        dir.ancestors().for_each(|a| add(a.to_path_buf()));
    }
    if let Ok(dir) = std::env::current_dir() {
        add(dir);
    }
    found
}

/// Windows gives the real place of a file as `\\\\?\\C:\\…`, which nobody recognises.
fn plain(path: PathBuf) -> PathBuf {
    let short = path.to_str().and_then(|p| p.strip_prefix(r"\\?\")).filter(|p| p.as_bytes().get(1) == Some(&b':'));
    short.map(PathBuf::from).unwrap_or(path)
}

/// The first `name` folder that is there and holds `proof`.
pub fn find(folders: &[PathBuf], name: &str, proof: &str) -> Option<PathBuf> {
    folders.iter().map(|d| d.join(name)).find(|d| d.join(proof).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_people_write_them() {
        let plain = |path: &str| plain(PathBuf::from(path)).display().to_string();
        assert_eq!(plain(r"\\?\C:\汇报\huibao.exe"), r"C:\汇报\huibao.exe");
        assert_eq!(plain(r"\\?\UNC\server\huibao"), r"\\?\UNC\server\huibao");
        assert_eq!(plain("/opt/huibao/huibao"), "/opt/huibao/huibao");
    }
}
