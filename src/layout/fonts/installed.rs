//! Where fonts of this machine are: the program's own folder first, then the system's.

use std::collections::HashSet;
use std::env;
use std::path::{Path, PathBuf};

use super::choice::{Family, normal};
use super::names::{self, Installed};

/// How deep font folders are nested at most, and how many folders and files are looked at.
const DEPTH: usize = 8;
const MOST_FOLDERS: usize = 10_000;
const MOST_FILES: usize = 50_000;

/// The folders in which fonts are looked for, in order; those that are there.
pub fn folders(own: &Path) -> Vec<PathBuf> {
    let of = |variable: &str| env::var_os(variable).filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let home = of("HOME").or_else(|| of("USERPROFILE"));
    let in_home = |inside: &str| home.as_ref().map(|home| home.join(inside));
    let system: Vec<Option<PathBuf>> = if cfg!(windows) {
        vec![
            of("WINDIR").map(|dir| dir.join("Fonts")),
            of("LOCALAPPDATA").map(|dir| dir.join(r"Microsoft\Windows\Fonts")),
        ]
    } else if cfg!(target_os = "macos") {
        vec![
            Some("/Library/Fonts".into()),
            Some("/System/Library/Fonts".into()),
            // Those that are loaded on demand, 华文仿宋 and 华文楷体 among them.
            Some("/System/Library/AssetsV2/com_apple_MobileAsset_Font7".into()),
            Some("/System/Library/AssetsV2/com_apple_MobileAsset_Font8".into()),
            in_home("Library/Fonts"),
        ]
    } else {
        vec![
            Some("/usr/share/fonts".into()),
            Some("/usr/local/share/fonts".into()),
            in_home(".fonts"),
            of("XDG_DATA_HOME").map(|dir| dir.join("fonts")).or_else(|| in_home(".local/share/fonts")),
        ]
    };
    let all = std::iter::once(Some(own.to_owned())).chain(system).flatten();
    all.filter(|dir| dir.is_dir()).collect()
}

/// Fonts of some folders, in the order of the folders and of the files in them.
pub struct Shelf {
    pub folders: Vec<PathBuf>,
    fonts: Vec<Installed>,
}

impl Shelf {
    /// Reads the names of all fonts of some folders.
    pub fn of(folders: Vec<PathBuf>) -> Shelf {
        let (mut files, mut seen) = (Vec::new(), HashSet::new());
        for folder in &folders {
            collect(folder, 0, &mut files, &mut seen);
        }
        Shelf { fonts: files.iter().flat_map(|file| names::read(file)).collect(), folders }
    }

    pub fn fonts(&self) -> &[Installed] {
        &self.fonts
    }

    /// The fonts that answer to a name, the best first.
    pub fn named(&self, name: &str) -> Vec<&Installed> {
        let asked = normal(name);
        let mut found: Vec<(u8, &Installed)> =
            self.fonts.iter().filter_map(|font| Some((font.answers(&asked)?, font))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, font)| font).collect()
    }

    /// The fonts of a family by any of its names, the regular one first.
    pub fn of_family(&self, family: Family) -> Vec<&Installed> {
        family.iter().flat_map(|name| self.named(name)).collect()
    }
}

/// `seen`: the folders that have been opened; links may lead in circles.
fn collect(dir: &Path, depth: usize, files: &mut Vec<PathBuf>, seen: &mut HashSet<PathBuf>) {
    let new = dir.canonicalize().is_ok_and(|real| seen.insert(real));
    if !new || seen.len() > MOST_FOLDERS {
        return;
    }
    let Ok(listing) = std::fs::read_dir(dir) else { return };
    let mut entries: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if files.len() >= MOST_FILES {
            return;
        }
        let is_font = path
            .extension()
            .is_some_and(|e| ["ttf", "otf", "ttc", "otc"].iter().any(|known| e.eq_ignore_ascii_case(known)));
        if is_font {
            files.push(path);
        } else if depth < DEPTH && path.is_dir() {
            collect(&path, depth + 1, files, seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_folder_comes_first() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        assert_eq!(folders(&own)[0], own);
        let shelf = Shelf::of(vec![own]);
        assert_eq!(shelf.named("FandolKai")[0].shown, "FandolKai");
        assert!(shelf.named("没有这种字体").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_lead_in_circles_are_read_once() {
        let dir = tempfile::tempdir().unwrap();
        let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/LiberationSerif-Regular.ttf");
        std::fs::copy(font, dir.path().join("a.TTF")).unwrap();
        for name in ["b", "c", "d"] {
            std::os::unix::fs::symlink(dir.path(), dir.path().join(name)).unwrap();
        }
        assert_eq!(Shelf::of(vec![dir.path().into(), dir.path().into()]).fonts().len(), 1);
    }
}
