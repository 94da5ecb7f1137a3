//! Bytes to files: beside the target and renamed, so that a failed run leaves the files
//! of earlier runs as they were.

mod archive;
mod journal;
mod ledger;
mod name;
mod passing;
mod workshop;

use std::io::Write;
use std::path::{Path, PathBuf};

pub use archive::archive;
pub use journal::Journal;
pub(crate) use ledger::{Closed, Ledger, is_ledger};
pub use name::safe_file_name;
pub use passing::Passing;
pub use workshop::{SET_ASIDE, Stamp, Standing, Workshop};

use crate::diagnostic::{Diagnostic, codes};

/// Beginning of the names of files that are being written.
pub const TEMP_PREFIX: &str = ".huibao-";

/// Makes the folder for the output.
pub fn make_folder(dir: &Path) -> Result<(), Box<Diagnostic>> {
    std::fs::create_dir_all(dir).map_err(|e| {
        let why = match e.kind() {
            std::io::ErrorKind::PermissionDenied => "没有写入权限",
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotADirectory => "那里已有同名的文件",
            std::io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
            _ => "建不了文件夹",
        };
        io(format!("输出文件夹“{}”不能用：{why}", dir.display()), "换一个文件夹，用 -o 指明")
    })
}

/// Refuses a link where a folder or file of the program's own stands: whoever can write into a shared folder would
/// choose where on this machine the program writes.
fn refuse_link(path: &Path) -> Result<(), Box<Diagnostic>> {
    match path.is_symlink() {
        false => Ok(()),
        true => Err(io(
            format!("“{}”是一个链接，程序不往链接指的地方写", path.display()),
            "删去这个链接再运行，或者用 -o 换一个文件夹",
        )),
    }
}

/// Refuses an output that is one of the inputs, under whatever name.
pub fn refuse_input(target: &Path, inputs: &[PathBuf]) -> Result<(), Box<Diagnostic>> {
    let Ok(real) = target.canonicalize() else { return Ok(()) };
    if inputs.iter().any(|i| i.canonicalize().is_ok_and(|i| i == real)) {
        return Err(Box::new(
            Diagnostic::new(codes::O002, format!("输出文件“{}”就是输入文件，不能覆盖", target.display()))
                .help("用 -o 换一个文件夹，或者换一个文件名"),
        ));
    }
    Ok(())
}

/// Moves what stands at a target out of the way, where it is not what will be written: a form
/// that was filled in is a year's work. Gives the new name.
pub fn set_aside(target: &Path, bytes: &[u8]) -> Result<Option<PathBuf>, Box<Diagnostic>> {
    let same = std::fs::metadata(target).map(|m| m.len() == bytes.len() as u64);
    if !target.is_file() || same.is_ok_and(|same| same) && std::fs::read(target).is_ok_and(|there| there == bytes) {
        return Ok(None);
    }
    let (stem, ending) = (target.file_stem().unwrap_or_default(), target.extension().unwrap_or_default());
    let named = |number: u32| {
        let number = if number == 1 { String::new() } else { number.to_string() };
        let name = format!("{}（原有{number}）.{}", stem.to_string_lossy(), ending.to_string_lossy());
        target.with_file_name(name)
    };
    let Some(free) = (1..10_000).map(named).find(|path| path.symlink_metadata().is_err()) else {
        return Err(io(format!("“{}”已经有了", target.display()), "用 -o 换一个文件名"));
    };
    std::fs::rename(target, &free).map_err(|e| not_written(target, &e))?;
    Ok(Some(free))
}

/// Writes a file whole or not at all.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    if target.is_dir() {
        return Err(is_folder(target));
    }
    let dir = target.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = unfinished(dir).and_then(|mut file| {
        file.write_all(bytes)?;
        file.as_file().sync_data()?;
        file.persist(target).map_err(|e| e.error)
    });
    written.map(drop).map_err(|e| not_written(target, &e))
}

/// A file that is to be renamed when it is whole.
fn unfinished(dir: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMP_PREFIX).suffix(".tmp");
    #[cfg(unix)]
    {
        // As any new file: colleagues can read the report unless the user's mask forbids it.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(dir)
}

/// What keeps a file from being written, and what to do.
fn not_written(target: &Path, e: &std::io::Error) -> Box<Diagnostic> {
    let (why, help) = match e.kind() {
        std::io::ErrorKind::PermissionDenied => {
            ("没有写入权限，或者文件正被 Word、WPS 打开着", "关掉打开着的文件，或者用 -o 换一个文件夹")
        }
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            ("磁盘满了", "腾出空间，或者用 -o 换一个磁盘")
        }
        std::io::ErrorKind::ReadOnlyFilesystem => ("磁盘是只读的", "用 -o 换一个能写的文件夹"),
        std::io::ErrorKind::NotFound => ("文件夹不见了", "检查文件夹是否被移走"),
        std::io::ErrorKind::InvalidFilename => ("文件名太长或含有不能用的字符", "换一个短一些的文件名"),
        _ => ("写入失败", "检查磁盘是否正常，或者用 -o 换一个文件夹"),
    };
    io(format!("“{}”写不进去：{why}", target.display()), help)
}

fn is_folder(target: &Path) -> Box<Diagnostic> {
    io(format!("“{}”是文件夹，不能写成文件", target.display()), "先把那个文件夹改名")
}

fn io(message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(codes::O001, message).help(help))
}

/// Copies a folder with its files, for a pack that is to be changed.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), Box<Diagnostic>> {
    make_folder(to)?;
    let failed = |_| io(format!("“{}”读不出来", from.display()), "检查这个文件夹的权限");
    let mut entries: Vec<_> = std::fs::read_dir(from).map_err(failed)?.flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries.iter().filter(|p| !p.is_symlink()) {
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy_folder(path, &to.join(name))?;
        } else {
            write(&to.join(name), &std::fs::read(path).map_err(failed)?)?;
        }
    }
    Ok(())
}
