//! One record of a table, for who looks at a single report of a batch.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::digest::Common;
use super::units;
use crate::dataset::{Dataset, Table};
use crate::diagnostic::Diagnostic;
use crate::layout::Kit;
use crate::pipeline::Material;
use crate::template::{Format, Pack, Subject};

/// Names that mean something in every report, whatever columns are called.
const SPECIAL: [&str; 6] = ["年份", "上年", "历年", "报告", "数据", "记录"];

/// A record chosen among those of a table.
#[derive(Clone, Debug)]
pub struct Single {
    pub table: Arc<str>,
    /// What the records are called, in the table's order; empty where one has no name.
    pub names: Vec<Arc<str>>,
    /// Position of the chosen one.
    pub at: usize,
    pub subject: Subject,
    /// What is wrong or doubtful in its own data and in what all records share.
    pub diagnostics: Vec<Diagnostic>,
}

/// The table whose records a pack is about; `None`: its reports are about the data as a whole.
/// A name that only a column of the table can mean tells it.
pub fn table_of(data: &Dataset, pack: &Pack) -> Option<String> {
    let tables = &data.current()?.tables;
    let used = pack.engine.names();
    let field = |name: &str| data.years.values().any(|y| y.fields.contains_key(name) || y.tables.contains_key(name));
    let declared = |name: &str| {
        pack.schema.fields.iter().any(|f| &*f.name == name) || pack.schema.tables.iter().any(|t| &*t.name == name)
    };
    let meant = |name: &&str| !SPECIAL.contains(name) && !field(name) && !declared(name);
    let own: BTreeSet<&str> = used.iter().map(String::as_str).filter(meant).collect();
    let named = |table: &Table| table.columns.iter().filter(|c| own.contains(&*c.name)).count();
    let keyed = || tables.values().filter(|t| t.column(&pack.key).is_some());
    let of_columns = keyed().filter(|t| named(t) > 0).max_by_key(|t| named(t));
    // A pack for a whole report can be used for each record as well: then its fields are columns.
    let required: Vec<&str> = pack.schema.fields.iter().filter(|f| f.required).map(|f| &*f.name).collect();
    let filled = |table: &Table| required.iter().filter(|name| table.column(name).is_some()).count();
    let of_fields = || {
        let none = !required.is_empty() && required.iter().all(|name| !field(name));
        let best = keyed().max_by_key(|t| filled(t));
        best.filter(|t| none && filled(t) * 2 > required.len())
    };
    of_columns.or_else(of_fields).map(|t| t.name.to_string())
}

/// The record of this name, else the first.
pub fn single(
    material: &Material,
    kit: &Kit,
    by: &str,
    name: Option<&str>,
    draft: bool,
) -> Result<Single, Vec<Diagnostic>> {
    let (mut units, doubts) = units::units(&material.data, by, &material.pack.key)?;
    let found = material.diagnostics.iter().cloned().chain(doubts).collect();
    let mut diagnostics = units::assign(&mut units, &material.data, by, found);
    let names: Vec<Arc<str>> = units.iter().map(|u| u.name.clone()).collect();
    let at = name.and_then(|name| names.iter().position(|n| &**n == name)).unwrap_or(0);
    let mut unit = units.swap_remove(at);
    diagnostics.append(&mut unit.diagnostics);
    // The report names the same digest as the batch's own.
    unit.subject.digest = Common::new(material, kit, by, &Format::ALL, draft).of_unit(&unit, &material.data, by);
    Ok(Single { table: by.into(), names, at, subject: unit.subject, diagnostics })
}

/// Every record of a table, for who looks at all of them without making files.
pub fn records(material: &Material, by: &str) -> Result<(Vec<Subject>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (units, doubts) = units::units(&material.data, by, &material.pack.key)?;
    Ok((units.into_iter().map(|unit| unit.subject).collect(), doubts))
}
