//! One sheet: cells, merged ranges, hidden rows and columns.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::error::{XlsxError, in_part};
use super::strings::{rich_text, unescape};
use crate::source::Date;
use crate::source::formats::{CellFormats, Content, is_picture};
use crate::source::number::Exact;
use crate::source::sheet::{MAX_COLUMNS, MAX_ROWS, Merge, RawCell, RawValue, Sheet};
use crate::source::xml::{Step, XmlError, XmlReader, attribute, attributes, flag, name};

/// Most merged ranges that are looked at.
const MAX_MERGES: usize = 100_000;

/// What the other parts say about a cell's number and text.
pub struct Context<'a> {
    pub formats: &'a mut CellFormats,
    pub strings: &'a [Arc<str>],
    /// The workbook has pictures inside cells.
    pub pictures: bool,
}

pub fn read(
    text: &str,
    part: &str,
    context: &mut Context<'_>,
    budget: &mut usize,
    sheet: &mut Sheet,
) -> Result<(), XlsxError> {
    let mut reader = XmlReader::new(text);
    let (mut row, mut column) = (0u32, 0u32);
    loop {
        let element = match reader.step().map_err(in_part(part))? {
            Step::End => return Ok(()),
            Step::Open(element) => element,
            _ => continue,
        };
        match name(&element) {
            b"row" => {
                let first = sheet.cells.is_empty() && column == 0;
                row = row_of(&element, if first { row } else { row + 1 }, sheet)?;
                column = 0;
                if flag(&element, "hidden") {
                    sheet.hidden_rows.push(row);
                }
            }
            b"c" => {
                let [address, style, kind, rich] = attributes(&element, ["r", "s", "t", "vm"]);
                if let Some(address) = address {
                    (row, column) = parse_address(&address).ok_or_else(|| bad_address(sheet, &address))?;
                }
                let content = cell(&mut reader, style.as_deref(), kind.as_deref(), context).map_err(in_part(part))?;
                if let Some((mut value, shown)) = content {
                    // A picture that Excel put into the cell has a value of its own kind, and an
                    // error for programs that do not know it.
                    if context.pictures && rich.is_some() && matches!(value, RawValue::Error(_)) {
                        value = RawValue::Picture;
                    }
                    if *budget == 0 {
                        return Err(XlsxError::TooManyCells { sheet: sheet.name.clone() });
                    }
                    *budget -= 1;
                    sheet.cells.push(RawCell { row, column, value, shown });
                }
                column += 1;
            }
            b"col" if flag(&element, "hidden") => {
                let number = |key| attribute(&element, key).and_then(|v| v.trim().parse::<u32>().ok());
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    sheet.hidden_columns.extend(first.max(1) - 1..last.min(MAX_COLUMNS));
                }
            }
            b"mergeCell" if sheet.merges.len() < MAX_MERGES => {
                sheet.merges.extend(attribute(&element, "ref").and_then(|r| parse_range(&r)));
            }
            _ => {}
        }
    }
}

/// The row that an element names; `next` where it names none.
fn row_of(element: &BytesStart<'_>, next: u32, sheet: &Sheet) -> Result<u32, XlsxError> {
    match attribute(element, "r").and_then(|r| r.trim().parse::<u32>().ok()) {
        Some(r) if (1..=MAX_ROWS).contains(&r) => Ok(r - 1),
        Some(r) => Err(bad_address(sheet, &r.to_string())),
        None => Ok(next),
    }
}

/// Reads to the end of a `c` element.
fn cell(
    reader: &mut XmlReader<'_>,
    style: Option<&str>,
    kind: Option<&str>,
    context: &mut Context<'_>,
) -> Result<Content, XmlError> {
    let target = reader.depth - 1;
    let style = style.and_then(|s| s.trim().parse().ok()).unwrap_or(0usize);
    let (mut raw, mut inline, mut formula) = (None, None, None);
    while reader.depth > target {
        if let Some(text) = reader.simple(b"<v>", b"</v>") {
            raw = Some(Cow::Borrowed(text));
            continue;
        }
        match reader.step()? {
            Step::Open(inner) => match name(&inner) {
                b"v" => raw = Some(reader.text()?),
                b"is" => inline = Some(rich_text(reader)?),
                b"f" => {
                    let text = reader.text()?;
                    formula = Some(if text.is_empty() { "…".to_string() } else { text.into_owned() });
                }
                _ => {}
            },
            Step::End => break,
            _ => {}
        }
    }
    if formula.as_deref().is_some_and(is_picture) {
        return Ok(Some((RawValue::Picture, None)));
    }
    let raw = raw.as_deref().unwrap_or("");
    let number = raw.trim();
    Ok(match kind.unwrap_or("") {
        "s" => match number.parse::<usize>().ok().and_then(|i| context.strings.get(i)) {
            Some(text) => context.formats.text(style, text.clone()),
            None => None,
        },
        "inlineStr" => context.formats.text(style, inline.unwrap_or_else(|| raw.to_string()).into()),
        "str" if raw.is_empty() && formula.is_some() => None,
        "str" => context.formats.text(style, unescape(raw.to_string()).into()),
        "b" => Some((RawValue::Bool(number == "1" || number == "true"), None)),
        "e" => Some((RawValue::Error(number.into()), None)),
        "d" => Some(iso_date(number)),
        _ if number.is_empty() => match (inline, formula) {
            (Some(text), _) => context.formats.text(style, text.into()),
            (None, Some(formula)) => Some((RawValue::Uncalculated(formula.into()), None)),
            (None, None) => None,
        },
        _ => match Exact::parse(number) {
            Some(value) => Some(context.formats.number(style, value)),
            None => context.formats.text(style, number.into()),
        },
    })
}

/// `2026-09-30` or `2026-09-30T08:00:00` of a cell of type `d`.
pub fn iso_date(text: &str) -> (RawValue, Option<Arc<str>>) {
    let day = text.split('T').next().unwrap_or(text);
    let mut steps = day.splitn(3, '-').map(|s| s.parse::<i16>().ok());
    let parsed = match (steps.next().flatten(), steps.next().flatten(), steps.next().flatten()) {
        (Some(y), Some(m), Some(d)) => {
            i8::try_from(m).ok().zip(i8::try_from(d).ok()).and_then(|(m, d)| Date::new(y, m, Some(d)))
        }
        _ => None,
    };
    match parsed {
        Some(date) => (RawValue::Date(date), Some(day.into())),
        None => (RawValue::Text(text.into()), None),
    }
}

fn bad_address(sheet: &Sheet, address: &str) -> XlsxError {
    XlsxError::BadAddress { sheet: sheet.name.clone(), address: address.chars().take(20).collect() }
}

/// `C7` as row and column that count from 0.
pub fn parse_address(address: &str) -> Option<(u32, u32)> {
    let address = address.trim();
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = address.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
        return None;
    }
    let column = letters.bytes().fold(0u32, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A' + 1));
    let row: u32 = digits.parse().ok()?;
    ((1..=MAX_ROWS).contains(&row) && column <= MAX_COLUMNS).then(|| (row - 1, column - 1))
}

/// `A1:C2` as a merged range; a single cell is none.
fn parse_range(range: &str) -> Option<Merge> {
    let (first, last) = range.split_once(':')?;
    let ((r1, c1), (r2, c2)) = (parse_address(first)?, parse_address(last)?);
    let merge =
        Merge { first_row: r1.min(r2), first_column: c1.min(c2), last_row: r1.max(r2), last_column: c1.max(c2) };
    (merge.first_row != merge.last_row || merge.first_column != merge.last_column).then_some(merge)
}
