//! What was found, as text for a terminal and as JSON.

use serde_json::{Value, json as object};

use super::run::Collected;
use super::standing::Standing;
use crate::diagnostic::Severity;

/// 甲镇、乙镇
fn named(collected: &Collected, standing: Standing) -> Vec<&str> {
    let lines = collected.lines.iter().filter(|line| line.standing == standing);
    lines.map(|line| if line.unit.is_empty() { line.files[0].as_str() } else { line.unit.as_str() }).collect()
}

/// For a reader: how it stands, then every error and warning.
pub fn text(collected: &Collected) -> String {
    let year = collected.year.map(|year| format!("{year}年")).unwrap_or_default();
    let mut out = format!("{year}收到{}份，汇总{}份\n", collected.forms, collected.taken);
    for standing in [Standing::Missing, Standing::Refused, Standing::Twice, Standing::Unknown] {
        let units = named(collected, standing);
        if !units.is_empty() {
            out += &format!("{}（{}）：{}\n", standing.label(), units.len(), units.join("、"));
        }
    }
    for told in collected.told.iter().filter(|t| t.severity > Severity::Notice) {
        let place = if told.place.is_empty() { String::new() } else { format!(" {}", told.place) };
        out += &format!("{}[{}] {}{place}：{}\n", told.severity.label(), told.code, told.file, told.message);
        if !told.help.is_empty() {
            out += &format!("  怎么办：{}\n", told.help);
        }
    }
    let count = |severity| collected.told.iter().filter(|t| t.severity == severity).count();
    let [errors, warnings, notices] = [Severity::Error, Severity::Warning, Severity::Notice].map(count);
    out + &format!("共{errors}处错误、{warnings}处警告、{notices}处提示\n")
}

/// For a program, as text.
pub fn json(collected: &Collected, output: &str, returned: &[String]) -> String {
    format!("{:#}\n", value(collected, output, returned))
}

/// For a program. `output`: the workbook; `returned`: the marked copies.
pub fn value(collected: &Collected, output: &str, returned: &[String]) -> Value {
    let level = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    };
    let findings: Vec<Value> = collected
        .told
        .iter()
        .map(|t| {
            object!({
                "level": level(t.severity), "code": t.code, "unit": t.unit, "file": t.file, "sheet": t.sheet,
                "cell": t.cell, "also": t.also, "message": t.message, "help": t.help,
            })
        })
        .collect();
    let lines: Vec<Value> = collected
        .lines
        .iter()
        .map(|line| object!({"unit": line.unit, "state": line.standing.label(), "files": line.files}))
        .collect();
    let count = |severity| collected.told.iter().filter(|t| t.severity == severity).count();
    object!({
        "version": 1,
        "year": collected.year,
        "output": output,
        "returned": returned,
        "counts": {
            "forms": collected.forms, "taken": collected.taken,
            "missing": collected.count(Standing::Missing), "twice": collected.count(Standing::Twice),
            "unknown": collected.count(Standing::Unknown), "refused": collected.count(Standing::Refused),
            "error": count(Severity::Error), "warning": count(Severity::Warning), "notice": count(Severity::Notice),
        },
        "missing": named(collected, Standing::Missing),
        "twice": named(collected, Standing::Twice),
        "unknown": named(collected, Standing::Unknown),
        "units": lines,
        "findings": findings,
    })
}
