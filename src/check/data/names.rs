//! C-06: a unit that is called otherwise than last year is compared with nothing.

use std::collections::HashMap;

use super::beside::both;
use super::{Facts, said};
use crate::dataset::renames::Renames;
use crate::dataset::{Cell, Table, Value};
use crate::diagnostic::{Diagnostic, codes, nearest};

/// Fewer rows than this are no list of units that goes on from year to year.
const FEW: usize = 3;

/// Lists that differ by more are other lists.
const MOST_PAIRS: usize = 100_000;

/// C-06
pub fn strangers(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((now, Some(past))) = both(facts) else { return };
    // What is wrong with the renames is told where they are used.
    let renames = Renames::read(facts.data).unwrap_or_default();
    for table in now.tables.values() {
        let Some(old) = past.tables.get(&table.name) else { continue };
        let (ours, theirs) = (names(table), names(old));
        let shared = ours.keys().filter(|name| theirs.contains_key(*name)).count();
        // Cases, measures: each year has its own.
        if shared < FEW || shared * 2 < ours.len() {
            continue;
        }
        let mut lost: Vec<&str> = theirs.keys().filter(|name| !ours.contains_key(*name)).copied().collect();
        lost.sort_unstable();
        let mut new: Vec<(&str, &Cell)> =
            ours.iter().filter(|(name, _)| !theirs.contains_key(*name)).map(|(name, cell)| (*name, *cell)).collect();
        if new.len() * lost.len() > MOST_PAIRS {
            continue;
        }
        new.sort_by_key(|(_, cell)| cell.origin);
        for (name, cell) in new {
            let former = renames.all(name);
            if former.iter().any(|other| *other != name && theirs.contains_key(other)) {
                continue;
            }
            let Some(was) = nearest(name, lost.iter().copied()) else { continue };
            found.push(
                said(
                    codes::C06,
                    format!("上年没有“{name}”，上年的“{was}”本年没有，像是同一个：名称不同，两年的数对不上"),
                    cell,
                )
                .about(&*table.name)
                .also(theirs[was].origin, format!("上年的“{was}”"))
                .help(
                    "是同一个的，两年用同一个名称；改了名的，加一张“更名”表，列名为“原名”“现名”；不是一个的，不用处理",
                ),
            );
        }
    }
}

/// The cells that name the records.
fn names(table: &Table) -> HashMap<&str, &Cell> {
    let at = table.name_column();
    let named = table.records.iter().filter_map(|record| {
        let own = at.and_then(|i| record.cells.get(i));
        let cell = own.or_else(|| record.cells.iter().find(|c| matches!(c.value, Value::Text(_))))?;
        (!cell.is_missing()).then_some((&*cell.shown, cell))
    });
    named.collect()
}
