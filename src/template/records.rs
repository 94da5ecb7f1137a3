//! Tables, records and columns of values as the engine reaches them.

use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::datum::{self, Call, Datum, Lookup, Place, missing};
use super::joint::joint;
use super::session::{Known, note};
use super::world::World;
use crate::dataset::{Cell, Record as Row, Table};
use crate::figures::{ColumnRead, Read};
use crate::quantity::Unit;

/// Some records of one table: the table itself, or what 筛选 and 排序 left of it.
#[derive(Debug, Clone)]
pub struct Records {
    world: Arc<World>,
    year: i16,
    table: Arc<str>,
    /// How the template reached it.
    pub name: Arc<str>,
    rows: Arc<[usize]>,
    /// How they were picked, so that it can be done for another year.
    picked: Option<(Call, Arc<[Jinja]>)>,
    /// Columns by which they were picked.
    tested: Arc<[ColumnRead]>,
    /// Columns by which they were put in order.
    sorted: Arc<[ColumnRead]>,
}

impl Records {
    pub fn table(world: Arc<World>, year: i16, table: Arc<str>, name: Arc<str>) -> Records {
        let count = world.data.years.get(&year).and_then(|d| d.tables.get(&table)).map_or(0, |t| t.records.len());
        let rows = world.columns.rows(count);
        Records { world, year, table, name, rows, picked: None, tested: Arc::from([]), sorted: Arc::from([]) }
    }

    /// One record of a table, with those that were merged into it.
    pub fn single(world: Arc<World>, year: i16, table: Arc<str>, rows: &[usize]) -> Option<Record> {
        let name = match year - world.year() {
            0 => table.clone(),
            -1 => format!("上年.{table}").into(),
            _ => format!("历年[{year}].{table}").into(),
        };
        let (first, more) = rows.split_first()?;
        let of = Records { rows: Arc::from([*first]), ..Records::table(world, year, table, name) };
        Some(Record { more: more.into(), ..Arc::new(of).at(*first) })
    }

    pub fn year(&self) -> i16 {
        self.year
    }

    /// The whole table that these records are of.
    pub fn whole(&self) -> Records {
        Records::table(self.world.clone(), self.year, self.table.clone(), self.name.clone())
    }

    pub fn table_name(&self) -> Arc<str> {
        self.table.clone()
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
                None => found = Some(Records { picked: None, ..(*record.of).clone() }),
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
        self.picked.is_none()
            && self.rows.len() == count
            && (Arc::ptr_eq(&self.rows, &self.world.columns.rows(count))
                || self.rows.iter().enumerate().all(|(i, row)| i == *row))
    }

    /// The number of a record in these records, where it is one of the whole table.
    pub fn index_of(&self, record: &Record) -> Option<usize> {
        let same = record.of.table == self.table && record.of.year == self.year;
        (same && self.rows.get(record.row) == Some(&record.row)).then_some(record.row)
    }

    pub fn data(&self) -> Option<&Table> {
        self.world.data.years.get(&self.year)?.tables.get(&self.table)
    }

    /// The same table with other rows (numbers of this selection), picked by this call.
    pub fn select(&self, keep: impl IntoIterator<Item = usize>, by: (Call, &[Jinja])) -> Records {
        let rows = keep.into_iter().filter_map(|i| self.rows.get(i).copied()).collect();
        Records { rows, picked: Some((by.0, by.1.into())), ..self.clone() }
    }

    /// The same records, picked by what this column holds.
    pub fn tested_by(self, of: &Records, column: &str) -> Records {
        let tested = self.tested.iter().cloned().chain([of.column_read(column)]).collect();
        Records { tested, ..self }
    }

    /// The same records, put in order by what this column holds.
    pub fn sorted_by(self, column: &str) -> Records {
        Records { sorted: Arc::from([self.column_read(column)]), ..self }
    }

    /// Columns that were looked through to pick the records and to put them in order.
    pub fn looked_through(&self) -> impl Iterator<Item = &ColumnRead> {
        self.tested.iter().chain(self.sorted.iter())
    }

    /// Columns by which the records were picked; of a whole table the one that names them.
    pub fn counted_by(&self) -> Arc<[ColumnRead]> {
        if !self.tested.is_empty() {
            return self.tested.clone();
        }
        let named = self.data().and_then(|table| table.columns.get(table.name_column().unwrap_or(0)));
        named.map(|column| self.column_read(&column.name)).into_iter().collect()
    }

    /// The cells of a column in these records.
    pub fn column_read(&self, column: &str) -> ColumnRead {
        ColumnRead {
            data: self.world.data.clone(),
            year: self.year,
            table: self.table.clone(),
            name: self.name.clone(),
            column: column.into(),
            rows: self.rows.clone(),
        }
    }

    /// The cells of a column with the number of their record in this selection, and the unit
    /// that the column says.
    pub fn cells(&self, column: &str) -> Option<(impl Iterator<Item = (usize, &Cell)>, Option<Unit>)> {
        let table = self.data()?;
        let at = table.column(column)?;
        let cells = self.rows.iter().enumerate();
        let cells = cells.filter_map(move |(i, row)| Some((i, table.records.get(*row)?.cells.get(at)?)));
        Some((cells, table.unit(at)))
    }

    pub fn record(&self, index: usize) -> Option<Record> {
        self.rows.get(index).map(|row| Arc::new(self.clone()).at(*row))
    }

    /// All records, numbered.
    pub fn all(&self) -> impl Iterator<Item = (usize, Record)> {
        let of = Arc::new(self.clone());
        (0..self.rows.len()).map(move |at| (at, of.at(of.rows[at])))
    }

    fn at(self: &Arc<Self>, row: usize) -> Record {
        Record { of: self.clone(), row, more: Arc::from([]), group: "".into(), found: None }
    }

    /// What a record of this selection is called in messages.
    pub fn label(&self, index: usize) -> String {
        self.record(index).map(|record| record.label()).unwrap_or_default()
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
        self.data().is_some_and(|table| table.column(column).is_some()) || self.columns().iter().any(|c| &**c == column)
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

    /// How they were picked: the call, and what it was given.
    pub fn picked(&self) -> Option<&(Call, Arc<[Jinja]>)> {
        self.picked.as_ref()
    }

    /// The data of the report that they are of.
    pub fn world(&self) -> Arc<World> {
        self.world.clone()
    }
}

impl Object for Records {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let index = i64::try_from(datum::key(key)).ok()?;
        let index =
            if index < 0 { self.rows.len().checked_sub(index.unsigned_abs() as usize)? } else { index as usize };
        self.rows.get(index).map(|row| Jinja::from_object(self.at(*row)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.rows.len())
    }
}

/// One record, or the columns of it below a group name.
#[derive(Debug, Clone)]
pub struct Record {
    pub of: Arc<Records>,
    pub row: usize,
    /// Further rows of a unit that was still several then.
    more: Arc<[usize]>,
    pub group: Arc<str>,
    /// The column that was looked through to find it (最大, 最小).
    pub found: Option<Arc<[ColumnRead]>>,
}

impl Record {
    fn row(&self) -> Option<(&Table, &Row)> {
        let table = self.of.data()?;
        Some((table, table.records.get(self.row)?))
    }

    pub fn year(&self) -> i16 {
        self.of.year
    }

    /// What the record is called: its 名称.
    pub fn row_name(&self) -> Option<String> {
        self.row().and_then(|(t, r)| t.row_name(&r.cells).map(str::to_string))
    }

    /// The cell that names the record.
    pub fn name_read(&self) -> Option<Read> {
        let (table, row) = self.row()?;
        let at = table.name_column().filter(|at| row.cells.get(*at).is_some_and(|c| !c.is_missing())).unwrap_or(0);
        let (cell, column) = (row.cells.get(at)?, table.columns.get(at)?);
        let name = format!("{}.{}", self.label(), column.name).into();
        Some(Read { origin: cell.origin, name, shown: cell.shown.clone() })
    }

    /// Name of the record in messages: `乡镇[云溪镇]`.
    pub fn label(&self) -> String {
        format!("{}[{}]", self.of.name, self.row_name().unwrap_or_else(|| (self.row + 1).to_string()))
    }

    /// One of the rows of a unit that was still several then.
    pub fn part(&self, at: usize) -> Record {
        let row = at.checked_sub(1).and_then(|at| self.more.get(at)).copied().unwrap_or(self.row);
        Record { row, more: Arc::from([]), ..self.clone() }
    }

    /// The same record of the same table.
    pub fn is_same(&self, other: &Record) -> bool {
        self.row == other.row && self.of.table == other.of.table && self.of.year == other.of.year
    }

    /// The same unit's record some years on: by its name, through 更名.
    pub fn moved(&self, by: i16) -> Option<Record> {
        let (table, row) = self.row()?;
        let world = &self.of.world;
        let name = table.unit_name(&row.cells, &world.declared.key)?;
        let year = self.of.year + by;
        let subject = world.subject.as_ref().filter(|s| s.table == self.of.table);
        let own = subject.filter(|s| s.rows.contains(&(self.of.year, self.row)));
        let rows: Vec<usize> = match own {
            Some(subject) => subject.rows.iter().filter(|(y, _)| *y == year).map(|(_, row)| *row).collect(),
            None => world.columns.kin(&world.data, &world.declared.key, &self.of.table, name, year),
        };
        let moved = Records::single(world.clone(), year, self.of.table.clone(), &rows)?;
        Some(Record { group: self.group.clone(), ..moved })
    }

    /// A column by its full name; what the data do not have is missing.
    pub fn get(&self, column: &str) -> Jinja {
        self.read(column).unwrap_or_else(|| missing(format!("{}.{column}", self.label()), None))
    }

    /// Reads a column by its full name; `None` for a column that nothing knows.
    pub fn read(&self, column: &str) -> Option<Jinja> {
        let (table, row) = self.row()?;
        let Some(at) = table.column(column) else {
            let missing = || missing(format!("{}.{column}", self.label()), Some(row.origin));
            return self.of.knows(column).then(missing);
        };
        let place = Arc::new(InRecord { record: self.clone(), column: column.into() });
        let cells = std::iter::once(row).chain(self.more.iter().filter_map(|row| table.records.get(*row)));
        let cells: Vec<&Cell> = cells.filter_map(|row| row.cells.get(at)).collect();
        let unit = table.unit(at);
        let value = match cells.as_slice() {
            [cell] => Datum::of_cell(cell, unit.as_ref(), place),
            several => joint(several, unit.as_ref(), place),
        };
        Some(value.compared(self.found.as_ref()).value())
    }
}

impl Object for Record {
    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let key = datum::key(key);
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
        if key == "上年" && self.group.is_empty() {
            let last = || missing(format!("上年.{}", self.label()), None);
            return Some(self.moved(-1).map_or_else(last, Jinja::from_object));
        }
        note(|session| session.not_known(full, Known::Names(columns)));
        None
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let Some((table, _)) = self.row() else { return Enumerator::Empty };
        let names = table.columns.iter().filter_map(|c| c.name.strip_prefix(&*self.group));
        Enumerator::Values(names.map(Jinja::from).collect())
    }
}

/// A column of a record, as the place of a value.
#[derive(Debug)]
pub struct InRecord {
    pub record: Record,
    /// Its full name.
    pub column: Arc<str>,
}

impl Lookup for InRecord {
    fn name(&self) -> Arc<str> {
        format!("{}.{}", self.record.label(), self.column).into()
    }

    fn year(&self) -> Option<i16> {
        Some(self.record.year())
    }

    fn moved(&self, by: i16) -> Option<Jinja> {
        Some(match self.record.moved(by) {
            Some(record) => record.get(&self.column),
            None => missing(dated(&self.name(), by), None),
        })
    }

    fn part(&self, at: usize) -> Option<Place> {
        Some(Arc::new(InRecord { record: self.record.part(at), column: self.column.clone() }))
    }
}

/// A name with its year said, as templates reach it.
pub fn dated(name: &str, by: i16) -> Arc<str> {
    match by {
        -1 => format!("上年.{name}").into(),
        by => format!("{}年前的{name}", -by).into(),
    }
}
