//! `huibao collect`: returned forms to one workbook, and marked copies to send back.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{CollectArgs, ReportArg};
use super::terminal::{hint, say, tell};
use crate::collect::{self, Collected, RETURNED, Request};
use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap};
use crate::home;
use crate::template::{self, Pack};

/// Between two looks at the folder, and how long it must have been still.
const EVERY: Duration = Duration::from_secs(1);
/// Looks at a folder that goes on changing before it is collected all the same.
const MOST_WAITS: u32 = 30;

type Wrong = (Vec<Diagnostic>, SourceMap);

pub fn run(args: &CollectArgs) -> Exit {
    let pack = match pack(args) {
        Ok(pack) => pack,
        Err(wrong) => return failed(wrong),
    };
    // Looked at before they are read: what comes meanwhile is a change.
    let mut known = stamps(args);
    let first = once(args, &pack).unwrap_or_else(failed);
    if !args.watch {
        return first;
    }
    hint("等着新交来的表，按 Ctrl+C 结束");
    loop {
        std::thread::sleep(EVERY);
        let mut now = stamps(args);
        if now == known {
            continue;
        }
        // A file that is being copied goes on changing.
        for _ in 0..MOST_WAITS {
            std::thread::sleep(EVERY);
            let before = std::mem::replace(&mut now, stamps(args));
            if before == now {
                break;
            }
        }
        known = now;
        once(args, &pack).unwrap_or_else(failed);
    }
}

fn failed((diagnostics, sources): Wrong) -> Exit {
    tell(&diagnostics, &sources);
    diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max().unwrap_or(Exit::Input)
}

fn pack(args: &CollectArgs) -> Result<Pack, Wrong> {
    let mut sources = SourceMap::new();
    let dir = template::find(&args.template, &home::folders()).map_err(|d| (vec![*d], SourceMap::new()))?;
    let mut pack = Pack::load(&dir, &mut sources).map_err(|d| (d, sources))?;
    // A Word file declares nothing: its form asked for what its text uses.
    pack.schema = template::wanted(&pack, None);
    Ok(pack)
}

/// Collects once and writes what came of it.
fn once(args: &CollectArgs, pack: &Pack) -> Result<Exit, Wrong> {
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
    let delivered = collect::deliver(&collected, &args.output, args.units.as_deref()).map_err(|(wrong, notices)| {
        tell(&notices, &SourceMap::new());
        (wrong, SourceMap::new())
    })?;
    tell(&delivered.notices, &SourceMap::new());
    print(args, &collected, &delivered.returned);
    let wrong = collected.told.iter().any(|told| told.severity == Severity::Error);
    Ok(if wrong { Exit::Input } else { Exit::Done })
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
fn stamps(args: &CollectArgs) -> BTreeMap<PathBuf, Option<(u64, Option<SystemTime>)>> {
    let outputs: Vec<PathBuf> = [args.output.clone()].into_iter().chain(args.units.clone()).collect();
    let Ok(files) = collect::list(&args.dir, &outputs) else { return BTreeMap::new() };
    let stamp = |path: PathBuf| {
        let meta = std::fs::metadata(&path).ok().map(|meta| (meta.len(), meta.modified().ok()));
        (path, meta)
    };
    let forms = files.forms.into_iter().map(|(path, _)| path).chain(args.units.clone()).map(stamp);
    // Of what is not read it counts only that it came.
    forms.chain(files.aside.into_iter().map(|(name, _)| (PathBuf::from(name), None))).collect()
}
