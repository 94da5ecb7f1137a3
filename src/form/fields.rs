//! 指标: one figure a row, the report's year and the two before.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use super::looks::{Plan, Styles, width};
use super::put::put;
use super::request::{FormError, FormRequest};
use super::validation::{brief, cell_format, rule, whole_percentages};
use crate::dataset::schema::{FieldSpec, Kind, Schema};
use crate::dataset::{Cell, Dataset};

/// Column of the first year and of the explanation.
const YEARS: u16 = 2;
const ASIDE: u16 = 5;

/// Writes the sheet.
pub fn write(
    sheet: &mut Worksheet,
    schema: &Schema,
    request: &FormRequest<'_>,
    styles: &Styles,
) -> Result<(), FormError> {
    sheet.set_name("指标")?;
    let years = [0, 1, 2].map(|before| request.year.map(|year| year - before));
    let mut headers: Vec<String> = vec!["指标".into(), "单位".into()];
    let relative = ["本年", "上年", "前年"];
    headers.extend(years.iter().zip(relative).map(|(year, name)| year.map_or(name.into(), |y| format!("{y}年"))));
    headers.push("说明".into());
    let names = schema.fields.iter().map(|f| width(&f.name, 14.0, 30.0)).fold(14.0, f64::max);
    let texts = schema.fields.iter().any(is_text);
    let figure = if texts { 20.0 } else { 14.0 };
    let mut plan = Plan::new(vec![names, 10.0, if texts { 34.0 } else { figure }, figure, figure, 52.0]);
    plan.at_least(0, 1.2);
    for (column, name) in headers.iter().enumerate() {
        sheet.write_with_format(0, column as u16, name, &styles.header)?;
    }
    for (i, spec) in schema.fields.iter().enumerate() {
        let row = i as u32 + 1;
        let known = years.map(|year| year.zip(request.previous).and_then(|(y, data)| value(data, y, &spec.name)));
        sheet.write_with_format(row, 0, &*spec.name, styles.named(spec.required))?;
        plan.holds(row, 0, &spec.name);
        let unit = spec.unit.as_deref().or(known.iter().flatten().find_map(|cell| cell.unit.as_deref()));
        sheet.write_with_format(row, 1, unit.unwrap_or(""), &styles.label.clone().set_align(FormatAlign::Center))?;
        let format = aligned(spec, cell_format(spec, &styles.blank));
        for (column, known) in known.iter().enumerate() {
            let column = column as u16 + YEARS;
            match known {
                Some(cell) => {
                    plan.holds(row, column, &cell.shown);
                    put(sheet, row, column, cell, Some(spec), &format)?;
                }
                None => {
                    sheet.write_blank(row, column, &format)?;
                }
            }
        }
        if is_text(spec) {
            // Room for a text as long as the example.
            plan.holds(row, YEARS, spec.example.as_deref().unwrap_or_default());
        }
        if let Some(rule) = rule(spec)? {
            sheet.add_data_validation(row, YEARS, row, ASIDE - 1, &rule)?;
        }
        if spec.kind == Some(Kind::Percent) {
            whole_percentages(sheet, (row, YEARS), (row, ASIDE - 1))?;
        }
        let aside = brief(spec);
        plan.holds(row, ASIDE, &aside);
        sheet.write_with_format(row, ASIDE, aside, &styles.aside)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    plan.apply(sheet, Some(0))
}

fn is_text(spec: &FieldSpec) -> bool {
    matches!(spec.kind, Some(Kind::Text | Kind::Prose) | None)
}

fn aligned(spec: &FieldSpec, format: Format) -> Format {
    if is_text(spec) { format.set_align(FormatAlign::Left).set_indent(1) } else { format }
}

/// The figure of a year, where the data have one.
pub(super) fn value<'a>(data: &'a Dataset, year: i16, name: &str) -> Option<&'a Cell> {
    data.years.get(&year)?.fields.get(name).filter(|cell| !cell.is_missing())
}
