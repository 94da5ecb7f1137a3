//! Values put into blank cells of a workbook; everything else stays as it is, to the byte.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::column_of;
use super::error::MarkError;
use crate::diagnostic::cell_name;
use crate::revise::ReviseError;
use crate::revise::edit::{Edits, Kind, Tag, Tags, attribute, escaped, number, without_attribute};
use crate::revise::parts::Parts;
use crate::source::workbook::{self, Opened};
use crate::source::xlsx;

/// Most digits that a number of a workbook keeps.
const DIGITS: usize = 15;

/// Why a value is not put in.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// The file is no package that can be changed in place.
    #[error("只有没有密码的 .xlsx、.xlsm 能在页面上填，这个文件请用 Excel 或 WPS 打开来填")]
    Format,
    /// Another program or another tab was first.
    #[error("{0} 已经填了别的，没有覆盖")]
    Filled(String),
    /// There is no such sheet, or no such row in it.
    #[error("{0} 在表格里找不到，请用 Excel 或 WPS 打开来填")]
    Gone(String),
    /// The package is damaged.
    #[error(transparent)]
    Package(#[from] MarkError),
    /// A part of it cannot be read.
    #[error(transparent)]
    Part(#[from] ReviseError),
}

/// A value for a blank cell.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name of the sheet.
    pub sheet: String,
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u32,
    /// As it was typed: a plain number becomes one, all else is text, which the reader understands.
    pub text: String,
}

impl Entry {
    fn place(&self) -> String {
        format!("{}!{}", self.sheet, cell_name(self.row, self.column))
    }

    fn cell(&self, prefix: &str, head: Option<&str>) -> String {
        let name = cell_name(self.row, self.column);
        let head = head.map_or(format!("<{prefix}c r=\"{name}\""), |head| {
            without_attribute(head, "t").trim_end_matches('>').trim_end_matches('/').trim_end().to_string()
        });
        let text = self.text.trim();
        match is_number(text) {
            true => format!("{head}><{prefix}v>{text}</{prefix}v></{prefix}c>"),
            false => format!(
                "{head} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
                escaped(text)
            ),
        }
    }
}

/// A number as a workbook keeps it: what has a leading zero, a sign of thousands or too many digits is text.
fn is_number(text: &str) -> bool {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = bare.split_once('.').unwrap_or((bare, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let code = whole.len() > 1 && whole.starts_with('0');
    digits(whole) && digits(part) && !code && whole.len() + part.len() <= DIGITS
}

/// Puts the values in; none where one of them cannot be.
pub fn enter(bytes: &[u8], name: &str, entries: &[Entry]) -> Result<Vec<u8>, EnterError> {
    let package = match workbook::open(bytes, name).map_err(MarkError::Source)? {
        Opened::Package(Cow::Borrowed(package)) => package,
        _ => return Err(EnterError::Format),
    };
    let mut parts = Parts::open(package)?;
    let book = xlsx::book(&mut parts.package).map_err(MarkError::from)?;
    let mut sheets: BTreeMap<&str, BTreeMap<(u32, u32), &Entry>> = BTreeMap::new();
    for entry in entries {
        sheets.entry(&entry.sheet).or_default().insert((entry.row, entry.column), entry);
    }
    for (name, wanted) in sheets {
        let Some(sheet) = book.sheets.iter().find(|sheet| sheet.name == name) else {
            return Err(EnterError::Gone(wanted.values().next().map_or(String::new(), |e| e.place())));
        };
        let text = parts.required(&sheet.part)?;
        parts.put(&sheet.part, entered(&text, wanted)?);
    }
    Ok(parts.finish()?)
}

/// A cell that is open: where it begins, what it is for, whether it holds something.
struct Open<'e> {
    entry: &'e Entry,
    head: Range<usize>,
    holds: bool,
}

fn entered(text: &str, mut wanted: BTreeMap<(u32, u32), &Entry>) -> Result<String, EnterError> {
    let mut edits = Edits::default();
    let (mut row, mut next_row, mut next) = (0, 0, 0);
    let mut open: Option<Open> = None;
    let mut tags = Tags::new(text);
    while let Some(tag) = tags.step()? {
        let raw = &text[tag.span.clone()];
        match (tag.depth, tag.name(), tag.kind) {
            (2, "row", Kind::Open) => {
                row = number(raw, "r").map_or(next_row, |r| r.saturating_sub(1));
                (next_row, next) = (row + 1, 0);
                // Which columns a row has is a hint that must not be wrong.
                if wanted.range((row, 0)..=(row, u32::MAX)).next().is_some() && attribute(raw, "spans").is_some() {
                    edits.replace(tag.span.clone(), without_attribute(raw, "spans"));
                }
            }
            (2, "row", Kind::Close) => put_before(&mut edits, &mut wanted, (row, u32::MAX), &tag),
            (3, "c", Kind::Close) => {
                if let Some(Open { entry, head, holds }) = open.take() {
                    if holds {
                        return Err(EnterError::Filled(entry.place()));
                    }
                    edits.replace(head.start..tag.span.end, entry.cell(tag.prefix(), Some(&text[head])));
                }
            }
            (3, "c", kind) => {
                let at = attribute(raw, "r").and_then(|r| column_of(&r)).unwrap_or(next);
                next = at + 1;
                put_before(&mut edits, &mut wanted, (row, at), &tag);
                let Some(entry) = wanted.remove(&(row, at)) else { continue };
                match kind {
                    Kind::Empty => edits.replace(tag.span.clone(), entry.cell(tag.prefix(), Some(raw))),
                    _ => open = Some(Open { entry, head: tag.span.clone(), holds: false }),
                }
            }
            (4.., _, _) => open.iter_mut().for_each(|open| open.holds = true),
            _ => {}
        }
    }
    match wanted.values().next() {
        Some(entry) => Err(EnterError::Gone(entry.place())),
        None => Ok(edits.apply(text)),
    }
}

/// Wanted cells of the row before a place, which the sheet does not have.
fn put_before(edits: &mut Edits, wanted: &mut BTreeMap<(u32, u32), &Entry>, at: (u32, u32), tag: &Tag) {
    let before: Vec<(u32, u32)> = wanted.range((at.0, 0)..at).map(|(place, _)| *place).collect();
    let cells: String = before.iter().filter_map(|p| wanted.remove(p)).map(|e| e.cell(tag.prefix(), None)).collect();
    edits.insert(tag.span.start, cells);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(row: u32, column: u32, text: &str) -> Entry {
        Entry { sheet: "表".into(), row, column, text: text.into() }
    }

    fn put(text: &str, entries: &[Entry]) -> Result<String, String> {
        let wanted = entries.iter().map(|e| ((e.row, e.column), e)).collect();
        entered(text, wanted).map_err(|e| e.to_string())
    }

    const SHEET: &str = r#"<worksheet><sheetData><row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="4"/></row><row r="3"><c r="A3" s="2"></c><c r="D3"><v>7</v></c></row></sheetData></worksheet>"#;

    #[test]
    fn blank_cells_take_values_and_nothing_else_changes() {
        let told =
            put(SHEET, &[entry(0, 1, "36.50"), entry(2, 0, "<三>"), entry(2, 2, "007"), entry(2, 5, "-1")]).unwrap();
        let text = |inner: &str| format!(r#" t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>"#);
        let expected = SHEET
            .replace(r#" spans="1:2""#, "")
            .replace(r#"<c r="B1" s="4"/>"#, r#"<c r="B1" s="4"><v>36.50</v></c>"#)
            .replace(
                r#"<c r="A3" s="2"></c>"#,
                &format!(r#"<c r="A3" s="2"{}<c r="C3"{}"#, text("&lt;三&gt;"), text("007")),
            )
            .replace("</row></sheetData>", r#"<c r="F3"><v>-1</v></c></row></sheetData>"#);
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_filled_in_or_not_there_is_refused() {
        assert!(put(SHEET, &[entry(0, 0, "1")]).unwrap_err().contains("表!A1 已经填了"));
        assert!(put(SHEET, &[entry(1, 0, "1")]).unwrap_err().contains("表!A2"));
    }

    #[test]
    fn numbers_are_plain_ones() {
        for text in ["0", "36", "-3.20", "0.5"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "-", "1,280", "007", "1.", ".5", "1e5", "36场", "78.3%", "1234567890123456"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
