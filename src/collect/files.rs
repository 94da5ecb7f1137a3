//! The files of a folder: which are returned forms, and what is said of those that are none.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, codes};
use crate::source::workbook;

/// Most files that are looked at, and folders within each other.
const MAX_FILES: usize = 100_000;
const MAX_DEPTH: usize = 16;
/// The folder of marked copies; what is in it is no return.
pub const RETURNED: &str = "退回";

/// What a folder holds.
#[derive(Default)]
pub struct Files {
    /// Forms: path, and name within the folder with `/` between its steps; in the order of names.
    pub forms: Vec<(PathBuf, String)>,
    /// Files that were not read: name and why.
    pub aside: Vec<(String, Diagnostic)>,
}

/// Looks through a folder and those within it. `outputs` are files of our own; marked copies stand
/// beside the first of them.
pub fn list(dir: &Path, outputs: &[PathBuf]) -> Result<Files, Box<Diagnostic>> {
    let mut files = Files::default();
    let mut left = MAX_FILES;
    let real = |path: &PathBuf| {
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    let known: Vec<PathBuf> = outputs.iter().filter_map(real).collect();
    walk(dir, "", 0, &known, &mut left, &mut files)?;
    files.forms.sort_by(|a, b| a.1.cmp(&b.1));
    files.aside.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

fn walk(
    dir: &Path,
    prefix: &str,
    depth: usize,
    outputs: &[PathBuf],
    left: &mut usize,
    files: &mut Files,
) -> Result<(), Box<Diagnostic>> {
    let entries = std::fs::read_dir(dir).map_err(|_| {
        let message = format!("文件夹“{}”打不开", dir.display());
        Box::new(Diagnostic::new(codes::G013, message).help("检查文件夹的名称和读取权限"))
    })?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = crate::source::file::display_name(&path);
        let shown = format!("{prefix}{name}");
        if *left == 0 {
            return Ok(());
        }
        *left -= 1;
        let mut aside = |code, message: &str, help: &str| {
            files.aside.push((shown.clone(), Diagnostic::new(code, message).help(help)));
        };
        if path.is_symlink() {
            aside(codes::G009, "是链接，没有读", "把文件本身复制到文件夹里");
        } else if path.is_dir() {
            if name == RETURNED {
                let ours =
                    |output: &PathBuf| path.canonicalize().ok().as_deref().and_then(Path::parent) == output.parent();
                if !outputs.first().is_some_and(ours) {
                    let help = "里面有改好的表，就移到外面，换下原来的那一份";
                    aside(codes::G010, "是放标注副本的文件夹，没有读", help);
                }
            } else if name.starts_with('.') || name.starts_with("__MACOSX") {
                aside(codes::G010, "是隐藏的文件夹，没有读", "不用处理");
            } else if depth >= MAX_DEPTH {
                aside(codes::G009, "文件夹套得太深，没有读", "把里面的表移到外面");
            } else if let Err(failed) = walk(&path, &format!("{shown}/"), depth + 1, outputs, left, files) {
                files.aside.push((shown, *failed));
            }
        } else if crate::output::is_ledger(&name) || path.canonicalize().is_ok_and(|real| outputs.contains(&real)) {
            continue;
        } else if outputs.iter().any(|output| is_earlier(&path, output)) {
            aside(codes::G010, "是以前的汇总表，没有读", "不用处理；不再需要就删掉");
        } else if name.starts_with("~$") || name.starts_with(".~") || name.starts_with(crate::output::TEMP_PREFIX) {
            aside(codes::G010, "是软件打开文件时留下的临时文件，没有读", "不用处理；正打开着的表，存好关掉再汇总");
        } else if name.starts_with('.') || matches!(name.as_str(), "Thumbs.db" | "desktop.ini") {
            aside(codes::G010, "是系统的文件，没有读", "不用处理");
        } else if is_form(&name) {
            files.forms.push((path, shown));
        } else {
            aside(codes::G009, why_not(&name), "请填报单位交电子表格；与填报无关的文件，移出这个文件夹");
        }
    }
    Ok(())
}

/// 汇总（原有2）.xlsx beside 汇总.xlsx: what `output::set_aside` made of it.
fn is_earlier(path: &Path, output: &Path) -> bool {
    let stem = |path: &Path| path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.parent().and_then(|p| p.canonicalize().ok()).as_deref() == output.parent();
    beside && stem(path).strip_prefix(&stem(output)).is_some_and(|rest| rest.starts_with("（原有"))
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase())
}

/// Text files of other kinds are no returns.
fn is_form(name: &str) -> bool {
    let extension = extension(name);
    extension != "txt" && workbook::is_named(name) || matches!(extension.as_str(), "yaml" | "yml")
}

fn why_not(name: &str) -> &'static str {
    match extension(name).as_str() {
        "jpg" | "jpeg" | "png" | "bmp" | "gif" | "tif" | "tiff" | "heic" => "是图片，里面的数读不出来",
        "pdf" => "是 PDF，不是电子表格，没有读",
        "doc" | "docx" | "wps" => "是文字文档，不是电子表格，没有读",
        "zip" | "rar" | "7z" => "是压缩包，没有读：先解开",
        _ => "不是电子表格，没有读",
    }
}
