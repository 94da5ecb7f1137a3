//! Drop-downs and limits of cells, with the words that explain them.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    Note, Worksheet, XlsxError,
};

use crate::dataset::schema::{FieldSpec, Kind};

/// Longest list that a drop-down can hold, in characters.
const MAX_LIST: usize = 250;
/// Longest explaining message of a validation.
const MAX_MESSAGE: usize = 240;

/// The check of a declared value; `None` where anything may be typed. It warns rather
/// than forbids, because “—” (none) is always allowed.
pub fn rule(spec: &FieldSpec) -> Result<Option<DataValidation>, XlsxError> {
    let validation = DataValidation::new();
    let validation = match spec.kind {
        Some(Kind::Choice) => {
            let choices: Vec<&str> = spec.choices.iter().map(|c| &**c).collect();
            if choices.is_empty() || choices.join(",").chars().count() > MAX_LIST {
                return Ok(None);
            }
            validation.allow_list_strings(&choices)?
        }
        Some(Kind::Integer) => {
            let bound =
                |limit: Option<rust_decimal::Decimal>, other: i32| limit.and_then(|d| d.to_i32()).unwrap_or(other);
            validation
                .allow_whole_number(DataValidationRule::Between(bound(spec.min, i32::MIN), bound(spec.max, i32::MAX)))
        }
        Some(Kind::Decimal | Kind::Percent) => {
            let bound =
                |limit: Option<rust_decimal::Decimal>, other: f64| limit.and_then(|d| d.to_f64()).unwrap_or(other);
            validation.allow_decimal_number(DataValidationRule::Between(bound(spec.min, -1e12), bound(spec.max, 1e12)))
        }
        Some(Kind::Date) => {
            let (first, last) = (ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
            validation.allow_date(DataValidationRule::Between(first, last))
        }
        Some(Kind::Text | Kind::Prose) | None => return Ok(None),
    };
    let style = match spec.kind {
        Some(Kind::Choice) => DataValidationErrorStyle::Stop,
        _ => DataValidationErrorStyle::Warning,
    };
    Ok(Some(
        validation
            .set_error_title("请核对")?
            .set_error_message(clip(&wanted(spec)))?
            .set_input_title(clip_to(&spec.name, 30))?
            .set_input_message(clip(&explained(spec)))?
            .set_error_style(style),
    ))
}

/// Percentages with as many decimals as were typed, at most four. A whole one would show as `97.%`:
/// see [`whole_percentages`].
const PERCENT: &str = "0.####%";

/// Shows the whole percentages of a range of cells without a point.
pub fn whole_percentages(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (last, end): (u32, u16),
) -> Result<(), XlsxError> {
    let cell = rust_xlsxwriter::utility::row_col_to_cell(row, column);
    let whole = ConditionalFormatFormula::new()
        .set_rule(format!("=ROUND({cell}*100,4)=ROUND({cell}*100,0)").as_str())
        .set_format(Format::new().set_num_format("0%"));
    sheet.add_conditional_format(row, column, last, end, &whole).map(|_| ())
}

/// The number format of a cell to fill in.
pub fn cell_format(spec: &FieldSpec, base: &Format) -> Format {
    match spec.kind {
        Some(Kind::Percent) => base.clone().set_num_format(PERCENT),
        Some(Kind::Date) => base.clone().set_num_format("yyyy-mm-dd"),
        Some(Kind::Text | Kind::Choice | Kind::Prose) => base.clone().set_num_format("@"),
        _ => base.clone(),
    }
}

/// The note on a header: meaning, type, example.
pub fn note(spec: &FieldSpec) -> Note {
    Note::new(explained(spec)).set_author("填表说明").add_author_prefix(false).set_width(220)
}

/// Meaning, what is wanted, and an example.
pub fn explained(spec: &FieldSpec) -> String {
    let mut lines: Vec<String> = spec.meaning.iter().map(|m| m.to_string()).collect();
    lines.push(wanted(spec));
    lines.extend(spec.example.iter().map(|e| format!("例如：{e}")));
    if spec.required {
        lines.push("必填".to_string());
    }
    lines.join("\n")
}

/// Meaning and example for a line beside the cell, which has the unit, and the colour of what must
/// be filled in, beside it already.
pub fn brief(spec: &FieldSpec) -> String {
    let mut parts: Vec<String> = spec.meaning.iter().map(|m| m.to_string()).collect();
    if matches!(spec.kind, Some(Kind::Choice)) {
        parts.push(wanted(spec));
    }
    parts.extend(spec.example.iter().map(|e| format!("例如：{e}")));
    parts.join("；")
}

fn wanted(spec: &FieldSpec) -> String {
    let unit = spec.unit.as_ref().map(|u| format!("（单位：{u}）")).unwrap_or_default();
    let range = match (spec.min, spec.max) {
        (Some(min), Some(max)) => format!("，{} 到 {}", min.normalize(), max.normalize()),
        (Some(min), None) => format!("，不小于 {}", min.normalize()),
        (None, Some(max)) => format!("，不大于 {}", max.normalize()),
        (None, None) => String::new(),
    };
    match spec.kind {
        Some(Kind::Integer) => format!("填整数{unit}{range}；没有填“—”"),
        Some(Kind::Decimal) => format!("填数字{unit}{range}；没有填“—”"),
        Some(Kind::Percent) => "填百分比，如 78.3%；没有填“—”".to_string(),
        Some(Kind::Date) => "填日期，如 2026-09-30".to_string(),
        Some(Kind::Choice) => format!("从下拉列表里选：{}", spec.choices.join("、")),
        Some(Kind::Prose) => "填一段文字，要用数的地方写 {{ 名称 }}；分段用换行；没有填“—”".to_string(),
        Some(Kind::Text) | None => "填文字；没有填“—”".to_string(),
    }
}

fn clip(text: &str) -> String {
    clip_to(text, MAX_MESSAGE)
}

fn clip_to(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_string() } else { text.chars().take(most - 1).chain(['…']).collect() }
}
