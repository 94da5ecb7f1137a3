//! Makes reports side by side. Each thread takes the next unit, makes all its files and
//! hands on the outcome; one thread keeps the journal.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rayon::ThreadPool;

use super::blame::Blame;
use super::digest::Common;
use super::edited;
use super::options::{Options, Progress};
use super::outcome::{Entry, Outcome, State, message};
use super::past::{self, Past};
use super::units::Unit;
use crate::check::Strict;
use crate::diagnostic::{Diagnostic, codes, fault, grouped};
use crate::document::Document;
use crate::layout::{self, Kit};
use crate::output::{self, Journal, Stamp, Workshop};
use crate::pipeline::{Made, Material, Order, Report, Rules, lay_out};
use crate::template::Format;

/// Stack of a thread, bytes: Typst nests deeply.
const STACK: usize = 16 << 20;
/// More threads than any machine has use for.
const MOST_THREADS: usize = 512;
/// Reports of a thread between two evictions of Typst's caches.
const EVICT_EVERY: usize = 8;
/// Outcomes that are forced to the disk together.
const SETTLE: usize = 128;
/// How often the progress is told when nothing ends.
const TICK: Duration = Duration::from_millis(500);

/// What all reports of the batch are made with.
pub struct Line<'a> {
    pub past: &'a Past,
    pub journal: &'a Journal,
    pub material: &'a Material,
    pub blame: &'a Blame<'a>,
    pub kit: &'a Kit,
    pub options: &'a Options,
    pub common: &'a Common,
    pub strict: Strict,
    pub workshop: &'a Workshop,
    pub pool: &'a ThreadPool,
    pub stop: &'a AtomicBool,
    /// Called before each report: tests make one panic.
    pub before: fn(&Unit),
}

/// A report to make.
pub struct Task<'a> {
    pub unit: &'a Unit,
    /// Files that someone has changed since they were made, though nothing else has changed:
    /// they stay as they are.
    pub edited: Vec<(String, Stamp)>,
}

/// Files with their stamps, and what is to be told of them.
type Put = (Vec<(String, Stamp)>, Vec<Diagnostic>);

/// Why a report was not made.
enum Trouble {
    Report(Vec<Diagnostic>),
    /// The folder cannot be written to: no other report can either.
    Folder(Box<Diagnostic>),
}

impl Line<'_> {
    /// The outcomes of all units, and why the batch was given up, if it was.
    pub fn run(&self, todo: &[Task], progress: &mut dyn Progress) -> (Vec<Outcome>, Option<Diagnostic>) {
        if todo.is_empty() {
            return (Vec::new(), None);
        }
        let next = AtomicUsize::new(0);
        let enough = AtomicBool::new(false);
        let (send, receive) = channel();
        std::thread::scope(|scope| {
            let (next, enough) = (&next, &enough);
            // The pool's threads each run a loop of their own, so that Typst's inner tasks never
            // pick up another report in the middle of one.
            scope.spawn(move || self.pool.broadcast(|_| self.work(todo, next, enough, send.clone())));
            let mut outcomes = self.collect(receive, progress, enough);
            let gave_up = outcomes.1.take();
            let mut done: Vec<bool> = vec![false; todo.len()];
            outcomes.0.iter().for_each(|(i, _)| done[*i] = true);
            let rest = todo.iter().zip(&done).filter(|(_, done)| !**done).map(|(task, _)| left(task.unit));
            (outcomes.0.into_iter().map(|(_, o)| o).chain(rest).collect(), gave_up)
        })
    }

    fn work(
        &self,
        todo: &[Task],
        next: &AtomicUsize,
        enough: &AtomicBool,
        send: Sender<(usize, Result<Outcome, Diagnostic>)>,
    ) {
        let mut made = 0;
        while !self.stop.load(Ordering::Relaxed) && !enough.load(Ordering::Relaxed) {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = todo.get(i) else { return };
            let unit = task.unit;
            let result = catch_unwind(AssertUnwindSafe(|| self.report(task)));
            let outcome = match result.unwrap_or_else(|_| Err(Trouble::Report(vec![self.crashed()]))) {
                Ok(outcome) => Ok(outcome),
                Err(Trouble::Report(found)) => {
                    let all = self.blame.settle(unit.diagnostics.iter().cloned().chain(found).collect());
                    Ok(failed(unit, &all, self.material))
                }
                Err(Trouble::Folder(diagnostic)) => Err(*diagnostic),
            };
            let ends = match &outcome {
                Ok(outcome) => outcome.state == State::Failed && self.options.fail_fast,
                Err(_) => true,
            };
            enough.fetch_or(ends, Ordering::Relaxed);
            if send.send((i, outcome)).is_err() {
                return;
            }
            made += 1;
            if made % EVICT_EVERY == 0 {
                layout::evict();
            }
        }
    }

    /// One report, from its record to its files.
    fn report(&self, task: &Task) -> Result<Outcome, Trouble> {
        let unit = task.unit;
        (self.before)(unit);
        let report = Report {
            material: self.material,
            subject: Some(unit.subject.clone()),
            draft: self.options.draft,
            rules: Rules::Strict(&self.strict),
        };
        let order = Order { in_turn: true, ..Order::of(&self.options.formats) };
        let made = report.make(|document| lay_out(document, self.kit, &order));
        let Made { composed, laid, .. } = made.map_err(|stop| Trouble::Report(stop.errors()))?;
        let (files, moved) = self.put(task, &composed.document, &laid.files)?;
        let told = unit.diagnostics.iter().chain(&composed.diagnostics).chain(&laid.diagnostics).chain(&moved);
        let entry = Entry {
            name: unit.file_name.clone(),
            digest: self.common.of_report(unit, composed.whole_table),
            whole_table: composed.whole_table,
            files,
            fit: laid.fit,
            messages: told.filter(is_for_list).map(|d| message(d, &self.material.sources)).collect(),
            edited: !task.edited.is_empty(),
        };
        Ok(Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Made, entry, wrong: Vec::new() })
    }

    /// A panic while a report was made leaves its trace beside the reports.
    fn crashed(&self) -> Diagnostic {
        let trace = fault::last();
        let report = fault::report("batch", &self.options.inputs, trace.as_ref());
        let told = fault::told(trace.as_ref());
        match self.workshop.put(fault::REPORT, report.as_bytes()) {
            Ok(()) => told.help(format!("把输出文件夹里的“{}”发给维护人员，并说明是哪个单位", fault::REPORT)),
            Err(_) => told.help("请把数据文件和这个单位的名称报给维护人员"),
        }
    }

    /// Writes the files of a report. The journal hears of them before they get their names, so
    /// that a run that is killed in between does not take them for someone else's.
    fn put(&self, task: &Task, document: &Document, files: &[(Format, Vec<u8>)]) -> Result<Put, Trouble> {
        let (mut unnamed, mut notices) = (Vec::new(), Vec::new());
        let mut stamps: Vec<(String, Stamp)> = Vec::new();
        for (format, bytes) in files {
            let name = format!("{}.{}", task.unit.file_name, format.extension());
            if let Some(edited) = task.edited.iter().find(|(file, _)| *file == name) {
                notices.push(left_alone(&name));
                stamps.push(edited.clone());
                continue;
            }
            let file = self.workshop.write(&name, bytes).map_err(|d| self.trouble(*d))?;
            stamps.push((name.clone(), file.stamp.clone()));
            let mut known = self.past.stamps(&name).to_vec();
            if self.options.refresh_edited && *format == Format::Docx {
                // It is remembered as it was generated: the next time it is still one that was edited.
                let edited = edited::refreshed(self.workshop, &name, &known, document);
                if let Some((renewed, notice)) = edited {
                    self.workshop.write(&name, &renewed).map_err(|d| self.trouble(*d))?;
                    known.extend(self.workshop.stamp(&name));
                    notices.push(notice);
                }
            }
            unnamed.push((file, known));
        }
        let lines = unnamed.iter().map(|(f, _)| past::Line::File { file: f.name.clone(), stamp: f.stamp.clone() });
        let lines: Vec<past::Line> = lines.collect();
        self.journal.note(&lines.iter().collect::<Vec<_>>()).map_err(Trouble::Folder)?;
        for (file, known) in &unnamed {
            let moved = self.workshop.name(file, known).map_err(|d| self.trouble(*d))?;
            notices.extend(moved.map(|to| set_aside(&file.name, &to)));
        }
        Ok((stamps, notices))
    }

    /// A file that is open elsewhere is that report's trouble; a folder that takes no file is
    /// everybody's.
    fn trouble(&self, diagnostic: Diagnostic) -> Trouble {
        if self.workshop.takes_files() {
            Trouble::Report(vec![diagnostic])
        } else {
            Trouble::Folder(Box::new(diagnostic))
        }
    }

    /// Takes outcomes until all threads are done.
    #[allow(clippy::type_complexity, reason = "used once, right above")]
    fn collect(
        &self,
        receive: Receiver<(usize, Result<Outcome, Diagnostic>)>,
        progress: &mut dyn Progress,
        enough: &AtomicBool,
    ) -> (Vec<(usize, Outcome)>, Option<Diagnostic>) {
        let mut outcomes: Vec<(usize, Outcome)> = Vec::new();
        let mut settled = 0;
        let mut gave_up = None;
        loop {
            let message = receive.recv_timeout(TICK);
            let over = matches!(message, Err(RecvTimeoutError::Disconnected));
            match message {
                Ok((i, Ok(outcome))) => {
                    progress.done(&outcome);
                    outcomes.push((i, outcome));
                }
                Ok((_, Err(diagnostic))) => gave_up = gave_up.or(Some(diagnostic)),
                Err(_) => progress.wait(),
            }
            if outcomes.len() >= settled + SETTLE || (over && outcomes.len() > settled) {
                if let Err(diagnostic) = self.settle(&outcomes[settled..]) {
                    enough.store(true, Ordering::Relaxed);
                    gave_up = gave_up.or(Some(*diagnostic));
                }
                settled = outcomes.len();
            }
            if over {
                return (outcomes, gave_up);
            }
        }
    }

    /// Files first, then the journal that speaks of them.
    fn settle(&self, outcomes: &[(usize, Outcome)]) -> Result<(), Box<Diagnostic>> {
        let made = outcomes.iter().map(|(_, o)| o).filter(|o| o.state == State::Made);
        let lines: Vec<past::Line> = made.map(|o| past::Line::Report(o.entry.clone())).collect();
        let files = outcomes.iter().flat_map(|(_, o)| o.entry.files.iter().map(|(name, _)| name.as_str()));
        self.workshop.settle(files);
        if lines.is_empty() { Ok(()) } else { self.journal.append(&lines.iter().collect::<Vec<_>>()) }
    }
}

/// Nothing but the file has changed since it was made.
pub fn left_alone(file: &str) -> Diagnostic {
    Diagnostic::new(codes::B015, format!("“{file}”生成以后被人改动过，保留改动，没有重做"))
        .help(format!("要重新生成就加 --force，改动过的会移到“{}”文件夹", output::SET_ASIDE))
}

/// Someone has changed it, and it had to be made anew.
pub fn set_aside(file: &str, to: &str) -> Diagnostic {
    Diagnostic::new(
        codes::B016,
        format!("原来的“{file}”被人改动过（或不是批量生成的），已移到“{to}”，现在的是新生成的"),
    )
    .help("把改动的内容补到数据或模板里，或者在新生成的文件里再改一遍")
}

/// Threads for reports; 0: as many as there are processors.
pub fn pool(jobs: usize) -> Result<ThreadPool, Box<Diagnostic>> {
    let threads = match jobs {
        0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
        jobs => jobs,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.min(MOST_THREADS)).stack_size(STACK).build();
    let refused = || Diagnostic::new(codes::B008, "系统不让开这么多线程").help("用 --jobs 1 再试");
    pool.map_err(|_| Box::new(refused()))
}

/// The outcome of a unit that could not be made.
pub fn failed(unit: &Unit, diagnostics: &[Diagnostic], material: &Material) -> Outcome {
    let told: Vec<Diagnostic> = diagnostics.iter().filter(is_for_list).cloned().collect();
    let messages = grouped(&told).iter().map(|d| message(d, &material.sources)).collect();
    let entry = Entry { name: unit.file_name.clone(), messages, ..Entry::default() };
    Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Failed, entry, wrong: told }
}

/// The outcome of a report that is there already; `edited`: files that someone has changed.
/// What was found in its data stands in its entry.
pub fn unchanged(unit: &Unit, mut entry: Entry, edited: &[String], material: &Material) -> Outcome {
    let said: Vec<String> = edited.iter().map(|file| message(&left_alone(file), &material.sources)).collect();
    entry.messages.retain(|known| !said.contains(known));
    entry.messages.extend(said);
    entry.edited |= !edited.is_empty();
    Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Unchanged, entry, wrong: Vec::new() }
}

/// The outcome of a unit whose turn did not come.
pub fn left(unit: &Unit) -> Outcome {
    let entry = Entry { name: unit.file_name.clone(), ..Entry::default() };
    Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Left, entry, wrong: Vec::new() }
}

/// Whether 清单 says it: not what stands in both outputs anyway, nor what vanished for want of an
/// optional datum, which is a matter of check.
fn is_for_list(found: &&Diagnostic) -> bool {
    found.code != layout::MISSED && found.code != codes::T017
}
