//! One file to bytes, or the reason why not.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::diagnostic::{Diagnostic, codes, nearest};

/// Largest data file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The file's name as the user reads it.
pub fn display_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The bytes of a regular file of at most `limit` bytes. A file that changes meanwhile is
/// read once more.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    read_by(path, limit, |path| File::open(path))
}

/// The same with a way to open the file, where that may be refused or take its time.
pub fn read_by(
    path: &Path,
    limit: u64,
    mut open: impl FnMut(&Path) -> std::io::Result<File>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let shown = path.display();
    let meta = std::fs::metadata(path).map_err(|e| Box::new(not_read(path, &e)))?;
    if meta.is_dir() {
        return Err(Box::new(
            Diagnostic::new(codes::S002, format!("“{shown}”是文件夹，应为一个数据文件"))
                .help("写到文件名为止，例如 数据.xlsx"),
        ));
    }
    if !meta.is_file() {
        return Err(Box::new(
            Diagnostic::new(codes::S002, format!("“{shown}”不是普通文件（管道或设备），不能作为数据文件"))
                .help("先存成文件，再给出文件名"),
        ));
    }
    if crate::source::file::display_name(path).starts_with("~$") {
        return Err(Box::new(
            Diagnostic::new(codes::S005, format!("“{shown}”是 Excel 打开文件时留下的锁定文件，不是工作簿"))
                .help(format!("应给出“{}”", display_name(path).trim_start_matches("~$"))),
        ));
    }
    for _ in 0..2 {
        let before = std::fs::metadata(path).map_err(|e| Box::new(not_read(path, &e)))?;
        if before.len() > limit {
            return Err(Box::new(
                Diagnostic::new(
                    codes::S003,
                    format!("“{shown}”有 {}，超过上限 {}", bytes_shown(before.len()), bytes_shown(limit)),
                )
                .help("删去与报告无关的工作表、图片，或拆成几个文件"),
            ));
        }
        let mut bytes = Vec::with_capacity(before.len() as usize);
        let file = open(path).map_err(|e| Box::new(not_read(path, &e)))?;
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| Box::new(not_read(path, &e)))?;
        let after = std::fs::metadata(path).map_err(|e| Box::new(not_read(path, &e)))?;
        let same_size = [before.len(), after.len()].iter().all(|&size| size == bytes.len() as u64);
        if same_size && after.modified().ok() == before.modified().ok() {
            return Ok(bytes);
        }
    }
    Err(Box::new(
        Diagnostic::new(codes::S004, format!("“{shown}”在读取过程中一直在变动")).help("等文件保存或同步完成后再试"),
    ))
}

/// A number of bytes in the largest fitting unit.
pub fn bytes_shown(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{} MB", bytes.div_ceil(1 << 20)),
    }
}

fn not_read(path: &Path, error: &std::io::Error) -> Diagnostic {
    let shown = path.display();
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            let folder = match path.parent() {
                Some(p) if !p.as_os_str().is_empty() => format!("“{}”文件夹", p.display()),
                _ => "当前文件夹".to_string(),
            };
            let d = Diagnostic::new(codes::S001, format!("找不到文件“{shown}”（在{folder}里找过）"));
            match neighbour(path) {
                Some(name) => d.help(format!("那里有“{name}”，是不是它？")),
                None => d.help("检查文件名和所在文件夹，扩展名也要写全"),
            }
        }
        std::io::ErrorKind::PermissionDenied => Diagnostic::new(codes::S001, format!("没有读取“{shown}”的权限"))
            .help("请文件所有者开放读取权限，或换一个位置"),
        std::io::ErrorKind::InvalidFilename => {
            Diagnostic::new(codes::S001, format!("文件名“{shown}”太长或写法不对")).help("检查文件名，或把它改短")
        }
        _ => {
            // The system's own words are English; its number is what a technician asks for.
            let number = error.raw_os_error().map(|n| format!("（系统错误号{n}）")).unwrap_or_default();
            Diagnostic::new(codes::S001, format!("读不出“{shown}”{number}")).help("检查磁盘或网络位置后再试")
        }
    }
}

/// A file of the same folder with a name near to the one that is not there.
fn neighbour(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .take(2000)
        .filter_map(|e| e.ok())
        .filter(|e| e.path().is_file())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let name = display_name(path);
    let stem = Path::new(&name).file_stem()?.to_string_lossy().into_owned();
    let same_stem = names.iter().find(|n| Path::new(n).file_stem().is_some_and(|s| s.to_string_lossy() == stem));
    same_stem.cloned().or_else(|| nearest(&name, names.iter().map(String::as_str)).map(str::to_string))
}
