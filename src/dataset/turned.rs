//! A declared table laid on its side: its columns down the first column, its rows across.

use std::sync::Arc;

use super::schema::TableSpec;
use super::{Cell, Column, Record, Table, TotalRow, Value};
use crate::quantity::unit;
use crate::vocabulary::columns::{Role, is, is_like, is_no_figure};
use crate::vocabulary::totals::is_total;

/// The table as it is declared, where it has none of the declared columns but most of their names in
/// its first one; `key` is what its names are called.
pub fn upright(table: &Table, spec: &TableSpec, key: &str) -> Option<Table> {
    if table.columns.iter().any(|c| spec.column(&c.name).is_some_and(|c| &*c.name != key)) {
        return None;
    }
    let labels = (0..table.columns.len()).find(|at| !is(Role::Serial, &table.columns[*at].name))?;
    let label = |record: &Record| match &record.cells[labels].value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let texts: Vec<Arc<str>> = table.records.iter().map(label).collect::<Option<_>>()?;
    let names: Vec<(&str, Option<&str>)> = texts.iter().map(|text| unit::split_header(text)).collect();
    let declared: Vec<&str> = spec.columns.iter().map(|c| &*c.name).filter(|name| *name != key).collect();
    let found = declared.iter().filter(|name| names.iter().any(|(own, _)| own == *name)).count();
    if found < 2 || found * 2 < declared.len() {
        return None;
    }
    let mut columns = vec![Column { name: key.into(), unit: None, unit_of_sheet: false, origin: table.origin }];
    columns[0].origin = table.columns[labels].origin;
    columns.extend(names.iter().zip(&table.records).map(|((name, unit), record)| Column {
        name: (*name).into(),
        unit: unit.map(Arc::from),
        unit_of_sheet: false,
        origin: record.cells[labels].origin,
    }));
    let (mut records, mut totals) = (Vec::new(), Vec::new());
    for (at, column) in table.columns.iter().enumerate().filter(|(at, column)| *at != labels && is_row(column)) {
        let name = Cell {
            value: Value::Text(column.name.clone()),
            shown: column.name.clone(),
            unit: None,
            origin: column.origin,
        };
        let own = table.records.iter().zip(&names).map(|(record, (_, unit))| {
            let cell = record.cells[at].clone();
            let unit = cell.unit.clone().or_else(|| unit.filter(|_| cell.number().is_some()).map(Arc::from));
            Cell { unit, ..cell }
        });
        let cells: Vec<Cell> = std::iter::once(name).chain(own).collect();
        let origin = column.origin;
        match is_total(&column.name) {
            true => totals.push(TotalRow { label: column.name.clone(), cells, origin }),
            false => records.push(Record { cells, origin }),
        }
    }
    Some(Table { name: table.name.clone(), columns, records, totals, origin: table.origin })
}

/// Not 序号, 单位, 备注.
fn is_row(column: &Column) -> bool {
    !is_no_figure(&column.name) && !is(Role::Unit, &column.name) && !is_like(Role::Remark, &column.name)
}
