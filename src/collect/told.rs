//! What was found, as the user reads it.

use super::form::Form;
use crate::diagnostic::{Diagnostic, Origin, Place, Severity, cell_name};

/// Something that was found, as the user reads it.
#[derive(Clone, Debug)]
pub struct Told {
    pub severity: Severity,
    pub code: &'static str,
    pub unit: String,
    pub file: String,
    /// `乡镇!C7`; empty where it is about the file.
    pub place: String,
    pub sheet: String,
    pub cell: String,
    pub message: String,
    pub help: String,
    /// Further cells with the same finding.
    pub also: Vec<String>,
}

/// What is said of a form.
pub fn of_form(form: &Form) -> Vec<Told> {
    let place = |origin: Origin| match origin.place {
        Place::Whole => String::new(),
        _ => form.sources.describe_short(origin),
    };
    let told = |d: &Diagnostic| {
        let subject = d.subject.as_ref().map(|s| format!("{s}：")).unwrap_or_default();
        Told {
            severity: d.severity,
            code: d.code.name(),
            unit: form.unit.clone().unwrap_or_default(),
            file: form.file.clone(),
            place: d.origin.map(place).unwrap_or_default(),
            sheet: d.origin.map(|o| sheet(o, form)).unwrap_or_default(),
            cell: match d.origin.map(|o| o.place) {
                Some(Place::Cell { row, column, .. }) => cell_name(row, column),
                _ => String::new(),
            },
            message: format!("{subject}{}", d.message),
            help: d.helps.join("；"),
            also: d.others.iter().map(|origin| place(*origin)).collect(),
        }
    };
    form.diagnostics.iter().map(told).collect()
}

fn sheet(origin: Origin, form: &Form) -> String {
    match origin.place {
        Place::Cell { sheet, .. } | Place::Sheet(sheet) => {
            form.sources.get(origin.source).sheets.get(sheet as usize).cloned().unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// What is said of a file that is no form.
pub fn of_file(file: &str, d: &Diagnostic) -> Told {
    Told {
        severity: d.severity,
        code: d.code.name(),
        unit: String::new(),
        file: file.to_string(),
        place: String::new(),
        sheet: String::new(),
        cell: String::new(),
        message: d.message.clone(),
        help: d.helps.join("；"),
        also: Vec::new(),
    }
}
