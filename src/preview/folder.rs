//! A folder whose files are opened by their names.

use std::path::{Component, Path, PathBuf};

use crate::source;

/// The folder that the desk was opened on.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(dir: PathBuf) -> Folder {
        Folder(dir)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What stands in the folder under a name: a name alone, no way out of the folder.
    pub fn entry(&self, name: &str) -> Option<PathBuf> {
        let mut steps = Path::new(name).components();
        let alone = matches!((steps.next(), steps.next()), (Some(Component::Normal(step)), None) if step == name);
        let path = self.0.join(name);
        (alone && path.exists()).then_some(path)
    }

    /// A file of data by its name.
    pub fn data(&self, name: &str) -> Option<PathBuf> {
        self.entry(name).filter(|path| path.is_file() && is_data(name))
    }

    /// A template by its name: a Word file, or a folder that is one.
    pub fn template(&self, name: &str) -> Option<PathBuf> {
        self.entry(name).filter(|path| is_template(path))
    }

    /// A folder in it.
    pub fn inner(&self, name: &str) -> Option<PathBuf> {
        self.entry(name).filter(|path| path.is_dir())
    }
}

/// Whether a name is that of data: a workbook, CSV or YAML. Not what office programs keep beside an
/// open file.
pub fn is_data(name: &str) -> bool {
    let yaml =
        Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"));
    // A note is no table, though one could be kept so.
    let note = name.to_lowercase().ends_with(".txt");
    let settings = name.eq_ignore_ascii_case(crate::settings::FILE);
    let passing = name.starts_with("~$") || name.starts_with('.');
    !passing && !settings && !note && (yaml || source::workbook::is_named(name))
}

/// Whether a path may be a template.
pub fn is_template(path: &Path) -> bool {
    let name = source::file::display_name(path);
    let word = !name.starts_with("~$") && source::docx::is_named(&name) && path.is_file();
    word || path.join("template.yaml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("里")).unwrap();
        for name in ["数.xlsx", "里/数.xlsx", "~$数.xlsx", "注.txt", "huibao.yaml"] {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let inner = Folder::new(dir.path().join("里"));
        assert!(inner.data("数.xlsx").is_some());
        for name in ["../数.xlsx", "..", ".", "", "/etc/passwd", "./数.xlsx", "数.xlsx/"] {
            assert!(inner.data(name).is_none(), "{name}");
        }
        let outer = Folder::new(dir.path().to_path_buf());
        assert!(outer.data("数.xlsx").is_some() && outer.inner("里").is_some());
        for name in ["里/数.xlsx", "~$数.xlsx", "注.txt", "huibao.yaml", "里"] {
            assert!(outer.data(name).is_none(), "{name}");
        }
    }
}
