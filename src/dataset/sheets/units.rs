//! Units of a sheet's numbers: typed behind them, in their header, their row, over the sheet.

use std::sync::Arc;

use crate::dataset::{Cell, MONEY, Table, Value, is_of_money};
use crate::quantity::unit;
use crate::vocabulary::columns::is_no_figure;

/// The unit of its header or row becomes the cell's; a unit typed behind the number that
/// says the same is no longer shown twice.
pub fn settle(cell: &mut Cell, unit: Option<&Arc<str>>) {
    if !matches!(cell.value, Value::Number(_)) {
        return;
    }
    match (&cell.unit, unit) {
        (Some(own), Some(unit)) if own == unit => {
            if let Some(bare) = cell.shown.strip_suffix(&**own) {
                cell.shown = bare.trim_end().into();
            }
        }
        (None, Some(unit)) => cell.unit = Some(unit.clone()),
        // ￥36 under 万元 is money in 万元; under 场 it is a mistake that is told.
        (Some(own), Some(unit)) if &**own == MONEY && is_of_money(unit) => cell.unit = Some(unit.clone()),
        _ => {}
    }
}

/// A column 单位 gives the unit of the other numbers of its row.
pub fn of_row(values: &mut [Cell], unit_column: Option<usize>) {
    let Some(said) = unit_column.and_then(|i| values.get(i)).map(|c| c.shown.clone()) else { return };
    if !unit::is_unit(&said) {
        return;
    }
    values.iter_mut().for_each(|cell| settle(cell, Some(&said)));
}

/// “单位：万元” above the header holds for the number columns that say nothing themselves.
pub fn of_sheet(table: &mut Table, unit: Option<&Arc<str>>) {
    let Some(unit) = unit else { return };
    for (i, column) in table.columns.iter_mut().enumerate() {
        let mut numbers = table.records.iter().filter_map(|r| r.cells[i].number()).peekable();
        let fits = numbers.peek().is_some() && !numbers.any(|n| n.is_share());
        if column.unit.is_none() && fits && !is_no_figure(&column.name) {
            column.unit = Some(unit.clone());
            column.unit_of_sheet = true;
            table.records.iter_mut().for_each(|r| settle(&mut r.cells[i], Some(unit)));
        }
    }
}
