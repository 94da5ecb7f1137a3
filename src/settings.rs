//! `huibao.yaml`: what an office sets for all of its reports, whatever the template. It lies
//! beside the data file or else in the current folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Origin, Source, SourceMap};
use crate::source::file::MAX_FILE_BYTES;
use crate::source::yaml::{self, Mapping};

/// Name of the file.
pub const FILE: &str = "huibao.yaml";
/// What may stand in it.
const KEYS: [&str; 3] = ["版面", "检查", "对应"];

/// A change as written: key, value, place.
pub type Change = (Arc<str>, Arc<str>, Origin);

/// The settings of an office; all empty where there is no file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// 版面: what it changes of the layout, over what the template changes.
    pub layout: Vec<Change>,
    /// 检查: the rules that it switches off or gives another level.
    pub checks: Vec<Change>,
    /// 对应: what its data call one thing and templates another.
    pub pairs: Vec<Change>,
}

/// Where the settings for some data files are looked for, in order: beside the first of them,
/// then in the current folder.
pub fn places(data: &[PathBuf]) -> Vec<PathBuf> {
    let beside = data.first().and_then(|file| file.parent()).unwrap_or(Path::new(""));
    let mut places = vec![beside.join(FILE), PathBuf::from(FILE)];
    places.dedup();
    places
}

/// Reads the settings for some data files. All mistakes of the file together.
pub fn read(data: &[PathBuf], sources: &mut SourceMap) -> Result<Settings, Vec<Diagnostic>> {
    let Some(path) = places(data).into_iter().find(|path| path.is_file()) else { return Ok(Settings::default()) };
    let bytes = crate::source::file::read(&path, MAX_FILE_BYTES).map_err(|d| vec![*d])?;
    let source = sources.add(Source {
        path,
        name: FILE.into(),
        text: None,
        sheets: Vec::new(),
        // No data: what is printed never comes from here.
        sha256: String::new(),
    });
    let node = yaml::read(&bytes, source, sources)?;
    if node.is_null() {
        return Ok(Settings::default());
    }
    let map = node.expect_mapping(FILE).map_err(|d| vec![*d])?;
    let mut found = map.refuse_unknown(&KEYS, &format!("{FILE} "));
    let mut settings = Settings::default();
    let parts = [("版面", &mut settings.layout), ("检查", &mut settings.checks), ("对应", &mut settings.pairs)];
    for (key, into) in parts {
        if let Some(node) = map.get(key).filter(|node| !node.is_null()) {
            match node.expect_mapping(key) {
                Ok(map) => *into = changes(map),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
    }
    if found.is_empty() { Ok(settings) } else { Err(found) }
}

/// The entries of a group as written.
pub fn changes(map: &Mapping) -> Vec<Change> {
    let value = |text: Option<&str>| Arc::from(text.unwrap_or_default().trim());
    map.iter().map(|e| (e.key.clone(), value(e.value.as_str().filter(|_| !e.value.is_null())), e.key_origin)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    fn settings(text: &str) -> Result<Settings, Vec<Diagnostic>> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), text).unwrap();
        read(&[dir.path().join("数据.yaml")], &mut SourceMap::new())
    }

    #[test]
    fn changes_are_read_with_their_places() {
        let read = settings("版面:\n  行距: 28磅\n  页码: 居中\n").unwrap();
        let pairs: Vec<_> = read.layout.iter().map(|(k, v, _)| (&**k, &**v)).collect();
        assert_eq!(pairs, [("行距", "28磅"), ("页码", "居中")]);
        assert_eq!(settings("").unwrap(), Settings::default());
        assert_eq!(settings("版面:\n").unwrap(), Settings::default());
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest() {
        let found = settings("版式: {行距: 28}\n").unwrap_err();
        assert_eq!(found[0].code, codes::Y021);
        assert!(found[0].helps[0].contains("版面"), "{:?}", found[0]);
        assert_eq!(settings("版面: 28磅\n").unwrap_err()[0].code, codes::Y020);
    }

    #[test]
    fn no_file_changes_nothing() {
        assert_eq!(read(&["/nowhere/数据.yaml".into()], &mut SourceMap::new()).unwrap(), Settings::default());
        assert_eq!(places(&["数据.yaml".into()]), [PathBuf::from(FILE)]);
    }
}
