//! Tables, records and columns of values as objects that note every read.

use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::columns::Facts;
use super::log::{Entry, note};
use super::scope::{World, missing_read, read};
use crate::dataset::{Record as Row, Table};

/// Some records of one table: the table itself, or what 筛选 and 排序 left of it.
#[derive(Debug, Clone)]
pub struct Records {
    world: Arc<World>,
    year: i16,
    table: Arc<str>,
    /// How the template reached it.
    pub name: Arc<str>,
    rows: Arc<[usize]>,
}

impl Records {
    pub fn table(world: Arc<World>, year: i16, table: Arc<str>, name: Arc<str>) -> Jinja {
        let count = world.data.years.get(&year).and_then(|d| d.tables.get(&table)).map_or(0, |t| t.records.len());
        let rows = world.columns.rows(count);
        Jinja::from_object(Records { world, year, table, name, rows })
    }

    /// One record of a table.
    pub fn single(world: Arc<World>, year: i16, table: Arc<str>, row: usize) -> Option<Jinja> {
        let of = Records { world, year, name: table.clone(), table, rows: Arc::from([row]) };
        Some(Jinja::from_object(of.record(0)?))
    }

    #[allow(clippy::len_without_is_empty, reason = "an empty table is falsy in templates; nothing here asks")]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The records of a list, where all are of one table: a slice of a table is one again.
    pub fn of_list(items: impl Iterator<Item = Jinja>) -> Option<Records> {
        let mut found: Option<Records> = None;
        let mut rows = Vec::new();
        for item in items {
            let record = item.downcast_object_ref::<Record>()?;
            match &mut found {
                None => found = Some((*record.of).clone()),
                Some(all) if all.table == record.of.table && all.year == record.of.year => {}
                Some(_) => return None,
            }
            rows.push(record.row);
        }
        found.map(|records| Records { rows: rows.into(), ..records })
    }

    /// The records are the whole table, in its order.
    pub fn is_whole(&self) -> bool {
        let count = self.data().map_or(0, |table| table.records.len());
        self.rows.len() == count && self.rows.iter().enumerate().all(|(i, row)| i == *row)
    }

    /// What is known of a column of the whole table; it counts as read. `None` for a part of
    /// the table, and where the column holds what must be told.
    pub fn facts(&self, column: &str) -> Option<Arc<Facts>> {
        let facts = self.world.columns.facts(self.year, &self.table, column, self)?;
        note(|log| log.entries.push(facts.entry.clone()));
        Some(facts)
    }

    /// The number of a record in these records, where it is one of the whole table.
    pub fn index_of(&self, record: &Record) -> Option<usize> {
        let same = record.of.table == self.table && record.of.year == self.year;
        (same && self.rows.get(record.row) == Some(&record.row)).then_some(record.row)
    }

    pub fn data(&self) -> Option<&Table> {
        self.world.data.years.get(&self.year)?.tables.get(&self.table)
    }

    /// The same table with other rows (numbers of this selection).
    pub fn select(&self, keep: impl IntoIterator<Item = usize>) -> Records {
        Records { rows: keep.into_iter().filter_map(|i| self.rows.get(i).copied()).collect(), ..self.clone() }
    }

    pub fn record(&self, index: usize) -> Option<Record> {
        let row = *self.rows.get(index)?;
        Some(Record { of: Arc::new(self.clone()), row, group: "".into() })
    }

    /// Unit of a column: its header's, else the one that its cells agree on.
    pub fn unit(&self, column: &str) -> Option<Arc<str>> {
        if self.is_whole()
            && let Some(known) = self.world.columns.unit(self.year, &self.table, &self.name, column)
        {
            return known;
        }
        let table = self.data()?;
        let index = table.column(column)?;
        let header = table.columns.get(index)?.unit.clone();
        let cells = self.rows.iter().filter_map(|row| table.records.get(*row)?.cells.get(index));
        let mut units = cells.filter(|cell| cell.number().is_some()).map(|cell| cell.unit.clone().or(header.clone()));
        let first = units.next()??;
        units.all(|unit| unit.as_ref() == Some(&first)).then_some(first)
    }

    /// Name of the record that the report is about, where it is one of this table.
    pub fn subject_name(&self) -> Option<String> {
        let subject = self.world.subject.as_ref().filter(|s| s.table == self.table)?;
        let (year, row) = subject.rows.iter().find(|(y, _)| *y == self.year).or(subject.rows.last())?;
        let table = self.world.data.years.get(year)?.tables.get(&self.table)?;
        table.row_name(&table.records.get(*row)?.cells).map(str::to_owned)
    }

    /// Whether the table (in any year) or its declaration has this column.
    pub fn knows(&self, column: &str) -> bool {
        self.columns().iter().any(|c| &**c == column)
    }

    /// Columns of the data and of the pack's declaration.
    pub fn columns(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = Vec::new();
        let tables = self.world.data.years.values().rev().filter_map(|d| d.tables.get(&self.table));
        for column in tables.flat_map(|t| &t.columns) {
            if !names.contains(&column.name) {
                names.push(column.name.clone());
            }
        }
        for (name, columns) in &self.world.declared.tables {
            if name == &self.table {
                names.extend(columns.iter().filter(|c| !names.contains(c)).cloned().collect::<Vec<_>>());
            }
        }
        names
    }
}

impl Object for Records {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let index = i64::try_from(key.clone()).ok()?;
        let index =
            if index < 0 { self.rows.len().checked_sub(index.unsigned_abs() as usize)? } else { index as usize };
        let row = *self.rows.get(index)?;
        Some(Jinja::from_object(Record { of: self.clone(), row, group: "".into() }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.rows.len())
    }
}

/// One record, or the columns of it below a group name.
#[derive(Debug, Clone)]
pub struct Record {
    of: Arc<Records>,
    pub row: usize,
    group: Arc<str>,
}

impl Record {
    fn row(&self) -> Option<(&Table, &Row)> {
        let table = self.of.data()?;
        Some((table, table.records.get(self.row)?))
    }

    /// What the record is called: its 名称.
    pub fn row_name(&self) -> Option<String> {
        self.row().and_then(|(t, r)| t.row_name(&r.cells).map(str::to_string))
    }

    /// Name of the record in messages: `乡镇[云溪镇]`.
    pub fn label(&self) -> String {
        let named = self.row_name();
        format!("{}[{}]", self.of.name, named.unwrap_or_else(|| (self.row + 1).to_string()))
    }

    /// The same record of the same table.
    pub fn is_same(&self, other: &Record) -> bool {
        self.row == other.row && self.of.table == other.of.table && self.of.year == other.of.year
    }

    /// Reads a column by its full name; `None` for a column that nothing knows.
    pub fn read(&self, column: &str) -> Option<Jinja> {
        let name: Arc<str> = format!("{}.{column}", self.label()).into();
        let (table, row) = self.row()?;
        match table.column(column) {
            Some(i) => row.cells.get(i).map(|cell| read(cell, name)),
            None if self.of.knows(column) => Some(missing_read(name, Some(row.origin))),
            None => None,
        }
    }
}

impl Object for Record {
    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Jinja> {
        let full = format!("{}{key}", self.group);
        if let Some(found) = self.read(&full) {
            return Some(found);
        }
        let columns = self.of.columns();
        if columns.iter().any(|c| c.strip_prefix(&*full).is_some_and(|rest| rest.starts_with('.'))) {
            return Some(Jinja::from_object(Record { group: format!("{full}.").into(), ..(**self).clone() }));
        }
        note(|log| log.not_known(full, columns));
        None
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let Some((table, _)) = self.row() else { return Enumerator::Empty };
        let names = table.columns.iter().filter_map(|c| c.name.strip_prefix(&*self.group));
        Enumerator::Values(names.map(Jinja::from).collect())
    }
}

/// One column of some records: what 取 gives. Items are read when they are reached.
#[derive(Debug, Clone)]
pub struct Values {
    pub of: Arc<Records>,
    pub column: Arc<str>,
}

impl Object for Values {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let value = self.of.record(usize::try_from(key.clone()).ok()?)?.read(&self.column)?;
        note(|log| {
            if let Some(Entry { item, .. }) = log.entries.last_mut() {
                *item = true;
            }
        });
        Some(value)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.of.rows.len())
    }
}

/// A declared table that the data of this year do not have: empty, falsy.
#[derive(Debug)]
pub struct TableMissing(pub Arc<str>);

impl Object for TableMissing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(0)
    }
}
