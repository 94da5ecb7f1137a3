//! `huibao check`: everything that is wrong or doubtful; nothing is written.

use super::args::{CheckArgs, ReportArg};
use super::build::{kit, request};
use super::say;
use crate::check::{self, Finding};
use crate::diagnostic::{Diagnostic, Exit};
use crate::pipeline;
use crate::source::SourceMap;
use crate::template::Format;

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
    let (kit, material) = rayon::join(|| kit(&request.folders), || pipeline::prepare(&request));
    let material = match material {
        Ok(material) => material,
        Err(failure) => return (failure.diagnostics.into_iter().map(plain).collect(), failure.sources),
    };
    let mut findings: Vec<Finding> = material.diagnostics.iter().cloned().map(plain).collect();
    match pipeline::compose(&material, None, false) {
        Err(diagnostics) => findings.extend(diagnostics.into_iter().map(plain)),
        Ok(composed) => {
            findings.extend(composed.diagnostics.into_iter().map(plain));
            findings.extend(pipeline::deviations(&composed.document).into_iter().map(plain));
            findings.extend(check::examine(&composed.document, &material.sources));
            let laid = kit.and_then(|kit| pipeline::lay_out(&composed.document, &kit, &[Format::Pdf]));
            findings.extend(laid.map_or_else(|e| e, |l| l.diagnostics).into_iter().map(plain));
        }
    }
    (findings, material.sources)
}

fn plain(diagnostic: Diagnostic) -> Finding {
    Finding { diagnostic, sentence: String::new(), heading: String::new() }
}
