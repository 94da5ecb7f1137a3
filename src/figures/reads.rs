//! The cells of a figure. A whole column is kept as one range, so that sixty figures over
//! 20,000 rows cost no more than their columns' names.

use std::collections::HashSet;
use std::sync::Arc;

use crate::dataset::{Dataset, Table};
use crate::diagnostic::Origin;

/// One cell that a figure was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Where the cell stands.
    pub origin: Origin,
    /// Name by which the template reached it: `培训场次`, `上年.培训场次`, `乡镇[云溪镇].经费`.
    pub name: Arc<str>,
    /// What the cell shows.
    pub shown: Arc<str>,
}

/// The cells of one column in some rows of a table.
#[derive(Clone, Debug)]
pub struct ColumnRead {
    /// The data that the table is in.
    pub data: Arc<Dataset>,
    /// The year whose data they are.
    pub year: i16,
    /// Name of the table.
    pub table: Arc<str>,
    /// How the template reached the table: `乡镇`, `上年.乡镇`.
    pub name: Arc<str>,
    /// Name of the column.
    pub column: Arc<str>,
    /// Rows of the table, from 0, in order of reading.
    pub rows: Arc<[usize]>,
}

impl PartialEq for ColumnRead {
    fn eq(&self, other: &Self) -> bool {
        self.year == other.year && self.table == other.table && self.column == other.column && self.rows == other.rows
    }
}

impl Eq for ColumnRead {}

impl ColumnRead {
    fn table(&self) -> Option<&Table> {
        self.data.years.get(&self.year)?.tables.get(&self.table)
    }

    /// The cells with their names, in the order of the rows.
    pub fn iter(&self) -> impl Iterator<Item = Read> + '_ {
        let found = self.table().and_then(|table| Some((table, table.column(&self.column)?)));
        found.into_iter().flat_map(move |(table, column)| {
            self.rows.iter().filter_map(move |row| {
                let record = table.records.get(*row)?;
                let cell = record.cells.get(column).filter(|cell| !cell.is_missing())?;
                let row = table.row_name(&record.cells).map_or_else(|| (row + 1).to_string(), str::to_owned);
                let name = format!("{}[{row}].{}", self.name, self.column).into();
                Some(Read { origin: cell.origin, name, shown: cell.shown.clone() })
            })
        })
    }

    /// How many rows it stands for.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// No row was read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Cell(Read),
    Column(ColumnRead),
}

/// The cells of a figure, in the order in which it was made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    parts: Vec<Part>,
    compared: Vec<ColumnRead>,
}

impl Reads {
    /// Adds a cell; one that is there already is not added again.
    pub fn push(&mut self, read: Read) {
        let known = self.parts.iter().any(|part| matches!(part, Part::Cell(cell) if cell.origin == read.origin));
        if !known {
            self.parts.push(Part::Cell(read));
        }
    }

    /// Adds a column; one that is there already is not added again.
    pub fn push_column(&mut self, column: &ColumnRead) {
        if !self.parts.iter().any(|part| matches!(part, Part::Column(known) if known == column)) {
            self.parts.push(Part::Column(column.clone()));
        }
    }

    /// A column that was looked through to find the figure, without being part of it.
    pub fn push_compared(&mut self, column: &ColumnRead) {
        if !self.compared.contains(column) {
            self.compared.push(column.clone());
        }
    }

    /// The cells of another figure.
    pub fn extend(&mut self, other: &Reads) {
        for part in &other.parts {
            match part {
                Part::Cell(read) => self.push(read.clone()),
                Part::Column(column) => self.push_column(column),
            }
        }
        other.compared.iter().for_each(|column| self.push_compared(column));
    }

    /// Each cell once.
    pub fn iter(&self) -> impl Iterator<Item = Read> + '_ {
        let mut seen = HashSet::new();
        let all = self.parts.iter().flat_map(|part| {
            let (cell, column) = match part {
                Part::Cell(read) => (Some(read.clone()), None),
                Part::Column(column) => (None, Some(column.iter())),
            };
            cell.into_iter().chain(column.into_iter().flatten())
        });
        all.filter(move |read| seen.insert(read.origin))
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        match self.parts.as_slice() {
            [Part::Cell(_)] => 1,
            _ => self.iter().count(),
        }
    }

    /// Nothing was read or compared.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.compared.is_empty()
    }

    /// The first cell.
    pub fn first(&self) -> Option<Read> {
        self.iter().next()
    }

    /// The cell, where there is just one.
    pub fn single(&self) -> Option<Read> {
        let mut cells = self.iter();
        let first = cells.next()?;
        cells.next().is_none().then_some(first)
    }

    /// How many cells were compared to find it: 比较了17个单元格.
    pub fn compared(&self) -> usize {
        self.compared.iter().map(ColumnRead::len).sum()
    }

    /// The columns that were compared.
    pub fn compared_columns(&self) -> &[ColumnRead] {
        &self.compared
    }
}

impl FromIterator<Read> for Reads {
    fn from_iter<T: IntoIterator<Item = Read>>(reads: T) -> Self {
        Reads { parts: reads.into_iter().map(Part::Cell).collect(), compared: Vec::new() }
    }
}

impl From<Vec<Read>> for Reads {
    fn from(reads: Vec<Read>) -> Self {
        reads.into_iter().collect()
    }
}
