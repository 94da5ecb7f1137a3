//! What is known of whole columns: read once, shared by all reports of a batch. Without it each
//! of ten thousand reports would read ten thousand cells for every rank.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::Value as Jinja;

use super::functions::read_numbers;
use super::log::{Entry, Log, with_log};
use super::records::Records;
use crate::dataset::Number;

/// Year, table, how the template reached it, column.
type Key = (i16, Arc<str>, Arc<str>, String);

/// Columns of one dataset.
#[derive(Debug, Default)]
pub struct Columns {
    /// Nobody will ask which cells a figure of a whole column was made of.
    pub untraced: bool,
    facts: Mutex<HashMap<Key, Option<Arc<Facts>>>>,
    rows: Mutex<HashMap<usize, Arc<[usize]>>>,
}

/// One column.
#[derive(Debug)]
pub struct Facts {
    /// Stands in the log for the reads of all cells.
    pub entry: Entry,
    /// The numbers with their rows; `None`: there is something else in the column.
    pub numbers: Option<Vec<(usize, Number)>>,
    /// The unit that its cells agree on.
    pub unit: Option<Arc<str>>,
    /// Rows by text; `None`: not all cells are texts.
    texts: Option<HashMap<String, Vec<usize>>>,
}

impl Columns {
    /// Of a batch: see [`Columns::untraced`].
    pub fn untraced() -> Columns {
        Columns { untraced: true, ..Columns::default() }
    }

    /// The numbers 0, 1, … of so many rows.
    pub fn rows(&self, count: usize) -> Arc<[usize]> {
        let mut known = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(count).or_insert_with(|| (0..count).collect()).clone()
    }

    /// The facts of a column, where the records are its whole table.
    pub fn facts(&self, year: i16, table: &Arc<str>, column: &str, records: &Records) -> Option<Arc<Facts>> {
        if !records.is_whole() {
            return None;
        }
        let key = (year, table.clone(), records.name.clone(), column.to_owned());
        if let Some(known) = self.facts.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let facts = self.read(records, column).map(Arc::new);
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).insert(key, facts.clone());
        facts
    }

    /// The unit of a column that is known already.
    pub fn unit(&self, year: i16, table: &Arc<str>, name: &Arc<str>, column: &str) -> Option<Option<Arc<str>>> {
        let facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = facts.get(&(year, table.clone(), name.clone(), column.to_owned()))?;
        known.as_ref().map(|facts| facts.unit.clone())
    }

    /// Reads a column with a log of its own. `None` where a cell is missing: what is missing
    /// must be told each time.
    fn read(&self, records: &Records, column: &str) -> Option<Facts> {
        let (values, log) = with_log(Log::default(), || {
            let cell = |i| records.record(i).and_then(|record| record.read(column));
            (0..records.len()).map(cell).collect::<Option<Vec<Jinja>>>()
        });
        let values = values.filter(|_| log.missing.is_empty() && log.entries.len() == records.len())?;
        let mut entries = log.entries;
        let numbers = with_log(Log::default(), || read_numbers("", records, column)).0.ok().and_then(Result::ok);
        let mut texts: Option<HashMap<String, Vec<usize>>> = Some(HashMap::new());
        for (row, value) in values.iter().enumerate() {
            match (value.as_str(), &mut texts) {
                (Some(text), Some(texts)) => texts.entry(text.to_owned()).or_default().push(row),
                _ => texts = None,
            }
        }
        // The largest number bounds the noise of floats that come of the column.
        let size = |entry: &Entry| entry.number.map(|n| n.decimal.abs());
        let largest = entries.iter().max_by_key(|entry| size(entry)).and_then(|entry| entry.number);
        if self.untraced {
            entries.truncate(1);
        }
        let entry = Entry {
            read: None,
            value: Jinja::UNDEFINED,
            shown: "".into(),
            number: largest,
            unit: None,
            item: false,
            column: Some(entries.into()),
        };
        Some(Facts { entry, numbers, unit: records.unit(column), texts })
    }
}

impl Facts {
    /// The rows whose text is this; `None` where not all cells are texts.
    pub fn rows_with(&self, text: &str) -> Option<Vec<usize>> {
        self.texts.as_ref().map(|texts| texts.get(text).cloned().unwrap_or_default())
    }
}
