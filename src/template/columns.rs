//! What is known of whole columns: read once, shared by all reports of a batch. Without it each
//! of ten thousand reports would read ten thousand cells for every rank.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_decimal::Decimal;

use crate::dataset::renames::Renames;
use crate::dataset::{Dataset, Table, Value};
use crate::quantity::{Quantity, QuantityError};

/// Year, table, column.
pub type Key = (i16, Arc<str>, String);
/// Rows of a table by a text that they hold.
type Rows = HashMap<Arc<str>, Vec<usize>>;
/// Former names by the present one.
type Former = HashMap<Arc<str>, Vec<Arc<str>>>;
type Shared<K, V> = Mutex<HashMap<K, Arc<V>>>;

/// Columns of one dataset.
#[derive(Debug, Default)]
pub struct Columns {
    numbers: Mutex<HashMap<Key, Option<Arc<Numbers>>>>,
    texts: Shared<Key, Rows>,
    rows: Mutex<HashMap<usize, Arc<[usize]>>>,
    named: Shared<(i16, Arc<str>), Rows>,
    former: Mutex<Option<Arc<Former>>>,
}

/// The numbers of a column in one unit: by value, whatever they look like.
#[derive(Debug)]
pub struct Numbers {
    /// What their sum is like: kind, unit, how it is shown.
    pub like: Quantity,
    /// Rows with a number, and the numbers in the unit of `like`.
    pub values: Vec<(u32, Decimal)>,
    pub sum: Decimal,
}

fn open<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Columns {
    /// The numbers 0, 1, … of so many rows.
    pub fn rows(&self, count: usize) -> Arc<[usize]> {
        open(&self.rows).entry(count).or_insert_with(|| (0..count).collect()).clone()
    }

    /// The numbers of a column of a whole table; `None` where a cell is missing or no number,
    /// which must be told each time.
    pub fn numbers(&self, key: Key, read: impl FnOnce() -> Option<Numbers>) -> Option<Arc<Numbers>> {
        if let Some(known) = open(&self.numbers).get(&key) {
            return known.clone();
        }
        let found = read().map(Arc::new);
        open(&self.numbers).insert(key, found.clone());
        found
    }

    /// The rows of a whole table whose column holds this text.
    pub fn rows_with(&self, key: Key, table: &Table, text: &str) -> Option<Vec<usize>> {
        let known = open(&self.texts).get(&key).cloned();
        let texts = match known {
            Some(texts) => texts,
            None => {
                let at = table.column(&key.2)?;
                let mut texts = Rows::new();
                for (row, record) in table.records.iter().enumerate() {
                    match record.cells.get(at).map(|cell| &cell.value) {
                        Some(Value::Text(text)) => texts.entry(text.clone()).or_default().push(row),
                        Some(Value::Missing | Value::Absent) | None => {}
                        // Numbers and dates equal a text in ways of their own.
                        Some(_) => return None,
                    }
                }
                let texts = Arc::new(texts);
                open(&self.texts).insert(key, texts.clone());
                texts
            }
        };
        Some(texts.get(text).cloned().unwrap_or_default())
    }

    /// The rows of another year's table that are the same unit, through 更名: several where it
    /// was merged.
    pub fn kin(&self, data: &Dataset, key: &str, table: &Arc<str>, name: &str, year: i16) -> Vec<usize> {
        let known = open(&self.named).get(&(year, table.clone())).cloned();
        let named = known.unwrap_or_else(|| {
            let mut named = Rows::new();
            if let Some(table) = data.years.get(&year).and_then(|d| d.tables.get(table)) {
                for (row, record) in table.records.iter().enumerate() {
                    if let Some(name) = table.unit_name(&record.cells, key) {
                        named.entry(name.into()).or_default().push(row);
                    }
                }
            }
            let named = Arc::new(named);
            open(&self.named).insert((year, table.clone()), named.clone());
            named
        });
        let mut rows = Vec::new();
        for name in self.names(data, name) {
            // Of one name twice the first counts, as everywhere.
            rows.extend(named.get(&name).and_then(|rows| rows.first()).copied());
        }
        rows
    }

    /// A name and its former ones.
    fn names(&self, data: &Dataset, name: &str) -> Vec<Arc<str>> {
        let former = open(&self.former)
            .get_or_insert_with(|| {
                let renames = Renames::read(data).unwrap_or_default();
                let all = renames.present().map(|name| {
                    let former = renames.all(name).into_iter().skip(1).map(Arc::from).collect();
                    (Arc::from(name), former)
                });
                Arc::new(all.collect())
            })
            .clone();
        let older = former.get(name).into_iter().flatten().cloned();
        std::iter::once(Arc::from(name)).chain(older).collect()
    }
}

impl Numbers {
    /// Brings numbers of any units together by value. `Err`: the two rows that do not go together.
    pub fn gather(found: Vec<(usize, Quantity)>) -> Result<Numbers, (QuantityError, usize, usize)> {
        let mut total: Option<(usize, Quantity)> = None;
        for (row, number) in &found {
            total = Some(match total {
                None => (*row, number.clone()),
                Some((first, sum)) => (first, sum.plus(number).map_err(|err| (err, first, *row))?),
            });
        }
        let like = total.map_or_else(|| Quantity::plain(Decimal::ZERO), |(_, like)| like);
        let sum = like.number.decimal;
        let value = |number: Quantity| match (&number.unit, &like.unit) {
            (Some(own), Some(unit)) if own.symbol != unit.symbol && !own.loose => {
                number.in_unit(&unit.symbol).map_or(number.number.decimal, |n| n.number.decimal)
            }
            _ => number.number.decimal,
        };
        let values = found.into_iter().map(|(row, number)| (row as u32, value(number))).collect();
        Ok(Numbers { sum, values, like })
    }

    /// A number of the column's kind and unit.
    pub fn quantity(&self, value: Decimal) -> Quantity {
        self.like.valued(value)
    }
}
