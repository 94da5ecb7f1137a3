//! Two units in one column.

use std::collections::BTreeMap;

use super::super::{Cell, MONEY, Table};
use super::told::{number, others, subject};
use crate::dataset::row_units;
use crate::dataset::schema::FieldSpec;
use crate::diagnostic::{Diagnostic, Severity, codes, short_place};
use crate::quantity::unit;

/// Cells of a column that say another unit than its header, or than most of its cells. Where a
/// column 单位 says the unit of each row, rows differ by right; a declared unit is told elsewhere.
pub fn mixed(table: &Table, at: usize, spec: Option<&FieldSpec>) -> Option<Diagnostic> {
    let column = &table.columns[at];
    if spec.is_some_and(|s| s.unit.is_some()) {
        return None;
    }
    let by_row = row_units::column(table);
    let of_row = |cells: &[Cell]| by_row.is_some_and(|i| unit::is_unit(&cells[i].shown));
    let cells = table.records.iter().filter(|r| !of_row(&r.cells)).map(|r| &r.cells[at]);
    let with_unit = || cells.clone().filter(|c| number(c).is_some_and(|n| !n.is_share())).filter(|c| c.unit.is_some());
    let symbol = |cell: &Cell| match cell.unit.as_deref() {
        Some(MONEY) => "元".to_owned(),
        symbol => symbol.map(unit::same).unwrap_or_default().to_owned(),
    };
    let first = with_unit().next()?;
    // The cheap way for a column of one unit.
    if with_unit().all(|c| c.unit == first.unit) {
        return None;
    }
    let header = column.unit.as_deref().filter(|_| !column.unit_of_sheet).map(|u| unit::same(u).to_owned());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    with_unit().for_each(|c| *counts.entry(symbol(c)).or_default() += 1);
    let first_symbol = symbol(first);
    let most = counts.iter().max_by_key(|(u, n)| (**n, **u == first_symbol)).map(|(u, _)| u.clone())?;
    let usual = header.clone().unwrap_or(most);
    let odd: Vec<&Cell> = with_unit().filter(|c| symbol(c) != usual).collect();
    let cell = *odd.first()?;
    let other = with_unit().find(|c| symbol(c) == usual);
    let own = cell.unit.as_deref().unwrap_or_default();
    let message = match other {
        Some(other) => format!("“{}”的单位是“{own}”，同一列的 {} 是“{usual}”", cell.shown, short_place(other.origin)),
        None => format!("“{}”的单位是“{own}”，列名写的是“{usual}”", cell.shown),
    };
    let help = match converted(cell, own, &usual) {
        Some(value) => format!("一列只用一种单位：填 {value}，单位“{usual}”写在列名里"),
        None => format!("“{own}”和“{usual}”不能相加：改正单位，或者分成两列"),
    };
    let mut found = Diagnostic::new(codes::D057, message)
        .at(cell.origin)
        .and_at(others(&odd))
        .about(subject(table, cell, &column.name))
        .help(help);
    if let Some(other) = other {
        found = found.also(other.origin, format!("“{}”", other.shown));
    }
    Some(found)
}

/// Cells of a column whose rows say their units, which say another one that does not convert: a
/// template would print 168次场. Where the column is of such numbers at all: at least half of its
/// cells take the unit of their row.
pub fn of_rows(table: &Table, at: usize, spec: Option<&FieldSpec>) -> Option<Diagnostic> {
    let by_row = row_units::column(table).filter(|by_row| *by_row != at)?;
    let (mut odd, mut fitting) = (Vec::new(), 0usize);
    for record in &table.records {
        let (cell, of_row) = (&record.cells[at], &record.cells[by_row]);
        let Some(own) = cell.unit.as_deref().filter(|_| number(cell).is_some_and(|n| !n.is_share())) else { continue };
        if !unit::is_unit(&of_row.shown) {
            continue;
        }
        let own = if own == MONEY { "元" } else { own };
        match unit::same(own) == unit::same(&of_row.shown) {
            true => fitting += 1,
            false if unit::conversion(own, &of_row.shown).is_none() => odd.push((cell, of_row, own)),
            false => {}
        }
    }
    let &(cell, of_row, own) = odd.first().filter(|_| fitting >= odd.len())?;
    let cells: Vec<&Cell> = odd.iter().map(|(cell, ..)| *cell).collect();
    let row = &of_row.shown;
    let message = format!("“{}”的单位是“{own}”，这一行的单位写的是“{row}”，两者不能换算", cell.shown);
    let level = if spec.is_some() { Severity::Error } else { Severity::Warning };
    Some(
        Diagnostic::new(codes::D057, message)
            .weighing(level)
            .at(cell.origin)
            .and_at(others(&cells))
            .about(subject(table, cell, &table.columns[at].name))
            .also(of_row.origin, format!("“{row}”"))
            .help(format!("改成以{row}计的数，或改正单位")),
    )
}

fn converted(cell: &Cell, own: &str, usual: &str) -> Option<String> {
    let (factor, divisor) = unit::conversion(own, usual)?;
    let value = number(cell)?.decimal.checked_mul(factor)?.checked_div(divisor)?;
    Some(value.normalize().to_string())
}
