//! The cells that a printed value was made of: not those that were read to decide, to choose a
//! unit or to sort.

use std::collections::HashSet;

use minijinja::Value as Jinja;
use minijinja::value::ValueKind;

use super::datum::{Again, Datum, From, datum};
use super::records::Record;
use super::refusal::FunctionError;
use super::values::Values;
use crate::figures::{Read, Reads};

/// The cells of a value.
pub fn reads<'v>(values: impl IntoIterator<Item = &'v Jinja>) -> Reads {
    let mut gathered = Gathered::default();
    values.into_iter().for_each(|value| gather(value, &mut gathered));
    gathered.reads
}

#[derive(Default)]
struct Gathered {
    reads: Reads,
    /// Calculations that were looked at: a value may be part of many others.
    seen: HashSet<*const Datum>,
}

fn gather(value: &Jinja, found: &mut Gathered) {
    if let Some(own) = datum(value) {
        if !matches!(own.from, From::Given | From::Values(_)) || found.seen.insert(std::ptr::from_ref(own)) {
            of_datum(own, found);
        }
        return;
    }
    if let Some(values) = value.downcast_object_ref::<Values>() {
        found.reads.push_column(&values.of.column_read(&values.column));
        values.of.looked_through().for_each(|column| found.reads.push_compared(column));
        return;
    }
    if let Some(record) = value.downcast_object_ref::<Record>() {
        found.reads.extend(&record.name_read().into_iter().collect());
        return;
    }
    if value.is_kwargs() {
        return;
    }
    if value.kind() == ValueKind::Seq && value.as_object().is_some() {
        value.try_iter().into_iter().flatten().take(10_000).for_each(|item| gather(&item, found));
    }
}

fn of_datum(own: &Datum, found: &mut Gathered) {
    let values = |values: &[Jinja], found: &mut Gathered| values.iter().for_each(|value| gather(value, found));
    match &own.from {
        From::Nothing => {}
        From::Cell { origin, shown } => {
            let name = match &own.again {
                Again::Place(place) => place.name(),
                _ => shown.clone(),
            };
            found.reads.push(Read { origin: *origin, name, shown: shown.clone() });
        }
        From::Values(parts) => values(parts, found),
        From::Given => {
            if let Again::Call(_, given) = &own.again {
                values(given, found);
            }
        }
        From::Columns(columns) => columns.iter().for_each(|column| found.reads.push_column(column)),
        From::Gathered(reads) => found.reads.extend(reads),
        From::Compared(parts, columns) => {
            values(parts, found);
            columns.iter().for_each(|column| found.reads.push_compared(column));
        }
    }
}

/// Cells of one value that a refusal names.
const MOST_BLAMED: usize = 3;

impl FunctionError {
    /// Names the cells that this value was made of.
    pub fn with_value(mut self, value: &Jinja) -> Self {
        for read in reads([value]).iter().take(MOST_BLAMED) {
            if self.cells.iter().all(|(origin, _)| *origin != read.origin) {
                self.cells.push((read.origin, format!("{}是“{}”", read.name, read.shown)));
            }
        }
        self
    }
}
