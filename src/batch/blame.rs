//! Reports that cannot be made because of a cell of another's row, or of all: a rank reads the whole
//! column. It is that cell's mistake and is told as such, not in the words of the template.

use std::collections::{HashMap, HashSet};

use crate::dataset::{Dataset, Table};
use crate::diagnostic::{Diagnostic, Origin, SourceId, codes};
use crate::pipeline::Material;

/// The cells that are told already, and where others are found.
pub struct Blame<'m> {
    material: &'m Material,
    files: HashSet<SourceId>,
    told: HashMap<Origin, Diagnostic>,
    /// Names that are told to be missing.
    missing: HashSet<&'m str>,
}

impl<'m> Blame<'m> {
    pub fn new(material: &'m Material) -> Blame<'m> {
        let files: HashSet<SourceId> = material.data.files.iter().map(|(id, _)| *id).collect();
        let mut told = HashMap::new();
        for diagnostic in material.diagnostics.iter().filter(|d| d.is_error()) {
            let first = diagnostic.origin.into_iter().map(|origin| (origin, diagnostic.message.clone()));
            let others = diagnostic.others.iter().map(|origin| (*origin, diagnostic.code.title().to_string()));
            for (origin, message) in first.chain(others).filter(|(origin, _)| files.contains(&origin.source)) {
                let subject = subject(&material.data, origin).or_else(|| diagnostic.subject.clone());
                let one = Diagnostic { message, subject, others: Vec::new(), ..diagnostic.clone().at(origin) };
                told.entry(origin).or_insert(one);
            }
        }
        let wrong = material.diagnostics.iter().filter(|d| d.is_error());
        let missing = wrong.filter_map(|d| d.named.as_deref()).collect();
        Blame { material, files, told, missing }
    }

    /// What is found in one report, each consequence as the mistake of its cell.
    pub fn settle(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut settled: Vec<Diagnostic> = Vec::with_capacity(found.len());
        let again =
            |d: &Diagnostic| d.code == codes::T011 && d.named.as_deref().is_some_and(|n| self.missing.contains(n));
        for diagnostic in found.into_iter().filter(|d| !again(d)) {
            let diagnostic = self.cause(&diagnostic).unwrap_or(diagnostic);
            if !settled.contains(&diagnostic) {
                settled.push(diagnostic);
            }
        }
        settled
    }

    /// The mistake of which another is the consequence.
    fn cause(&self, found: &Diagnostic) -> Option<Diagnostic> {
        let of_data = |origin: &Origin| self.files.contains(&origin.source);
        if !found.is_error() || found.origin.as_ref().is_some_and(of_data) {
            return None;
        }
        let mut cells = found.related.iter().map(|(origin, _)| *origin).filter(of_data);
        if let Some(told) = cells.clone().find_map(|origin| self.told.get(&origin)) {
            return Some(told.clone());
        }
        let cell = cells.next().filter(|_| found.code == codes::T011)?;
        let place = found.origin.map(|origin| self.material.sources.describe(origin)).unwrap_or_default();
        let told = Diagnostic::new(codes::T011, format!("这一格没有填，报告要用到（{place}）")).at(cell);
        let told = told.help("填上；一个也没有就填 0，确实没有的填“—”");
        Some(Diagnostic { subject: subject(&self.material.data, cell), ..told })
    }
}

/// What stands at a place of a table: 云溪镇 · 经费.
fn subject(data: &Dataset, origin: Origin) -> Option<String> {
    let of = |table: &Table| {
        let record = table.records.iter().find(|r| r.cells.iter().any(|c| c.origin == origin))?;
        let at = record.cells.iter().position(|c| c.origin == origin)?;
        let name = table.row_name(&record.cells).unwrap_or_default();
        Some(format!("{name} · {}", table.columns[at].name))
    };
    data.years.values().flat_map(|year| year.tables.values()).find_map(of)
}
