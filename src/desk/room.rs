//! What all addresses of the desk share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use serde::Deserialize;

use super::given::Given;
use super::run::Run;
use crate::pipeline::{Purpose, Request};
use crate::preview::{Folder, Refusal, Shared};

/// Size and time of a file.
pub type FileStamp = (u64, Option<SystemTime>);

/// Size and time of a file, and the template that was chosen for it.
pub type Stamp = (u64, Option<SystemTime>, Option<String>);

/// What all addresses share.
pub struct Room {
    pub shared: Arc<Shared>,
    pub folder: Folder,
    /// How far each file is, until it changes.
    pub cards: Mutex<HashMap<String, (Stamp, String)>>,
    /// Whether each Word file is a template, until it changes.
    pub written: Mutex<HashMap<PathBuf, (FileStamp, bool)>>,
    pub given: Given,
    /// The batch that runs, or ran last.
    pub run: Mutex<Option<Arc<Run>>>,
    /// One tick is kept after the other.
    pub ticking: Mutex<()>,
    /// One value is put in after the other.
    pub entering: Mutex<()>,
}

impl Room {
    pub fn new(shared: Arc<Shared>, folder: Folder) -> Room {
        Room {
            shared,
            folder,
            cards: Mutex::default(),
            written: Mutex::default(),
            given: Given::default(),
            run: Mutex::default(),
            ticking: Mutex::default(),
            entering: Mutex::default(),
        }
    }

    /// A file of data by its name.
    pub fn data(&self, name: &str) -> Result<PathBuf, Refusal> {
        self.folder.data(name).ok_or_else(|| Refusal::wrong(format!("文件夹里没有“{name}”了，重新打开这一页")))
    }

    /// The template that was chosen; none where none was.
    pub fn template(&self, wanted: &str) -> Result<Option<String>, Refusal> {
        if wanted.is_empty() {
            return Ok(None);
        }
        let gone = || Refusal::wrong(format!("没有“{wanted}”这个模板了，重新打开这一页"));
        self.shared.template(wanted).ok_or_else(gone).map(Some)
    }

    /// What is read to look at a file.
    pub fn request(&self, data: PathBuf, template: Option<String>) -> Request {
        let folders = self.shared.request.folders.clone();
        Request { data: vec![data], template, purpose: Purpose::Look, folders, draft: true, ..Request::default() }
    }
}

/// What a page sends.
pub fn sent<T: for<'d> Deserialize<'d>>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|_| Refusal::wrong("页面和程序对不上，重新载入这一页"))
}

/// JSON of what is told.
pub fn told(value: &impl serde::Serialize) -> axum::response::Response {
    crate::preview::json(serde_json::to_string(value).unwrap_or_default())
}
