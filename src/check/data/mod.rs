//! Rules about the data: relations, shares, leaps, copied columns, years.

mod beside;
pub(crate) mod compare;
pub(crate) mod names;
pub(crate) mod relations;
pub(crate) mod shares;
mod slip;
pub(crate) mod years;

use rust_decimal::Decimal;

use crate::dataset::schema::{FieldSpec, Schema};
use crate::dataset::{Cell, Dataset, Table};
use crate::diagnostic::{Code, Diagnostic};

/// What the rules about data look at.
pub struct Facts<'a> {
    pub data: &'a Dataset,
    pub schema: &'a Schema,
    /// How many times last year's figure a figure may be before it is named.
    pub leap: Decimal,
}

/// What a rule has to say; its level is the rule's.
pub fn said(code: Code, message: String, cell: &Cell) -> Diagnostic {
    Diagnostic::new(code, message).at(cell.origin)
}

/// `云溪镇 · 经费`
pub fn subject(table: &Table, cells: &[Cell], row: usize, column: &str) -> String {
    let name = table.row_name(cells).map_or_else(|| format!("第 {} 条", row + 1), str::to_string);
    format!("{name} · {column}")
}

/// A number of one year.
pub struct Number<'a> {
    pub cell: &'a Cell,
    /// The field with its group, or the column.
    pub full: &'a str,
    pub spec: Option<&'a FieldSpec>,
    place: Option<(&'a Table, usize)>,
}

impl Number<'_> {
    /// `培训场次` or `云溪镇 · 经费`
    pub fn name(&self) -> String {
        match self.place {
            None => self.full.to_string(),
            Some((table, row)) => subject(table, &table.records[row].cells, row, self.full),
        }
    }
}

/// Every number of one year with its declaration.
pub fn numbers<'a>(facts: &'a Facts, year: i16, visit: &mut impl FnMut(Number<'a>)) {
    let Some(data) = facts.data.years.get(&year) else { return };
    for (name, cell) in &data.fields {
        if cell.number().is_some() {
            visit(Number { cell, full: name, spec: facts.schema.field(name), place: None });
        }
    }
    for table in data.tables.values() {
        let spec = facts.schema.table(&table.name);
        let specs: Vec<_> = table.columns.iter().map(|c| spec.and_then(|s| s.column(&c.name))).collect();
        for (row, record) in table.records.iter().enumerate() {
            for ((column, spec), cell) in table.columns.iter().zip(&specs).zip(&record.cells) {
                if cell.number().is_some() {
                    visit(Number { cell, full: &column.name, spec: *spec, place: Some((table, row)) });
                }
            }
        }
    }
}
