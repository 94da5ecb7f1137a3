//! The value of a unit in a year in which it was still several.

use std::sync::Arc;

use minijinja::Value as Jinja;

use super::datum::{Again, Datum, From, Place, What};
use crate::dataset::Cell;
use crate::figures::ColumnRead;
use crate::quantity::{Quantity, Unit};

/// Amounts add up, anything else must agree.
pub fn joint(cells: &[&Cell], column: Option<&Unit>, place: Place) -> Datum {
    let unknown = |origin| Datum {
        from: From::Nothing,
        again: Again::Place(place.clone()),
        ..Datum::made(What::Missing { name: place.name(), origin })
    };
    let Some((first, rest)) = cells.split_first() else { return unknown(None) };
    if rest.is_empty() {
        return Datum::of_cell(first, column, place);
    }
    if let Some(gap) = cells.iter().find(|c| c.is_missing()) {
        return Datum::of_cell(gap, column, place);
    }
    let amounts: Vec<Quantity> = cells.iter().filter_map(|c| c.quantity(column)).filter(Quantity::is_amount).collect();
    let sum = amounts.split_first().and_then(|(first, rest)| {
        rest.iter().try_fold(first.clone(), |sum, next| sum.plus(next)).ok().filter(|_| amounts.len() == cells.len())
    });
    let Some(sum) = sum else {
        let agree = rest.iter().all(|c| c.value == first.value);
        return if agree { Datum::of_cell(first, column, place) } else { unknown(Some(first.origin)) };
    };
    let part = |(at, cell): (usize, &&Cell)| {
        Datum::of_cell(cell, column, place.part(at).unwrap_or_else(|| place.clone())).value()
    };
    let parts: Arc<[Jinja]> = cells.iter().enumerate().map(part).collect();
    Datum { from: From::Values(parts), again: Again::Place(place), ..Datum::number(sum) }
}

impl Datum {
    /// The same value of a record that was found by looking through these columns.
    pub fn compared(self, columns: Option<&Arc<[ColumnRead]>>) -> Datum {
        let Some(columns) = columns else { return self };
        let (shown, again, what) = (self.shown.clone(), self.again.clone(), self.what.clone());
        let from = From::Compared(Arc::from([self.value()]), columns.clone());
        Datum { shown, from, again, ..Datum::made(what) }
    }
}
