//! What is asked of cells and declarations, and how several cells are told together.

use std::sync::Arc;

use crate::dataset::schema::{FieldSpec, Kind};
use crate::dataset::{Cell, Number, Record, Table, Value};
use crate::diagnostic::Origin;
use crate::quantity::unit;

pub fn is_percent(unit: Option<&Arc<str>>) -> bool {
    unit.is_some_and(|symbol| unit::same(symbol) == "%")
}

/// Whether a declaration says that the numbers are percentages, and of which kind.
pub fn declared(spec: Option<&FieldSpec>) -> bool {
    spec.is_some_and(|s| is_percent(s.unit.as_ref()))
}

pub fn is_share_kind(spec: Option<&FieldSpec>) -> bool {
    spec.is_some_and(|s| s.kind == Some(Kind::Percent))
}

/// The number of a cell whose declaration or unit wants one; a text is none yet.
pub fn number(cell: &Cell) -> Option<Number> {
    match cell.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// Several cells that say the same wrong are told once, at the first; the places of the others.
pub fn others(cells: &[&Cell]) -> Vec<Origin> {
    cells.iter().skip(1).map(|cell| cell.origin).collect()
}

/// How a row is told: `云溪镇 · 经费`.
pub fn subject(table: &Table, cell: &Cell, column: &str) -> String {
    let own = |r: &&Record| r.cells.iter().any(|c| std::ptr::eq(c, cell));
    let name = table.records.iter().find(own).and_then(|r| table.row_name(&r.cells));
    name.map_or_else(|| format!("{} · {column}", table.name), |name| format!("{name} · {column}"))
}
