//! `huibao batch`: one report for each record of a table.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::BatchArgs;
use super::build::{formats, kit, request};
use super::progress::Meter;
use super::{say, tell};
use crate::batch::{self, Options, State, Summary, merge};
use crate::diagnostic::{Diagnostic, Exit};
use crate::pipeline::{self, Failure};
use crate::source::SourceMap;

/// Failed reports that are told one by one; the rest is in 清单.
const TOLD: usize = 20;

pub fn run(args: BatchArgs) -> Exit {
    if !args.merge.is_empty() {
        return join(&args);
    }
    match make(&args) {
        Ok(exit) => exit,
        Err(failure) => {
            tell(&failure.diagnostics, &failure.sources);
            failure.exit()
        }
    }
}

fn make(args: &BatchArgs) -> Result<Exit, Failure> {
    let request = request(&args.data, &args.choice, args.draft);
    let by = args.by.clone().unwrap_or_default();
    let (kit, material) = rayon::join(|| kit(&request.folders), || pipeline::prepare_records(&request, &by));
    let mut material = material?;
    if let Some(pattern) = &args.name {
        let pack = material.pack.named_by(pattern, &mut material.sources);
        material.pack = pack.map_err(|diagnostics| Failure { diagnostics, sources: material.sources.clone() })?;
    }
    let fail = |diagnostics: Vec<Diagnostic>| Failure { diagnostics, sources: material.sources.clone() };
    let kit = kit.map_err(fail)?;
    let options = Options {
        by,
        output: args.output.clone(),
        formats: formats(&args.format, &material.pack.formats),
        jobs: args.jobs,
        force: args.force,
        fail_fast: args.fail_fast,
        draft: args.draft,
        shard: args.shard,
        zip: args.zip,
    };
    let stop = stop_on_signal();
    let mut meter = Meter::new(args.progress);
    let summary = batch::run(&material, &kit, &options, &stop, &mut meter).map_err(fail)?;
    tell(&summary.diagnostics, &material.sources);
    let interrupted = stop.load(Ordering::Relaxed) && summary.count(State::Left) > 0;
    report(&summary, interrupted, &material.sources);
    Ok(if interrupted { Exit::Interrupted } else { summary.exit() })
}

/// Set by the first Ctrl-C or termination; a second one ends the program at once, which the
/// next run puts right.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    // Without a handler the default holds: the program ends at once.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Exit::Interrupted.code()));
        }
    });
    stop
}

/// What was made, and what to do about the rest.
fn report(summary: &Summary, interrupted: bool, sources: &SourceMap) {
    let failed: Vec<_> = summary.outcomes.iter().filter(|o| o.state == State::Failed).collect();
    for outcome in failed.iter().take(TOLD) {
        eprintln!("失败 第{}条 {}", outcome.row + 1, outcome.unit);
        outcome.entry.messages.iter().for_each(|m| eprintln!("  {m}"));
    }
    if failed.len() > TOLD {
        eprintln!("还有{}份失败，见清单", failed.len() - TOLD);
    }
    if let Some(diagnostic) = &summary.gave_up {
        tell(std::slice::from_ref(diagnostic), sources);
    }
    let count = |state| summary.count(state);
    let left = count(State::Left);
    let rest = if left > 0 { format!("，未做{left}份") } else { String::new() };
    let (made, unchanged) = (count(State::Made), count(State::Unchanged));
    say(format_args!("已生成{made}份，未变{unchanged}份，失败{}份{rest}", failed.len()));
    summary.written.iter().for_each(|path| say(path.display()));
    if interrupted {
        eprintln!("已经停下，做好的都在；再运行同一条命令就接着做");
    } else if left > 0 {
        eprintln!("改好以后再运行同一条命令，做好的不会重做");
    }
}

fn join(args: &BatchArgs) -> Exit {
    match merge::merge(&args.merge, &args.output) {
        Ok(merged) => {
            tell(&merged.diagnostics, &SourceMap::new());
            say(format_args!("已有{}份，失败{}份", merged.there, merged.failed));
            merged.written.iter().for_each(|path| say(path.display()));
            if merged.diagnostics.is_empty() && merged.failed == 0 { Exit::Done } else { Exit::Input }
        }
        Err(diagnostics) => {
            tell(&diagnostics, &SourceMap::new());
            diagnostics.iter().map(|d| d.exit).max().unwrap_or(Exit::Input)
        }
    }
}
