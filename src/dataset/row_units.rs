//! A column 单位 of a table says the unit of each row's numbers: 主要指标 with one indicator a row.

use std::sync::Arc;

use super::{Table, Value};
use crate::quantity::unit;
use crate::vocabulary::columns::{Role, spellings};

/// The column that says it; an organisation in it is no unit.
pub fn column(table: &Table) -> Option<usize> {
    spellings(Role::Unit).find_map(|name| table.column(name))
}

/// The unit that each record says for its numbers; nothing where there is no such column.
pub fn of(table: &Table) -> Vec<Option<Arc<str>>> {
    let Some(at) = column(table) else { return Vec::new() };
    let said = |cells: &[super::Cell]| cells.get(at).map(|c| c.shown.clone());
    table.records.iter().map(|r| said(&r.cells).filter(|symbol| unit::is_unit(symbol))).collect()
}

/// Gives the numbers of each row the unit that its row says, where neither they nor their
/// column say one.
pub fn apply(table: &mut Table) {
    let Some(at) = column(table) else { return };
    let silent: Vec<bool> = table.columns.iter().map(|c| c.unit.is_none() || c.unit_of_sheet).collect();
    let rows = table.records.iter_mut().map(|r| &mut r.cells).chain(table.totals.iter_mut().map(|t| &mut t.cells));
    for cells in rows {
        let Some(symbol) = cells.get(at).map(|cell| cell.shown.clone()).filter(|s| unit::is_unit(s)) else { continue };
        for (cell, _) in cells.iter_mut().zip(&silent).filter(|(_, silent)| **silent) {
            if matches!(cell.value, Value::Number(_)) && cell.unit.is_none() {
                cell.unit = Some(symbol.clone());
            }
        }
    }
}
