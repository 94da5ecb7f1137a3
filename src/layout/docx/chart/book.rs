//! The workbook in which the data of a chart are edited. The same chart gives the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::sheet::{Entry, NAME, Sheet, letter};

/// The workbook with the labels in column A and a series in each column behind it.
pub fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The writer would note the time of writing otherwise.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    let page = book.add_worksheet();
    page.set_name(NAME)?;
    page.set_column_width(0, 18)?;
    for (row, label) in (1..).zip(&sheet.labels) {
        page.write_string(row, 0, label)?;
    }
    for (at, column) in (1..).zip(&sheet.columns) {
        page.write_string(0, at, &column.name)?;
        for (row, cell) in (1..).zip(&column.cells) {
            let Some(cell) = cell else { continue };
            match cell.format.as_deref().filter(|format| *format != "General") {
                Some(format) => {
                    page.write_number_with_format(row, at, cell.value, &Format::new().set_num_format(format))?
                }
                None => page.write_number(row, at, cell.value)?,
            };
        }
    }
    entries(page, sheet)?;
    book.save_to_buffer()
}

/// What the legend of a whole says: a formula, so that it follows the values.
fn entries(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let at = sheet.columns.len() as u16 + 1;
    if sheet.entries.is_empty() {
        return Ok(());
    }
    page.write_string(0, at, "图例")?;
    page.set_column_width(at, 28)?;
    let sum: f64 = sheet.columns[0].cells.iter().flatten().map(|cell| cell.value).sum();
    for (i, entry) in sheet.entries.iter().enumerate() {
        let row = i as u32 + 1;
        match formula(sheet, i, entry, sum) {
            Some(formula) => page.write_formula(row, at, Formula::new(formula).set_result(&entry.text))?,
            None => page.write_string(row, at, &entry.text)?,
        };
    }
    Ok(())
}

/// `=A2&" "&TEXT(B2,"0")&"件 "&ROUND(B2/SUM(B$2:B$9)*100,1)&"%"`, where that gives what is printed.
fn formula(sheet: &Sheet, i: usize, entry: &Entry, sum: f64) -> Option<String> {
    let cell = sheet.columns[0].cells.get(i)?.as_ref()?;
    let format = cell.format.as_deref()?;
    let row = i + 2;
    let value = match format {
        "General" => format!("B{row}"),
        format => format!("TEXT(B{row},\"{}\")", format.replace('"', "\"\"")),
    };
    let rest = entry.text.strip_prefix(&format!("{} {}", sheet.labels.get(i)?, cell.text))?;
    // Where the value is a share already, it is not said twice.
    let shared = rest.strip_suffix(&entry.share).filter(|_| !entry.share.is_empty());
    let unit = shared.unwrap_or(rest).trim_end();
    if !(unit.is_empty() || unit == entry.unit) {
        return None;
    }
    let unit = unit.replace('"', "\"\"");
    if shared.is_none() {
        return Some(format!("=A{row}&\" \"&{value}&\"{unit}\""));
    }
    let percent = (cell.value / sum * 1000.0).round() / 10.0;
    (format!("{percent}%") == entry.share).then(|| {
        let (column, last) = (letter(1), sheet.labels.len() + 1);
        format!("=A{row}&\" \"&{value}&\"{unit} \"&ROUND(B{row}/SUM({column}$2:{column}${last})*100,1)&\"%\"")
    })
}
