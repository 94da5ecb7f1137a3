//! The numbers of a column: by value, in one unit; of a whole table read once for all reports.

use std::sync::Arc;

use minijinja::Value as Jinja;

use super::columns::{Key, Numbers};
use super::records::Records;
use super::refusal::FunctionError;
use crate::dataset::Value;

fn key(records: &Records, column: &str) -> Key {
    (records.year(), records.table_name(), column.to_owned())
}

/// The numbers of a column, known already where the records are the whole table.
pub fn known_numbers(records: &Records, column: &str) -> Option<Arc<Numbers>> {
    let read = || numbers_of(records, column).ok().and_then(Result::ok);
    records.is_whole().then(|| records.world().columns.numbers(key(records, column), read)).flatten()
}

/// The records whose column holds a text, where that is known of the whole table.
pub fn known_rows(records: &Records, column: &str, text: &str) -> Option<Vec<usize>> {
    let table = records.data().filter(|_| records.is_whole())?;
    records.world().columns.rows_with(key(records, column), table, text)
}

/// The numbers of a column, read cell by cell. `Ok(Err(value))`: a missing value to be passed on.
pub fn numbers_of(records: &Records, column: &str) -> Result<Result<Numbers, Jinja>, FunctionError> {
    let Some((cells, unit)) = records.cells(column) else {
        let first = records.record(0).and_then(|record| record.read(column));
        return match first {
            Some(gap) => Ok(Err(gap)),
            None => Ok(Numbers::gather(Vec::new()).map_err(|_| Jinja::UNDEFINED)),
        };
    };
    let mut found = Vec::with_capacity(records.len());
    let cell = |at: usize| records.record(at).and_then(|record| record.read(column)).unwrap_or_default();
    for (at, here) in cells {
        match &here.value {
            Value::Absent => {}
            Value::Missing => return Ok(Err(cell(at))),
            _ => match here.quantity(unit.as_ref()) {
                Some(number) => found.push((at, number)),
                None => {
                    let told = format!("{}的“{column}”是“{}”，不是数", records.label(at), here.shown);
                    return Err(FunctionError::new(told, "把这个单元格改成数；没有的填“无”").with_value(&cell(at)));
                }
            },
        }
    }
    Ok(Ok(Numbers::gather(found).map_err(|(err, one, two)| {
        let told = format!("“{column}”一列里的数合不到一起：{err}");
        FunctionError::new(told, err.help()).with_value(&cell(one)).with_value(&cell(two))
    })?))
}
