//! YAML to a tree in which every key and value has its place and every scalar stays as
//! written: `007`, `1.10`, `no` and `12:30` are decided on by the reader, not here.

mod fault;
mod limits;
mod node;
mod scalar;
mod tree;

pub use limits::{MAX_ALIAS_NODES, MAX_BYTES, MAX_DEPTH, MAX_NODES};
pub use node::{Entry, Mapping, Node, NodeKind, Style};
pub use scalar::shifts;
pub use tree::parse;

use std::sync::Arc;

use super::text;
use crate::diagnostic::{Diagnostic, Origin, SourceId, SourceMap, codes};

/// Reads the bytes of a YAML file that is already in the map: checks the encoding, keeps
/// the text in the map for excerpts, and parses.
pub fn read(bytes: &[u8], source: SourceId, sources: &mut SourceMap) -> Result<Node, Vec<Diagnostic>> {
    let whole = Origin::whole(source);
    if bytes.len() > MAX_BYTES {
        let shown = crate::source::file::bytes_shown(bytes.len() as u64);
        return Err(vec![
            Diagnostic::new(codes::Y010, format!("YAML 文件有 {shown}，超过上限 {} MB", MAX_BYTES >> 20))
                .at(whole)
                .help("大表请放在 Excel 或 CSV 文件里"),
        ]);
    }
    let decoded = match text::guess(bytes) {
        Some(text::Encoding::Utf8) => text::decode(bytes, text::Encoding::Utf8),
        Some(other) => {
            return Err(vec![
                Diagnostic::new(codes::Y011, format!("文件不是 UTF-8 编码，看起来是 {}", other.label()))
                    .at(whole)
                    .help("用编辑器“另存为”，编码选 UTF-8，再试一次"),
            ]);
        }
        None => None,
    };
    let Some(decoded) = decoded else {
        return Err(vec![
            Diagnostic::new(codes::Y011, "文件不是文本文件，读不出 YAML")
                .at(whole)
                .help("检查是不是把别的文件改了扩展名；YAML 文件应为 UTF-8 文本"),
        ]);
    };
    let decoded: Arc<str> = decoded.into();
    sources.get_mut(source).text = Some(decoded.clone());
    parse(&decoded, source)
}
