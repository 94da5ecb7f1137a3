//! `--set 名=值`: values of the command line over what the files say.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Cell, Dataset, Value, scalar};
use crate::diagnostic::{Origin, Source, SourceMap};
use crate::vocabulary::report;

/// What stands before the names of 报告信息.
pub const REPORT_PREFIX: &str = "报告.";
/// What stands before a name where the command line is shown.
const FLAG: &str = "--set ";

/// A name that the command line gives a value to.
#[derive(Clone, Debug)]
pub struct Set {
    /// Before the first `=`: a field (`培训.场次`), or `报告.标题` for one of the report's own words.
    pub name: String,
    /// Where it is written.
    pub origin: Origin,
    /// No file has it.
    pub new: bool,
}

/// Sets the values; their places are lines of a source of their own.
pub fn apply(dataset: &mut Dataset, sets: &[(String, String)], sources: &mut SourceMap) -> Vec<Set> {
    if sets.is_empty() {
        return Vec::new();
    }
    let text: Vec<String> = sets.iter().map(|(name, value)| format!("{FLAG}{name}={value}")).collect();
    let id = sources.add(Source {
        path: PathBuf::new(),
        name: "命令行".to_string(),
        text: Some(text.join("\n").into()),
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let length = |text: &str| text.chars().count().max(1) as u32;
    let mut names = Vec::with_capacity(sets.len());
    for (line, (name, value)) in sets.iter().enumerate() {
        let at = |column, text: &str| Origin::text(id, line as u32 + 1, column, length(text));
        let before = FLAG.len() as u32 + 1;
        let origin = at(before + length(name) + 1, value);
        let shown = scalar::trim(value);
        let cell = match scalar::strict(shown) {
            Value::Missing => Cell::missing(origin),
            value => Cell { value, shown: shown.into(), unit: None, origin },
        };
        let new = !gives(dataset, name);
        names.push(Set { name: name.clone(), origin: at(before, name), new });
        match name.strip_prefix(REPORT_PREFIX) {
            Some(key) => {
                let key: Arc<str> = report::canonical(key).into();
                dataset.report_lists.shift_remove(&key);
                dataset.report.insert(key, cell);
            }
            None => {
                let year = dataset.year.unwrap_or(0);
                let fields = &mut Arc::make_mut(dataset.years.entry(year).or_default()).fields;
                let unit = fields.get(name.as_str()).and_then(|old| old.unit.clone());
                fields.insert(name.as_str().into(), Cell { unit, ..cell });
            }
        }
    }
    names
}

/// Whether the files give a field, or an item of 报告信息, of this name, in whatever year.
fn gives(dataset: &Dataset, name: &str) -> bool {
    match name.strip_prefix(REPORT_PREFIX) {
        Some(key) => {
            let key = report::canonical(key);
            report::is_usual(key) || dataset.report.contains_key(key) || dataset.report_lists.contains_key(key)
        }
        None => dataset.years.values().any(|year| year.fields.contains_key(name)),
    }
}
