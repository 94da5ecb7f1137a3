//! Files that a command writes anew each time, known again by their contents: what nobody has
//! changed since is written over or taken away, what somebody has is kept.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use super::workshop::sum_of;
use super::{TEMP_PREFIX, make_folder, set_aside, write};
use crate::diagnostic::Diagnostic;

/// The files that belong to one output. Names are relative to its folder.
pub struct Ledger {
    folder: PathBuf,
    file: PathBuf,
    /// What earlier runs wrote: name and digest.
    before: BTreeMap<String, String>,
    now: Mutex<BTreeMap<String, String>>,
}

/// What became of files of earlier runs that are not written any more.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// Taken away.
    pub gone: Vec<String>,
    /// Changed by somebody since, and left.
    pub left: Vec<String>,
}

/// The name of the list beside an output.
fn list_of(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!("{TEMP_PREFIX}{name}.json"))
}

/// Whether a file is the list of some output.
pub fn is_ledger(name: &str) -> bool {
    name.starts_with(TEMP_PREFIX) && name.ends_with(".xlsx.json")
}

impl Ledger {
    /// The list of an output; one that cannot be read knows nothing, so that nothing is taken away.
    pub fn of(output: &Path) -> Ledger {
        let folder = output.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let file = list_of(output);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let before: BTreeMap<String, String> = serde_json::from_str(&text).unwrap_or_default();
        // Nothing outside of the folder is ever touched, whatever the list says.
        let inside = |name: &String| Path::new(name).components().all(|step| matches!(step, Component::Normal(_)));
        let before = before.into_iter().filter(|(name, _)| inside(name)).collect();
        Ledger { folder, file, before, now: Mutex::default() }
    }

    /// Whether a file is as an earlier run wrote it.
    pub fn is_ours(&self, name: &str) -> bool {
        let target = self.folder.join(name);
        let known = self.before.get(name);
        known.is_some_and(|known| !target.is_symlink() && sum_of(&target).is_ok_and(|sum| sum == *known))
    }

    /// Writes a file; what stands there by another hand moves aside, and its new name is given.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, Box<Diagnostic>> {
        let target = self.folder.join(name);
        make_folder(target.parent().unwrap_or(&self.folder))?;
        let moved = if self.is_ours(name) { None } else { set_aside(&target, bytes)? };
        write(&target, bytes)?;
        if let Ok(sum) = sum_of(&target) {
            self.now.lock().unwrap_or_else(|e| e.into_inner()).insert(name.to_string(), sum);
        }
        Ok(moved)
    }

    /// Takes away what was not written this time and nobody has changed; keeps the list for the next.
    pub fn close(self) -> Result<Closed, Box<Diagnostic>> {
        let now = std::mem::take(&mut *self.now.lock().unwrap_or_else(|e| e.into_inner()));
        let mut closed = Closed::default();
        for name in self.before.keys().filter(|name| !now.contains_key(*name)) {
            let target = self.folder.join(name);
            if !target.is_file() {
                continue;
            }
            if self.is_ours(name) && std::fs::remove_file(&target).is_ok() {
                closed.gone.push(name.clone());
                // Only folders that are empty by now go.
                let folders = target.ancestors().skip(1).take_while(|folder| *folder != self.folder);
                folders.take_while(|folder| std::fs::remove_dir(folder).is_ok()).for_each(drop);
            } else {
                closed.left.push(name.clone());
            }
        }
        let text = serde_json::to_string_pretty(&now).unwrap_or_default();
        write(&self.file, text.as_bytes())?;
        Ok(closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(dir: &Path, name: &str) -> bool {
        dir.join(name).exists()
    }

    #[test]
    fn what_nobody_changed_goes_and_the_rest_stays() {
        let dir = tempfile::tempdir().unwrap();
        let (dir, output) = (dir.path(), dir.path().join("汇总.xlsx"));
        let run = |files: &[(&str, &str)]| {
            let ledger = Ledger::of(&output);
            let moved: Vec<PathBuf> =
                files.iter().filter_map(|(name, text)| ledger.write(name, text.as_bytes()).unwrap()).collect();
            (moved.len(), ledger.close().unwrap())
        };
        std::fs::create_dir(dir.join("退回")).unwrap();
        std::fs::write(dir.join("退回/手写.xlsx"), "x").unwrap();
        let all = [("汇总.xlsx", "1"), ("退回/甲.xlsx", "1"), ("退回/里/乙.xlsx", "1"), ("退回/丙.xlsx", "1")];
        assert_eq!(run(&all), (0, Closed::default()));
        // Written over without a word; what somebody filled in is kept.
        assert_eq!(run(&[&all[1..], &[("汇总.xlsx", "2")]].concat()).0, 0);
        std::fs::write(dir.join("汇总.xlsx"), "by hand").unwrap();
        std::fs::write(dir.join("退回/丙.xlsx"), "by hand").unwrap();
        let (moved, closed) = run(&[("汇总.xlsx", "3"), ("退回/甲.xlsx", "2")]);
        assert_eq!((moved, has(dir, "汇总（原有）.xlsx")), (1, true));
        assert_eq!(closed, Closed { gone: vec!["退回/里/乙.xlsx".into()], left: vec!["退回/丙.xlsx".into()] });
        assert!(!has(dir, "退回/里") && has(dir, "退回/手写.xlsx") && has(dir, "退回/丙.xlsx"));
        // Of what is outside nothing is touched.
        std::fs::write(dir.join("外.xlsx"), "x").unwrap();
        let sum = sum_of(&dir.join("外.xlsx")).unwrap();
        std::fs::create_dir(dir.join("里")).unwrap();
        std::fs::write(list_of(&dir.join("里/汇总.xlsx")), format!("{{\"../外.xlsx\": \"{sum}\"}}")).unwrap();
        assert_eq!(Ledger::of(&dir.join("里/汇总.xlsx")).close().unwrap(), Closed::default());
        assert!(has(dir, "外.xlsx"));
    }
}
