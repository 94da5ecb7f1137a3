//! Keeps the direction of data: a stage names only stages before it, and each outside
//! library stays in the stage that it serves. Reads the sources as text.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in order; a stage may name itself and those before it.
const STAGES: [&str; 20] = [
    "diagnostic",
    "source",
    "settings",
    "vocabulary",
    "quantity",
    "dataset",
    "figures",
    "wording",
    "template",
    "document",
    "layout",
    "check",
    "output",
    "pipeline",
    "form",
    "trace",
    "mark",
    "batch",
    "preview",
    "home",
    "cli",
];

/// Where an outside library may be named: crate, folders.
const LIBRARIES: [(&str, &[&str]); 18] = [
    ("typst", &["layout"]),
    ("typst_pdf", &["layout"]),
    ("typst_layout", &["layout"]),
    ("typst_svg", &["layout"]),
    ("typst_render", &["layout"]),
    ("comemo", &["layout"]),
    ("resvg", &["layout"]),
    ("docx_rs", &["layout/docx"]),
    ("granit_parser", &["source"]),
    ("calamine", &["source"]),
    ("cfb", &["source"]),
    ("aes", &["source/crypt"]),
    ("rc4", &["source/crypt"]),
    ("md5", &["source/crypt"]),
    ("sha1", &["source/crypt"]),
    ("minijinja", &["template"]),
    ("clap", &["cli"]),
    ("pulldown_cmark", &["document"]),
];

/// Files may be written only here.
const WRITERS: [&str; 1] = ["output"];
const WRITING: [&str; 5] = ["fs::write", "File::create", "fs::rename", "fs::remove_", "create_dir"];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, found: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                // Tests at the foot of a file may use anything.
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_string();
                found.push((path.strip_prefix("src").unwrap().to_path_buf(), text));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found.retain(|(path, _)| !path.ends_with("tests.rs"));
    found
}

/// Code without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l.split("//").next().unwrap_or("")))
        .filter(|(_, l)| !l.trim().is_empty())
}

fn stage(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_string()
}

#[test]
fn a_stage_names_only_stages_before_it() {
    let rank = |name: &str| STAGES.iter().position(|s| *s == name);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let here = stage(&path);
        if here == "lib" || here == "main" {
            continue;
        }
        let at = rank(&here).unwrap_or_else(|| panic!("{here} is no stage: add it to STAGES in its place"));
        for (line, text) in code(&text) {
            for (start, _) in text.match_indices("crate::") {
                let rest = &text[start + 7..];
                let named: Vec<&str> = match rest.strip_prefix('{') {
                    Some(group) => group.split(['}', ';']).next().unwrap_or("").split(',').map(str::trim).collect(),
                    None => vec![rest],
                };
                for name in named {
                    let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if rank(&name).is_some_and(|r| r > at) {
                        wrong.push(format!("src/{}:{line} ({here}) names the later stage {name}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_in_their_stage() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (library, folders) in LIBRARIES {
            let here = path.to_string_lossy().replace('\\', "/");
            if folders.iter().any(|f| here.starts_with(f)) {
                continue;
            }
            for (line, text) in code(&text) {
                let used = text.match_indices(library).any(|(i, _)| {
                    let before = text[..i].chars().last();
                    let after = &text[i + library.len()..];
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') && after.starts_with("::")
                });
                if used {
                    wrong.push(format!("src/{here}:{line} names {library}, which belongs to {folders:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_output_writes_files() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if WRITERS.contains(&stage(&path).as_str()) {
            continue;
        }
        for (line, text) in code(&text) {
            if let Some(call) = WRITING.iter().find(|w| text.contains(**w)) {
                wrong.push(format!("src/{}:{line} writes ({call}); files are written in output", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|(_, text)| text.lines().count() > 400)
        .map(|(path, text)| format!("src/{} has {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
    assert!(fs::read_to_string("src/main.rs").unwrap().lines().count() < 30);
}
