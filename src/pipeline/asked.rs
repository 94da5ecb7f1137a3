//! The data as a pack asks for them: its names decide what a sheet is, and which names of the data
//! can only be meant as its own.

use crate::dataset::{Files, Loaded, Pair, Wanted};
use crate::template::{Pack, uses};

/// Makes the dataset of what was read; `by` is the table whose records the reports are about.
pub fn settle(files: Files, pack: &Pack, by: Option<&str>, pairs: Vec<Pair>) -> Loaded {
    let names = pack.engine.names();
    let quoted = pack.engine.holds("数据[");
    let read = |name: &str| {
        let root = name.split('.').next().unwrap_or(name);
        // A chart names its columns and tables in words of its own.
        names.contains(root) && (root == name || !uses(&pack.engine, name).is_empty())
            || pack.engine.holds("```") && pack.engine.holds(name) && !uses(&pack.engine, name).is_empty()
            || quoted && ['"', '\''].iter().any(|quote| pack.engine.holds(&format!("数据[{quote}{name}{quote}]")))
    };
    let columns = |name: &str| !uses(&pack.engine, name).is_empty();
    files.settle(&Wanted {
        schema: Some(&pack.schema),
        read: Some(&read),
        asked: Some(&names),
        columns: Some(&columns),
        key: Some(&pack.key),
        by,
        pairs,
    })
}
