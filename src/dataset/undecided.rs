//! Sheets that can be meant in two ways: what the template asks for decides.

use std::sync::Arc;

use super::gathered::{Gathered, Part, Undecided};
use super::wanted::Wanted;
use crate::diagnostic::Diagnostic;

/// Takes each sheet for what it is meant as; `called` is what the template calls a name.
pub fn decide(
    gathered: &mut Gathered,
    wanted: &Wanted<'_>,
    called: &dyn Fn(&str) -> Arc<str>,
    told: &mut Vec<Diagnostic>,
) {
    // From the last on, so that the places before stay what they are.
    for (at, sheet) in std::mem::take(&mut gathered.undecided).into_iter().rev() {
        let figures = is_figures(&sheet, wanted, called);
        let Part { gathered: own, told: said } = if figures { sheet.as_fields } else { sheet.as_table };
        gathered.fields.splice(at.fields..at.fields, own.fields);
        gathered.aliases.splice(at.aliases..at.aliases, own.aliases);
        gathered.tables.splice(at.tables..at.tables, own.tables);
        gathered.field_sheets.splice(at.field_sheets..at.field_sheets, own.field_sheets);
        told.splice(at.told..at.told, said);
    }
}

fn is_figures(sheet: &Undecided, wanted: &Wanted<'_>, called: &dyn Fn(&str) -> Arc<str>) -> bool {
    let name = called(&sheet.name);
    let figures = &sheet.as_fields.gathered;
    let names = || figures.fields.iter().chain(&figures.aliases).map(|(_, name, _)| called(name));
    let declares = |name: &str| wanted.schema.is_some_and(|schema| schema.field(name).is_some());
    if wanted.schema.is_some_and(|schema| schema.table(&name).is_some()) {
        return false;
    }
    if names().any(|name| declares(&name)) {
        return true;
    }
    // A sheet 经费 with a figure 经费: the template means the figure.
    let read = wanted.reads(&name) && !names().any(|own| own == name);
    match (read, names().any(|name| wanted.reads(&name))) {
        (true, false) => false,
        (false, true) => true,
        _ => sheet.likely,
    }
}
