//! What all connections of a preview share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::choice::{Asked, Choice, From, given};
use super::folder::Folder;
use super::guard::Guard;
use super::state::State;
use super::uploads::Uploads;
use super::watch::{Watch, lock};
use crate::check::Memory;
use crate::layout::{self, Drawings, Drawn, Kit};
use crate::{output, pipeline};

/// Most tabs that are followed.
const MAX_STREAMS: usize = 16;
/// How often uploads are looked at.
const SWEEP: Duration = Duration::from_secs(1);

/// What all connections share.
pub struct Shared {
    pub kit: Kit,
    pub request: pipeline::Request,
    pub files: Vec<PathBuf>,
    /// The folder whose files may be opened by name.
    pub folder: Option<Folder>,
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
    pub streams: Arc<Semaphore>,
    /// The page that brings the token to the browser, until it has.
    pub opener: Mutex<Option<output::Passing>>,
}

impl Shared {
    pub fn new(request: pipeline::Request, kit: Kit, folder: Option<Folder>, guard: Guard) -> Shared {
        Shared {
            kit,
            files: request.data.clone(),
            request,
            folder,
            guard,
            watch: Watch::start(),
            uploads: Uploads::default(),
            drawings: Drawings::default(),
            memory: Memory::default(),
            sheets: Mutex::default(),
            states: Mutex::default(),
            building: Mutex::default(),
            streams: Arc::new(Semaphore::new(MAX_STREAMS)),
            opener: Mutex::default(),
        }
    }

    /// The data that a request is about; `None` when there are none (yet, or any more).
    pub fn from(&self, asked: &Asked) -> Option<From> {
        if let Some(id) = given(&asked.doc) {
            return self.uploads.get(id);
        }
        if let Some(name) = given(&asked.file) {
            return self.folder.as_ref()?.data(name).map(|path| From::Files(vec![path]));
        }
        (!self.files.is_empty()).then(|| From::Files(self.files.clone()))
    }

    /// What the address chooses. A template there must be one of the list, or of the folder: a path
    /// there would read any folder.
    pub fn choice(&self, asked: &Asked) -> Option<Choice> {
        let mut choice = Choice::of(asked);
        if let Some(wanted) = &choice.template {
            choice.template = Some(self.template(wanted)?);
        }
        Some(choice)
    }

    /// A template of the list or of the folder, as it is found again.
    pub fn template(&self, wanted: &str) -> Option<String> {
        if crate::template::list(&self.request.folders).iter().any(|p| p.name == wanted) {
            return Some(wanted.to_string());
        }
        let own = self.folder.as_ref()?.template(wanted)?;
        Some(own.to_string_lossy().into_owned())
    }

    /// The state that a tab shows.
    pub fn state(&self, id: &str) -> Option<Arc<State>> {
        lock(&self.states).get(id).and_then(Weak::upgrade)
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
