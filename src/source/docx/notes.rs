//! Notes, comments, headers and footers: texts in parts of their own.

use super::desk::Desk;
use super::error::DocxError;
use super::model::{Block, Comment, Note, Paragraph, Place};
use super::story::Story;
use crate::source::package::Package;
use crate::source::xml::{Step, attribute, name};

/// Reads all footnotes or endnotes; the text names those that are printed.
pub fn read(package: &mut Package<'_>, part: &str, end: bool, desk: &mut Desk) -> Result<(), DocxError> {
    let Some(xml) = package.xml(part)? else { return Ok(()) };
    let mut found = Vec::new();
    let mut story = Story::new(&xml, part, desk, Place::Note);
    loop {
        match story.step()? {
            Step::End => break,
            Step::Open(element) if matches!(name(&element), b"footnote" | b"endnote") => {
                let id = attribute(&element, "id").unwrap_or_default().into_owned();
                // The line above the notes is one as well.
                let own = attribute(&element, "type").is_none_or(|kind| kind == "normal");
                let mut blocks = Vec::new();
                story.blocks(&mut blocks)?;
                if own {
                    found.push(((end, id), Note { end, paragraphs: plain(blocks) }));
                }
            }
            _ => {}
        }
    }
    desk.unnamed.extend(found);
    Ok(())
}

/// Reads all comments.
pub fn comments(package: &mut Package<'_>, part: &str, desk: &mut Desk) -> Result<Vec<Comment>, DocxError> {
    let mut found = Vec::new();
    let Some(xml) = package.xml(part)? else { return Ok(found) };
    let mut story = Story::new(&xml, part, desk, Place::Comment);
    loop {
        match story.step()? {
            Step::End => return Ok(found),
            Step::Open(element) if name(&element) == b"comment" => {
                let id = attribute(&element, "id").unwrap_or_default().into_owned();
                let author = attribute(&element, "author").unwrap_or_default().into_owned();
                let mut blocks = Vec::new();
                story.blocks(&mut blocks)?;
                let lines: Vec<String> = plain(blocks).into_iter().map(|p| p.text).collect();
                found.push(Comment { id, author, text: lines.join("\n") });
            }
            _ => {}
        }
    }
}

/// The text of a header or footer; `None` where it says nothing but a page number.
pub fn margin(package: &mut Package<'_>, part: &str, desk: &mut Desk) -> Result<Option<String>, DocxError> {
    let Some(xml) = package.xml(part)? else { return Ok(None) };
    let mut story = Story::new(&xml, part, desk, Place::Margin);
    let mut blocks = Vec::new();
    loop {
        match story.step()? {
            Step::End => break,
            Step::Open(element) if matches!(name(&element), b"hdr" | b"ftr") => story.blocks(&mut blocks)?,
            _ => {}
        }
    }
    let lines: Vec<String> = plain(blocks).into_iter().map(|p| p.text).filter(|line| !line.trim().is_empty()).collect();
    let text = lines.join(" ");
    let says = text.chars().any(|c| c.is_alphabetic() && !"第页共".contains(c));
    Ok(says.then_some(text))
}

/// Paragraphs, those of tables included.
fn plain(blocks: Vec<Block>) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(paragraph),
            Block::Table(table) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                cells.for_each(|cell| out.extend(plain(cell.blocks)));
            }
        }
    }
    out
}
