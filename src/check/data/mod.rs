//! Rules about the data: relations, shares, leaps, copied columns, years.

pub mod compare;
pub mod relations;
pub mod shares;
pub mod years;

use rust_decimal::Decimal;

use crate::dataset::schema::{FieldSpec, Schema};
use crate::dataset::{Cell, Dataset, Table};
use crate::diagnostic::Diagnostic;

/// What the rules about data look at.
pub struct Facts<'a> {
    pub data: &'a Dataset,
    pub schema: &'a Schema,
    /// How many times last year's figure a figure may be before it is named.
    pub leap: Decimal,
}

/// What a rule has to say; its level is the rule's.
pub fn said(code: &'static str, message: String, cell: &Cell) -> Diagnostic {
    Diagnostic::warning(code, message).at(cell.origin)
}

/// `云溪镇 · 经费`
pub fn subject(table: &Table, cells: &[Cell], row: usize, column: &str) -> String {
    let name = table.row_name(cells).map_or_else(|| format!("第 {} 条", row + 1), str::to_string);
    format!("{name} · {column}")
}

/// Every number of one year with its name, its declaration and its unit's name.
pub fn numbers<'a>(facts: &'a Facts, year: i16, visit: &mut impl FnMut(String, &'a Cell, Option<&'a FieldSpec>)) {
    let Some(data) = facts.data.years.get(&year) else { return };
    for (name, cell) in &data.fields {
        if cell.number().is_some() {
            visit(name.to_string(), cell, facts.schema.field(name));
        }
    }
    for table in data.tables.values() {
        let spec = facts.schema.table(&table.name);
        for (row, record) in table.records.iter().enumerate() {
            for (column, cell) in table.columns.iter().zip(&record.cells) {
                if cell.number().is_some() {
                    let spec = spec.and_then(|s| s.column(&column.name));
                    visit(subject(table, &record.cells, row, &column.name), cell, spec);
                }
            }
        }
    }
}
