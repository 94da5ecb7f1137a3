//! What the data do not have at all: the year, a declared table.

use super::TableSpec;
use super::context::Context;
use crate::dataset::{Dataset, Table, YearData};
use crate::diagnostic::{Diagnostic, Place, Severity, codes, nearest};
use crate::vocabulary::likeness;

/// 年份 is asked for in 报告信息 and left blank, and nothing else says which year it is.
pub fn year(dataset: &Dataset) -> Option<Diagnostic> {
    let cell = dataset.report.get("年份").filter(|cell| cell.is_missing() && dataset.year.is_none())?;
    Some(
        Diagnostic::new(codes::D068, "必填项没有填（报告的年份）")
            .at(cell.origin)
            .about("年份")
            .help("填四位数字的年份，例如 2026"),
    )
}

/// A declared table that the report's year does not have.
pub fn table(data: &YearData, spec: &TableSpec, context: &Context<'_>) -> Option<Diagnostic> {
    let &Context { schema, whole, .. } = context;
    if let Some(sheet) = context.field_sheets.iter().find(|sheet| sheet.name == spec.name) {
        let columns: Vec<&str> = spec.columns.iter().map(|c| &*c.name).collect();
        let message = format!(
            "工作表“{}”第一列叫“{}”，其余各列是年份，读成了指标表；模板要的是一行一条的表",
            spec.name, sheet.heading
        );
        let found = Diagnostic::new(codes::D070, message).at(sheet.origin);
        return Some(found.help(format!("把列名改成：{}；如果本来就是指标表，给工作表换个名称", columns.join("、"))));
    }
    let strangers = || data.tables.values().filter(|t| schema.table(&t.name).is_none());
    let near = nearest(&spec.name, strangers().map(|t| &*t.name));
    if let Some(near) = near.and_then(|name| data.tables.get(name)) {
        return Some(misnamed(near, spec));
    }
    let message = format!("缺少表“{}”", spec.name);
    // By its columns it may be a sheet of quite another name.
    let alike: Vec<&Table> = strangers().filter(|t| has_columns(t, spec)).collect();
    if alike.is_empty() && !spec.required {
        return None;
    }
    let found = Diagnostic::new(codes::D070, message).weighing(weight(spec.required)).named(&*spec.name);
    Some(match alike.first() {
        Some(table) => found
            .at(table.origin)
            .help(format!("“{}”的列和它一样，没有用到：如果就是它，改名为“{}”", table.name, spec.name))
            .may_be(alike.iter().map(|t| &*t.name), &spec.name),
        None => {
            let names: Vec<&str> = strangers().map(|t| &*t.name).collect();
            let mut found = found;
            found.origin = whole;
            match names.is_empty() {
                true => found.help(format!("加一个名为“{}”的工作表", spec.name)),
                false => found.help(format!("加一个名为“{}”的工作表；现有的表：{}", spec.name, names.join("、"))),
            }
        }
    })
}

/// Names of the data that a missing one may stand under.
pub(super) struct Alike<'n> {
    /// A slip of the pen.
    pub slip: Option<&'n str>,
    /// All that may be meant, a slip among them.
    pub names: Vec<&'n str>,
}

/// What is like a missing name. What is not asked for at any price is looked for among slips and
/// names of the same words only.
pub(super) fn alike<'n, I: Iterator<Item = &'n str>>(
    name: &str,
    strangers: impl Fn() -> I,
    required: bool,
) -> Alike<'n> {
    let slip = nearest(name, strangers()).or_else(|| strangers().find(|other| likeness::same(name, other)));
    let mut names = likeness::candidates(name, strangers());
    if let Some(slip) = slip.filter(|slip| !names.contains(slip)) {
        names.insert(0, slip);
    }
    match slip {
        // Two that are as near are no slip of one.
        Some(_) if names.len() > 1 && required => Alike { slip: None, names },
        None if !required => Alike { slip: None, names: Vec::new() },
        slip => Alike { slip, names },
    }
}

/// What a missing thing weighs: it stops the report where the template cannot do without.
pub(super) fn weight(required: bool) -> Severity {
    if required { Severity::Error } else { Severity::Warning }
}

/// A table of nearly the declared name that nothing declares. With a declared column in it, it is
/// that table, and all its figures would be gone from the report.
fn misnamed(near: &Table, spec: &TableSpec) -> Diagnostic {
    let shared = spec.columns.is_empty() || spec.columns.iter().any(|c| near.column(&c.name).is_some());
    let message = format!("没有表“{}”，却有“{}”，像是写错了表名", spec.name, near.name);
    let found = Diagnostic::new(codes::D066, message).weighing(weight(spec.required || shared));
    // Only sheets can be set aside by their name.
    let aside = match near.origin.place {
        Place::Text { .. } => "",
        _ => "；如果是另一张表，名字前加“_”就不会读",
    };
    let found = found.at(near.origin).help(format!("把“{}”改名为“{}”{aside}", near.name, spec.name));
    found.may_be([&*near.name], &spec.name)
}

/// All columns of the declaration that tell something.
fn has_columns(table: &Table, spec: &TableSpec) -> bool {
    let wanted = spec.columns.iter().filter(|c| c.required || spec.columns.len() <= 3);
    spec.columns.len() >= 2 && wanted.clone().count() >= 2 && wanted.clone().all(|c| table.column(&c.name).is_some())
}
