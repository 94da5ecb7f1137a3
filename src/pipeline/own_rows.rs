//! Tables of a collected workbook whose rows say which unit filled them in: a report of one unit has
//! its own rows of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::dataset::{Dataset, OF_UNIT, Table};
use crate::template::Subject;

/// The data with the subject's own rows; `None` where no table says whose its rows are. `key`: the
/// column by which units are known.
pub fn own_rows(data: &Dataset, subject: &Subject, key: &str) -> Option<Dataset> {
    let shared = |table: &Table| table.name != subject.table && table.column(OF_UNIT).is_some();
    if !data.years.values().any(|year| year.tables.values().any(shared)) {
        return None;
    }
    let mut own = data.clone();
    for (year, content) in &mut own.years {
        let content = Arc::make_mut(content);
        let rows = subject.rows.iter().filter(|(of, _)| of == year).map(|(_, row)| *row);
        let name = |row: usize| {
            let table = content.tables.get(&subject.table)?;
            Some(table.records.get(row)?.cells.get(table.column(key)?)?.shown.clone())
        };
        let names: BTreeSet<Arc<str>> = rows.filter_map(name).collect();
        for table in content.tables.values_mut().filter(|table| shared(table)) {
            let Some(at) = table.column(OF_UNIT) else { continue };
            table.records.retain(|record| record.cells.get(at).is_some_and(|cell| names.contains(&cell.shown)));
            table.totals.clear();
        }
    }
    Some(own)
}
