//! Keeps the direction of data: a stage names only stages before it, and each outside
//! library stays in the stage that it serves. Reads the sources as text.

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/functions.rs"]
mod functions;
#[path = "architecture/sources.rs"]
mod sources;
#[path = "architecture/walk.rs"]
mod walk;

use std::fs;

use sources::File;

/// The stages in order; a stage may name itself and those before it.
const STAGES: &[&str] = &[
    "diagnostic",
    "source",
    "revise",
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
    "learn",
    "form",
    "trace",
    "mark",
    "returned",
    "collect",
    "batch",
    "preview",
    "desk",
    "home",
    "cli",
];

/// Where an outside library may be named: crate, folders.
const LIBRARIES: [(&str, &[&str]); 22] = [
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
    ("axum", &["preview", "desk"]),
    ("tokio", &["preview"]),
    ("hyper", &["preview"]),
    ("hyper_util", &["preview"]),
    ("pulldown_cmark", &["document"]),
];

/// Circles of files that are still there: stage, circles, files in them. The list only shrinks.
const CIRCLES: &[(&str, usize, usize)] = &[];

/// Functions over 60 lines: name, file, reason.
const LONG_FUNCTIONS: &[(&str, &str, &str)] = &[];

/// Files may be written only here.
const WRITERS: [&str; 1] = ["output"];
const WRITING: [&str; 5] = ["fs::write", "File::create", "fs::rename", "fs::remove_", "create_dir"];

/// Code line by line.
fn code(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.code.lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| !l.trim().is_empty())
}

fn is_root(file: &File) -> bool {
    matches!(file.stage(), "lib" | "main")
}

#[test]
fn a_stage_names_only_stages_before_it() {
    let rank = |name: &str| STAGES.iter().position(|s| *s == name);
    let mut wrong = Vec::new();
    for file in sources::all().iter().filter(|file| !is_root(file)) {
        let here = file.stage();
        let at = rank(here).unwrap_or_else(|| panic!("{here} is no stage: add it to STAGES in its place"));
        let names = sources::names(&file.code);
        let imported = names.imports.iter().map(|import| &import.path);
        // A nested `use crate::{a, b::{c, d}}` is as many paths as it has names.
        for path in imported.chain(&names.paths).filter(|path| path[0] == "crate") {
            let Some(stage) = path.get(1).filter(|name| rank(name).is_some_and(|r| r > at)) else { continue };
            wrong.push(format!("src/{} ({here}) names the later stage {stage}", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_go_in_no_circle() {
    let files: Vec<File> = sources::all().into_iter().filter(|file| !is_root(file)).collect();
    let graph = circles::Graph::new(&files);
    let found = circles::circles(&files, &graph);
    let mut wrong = Vec::new();
    for &stage in STAGES {
        let of_stage = || found.iter().filter(|circle| circle[0].split(['/', '.']).next() == Some(stage));
        let (circles, inside) = (of_stage().count(), of_stage().map(Vec::len).sum::<usize>());
        let known = CIRCLES.iter().find(|(name, ..)| *name == stage);
        let known = known.map_or((0, 0), |(_, circles, files)| (*circles, *files));
        if (circles, inside) != known {
            wrong.push(format!("{stage}: {circles} circles of {inside} files, CIRCLES says {known:?}"));
            wrong.extend(of_stage().map(|circle| circles::arrows(&files, &graph, circle).join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_stay_short() {
    let long = functions::longer_than(&sources::all(), 60);
    let known = |name: &str, path: &str| LONG_FUNCTIONS.iter().any(|(n, p, _)| *n == name && *p == path);
    let new: Vec<String> = (long.iter().filter(|(name, path, _)| !known(name, path)))
        .map(|(name, path, lines)| format!("src/{path}: {name} has {lines} lines"))
        .collect();
    assert!(new.is_empty(), "cut them, or name the reason in LONG_FUNCTIONS\n{}", new.join("\n"));
    let gone: Vec<_> =
        LONG_FUNCTIONS.iter().filter(|(n, p, _)| !long.iter().any(|(name, path, _)| name == n && path == p)).collect();
    assert!(gone.is_empty(), "these are short now, take them out of LONG_FUNCTIONS: {gone:?}");
}

#[test]
fn libraries_stay_in_their_stage() {
    let mut wrong = Vec::new();
    for file in sources::all() {
        for (library, folders) in LIBRARIES {
            let here = &file.path;
            if folders.iter().any(|f| here.starts_with(f)) {
                continue;
            }
            for (line, text) in code(&file) {
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
    for file in sources::all().iter().filter(|file| !WRITERS.contains(&file.stage())) {
        for (line, text) in code(file) {
            if let Some(call) = WRITING.iter().find(|w| text.contains(**w)) {
                wrong.push(format!("src/{}:{line} writes ({call}); files are written in output", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let files = sources::all();
    let mut lengths: Vec<usize> = files.iter().map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    let long: Vec<String> = (files.iter().filter(|file| file.text.lines().count() > 400))
        .map(|file| format!("src/{} has {} lines", file.path, file.text.lines().count()))
        .collect();
    let (median, longest) = (lengths[lengths.len() / 2], lengths[lengths.len() - 1]);
    println!("{} files, {median} lines in the middle, {longest} at most", files.len());
    assert!(long.is_empty(), "{}", long.join("\n"));
    assert!(median <= 120, "the median file has {median} lines");
    assert!(fs::read_to_string("src/main.rs").unwrap().lines().count() < 30);
}

#[test]
fn the_walk_of_a_cell_names_what_is_there() {
    let (stops, missing) = walk::missing(&sources::all());
    assert!(stops >= 20, "only {stops} stops: is the list still written as the test reads it?");
    assert!(missing.is_empty(), "docs/architecture.md:\n{}", missing.join("\n"));
}
