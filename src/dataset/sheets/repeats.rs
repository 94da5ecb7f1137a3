//! Rows that count twice: a name given twice in one year, rows of several years read as one.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{Cell, Column, Table, Value, scalar};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::vocabulary::columns::{is_no_figure, may_be_years};

/// Names told one by one.
const MOST_NAMED: usize = 5;

fn aside(column: &Column) -> bool {
    is_no_figure(&column.name)
}

/// A name that stands twice in one year counts twice; what stands before the name (片区, 镇)
/// or a date may tell two of them apart. Without a column 名称 all texts of a row are its name.
pub fn twice(table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    let counted = |i: usize| !aside(&table.columns[i]) && table.records.iter().any(|r| r.cells[i].number().is_some());
    if !(0..table.columns.len()).any(counted) {
        return;
    }
    let named = table.name_column();
    let mut seen: BTreeMap<Vec<&str>, Origin> = BTreeMap::new();
    let mut again: Vec<(&Cell, Origin)> = Vec::new();
    for record in &table.records {
        let is_text = |i: usize| matches!(record.cells[i].value, Value::Text(_)) && !aside(&table.columns[i]);
        let Some(at) = named.or_else(|| (0..record.cells.len()).find(|&i| is_text(i))) else { continue };
        let cell = &record.cells[at];
        if cell.is_missing() {
            continue;
        }
        let tells = |i: usize| match named {
            Some(at) => !aside(&table.columns[i]) && i <= at,
            None => is_text(i),
        };
        let key = record.cells.iter().enumerate();
        let key =
            key.filter(|(i, cell)| tells(*i) || matches!(cell.value, Value::Date(_)) && !aside(&table.columns[*i]));
        match seen.get(&key.clone().map(|(_, cell)| &*cell.shown).collect::<Vec<_>>()) {
            // A merged name is one cell over several rows.
            Some(&first) if first != cell.origin => again.push((cell, first)),
            Some(_) => {}
            None => drop(seen.insert(key.map(|(_, cell)| &*cell.shown).collect(), cell.origin)),
        }
    }
    let Some(&(cell, first)) = again.first() else { return };
    let names: BTreeSet<&str> = again.iter().map(|(cell, _)| &*cell.shown).collect();
    let listed: Vec<String> = names.iter().take(MOST_NAMED).map(|name| format!("“{name}”")).collect();
    let more = if names.len() > MOST_NAMED { format!("等{}个名称都", names.len()) } else { String::new() };
    diagnostics.push(
        Diagnostic::new(codes::D053, format!("{}{more}不止一行，每一行都算进去了", listed.join("、")))
            .at(cell.origin)
            .about(&*table.name)
            .also(first, "第一次在这里")
            .help("重复的删去一行；是几年的数据，加一列“年份”；确实是两个单位的，在名称里区分开"),
    );
}

/// A column that holds years and is not called 年份: the rows of all of them are read as the
/// report's year, which must not go without a word.
pub fn nameless_years(table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    for (i, column) in table.columns.iter().enumerate().filter(|(_, column)| may_be_years(&column.name)) {
        let filled = || table.records.iter().map(|r| &r.cells[i]).filter(|c| !c.is_missing());
        let years: Option<BTreeSet<i16>> = filled().map(|c| scalar::year(&c.shown)).collect();
        if years.is_some_and(|years| years.len() > 1) {
            diagnostics.push(
                Diagnostic::new(
                    codes::D055,
                    format!("“{}”列里是几个年份，但列名不是“年份”，各年的行都当作报告这一年的了", column.name),
                )
                .at(column.origin)
                .about(&*table.name)
                .help("各行是不同年份的数据，就把列名改成“年份”；不是就不用处理"),
            );
        }
    }
}
