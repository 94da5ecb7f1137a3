//! `huibao check`: everything that is wrong or doubtful; nothing is written.

use super::args::{CheckArgs, ReportArg};
use super::build::{kit, request};
use super::say;
use crate::check::{self, Finding};
use crate::diagnostic::{Diagnostic, Exit, has_error};
use crate::pipeline;
use crate::source::SourceMap;

pub fn run(args: &CheckArgs) -> Exit {
    if args.rules {
        say(check::manual().trim_end());
        return Exit::Done;
    }
    let (findings, sources) = findings(args);
    let printed = match args.report {
        ReportArg::Text => check::text(&findings, &sources),
        ReportArg::Json => check::json(&findings, &sources),
    };
    say(printed.trim_end());
    findings.iter().filter(|f| f.diagnostic.is_error()).map(|f| f.diagnostic.exit).max().unwrap_or(Exit::Done)
}

fn findings(args: &CheckArgs) -> (Vec<Finding>, SourceMap) {
    let request = request(&args.data, &args.choice, false);
    let (kit, material) = rayon::join(|| kit(&request.folders), || pipeline::prepare_all(&request));
    let material = match material {
        Ok(material) => material,
        Err(failure) => return (failure.diagnostics.into_iter().map(Finding::plain).collect(), failure.sources),
    };
    let levels = match pipeline::levels(&material) {
        Ok(levels) => levels,
        Err(wrong) => return (wrong.into_iter().map(Finding::plain).collect(), material.sources),
    };
    let plain = |diagnostics: Vec<Diagnostic>| diagnostics.into_iter().map(Finding::plain);
    let mut findings: Vec<Finding> = plain(levels.changes.clone()).collect();
    findings.extend(plain(material.diagnostics.clone()));
    let unsound = has_error(&material.diagnostics);
    let composed = pipeline::compose(&material, None, unsound).or_else(|missing| {
        findings.extend(plain(missing));
        // What is missing is said; the rest is looked at as a draft.
        pipeline::compose(&material, None, true)
    });
    match composed {
        Err(_) => findings.extend(check::examine_data(&material.data, &material.pack.schema, &levels)),
        Ok(composed) => {
            let said = |d: &Diagnostic| findings.iter().any(|f| f.diagnostic == *d);
            let new: Vec<Diagnostic> = composed.diagnostics.into_iter().filter(|d| !said(d)).collect();
            findings.extend(plain(new));
            findings.extend(pipeline::examine(&material, &composed.document).unwrap_or_default());
            let laid = kit.and_then(|kit| pipeline::remarks(&composed.document, &kit));
            findings.extend(plain(laid.unwrap_or_else(|e| e)));
        }
    }
    (levels.apply(findings), material.sources)
}
