//! One table: a header and rows to fill in; with earlier data also their rows.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use super::carry::{self, Row};
use super::looks::{Plan, Styles, length, width};
use super::put::put;
use super::request::{FormError, FormRequest};
use super::validation::{cell_format, note, rule, whole_percentages};
use crate::dataset::Cell;
use crate::dataset::schema::{ColumnSpec, Kind, TableSpec};

/// Rows that are checked while they are filled in.
const CHECKED_ROWS: u32 = 200;
/// Blank rows with a frame: where nothing is known, and below what is known of one year.
const FRAMED: u32 = 20;
const FRAMED_BELOW: u32 = 5;
/// Width of 年份, in characters.
const YEAR_WIDTH: f64 = 9.0;

/// Writes the sheet.
pub fn write(
    sheet: &mut Worksheet,
    spec: &TableSpec,
    request: &FormRequest<'_>,
    styles: &Styles,
) -> Result<(), FormError> {
    sheet.set_name(&*spec.name)?;
    let rows = carry::rows(spec, request);
    let by_year = rows.iter().any(|row| row.year.is_some()) && spec.column("年份").is_none();
    let shift = u16::from(by_year);
    let mut widths: Vec<f64> = spec.columns.iter().enumerate().map(|(i, c)| column_width(c, i, &rows)).collect();
    if by_year {
        widths.insert(0, YEAR_WIDTH);
    }
    let mut plan = Plan::new(widths);
    plan.at_least(0, 2.0);
    if by_year {
        sheet.write_with_format(0, 0, "年份", &styles.required)?;
    }
    for (i, column) in spec.columns.iter().enumerate() {
        let at = i as u16 + shift;
        let header = header(column, spec, request);
        plan.holds(0, at, &header);
        sheet.write_with_format(0, at, &header, styles.head(column.required))?;
        sheet.insert_note(0, at, &note(column))?;
        // The format holds for the whole column, so that rows typed later have it too.
        sheet.set_column_format(at, &format(column, &Format::new()))?;
    }
    let blank = match (rows.is_empty(), by_year) {
        (true, _) => FRAMED,
        (false, true) => 0,
        (false, false) => FRAMED_BELOW,
    };
    let framed = rows.len() as u32 + blank;
    for row in 0..framed {
        let known = rows.get(row as usize);
        write_row(sheet, row + 1, known, (spec, request), by_year, styles, &mut plan)?;
    }
    let last = framed + CHECKED_ROWS;
    for (i, column) in spec.columns.iter().enumerate() {
        let at = i as u16 + shift;
        if let Some(rule) = rule(column)? {
            sheet.add_data_validation(1, at, last, at, &rule)?;
        }
        if column.kind == Some(Kind::Percent) {
            whole_percentages(sheet, (1, at), (last, at))?;
        }
    }
    sheet.set_freeze_panes(1, shift + 1)?;
    plan.apply(sheet, Some(0))
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    known: Option<&Row>,
    (spec, request): (&TableSpec, &FormRequest<'_>),
    by_year: bool,
    styles: &Styles,
    plan: &mut Plan,
) -> Result<(), FormError> {
    plan.at_least(row, 1.0);
    let year = known.and_then(|known| known.year);
    if by_year {
        match year {
            Some(0) => sheet.write_with_format(row, 0, "本年", &styles.year)?,
            Some(-1) => sheet.write_with_format(row, 0, "上年", &styles.past)?,
            Some(year) if request.year.is_some_and(|now| year < now) => {
                sheet.write_with_format(row, 0, year, &styles.past)?
            }
            Some(year) => sheet.write_with_format(row, 0, year, &styles.year)?,
            None => sheet.write_blank(row, 0, &styles.year)?,
        };
    }
    for (i, column) in spec.columns.iter().enumerate() {
        let at = i as u16 + u16::from(by_year);
        let format = format(column, &styles.blank);
        let cell = known.and_then(|known| known.cells.get(i)?.as_ref());
        match (cell, year) {
            (_, Some(year)) if &*column.name == "年份" => {
                sheet.write_with_format(row, at, year, &styles.year)?;
            }
            (Some(cell), _) => {
                plan.holds(row, at, &cell.shown);
                put(sheet, row, at, cell, Some(column), &format)?;
            }
            (None, _) => {
                // Long texts need more than one line.
                let example = column.example.as_deref().filter(|_| is_text(column));
                plan.holds(row, at, example.unwrap_or_default());
                sheet.write_blank(row, at, &format)?;
            }
        }
    }
    Ok(())
}

fn format(column: &ColumnSpec, base: &Format) -> Format {
    let format = cell_format(column, base).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    match column.kind {
        _ if is_text(column) => format.set_align(FormatAlign::Left).set_indent(1),
        Some(Kind::Choice) => format.set_align(FormatAlign::Center),
        _ => format,
    }
}

fn is_text(column: &ColumnSpec) -> bool {
    matches!(column.kind, Some(Kind::Text | Kind::Prose) | None)
}

/// The column's name with its unit: the declared one, else that of last year's table.
fn header(column: &ColumnSpec, spec: &TableSpec, request: &FormRequest<'_>) -> String {
    let last = || {
        let table = request.previous?.years.get(&(request.year? - 1))?.tables.get(&spec.name)?;
        let column = table.columns.get(table.column(&column.name)?)?;
        column.unit.clone().filter(|_| !column.unit_of_sheet)
    };
    match column.unit.clone().or_else(last) {
        Some(unit) if column.kind != Some(Kind::Percent) => format!("{}\n（{unit}）", column.name),
        _ => column.name.to_string(),
    }
}

/// Wide enough for the header on two lines and for most values; long texts are wrapped.
fn column_width(column: &ColumnSpec, at: usize, rows: &[Row]) -> f64 {
    let unit = column.unit.as_deref().map_or(0.0, |unit| length(unit) + 4.0);
    let header = (length(&column.name).max(unit) + 3.0).min(24.0);
    let shown = |cell: &Cell| width(&cell.shown, 0.0, 40.0) + 1.0;
    let known = rows.iter().filter_map(|row| row.cells.get(at)?.as_ref()).map(shown).fold(0.0, f64::max);
    let least = match (is_text(column), column.kind) {
        (true, _) => column.example.as_deref().map_or(18.0, |example| width(example, 14.0, 40.0)),
        (_, Some(Kind::Date)) => 13.0,
        _ => 9.0,
    };
    header.max(known).max(least)
}
