//! Rules about the finished prose beside the data: numbers that were typed instead of read.

pub mod numbers;
pub mod origin;
pub mod twice;

use rust_decimal::Decimal;

use super::line::Hit;
use super::passage::Passage;
use crate::dataset::{Cell, Dataset, Table};
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::source::Origin;

pub use numbers::{Quantity, quantities};

/// What the rules about the prose look at.
pub struct Prose<'a> {
    pub document: &'a Document,
    pub passages: &'a [Passage],
    pub data: &'a Dataset,
    /// Every number that the prose prints.
    pub quantities: Vec<Quantity>,
    /// Every number of the data, of this year and the last.
    pub known: Vec<Known<'a>>,
}

/// A number of the data in its base unit: 31.86万元 is 318600元.
pub struct Known<'a> {
    pub cell: &'a Cell,
    /// `培训场次` or `云溪镇 · 经费`
    pub name: String,
    /// The field, or the column.
    pub short: &'a str,
    /// The row of its table, counted over the table's rows; a field has none.
    pub row: Option<(&'a str, usize)>,
    pub value: Decimal,
    pub percent: bool,
    pub unit: String,
    pub year: i16,
}

/// What a rule found in one passage.
pub struct Mark {
    pub passage: usize,
    pub hit: Hit,
    /// Where it is not the rule's own.
    pub level: Option<Severity>,
    pub also: Vec<(Origin, String)>,
}

impl<'a> Prose<'a> {
    pub fn new(document: &'a Document, passages: &'a [Passage], data: &'a Dataset) -> Self {
        Prose { document, passages, data, quantities: quantities(document, passages, data), known: known(data) }
    }

    pub fn mark(&self, of: &Quantity, message: String, help: &str) -> Mark {
        let hit = Hit { start: of.start, end: of.stop, message, help: help.to_string() };
        Mark { passage: of.passage, hit, level: None, also: Vec::new() }
    }
}

fn known(data: &Dataset) -> Vec<Known<'_>> {
    let mut out = Vec::new();
    let Some(year) = data.year else { return out };
    for (&of, content) in data.years.range(year - 1..=year).rev() {
        let whose = if of == year { "" } else { "上年 " };
        for (name, cell) in &content.fields {
            let short = name.rsplit('.').next().unwrap_or(name);
            out.extend(one(cell, format!("{whose}{name}"), short, None, of));
        }
        for table in content.tables.values() {
            for (row, record) in table.records.iter().enumerate() {
                for (column, cell) in table.columns.iter().zip(&record.cells) {
                    if let Some(indicator) = indicator(table, &record.cells, &column.name, cell, of) {
                        out.push(indicator);
                    } else if cell.number().is_some() {
                        let name = crate::check::data::subject(table, &record.cells, row, &column.name);
                        let place = Some((&*table.name, row));
                        out.extend(one(cell, format!("{whose}{name}"), &column.name, place, of));
                    }
                }
            }
        }
    }
    out
}

/// A row that is an indicator by itself: 名称, 单位, 本年.
fn indicator<'a>(table: &'a Table, cells: &'a [Cell], column: &str, cell: &'a Cell, year: i16) -> Option<Known<'a>> {
    if !matches!(column, "本年" | "本年数" | "数值" | "数量" | "完成" | "实绩") {
        return None;
    }
    let unit = table.column("单位").and_then(|i| cells.get(i)).map(|c| &*c.shown)?;
    let name = table.row_name(cells)?;
    let (value, unit) = numbers::base(cell.number()?.decimal, unit);
    Some(Known { cell, name: name.to_string(), short: name, row: None, value, percent: unit == "%", unit, year })
}

fn one<'a>(
    cell: &'a Cell,
    name: String,
    short: &'a str,
    row: Option<(&'a str, usize)>,
    year: i16,
) -> Option<Known<'a>> {
    let number = cell.number()?;
    let (value, unit) = numbers::base(number.decimal, cell.unit.as_deref().unwrap_or(""));
    Some(Known { cell, name, short, row, value, percent: number.percent, unit, year })
}
