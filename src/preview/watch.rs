//! Follows exactly what the last builds read: data files by name, packs as folders. A save
//! is told once, after it has settled: programs write twice, rename, and leave a file empty
//! for a moment.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// No further event for so long: the save is complete.
const SETTLE: Duration = Duration::from_millis(25);
/// The same while one save follows the other.
const SETTLE_IN_BURST: Duration = Duration::from_millis(120);
/// Saves that are nearer than this follow each other.
const BURST: Duration = Duration::from_millis(400);
/// A file that a program has written to and not closed yet is waited for so long.
const OPEN: Duration = Duration::from_millis(300);
/// Events of one save that are nearer than this come together.
const TOGETHER: Duration = Duration::from_millis(8);
/// Where saves never cease, one is told after so long.
const PATIENCE: Duration = Duration::from_secs(2);
/// A file that is empty or gone is waited for so long.
const EMPTY_MOMENT: Duration = Duration::from_millis(800);
/// Network drives send no events: their files are looked at so often.
const LOOK: Duration = Duration::from_secs(2);

/// Size and time of a file; `None` when it is not there.
type Print = Option<(u64, Option<SystemTime>)>;

/// Counts saves and lets views wait for the next one.
#[derive(Default)]
pub struct Saves {
    count: Mutex<(u64, Option<Instant>)>,
    bell: Condvar,
}

impl Saves {
    /// The number of saves so far and when the event of the last one came.
    pub fn now(&self) -> (u64, Option<Instant>) {
        *lock(&self.count)
    }

    /// Waits until there are more than `seen`, at most for `time`.
    pub fn wait(&self, seen: u64, time: Duration) -> (u64, Option<Instant>) {
        let guard = lock(&self.count);
        let waited = self.bell.wait_timeout_while(guard, time, |(count, _)| *count <= seen);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn ring(&self, at: Instant) {
        let mut count = lock(&self.count);
        *count = (count.0 + 1, Some(at));
        self.bell.notify_all();
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is followed.
#[derive(Default)]
struct Followed {
    files: BTreeSet<PathBuf>,
    /// Folders in which everything counts (packs).
    packs: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

/// Follows files until it is dropped.
pub struct Watch {
    followed: Arc<Mutex<Followed>>,
    watcher: Mutex<Option<RecommendedWatcher>>,
    pub saves: Arc<Saves>,
}

impl Watch {
    pub fn start() -> Watch {
        let (sender, receiver) = channel();
        let followed = Arc::new(Mutex::new(Followed::default()));
        let saves = Arc::new(Saves::default());
        let watcher = watcher(sender, followed.clone());
        let (f, s) = (followed.clone(), saves.clone());
        std::thread::spawn(move || run(&receiver, &f, &s));
        Watch { followed, watcher: Mutex::new(watcher), saves }
    }

    /// Adds what a build reads. What is followed already costs nothing.
    pub fn follow(&self, files: &[PathBuf], pack: Option<&Path>) {
        let mut followed = lock(&self.followed);
        let mut wanted = Vec::new();
        for file in files {
            let file = absolute(file);
            if let Some(folder) = file.parent() {
                wanted.push((folder.to_path_buf(), RecursiveMode::NonRecursive));
            }
            followed.files.insert(file);
        }
        if let Some(pack) = pack.map(absolute) {
            wanted.push((pack.clone(), RecursiveMode::Recursive));
            followed.packs.insert(pack);
        }
        wanted.retain(|(folder, _)| followed.folders.insert(folder.clone()));
        // The watcher's thread asks for this lock while it is being told.
        drop(followed);
        if let Some(watcher) = lock(&self.watcher).as_mut() {
            for (folder, mode) in wanted {
                // Where that fails (network drives, too many watches) the regular look remains.
                let _ = watcher.watch(&folder, mode);
            }
        }
    }
}

/// What happened to a followed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Happening {
    /// Written to; more may come until it is closed.
    Written,
    /// Closed, renamed, created, removed.
    Other,
}

fn happening(kind: EventKind) -> Option<Happening> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Happening::Other),
        EventKind::Access(_) => None,
        // Only Linux tells of the closing.
        EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => Some(Happening::Written),
        _ => Some(Happening::Other),
    }
}

fn watcher(sender: Sender<(Instant, Happening)>, followed: Arc<Mutex<Followed>>) -> Option<RecommendedWatcher> {
    notify::recommended_watcher(move |event: notify::Result<Event>| {
        let Ok(event) = event else { return };
        let Some(happening) = happening(event.kind) else { return };
        let followed = lock(&followed);
        if event.paths.iter().any(|path| counts(path, &followed)) {
            let _ = sender.send((Instant::now(), happening));
        }
    })
    .ok()
}

fn counts(path: &Path, followed: &Followed) -> bool {
    let path = absolute(path);
    let name = crate::source::file::display_name(&path);
    let passing = name.starts_with(crate::output::TEMP_PREFIX) || name.starts_with("~$") || name.starts_with('.');
    followed.files.contains(&path) || !passing && followed.packs.iter().any(|pack| path.starts_with(pack))
}

/// The folder's real path with the name: a file that is being replaced has no real path.
fn absolute(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize()
        && !path.is_symlink()
    {
        return real;
    }
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let parent = parent.canonicalize().unwrap_or_else(|_| parent.to_path_buf());
    path.file_name().map(|name| parent.join(name)).unwrap_or(parent)
}

fn run(events: &Receiver<(Instant, Happening)>, followed: &Mutex<Followed>, saves: &Saves) {
    let mut seen = prints(followed);
    let mut rung: Option<Instant> = None;
    loop {
        let first = match events.recv_timeout(LOOK) {
            Ok(first) => first,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let now = prints(followed);
                // Files that were added since are no change.
                let changed = now.iter().any(|(path, print)| seen.iter().any(|(p, old)| p == path && old != print));
                seen = now;
                if !changed {
                    continue;
                }
                (Instant::now(), Happening::Other)
            }
        };
        let burst = rung.is_some_and(|rung| first.0.duration_since(rung) < BURST);
        let settle = if burst { SETTLE_IN_BURST } else { SETTLE };
        let Some(last) = settled(events, followed, &seen, first, settle) else { return };
        seen = prints(followed);
        rung = Some(Instant::now());
        saves.ring(last);
    }
}

/// Waits until the save is complete; when its last event came. `None`: nobody watches any more.
fn settled(
    events: &Receiver<(Instant, Happening)>,
    followed: &Mutex<Followed>,
    seen: &[(PathBuf, Print)],
    first: (Instant, Happening),
    settle: Duration,
) -> Option<Instant> {
    let begun = Instant::now();
    let (mut last, mut what) = first;
    let mut many = false;
    loop {
        let calm = match what {
            Happening::Written => OPEN,
            Happening::Other if many => settle.max(SETTLE_IN_BURST / 2),
            Happening::Other => settle,
        };
        match events.recv_timeout(calm) {
            Ok(next) if begun.elapsed() < PATIENCE => {
                // What comes after the file was closed is of another save.
                many |= what == Happening::Other && next.0.duration_since(last) > TOGETHER;
                (last, what) = next;
            }
            Ok(next) => return Some(next.0),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {
                // A file that was empty or gone before is not waited for.
                let none = |print: &Print| print.is_none_or(|(size, _)| size == 0);
                let full = |path| seen.iter().any(|(p, print)| p == path && !none(print));
                let empty = prints(followed).iter().any(|(path, print)| none(print) && full(path));
                if !empty || begun.elapsed() >= EMPTY_MOMENT {
                    return Some(last);
                }
                what = Happening::Other;
            }
        }
    }
}

fn prints(followed: &Mutex<Followed>) -> Vec<(PathBuf, Print)> {
    let files: Vec<PathBuf> = lock(followed).files.iter().cloned().collect();
    let print = |path: &Path| std::fs::metadata(path).ok().map(|m| (m.len(), m.modified().ok()));
    files.into_iter().map(|path| (path.clone(), print(&path))).collect()
}
