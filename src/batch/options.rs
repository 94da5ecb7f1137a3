//! What a batch is asked for, whom it tells, and how it ends.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::outcome::{Outcome, State};
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Exit};
use crate::template::Format;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The table whose records become reports.
    pub by: String,
    pub output: PathBuf,
    /// Files that are read: nothing is written over them.
    pub inputs: Vec<PathBuf>,
    pub formats: Vec<Format>,
    /// Threads; 0: as many as there are processors.
    pub jobs: usize,
    /// Make also what has not changed.
    pub force: bool,
    /// What was edited by hand gets new figures, instead of being moved away.
    pub refresh_edited: bool,
    pub fail_fast: bool,
    pub draft: bool,
    pub shard: Option<Shard>,
    pub zip: bool,
    /// Bind all reports into volumes for printing.
    pub bind: bool,
}

/// Told of what happens, from one thread.
pub trait Progress {
    /// Reports to make; those that are unchanged, or have failed by their data, are not among them.
    fn begin(&mut self, total: usize, unchanged: usize, failed: usize);
    fn done(&mut self, outcome: &Outcome);
    /// Nothing happened for a while.
    fn wait(&mut self);
    /// A volume is being bound, of so many.
    fn binding(&mut self, volume: usize, of: usize);
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
            return Exit::Io;
        }
        let gravest = self.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max();
        let failed = if self.count(State::Failed) > 0 { Exit::Input } else { Exit::Done };
        gravest.unwrap_or(failed).max(failed)
    }
}

/// Whether the batch was asked to stop.
pub fn stopped(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}
