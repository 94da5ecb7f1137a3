//! The folder of a batch: one batch at a time, files under their final names only when
//! whole, left-overs of a dead run removed by the next.

use std::fs::{File, Metadata, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::Digest as _;

use super::{io, is_folder, make_folder, not_written, refuse_link};
use crate::diagnostic::{Diagnostic, codes};

/// Folder inside the output folder that holds the lock, the journal and unfinished files.
const HIDDEN: &str = ".huibao";

/// Folder to which files are moved that someone has changed by hand since they were made.
pub const SET_ASIDE: &str = "手工改动";

/// Size, time of change and digest of a file, by which a later run knows that it is untouched.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// bytes
    pub size: u64,
    /// Since 1970.
    pub seconds: u64,
    /// The part of a second, in nanoseconds.
    pub nanos: u32,
    /// Digest of the bytes, hex.
    pub sum: String,
}

impl Stamp {
    fn new(metadata: &Metadata, sum: String) -> Stamp {
        let since = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        Stamp { size: metadata.len(), seconds: since.as_secs(), nanos: since.subsec_nanos(), sum }
    }

    /// Same size and time.
    fn meets(&self, other: &Stamp) -> bool {
        (self.size, self.seconds, self.nanos) == (other.size, other.seconds, other.nanos)
    }
}

/// Bytes that tell a full disk from a file that is taken.
const PROOF: usize = 1 << 20;

/// What stands where a report's file goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is no file.
    Nothing,
    /// As it was made, with its present stamp (a copied folder has other times).
    Untouched(Stamp),
    /// Changed by hand, or never made by the program.
    Foreign,
}

/// A file that is whole but not yet under its final name.
pub struct Unnamed {
    /// Its final name in the folder.
    pub name: String,
    /// By which a later run knows it.
    pub stamp: Stamp,
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
        refuse_link(&hidden)?;
        make_folder(&hidden)?;
        let mut locks = vec![lock(&hidden.join("lock"), shard.is_some(), dir)?];
        let part = shard.unwrap_or("all");
        if shard.is_some() {
            locks.push(lock(&hidden.join(format!("lock-{part}")), false, dir)?);
        }
        let journal = hidden.join(format!("journal-{part}.jsonl"));
        refuse_link(&journal)?;
        let scratch = hidden.join(format!("unfinished-{part}"));
        // What a dead run left: nobody else writes here while the lock is held.
        let _ = std::fs::remove_dir_all(&scratch);
        make_folder(&scratch)?;
        Ok(Workshop { dir: dir.to_path_buf(), scratch, journal, _locks: locks })
    }

    /// The folder in which files are made.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the journal of this batch is.
    pub fn journal(&self) -> &Path {
        &self.journal
    }

    /// All journals of the folder, this batch's last: those of its shards speak of files that
    /// a whole batch need not make again, and the other way round.
    pub fn journals(&self) -> Vec<PathBuf> {
        let hidden = std::fs::read_dir(self.dir.join(HIDDEN)).into_iter().flatten().flatten().map(|e| e.path());
        let is_journal = |p: &PathBuf| p.extension().is_some_and(|e| e == "jsonl");
        let mut paths: Vec<PathBuf> = hidden.filter(is_journal).collect();
        paths.sort_by_key(|p| (*p == self.journal, p.clone()));
        paths
    }

    /// Writes a file whole, not yet under its name. It is not forced to the disk: see [`Self::settle`].
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<Unnamed, Box<Diagnostic>> {
        let unfinished = self.scratch.join(name);
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            Ok(Stamp::new(&file.metadata()?, sum(bytes)))
        });
        match written {
            Ok(stamp) => Ok(Unnamed { name: name.to_owned(), stamp }),
            Err(e) => {
                let _ = std::fs::remove_file(&unfinished);
                Err(not_written(&self.dir.join(name), &e))
            }
        }
    }

    /// Gives a file its name. A file of that name which the program did not make (see
    /// [`Self::standing`]) is moved to [`SET_ASIDE`]; where to, is the answer.
    pub fn name(&self, file: &Unnamed, known: &[Stamp]) -> Result<Option<String>, Box<Diagnostic>> {
        let target = self.dir.join(&file.name);
        let fail = |e: std::io::Error| {
            let _ = std::fs::remove_file(self.scratch.join(&file.name));
            if target.is_dir() { is_folder(&target) } else { not_written(&target, &e) }
        };
        let foreign = self.standing(&file.name, known) == Standing::Foreign
            && sum_of(&target).is_ok_and(|sum| sum != file.stamp.sum);
        if foreign {
            refuse_link(&self.dir.join(SET_ASIDE)).inspect_err(|_| {
                let _ = std::fs::remove_file(self.scratch.join(&file.name));
            })?;
        }
        let moved = if foreign { Some(self.set_aside(&file.name).map_err(fail)?) } else { None };
        std::fs::rename(self.scratch.join(&file.name), &target).map_err(fail)?;
        Ok(moved)
    }

    /// Writes a file of this run's own, whole or not at all, whatever stands there.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        let target = self.dir.join(name);
        if target.is_dir() {
            return Err(is_folder(&target));
        }
        let file = self.write(name, bytes)?;
        std::fs::rename(self.scratch.join(&file.name), &target).map_err(|e| not_written(&target, &e))?;
        self.settle(std::iter::once(name));
        Ok(())
    }

    /// Where unfinished files are.
    pub fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Moves a file to [`SET_ASIDE`] under a name that is free there.
    fn set_aside(&self, name: &str) -> std::io::Result<String> {
        std::fs::create_dir_all(self.dir.join(SET_ASIDE))?;
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let numbered = (2..).map(|n| format!("{SET_ASIDE}/{stem}-{n}.{extension}"));
        let mut names = std::iter::once(format!("{SET_ASIDE}/{name}")).chain(numbered);
        let free = names.find(|n| !self.dir.join(n).exists()).unwrap_or_default();
        std::fs::rename(self.dir.join(name), self.dir.join(&free))?;
        Ok(free)
    }

    /// What stands under a name, judged by the stamps of what the program has put there.
    pub fn standing(&self, name: &str, known: &[Stamp]) -> Standing {
        let path = self.dir.join(name);
        let Ok(metadata) = std::fs::metadata(&path) else { return Standing::Nothing };
        let mut now = Stamp::new(&metadata, String::new());
        if let Some(same) = known.iter().find(|stamp| stamp.meets(&now)) {
            return Standing::Untouched(same.clone());
        }
        // Nobody's work is lost with an empty file: it is what a power cut leaves.
        if metadata.is_file() && metadata.len() == 0 {
            return Standing::Nothing;
        }
        if metadata.is_file() && known.iter().any(|stamp| stamp.size == now.size) {
            now.sum = sum_of(&path).unwrap_or_default();
        }
        let same = known.iter().any(|stamp| stamp.sum == now.sum);
        if same { Standing::Untouched(now) } else { Standing::Foreign }
    }

    /// Removes a file of the folder.
    pub fn remove(&self, name: &str) {
        let _ = std::fs::remove_file(self.dir.join(name));
    }

    /// The stamp of a file of the folder.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        let path = self.dir.join(name);
        let metadata = std::fs::metadata(&path).ok().filter(Metadata::is_file)?;
        Some(Stamp::new(&metadata, sum_of(&path).ok()?))
    }

    /// Size and time of a file of the folder, as text; empty where there is none.
    pub fn mark(&self, name: &str) -> String {
        let stamp = std::fs::metadata(self.dir.join(name)).map(|metadata| Stamp::new(&metadata, String::new()));
        stamp.map(|s| format!("{}-{}-{}", s.size, s.seconds, s.nanos)).unwrap_or_default()
    }

    /// Whether the folder takes files at all, of the size of a report.
    pub fn takes_files(&self) -> bool {
        let proof = self.scratch.join("proof");
        let taken = std::fs::write(&proof, vec![0; PROOF]).is_ok();
        let _ = std::fs::remove_file(proof);
        taken && self.dir.is_dir()
    }

    /// Forces files to the disk, so that what the journal says stays true after a power cut.
    pub fn settle<'a>(&self, names: impl Iterator<Item = &'a str>) {
        for name in names {
            // A file that is gone by now is found missing by the next run.
            let _ = File::open(self.dir.join(name)).and_then(|f| f.sync_data());
        }
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.scratch);
    }
}

fn sum(bytes: &[u8]) -> String {
    hex(sha2::Sha256::new_with_prefix(bytes))
}

/// The same of a file of any size.
pub(super) fn sum_of(path: &Path) -> std::io::Result<String> {
    let mut hash = sha2::Sha256::new();
    let mut file = File::open(path)?;
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex(hash)),
            n => hash.update(&block[..n]),
        }
    }
}

fn hex(hash: sha2::Sha256) -> String {
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

fn lock(path: &Path, shared: bool, dir: &Path) -> Result<File, Box<Diagnostic>> {
    refuse_link(path)?;
    let file = File::options().create(true).truncate(false).write(true).read(true).open(path);
    let file = file.map_err(|e| not_written(path, &e))?;
    let taken = if shared { file.try_lock_shared() } else { file.try_lock() };
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Box::new(
            Diagnostic::new(codes::O004, format!("另一个批量任务正在往“{}”里写，不能同时写", dir.display()))
                .help("等那个任务结束，或者用 -o 换一个文件夹"),
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
        assert_eq!(Workshop::open(dir.path(), None).err().unwrap().code, codes::O004);
        assert_eq!(Workshop::open(dir.path(), Some("1-2")).err().unwrap().code, codes::O004);
        drop(first);
        let _one = Workshop::open(dir.path(), Some("1-2")).unwrap();
        let _two = Workshop::open(dir.path(), Some("2-2")).unwrap();
        assert!(Workshop::open(dir.path(), Some("1-2")).is_err());
        assert!(Workshop::open(dir.path(), None).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_place_of_its_own_folders_are_not_followed() {
        use std::os::unix::fs::symlink;
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        symlink(other.path(), dir.path().join(HIDDEN)).unwrap();
        assert!(Workshop::open(dir.path(), None).err().unwrap().message.contains("是一个链接"));
        std::fs::remove_file(dir.path().join(HIDDEN)).unwrap();
        let shop = Workshop::open(dir.path(), None).unwrap();
        symlink(other.path(), dir.path().join(SET_ASIDE)).unwrap();
        std::fs::write(dir.path().join("a.pdf"), b"by hand").unwrap();
        let file = shop.write("a.pdf", b"abc").unwrap();
        assert!(shop.name(&file, &[]).unwrap_err().message.contains("是一个链接"));
        assert_eq!(std::fs::read(dir.path().join("a.pdf")).unwrap(), b"by hand");
        drop(shop);
        std::fs::remove_file(dir.path().join(".huibao/lock")).unwrap();
        symlink(other.path().join("lock"), dir.path().join(".huibao/lock")).unwrap();
        assert!(Workshop::open(dir.path(), None).is_err());
        assert_eq!(std::fs::read_dir(other.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_someone_changed_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let shop = Workshop::open(dir.path(), None).unwrap();
        assert_eq!(shop.standing("a.pdf", &[]), Standing::Nothing);
        let first = shop.write("a.pdf", b"abc").unwrap();
        assert!(!dir.path().join("a.pdf").exists());
        assert_eq!(shop.name(&first, &[]).unwrap(), None);
        let known = [first.stamp.clone()];
        assert_eq!(shop.standing("a.pdf", &known), Standing::Untouched(first.stamp));
        // The same bytes at another time are untouched; others are not.
        std::fs::write(dir.path().join("a.pdf"), b"abc").unwrap();
        assert!(matches!(shop.standing("a.pdf", &known), Standing::Untouched(_)));
        std::fs::write(dir.path().join("a.pdf"), b"abcd").unwrap();
        assert_eq!(shop.standing("a.pdf", &known), Standing::Foreign);
        let second = shop.write("a.pdf", b"new").unwrap();
        assert_eq!(shop.name(&second, &known).unwrap().as_deref(), Some("手工改动/a.pdf"));
        assert_eq!(std::fs::read(dir.path().join("手工改动/a.pdf")).unwrap(), b"abcd");
        assert_eq!(std::fs::read(dir.path().join("a.pdf")).unwrap(), b"new");
    }

    #[test]
    fn a_folder_in_the_place_of_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let shop = Workshop::open(dir.path(), None).unwrap();
        std::fs::create_dir(dir.path().join("a.pdf")).unwrap();
        let file = shop.write("a.pdf", b"abc").unwrap();
        assert!(shop.name(&file, &[]).unwrap_err().message.contains("是文件夹"));
        assert!(shop.takes_files());
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
