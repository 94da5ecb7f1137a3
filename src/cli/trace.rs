//! `huibao trace`: the 核对表 of one report.

use super::args::TraceArgs;
use super::build::{by_record, request};
use super::terminal::{ended, say_path, tell};
use crate::diagnostic::{Diagnostic, Exit, codes};
use crate::pipeline::{Failure, compose, prepare};
use crate::{output, trace};

pub fn run(args: &TraceArgs) -> Exit {
    ended(write(args).map(|()| Exit::Done))
}

fn write(args: &TraceArgs) -> Result<(), Failure> {
    let request = request(&args.data.data, &args.data.choice, args.draft);
    let material = prepare(&request)?;
    let fail = |found| material.failure(found);
    let composed = compose(&material, None, args.draft).map_err(|found| fail(by_record(found, &material, &request)))?;
    let subject = trace::Subject {
        document: &composed.document,
        data: &material.data,
        sources: &material.sources,
        target: &args.output,
    };
    let bytes = trace::workbook(&subject).map_err(|e| fail(vec![Diagnostic::new(codes::K001, e.to_string())]))?;
    let single = |d: Box<Diagnostic>| fail(vec![*d]);
    output::refuse_input(&args.output, &request.data).map_err(single)?;
    if let Some(folder) = args.output.parent().filter(|f| !f.as_os_str().is_empty()) {
        output::make_folder(folder).map_err(single)?;
    }
    output::write(&args.output, &bytes).map_err(single)?;
    tell(&[&material.diagnostics[..], &composed.diagnostics].concat(), &material.sources);
    say_path(&args.output);
    Ok(())
}
