//! The part of comments: those that are there stay.

use super::edit::{Kind, Tags, attribute, escaped};
use super::error::ReviseError;
use super::model::AUTHOR;
use super::parts::{Parts, append_to_root};
use crate::source::xlsx;

/// The namespace of files that are strict.
pub const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const PLAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The part of the comments of a document, if it has one.
fn part_of(parts: &mut Parts<'_>, document: &str) -> Result<Option<String>, ReviseError> {
    let relations = parts.relations(document)?;
    Ok(relations.values().find(|r: &&xlsx::Relation| r.kind == "comments").map(|r| r.target.clone()))
}

/// The first number that no comment has.
pub fn free_id(parts: &mut Parts<'_>, document: &str) -> Result<u32, ReviseError> {
    let Some(part) = part_of(parts, document)? else { return Ok(0) };
    let text = parts.required(&part)?;
    let (mut tags, mut next) = (Tags::new(&text), 0);
    while let Some(tag) = tags.step()? {
        if tag.opens() && tag.name() == "comment" {
            let id = attribute(&text[tag.span.clone()], "id").and_then(|id| id.trim().parse::<u32>().ok());
            next = next.max(id.map_or(0, |id| id.saturating_add(1)));
        }
    }
    Ok(next)
}

/// Adds comments by their numbers.
pub fn add(parts: &mut Parts<'_>, document: &str, said: &[(u32, String)], strict: bool) -> Result<(), ReviseError> {
    if said.is_empty() {
        return Ok(());
    }
    let part = match part_of(parts, document)? {
        Some(part) => part,
        None => {
            let part = parts.free("word/comments", "xml");
            let space = if strict { STRICT } else { PLAIN };
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
            parts.put(&part, format!("{head}<w:comments xmlns:w=\"{space}\"></w:comments>"));
            parts.r#override(&part, KIND);
            parts.relate(document, &part, "comments", strict)?;
            part
        }
    };
    let text = parts.required(&part)?;
    let prefix = root_prefix(&text)?;
    let new = append_to_root(&text, |_| said.iter().map(|(number, text)| comment(&prefix, *number, text)).collect())?;
    parts.put(&part, new);
    Ok(())
}

fn root_prefix(text: &str) -> Result<String, ReviseError> {
    let mut tags = Tags::new(text);
    while let Some(tag) = tags.step()? {
        if tag.kind != Kind::Close {
            return Ok(tag.prefix().to_string());
        }
    }
    Err(ReviseError::Broken)
}

fn comment(p: &str, number: u32, text: &str) -> String {
    let lines: String = text
        .lines()
        .map(|line| format!("<{p}p><{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r></{p}p>", escaped(line)))
        .collect();
    format!("<{p}comment {p}id=\"{number}\" {p}author=\"{AUTHOR}\" {p}initials=\"汇\">{lines}</{p}comment>")
}
