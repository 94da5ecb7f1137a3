//! The folder of a batch: one batch at a time, files under their final names only when
//! whole, left-overs of a dead run removed by the next.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::{io, make_folder, not_written};
use crate::diagnostic::{Diagnostic, Exit};

/// Folder inside the output folder that holds the lock, the journal and unfinished files.
const HIDDEN: &str = ".huibao";

/// Size and time of change of a file, by which a later run knows that it is untouched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// bytes
    pub size: u64,
    /// Since 1970.
    pub seconds: u64,
    pub nanos: u32,
}

/// An output folder held by this process.
pub struct Workshop {
    dir: PathBuf,
    scratch: PathBuf,
    journal: PathBuf,
    /// Held as long as they are open; a dead process holds nothing.
    _locks: Vec<File>,
}

impl Workshop {
    /// Takes the folder. Shards of one batch (`2-8`) share it; a whole batch does not.
    pub fn open(dir: &Path, shard: Option<&str>) -> Result<Workshop, Box<Diagnostic>> {
        let hidden = dir.join(HIDDEN);
        make_folder(&hidden)?;
        let mut locks = vec![lock(&hidden.join("lock"), shard.is_some(), dir)?];
        let part = shard.unwrap_or("all");
        if shard.is_some() {
            locks.push(lock(&hidden.join(format!("lock-{part}")), false, dir)?);
        }
        let scratch = hidden.join(format!("unfinished-{part}"));
        // What a dead run left: nobody else writes here while the lock is held.
        let _ = std::fs::remove_dir_all(&scratch);
        make_folder(&scratch)?;
        Ok(Workshop {
            dir: dir.to_path_buf(),
            scratch,
            journal: hidden.join(format!("journal-{part}.jsonl")),
            _locks: locks,
        })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the journal of this batch is.
    pub fn journal(&self) -> &Path {
        &self.journal
    }

    /// Writes a file whole or not at all. It is not forced to the disk: see [`Self::settle`].
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<Stamp, Box<Diagnostic>> {
        let target = self.dir.join(name);
        let unfinished = self.scratch.join(name);
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            let stamp = stamp(&file.metadata()?);
            std::fs::rename(&unfinished, &target)?;
            Ok(stamp)
        });
        written.map_err(|e| {
            let _ = std::fs::remove_file(&unfinished);
            not_written(&target, &e)
        })
    }

    /// Removes a file of the folder.
    pub fn discard(&self, name: &str) {
        let _ = std::fs::remove_file(self.dir.join(name));
    }

    /// Forces files to the disk, so that what the journal says stays true after a power cut.
    pub fn settle<'a>(&self, names: impl Iterator<Item = &'a str>) {
        for name in names {
            // A file that is gone by now is found missing by the next run.
            let _ = File::open(self.dir.join(name)).and_then(|f| f.sync_data());
        }
    }

    /// Size and time of a file of the folder.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        std::fs::metadata(self.dir.join(name)).ok().filter(|m| m.is_file()).map(|m| stamp(&m))
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.scratch);
    }
}

fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    let since = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Stamp { size: metadata.len(), seconds: since.as_secs(), nanos: since.subsec_nanos() }
}

fn lock(path: &Path, shared: bool, dir: &Path) -> Result<File, Box<Diagnostic>> {
    let file = File::options().create(true).truncate(false).write(true).read(true).open(path);
    let file = file.map_err(|e| not_written(path, &e))?;
    let taken = if shared { file.try_lock_shared() } else { file.try_lock() };
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Box::new(
            Diagnostic::error("O004", format!("另一个批量任务正在往“{}”里写，不能同时写", dir.display()))
                .help("等那个任务结束，或者用 -o 换一个文件夹")
                .exit(Exit::Io),
        )),
        Err(TryLockError::Error(_)) => {
            Err(io(format!("“{}”所在的磁盘不支持文件锁", dir.display()), "用 -o 换到本机磁盘上的文件夹"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_batch_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let first = Workshop::open(dir.path(), None).unwrap();
        assert_eq!(Workshop::open(dir.path(), None).err().unwrap().code, "O004");
        assert_eq!(Workshop::open(dir.path(), Some("1-2")).err().unwrap().code, "O004");
        drop(first);
        let one = Workshop::open(dir.path(), Some("1-2")).unwrap();
        let _two = Workshop::open(dir.path(), Some("2-2")).unwrap();
        assert!(Workshop::open(dir.path(), Some("1-2")).is_err());
        assert!(Workshop::open(dir.path(), None).is_err());
        let stamp = one.put("a.pdf", b"abc").unwrap();
        assert_eq!(one.stamp("a.pdf"), Some(stamp));
    }

    #[test]
    fn left_overs_go() {
        let dir = tempfile::tempdir().unwrap();
        let left = dir.path().join(".huibao/unfinished-all/a.pdf");
        std::fs::create_dir_all(left.parent().unwrap()).unwrap();
        std::fs::write(&left, b"half").unwrap();
        let _shop = Workshop::open(dir.path(), None).unwrap();
        assert!(!left.exists());
    }
}
