//! The file itself: its text, its record, and how it is written with what is new.

use super::charts;
use super::compare::compare;
use super::model::{Compared, Spot};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, record};
use crate::revise::edit::{Edits, Kind, Tags, attribute, escaped, number};
use crate::revise::parts::{Parts, append_to_root};
use crate::revise::{AUTHOR, Change, Remark, ReviseError, Revision};
use crate::source::docx;

/// Names of properties that say which data a file was made of.
const SOURCE: &str = "数据文件";
/// The property that names the template.
const TEMPLATE: &str = "模板";

/// A file that came back.
pub struct File<'b> {
    /// Its bytes.
    pub bytes: &'b [u8],
    /// What was read of it.
    pub document: docx::Document,
    properties: Vec<(String, String)>,
}

/// A file with what is new, or as it was.
pub struct Refreshed {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Something is new in its text, or said beside it.
    pub changed: bool,
}

impl<'b> File<'b> {
    /// Reads a file. The diagnostic has no place yet.
    pub fn read(bytes: &'b [u8]) -> Result<File<'b>, Box<Diagnostic>> {
        Ok(File { bytes, document: docx::read(bytes)?, properties: docx::properties(bytes) })
    }

    /// The template that it was made by, as it is shown.
    pub fn template(&self) -> Option<&str> {
        self.properties.iter().find(|(name, _)| name == TEMPLATE).map(|(_, text)| &**text)
    }

    /// Compares it with the report of today.
    pub fn compare(&self, today: &Document) -> Compared {
        let mut compared = compare(&self.document, self.record(), today);
        compared.charts = charts::stale(self.bytes, &self.document.paragraphs(), today);
        compared
    }

    fn record(&self) -> Option<Vec<record::Said>> {
        let place = |name: &str| name.strip_prefix(record::PROPERTY)?.parse::<u32>().ok();
        let mut pieces: Vec<(u32, &str)> =
            self.properties.iter().filter_map(|(name, text)| Some((place(name)?, &**text))).collect();
        pieces.sort_unstable();
        record::read(&pieces.into_iter().map(|(_, piece)| piece).collect::<String>())
    }

    /// The file with what the data say now. Conflicts and proposals are comments.
    pub fn refreshed(&self, compared: &Compared, today: &Document, tracked: bool) -> Result<Refreshed, ReviseError> {
        let changes = compared.changes.iter().map(|(spot, text)| Change {
            paragraph: spot.paragraph,
            range: spot.bytes.clone(),
            text: text.clone(),
        });
        let revision = Revision { changes: changes.collect(), remarks: self.remarks(compared), tracked };
        let changed = !revision.changes.is_empty() || !revision.remarks.is_empty();
        let bytes = revision.apply(self.bytes, &self.document)?;
        Ok(Refreshed { bytes: self.with_record(bytes, today, &compared.record)?, changed })
    }

    /// What is said beside the text.
    fn remarks(&self, compared: &Compared) -> Vec<Remark> {
        let remark = |spot: &Option<Spot>, text: String| {
            let (paragraph, range) = spot.as_ref().map_or((0, None), |s| (s.paragraph, Some(s.bytes.clone())));
            Remark { paragraph, range, text }
        };
        let conflicts = compared.conflicts.iter().map(|(spot, new)| {
            let said = match new.is_empty() {
                true => "这里手工改过，没有更新：按现在的数据，这几个字不再写。".to_string(),
                false => format!("这里手工改过，没有更新：按现在的数据，这里是“{new}”。"),
            };
            remark(spot, said)
        });
        let proposals = compared.proposals.iter().map(|proposal| {
            let said = match proposal.out {
                true => format!("按现在的数据，这一句不再写：“{}”。要不要删去，请定。", proposal.text.trim()),
                false => format!("按现在的数据，这后面还应有：“{}”。要不要加上，请定。", proposal.text.trim()),
            };
            remark(&proposal.spot, said)
        });
        let charts = compared
            .charts
            .iter()
            .map(|(spot, name)| remark(spot, format!("{name}还是原来的值，没有更新：图从新生成的报告里取。")));
        // What was said another time is not said again.
        let said = |remark: &Remark| self.document.comments.iter().any(|c| c.author == AUTHOR && c.text == remark.text);
        conflicts.chain(proposals).chain(charts).filter(|remark| !said(remark)).collect()
    }

    /// The file with a record of what it says now.
    fn with_record(&self, bytes: Vec<u8>, today: &Document, said: &[record::Said]) -> Result<Vec<u8>, ReviseError> {
        let mut new: Vec<(String, String)> = Vec::new();
        let many = today.meta.sources.len() > 1;
        for (i, (name, hash)) in today.meta.sources.iter().enumerate() {
            let place = if many { (i + 1).to_string() } else { String::new() };
            new.push((format!("{SOURCE}{place}"), name.to_string()));
            new.push((format!("{SOURCE}{place} SHA-256"), hash.to_string()));
        }
        let pieces = record::write(said).into_iter().enumerate();
        new.extend(pieces.map(|(i, piece)| (format!("{}{}", record::PROPERTY, i + 1), piece)));
        let own = |name: &str| name.starts_with(SOURCE) || name.starts_with(record::PROPERTY);
        let mut old: Vec<_> = self.properties.iter().filter(|(name, _)| own(name)).cloned().collect();
        old.sort();
        let mut sorted = new.clone();
        sorted.sort();
        if old == sorted {
            return Ok(bytes);
        }
        let mut parts = Parts::open(&bytes)?;
        let text = match parts.text(docx::PROPERTIES)? {
            Some(text) => without(&text, own)?,
            None => {
                parts.r#override(
                    docx::PROPERTIES,
                    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
                );
                parts.relate("", docx::PROPERTIES, "custom-properties", false)?;
                EMPTY.to_string()
            }
        };
        let first = next(&text)?;
        let text = append_to_root(&text, |p| {
            let property = |(i, (name, value)): (usize, &(String, String))| {
                format!(
                    "<{p}property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\"><vt:lpwstr xmlns:vt=\"{TYPES}\">{}</vt:lpwstr></{p}property>",
                    first as usize + i,
                    escaped(name),
                    escaped(value)
                )
            };
            new.iter().enumerate().map(property).collect()
        })?;
        parts.put(docx::PROPERTIES, text);
        parts.finish()
    }
}

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties \
                     xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"></Properties>";

/// The part without properties of some names.
fn without(text: &str, own: impl Fn(&str) -> bool) -> Result<String, ReviseError> {
    let (mut tags, mut edits, mut open) = (Tags::new(text), Edits::default(), None);
    while let Some(tag) = tags.step()? {
        if tag.depth != 1 || tag.name() != "property" {
            continue;
        }
        match tag.kind {
            Kind::Open => {
                let name = attribute(&text[tag.span.clone()], "name").unwrap_or_default();
                open = own(&name).then_some(tag.span.start);
            }
            Kind::Close => open.take().into_iter().for_each(|start| edits.replace(start..tag.span.end, "")),
            Kind::Empty => {}
        }
    }
    Ok(edits.apply(text))
}

/// A number that no property has.
fn next(text: &str) -> Result<u32, ReviseError> {
    let (mut tags, mut next) = (Tags::new(text), 2);
    while let Some(tag) = tags.step()? {
        let pid = number(&text[tag.span.clone()], "pid").filter(|_| tag.opens() && tag.name() == "property");
        next = next.max(pid.map_or(0, |pid| pid.saturating_add(1)));
    }
    Ok(next)
}
