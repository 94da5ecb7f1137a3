//! The way of one cell through the program, as docs/architecture.md tells it.

use std::fs;

use crate::functions::name_of;
use crate::sources::File;

/// Stops of the walk that are not there: a file that is gone, or a function that is not in it.
/// A stop is a line `N. \`file.rs\` \`function\` …` of the section; further names in the line are prose.
pub fn missing(files: &[File]) -> (usize, Vec<String>) {
    let text = fs::read_to_string("docs/architecture.md").unwrap();
    let section = text.split("## From `乡镇!C7` to its glyph").nth(1).expect("the walk is a section of its own");
    let section = section.split("\n## ").next().unwrap_or_default();
    let stops: Vec<(&str, &str)> = section.lines().filter_map(stop).collect();
    let wrong = stops.iter().filter_map(|(path, function)| {
        let Some(file) = files.iter().find(|file| file.path == *path) else {
            return Some(format!("src/{path} is gone"));
        };
        let there = file.code.lines().filter_map(name_of).any(|name| name == *function);
        (!there).then(|| format!("src/{path} has no function {function}"))
    });
    (stops.len(), wrong.collect())
}

fn stop(line: &str) -> Option<(&str, &str)> {
    let (number, rest) = line.split_once(". `")?;
    let (path, rest) = rest.split_once("` `")?;
    let (function, _) = rest.split_once('`')?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some((path, function))
}
