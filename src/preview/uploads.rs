//! Files that were dropped on the page. They live in memory, as long as their tab.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::choice::From;
use super::guard;
use super::watch::lock;

/// Most files at a time, and most bytes of all of them.
const MAX_FILES: usize = 8;
const MAX_BYTES: usize = 256 << 20;
/// Most files that are being received at a time.
const MAX_RECEIVING: usize = 2;
/// A tab that is being loaded again comes back within this time.
const RELOAD: Duration = Duration::from_secs(8);
/// A tab in the background gives a sign of life more often than this.
const AWAY: Duration = Duration::from_secs(300);

struct Upload {
    name: String,
    bytes: Arc<Vec<u8>>,
    /// Tabs that follow it.
    viewers: usize,
    /// Without a viewer it is forgotten then.
    until: Instant,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    Files,
    NoRandom,
}

pub struct Uploads {
    kept: Mutex<HashMap<String, Upload>>,
    /// Places for files that are being received.
    pub receiving: Semaphore,
}

impl Default for Uploads {
    fn default() -> Uploads {
        Uploads { kept: Mutex::default(), receiving: Semaphore::new(MAX_RECEIVING) }
    }
}

impl Uploads {
    pub fn has_room(&self, bytes: usize) -> bool {
        let kept = lock(&self.kept);
        kept.len() < MAX_FILES && kept.values().map(|u| u.bytes.len()).sum::<usize>() + bytes <= MAX_BYTES
    }

    /// Keeps a file under a name that cannot be guessed.
    pub fn add(&self, name: String, bytes: Vec<u8>) -> Result<String, Full> {
        if !self.has_room(bytes.len()) {
            return Err(Full::Files);
        }
        let id = guard::random().map_err(|_| Full::NoRandom)?;
        let upload = Upload { name, bytes: Arc::new(bytes), viewers: 0, until: Instant::now() + AWAY };
        lock(&self.kept).insert(id.clone(), upload);
        Ok(id)
    }

    pub fn get(&self, id: &str) -> Option<From> {
        let kept = lock(&self.kept);
        kept.get(id).map(|u| From::Upload { name: u.name.clone(), bytes: u.bytes.clone() })
    }

    /// A tab shows it from now on.
    pub fn shown(&self, id: &str) {
        if let Some(upload) = lock(&self.kept).get_mut(id) {
            upload.viewers += 1;
        }
    }

    /// A tab follows it no longer; it may only be in the background.
    pub fn left(&self, id: &str) {
        if let Some(upload) = lock(&self.kept).get_mut(id) {
            upload.viewers = upload.viewers.saturating_sub(1);
            upload.until = upload.until.max(Instant::now() + RELOAD);
        }
    }

    /// A tab in the background is still there.
    pub fn alive(&self, id: &str) -> bool {
        let mut kept = lock(&self.kept);
        let upload = kept.get_mut(id);
        upload.map(|upload| upload.until = Instant::now() + AWAY).is_some()
    }

    /// Its tab was closed, or is loaded again.
    pub fn closed(&self, id: &str) {
        if let Some(upload) = lock(&self.kept).get_mut(id) {
            upload.until = Instant::now() + RELOAD;
        }
    }

    /// Forgets what no tab shows any more; true when something was forgotten.
    pub fn sweep(&self, now: Instant) -> bool {
        let mut kept = lock(&self.kept);
        let before = kept.len();
        kept.retain(|_, upload| upload.viewers > 0 || upload.until > now);
        kept.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lives_as_long_as_its_tab() {
        let uploads = Uploads::default();
        let id = uploads.add("a.xlsx".into(), vec![1]).unwrap();
        uploads.shown(&id);
        let later = |seconds| Instant::now() + Duration::from_secs(seconds);
        assert!(!uploads.sweep(later(10_000)), "its tab shows it");
        uploads.closed(&id);
        uploads.left(&id);
        assert!(!uploads.sweep(later(1)), "the tab may be loaded again");
        assert!(uploads.sweep(later(9)));
        assert!(uploads.get(&id).is_none() && !uploads.alive(&id));
    }

    #[test]
    fn a_tab_in_the_background_keeps_its_file() {
        let uploads = Uploads::default();
        let id = uploads.add("a.xlsx".into(), vec![1]).unwrap();
        uploads.shown(&id);
        uploads.left(&id);
        assert!(uploads.alive(&id));
        assert!(!uploads.sweep(Instant::now() + Duration::from_secs(200)));
    }

    #[test]
    fn room_is_limited() {
        let uploads = Uploads::default();
        assert!(!uploads.has_room(MAX_BYTES + 1));
        for _ in 0..MAX_FILES {
            uploads.add("a.xlsx".into(), vec![1]).unwrap();
        }
        assert_eq!(uploads.add("a.xlsx".into(), vec![1]), Err(Full::Files));
    }
}
