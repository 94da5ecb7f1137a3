//! A package with changed and new parts: all others are copied as they are, still compressed.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::edit::{Edits, Element, Kind, Tags};
use super::error::ReviseError;
use crate::source::package::{Package, PackageError};
use crate::source::xlsx::{self, Relation};

const TYPES: &str = "[Content_Types].xml";
/// Relationships of the standard's two kinds of files.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// As [`RELATIONS`], of files that are strict.
pub const STRICT_RELATIONS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
/// A list of relationships without any.
pub const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                                xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

/// The package on its way to a copy.
pub struct Parts<'b> {
    bytes: &'b [u8],
    pub package: Package<'b>,
    /// Parts with their new text, by the stored spelling of their name.
    changed: BTreeMap<String, String>,
    /// New parts in the order in which they are made.
    added: Vec<(String, String)>,
    /// Content types to add: what is inside `Types`.
    types: Vec<String>,
}

impl<'b> Parts<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Parts<'b>, ReviseError> {
        let package = Package::open(bytes)?;
        Ok(Parts { bytes, package, changed: BTreeMap::new(), added: Vec::new(), types: Vec::new() })
    }

    /// The text of a part as it stands by now.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, ReviseError> {
        if let Some((_, text)) = self.added.iter().find(|(name, _)| name == part) {
            return Ok(Some(text.clone()));
        }
        let Some(stored) = self.package.find(part) else { return Ok(None) };
        match self.changed.get(&stored) {
            Some(text) => Ok(Some(text.clone())),
            None => Ok(self.package.xml(&stored)?),
        }
    }

    pub fn required(&mut self, part: &str) -> Result<String, ReviseError> {
        self.text(part)?.ok_or_else(|| PackageError::Missing(part.to_string()).into())
    }

    /// Puts a part with its new text, or a new part.
    pub fn put(&mut self, part: &str, text: String) {
        let text = in_utf8(text);
        match self.package.find(part) {
            Some(stored) => {
                self.changed.insert(stored, text);
            }
            None => match self.added.iter_mut().find(|(name, _)| name == part) {
                Some((_, known)) => *known = text,
                None => self.added.push((part.to_string(), text)),
            },
        }
    }

    /// A name for a new part that none has.
    pub fn free(&self, stem: &str, ending: &str) -> String {
        let taken = |name: &str| self.package.find(name).is_some() || self.added.iter().any(|(known, _)| known == name);
        let names = (1..=u32::MAX).map(|number| format!("{stem}{number}.{ending}"));
        names.into_iter().find(|name| !taken(name)).unwrap_or_default()
    }

    /// Adds the content type of a part.
    pub fn r#override(&mut self, part: &str, kind: &str) {
        self.types.push(format!("Override PartName=\"/{part}\" ContentType=\"{kind}\"/"));
    }

    /// Adds a relationship of a part to another and gives its id.
    pub fn relate(&mut self, part: &str, target: &str, kind: &str, strict: bool) -> Result<String, ReviseError> {
        let relations = relations_of(part);
        let text = self.text(&relations)?.unwrap_or_else(|| NO_RELATIONS.to_string());
        let taken = |id: &String| [format!("\"{id}\""), format!("'{id}'")].iter().any(|q| text.contains(q.as_str()));
        let id = (1..=u32::MAX).map(|n| format!("rId{n}")).find(|id| !taken(id)).unwrap_or_default();
        let space = if strict { STRICT_RELATIONS } else { RELATIONS };
        let new = append_to_root(&text, |p| {
            format!("<{p}Relationship Id=\"{id}\" Type=\"{space}/{kind}\" Target=\"/{target}\"/>")
        })?;
        self.put(&relations, new);
        Ok(id)
    }

    /// What a part names.
    pub fn relations(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, ReviseError> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(xlsx::relations(&mut self.package, &relations_of(part), folder)?)
    }

    /// The text of the list of content types, and whether a new part ends like this.
    pub fn types(&mut self, ending: &str) -> Result<(String, bool), ReviseError> {
        let any = self.added.iter().any(|(name, _)| name.ends_with(ending));
        Ok((self.required(TYPES)?, any))
    }

    /// Adds the content type of all parts that end alike.
    pub fn default_type(&mut self, extension: &str, kind: &str) {
        self.types.insert(0, format!("Default Extension=\"{extension}\" ContentType=\"{kind}\"/"));
    }

    /// The names of new parts with their texts.
    pub fn added(&self) -> impl Iterator<Item = (&str, &str)> {
        self.added.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Whether a part has been changed.
    pub fn is_changed(&self, stored: &str) -> bool {
        self.changed.contains_key(stored)
    }

    /// The archive.
    pub fn finish(mut self) -> Result<Vec<u8>, ReviseError> {
        let types = self.required(TYPES)?;
        let new = std::mem::take(&mut self.types);
        let text = append_to_root(&types, |p| new.iter().map(|item| format!("<{p}{item}>")).collect())?;
        self.put(TYPES, text);
        let mut archive = ZipArchive::new(Cursor::new(self.bytes))?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + (64 << 10))));
        // The earliest time that the format knows, for want of a clock; speed before size.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(DateTime::default());
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at)?;
            let name = file.name().to_string();
            match self.changed.get(&name) {
                Some(text) => {
                    writer.start_file(name, options)?;
                    writer.write_all(text.as_bytes()).map_err(zip::result::ZipError::from)?;
                }
                None => writer.raw_copy_file(file)?,
            }
        }
        for (name, text) in &self.added {
            writer.start_file(name.as_str(), options)?;
            writer.write_all(text.as_bytes()).map_err(zip::result::ZipError::from)?;
        }
        Ok(writer.finish()?.into_inner())
    }
}

/// `xl/worksheets/_rels/sheet1.xml.rels`
pub fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_string()
}

/// The text with more at the end of its root element.
pub fn append_to_root(text: &str, children: impl Fn(&str) -> String) -> Result<String, ReviseError> {
    let (mut tags, mut root, mut prefix) = (Tags::new(text), None, "");
    while let Some(tag) = tags.step()? {
        match (tag.depth, tag.kind) {
            (0, Kind::Open | Kind::Empty) => {
                prefix = tag.prefix();
                root = Some(Element { open: tag.span, close: None });
            }
            (0, Kind::Close) => root.iter_mut().for_each(|r: &mut Element| r.close = Some(tag.span.clone())),
            _ => {}
        }
    }
    let root = root.ok_or(ReviseError::Broken)?;
    let (mut edits, open) = (Edits::default(), text[root.open.clone()].to_string());
    edits.append(text, &root, &open, &children(prefix));
    Ok(edits.apply(text))
}

/// A part that was UTF-16 is written as UTF-8, and must say so.
fn in_utf8(text: String) -> String {
    let Some(end) = text.find("?>").filter(|_| text.starts_with("<?xml")) else { return text };
    if !text[..end].to_lowercase().contains("utf-16") {
        return text;
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{}", &text[end + 2..])
}
