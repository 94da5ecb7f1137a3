//! The texts of a pack: the files in its folder, a Word file among them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pack_keys::TITLE;
use super::text::TemplateText;
use super::tokens::{is_mark, word as word_marks};
use super::word::{self, WordText};
use crate::diagnostic::{Diagnostic, Source, SourceId, SourceMap, codes};

/// Largest template file, bytes, and most files of a pack.
pub const MAX_TEMPLATE_BYTES: u64 = 1 << 20;
const MAX_TEMPLATE_FILES: usize = 200;
/// Largest Word file, bytes: pictures lie in it.
const MAX_WORD_BYTES: u64 = 64 << 20;
/// The text of the report.
pub const REPORT: &str = "report.md.j2";
/// The same as a Word file.
pub const WORD_REPORT: &str = "report.docx";

/// Whether a character is one of the program's own marks: none may come from outside.
fn is_own(c: char) -> bool {
    is_mark(c) || word_marks::is_one(c)
}

/// A Word file as the text of a report.
pub fn read_word(path: &Path, sources: &mut SourceMap) -> Result<WordText, Vec<Diagnostic>> {
    let bytes = crate::source::file::read(path, MAX_WORD_BYTES).map_err(|d| vec![*d])?;
    word(path, &bytes, sources)
}

/// A Word file that is in memory already.
pub fn word(path: &Path, bytes: &[u8], sources: &mut SourceMap) -> Result<WordText, Vec<Diagnostic>> {
    word::read(path, bytes, [REPORT, TITLE], sources).map_err(|d| vec![*d])
}

/// All `.j2` files of the pack, below its folder only: links that lead out are refused.
pub fn read_templates(dir: &Path, sources: &mut SourceMap, found: &mut Vec<Diagnostic>) -> Vec<TemplateText> {
    let root = dir.canonicalize().unwrap_or(dir.to_path_buf());
    let mut files = Vec::new();
    collect(dir, 0, &mut files);
    files.sort();
    let mut templates = Vec::new();
    for path in files.into_iter().take(MAX_TEMPLATE_FILES) {
        let name = path.strip_prefix(dir).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !path.canonicalize().is_ok_and(|p| p.starts_with(&root)) {
            found.push(
                Diagnostic::new(codes::T004, format!("模板文件“{name}”是指到模板文件夹外面的链接，不能使用"))
                    .help("把文件复制到模板文件夹里"),
            );
            continue;
        }
        let bytes = match crate::source::file::read(&path, MAX_TEMPLATE_BYTES) {
            Ok(bytes) => bytes,
            Err(d) => {
                found.push(*d);
                continue;
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            found.push(
                Diagnostic::new(codes::T005, format!("模板文件“{name}”不是 UTF-8 编码"))
                    .help("在编辑器中另存为 UTF-8 编码"),
            );
            continue;
        };
        // Our own marks are private characters; none may come from outside.
        let text: String = text.trim_start_matches('\u{feff}').chars().filter(|c| !is_own(*c)).collect();
        let text: Arc<str> = text.replace("\r\n", "\n").into();
        let source = add_source(&path, &name, Some(text.clone()), sources);
        templates.push(TemplateText::new(&name, text, source));
    }
    templates
}

fn collect(dir: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() && depth < 3 && !path.is_symlink() {
            collect(&path, depth + 1, files);
        } else if path.extension().is_some_and(|e| e == "j2") && files.len() <= MAX_TEMPLATE_FILES {
            files.push(path);
        }
    }
}

pub fn add_source(path: &Path, name: &str, text: Option<Arc<str>>, sources: &mut SourceMap) -> SourceId {
    sources.add(Source { path: path.to_path_buf(), name: name.into(), text, sheets: Vec::new(), sha256: String::new() })
}
