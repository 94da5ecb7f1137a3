//! One record of a table, for who looks at a single report of a batch.

use std::sync::Arc;

use super::digest::Common;
use super::units;
use crate::diagnostic::Diagnostic;
use crate::layout::Kit;
use crate::pipeline::Material;
use crate::template::{Format, Subject};

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
