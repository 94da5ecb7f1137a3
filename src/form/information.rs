//! 报告信息: 项目 | 内容 | 说明, all keys that the kind of document prints.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Format, Worksheet};

use super::looks::{Plan, Styles};
use super::request::{FormError, FormRequest};
use crate::dataset::{Dataset, Value};
use crate::vocabulary::report::{self, Form, Key};

/// What a report says only once: next year's says something else.
const OF_ONE_REPORT: &[&str] = &["标题", "期号", "令号", "份号", "发文字号", "按语", "出席", "请假", "列席"];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, request: &FormRequest<'_>, styles: &Styles) -> Result<(), FormError> {
    sheet.set_name("报告信息")?;
    let mut plan = Plan::new(vec![14.0, 44.0, 44.0]);
    for (column, name) in ["项目", "内容", "说明"].into_iter().enumerate() {
        sheet.write_with_format(0, column as u16, name, &styles.header)?;
        plan.at_least(0, 1.2);
    }
    sheet.write_with_format(1, 0, "年份", styles.named(request.year.is_none()))?;
    match request.year {
        Some(year) => sheet.write_with_format(1, 1, year, &left(&styles.blank))?,
        None => sheet.write_blank(1, 1, &left(&styles.blank))?,
    };
    sheet.write_with_format(1, 2, "报告的年份，必填，如 2026", &styles.aside)?;
    let mut row = 2;
    for (name, key) in rows(request) {
        let required = matches!(name, "简报名称" | "纪要名称" | "发文机关");
        sheet.write_with_format(row, 0, name, styles.named(required))?;
        let dated = key.is_some_and(|key| key.form == Form::Date);
        let code = if dated { "yyyy\"年\"m\"月\"d\"日\"" } else { "@" };
        let format = left(&styles.blank).set_num_format(code);
        match request.previous.and_then(|data| last(data, name, key)) {
            Some(text) => {
                plan.holds(row, 1, &text);
                sheet.write_with_format(row, 1, text, &format)?;
            }
            None => {
                sheet.write_blank(row, 1, &format)?;
            }
        }
        if let Some(rule) = key.map(rule).transpose()?.flatten() {
            sheet.add_data_validation(row, 1, row, 1, &rule)?;
        }
        let help = key.map_or("模板用到".to_string(), |key| format!("{}。例如：{}", key.help, key.example));
        plan.holds(row, 2, &help);
        sheet.write_with_format(row, 2, help, &styles.aside)?;
        row += 1;
    }
    sheet.write_with_format(row, 0, "模板", &styles.label)?;
    sheet.write_with_format(row, 1, request.title, &left(&styles.blank))?;
    sheet.write_with_format(row, 2, "不要改", &styles.aside)?;
    plan.holds(row, 1, request.title);
    sheet.set_freeze_panes(1, 0)?;
    plan.apply(sheet, Some(0))
}

fn left(format: &Format) -> Format {
    format.clone().set_align(rust_xlsxwriter::FormatAlign::Left).set_indent(1)
}

/// The rows but for 年份 and 模板: those that most reports have first.
pub(super) fn rows<'a>(request: &'a FormRequest<'_>) -> Vec<(&'a str, Option<&'static Key>)> {
    let printed = || report::printed(request.kind);
    let (usual, other): (Vec<&Key>, Vec<&Key>) = printed().partition(|key| report::is_usual(key.name));
    let own = request.report_keys.iter().map(|key| (key.as_str(), report::find(key)));
    let own = own.filter(|(name, key)| {
        !matches!(*name, "年份" | "模板") && key.is_none_or(|key| !key.kinds.contains(&request.kind))
    });
    let mut rows: Vec<(&str, Option<&'static Key>)> = Vec::new();
    rows.extend(usual.into_iter().map(|key| (key.name, Some(key))));
    rows.extend(own);
    rows.extend(other.into_iter().map(|key| (key.name, Some(key))));
    rows
}

/// What last year's report said and this year's most likely says again.
pub(super) fn last(data: &Dataset, name: &str, key: Option<&Key>) -> Option<String> {
    if OF_ONE_REPORT.contains(&name) || key.is_some_and(|key| key.form == Form::Date) {
        return None;
    }
    if let Some(cells) = data.report_lists.get(name) {
        let names: Vec<&str> = cells.iter().map(|cell| &*cell.shown).collect();
        return Some(names.join("、"));
    }
    let cell = data.report_value(name)?;
    Some(match &cell.value {
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_string(),
        _ => cell.shown.to_string(),
    })
}

/// Drop-downs and days. They warn only, because “—” is always allowed.
fn rule(key: &Key) -> Result<Option<DataValidation>, FormError> {
    let validation = DataValidation::new();
    let validation = match key.form {
        Form::YesNo => validation.allow_list_strings(&["是", "否"])?,
        Form::Choice(choices) => validation.allow_list_strings(choices)?,
        Form::Date => {
            let (first, last) = (ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
            validation.allow_date(DataValidationRule::Between(first, last))
        }
        Form::Text | Form::Several => return Ok(None),
    };
    let style = rust_xlsxwriter::DataValidationErrorStyle::Warning;
    Ok(Some(validation.set_error_title("请核对")?.set_error_message(key.help)?.set_error_style(style)))
}
