//! `huibao batch`: one report for each record of a table.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::BatchArgs;
use super::build::{formats, ready, request};
use super::progress::Meter;
use super::terminal::{ended, hint, say, say_path, tell};
use crate::batch::{self, Options, Outcome, State, Summary, merge};
use crate::diagnostic::{Cause, Diagnostic, Exit, SourceMap, codes, together, visible};
use crate::pipeline::{Failure, Purpose, Request};

/// Causes of failure that are told; the rest is in 清单.
const TOLD: usize = 20;
/// Units named for one cause.
const NAMED: usize = 5;

pub fn run(args: BatchArgs) -> Exit {
    if args.bind && (args.shard.is_some() || !args.merge.is_empty()) {
        tell(&[no_bind(&args)], &SourceMap::new());
        return Exit::Usage;
    }
    if !args.merge.is_empty() {
        return join(&args);
    }
    ended(make(&args))
}

/// A volume needs the data of all reports in the order of the table.
fn no_bind(args: &BatchArgs) -> Diagnostic {
    let with = if args.merge.is_empty() { "--shard" } else { "--merge" };
    Diagnostic::new(codes::B022, format!("--bind 不能和 {with} 一起用：合订本要按整个表的次序装订"))
        .help("各片写到同一个文件夹，全部做完以后，去掉 --shard 再运行一次同样的命令并加 --bind，做好的不会重做")
}

fn make(args: &BatchArgs) -> Result<Exit, Failure> {
    let by = args.by.clone().unwrap_or_default();
    let purpose = Purpose::Records(by.clone());
    let (mut material, kit) = ready(&Request { purpose, ..request(&args.data, &args.choice, args.draft) })?;
    if let Some(pattern) = &args.name {
        material.pack = match material.pack.named_by(pattern, &mut material.sources) {
            Ok(pack) => pack,
            Err(diagnostics) => return Err(Failure { diagnostics, sources: material.sources }),
        };
    }
    let options = Options {
        by,
        output: args.output.clone(),
        inputs: args.data.clone(),
        formats: formats(&args.format, &material.pack.formats),
        jobs: args.jobs,
        force: args.force,
        refresh_edited: args.refresh_edited,
        fail_fast: args.fail_fast,
        draft: args.draft,
        shard: args.shard,
        zip: args.zip,
        bind: args.bind,
    };
    let stop = stop_on_signal();
    let mut meter = Meter::new(args.progress);
    let summary = batch::run(&material, &kit, &options, &stop, &mut meter).map_err(|found| material.refusal(found))?;
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
    let failed: Vec<&Outcome> = summary.outcomes.iter().filter(|o| o.state == State::Failed).collect();
    failures(&failed, sources);
    if let Some(diagnostic) = &summary.gave_up {
        tell(std::slice::from_ref(diagnostic), sources);
    }
    let count = |state| summary.count(state);
    let left = count(State::Left);
    let rest = if left > 0 { format!("，未做{left}份") } else { String::new() };
    let (made, unchanged) = (count(State::Made), count(State::Unchanged));
    say(format_args!("已生成{made}份，未变{unchanged}份，失败{}份{rest}", failed.len()));
    summary.written.iter().for_each(|path| say_path(path));
    if interrupted {
        hint("已经停下，做好的都在；再运行同一条命令就接着做");
    } else if left > 0 {
        hint("改好以后再运行同一条命令，做好的不会重做");
    }
}

/// Why reports failed, cause by cause: a mistake is told once, with all the reports that it keeps from
/// being made. A bad cell may keep every report from its rank, and a column may be filled in wrongly
/// from top to bottom.
fn failures(failed: &[&Outcome], sources: &SourceMap) {
    let mut causes: Vec<(Vec<&Diagnostic>, Vec<usize>)> = Vec::new();
    let mut place: HashMap<Cause, usize> = HashMap::new();
    for (number, outcome) in failed.iter().enumerate() {
        for wrong in outcome.wrong.iter().filter(|d| d.is_error()) {
            let at = *place.entry(wrong.cause()).or_insert(causes.len());
            match causes.get_mut(at) {
                None => causes.push((vec![wrong], vec![number])),
                Some((same, units)) => {
                    same.push(wrong);
                    if units.last() != Some(&number) {
                        units.push(number);
                    }
                }
            }
        }
    }
    causes.sort_by_key(|(_, units)| std::cmp::Reverse(units.len()));
    for (at, (same, units)) in causes.iter().enumerate().take(TOLD) {
        together(same.iter().copied()).iter().for_each(|d| hint(batch::message(d, sources)));
        let name =
            |at: &usize| format!("第{}条 {}", failed[*at].row + 1, visible(&failed[*at].unit)).trim_end().to_owned();
        let names: Vec<String> = units.iter().take(NAMED).map(name).collect();
        let said = match units.len() {
            all if all == failed.len() && all > NAMED => format!("失败的{all}份都因为它"),
            some if some > NAMED => format!("{}等{some}份", names.join("、")),
            _ => names.join("、"),
        };
        // Causes of the same reports are told under one another.
        if causes.get(at + 1).filter(|_| at + 1 < TOLD).is_none_or(|(_, next)| next != units) {
            hint(format_args!("  没有做成：{said}"));
        }
    }
    if causes.len() > TOLD {
        hint(format_args!("还有{}种原因，见清单", causes.len() - TOLD));
    }
}

fn join(args: &BatchArgs) -> Exit {
    match merge::merge(&args.merge, &args.output, args.zip) {
        Ok(merged) => {
            tell(&merged.diagnostics, &SourceMap::new());
            say(format_args!("已有{}份，失败{}份", merged.there, merged.failed));
            merged.written.iter().for_each(|path| say_path(path));
            if merged.diagnostics.is_empty() && merged.failed == 0 { Exit::Done } else { Exit::Input }
        }
        Err(diagnostics) => {
            tell(&diagnostics, &SourceMap::new());
            diagnostics.iter().map(|d| d.exit).max().unwrap_or(Exit::Input)
        }
    }
}
