//! `huibao collect`: returned forms to one workbook, and marked copies to send back.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{CollectArgs, ReportArg};
use super::terminal::{hint, say, tell};
use crate::collect::{self, Collected, RETURNED, Request};
use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, codes};
use crate::template::{self, Pack};
use crate::{home, output};

/// Between two looks at the folder, and how long it must have been still.
const EVERY: Duration = Duration::from_secs(2);

type Wrong = (Vec<Diagnostic>, SourceMap);

pub fn run(args: &CollectArgs) -> Exit {
    let pack = match pack(args) {
        Ok(pack) => pack,
        Err(wrong) => return failed(wrong),
    };
    let first = once(args, &pack).unwrap_or_else(failed);
    if !args.watch {
        return first;
    }
    hint("等着新交来的表，按 Ctrl+C 结束");
    let mut known = stamps(&args.dir, args);
    loop {
        std::thread::sleep(EVERY);
        let now = stamps(&args.dir, args);
        if now == known {
            continue;
        }
        // A file that is being copied goes on changing.
        std::thread::sleep(EVERY);
        let still = stamps(&args.dir, args);
        if still == now {
            known = still;
            once(args, &pack).unwrap_or_else(failed);
        }
    }
}

fn failed((diagnostics, sources): Wrong) -> Exit {
    tell(&diagnostics, &sources);
    diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max().unwrap_or(Exit::Input)
}

fn pack(args: &CollectArgs) -> Result<Pack, Wrong> {
    let mut sources = SourceMap::new();
    let dir = template::find(&args.template, &home::folders()).map_err(|d| (vec![*d], SourceMap::new()))?;
    Pack::load(&dir, &mut sources).map_err(|d| (d, sources))
}

/// Collects once and writes what came of it.
fn once(args: &CollectArgs, pack: &Pack) -> Result<Exit, Wrong> {
    let plain = |d: Box<Diagnostic>| (vec![*d], SourceMap::new());
    let request = Request {
        dir: args.dir.clone(),
        pack,
        units: args.units.clone(),
        year: args.year,
        output: args.output.clone(),
    };
    let bar = std::io::stderr().is_terminal().then(bar);
    let hear = |done: usize, of: usize| {
        if let Some(bar) = &bar {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    };
    let collected = collect::collect(&request, &hear)?;
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    let inputs: Vec<PathBuf> = collected.inputs().map(Path::to_path_buf).chain(args.units.clone()).collect();
    output::refuse_input(&args.output, &inputs).map_err(plain)?;
    let folder = args.output.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    output::make_folder(folder).map_err(plain)?;
    // What was filled in in it since is somebody's work.
    let kept = output::set_aside(&args.output, &collected.bytes).map_err(plain)?;
    output::write(&args.output, &collected.bytes).map_err(plain)?;
    if let Some(kept) = kept {
        let message = format!("原来的“{}”没有覆盖，改名为“{}”", args.output.display(), kept.display());
        tell(&[Diagnostic::new(codes::F004, message).help("不再需要就删掉")], &SourceMap::new());
    }
    let returned = send_back(&collected, &folder.join(RETURNED), &inputs)?;
    print(args, &collected, &returned);
    let wrong = collected.told.iter().any(|told| told.severity == Severity::Error);
    Ok(if wrong { Exit::Input } else { Exit::Done })
}

/// Writes the marked copies and gives their paths.
fn send_back(collected: &Collected, folder: &Path, inputs: &[PathBuf]) -> Result<Vec<String>, Wrong> {
    let write = |name: &Path, bytes: Vec<u8>| {
        let target = folder.join(name);
        output::refuse_input(&target, inputs)?;
        output::make_folder(target.parent().unwrap_or(folder))?;
        output::write(&target, &bytes)
    };
    let (mut written, mut wrong) = (Vec::new(), Vec::new());
    for outcome in collected.copies(write) {
        match outcome {
            Ok(name) => written.push(folder.join(name).display().to_string()),
            Err(diagnostic) => wrong.push(*diagnostic),
        }
    }
    if wrong.is_empty() { Ok(written) } else { Err((wrong, SourceMap::new())) }
}

fn print(args: &CollectArgs, collected: &Collected, returned: &[String]) {
    let output = args.output.display().to_string();
    match args.report {
        ReportArg::Json => say(collect::json(collected, &output, returned).trim_end()),
        ReportArg::Text => {
            hint(collect::text(collected).trim_end());
            if !returned.is_empty() {
                hint(format!("要退回的{}份，标注的副本在“{RETURNED}”文件夹里", returned.len()));
            }
            say(output);
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
    bar.with_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}

/// What tells that the folder has changed.
fn stamps(dir: &Path, args: &CollectArgs) -> BTreeMap<PathBuf, (u64, Option<SystemTime>)> {
    let outputs = [args.output.clone()];
    let Ok(files) = collect::list(dir, &outputs) else { return BTreeMap::new() };
    let stamp = |(path, _): (PathBuf, String)| {
        let meta = std::fs::metadata(&path).ok()?;
        Some((path, (meta.len(), meta.modified().ok())))
    };
    files.forms.into_iter().filter_map(stamp).collect()
}
