//! .ods: the one XML part that holds all sheets, with the text that each cell shows.

mod styles;

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::events::BytesStart;
use thiserror::Error;

use self::styles::Styles;
use super::formats::{Content, is_picture};
use super::number::{Exact, NumberKind, RawNumber};
use super::number_format::NumberFormat;
use super::package::{Package, PackageError};
use super::sheet::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, RawCell, RawValue, Sheet, Workbook};
use super::xlsx::iso_date;
use super::xml::{Step, XmlError, XmlReader, attribute, attributes, name};

/// Why an .ods file cannot be read.
#[derive(Debug, Error)]
pub enum OdsError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("文件损坏：部件“{part}”的{error}")]
    Xml { part: &'static str, error: XmlError },
    #[error("文件设了打开密码")]
    Encrypted,
    #[error("工作表“{sheet}”要 {asked} 个单元格（重复行列展开后），超过上限 {MAX_CELLS} 个")]
    TooManyCells { sheet: String, asked: u64 },
}

pub fn read(bytes: &[u8]) -> Result<Workbook, OdsError> {
    let mut package = Package::open(bytes)?;
    package.refuse_doctypes()?;
    if package.xml("META-INF/manifest.xml")?.is_some_and(|m| m.contains("encryption-data")) {
        return Err(OdsError::Encrypted);
    }
    let mut styles = Styles::default();
    if let Some(text) = package.xml("styles.xml")? {
        let mut reader = XmlReader::new(&text);
        collect(&mut reader, &mut styles).map_err(|error| OdsError::Xml { part: "styles.xml", error })?;
    }
    // What is wrong with this part concerns no cell.
    let meta = package.xml("meta.xml").ok().flatten();
    let calculated = meta.is_some_and(|meta| CALCULATING.iter().any(|name| meta.contains(name)));
    let text = package.xml("content.xml")?.ok_or(PackageError::Missing("content.xml".to_string()))?;
    content(&text, styles, calculated)
}

/// The styles of a part that holds nothing else.
fn collect(reader: &mut XmlReader<'_>, styles: &mut Styles) -> Result<(), XmlError> {
    loop {
        match reader.step()? {
            Step::End => return Ok(()),
            Step::Open(element) => styles.take(reader, &element)?,
            _ => {}
        }
    }
}

fn broken(error: XmlError) -> OdsError {
    OdsError::Xml { part: "content.xml", error }
}

/// Programs that calculate every formula before they store it, as they are named in meta.xml.
const CALCULATING: [&str; 5] = ["LibreOffice", "OpenOffice", "MicrosoftOffice", "Collabora", "WPS"];

fn content(text: &str, mut styles: Styles, mut calculated: bool) -> Result<Workbook, OdsError> {
    let mut reader = XmlReader::new(text);
    let mut workbook = Workbook::default();
    let mut budget = MAX_CELLS as u64;
    loop {
        let element = match reader.step().map_err(broken)? {
            Step::End => break,
            Step::Open(element) => element,
            _ => continue,
        };
        match name(&element) {
            b"body" => styles.finish(),
            b"table" => {
                let mut sheet = Sheet {
                    name: attribute(&element, "name").unwrap_or_default().into_owned(),
                    index: workbook.sheets.len() as u16,
                    hidden: attribute(&element, "style-name").is_some_and(|s| styles.hides(&s)),
                    ..Sheet::default()
                };
                let mut table = Table {
                    reader: &mut reader,
                    styles: &styles,
                    columns: Vec::new(),
                    row_style: None,
                    calculated: false,
                };
                table.read(&mut sheet, &mut budget)?;
                calculated |= table.calculated;
                sheet.finish();
                workbook.sheets.push(sheet);
            }
            _ => styles.take(&mut reader, &element).map_err(broken)?,
        }
    }
    // Where other formulas have results, one without a type gave an empty text.
    if calculated {
        for sheet in &mut workbook.sheets {
            sheet.cells.retain(|cell| !matches!(cell.value, RawValue::Uncalculated(_)));
        }
    }
    Ok(workbook)
}

fn repeats(element: &BytesStart<'_>, key: &str) -> u64 {
    count(attribute(element, key))
}

/// A number of times; once where it is not said.
fn count(written: Option<Cow<'_, str>>) -> u64 {
    written.and_then(|v| v.trim().parse().ok()).unwrap_or(1).max(1)
}

/// One sheet that is being read.
struct Table<'r, 'x> {
    reader: &'r mut XmlReader<'x>,
    styles: &'r Styles,
    /// Column behind the last that has this style for its cells.
    columns: Vec<(u64, String)>,
    /// Style of the row's cells.
    row_style: Option<String>,
    /// A formula with its result was seen.
    calculated: bool,
}

impl Table<'_, '_> {
    /// Reads to the end of the element.
    fn read(&mut self, sheet: &mut Sheet, budget: &mut u64) -> Result<(), OdsError> {
        let target = self.reader.depth - 1;
        let (mut row, mut column) = (0u64, 0u64);
        while self.reader.depth > target {
            let element = match self.reader.step().map_err(broken)? {
                Step::Open(element) => element,
                Step::End => break,
                _ => continue,
            };
            let collapsed = attribute(&element, "visibility").is_some_and(|v| v != "visible");
            match name(&element) {
                b"table-column" => {
                    let times = repeats(&element, "number-columns-repeated");
                    if collapsed {
                        let last = column.saturating_add(times).min(u64::from(MAX_COLUMNS));
                        sheet.hidden_columns.extend(column.min(last) as u32..last as u32);
                    }
                    column = column.saturating_add(times);
                    if let Some(style) = attribute(&element, "default-cell-style-name") {
                        self.columns.push((column, style.into_owned()));
                    }
                }
                b"table-row" => {
                    let times = repeats(&element, "number-rows-repeated");
                    self.row_style = attribute(&element, "default-cell-style-name").map(|s| s.into_owned());
                    self.repeated_row(row, times, collapsed, sheet, budget)?;
                    row = row.saturating_add(times);
                }
                // Sheets in sheets (change tracking, shapes) hold nothing of ours.
                b"shapes" | b"tracked-changes" | b"forms" => self.reader.skip().map_err(broken)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A row, and as many copies of it as the file asks for.
    fn repeated_row(
        &mut self,
        row: u64,
        times: u64,
        hidden: bool,
        sheet: &mut Sheet,
        budget: &mut u64,
    ) -> Result<(), OdsError> {
        let first = sheet.cells.len();
        self.row(row, sheet, budget)?;
        let cells = (sheet.cells.len() - first) as u64;
        if cells == 0 {
            return Ok(());
        }
        // A row with content that is repeated: all of them count.
        let asked = cells.saturating_mul(times);
        if asked - cells > *budget || row.saturating_add(times) > u64::from(MAX_ROWS) {
            return Err(OdsError::TooManyCells { sheet: sheet.name.clone(), asked });
        }
        *budget -= asked - cells;
        for copy in 1..times {
            for at in first..first + cells as usize {
                let mut cell = sheet.cells[at].clone();
                cell.row = (row + copy) as u32;
                sheet.cells.push(cell);
            }
        }
        if hidden {
            sheet.hidden_rows.extend((row..row + times).map(|r| r as u32));
        }
        Ok(())
    }

    /// The cells of one row, to the end of its element.
    fn row(&mut self, row: u64, sheet: &mut Sheet, budget: &mut u64) -> Result<(), OdsError> {
        let target = self.reader.depth - 1;
        let mut column = 0u64;
        while self.reader.depth > target {
            let element = match self.reader.step().map_err(broken)? {
                Step::Open(element) => element,
                Step::End => break,
                _ => continue,
            };
            if !matches!(name(&element), b"table-cell" | b"covered-table-cell") {
                continue;
            }
            let [times, rows, columns] =
                attributes(&element, ["number-columns-repeated", "number-rows-spanned", "number-columns-spanned"]);
            let times = count(times);
            let end = column.saturating_add(times);
            let content = self.cell(&element, column).map_err(broken)?;
            if let Some((value, shown)) = content.filter(|_| name(&element) == b"table-cell") {
                if times > *budget || end > u64::from(MAX_COLUMNS) || row >= u64::from(MAX_ROWS) {
                    return Err(OdsError::TooManyCells { sheet: sheet.name.clone(), asked: times.max(end) });
                }
                *budget -= times;
                for at in column..end {
                    let (value, shown) = (value.clone(), shown.clone());
                    sheet.cells.push(RawCell { row: row as u32, column: at as u32, value, shown });
                }
                sheet.merges.extend(merge(row, column, count(rows), count(columns)));
            }
            column = end;
        }
        Ok(())
    }

    /// Reads to the end of a cell's element.
    fn cell(&mut self, element: &BytesStart<'_>, column: u64) -> Result<Content, XmlError> {
        let get = |key| attribute(element, key);
        let [kind, formula, value, style] = attributes(element, ["value-type", "formula", "value", "style-name"]);
        let text = paragraphs(self.reader)?;
        self.calculated |= kind.is_some() && formula.is_some();
        let shown = || Some(Arc::<str>::from(text.trim()));
        if formula.is_some() && (text.starts_with('#') || text.starts_with("Err:")) {
            return Ok(Some((RawValue::Error(text.into()), None)));
        }
        Ok(match kind.as_deref() {
            Some("float") if formula.is_some() && matches!(text.as_str(), "TRUE" | "FALSE") => {
                Some((RawValue::Bool(text == "TRUE"), None))
            }
            Some(kind @ ("float" | "currency" | "percentage")) => {
                let number = value.and_then(|v| Exact::parse(v.trim()));
                let of_column = || self.columns.iter().find(|(end, _)| column < *end).map(|(_, style)| style.as_str());
                let style = style.as_deref().or(self.row_style.as_deref()).or_else(of_column);
                let format = style.and_then(|s| self.styles.format_of(s));
                number.map(|number| number_shown(number, text.trim(), format, kind == "percentage"))
            }
            Some("date") => {
                let (value, _) = iso_date(get("date-value").as_deref().unwrap_or(""));
                Some((value, shown()))
            }
            Some("time") => Some((RawValue::Time, shown())),
            Some("boolean") => Some((RawValue::Bool(get("boolean-value").as_deref() == Some("true")), None)),
            _ if is_picture(&text) => Some((RawValue::Picture, None)),
            _ if !text.is_empty() => Some((RawValue::Text(text.into()), None)),
            // An empty text that a formula gives (`=IF(A1="","",…)`) is written without a type.
            None => formula
                .filter(|f| !f.contains("\"\""))
                .map(|f| (RawValue::Uncalculated(f.trim_start_matches("of:=").into()), None)),
            _ => None,
        })
    }
}

/// The merged range that a cell begins.
fn merge(row: u64, column: u64, rows: u64, columns: u64) -> Option<Merge> {
    let (last_row, last_column) = (row.checked_add(rows - 1)?, column.checked_add(columns - 1)?);
    let within = last_row < u64::from(MAX_ROWS) && last_column < u64::from(MAX_COLUMNS);
    ((rows, columns) != (1, 1) && within).then_some(Merge {
        first_row: row as u32,
        first_column: column as u32,
        last_row: last_row as u32,
        last_column: last_column as u32,
    })
}

/// A number with the text that the file shows for it; where that is the number without a
/// format, as in the other formats it is not kept.
fn number_shown(
    number: Exact,
    text: &str,
    format: Option<&NumberFormat>,
    percentage: bool,
) -> (RawValue, Option<Arc<str>>) {
    let Some(value) = number.decimal() else {
        return (RawValue::TooLarge(number.scientific().into()), None);
    };
    let (mut kind, shift) = format.map_or((NumberKind::Plain, 0), |f| f.meaning(number));
    if percentage && kind == NumberKind::Plain {
        kind = NumberKind::Percent;
    }
    let mut general = String::new();
    number.write_general(&mut general);
    // Without a format a wide cell shows more digits of a long number than the other formats.
    let digits = text.trim_start_matches('-');
    let long = format.is_none() && digits.len() > 11 && digits.contains('.') && Exact::parse(digits).is_some();
    let shown = if text == general || long || text.is_empty() && format.is_none() {
        (!number.fits()).then(|| general.into())
    } else {
        Some(text.into())
    };
    (RawValue::Number(RawNumber { value, kind, shift }), shown)
}

/// The paragraphs of a cell, joined with line breaks; comments are not its text.
fn paragraphs(reader: &mut XmlReader<'_>) -> Result<String, XmlError> {
    let target = reader.depth - 1;
    let (mut text, mut paragraphs, mut inside) = (String::new(), 0, false);
    while reader.depth > target {
        match reader.step()? {
            Step::Open(element) => match name(&element) {
                b"annotation" | b"shapes" | b"frame" | b"custom-shape" => reader.skip()?,
                b"p" | b"h" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    inside = true;
                }
                b"s" => {
                    let blanks = repeats(&element, "c").min(1000);
                    text.extend(std::iter::repeat_n(' ', blanks as usize));
                }
                b"tab" => text.push('\t'),
                b"line-break" => text.push('\n'),
                _ => {}
            },
            Step::Text(part) if inside => text.push_str(&part),
            Step::End => break,
            _ => inside &= reader.depth > target + 1,
        }
    }
    Ok(text)
}
