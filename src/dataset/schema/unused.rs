//! Mistakes in columns that the template does not ask for.

use super::Schema;
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Severity};

/// An error value or a formula without a result (人均, 占比 that the office adds for itself) stops
/// no report where its column is not declared: it becomes a warning. Should the text read the
/// column all the same, the figure is missing at that place.
pub fn forgive(dataset: &Dataset, schema: &Schema, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|d| d.is_error() && d.code.is_no_value()) {
        let Some(origin) = diagnostic.origin else { continue };
        let column = dataset.years.values().flat_map(|year| year.tables.values()).find_map(|table| {
            let spec = schema.table(&table.name)?;
            let record = table.records.iter().find(|r| r.cells.iter().any(|c| c.origin == origin))?;
            let at = record.cells.iter().position(|c| c.origin == origin)?;
            Some((spec, table.columns[at].name.clone()))
        });
        if let Some((spec, column)) = column
            && spec.column(&column).is_none()
        {
            diagnostic.severity = Severity::Warning;
            diagnostic.helps = vec![format!("模板没有用到“{column}”列，可以不改")];
        }
    }
}
