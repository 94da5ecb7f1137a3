//! Writes the workbook twin of each sample: `samples/<pack>/2026.yaml` → `2026.xlsx`, as a
//! person would make it: one sheet for 报告信息, one for the fields with a column for each
//! year, one for each table. The bytes depend on nothing but the YAML and the pack.
//!
//! `cargo run --release --example make_samples [FOLDER]` (default: samples)

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use huibao::dataset::schema::{ColumnSpec, Schema};
use huibao::dataset::{Cell, Dataset, LoadOptions, Value, load};
use huibao::diagnostic::{SourceMap, has_error};
use huibao::template::Pack;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

fn main() -> Result<(), Box<dyn Error>> {
    let target = PathBuf::from(std::env::args().nth(1).unwrap_or("samples".into()));
    let mut packs: Vec<PathBuf> = std::fs::read_dir("samples")?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    packs.sort();
    for folder in packs.iter().filter(|p| p.join("2026.yaml").is_file()) {
        let name = folder.file_name().unwrap_or_default();
        let bytes = workbook(&folder.join("2026.yaml"), &Path::new("report-templates").join(name))?;
        std::fs::create_dir_all(target.join(name))?;
        std::fs::write(target.join(name).join("2026.xlsx"), bytes)?;
    }
    Ok(())
}

/// The workbook with the content of a YAML file; units and meanings are the pack's.
fn workbook(data: &Path, pack: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let loaded = load(&[data.to_path_buf()], &LoadOptions::default());
    let dataset =
        loaded.dataset.filter(|_| !has_error(&loaded.diagnostics)).ok_or(format!("{}: 读不懂", data.display()))?;
    let schema = Pack::load(pack, &mut SourceMap::new()).map_err(|d| format!("{}: {d:?}", pack.display()))?.schema;
    let mut book = Workbook::new();
    // A fixed date: the same bytes on any day.
    let made = ExcelDateTime::from_ymd(2026, 12, 1)?;
    book.set_properties(&DocProperties::new().set_author("办公室").set_creation_datetime(&made));
    report_sheet(book.add_worksheet(), &dataset)?;
    if dataset.years.values().any(|y| !y.fields.is_empty()) {
        field_sheet(book.add_worksheet(), &dataset, &schema)?;
    }
    for table in tables(&dataset) {
        table_sheet(book.add_worksheet(), &dataset, &schema, &table)?;
    }
    Ok(book.save_to_buffer()?)
}

fn bordered() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(11)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}

fn header() -> Format {
    bordered().set_bold().set_align(FormatAlign::Center).set_text_wrap().set_background_color("#DDEBF7")
}

fn write_header(sheet: &mut Worksheet, titles: &[String]) -> Result<(), XlsxError> {
    for (column, title) in (0u16..).zip(titles) {
        sheet.write_with_format(0, column, title.as_str(), &header())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn report_sheet(sheet: &mut Worksheet, data: &Dataset) -> Result<(), XlsxError> {
    sheet.set_name("报告信息")?;
    write_header(sheet, &["项目".into(), "内容".into()])?;
    for (row, (key, cell)) in (1u32..).zip(&data.report) {
        sheet.write_with_format(row, 0, &**key, &bordered().set_bold())?;
        match data.report_lists.get(key) {
            Some(cells) => {
                let shown: Vec<&str> = cells.iter().map(|c| &*c.shown).collect();
                sheet.write_with_format(row, 1, shown.join("；"), &bordered())?
            }
            None => write(sheet, row, 1, cell, 0)?,
        };
    }
    sheet.set_column_width(0, 14)?.set_column_width(1, 60)?;
    Ok(())
}

/// 指标 | 单位 | a column for each year | 备注. Text takes part like any other field.
fn field_sheet(sheet: &mut Worksheet, data: &Dataset, schema: &Schema) -> Result<(), XlsxError> {
    sheet.set_name("综合指标")?;
    let years: Vec<i16> = data.years.iter().filter(|(_, d)| !d.fields.is_empty()).map(|(y, _)| *y).collect();
    let mut titles = vec!["指标".to_string(), "单位".into()];
    titles.extend(years.iter().map(|y| format!("{y}年")));
    titles.push("备注".into());
    write_header(sheet, &titles)?;
    let mut names: Vec<&Arc<str>> = Vec::new();
    for fields in data.years.values().rev().map(|d| &d.fields) {
        names.extend(fields.keys().filter(|n| !names.contains(n)).collect::<Vec<_>>());
    }
    for (row, name) in (1u32..).zip(names) {
        let spec = schema.field(name);
        sheet.write_with_format(row, 0, &**name, &bordered())?;
        let unit = spec.and_then(|s| s.unit.as_deref()).unwrap_or("");
        sheet.write_with_format(row, 1, unit, &bordered().set_align(FormatAlign::Center))?;
        for (column, year) in (2u16..).zip(&years) {
            match data.years[year].fields.get(name) {
                Some(cell) => write(sheet, row, column, cell, decimals(cell))?,
                None => sheet.write_blank(row, column, &bordered())?,
            };
        }
        let meaning = spec.and_then(|s| s.meaning.as_deref()).unwrap_or("");
        sheet.write_with_format(row, 2 + years.len() as u16, meaning, &bordered().set_text_wrap())?;
    }
    sheet.set_column_width(0, 18)?.set_column_width(1, 8)?;
    for column in 2..2 + years.len() as u16 {
        sheet.set_column_width(column, 18)?;
    }
    sheet.set_column_width(2 + years.len() as u16, 48)?;
    Ok(())
}

/// Names of the tables, those of the newest year first.
fn tables(data: &Dataset) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for table in data.years.values().rev().flat_map(|d| d.tables.keys()) {
        if !names.contains(table) {
            names.push(table.clone());
        }
    }
    names
}

/// One table, all years under one header; a column 年份 where there is more than one year.
fn table_sheet(sheet: &mut Worksheet, data: &Dataset, schema: &Schema, name: &str) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let parts: Vec<_> = data.years.iter().rev().filter_map(|(y, d)| Some((*y, d.tables.get(name)?))).collect();
    let mut columns: Vec<Arc<str>> = Vec::new();
    for column in parts.iter().flat_map(|(_, t)| &t.columns) {
        if !columns.contains(&column.name) {
            columns.push(column.name.clone());
        }
    }
    let dated = parts.len() > 1;
    let spec = |column: &str| schema.table(name).and_then(|t| t.column(column));
    let mut titles: Vec<String> = if dated { vec!["年份".into()] } else { Vec::new() };
    titles.extend(columns.iter().map(|c| title(c, spec(c))));
    write_header(sheet, &titles)?;
    let first = u16::from(dated);
    let mut widest = vec![0usize; columns.len()];
    let mut row = 0u32;
    for (year, table) in &parts {
        // One precision for a column, as one would format it.
        let places: Vec<u32> = columns
            .iter()
            .map(|c| {
                table.column(c).map_or(0, |i| table.records.iter().map(|r| decimals(&r.cells[i])).max().unwrap_or(0))
            })
            .collect();
        for record in &table.records {
            row += 1;
            if dated {
                sheet.write_with_format(row, 0, *year, &bordered().set_align(FormatAlign::Center))?;
            }
            for (i, column) in columns.iter().enumerate() {
                let at = first + i as u16;
                match table.column(column).map(|c| &record.cells[c]) {
                    Some(cell) => {
                        widest[i] = widest[i].max(cell.shown.chars().count());
                        let own =
                            if spec(column).is_some_and(|s| s.unit.is_none()) { decimals(cell) } else { places[i] };
                        write(sheet, row, at, cell, own)?
                    }
                    None => sheet.write_blank(row, at, &bordered())?,
                };
            }
        }
    }
    for (i, column) in columns.iter().enumerate() {
        let width = widest[i].max(column.chars().count() + 2).clamp(6, 24) as f64 * 2.0;
        sheet.set_column_width(first + i as u16, width.min(44.0))?;
    }
    sheet.set_row_height(0, 32)?;
    Ok(())
}

/// The unit stands in the header: 使用经费（万元）.
fn title(column: &str, spec: Option<&ColumnSpec>) -> String {
    match spec.and_then(|s| s.unit.as_deref()) {
        Some(unit) => format!("{column}（{unit}）"),
        None => column.to_string(),
    }
}

/// Decimal places that the figure shows.
fn decimals(cell: &Cell) -> u32 {
    let digits = cell.shown.trim_end_matches(['%', '％']);
    digits.split_once('.').map_or(0, |(_, places)| places.len() as u32)
}

fn number_format(decimals: u32, percent: bool) -> String {
    let places = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals as usize)) };
    format!("0{places}{}", if percent { "%" } else { "" })
}

fn write<'a>(
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    places: u32,
) -> Result<&'a mut Worksheet, XlsxError> {
    match &cell.value {
        Value::Missing => sheet.write_blank(row, column, &bordered()),
        Value::Number(number) => {
            let format = bordered().set_num_format(number_format(places, number.is_share()));
            sheet.write_with_format(row, column, number.decimal.to_f64().unwrap_or_default(), &format)
        }
        Value::Date(date) => {
            let (day, format) = match date.day {
                Some(day) => (day, r#"yyyy"年"m"月"d"日""#),
                None => (1, r#"yyyy"年"m"月""#),
            };
            let when = ExcelDateTime::from_ymd(date.year as u16, date.month as u8, day as u8)?;
            let format = bordered().set_num_format(format).set_align(FormatAlign::Center);
            sheet.write_with_format(row, column, &when, &format)
        }
        _ => sheet.write_with_format(row, column, &*cell.shown, &bordered().set_text_wrap()),
    }
}
