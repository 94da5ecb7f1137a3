//! Every cell of the data by its place: its name, and the same one of last year.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rows::Printed;
use crate::dataset::{Cell, Dataset, Value};
use crate::diagnostic::Origin;
use crate::figures::{Figure, Read};

/// What is known of one cell.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    pub cell: &'a Cell,
    pub year: i16,
    /// `培训场次` or `乡镇[云溪镇].经费`.
    pub name: String,
    key: Key<'a>,
}

#[derive(Clone, Debug)]
enum Key<'a> {
    Report,
    Field(&'a str),
    Column { table: &'a str, column: &'a str, row: Option<&'a str> },
}

/// All cells of the data.
pub struct Index<'a> {
    data: &'a Dataset,
    entries: BTreeMap<Origin, Known<'a>>,
}

impl<'a> Index<'a> {
    pub fn new(data: &'a Dataset) -> Self {
        let mut entries = BTreeMap::new();
        let mut add = |cell: &'a Cell, year, name, key| {
            entries.entry(cell.origin).or_insert(Known { cell, year, name, key });
        };
        let lists = data.report_lists.iter().flat_map(|(k, cells)| cells.iter().map(move |c| (k, c)));
        for (key, cell) in data.report.iter().chain(lists) {
            add(cell, 0, format!("报告.{key}"), Key::Report);
        }
        for (&year, content) in &data.years {
            for (name, cell) in &content.fields {
                add(cell, year, name.to_string(), Key::Field(name));
            }
            for table in content.tables.values() {
                for (i, record) in table.records.iter().enumerate() {
                    let row = table.row_name(&record.cells);
                    for (column, cell) in table.columns.iter().zip(&record.cells) {
                        let number = (i + 1).to_string();
                        let name = format!("{}[{}].{}", table.name, row.unwrap_or(&number), column.name);
                        add(cell, year, name, Key::Column { table: &table.name, column: &column.name, row });
                    }
                }
            }
        }
        Index { data, entries }
    }

    pub fn entries(&self) -> impl Iterator<Item = (&Origin, &Known<'a>)> {
        self.entries.iter()
    }

    /// Whether a printed figure is a number, or was made of one: 与上年持平, 第三, names in the order
    /// of a column of numbers.
    pub fn is_numeric(&self, item: &Printed) -> bool {
        let numeric = |cell: &Cell| matches!(cell.value, Value::Number(_) | Value::Date(_));
        let known = |read: crate::figures::Read| self.entries.get(&read.origin).is_some_and(|e| numeric(e.cell));
        item.text.contains(|c: char| c.is_ascii_digit())
            || item.figure.reads.iter().any(known)
            || item.figure.reads.compared_columns().iter().any(|column| column.iter().take(3).any(known))
    }

    /// What the same figure would show of last year: the same field or the same row, and for
    /// a sum of one column the sum of that column.
    pub fn last_year(&self, figure: &Figure) -> Option<String> {
        let current = self.data.year?;
        let known: Vec<&Known> = figure.reads.iter().filter_map(|r| self.entries.get(&r.origin)).collect();
        let own: Vec<&&Known> = known.iter().filter(|e| e.year == current).collect();
        let first = own.first()?;
        if own.len() == 1 {
            return self.before(first).map(|c| c.shown.to_string());
        }
        let Key::Column { table, column, .. } = first.key else { return None };
        let same = |e: &&&Known| matches!(e.key, Key::Column { table: t, column: c, .. } if t == table && c == column);
        if !own.iter().all(same) {
            return None;
        }
        let sum = |cells: &mut dyn Iterator<Item = &Cell>| {
            cells.filter_map(|c| c.number()).try_fold(Decimal::ZERO, |s, n| s.checked_add(n.decimal))
        };
        let now = sum(&mut own.iter().map(|e| e.cell))?;
        if now.normalize().to_string() != *figure.text {
            return None;
        }
        let past = self.data.years.get(&(current - 1))?.tables.get(table)?;
        let at = past.column(column)?;
        Some(sum(&mut past.records.iter().filter_map(|r| r.cells.get(at)))?.normalize().to_string())
    }

    fn before(&self, entry: &Known) -> Option<&'a Cell> {
        let past = self.data.years.get(&(entry.year - 1))?;
        match entry.key {
            Key::Report => None,
            Key::Field(name) => past.fields.get(name).filter(|c| !c.is_missing()),
            Key::Column { table, column, row } => {
                let table = past.tables.get(table)?;
                let at = table.column(column)?;
                let record = table.records.iter().find(|r| row.is_some() && table.row_name(&r.cells) == row)?;
                record.cells.get(at).filter(|c| !c.is_missing())
            }
        }
    }
}

/// The value of a read as the file shows it.
pub fn raw(read: &Read) -> &str {
    &read.shown
}
