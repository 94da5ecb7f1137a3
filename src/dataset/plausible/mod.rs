//! Values that can be read but hardly be meant: 0.886 under the unit %, 36 in a cell with the
//! format of a percentage, two units in one column. Looked at before values are typed, while
//! what the clerk wrote still stands.

mod percent;
mod units;

use std::sync::Arc;

use super::schema::{FieldSpec, Kind, Schema};
use super::together::and_others;
use super::{Cell, Dataset, Number, Table, Value};
use crate::diagnostic::{Diagnostic, Origin};
use crate::quantity::unit;

/// Everything doubtful of all years.
pub fn doubts(dataset: &Dataset, schema: &Schema) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    percent::fields(dataset, schema, &mut found);
    for table in dataset.years.values().flat_map(|year| year.tables.values()) {
        let spec = schema.table(&table.name);
        for (at, column) in table.columns.iter().enumerate() {
            let spec = spec.and_then(|s| s.column(&column.name));
            percent::column(dataset, table, at, spec, &mut found);
            found.extend(units::mixed(table, at, spec));
            found.extend(units::of_rows(table, at, spec));
        }
    }
    found
}

fn is_percent(unit: Option<&Arc<str>>) -> bool {
    unit.is_some_and(|symbol| unit::same(symbol) == "%")
}

/// Whether a declaration says that the numbers are percentages, and of which kind.
fn declared(spec: Option<&FieldSpec>) -> bool {
    spec.is_some_and(|s| is_percent(s.unit.as_ref()))
}

fn is_share_kind(spec: Option<&FieldSpec>) -> bool {
    spec.is_some_and(|s| s.kind == Some(Kind::Percent))
}

/// The number of a cell whose declaration or unit wants one; a text is none yet.
fn number(cell: &Cell) -> Option<Number> {
    match cell.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// Several cells that say the same wrong: told once, at the first, with the places of others.
struct Group<'a> {
    cells: Vec<&'a Cell>,
    /// 本列, 本行.
    of: &'static str,
}

impl Group<'_> {
    fn others(&self) -> String {
        and_others(&self.places(), self.of)
    }

    /// Places of all but the first.
    fn places(&self) -> Vec<Origin> {
        self.cells.iter().skip(1).map(|cell| cell.origin).collect()
    }
}

/// How a row is told: `云溪镇 · 经费`.
fn subject(table: &Table, cell: &Cell, column: &str) -> String {
    let own = |r: &&super::Record| r.cells.iter().any(|c| std::ptr::eq(c, cell));
    let name = table.records.iter().find(own).and_then(|r| table.row_name(&r.cells));
    name.map_or_else(|| format!("{} · {column}", table.name), |name| format!("{name} · {column}"))
}
