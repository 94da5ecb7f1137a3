//! The sheets of a form.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};

use super::request::{BLANK_ROWS, FormError, FormRequest};
use super::style::{Styles, print_setup, width};
use super::validation::{cell_format, explained, note, rule, whole_percentages};
use crate::dataset::schema::{FieldSpec, Kind, Schema, TableSpec};
use crate::dataset::{Cell, Table, Value};

type Outcome = Result<(), FormError>;

/// 报告信息: 项目 | 内容 | 说明.
pub fn report(sheet: &mut Worksheet, request: &FormRequest<'_>, styles: &Styles) -> Outcome {
    sheet.set_name("报告信息")?;
    let usual = [
        ("标题", "不填时用模板的标题"),
        ("单位", "写汇报的单位，也就是署名"),
        ("成文日期", "如 2026-12-05"),
        ("主送", "汇报送给谁；没有可不填"),
    ];
    for (column, name) in ["项目", "内容", "说明"].into_iter().enumerate() {
        sheet.write_with_format(0, column as u16, name, &styles.header)?;
    }
    let mut rows: Vec<(String, String)> = usual.iter().map(|(k, h)| (k.to_string(), h.to_string())).collect();
    let known: BTreeSet<&str> = usual.iter().map(|(k, _)| *k).chain(["年份", "模板"]).collect();
    rows.extend(
        request.report_keys.iter().filter(|k| !known.contains(k.as_str())).map(|k| (k.clone(), "模板用到".into())),
    );
    let mut row = 1;
    for (key, help) in rows {
        sheet.write_with_format(row, 0, &key, &styles.label)?;
        let date = key == "成文日期";
        let format = if date {
            styles.blank.clone().set_num_format("yyyy\"年\"m\"月\"d\"日\"")
        } else {
            styles.blank.clone()
        };
        // Titles and dates of last year are not this year's.
        let last = request.previous.filter(|_| !matches!(key.as_str(), "标题" | "成文日期"));
        match last.and_then(|d| d.report_value(&key)) {
            Some(cell) => put(sheet, row, 1, cell, None, &format)?,
            None => {
                sheet.write_blank(row, 1, &format)?;
            }
        }
        sheet.write_with_format(row, 2, help, &styles.aside)?;
        row += 1;
    }
    sheet.write_with_format(row, 0, "年份", &styles.label)?;
    match request.year {
        Some(year) => sheet.write_with_format(row, 1, year, &styles.blank)?,
        None => sheet.write_blank(row, 1, &styles.required)?,
    };
    let help = if request.year.is_some() { "报告的年份" } else { "必填，报告的年份，如 2026" };
    sheet.write_with_format(row, 2, help, &styles.aside)?;
    sheet.write_with_format(row + 1, 0, "模板", &styles.label)?;
    sheet.write_with_format(row + 1, 1, request.title, &styles.blank)?;
    sheet.write_with_format(row + 1, 2, "不要改", &styles.aside)?;
    sheet.set_column_width(0, 14)?.set_column_width(1, 52)?.set_column_width(2, 32)?;
    sheet.set_freeze_panes(1, 0)?;
    print_setup(sheet, 0, false)
}

/// 指标: one figure a row, the report's year and the two before.
pub fn fields(sheet: &mut Worksheet, schema: &Schema, request: &FormRequest<'_>, styles: &Styles) -> Outcome {
    sheet.set_name("指标")?;
    let years = [0, 1, 2].map(|before| request.year.map(|year| year - before));
    let mut headers: Vec<String> = vec!["指标".into(), "单位".into()];
    let relative = ["本年", "上年", "前年"];
    headers.extend(years.iter().zip(relative).map(|(year, name)| year.map_or(name.into(), |y| format!("{y}年"))));
    headers.push("说明".into());
    for (column, name) in headers.iter().enumerate() {
        sheet.write_with_format(0, column as u16, name, &styles.header)?;
    }
    for (i, spec) in schema.fields.iter().enumerate() {
        let row = i as u32 + 1;
        sheet.write_with_format(row, 0, &*spec.name, if spec.required { &styles.required } else { &styles.label })?;
        sheet.insert_note(row, 0, &note(spec))?;
        sheet.write_with_format(row, 1, spec.unit.as_deref().unwrap_or(""), &styles.label)?;
        let format = cell_format(spec, &styles.blank);
        for (column, year) in years.iter().enumerate() {
            let column = column as u16 + 2;
            let data = request.previous.zip(*year).and_then(|(d, year)| d.years.get(&year));
            let known = data.and_then(|y| y.fields.get(&spec.name));
            match known.filter(|c| !c.is_missing()) {
                Some(cell) => put(sheet, row, column, cell, Some(spec), &format)?,
                None => {
                    sheet.write_blank(row, column, &format)?;
                }
            }
        }
        if let Some(rule) = rule(spec)? {
            sheet.add_data_validation(row, 2, row, 4, &rule)?;
        }
        if spec.kind == Some(Kind::Percent) {
            whole_percentages(sheet, (row, 2), (row, 4))?;
        }
        sheet.write_with_format(row, 5, explained(spec).replace('\n', "；"), &styles.aside)?;
    }
    let names = schema.fields.iter().map(|f| width(&f.name)).fold(14.0, f64::max);
    sheet.set_column_width(0, names)?.set_column_width(1, 10)?.set_column_width(5, 60)?;
    for column in 2..5 {
        sheet.set_column_width(column, 16)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    print_setup(sheet, 0, true)
}

/// One table: a header and rows to fill in; with earlier data also their rows, told apart
/// by 年份.
pub fn table(sheet: &mut Worksheet, spec: &TableSpec, request: &FormRequest<'_>, styles: &Styles) -> Outcome {
    sheet.set_name(&*spec.name)?;
    let earlier: Vec<(i16, &Table)> = request
        .previous
        .iter()
        .flat_map(|d| d.years.iter().rev())
        .filter(|(year, _)| request.year.is_some_and(|now| (now - 2..now).contains(*year)))
        .filter_map(|(year, data)| data.tables.get(&spec.name).map(|t| (*year, t)))
        .collect();
    let own_year = spec.column("年份").is_some();
    let by_year = !earlier.is_empty() && !own_year;
    let shift = u16::from(by_year);
    if by_year {
        sheet.write_with_format(0, 0, "年份", &styles.required)?;
        sheet.set_column_width(0, 10)?;
    }
    headers(sheet, spec, shift, styles)?;
    let row = if by_year { earlier_rows(sheet, spec, request.year, &earlier, styles)? } else { 1 };
    let last = row.max(1) + BLANK_ROWS;
    for (i, column) in spec.columns.iter().enumerate() {
        if let Some(rule) = rule(column)? {
            sheet.add_data_validation(1, i as u16 + shift, last, i as u16 + shift, &rule)?;
        }
        if column.kind == Some(Kind::Percent) {
            whole_percentages(sheet, (1, i as u16 + shift), (last, i as u16 + shift))?;
        }
    }
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, shift + 1)?;
    print_setup(sheet, 0, spec.columns.len() > 6)
}

/// The names of the columns with their notes, widths and formats.
fn headers(sheet: &mut Worksheet, spec: &TableSpec, shift: u16, styles: &Styles) -> Outcome {
    for (i, column) in spec.columns.iter().enumerate() {
        let at = i as u16 + shift;
        let header = match &column.unit {
            Some(unit) if column.kind != Some(Kind::Percent) => format!("{}（{unit}）", column.name),
            _ => column.name.to_string(),
        };
        sheet.write_with_format(0, at, &header, styles.head(column.required))?;
        sheet.insert_note(0, at, &note(column))?;
        let text = matches!(column.kind, Some(Kind::Text) | None);
        sheet.set_column_width(at, width(&header).max(if text { 18.0 } else { 10.0 }))?;
        // The format holds for the whole column, so that rows typed later have it too.
        sheet.set_column_format(at, &cell_format(column, &Format::new()))?;
    }
    Ok(())
}

/// This year's rows with the names of last year's, then those of earlier years as they were;
/// gives the row behind them.
fn earlier_rows(
    sheet: &mut Worksheet,
    spec: &TableSpec,
    year: Option<i16>,
    earlier: &[(i16, &Table)],
    styles: &Styles,
) -> Result<u32, FormError> {
    let mut row = 1;
    let (_, last) = earlier[0];
    for record in &last.records {
        if let Some(year) = year {
            sheet.write_with_format(row, 0, year, &styles.blank)?;
        }
        for (i, column) in spec.columns.iter().enumerate() {
            let key = i == 0 || matches!(&*column.name, "名称" | "类别");
            let known = last.column(&column.name).map(|at| &record.cells[at]).filter(|c| key && !c.is_missing());
            let format = cell_format(column, &styles.blank);
            match known {
                Some(cell) => put(sheet, row, i as u16 + 1, cell, Some(column), &format)?,
                None => {
                    sheet.write_blank(row, i as u16 + 1, &format)?;
                }
            }
        }
        row += 1;
    }
    for (year, table) in earlier {
        for record in &table.records {
            sheet.write_with_format(row, 0, *year, &styles.blank)?;
            for (i, column) in spec.columns.iter().enumerate() {
                let Some(at) = table.column(&column.name) else { continue };
                let format = cell_format(column, &styles.blank);
                put(sheet, row, i as u16 + 1, &record.cells[at], Some(column), &format)?;
            }
            row += 1;
        }
    }
    Ok(row)
}

/// 填表说明, which the reader leaves alone.
pub fn explanation(sheet: &mut Worksheet, schema: &Schema, request: &FormRequest<'_>, styles: &Styles) -> Outcome {
    sheet.set_name("填表说明")?;
    let mut lines = vec![
        request.year.map_or(format!("{}填报表", request.title), |y| format!("{}填报表（{y}年）", request.title)),
        String::new(),
        "一、黄色的项必须填，其余的没有可以不填。".to_string(),
        "二、确实没有的填“—”，是零的填 0，还不知道的空着；三者意思不同。".to_string(),
        "三、数只填数字，单位已经写在表头或“单位”列里。".to_string(),
        "四、不要改表名、列名和指标名；行可以增加，也可以加一行“合计”，会与各行相加的数核对。".to_string(),
        "五、把鼠标停在表头或指标名上，可以看到含义和示例。".to_string(),
        "六、填好后保存，交给“汇报”程序生成；本表不会被读取。".to_string(),
        String::new(),
    ];
    for table in &schema.tables {
        let meaning = table.meaning.as_ref().map(|m| format!("：{m}")).unwrap_or_default();
        lines.push(format!("表“{}”{meaning}", table.name));
        lines.extend(table.columns.iter().map(|c| format!("　{}：{}", c.name, explained(c).replace('\n', "；"))));
    }
    for (row, line) in lines.iter().enumerate() {
        sheet.write_with_format(row as u32, 0, line, &styles.aside.clone().set_font_color("#000000"))?;
    }
    sheet.set_column_width(0, 90)?;
    print_setup(sheet, 0, false)
}

/// Writes a known value so that it reads back as it was.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    spec: Option<&FieldSpec>,
    format: &Format,
) -> Outcome {
    match &cell.value {
        Value::Missing => {
            sheet.write_blank(row, column, format)?;
        }
        Value::Number(n) => {
            let text = spec.is_some_and(|s| s.kind == Some(Kind::Text));
            match n.decimal.to_f64().filter(|_| !text) {
                Some(number) if n.is_share() => {
                    let decimals = n.decimal.normalize().scale().saturating_sub(2) as usize;
                    let code = if decimals == 0 { "0%".to_string() } else { format!("0.{}%", "0".repeat(decimals)) };
                    sheet.write_with_format(row, column, number, &format.clone().set_num_format(code))?;
                }
                Some(number) => {
                    // 1.10 stays 1.10.
                    let decimals = cell
                        .shown
                        .rsplit_once('.')
                        .map_or(0, |(_, d)| d.chars().take_while(char::is_ascii_digit).count());
                    let kept = cell.shown.ends_with('0') && decimals > 0;
                    let format = if kept {
                        format.clone().set_num_format(format!("0.{}", "0".repeat(decimals)))
                    } else {
                        format.clone()
                    };
                    sheet.write_with_format(row, column, number, &format)?;
                }
                None => {
                    sheet.write_with_format(row, column, &*cell.shown, format)?;
                }
            }
        }
        Value::Date(date) if date.day.is_some() && spec.is_some_and(|s| s.kind == Some(Kind::Date)) => {
            let day = date.day.unwrap_or(1) as u8;
            let moment = ExcelDateTime::from_ymd(date.year as u16, date.month as u8, day)?;
            sheet.write_with_format(row, column, &moment, format)?;
        }
        _ => {
            sheet.write_with_format(row, column, &*cell.shown, format)?;
        }
    }
    Ok(())
}
