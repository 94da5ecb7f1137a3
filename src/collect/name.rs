//! Which unit and which year a form is of.

use std::path::Path;

use super::form::{Form, collected_units};
use super::shape::Shape;
use super::units::{Match, Units};
use crate::dataset::{Cell, Table};
use crate::diagnostic::{Diagnostic, codes};

/// The year that is collected; forms of another are not taken.
pub fn settle_year(forms: &mut [Form], wanted: Option<i16>) -> Option<i16> {
    let mut counts = std::collections::BTreeMap::<i16, usize>::new();
    forms.iter().filter(|f| f.data.is_some()).filter_map(|f| f.year).for_each(|y| *counts.entry(y).or_default() += 1);
    let usual = counts.iter().max_by_key(|(year, count)| (**count, **year)).map(|(year, _)| *year);
    let year = wanted.or(usual)?;
    for form in forms.iter_mut().filter(|form| form.year.is_some_and(|own| own != year)) {
        let Some(data) = &form.data else { continue };
        let own = form.year.unwrap_or(year);
        let told = Diagnostic::new(codes::G007, format!("这是{own}年的表，这次汇总{year}年的"));
        let told = Diagnostic { origin: data.year_origin, ..told };
        form.refuse(told.help(format!("请填报单位填{year}年的表；只是年份写错了的，改正年份")));
    }
    Some(year)
}

/// Takes each form for a unit: by what it says, else by the name of its file.
pub fn name_units(forms: &mut [Form], shape: &Shape, units: Option<&Units>) {
    for form in forms {
        let stem = Path::new(&form.file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(units) = units else {
            form.unit = form.said.as_ref().map(|(said, _)| said.clone());
            if let (Shape::Fields { key, .. }, Some(data)) = (shape, &form.data)
                && let Some(table) = collected_units(data)
            {
                form.rows = names(table, key).map(|cell| cell.shown.to_string()).collect();
                continue;
            }
            if form.unit.is_none() && form.data.is_some() && matches!(shape, Shape::Fields { .. }) {
                let message = format!("表里没有写单位，按文件名当作“{stem}”的");
                form.tell(Diagnostic::new(codes::G016, message).help("在“报告信息”里填上单位"));
                form.unit = Some(stem);
            }
            continue;
        };
        name_rows(form, shape, units);
        if !form.rows.is_empty() {
            continue;
        }
        let by_name = || match units.find(&stem) {
            Match::Same(at) => Some(at),
            _ => None,
        };
        let Some((said, origin)) = form.said.clone() else {
            form.unit = by_name().map(|at| units.names[at].clone());
            if form.data.is_some() {
                let (message, help) = match &form.unit {
                    Some(unit) => (format!("表里没有写单位，按文件名当作“{unit}”的"), "在表里填上单位"),
                    None => ("看不出是哪个单位的表".to_string(), "在“报告信息”里填上单位，与名单一致"),
                };
                form.tell(Diagnostic::new(codes::G016, message).help(help));
                form.unit.get_or_insert(stem);
            }
            continue;
        };
        let at = |d: Diagnostic| Diagnostic { origin, ..d };
        match units.find(&said) {
            Match::Same(i) => form.unit = Some(units.names[i].clone()),
            Match::Near(i) => {
                let unit = units.names[i].clone();
                let told =
                    Diagnostic::new(codes::G004, format!("单位写的是“{said}”，名单里是“{unit}”，按“{unit}”汇总"));
                form.tell(at(told.help(format!("把单位改成“{unit}”"))));
                form.unit = Some(unit);
            }
            Match::Unknown(near) => {
                form.tell(at(unlisted(&said, near, units)));
                form.unit = Some(said);
            }
        }
    }
}

/// A form with several rows has the units of its rows; those that are not in the list are told at
/// their cells. Where none is, the list is one of another level, and the form a unit of its own.
fn name_rows(form: &mut Form, shape: &Shape, units: &Units) {
    let Some(data) = &form.data else { return };
    let table = match shape {
        Shape::Rows { table, .. } => {
            data.current().and_then(|d| d.tables.get(table)).filter(|table| table.records.len() > 1)
        }
        Shape::Fields { .. } => collected_units(data),
    };
    let Some(table) = table else { return };
    let found: Vec<_> =
        names(table, shape.key()).map(|c| (c.origin, c.shown.to_string(), units.find(&c.shown))).collect();
    if found.iter().all(|(.., found)| matches!(found, Match::Unknown(_))) {
        return;
    }
    for (origin, name, found) in found {
        match found {
            Match::Same(at) | Match::Near(at) => form.rows.push(units.names[at].clone()),
            Match::Unknown(near) => {
                form.tell(unlisted(&name, near, units).at(origin));
                form.rows.push(name);
            }
        }
    }
}

/// The cells that name the rows of a table.
fn names<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Cell> {
    let at = table.column(key);
    table.records.iter().filter_map(move |record| record.cells.get(at?)).filter(|cell| !cell.is_missing())
}

fn unlisted(name: &str, near: Option<usize>, units: &Units) -> Diagnostic {
    let help = match near {
        Some(at) => format!("是不是“{}”？改成与名单一致", units.names[at]),
        None => "检查单位的写法；确实要报的，加进名单".to_string(),
    };
    Diagnostic::new(codes::G003, format!("“{name}”不在单位名单里")).help(help)
}
