//! Rules about the finished prose beside the data: numbers that were typed instead of read.

pub(crate) mod genre;
pub(crate) mod headings;
mod near;
pub(crate) mod numbers;
pub(crate) mod origin;
pub(crate) mod structure;
pub(crate) mod twice;

use std::cell::OnceCell;

use rust_decimal::Decimal;

use super::line::Hit;
use crate::dataset::{Cell, Dataset, Table};
use crate::diagnostic::{Origin, Severity};
use crate::document::Document;
use crate::document::Passage;

pub use numbers::{Quantity, quantities};

/// What the rules about the prose look at.
pub struct Prose<'a> {
    pub document: &'a Document,
    pub passages: &'a [Passage],
    pub data: &'a Dataset,
    /// Every number that the prose prints.
    pub quantities: Vec<Quantity>,
    /// Every number of the data, of this year and the last, once a rule asks.
    known: OnceCell<Vec<Known<'a>>>,
}

/// A number of the data in its base unit: 31.86万元 is 318600元.
pub struct Known<'a> {
    pub cell: &'a Cell,
    /// The field with its group, the column, the indicator.
    full: &'a str,
    /// Its table, and the row counted over the table's rows; a field has none.
    place: Option<(&'a Table, u32)>,
    pub value: Decimal,
    pub percent: bool,
    pub unit: &'a str,
    pub year: i16,
    /// Of the year before the report's.
    last: bool,
}

impl<'a> Known<'a> {
    /// `培训场次` or `云溪镇 · 经费`
    pub fn name(&self) -> String {
        let whose = if self.last { "上年 " } else { "" };
        match self.place {
            None => format!("{whose}{}", self.full),
            Some((table, row)) => {
                let row = row as usize;
                format!("{whose}{}", crate::check::data::subject(table, &table.records[row].cells, row, self.full))
            }
        }
    }

    /// The field without its group, or the column.
    pub fn short(&self) -> &'a str {
        match self.place {
            None => self.full.rsplit('.').next().unwrap_or(self.full),
            Some(_) => self.full,
        }
    }

    /// The name of its table and its row; a field has none.
    pub fn row(&self) -> Option<(&'a str, usize)> {
        self.place.map(|(table, row)| (&*table.name, row as usize))
    }
}

/// What a rule found in one passage.
pub struct Mark {
    pub passage: usize,
    pub hit: Hit,
    /// Where it is not the rule's own.
    pub level: Option<Severity>,
    pub also: Vec<(Origin, String)>,
}

/// What is found at these characters of a passage, at the level of its rule.
fn mark(passage: usize, (start, end): (usize, usize), message: String, help: &str) -> Mark {
    Mark {
        passage,
        hit: Hit { start, end, message, help: help.to_owned(), doubtful: false },
        level: None,
        also: Vec::new(),
    }
}

impl<'a> Prose<'a> {
    pub fn new(document: &'a Document, passages: &'a [Passage], data: &'a Dataset) -> Self {
        Prose { document, passages, data, quantities: quantities(document, passages, data), known: OnceCell::new() }
    }

    /// Every number of the data, of this year and the last. Only what was typed is looked for
    /// among them, and most reports have nothing typed.
    pub fn known(&self) -> &[Known<'a>] {
        self.known.get_or_init(|| known(self.data))
    }

    pub fn mark(&self, of: &Quantity, message: String, help: &str) -> Mark {
        let hit = Hit { start: of.start, end: of.stop, message, help: help.to_string(), doubtful: false };
        Mark { passage: of.passage, hit, level: None, also: Vec::new() }
    }
}

fn known<'a>(data: &'a Dataset) -> Vec<Known<'a>> {
    let mut out = Vec::new();
    let Some(year) = data.year else { return out };
    for (&of, content) in data.years.range(year - 1..=year).rev() {
        let plain = |cell: &'a Cell, full, place| {
            let number = cell.number()?;
            let (value, unit) = numbers::base(number.decimal, cell.unit.as_deref().unwrap_or(""));
            Some(Known { cell, full, place, value, percent: number.is_share(), unit, year: of, last: of != year })
        };
        for (name, cell) in &content.fields {
            out.extend(plain(cell, name, None));
        }
        for table in content.tables.values() {
            for (row, record) in table.records.iter().enumerate() {
                for (column, cell) in table.columns.iter().zip(&record.cells) {
                    let own = indicator(table, &record.cells, &column.name, cell, of);
                    out.extend(own.or_else(|| plain(cell, &column.name, Some((table, row as u32)))));
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
    let full = table.row_name(cells)?;
    let (value, unit) = numbers::base(cell.number()?.decimal, unit);
    Some(Known { cell, full, place: None, value, percent: unit == "%", unit, year, last: false })
}
