//! .ods: the one XML part that holds all sheets, with the text that each cell shows.

use std::collections::BTreeSet;
use std::sync::Arc;

use quick_xml::events::BytesStart;
use thiserror::Error;

use super::package::{Package, PackageError};
use super::sheet::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merge, RawCell, RawValue, Sheet, Workbook};
use super::xlsx::iso_date;
use super::xml::{Step, XmlError, XmlReader, attribute, name};

/// Why an .ods file cannot be read.
#[derive(Debug, Error)]
pub enum OdsError {
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error("文件损坏：部件“content.xml”的{0}")]
    Xml(#[from] XmlError),
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
    let text = package.xml("content.xml")?.ok_or(PackageError::Missing("content.xml".to_string()))?;
    let mut reader = XmlReader::new(&text);
    let mut workbook = Workbook::default();
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    let mut budget = MAX_CELLS as u64;
    loop {
        match reader.step()? {
            Step::End => return Ok(workbook),
            Step::Open(element) => match name(&element) {
                b"style" => style = attribute(&element, "name").unwrap_or_default().into_owned(),
                b"table-properties" if attribute(&element, "display").as_deref() == Some("false") => {
                    hidden_styles.insert(std::mem::take(&mut style));
                }
                b"table" => {
                    let mut sheet = Sheet {
                        name: attribute(&element, "name").unwrap_or_default().into_owned(),
                        index: workbook.sheets.len() as u16,
                        hidden: attribute(&element, "style-name").is_some_and(|s| hidden_styles.contains(&*s)),
                        ..Sheet::default()
                    };
                    table(&mut reader, &mut sheet, &mut budget)?;
                    sheet.finish();
                    workbook.sheets.push(sheet);
                }
                _ => {}
            },
            _ => {}
        }
    }
}

fn repeats(element: &BytesStart<'_>, key: &str) -> u64 {
    attribute(element, key).and_then(|v| v.trim().parse().ok()).unwrap_or(1).max(1)
}

/// One sheet, to the end of its element.
fn table(reader: &mut XmlReader<'_>, sheet: &mut Sheet, budget: &mut u64) -> Result<(), OdsError> {
    let target = reader.depth - 1;
    let (mut row, mut column) = (0u64, 0u64);
    while reader.depth > target {
        let element = match reader.step()? {
            Step::Open(element) => element,
            Step::End => break,
            _ => continue,
        };
        let collapsed = attribute(&element, "visibility").is_some_and(|v| v != "visible");
        match name(&element) {
            b"table-column" => {
                let times = repeats(&element, "number-columns-repeated");
                if collapsed {
                    let last = (column + times).min(u64::from(MAX_COLUMNS));
                    sheet.hidden_columns.extend(column.min(last) as u32..last as u32);
                }
                column += times;
            }
            b"table-row" => {
                let times = repeats(&element, "number-rows-repeated");
                let first = sheet.cells.len();
                self::row(reader, row, sheet, budget)?;
                let cells = (sheet.cells.len() - first) as u64;
                if cells > 0 {
                    // A row with content that is repeated: all of them count.
                    let asked = cells.saturating_mul(times);
                    if asked - cells > *budget || row + times > u64::from(MAX_ROWS) {
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
                    if collapsed {
                        sheet.hidden_rows.extend((row..row + times).map(|r| r as u32));
                    }
                }
                row += times;
            }
            // Sheets in sheets (change tracking, shapes) hold nothing of ours.
            b"shapes" | b"tracked-changes" | b"forms" => reader.skip()?,
            _ => {}
        }
    }
    Ok(())
}

/// The cells of one row, to the end of its element.
fn row(reader: &mut XmlReader<'_>, row: u64, sheet: &mut Sheet, budget: &mut u64) -> Result<(), OdsError> {
    let target = reader.depth - 1;
    let mut column = 0u64;
    while reader.depth > target {
        let element = match reader.step()? {
            Step::Open(element) => element,
            Step::End => break,
            _ => continue,
        };
        match name(&element) {
            b"table-cell" | b"covered-table-cell" => {
                let times = repeats(&element, "number-columns-repeated");
                let spans = (repeats(&element, "number-rows-spanned"), repeats(&element, "number-columns-spanned"));
                let covered = name(&element) == b"covered-table-cell";
                let content = cell(reader, &element)?;
                if let Some((value, shown)) = content.filter(|_| !covered) {
                    if times > *budget || column + times > u64::from(MAX_COLUMNS) || row >= u64::from(MAX_ROWS) {
                        return Err(OdsError::TooManyCells {
                            sheet: sheet.name.clone(),
                            asked: times.max(column + times),
                        });
                    }
                    *budget -= times;
                    for at in column..column + times {
                        sheet.cells.push(RawCell {
                            row: row as u32,
                            column: at as u32,
                            value: value.clone(),
                            shown: shown.clone(),
                        });
                    }
                    if spans != (1, 1)
                        && row + spans.0 <= u64::from(MAX_ROWS)
                        && column + spans.1 <= u64::from(MAX_COLUMNS)
                    {
                        sheet.merges.push(Merge {
                            first_row: row as u32,
                            first_column: column as u32,
                            last_row: (row + spans.0 - 1) as u32,
                            last_column: (column + spans.1 - 1) as u32,
                        });
                    }
                }
                column += times;
            }
            _ => {}
        }
    }
    Ok(())
}

type Content = Option<(RawValue, Option<Arc<str>>)>;

fn cell(reader: &mut XmlReader<'_>, element: &BytesStart<'_>) -> Result<Content, XmlError> {
    let get = |key| attribute(element, key).map(|v| v.into_owned());
    let (kind, formula) = (get("value-type"), get("formula"));
    let text = paragraphs(reader)?;
    let shown = || Some(Arc::<str>::from(text.trim()));
    let number = || get("value").and_then(|v| v.trim().parse::<f64>().ok());
    if formula.is_some() && (text.starts_with('#') || text.starts_with("Err:")) {
        return Ok(Some((RawValue::Error(text.into()), None)));
    }
    Ok(match kind.as_deref() {
        Some("float") if formula.is_some() && matches!(text.as_str(), "TRUE" | "FALSE") => {
            Some((RawValue::Bool(text == "TRUE"), None))
        }
        Some("float" | "currency") => number().map(|value| number_shown(value, text.trim())),
        Some("percentage") => number().map(|value| (RawValue::Number { value, percent: true }, shown())),
        Some("date") => {
            let (value, _) = iso_date(get("date-value").as_deref().unwrap_or(""));
            Some((value, shown()))
        }
        Some("time") => Some((RawValue::Time, shown())),
        Some("boolean") => Some((RawValue::Bool(get("boolean-value").as_deref() == Some("true")), None)),
        _ if !text.is_empty() => Some((RawValue::Text(text.into()), None)),
        // An empty text that a formula gives (`=IF(A1="","",…)`) is written without a type.
        None => formula
            .filter(|f| !f.contains("\"\""))
            .map(|f| (RawValue::Uncalculated(f.trim_start_matches("of:=").into()), None)),
        _ => None,
    })
}

/// A number with its text. Texts in thousands (`0,`) mean thousands, as in the other
/// formats; a plain number is shown by the same rule as there.
fn number_shown(value: f64, text: &str) -> (RawValue, Option<Arc<str>>) {
    let plain = |value| RawValue::Number { value, percent: false };
    let digits = text.trim_start_matches('-');
    if digits.len() > 11 && digits.parse::<f64>().is_ok() && digits.contains('.') {
        return (plain(value), None);
    }
    let bare: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ',')).collect();
    let bare = bare.trim_end_matches(['.', ',']).replace(',', "");
    let decimals = bare.split_once('.').map_or(0, |(_, d)| d.len());
    let near =
        |scaled: f64| bare.parse::<f64>().is_ok_and(|s| (scaled - s).abs() <= 0.51 * 0.1f64.powi(decimals as i32));
    let scale = [1.0, 1e3, 1e6].into_iter().find(|scale| near(value / scale)).filter(|_| value.abs() >= 1000.0);
    (plain(value / scale.unwrap_or(1.0)), Some(text.into()))
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
