//! What all connections of a preview share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, Weak};
use std::time::{Duration, Instant};

use super::choice::{Choice, From};
use super::guard::Guard;
use super::http::Request;
use super::state::State;
use super::uploads::Uploads;
use super::watch::Watch;
use crate::check::Memory;
use crate::layout::{self, Drawings, Drawn, Kit};
use crate::pipeline;

/// How often uploads are looked at.
const SWEEP: Duration = Duration::from_secs(1);

/// What all connections share.
pub struct Desk {
    pub kit: Kit,
    pub request: pipeline::Request,
    pub files: Vec<PathBuf>,
    pub guard: Guard,
    pub watch: Watch,
    pub uploads: Uploads,
    pub drawings: Drawings,
    /// What the check said before.
    pub memory: Memory,
    /// Pages that some tab shows, by their digest.
    pub sheets: Mutex<HashMap<String, Weak<Drawn>>>,
    /// States that some tab shows.
    pub states: Mutex<HashMap<String, Weak<State>>>,
    /// One build at a time.
    pub building: Mutex<()>,
    pub connections: AtomicUsize,
    pub streams: AtomicUsize,
}

impl Desk {
    /// The data that a request is about; `None` when there are none (yet, or any more).
    pub fn from(&self, request: &Request) -> Option<From> {
        match request.parameter("doc") {
            Some(id) => self.uploads.get(&id),
            None if self.files.is_empty() => None,
            None => Some(From::Files(self.files.clone())),
        }
    }

    /// A template from the address must be one of the list: a path there would read any folder.
    pub fn listed(&self, choice: &Choice) -> bool {
        let list = || crate::template::list(&self.request.folders);
        choice.template.as_ref().is_none_or(|wanted| list().iter().any(|p| p.name == *wanted))
    }

    /// Forgets the uploads of closed tabs, and what the layout remembers of them.
    pub fn sweep(&self) {
        loop {
            std::thread::sleep(SWEEP);
            if self.uploads.sweep(Instant::now()) {
                layout::forget();
                self.memory.forget();
            }
        }
    }
}
