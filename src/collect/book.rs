//! The collected workbook: what `build` and `batch` take, where each cell is from, who is
//! missing and what is wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::merge::{Merged, Sheet, Slot};
use super::standing::{Line, Standing};
use super::told::Told;
use crate::dataset::schema::FieldSpec;
use crate::dataset::{FINDINGS_SHEET, ORIGINS, ORIGINS_SHEET, STANDING_SHEET};
use crate::diagnostic::{Severity, cell_name};
use crate::form::{self, FormError, FormRequest};
use crate::template::Pack;

/// What stands on its sheets beside the figures.
pub struct About<'a> {
    pub pack: &'a Pack,
    pub year: Option<i16>,
    pub lines: &'a [Line],
    pub told: &'a [Told],
}

/// Most rows of a list; a sheet holds no more than a million.
const MOST_ROWS: usize = 1_000_000;

struct Styles {
    head: Format,
    label: Format,
    text: Format,
    plain: Format,
}

/// One line of `_来源`: sheet, cell, where it was filled in.
type Origins = Vec<(String, String, String)>;

/// The bytes of the workbook. The same forms give the same bytes.
pub fn workbook(merged: &Merged, about: &About) -> Result<Vec<u8>, FormError> {
    let base = || Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
    let boxed = || base().set_border(FormatBorder::Thin).set_border_color("#A6A6A6");
    let styles = Styles {
        head: boxed().set_bold().set_background_color("#DDEBF7").set_align(FormatAlign::Center).set_text_wrap(),
        label: boxed().set_background_color("#F2F2F2"),
        text: boxed().set_text_wrap(),
        plain: boxed(),
    };
    let mut book = Workbook::new();
    // The writer would note the time of writing otherwise.
    let date = ExcelDateTime::from_ymd(about.year.unwrap_or(2000).clamp(1900, 9999) as u16, 1, 1)?;
    book.set_properties(
        &DocProperties::new().set_title(format!("{}汇总", about.pack.display)).set_creation_datetime(&date),
    );
    let mut origins = Origins::new();
    report(book.add_worksheet(), about)?;
    if !merged.fields.is_empty() {
        fields(book.add_worksheet(), merged, about, &styles, &mut origins)?;
    }
    table(book.add_worksheet(), &merged.units, &styles, &mut origins)?;
    for sheet in &merged.others {
        table(book.add_worksheet(), sheet, &styles, &mut origins)?;
    }
    standing(book.add_worksheet().set_name(list_name("催报", merged))?, about.lines, &styles)?;
    findings(book.add_worksheet().set_name(list_name("问题", merged))?, about.told, &styles)?;
    let sheet = book.add_worksheet().set_name(ORIGINS_SHEET)?;
    head(sheet, &ORIGINS, &[16.0, 12.0, 60.0], &styles)?;
    for (row, (name, cell, from)) in (1..).zip(origins.iter().take(MOST_ROWS)) {
        for (column, text) in (0..).zip([name, cell, from]) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// What a list is called; a template may have a table of its name. It is known by its header.
fn list_name(name: &str, merged: &Merged) -> String {
    let taken = merged.others.iter().chain([&merged.units]).any(|sheet| sheet.name == name);
    if taken { format!("{name}（汇总）") } else { name.to_string() }
}

fn head(sheet: &mut Worksheet, names: &[&str], widths: &[f64], styles: &Styles) -> Result<(), FormError> {
    for (column, (name, width)) in (0..).zip(names.iter().zip(widths)) {
        sheet.write_string_with_format(0, column, *name, &styles.head)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// 报告信息: the year and the template; who reports fills in the rest.
fn report(sheet: &mut Worksheet, about: &About) -> Result<(), FormError> {
    let pack = about.pack;
    let report_keys = form::report_keys(pack);
    let request = FormRequest {
        title: &pack.display,
        kind: pack.kind,
        key: &pack.key,
        year: about.year,
        previous: None,
        report_keys: &report_keys,
    };
    form::report_sheet(sheet, &request)
}

/// 指标: the fields of the whole.
fn fields(
    sheet: &mut Worksheet,
    merged: &Merged,
    about: &About,
    styles: &Styles,
    origins: &mut Origins,
) -> Result<(), FormError> {
    sheet.set_name("指标")?;
    let mut years: Vec<i16> = merged.fields.values().flat_map(|by_year| by_year.keys().copied()).collect();
    years.extend(about.year);
    years.sort_unstable();
    years.dedup();
    let years: Vec<i16> = years.into_iter().rev().filter(|year| *year > 0).collect();
    let shown: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
    let mut names = vec!["指标", "单位"];
    names.extend(shown.iter().map(String::as_str));
    let widths: Vec<f64> = [24.0, 10.0].into_iter().chain(years.iter().map(|_| 16.0)).collect();
    head(sheet, &names, &widths, styles)?;
    for (row, spec) in (1..).zip(&about.pack.schema.fields) {
        sheet.write_string_with_format(row, 0, &*spec.name, &styles.label)?;
        sheet.write_string_with_format(row, 1, spec.unit.as_deref().unwrap_or(""), &styles.label)?;
        for (column, year) in (2..).zip(&years) {
            let slot = merged.fields.get(&spec.name).and_then(|by_year| by_year.get(year));
            put(sheet, (row, column), slot, Some(spec), None, styles)?;
            note(origins, "指标", (row, column), slot);
        }
    }
    Ok(())
}

/// A table: 年份 first where there are several years.
fn table(sheet: &mut Worksheet, table: &Sheet, styles: &Styles, origins: &mut Origins) -> Result<(), FormError> {
    sheet.set_name(&table.name)?;
    let several = table.rows.iter().any(|row| row.year != table.rows[0].year);
    let heads: Vec<_> = table.heads.iter().filter(|h| !several || !matches!(&*h.name, "年份" | "年度")).collect();
    let mut names: Vec<String> = if several { vec!["年份".to_string()] } else { Vec::new() };
    names.extend(heads.iter().map(|head| match &head.unit {
        Some(unit) if unit.as_ref() != "%" => format!("{}（{unit}）", head.name),
        _ => head.name.to_string(),
    }));
    let texts: Vec<&str> = names.iter().map(String::as_str).collect();
    let width = |name: &&str| (name.chars().count() as f64 * 2.0 + 4.0).clamp(10.0, 30.0);
    head(sheet, &texts, &texts.iter().map(width).collect::<Vec<_>>(), styles)?;
    let shift = u16::from(several);
    for (number, row) in (1..).zip(&table.rows) {
        if several {
            sheet.write_number_with_format(number, 0, row.year, &styles.plain)?;
        }
        for (column, head) in (shift..).zip(&heads) {
            let slot = row.cells.get(&head.name);
            put(sheet, (number, column), slot, head.spec.as_ref(), head.unit.as_ref(), styles)?;
            note(origins, &table.name, (number, column), slot);
        }
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    slot: Option<&Slot>,
    spec: Option<&FieldSpec>,
    unit: Option<&Arc<str>>,
    styles: &Styles,
) -> Result<(), FormError> {
    let format = spec.map_or_else(|| styles.plain.clone(), |spec| form::cell_format(spec, &styles.plain));
    let Some(cell) = slot.and_then(|slot| slot.cell.as_ref()) else {
        sheet.write_blank(row, column, &format)?;
        return Ok(());
    };
    // A column that nobody declared may be filled in in several units.
    let odd = spec.is_none() && cell.number().is_some() && cell.unit.is_some() && cell.unit.as_ref() != unit;
    match (&cell.unit, odd) {
        (Some(own), true) if !cell.shown.ends_with(&**own) => {
            sheet.write_string_with_format(row, column, format!("{}{own}", cell.shown), &format)?;
        }
        (_, true) => {
            sheet.write_string_with_format(row, column, &*cell.shown, &format)?;
        }
        _ => form::put(sheet, row, column, cell, spec, &format)?,
    }
    Ok(())
}

/// A blank has its place as well: that is where the figure is wanted.
fn note(origins: &mut Origins, sheet: &str, (row, column): (u32, u16), slot: Option<&Slot>) {
    if let Some(slot) = slot.filter(|slot| !slot.from.is_empty() && slot.cell.is_some()) {
        origins.push((sheet.to_string(), cell_name(row, u32::from(column)), slot.from.clone()));
    }
}

/// 催报: how each unit stands, those to be reminded first.
fn standing(sheet: &mut Worksheet, lines: &[Line], styles: &Styles) -> Result<(), FormError> {
    head(sheet, &STANDING_SHEET, &[26.0, 16.0, 60.0, 46.0], styles)?;
    let mut by_need: BTreeMap<(Standing, usize), &Line> = BTreeMap::new();
    by_need.extend(lines.iter().enumerate().map(|(i, line)| ((line.standing, i), line)));
    for (row, line) in (1..).zip(by_need.values()) {
        let (colour, what) = match line.standing {
            Standing::Missing => (Some(Severity::Error), "没有收到，催报"),
            Standing::Refused => (Some(Severity::Error), "见“问题”表，请重新交"),
            Standing::Twice => (Some(Severity::Warning), "问清用哪一份，另一份从文件夹里移走"),
            Standing::Unknown => (Some(Severity::Warning), "核对单位的写法，或者加进名单"),
            Standing::Taken => (None, ""),
        };
        let level = colour.map_or_else(|| styles.text.clone(), |severity| filled(&styles.text, severity));
        sheet.write_string_with_format(row, 0, &line.unit, &styles.text)?;
        sheet.write_string_with_format(row, 1, line.standing.label(), &level)?;
        sheet.write_string_with_format(row, 2, line.files.join("、"), &styles.text)?;
        sheet.write_string_with_format(row, 3, what, &styles.text)?;
    }
    Ok(())
}

/// 问题: every finding with its file and cell.
fn findings(sheet: &mut Worksheet, told: &[Told], styles: &Styles) -> Result<(), FormError> {
    head(sheet, &FINDINGS_SHEET, &[10.0, 16.0, 30.0, 22.0, 60.0, 46.0], styles)?;
    for (row, told) in (1..).zip(told.iter().take(MOST_ROWS)) {
        let level = filled(&styles.text, told.severity).set_align(FormatAlign::Center);
        sheet.write_string_with_format(row, 0, told.severity.label(), &level)?;
        let place: Vec<&str> = [told.place.as_str()].into_iter().chain(told.also.iter().map(String::as_str)).collect();
        let place: String = place.join("、").chars().take(2_000).collect();
        for (column, text) in (1..).zip([&told.unit, &told.file, &place, &told.message, &told.help]) {
            let text: String = text.chars().take(30_000).collect();
            sheet.write_string_with_format(row, column, text, &styles.text)?;
        }
    }
    Ok(())
}

fn filled(base: &Format, severity: Severity) -> Format {
    let colour = u32::from_str_radix(crate::mark::colour(severity), 16).unwrap_or_default();
    base.clone().set_background_color(Color::RGB(colour & 0xFF_FF_FF))
}
