//! A marked workbook made anew, for formats that cannot be patched: the contents alone.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Note};
use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::error::MarkError;
use super::findings::{Marks, Spot};
use super::marked::Marked;
use super::styles::colour;
use super::{comments, list};
use crate::dataset::{MARKED_SHEET, PAIR_COLUMNS, PAIRS_SHEET, is_marked};
use crate::diagnostic::{Severity, cell_name};
use crate::source::number::{NumberKind, general};
use crate::source::sheet::{RawCell, RawValue, Sheet, Workbook};

/// The contents of a workbook with its marks; `ending` is the format that was read.
pub fn workbook(source: &Workbook, ending: &'static str, marks: &Marks) -> Result<Marked, MarkError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    // The writer would note the time of writing otherwise.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let spots = marks.spots();
    let none = Default::default();
    // The list of an earlier marking is made anew.
    let sheets = || source.sheets.iter().filter(|sheet| !is_marked(sheet));
    for sheet in sheets() {
        let made = book.add_worksheet();
        made.set_name(&sheet.name)?.set_hidden(sheet.hidden);
        contents(made, sheet, spots.get(sheet.name.as_str()).unwrap_or(&none))?;
    }
    let names = || sheets().map(|s| s.name.as_str());
    if !marks.pairs.is_empty() {
        pairs(book.add_worksheet().set_name(list::free_name(PAIRS_SHEET, names()))?, marks)?;
    }
    let name = list::free_name(list::NAME, names());
    let list_sheet = findings(book.add_worksheet().set_name(name)?, marks)?;
    // As in a patched copy: which cells are marked. None of them had a fill.
    let cells = spots.iter().flat_map(|(sheet, cells)| cells.keys().map(move |(r, c)| (sheet, cell_name(*r, *c))));
    for (row, (sheet, cell)) in (1..).zip(cells) {
        list_sheet.write_string(row, list::KEPT as u16, format!("{sheet}!{cell}"))?;
    }
    list_sheet.set_column_hidden(list::KEPT as u16)?;
    Ok(Marked { bytes: book.save_to_buffer()?, ending: "xlsx", remade: Some(ending) })
}

fn contents(
    made: &mut Worksheet,
    sheet: &Sheet,
    spots: &std::collections::BTreeMap<(u32, u32), Spot>,
) -> Result<(), MarkError> {
    let base = |at: (u32, u32)| match spots.get(&at) {
        Some(spot) => Format::new().set_background_color(fill(spot.severity)),
        None => Format::new(),
    };
    for merge in &sheet.merges {
        let (first, last) = ((merge.first_row, merge.first_column), (merge.last_row, merge.last_column));
        // Overlapping ranges are no reason to have no copy.
        let middle = base(first).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let _ = made.merge_range(first.0, column(first.1)?, last.0, column(last.1)?, "", &middle);
    }
    for cell in &sheet.cells {
        put(made, cell, base((cell.row, cell.column)))?;
    }
    for (&at, spot) in spots {
        if sheet.cell(at.0, at.1).is_none() {
            made.write_blank(at.0, column(at.1)?, &base(at))?;
        }
        let text = comments::text_of(spot);
        let lines: usize = text.lines().map(|line| line.chars().count() / 19 + 1).sum();
        let note = Note::new(text).set_author(crate::revise::AUTHOR).add_author_prefix(false);
        made.insert_note(at.0, column(at.1)?, &note.set_width(260).set_height(lines as u32 * 17 + 8))?;
    }
    made.autofit();
    Ok(())
}

/// Columns beyond what an .xlsx has are no columns of any format that is read.
fn column(at: u32) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

fn put(made: &mut Worksheet, cell: &RawCell, format: Format) -> Result<(), MarkError> {
    let (row, at) = (cell.row, column(cell.column)?);
    let shown = cell.shown.as_deref();
    match &cell.value {
        RawValue::Number(number) => {
            let value: f64 = number.value.to_string().parse().unwrap_or_default();
            // 000001 by its format is a code.
            let code = shown.filter(|s| s.len() > 1 && s.starts_with('0') && s.bytes().all(|b| b.is_ascii_digit()));
            match (code, shown.and_then(|s| number_format(s, number.kind))) {
                (Some(code), _) => made.write_string_with_format(row, at, code, &format)?,
                (_, Some(code)) => made.write_number_with_format(row, at, value, &format.set_num_format(code))?,
                _ => made.write_number_with_format(row, at, value, &format)?,
            };
        }
        RawValue::Bool(flag) => {
            made.write_boolean_with_format(row, at, *flag, &format)?;
        }
        other => {
            let text = match other {
                RawValue::Text(text) | RawValue::TooLarge(text) | RawValue::Error(text) => text.to_string(),
                RawValue::Uncalculated(formula) => format!("={formula}"),
                RawValue::Picture => "〔图片〕".to_string(),
                RawValue::NotADate(number) => general(*number),
                RawValue::Date(date) => match (shown, date.day) {
                    (Some(shown), _) => shown.to_string(),
                    (None, Some(day)) => format!("{}年{}月{day}日", date.year, date.month),
                    (None, None) => format!("{}年{}月", date.year, date.month),
                },
                _ => shown.unwrap_or_default().to_string(),
            };
            let text: String = text.chars().take(32_767).collect();
            made.write_string_with_format(row, at, text, &format)?;
        }
    }
    Ok(())
}

/// A number format that shows what is shown: decimals, thousands, percent.
fn number_format(shown: &str, kind: NumberKind) -> Option<String> {
    let percent = kind == NumberKind::Percent && shown.ends_with('%');
    let digits = shown.strip_suffix('%').unwrap_or(shown);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-')) {
        return None;
    }
    let whole = if digits.contains(',') { "#,##0" } else { "0" };
    let decimals = digits.rsplit_once('.').map_or(String::new(), |(_, d)| format!(".{}", "0".repeat(d.len())));
    Some(format!("{whole}{decimals}{}", if percent { "%" } else { "" }))
}

fn base() -> Format {
    let format = Format::new().set_font_name("宋体").set_font_size(11).set_text_wrap();
    format.set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin).set_border_color("#A6A6A6")
}

/// The sheet 对应.
fn pairs(made: &mut Worksheet, marks: &Marks) -> Result<(), MarkError> {
    let head = base().set_bold().set_background_color(fill(Severity::Notice)).set_align(FormatAlign::Center);
    for (at, (name, width)) in (0..).zip(PAIR_COLUMNS.into_iter().zip(list::PAIR_WIDTHS)) {
        made.write_string_with_format(0, at, name, &head)?.set_column_width(at, width)?;
    }
    for (row, texts) in (1..).zip(&marks.pairs) {
        for (at, text) in (0..).zip(texts) {
            made.write_string_with_format(row, at, text, &base())?;
        }
    }
    Ok(())
}

fn findings<'w>(made: &'w mut Worksheet, marks: &Marks) -> Result<&'w mut Worksheet, MarkError> {
    let head = base().set_bold().set_background_color(fill(Severity::Notice)).set_align(FormatAlign::Center);
    let link = base().set_font_color("#0563C1").set_underline(FormatUnderline::Single);
    for (at, (name, width)) in (0..).zip(MARKED_SHEET.into_iter().zip(list::WIDTHS)) {
        made.write_string_with_format(0, at, name, &head)?.set_column_width(at, width)?;
    }
    for ((row, mark), texts) in (1..).zip(&marks.list).zip(list::rows(marks)) {
        made.set_row_height(row, list::height(&texts))?;
        let level = base().set_background_color(fill(mark.severity)).set_align(FormatAlign::Center);
        for (at, text) in (0..).zip(&texts) {
            match (at, mark.link()) {
                (1, Some(target)) => {
                    let url = Url::new(format!("internal:{target}")).set_text(text);
                    made.write_url_with_format(row, at, url, &link)?;
                }
                (0, _) => made.write_string_with_format(row, at, text, &level).map(drop)?,
                _ => made.write_string_with_format(row, at, text, &base()).map(drop)?,
            }
        }
    }
    made.set_tab_color("#C00000").set_freeze_panes(1, 0)?;
    made.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(made)
}

fn fill(severity: Severity) -> Color {
    Color::RGB(u32::from_str_radix(colour(severity), 16).unwrap_or_default() & 0xFF_FF_FF)
}
