//! What an earlier marking left: a copy that was put right comes back with its old marks, and these
//! are taken out before it is marked anew. They are known by what they are, not by where they
//! stood: rows may have been put in since.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cells::column_of;
use super::error::MarkError;
use super::list;
use super::styles::Styles;
use crate::dataset::{address, is_marked};
use crate::diagnostic::Severity;
use crate::revise::AUTHOR;
use crate::revise::edit::{Edits, Kind, Tags, attribute, escaped, number, with_attribute};
use crate::source::sheet::{RawValue, Sheet};
use crate::source::workbook;

/// The list of an earlier marking.
pub struct Earlier {
    /// The name of its sheet.
    pub list: String,
    /// The fills that cells had before, by sheet; those without one are not in it.
    pub fills: BTreeMap<String, BTreeMap<(u32, u32), String>>,
}

/// Looks for the list of an earlier marking.
pub fn find(bytes: &[u8]) -> Option<Earlier> {
    let (book, _) = workbook::read(bytes, "").ok()?;
    let sheet = book.sheets.iter().find(|s| s.name.starts_with(list::NAME) && is_marked(s))?;
    let mut fills: BTreeMap<String, BTreeMap<(u32, u32), String>> = BTreeMap::new();
    for (place, fill) in kept(sheet) {
        let Some((name, cell)) = place.rsplit_once('!') else { continue };
        if let Some(at) = address(cell) {
            fills.entry(name.to_string()).or_default().insert(at, fill.to_string());
        }
    }
    Some(Earlier { list: sheet.name.clone(), fills })
}

/// The hidden columns of the list: cell and fill.
fn kept(sheet: &Sheet) -> impl Iterator<Item = (&str, &str)> {
    let text = |row: u32, column: u32| match sheet.cell(row, column).map(|c| &c.value) {
        Some(RawValue::Text(text)) => Some(&**text),
        _ => None,
    };
    let rows = sheet.cells.iter().filter(|c| c.column == list::KEPT).map(|c| c.row);
    rows.filter_map(move |row| Some((text(row, list::KEPT)?, text(row, list::KEPT + 1)?)))
}

/// A sheet whose marked cells have the fills that they had before.
pub fn unfilled(
    text: &str,
    fills: Option<&BTreeMap<(u32, u32), String>>,
    styles: &mut Styles,
) -> Result<String, MarkError> {
    let (mut edits, mut tags) = (Edits::default(), Tags::new(text));
    let (mut row, mut column) = (0, 0);
    while let Some(tag) = tags.step()? {
        let raw = &text[tag.span.clone()];
        match (tag.depth, tag.name()) {
            (2, "row") if tag.opens() => {
                row = number(raw, "r").unwrap_or(row + 1);
                column = 0;
            }
            (3, "c") if tag.opens() => {
                let at = attribute(raw, "r").and_then(|r| column_of(&r)).unwrap_or(column);
                column = at + 1;
                let Some(style) = number(raw, "s").filter(|style| styles.is_marked(*style)) else { continue };
                let fill = fills.and_then(|fills| fills.get(&(row.max(1) - 1, at))).map_or("", String::as_str);
                let style = styles.unmarked(style, fill).to_string();
                edits.replace(tag.span, with_attribute(raw, "s", &style));
            }
            _ => {}
        }
    }
    Ok(edits.apply(text))
}

/// A comment while it is being read.
struct Comment {
    start: usize,
    ours: bool,
    cell: String,
    /// Its texts, each with the element that holds it: its run, or itself.
    texts: Vec<(Range<usize>, Range<usize>)>,
}

/// Comments without what an earlier marking said; and the cells that have none any more.
pub fn uncommented(text: &str) -> Result<(String, BTreeSet<(u32, u32)>), MarkError> {
    let (mut edits, mut gone, mut tags) = (Edits::default(), BTreeSet::new(), Tags::new(text));
    let (mut authors, mut opened, mut told, mut run) = (Vec::new(), 0, 0, 0);
    let mut comment: Option<Comment> = None;
    while let Some(tag) = tags.step()? {
        let raw = &text[tag.span.clone()];
        match (tag.depth, tag.name(), tag.kind) {
            (2, "author", Kind::Open) => opened = tag.span.end,
            (2, "author", Kind::Close) => authors.push(text[opened..tag.span.start].trim() == AUTHOR),
            (2, "author", Kind::Empty) => authors.push(false),
            (2, "comment", Kind::Open) => {
                let ours = number(raw, "authorId").and_then(|id| authors.get(id as usize).copied()).unwrap_or(false);
                let cell = attribute(raw, "ref").unwrap_or_default();
                comment = Some(Comment { start: tag.span.start, ours, cell, texts: Vec::new() });
            }
            (4, "r", Kind::Open) => run = tag.span.start,
            (4, "r", Kind::Close) => {
                let of_run = comment.iter_mut().flat_map(|c| &mut c.texts).filter(|(_, whole)| whole.start == run);
                of_run.for_each(|(_, whole)| whole.end = tag.span.end);
            }
            (4 | 5, "t", Kind::Open) => {
                told = tag.span.end;
                run = if tag.depth == 4 { tag.span.start } else { run };
            }
            (4 | 5, "t", Kind::Close) => {
                comment.iter_mut().for_each(|c| c.texts.push((told..tag.span.start, run..tag.span.end)));
            }
            (2, "comment", Kind::Close) => {
                let Some(read) = comment.take() else { continue };
                match read.first_of_ours(text) {
                    _ if read.ours => gone.extend(address(&read.cell)),
                    Some((0, 0)) => gone.extend(address(&read.cell)),
                    Some(place) => {
                        read.cut(text, place, &mut edits);
                        continue;
                    }
                    None => continue,
                }
                edits.replace(read.start..tag.span.end, "");
            }
            _ => {}
        }
    }
    Ok((edits.apply(text), gone))
}

impl Comment {
    /// Where what an earlier marking said begins, behind what somebody else had said: which text,
    /// and where in it. Some programs keep neither the author nor the runs.
    fn first_of_ours(&self, text: &str) -> Option<(usize, usize)> {
        let levels = [Severity::Error, Severity::Warning, Severity::Notice];
        let labels = levels.map(|severity| format!("【{}】", severity.label()));
        let mut before = String::new();
        for (number, (place, _)) in self.texts.iter().enumerate() {
            let raw = &text[place.clone()];
            let mut starts: Vec<usize> =
                labels.iter().flat_map(|l| raw.match_indices(l.as_str())).map(|m| m.0).collect();
            starts.sort_unstable();
            for at in starts {
                let said = format!("{before}{}", unescaped(&raw[..at]));
                if said.is_empty() {
                    return Some((0, 0));
                }
                if said.ends_with(['\n', '\r']) {
                    return Some((number, at));
                }
            }
            before += &unescaped(raw);
        }
        None
    }

    /// Takes out everything from a place on, with the line break before it.
    fn cut(&self, text: &str, (number, at): (usize, usize), edits: &mut Edits) {
        let (place, whole) = &self.texts[number];
        let said = unescaped(&text[place.start..place.start + at]);
        match said.trim_end_matches(['\n', '\r']) {
            "" => edits.replace(whole.clone(), ""),
            said => edits.replace(place.clone(), escaped(said)),
        }
        self.texts[number + 1..].iter().for_each(|(_, whole)| edits.replace(whole.clone(), ""));
    }
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or(text.to_string(), |text| text.into_owned())
}
