//! One report for each record of a table: named first, made side by side, none stopped by
//! another's mistake, resumed where an earlier run left off.
//!
//! 1. [`units`]: records become subjects, with the same unit's records of other years.
//! 2. [`names`]: every file name is known, safe and different before a file is written.
//! 3. [`output::Workshop`]: the folder is taken; the journal of earlier runs is read.
//! 4. [`make`]: a pool makes what has changed; every outcome goes into the journal.
//! 5. [`list`]: 清单.xlsx and 清单.json say what became of each.

mod digest;
mod list;
mod make;
pub mod merge;
mod names;
mod outcome;
mod shard;
mod units;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

pub use outcome::{Entry, Outcome, State};
pub use shard::Shard;

use crate::diagnostic::{Diagnostic, Exit, has_error};
use crate::layout::Kit;
use crate::output::{self, Journal, Workshop};
use crate::pipeline::Material;
use crate::template::Format;
use digest::Common;
use units::Unit;

/// Name of the archive (`--zip`), without extension.
pub const ARCHIVE: &str = "全部报告";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The table whose records become reports.
    pub by: String,
    pub output: PathBuf,
    pub formats: Vec<Format>,
    /// Threads; 0: as many as there are processors.
    pub jobs: usize,
    /// Make also what has not changed.
    pub force: bool,
    pub fail_fast: bool,
    pub draft: bool,
    pub shard: Option<Shard>,
    pub zip: bool,
}

/// Told of what happens, from one thread.
pub trait Progress {
    /// Reports to make; those that are unchanged are not among them.
    fn begin(&mut self, total: usize, unchanged: usize);
    fn done(&mut self, outcome: &Outcome);
    /// Nothing happened for a while.
    fn wait(&mut self);
    fn end(&mut self);
}

/// The end of a batch.
#[derive(Debug)]
pub struct Summary {
    pub outcomes: Vec<Outcome>,
    /// 清单 and what else was written beside the reports.
    pub written: Vec<PathBuf>,
    /// What concerns no single report.
    pub diagnostics: Vec<Diagnostic>,
    /// Writing failed and the batch was given up.
    pub gave_up: Option<Diagnostic>,
}

impl Summary {
    pub fn count(&self, state: State) -> usize {
        self.outcomes.iter().filter(|o| o.state == state).count()
    }

    pub fn exit(&self) -> Exit {
        if self.gave_up.is_some() {
            Exit::Io
        } else if self.count(State::Failed) > 0 {
            Exit::Input
        } else {
            Exit::Done
        }
    }
}

/// Makes the reports. `stop` ends the batch after the reports in hand.
pub fn run(
    material: &Material,
    kit: &Kit,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
) -> Result<Summary, Vec<Diagnostic>> {
    let (mut units, diagnostics) = subjects(material, options)?;
    let common = Common::new(material, kit, &options.by, &options.formats, options.draft);
    for unit in &mut units {
        unit.subject.digest = common.of_unit(unit, &material.data, &options.by);
    }
    let all: Vec<String> = units.iter().map(|u| u.name.to_string()).collect();
    if let Some(shard) = options.shard {
        units.retain(|u| shard.takes(u.row));
    }
    let part = options.shard.map(|s| s.label());
    let workshop = Workshop::open(&options.output, part.as_deref()).map_err(|d| vec![*d])?;
    let mut known = unchanged(&units, &common, &workshop, options);
    let kept: Vec<&Entry> = units.iter().filter_map(|u| known.get(u.file_name.as_str())).collect();
    let mut journal = Journal::begin(workshop.journal(), &kept).map_err(|d| vec![*d])?;
    let (mut outcomes, todo): (Vec<Outcome>, Vec<&Unit>) = sort(&units, &mut known, material);
    progress.begin(todo.len(), outcomes.iter().filter(|o| o.state == State::Unchanged).count());
    outcomes.iter().filter(|o| o.state == State::Failed).for_each(|o| progress.done(o));
    let early = options.fail_fast && outcomes.iter().any(|o| o.state == State::Failed);
    let line = make::Line { material, kit, options, common: &common, workshop: &workshop, stop };
    let todo = if early {
        outcomes.extend(todo.iter().map(|u| make::left(u)));
        Vec::new()
    } else {
        todo
    };
    let (made, gave_up) = line.run(&todo, &mut journal, progress);
    outcomes.extend(made);
    outcomes.sort_by_key(|o| o.row);
    progress.end();
    let mut summary = Summary { outcomes, written: Vec::new(), diagnostics, gave_up };
    if summary.gave_up.is_none() {
        close(&mut summary, &workshop, &all, &common.whole(), material, options).map_err(|d| vec![*d])?;
    }
    Ok(summary)
}

/// The records as named units; what is wrong with all of them at once ends the batch here.
fn subjects(material: &Material, options: &Options) -> Result<(Vec<Unit>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut units = units::units(&material.data, &options.by, &material.pack.key)?;
    let found = material.diagnostics.clone();
    let rest = units::assign(&mut units, &material.data, &options.by, found);
    if has_error(&rest) {
        return Err(rest);
    }
    names::plan(&mut units, material, options.draft, &[ARCHIVE])?;
    Ok((units, rest))
}

/// Reports of earlier runs that are still right, by file name.
fn unchanged(units: &[Unit], common: &Common, workshop: &Workshop, options: &Options) -> HashMap<String, Entry> {
    if options.force {
        return HashMap::new();
    }
    let entries: Vec<Entry> = Journal::read(workshop.journal());
    let mut entries: HashMap<String, Entry> = entries.into_iter().map(|e| (e.name.clone(), e)).collect();
    let mut known = HashMap::new();
    for unit in units.iter().filter(|u| !has_error(&u.diagnostics)) {
        let Some(entry) = entries.remove(&unit.file_name) else { continue };
        let same = entry.digest == common.of_report(unit, entry.whole_table);
        if same && entry.files.iter().all(|(name, stamp)| workshop.stamp(name) == Some(*stamp)) {
            known.insert(entry.name.clone(), entry);
        }
    }
    known
}

/// Units whose outcome is known already, and those that are to be made.
fn sort<'a>(
    units: &'a [Unit],
    known: &mut HashMap<String, Entry>,
    material: &Material,
) -> (Vec<Outcome>, Vec<&'a Unit>) {
    let (mut outcomes, mut todo) = (Vec::new(), Vec::new());
    for unit in units {
        if has_error(&unit.diagnostics) {
            outcomes.push(make::failed(unit, &unit.diagnostics, material));
        } else if let Some(entry) = known.remove(&unit.file_name) {
            outcomes.push(Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Unchanged, entry });
        } else {
            todo.push(unit);
        }
    }
    (outcomes, todo)
}

/// 清单, and what is asked for beside it.
fn close(
    summary: &mut Summary,
    workshop: &Workshop,
    all: &[String],
    digest: &str,
    material: &Material,
    options: &Options,
) -> Result<(), Box<Diagnostic>> {
    let about = list::About {
        program: env!("CARGO_PKG_VERSION").to_string(),
        template: material.pack.display.clone(),
        table: options.by.clone(),
        year: material.data.year,
        digest: digest.to_string(),
        shard: options.shard,
        all: if options.shard.is_some() { all.to_vec() } else { Vec::new() },
    };
    let stem = list::stem(options.shard);
    let rows: Vec<list::Row> = summary.outcomes.iter().map(list::Row::of).collect();
    for (extension, bytes) in [("xlsx", list::workbook(&rows)?), ("json", list::json(&about, &rows)?)] {
        let target = workshop.dir().join(format!("{stem}.{extension}"));
        output::write(&target, &bytes)?;
        summary.written.push(target);
    }
    if options.zip {
        let part = options.shard.map(|s| format!("-{}", s.label())).unwrap_or_default();
        let target = workshop.dir().join(format!("{ARCHIVE}{part}.zip"));
        let made = summary.outcomes.iter().filter(|o| matches!(o.state, State::Made | State::Unchanged));
        let files: Vec<String> = made.flat_map(|o| o.entry.files.iter().map(|(name, _)| name.clone())).collect();
        output::archive(&target, workshop.dir(), &files)?;
        summary.written.push(target);
    }
    Ok(())
}
