//! Makes reports side by side. Each thread takes the next unit, makes all its files and
//! hands on the outcome; one thread keeps the journal.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::digest::Common;
use super::outcome::{Entry, Outcome, State, message};
use super::units::Unit;
use super::{Options, Progress};
use crate::diagnostic::{Diagnostic, Exit};
use crate::layout::{self, Kit};
use crate::output::{Journal, Workshop};
use crate::pipeline::{self, Material};

/// Stack of a thread, bytes: Typst nests deeply.
const STACK: usize = 16 << 20;
/// Reports of a thread between two evictions of Typst's caches.
const EVICT_EVERY: usize = 8;
/// Outcomes that are forced to the disk together.
const SETTLE: usize = 128;
/// How often the progress is told when nothing ends.
const TICK: Duration = Duration::from_millis(500);

/// What all reports of the batch are made with.
pub struct Line<'a> {
    pub material: &'a Material,
    pub kit: &'a Kit,
    pub options: &'a Options,
    pub common: &'a Common,
    pub workshop: &'a Workshop,
    pub stop: &'a AtomicBool,
}

/// Why a report was not made.
enum Trouble {
    Report(Vec<Diagnostic>),
    /// The folder cannot be written to: no other report can either.
    Folder(Box<Diagnostic>),
}

impl Line<'_> {
    /// The outcomes of all units, and why the batch was given up, if it was.
    pub fn run(
        &self,
        todo: &[&Unit],
        journal: &mut Journal,
        progress: &mut dyn Progress,
    ) -> (Vec<Outcome>, Option<Diagnostic>) {
        if todo.is_empty() {
            return (Vec::new(), None);
        }
        let threads = match self.options.jobs {
            0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
            jobs => jobs,
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.min(512)).stack_size(STACK).build();
        let Ok(pool) = pool else {
            return (todo.iter().map(|u| left(u)).collect(), Some(no_threads()));
        };
        let next = AtomicUsize::new(0);
        let enough = AtomicBool::new(false);
        let (send, receive) = channel();
        std::thread::scope(|scope| {
            let (next, enough) = (&next, &enough);
            // The pool's threads each run a loop of their own, so that Typst's inner tasks never
            // pick up another report in the middle of one.
            scope.spawn(move || pool.broadcast(|_| self.work(todo, next, enough, send.clone())));
            let mut outcomes = self.collect(receive, journal, progress, enough);
            let gave_up = outcomes.1.take();
            let mut done: Vec<bool> = vec![false; todo.len()];
            outcomes.0.iter().for_each(|(i, _)| done[*i] = true);
            let rest = todo.iter().zip(&done).filter(|(_, done)| !**done).map(|(unit, _)| left(unit));
            (outcomes.0.into_iter().map(|(_, o)| o).chain(rest).collect(), gave_up)
        })
    }

    fn work(
        &self,
        todo: &[&Unit],
        next: &AtomicUsize,
        enough: &AtomicBool,
        send: Sender<(usize, Result<Outcome, Diagnostic>)>,
    ) {
        let mut made = 0;
        while !self.stop.load(Ordering::Relaxed) && !enough.load(Ordering::Relaxed) {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(unit) = todo.get(i) else { return };
            let result = catch_unwind(AssertUnwindSafe(|| self.report(unit)));
            let outcome = match result.unwrap_or_else(|_| Err(Trouble::Report(vec![fault()]))) {
                Ok(outcome) => Ok(outcome),
                Err(Trouble::Report(found)) => {
                    let all: Vec<Diagnostic> = unit.diagnostics.iter().cloned().chain(found).collect();
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
    fn report(&self, unit: &Unit) -> Result<Outcome, Trouble> {
        let composed = pipeline::compose(self.material, Some(unit.subject.clone()), self.options.draft);
        let composed = composed.map_err(Trouble::Report)?;
        let laid = pipeline::lay_out_in_turn(&composed.document, self.kit, &self.options.formats);
        let laid = laid.map_err(Trouble::Report)?;
        let mut files = Vec::new();
        for (format, bytes) in &laid.files {
            let name = format!("{}.{}", unit.file_name, format.extension());
            let stamp = self.workshop.put(&name, bytes).map_err(|d| self.trouble(*d))?;
            files.push((name, stamp));
        }
        let told = unit.diagnostics.iter().chain(&composed.diagnostics).chain(&laid.diagnostics);
        let entry = Entry {
            name: unit.file_name.clone(),
            digest: self.common.of_report(unit, composed.whole_table),
            whole_table: composed.whole_table,
            files,
            pages: laid.pages,
            messages: told.map(|d| message(d, &self.material.sources)).collect(),
        };
        Ok(Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Made, entry })
    }

    /// A file that is open elsewhere is that report's trouble; a folder that takes no file is
    /// everybody's.
    fn trouble(&self, diagnostic: Diagnostic) -> Trouble {
        match self.workshop.put("proof", b"") {
            Ok(_) => {
                self.workshop.discard("proof");
                Trouble::Report(vec![diagnostic])
            }
            Err(_) => Trouble::Folder(Box::new(diagnostic)),
        }
    }

    /// Takes outcomes until all threads are done.
    #[allow(clippy::type_complexity, reason = "used once, right above")]
    fn collect(
        &self,
        receive: Receiver<(usize, Result<Outcome, Diagnostic>)>,
        journal: &mut Journal,
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
                if let Err(diagnostic) = self.settle(&outcomes[settled..], journal) {
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
    fn settle(&self, outcomes: &[(usize, Outcome)], journal: &mut Journal) -> Result<(), Box<Diagnostic>> {
        let made: Vec<&Entry> =
            outcomes.iter().map(|(_, o)| o).filter(|o| o.state == State::Made).map(|o| &o.entry).collect();
        self.workshop.settle(made.iter().flat_map(|e| e.files.iter().map(|(name, _)| name.as_str())));
        if made.is_empty() { Ok(()) } else { journal.append(&made) }
    }
}

/// The outcome of a unit that could not be made.
pub fn failed(unit: &Unit, diagnostics: &[Diagnostic], material: &Material) -> Outcome {
    let messages = diagnostics.iter().map(|d| message(d, &material.sources)).collect();
    let entry = Entry { name: unit.file_name.clone(), messages, ..Entry::default() };
    Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Failed, entry }
}

/// The outcome of a unit whose turn did not come.
pub fn left(unit: &Unit) -> Outcome {
    let entry = Entry { name: unit.file_name.clone(), ..Entry::default() };
    Outcome { row: unit.row, unit: unit.name.to_string(), state: State::Left, entry }
}

fn fault() -> Diagnostic {
    Diagnostic::error("X001", "程序内部出错，这是程序的问题，不是数据的问题")
        .help("请把数据文件和这个单位的名称报给维护人员")
        .exit(Exit::Fault)
}

fn no_threads() -> Diagnostic {
    Diagnostic::error("B008", "系统不让开这么多线程").help("用 --jobs 1 再试").exit(Exit::Io)
}
