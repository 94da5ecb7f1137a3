//! .docx of Word, WPS, LibreOffice and huibao itself: the parts of the package to paragraphs, tables,
//! pictures and notes, each character with its place. What is read is the text with all tracked
//! changes accepted; what is not text is counted ([`Seen`]), so that nothing is lost unsaid.

mod desk;
mod draft;
mod drawing;
mod error;
mod format;
mod inline;
mod limits;
mod model;
mod notes;
mod numbering;
mod outline;
mod properties;
mod story;
mod styles;
mod table;
mod typed;

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::Desk;
pub(crate) use error::DocxError;
pub use model::{
    Aligned, Anchor, Anchored, Block, Cell, Comment, Document, Face, LINE_BREAK, Note, Number, PAGE_BREAK, Paragraph,
    Picture, Piece, Place, Row, Run, Section, Seen, Setting, Table,
};
use numbering::Numbering;
pub use outline::{Annex, Outline, Role};
pub use properties::{PART as PROPERTIES, properties};
use styles::Styles;
pub use typed::{Typed, typed};

use super::package::Package;
use super::xlsx;
use crate::diagnostic::Diagnostic;

/// Whether a file of this name is a Word file, be it one that can be read or not.
pub fn is_named(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase());
    matches!(extension.as_str(), "docx" | "docm" | "dotx" | "dotm" | "doc" | "dot" | "wps" | "wpt" | "rtf" | "odt")
}

/// Reads a Word file. The diagnostic has no place yet: the caller knows the file.
pub fn read(bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    document(bytes).map_err(|error| Box::new(error.diagnostic()))
}

/// Checks the file and opens its package.
pub(crate) fn open(bytes: &[u8]) -> Result<Package<'_>, DocxError> {
    recognise(bytes)?;
    let mut package = Package::open(bytes)?;
    let has = |start: &str| package.names().iter().any(|n| n.trim_start_matches('/').to_lowercase().starts_with(start));
    let other = match () {
        () if has("xl/") => Some(" Excel 工作簿"),
        () if has("ppt/") => Some(" PPT"),
        () if has("content.xml") => Some(" OpenDocument 文档（.odt）"),
        () if has("word/") || has("_rels/.rels") => None,
        () => Some("普通的压缩包"),
    };
    if let Some(other) = other {
        return Err(DocxError::Other(other));
    }
    package.refuse_doctypes()?;
    Ok(package)
}

/// What the first bytes say of a file that is no package.
fn recognise(bytes: &[u8]) -> Result<(), DocxError> {
    if bytes.is_empty() {
        return Err(DocxError::Empty);
    }
    if bytes.starts_with(b"PK") {
        return Ok(());
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(compound(bytes));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).trim_start_matches('\u{feff}').to_lowercase();
    Err(match head.trim_start() {
        h if h.starts_with("%pdf") => DocxError::Other(" PDF"),
        h if h.starts_with("{\\rtf") => DocxError::Old("RTF"),
        h if h.starts_with('<') && h.contains("wordml") => DocxError::Old("Word 2003 XML"),
        h if h.starts_with('<') => DocxError::Other("网页（HTML）"),
        _ => DocxError::Other("别的文件"),
    })
}

/// A compound file: Word 97 and WPS, a package with a password, a workbook.
fn compound(bytes: &[u8]) -> DocxError {
    let Ok(file) = cfb::CompoundFile::open(std::io::Cursor::new(bytes)) else { return DocxError::Old(".doc") };
    match () {
        () if file.exists("/EncryptedPackage") => DocxError::Encrypted,
        () if file.exists("/WordDocument") => DocxError::Old(".doc"),
        () if file.exists("/Workbook") || file.exists("/Book") => DocxError::Other(" Excel 工作簿"),
        () => DocxError::Old(".doc 或 .wps"),
    }
}

fn document(bytes: &[u8]) -> Result<Document, DocxError> {
    let mut package = open(bytes)?;
    let part = main_part(&mut package)?;
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
    let relations = xlsx::relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
    let xml: Arc<str> = package.xml(&part)?.ok_or(super::package::PackageError::Missing(part.clone()))?.into();
    if xml.len() > error::MAX_XML {
        return Err(DocxError::too_long());
    }
    let styles = Styles::read(&mut package, of_kind("styles").as_deref())?;
    let numbering = Numbering::read(&mut package, of_kind("numbering").as_deref())?;
    let pictures: BTreeMap<String, String> =
        relations.iter().filter(|(_, r)| r.kind == "image").map(|(id, r)| (id.clone(), r.target.clone())).collect();
    let mut desk = Desk::new(styles, numbering, pictures);
    for (kind, end) in [("footnotes", false), ("endnotes", true)] {
        if let Some(part) = of_kind(kind) {
            notes::read(&mut package, &part, end, &mut desk)?;
        }
    }
    let body = story::main(&xml, &part, &mut desk)?;
    let comments = match of_kind("comments") {
        Some(part) => notes::comments(&mut package, &part, &mut desk)?,
        None => Vec::new(),
    };
    let mut margins = Vec::new();
    for relation in relations.values().filter(|r| matches!(r.kind.as_str(), "header" | "footer")) {
        margins.extend(notes::margin(&mut package, &relation.target, &mut desk)?);
    }
    let (size, notes, seen) = (desk.usual_size(), desk.notes, desk.seen);
    Ok(Document { part, xml, body, notes, comments, margins, size, seen })
}

/// The part that the package names as its document.
fn main_part(package: &mut Package<'_>) -> Result<String, DocxError> {
    let named = xlsx::main_part(package, "word/document.xml")?;
    Ok(package.find(&named).unwrap_or(named))
}

/// The bytes of a part, such as a picture; `None` where it is not there or cannot be unpacked.
pub fn part(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    Package::open(bytes).ok()?.bytes(name).ok()?
}
