//! A dataset against a schema: every mistake in one run.

use std::sync::Arc;

use super::context::Context;
use super::typing::{Hints, in_hundredths, settle};
use super::{Kind, Schema, TableSpec, absent};
use crate::dataset::{Dataset, Table, YearData, plausible, scalar};
use crate::diagnostic::{Diagnostic, Origin, Place, codes};
use crate::source::date::Epoch;
use crate::vocabulary::years::year_of_column;

/// Types every declared value in place and reports what does not fit. What must be filled
/// in is asked of the report's year only.
pub fn check(dataset: &mut Dataset, schema: &Schema) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let current = dataset.year.unwrap_or(0);
    let whole = dataset.files.first().map(|(id, _)| Origin::whole(*id));
    if !schema.is_empty() {
        dataset.years.entry(current).or_default();
    }
    let files = dataset.files.clone();
    // The years of one field are written in one manner.
    let hundredths: Vec<Arc<str>> = schema
        .fields
        .iter()
        .filter(|spec| in_hundredths(spec, dataset.years.values().filter_map(|y| y.fields.get(&spec.name))))
        .map(|spec| spec.name.clone())
        .collect();
    let field_sheets = dataset.field_sheets.clone();
    diagnostics.extend(absent::year(dataset));
    diagnostics.extend(plausible::doubts(dataset, schema));
    let elsewhere = wrong_year(dataset, schema, &mut diagnostics);
    for (&year, data) in &mut dataset.years {
        let data = Arc::make_mut(data);
        let context = Context {
            schema,
            whole,
            year,
            current: year == current,
            elsewhere,
            files: &files,
            field_sheets: &field_sheets,
            hundredths: &hundredths,
        };
        fields(data, &context, &mut diagnostics);
        tables(data, &context, &mut diagnostics);
    }
    diagnostics
}

/// A year in 报告信息 that no figure belongs to, or that is older than the figures: last
/// year's workbook filled in anew. True when the report's year has no figure at all.
fn wrong_year(dataset: &Dataset, schema: &Schema, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let (Some(year), false) = (dataset.year, schema.fields.is_empty()) else { return false };
    let declared = |data: &YearData| {
        schema.fields.iter().any(|spec| data.fields.get(&spec.name).is_some_and(|cell| !cell.is_missing()))
    };
    let filled: Vec<i16> =
        dataset.years.iter().filter(|(_, d)| declared(d)).map(|(&y, _)| y).filter(|y| *y > 0).collect();
    let place = |d: Diagnostic| match dataset.year_origin {
        Some(origin) => d.at(origin).about("年份"),
        None => d,
    };
    if filled.contains(&year) {
        if let Some(last) = filled.last().filter(|last| **last > year && dataset.year_origin.is_some()) {
            let message = format!("报告年份是 {year} 年，数据里还有更近的 {last} 年，没有用到");
            diagnostics.push(
                place(Diagnostic::new(codes::D125, message)).help(format!("报告要写 {last} 年的，把年份改成 {last}")),
            );
        }
        return false;
    }
    // A column that is still blank is another thing: each of its cells is asked for.
    let has_column =
        schema.fields.iter().any(|spec| dataset.years.get(&year).is_some_and(|d| d.fields.contains_key(&spec.name)));
    let required = schema.fields.iter().any(|spec| spec.required);
    if filled.is_empty() || has_column || !required {
        return false;
    }
    let years: Vec<String> = filled.iter().map(i16::to_string).collect();
    let message = format!("报告年份是 {year} 年，指标里却只有 {} 年的数", years.join("、"));
    diagnostics.push(
        place(Diagnostic::new(codes::D078, message))
            .help(format!("核对报告年份；要写 {year} 年的，加一列 {year}年 并填上")),
    );
    true
}

fn fields(data: &mut YearData, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let &Context { schema, whole, current, .. } = context;
    for spec in &schema.fields {
        if let Some(cell) = data.fields.get_mut(&spec.name) {
            let in_hundredths = context.hundredths.contains(&spec.name);
            let unit_of_sheet = context.unit_of_sheet(cell);
            let said = settle(cell, spec, Hints { epoch: context.epoch(cell.origin), in_hundredths, unit_of_sheet });
            diagnostics.extend(said.into_iter().map(|d| d.at(cell.origin).about(&*spec.name)));
            if cell.is_missing() && cell.shown.is_empty() && spec.required && current {
                diagnostics.push(not_filled(&spec.name, cell.origin, spec));
            }
            continue;
        }
        if !current {
            continue;
        }
        // A name that is nearly this one and that nothing declares is a slip.
        let strangers = || data.fields.keys().map(|name| &**name).filter(|name| schema.field(name).is_none());
        let near = absent::alike(&spec.name, strangers, spec.required);
        if let Some(cell) = near.slip.and_then(|near| data.fields.get(near)) {
            let slip = near.slip.unwrap_or_default();
            let message = format!("没有“{}”，却有“{slip}”，像是写错了名字", spec.name);
            let found = Diagnostic::new(codes::D066, message).weighing(absent::weight(spec.required));
            let found = found.at(cell.origin).help(format!("把“{slip}”改成“{}”", spec.name));
            diagnostics.push(found.may_be(near.names, &spec.name));
        } else if spec.required && !context.elsewhere {
            let mut missing = Diagnostic::new(codes::D067, format!("缺少“{}”{}", spec.name, meaning(spec)))
                .named(&*spec.name)
                .help("在指标表里加一行，或在 YAML 里加一行“名: 值”");
            // On the sheet where the other figures are.
            let sheet = data.fields.values().map(|c| c.origin).find_map(|o| match o.place {
                Place::Cell { sheet, .. } => Some(Origin::sheet(o.source, sheet)),
                _ => None,
            });
            missing.origin = sheet.or(whole);
            // Figures side by side, a year a row.
            let across = data.tables.values().filter(|t| schema.table(&t.name).is_none());
            let across = across.flat_map(|t| t.columns.iter().map(move |c| (t, c))).find(|(_, c)| c.name == spec.name);
            if let Some((table, column)) = across {
                missing.origin = Some(column.origin);
                missing.helps = vec![format!(
                    "“{}”里它是一列：指标要竖着排，一行一个指标，一年一列，第一列的列名写“指标”",
                    table.name
                )];
            }
            if let Some(cell) = near.names.first().and_then(|name| data.fields.get(*name)) {
                missing.origin = Some(cell.origin);
                missing = missing.may_be(near.names, &spec.name);
            }
            diagnostics.push(missing);
        }
    }
}

/// The declared meaning in brackets, if there is one.
fn meaning(spec: &super::FieldSpec) -> String {
    spec.meaning.as_ref().map(|m| format!("（{m}）")).unwrap_or_default()
}

fn not_filled(subject: &str, origin: Origin, spec: &super::FieldSpec) -> Diagnostic {
    let example = spec.example.as_ref().map(|e| format!("，例如 {e}")).unwrap_or_default();
    let counted = matches!(spec.kind, Some(Kind::Integer | Kind::Decimal));
    let none = if counted { "一个也没有就填 0" } else { "确实没有就填“—”" };
    Diagnostic::new(codes::D068, format!("必填项没有填{}", meaning(spec)))
        .at(origin)
        .about(subject)
        .help(format!("填上{example}；{none}"))
}

/// What a draft is told: what is required and not filled in yet is no mistake there, it is
/// counted once and printed as 〔待填〕 where the text uses it.
pub fn of_a_draft(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let open = |d: &Diagnostic| d.is_error() && d.code.is_blank();
    let (open, mut kept): (Vec<Diagnostic>, Vec<Diagnostic>) = found.into_iter().partition(open);
    if !open.is_empty() {
        let message = format!("还有{}处必填项没有填，文中用到的写作〔待填〕", open.len());
        kept.push(Diagnostic::new(codes::D079, message).help("要看是哪些，运行 huibao check"));
    }
    kept
}

fn tables(data: &mut YearData, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let &Context { schema, current, .. } = context;
    for spec in &schema.tables {
        let Some(table) = data.tables.get_mut(&spec.name) else {
            if current {
                diagnostics.extend(absent::table(data, spec, context));
            }
            continue;
        };
        if spec.required && current && table.records.is_empty() {
            diagnostics.push(
                Diagnostic::new(codes::D069, "表头下面没有数据行")
                    .at(table.origin)
                    .about(&*spec.name)
                    .help("在表头下面逐行填写"),
            );
        }
        columns(table, spec, context, diagnostics);
    }
}

fn columns(table: &mut Table, spec: &TableSpec, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let current = context.current;
    under_groups(table, spec);
    by_year(table, spec, context.year, diagnostics);
    for column_spec in &spec.columns {
        let Some(at) = table.column(&column_spec.name) else {
            if current && !table.columns.is_empty() {
                missing_column(table, spec, column_spec, diagnostics);
            }
            continue;
        };
        let hints = Hints {
            unit_of_sheet: table.columns[at].unit_of_sheet,
            in_hundredths: in_hundredths(column_spec, table.records.iter().map(|r| &r.cells[at])),
            epoch: Epoch::From1900,
        };
        let mut said: Vec<(usize, Diagnostic)> = Vec::new();
        for (row, record) in table.records.iter_mut().enumerate() {
            let cell = &mut record.cells[at];
            let origin = cell.origin;
            said.extend(
                settle(cell, column_spec, Hints { epoch: context.epoch(origin), ..hints })
                    .into_iter()
                    .map(|d| (row, d.at(origin))),
            );
            if cell.is_missing() && cell.shown.is_empty() && column_spec.required && current {
                said.push((row, not_filled("", origin, column_spec)));
            }
        }
        for (row, diagnostic) in said {
            let record = &table.records[row];
            let name = table.row_name(&record.cells).map_or_else(|| format!("第 {} 条", row + 1), str::to_string);
            diagnostics.push(diagnostic.about(format!("{name} · {}", column_spec.name)));
        }
        for total in &mut table.totals {
            settle(&mut total.cells[at], &super::FieldSpec { min: None, max: None, ..column_spec.clone() }, hints);
        }
        if column_spec.unit.is_some() {
            table.columns[at].unit = column_spec.unit.clone();
        }
    }
}

/// A declared column that stands under a heading over several columns (经费 over 使用经费)
/// is read by its own name, where there is only one of that name.
fn under_groups(table: &mut Table, spec: &TableSpec) {
    // 2025年 over 使用经费, 计划 over 使用经费 are other figures.
    let other = |part: &str| {
        has_year(part)
            || ["上年", "去年", "前年", "同期", "计划", "目标", "其中"].iter().any(|word| part.contains(word))
    };
    for wanted in &spec.columns {
        if table.column(&wanted.name).is_some() {
            continue;
        }
        let mut found = table.columns.iter().enumerate().filter(|(_, column)| {
            spec.column(&column.name).is_none()
                && column.name.rsplit_once('.').is_some_and(|(group, own)| own == &*wanted.name && !other(group))
        });
        if let (Some((at, _)), None) = (found.next(), found.next()) {
            table.columns[at].name = wanted.name.clone();
        }
    }
}

/// A declared column 本年 (上年, 前年) that is called by its year, or the other way round.
fn by_year(table: &mut Table, spec: &TableSpec, year: i16, diagnostics: &mut Vec<Diagnostic>) {
    for wanted in &spec.columns {
        let of = year_of_column(&wanted.name, year).filter(|_| table.column(&wanted.name).is_none());
        let Some(of) = of else { continue };
        let mut found = table.columns.iter().enumerate().filter(|(_, column)| {
            spec.column(&column.name).is_none() && year_of_column(&column.name, year) == Some(of)
        });
        let (Some((at, column)), None) = (found.next(), found.next()) else { continue };
        let message = format!("“{}”列按“{}”读取", column.name, wanted.name);
        diagnostics.push(
            Diagnostic::new(codes::D107, message)
                .at(column.origin)
                .about(&*spec.name)
                .help(format!("不用处理；列名写“{}”最清楚", wanted.name)),
        );
        table.columns[at].name = wanted.name.clone();
    }
}

/// 2025年接待群众: a name with a year in it.
fn has_year(name: &str) -> bool {
    let before = |at: usize| name[..at].char_indices().rev().nth(3).map(|(from, _)| &name[from..at]);
    name.match_indices('年').any(|(at, _)| before(at).is_some_and(|text| scalar::year(text).is_some()))
        || scalar::year(name).is_some()
}

fn missing_column(table: &Table, spec: &TableSpec, column: &super::ColumnSpec, diagnostics: &mut Vec<Diagnostic>) {
    let strangers = table.columns.iter().filter(|c| spec.column(&c.name).is_none());
    let message = format!("表“{}”没有“{}”列", spec.name, column.name);
    let (yearly, strangers): (Vec<_>, Vec<_>) = strangers.partition(|c| has_year(&c.name));
    let by_year: Vec<_> = yearly.into_iter().filter(|c| c.name.contains(&*column.name)).collect();
    if let Some(first) = by_year.first() {
        let names: Vec<String> = by_year.iter().map(|c| format!("“{}”", c.name)).collect();
        let found = Diagnostic::new(codes::D066, message).weighing(absent::weight(column.required));
        diagnostics.push(found.at(first.origin).help(format!(
            "{}带着年份，没有读：列名写“{}”，另加一列“年份”，每年各写一行",
            names.join("、"),
            column.name
        )));
        return;
    }
    let near = absent::alike(&column.name, || strangers.iter().map(|c| &*c.name), column.required);
    if near.slip.is_none() && !column.required {
        return;
    }
    let found = Diagnostic::new(codes::D066, message).weighing(absent::weight(column.required));
    let names: Vec<&str> = table.columns.iter().map(|c| &*c.name).collect();
    let first = near.slip.or(near.names.first().copied());
    let near_column = first.and_then(|n| table.columns.iter().find(|c| &*c.name == n));
    let found = found.at(near_column.map(|c| c.origin).unwrap_or(table.origin));
    let found = match near.slip {
        Some(near) => found.help(format!("是不是“{near}”？把列名改成“{}”", column.name)),
        None if !near.names.is_empty() => found,
        None => found.help(format!("加上这一列；现有的列：{}", names.join("、"))),
    };
    diagnostics.push(found.may_be(near.names, &column.name));
}
