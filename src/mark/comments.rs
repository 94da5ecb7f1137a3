//! The comments of one sheet: those that are there stay, a cell's own is gone on with.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::MarkError;
use super::findings::Spot;
use crate::diagnostic::cell_name;
use crate::revise::AUTHOR;
use crate::revise::edit::{Edits, Element, Kind, Tags, attribute, escaped};

/// Characters of one comment; a program that shows it has a box for it.
const LONGEST: usize = 2_000;

/// What a cell's comment says.
pub fn text_of(spot: &Spot) -> String {
    let text = spot.notes.join("\n");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}……（全文见“问题”表）", &text[..end]),
        None => text,
    }
}

/// A sheet's comments from nothing.
pub fn empty(strict: bool) -> String {
    let space = if strict { STRICT_MAIN } else { MAIN };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{space}\"><authors/><commentList/></comments>"
    )
}

/// The text of a comment that is there.
#[derive(Default)]
struct Old {
    /// Its `text` element.
    text: Option<Element>,
    /// A text without runs.
    bare: Option<Range<usize>>,
    /// The end of its last run.
    last_run: Option<usize>,
}

/// Adds comments to a part. Gives the new part and the cells that had no comment.
pub fn add(text: &str, spots: &BTreeMap<(u32, u32), Spot>) -> Result<(String, Vec<(u32, u32)>), MarkError> {
    let read = Comments::read(text)?;
    let (p, mut edits, mut fresh) = (&read.prefix, Edits::default(), Vec::new());
    let mut added = String::new();
    for (&(row, column), spot) in spots {
        let address = cell_name(row, column);
        match read.known.get(&address) {
            Some(old) => go_on(text, old, &run(p, &format!("\n{}", text_of(spot))), p, &mut edits),
            None => {
                let (author, run) = (read.ours.unwrap_or(read.authors), run(p, &text_of(spot)));
                added += &format!(
                    "<{p}comment ref=\"{address}\" authorId=\"{author}\"><{p}text>{run}</{p}text></{p}comment>"
                );
                fresh.push((row, column));
            }
        }
    }
    if !fresh.is_empty() {
        let (authors, list) = (read.author_list.ok_or(MarkError::Broken)?, read.list.ok_or(MarkError::Broken)?);
        let open = |element: &Element| text[element.open.clone()].to_string();
        if read.ours.is_none() {
            edits.append(text, &authors, &open(&authors), &format!("<{p}author>{AUTHOR}</{p}author>"));
        }
        edits.append(text, &list, &open(&list), &added);
    }
    Ok((edits.apply(text), fresh))
}

/// What a part of comments holds.
#[derive(Default)]
struct Comments {
    prefix: String,
    authors: usize,
    /// Which of the authors is this program, in a copy that is marked again.
    ours: Option<usize>,
    author_list: Option<Element>,
    list: Option<Element>,
    known: BTreeMap<String, Old>,
}

impl Comments {
    fn read(text: &str) -> Result<Comments, MarkError> {
        let mut found = Comments::default();
        let mut current: Option<(String, Old)> = None;
        let (mut tags, mut opened) = (Tags::new(text), 0);
        while let Some(tag) = tags.step()? {
            let raw = &text[tag.span.clone()];
            let element = || Element { open: tag.span.clone(), close: None };
            let old = current.as_mut().map(|(_, old)| old);
            match (tag.depth, tag.name(), tag.kind) {
                (0, _, Kind::Open) => found.prefix = tag.prefix().to_string(),
                (1, "authors", Kind::Close) => close(&mut found.author_list, tag.span),
                (1, "authors", _) => found.author_list = Some(element()),
                (2, "author", Kind::Open | Kind::Empty) => {
                    found.authors += 1;
                    opened = tag.span.end;
                }
                (2, "author", Kind::Close) if text[opened..tag.span.start].trim() == AUTHOR => {
                    found.ours = Some(found.authors - 1);
                }
                (1, "commentList", Kind::Close) => close(&mut found.list, tag.span),
                (1, "commentList", _) => found.list = Some(element()),
                (2, "comment", Kind::Open) => {
                    current = Some((attribute(raw, "ref").unwrap_or_default(), Old::default()));
                }
                (2, "comment", Kind::Close) => found.known.extend(current.take()),
                (3, "text", Kind::Close) => old.into_iter().for_each(|old| close(&mut old.text, tag.span.clone())),
                (3, "text", _) => old.into_iter().for_each(|old| old.text = Some(element())),
                (4, "t", Kind::Open) => old.into_iter().for_each(|old| old.bare = Some(tag.span.clone())),
                (4, "t", Kind::Close) => {
                    old.and_then(|old| old.bare.as_mut()).into_iter().for_each(|bare| bare.end = tag.span.end);
                }
                (4, "r", Kind::Close) => old.into_iter().for_each(|old| old.last_run = Some(tag.span.end)),
                _ => {}
            }
        }
        Ok(found)
    }
}

fn close(element: &mut Option<Element>, span: Range<usize>) {
    if let Some(element) = element {
        element.close = Some(span);
    }
}

/// Puts a run behind what a comment says; a text without runs becomes one first.
fn go_on(text: &str, old: &Old, run: &str, p: &str, edits: &mut Edits) {
    let Some(element) = &old.text else { return };
    if let Some(bare) = &old.bare {
        edits.insert(bare.start, format!("<{p}r>"));
        edits.insert(bare.end, format!("</{p}r>"));
    }
    match old.last_run.max(old.bare.as_ref().map(|bare| bare.end)) {
        Some(end) => edits.insert(end, run),
        None => edits.append(text, element, &text[element.open.clone()], run),
    }
}

fn run(p: &str, text: &str) -> String {
    format!(
        "<{p}r><{p}rPr><{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"宋体\"/><{p}charset val=\"134\"/></{p}rPr>\
         <{p}t xml:space=\"preserve\">{}</{p}t></{p}r>",
        escaped(text)
    )
}

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

pub const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
