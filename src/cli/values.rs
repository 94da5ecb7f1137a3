//! What may be written behind a flag.

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};

/// The name of a workbook that is written: under another ending no program would open it.
pub fn workbook() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path: PathBuf| {
        let named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
        if named { Ok(path) } else { Err("应以 .xlsx 结尾") }
    })
}

/// The name of a Word file that is written.
pub fn word() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path: PathBuf| {
        let named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("docx"));
        if named { Ok(path) } else { Err("应以 .docx 结尾") }
    })
}

/// The name of a marked copy: it has the ending of the workbook's own kind.
pub fn marked() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path: PathBuf| {
        let known =
            |e: &std::ffi::OsStr| ["xlsx", "xlsm", "xltx", "xltm", "docx"].iter().any(|k| e.eq_ignore_ascii_case(k));
        if path.extension().is_some_and(known) {
            Ok(path)
        } else {
            Err("应以 .xlsx 结尾（带宏的工作簿以 .xlsm 结尾），标 Word 模板的以 .docx 结尾")
        }
    })
}

pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_string(), value.to_string())),
        _ => Err("应写成 名=值".to_string()),
    }
}
