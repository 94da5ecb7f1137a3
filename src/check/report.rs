//! Findings as text for a terminal and as JSON (schema in docs/checks.md).

use serde_json::{Value, json as object};

use super::finding::Finding;
use crate::diagnostic::{Origin, Place, Severity, SourceMap, cell_name, grouped, render, sign, visible};

/// Findings for a reader, the gravest last.
pub fn text(findings: &[Finding], sources: &SourceMap) -> String {
    if findings.is_empty() {
        return "没有发现问题\n".to_string();
    }
    // What stands in a sentence is told with it, one by one; the rest by its cause.
    let (typed, plain): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|f| !f.sentence.is_empty());
    let plain = grouped(plain.iter().map(|f| &f.diagnostic));
    let mut told: Vec<(Severity, String)> = plain.iter().map(|d| (d.severity, render(d, sources))).collect();
    told.extend(typed.iter().map(|f| (f.diagnostic.severity, entry(f, sources))));
    told.sort_by_key(|(severity, _)| *severity);
    let mut out: String = told.into_iter().map(|(_, text)| text).collect();
    let [errors, warnings, notices] = counts(findings);
    out.push_str(&format!("共{errors}处错误、{warnings}处警告、{notices}处提示\n"));
    out
}

/// One finding for a reader.
pub fn entry(finding: &Finding, sources: &SourceMap) -> String {
    let mut out = render(&finding.diagnostic, sources);
    if !finding.sentence.is_empty() {
        let heading = if finding.heading.is_empty() { String::new() } else { format!("（{}）", finding.heading) };
        out.push_str(&format!("  原文{}：{}\n", visible(&heading), visible(finding.sentence.trim())));
    }
    out
}

/// How many errors, warnings and notices.
pub fn counts(findings: &[Finding]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Notice].map(|level| {
        findings.iter().map(|f| &f.diagnostic).filter(|d| d.severity == level).map(|d| 1 + d.others.len()).sum()
    })
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
    // What a terminal would obey stands in strings only, where JSON has a spelling for it.
    let steers = |c: char| c != '\n' && sign(c).is_some();
    let spell = |c: char| if steers(c) { format!("\\u{:04x}", c as u32) } else { c.to_string() };
    format!("{all:#}\n").chars().map(spell).collect()
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
        "others": diagnostic.others.iter().map(|origin| place(*origin, sources)).collect::<Vec<_>>(),
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
        Place::Text { line, column, length } if sources.paragraph(origin.source, line).is_some() => {
            let paragraph = sources.paragraph(origin.source, line).unwrap_or_default();
            let tag = sources.tag(origin);
            object!({"file": source.name, "paragraph": paragraph, "tag": tag, "column": column, "length": length})
        }
        Place::Text { line, column, length } => {
            object!({"file": source.name, "line": line, "column": column, "length": length})
        }
        Place::Sheet(i) => object!({"file": source.name, "sheet": sheet(i)}),
        Place::Cell { sheet: i, row, column } => {
            object!({"file": source.name, "sheet": sheet(i), "cell": cell_name(row, column)})
        }
    }
}
