//! Findings as text for a terminal and as JSON (schema in docs/checks.md).

use serde_json::{Value, json as object};

use super::finding::Finding;
use crate::diagnostic::{Origin, Place, Severity, SourceMap, cell_name, render};

/// Findings for a reader, the gravest last.
pub fn text(findings: &[Finding], sources: &SourceMap) -> String {
    if findings.is_empty() {
        return "没有发现问题\n".to_string();
    }
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| f.diagnostic.severity);
    let mut out = String::new();
    sorted.iter().for_each(|finding| out.push_str(&entry(finding, sources)));
    let [errors, warnings, notices] = counts(findings);
    out.push_str(&format!("共{errors}处错误、{warnings}处警告、{notices}处提示\n"));
    out
}

/// One finding for a reader.
pub fn entry(finding: &Finding, sources: &SourceMap) -> String {
    let mut out = render(&finding.diagnostic, sources);
    if !finding.sentence.is_empty() {
        let heading = if finding.heading.is_empty() { String::new() } else { format!("（{}）", finding.heading) };
        out.push_str(&format!("  原文{heading}：{}\n", finding.sentence.trim()));
    }
    out
}

/// How many errors, warnings and notices.
pub fn counts(findings: &[Finding]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Notice]
        .map(|level| findings.iter().filter(|f| f.diagnostic.severity == level).count())
}

/// Findings for a program.
pub fn json(findings: &[Finding], sources: &SourceMap) -> String {
    let [errors, warnings, notices] = counts(findings);
    let list: Vec<Value> = findings.iter().map(|f| one(f, sources)).collect();
    let all = object!({
        "version": 1,
        "counts": {"error": errors, "warning": warnings, "notice": notices},
        "findings": list,
    });
    format!("{all:#}\n")
}

fn one(finding: &Finding, sources: &SourceMap) -> Value {
    let diagnostic = &finding.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    };
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(origin, note)| object!({"note": note, "place": place(*origin, sources)}))
        .collect();
    object!({
        "code": diagnostic.code.name(),
        "level": level,
        "message": diagnostic.message,
        "help": diagnostic.helps,
        "place": diagnostic.origin.map(|origin| place(origin, sources)),
        "related": related,
        "subject": diagnostic.subject,
        "heading": finding.heading,
        "sentence": finding.sentence,
    })
}

fn place(origin: Origin, sources: &SourceMap) -> Value {
    let source = sources.get(origin.source);
    let sheet = |i: u16| source.sheets.get(i as usize).cloned().unwrap_or_default();
    match origin.place {
        Place::Whole => object!({"file": source.name}),
        Place::Text { line, column, length } => {
            object!({"file": source.name, "line": line, "column": column, "length": length})
        }
        Place::Sheet(i) => object!({"file": source.name, "sheet": sheet(i)}),
        Place::Cell { sheet: i, row, column } => {
            object!({"file": source.name, "sheet": sheet(i), "cell": cell_name(row, column)})
        }
    }
}
