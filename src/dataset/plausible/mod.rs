//! Values that can be read but hardly be meant: 0.886 under the unit %, 36 in a cell with the
//! format of a percentage, two units in one column. Looked at before values are typed, while
//! what the clerk wrote still stands.

mod percent;
mod told;
mod units;

use super::Dataset;
use super::schema::Schema;
use crate::diagnostic::Diagnostic;

/// Everything doubtful of all years.
pub fn doubts(dataset: &Dataset, schema: &Schema) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    percent::fields(dataset, schema, &mut found);
    for table in dataset.years.values().flat_map(|year| year.tables.values()) {
        let spec = schema.table(&table.name);
        for (at, column) in table.columns.iter().enumerate() {
            let spec = spec.and_then(|s| s.column(&column.name));
            percent::column(dataset, table, at, spec, &mut found);
            found.extend(units::mixed(table, at, spec));
            found.extend(units::of_rows(table, at, spec));
        }
    }
    found
}
