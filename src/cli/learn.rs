//! `huibao learn`: last year's report and its data → a Word template.

use std::path::PathBuf;

use super::args::{LearnArgs, ReportArg};
use super::terminal::{ended, hint, say, tell};
use crate::diagnostic::{Diagnostic, Exit, SourceMap};
use crate::learn::{self, Learned, Request};
use crate::pipeline::Failure;
use crate::{output, source};

pub fn run(args: &LearnArgs) -> Exit {
    ended(made(args).map(|()| Exit::Done))
}

fn made(args: &LearnArgs) -> Result<(), Failure> {
    let (reports, data): (Vec<PathBuf>, Vec<PathBuf>) =
        args.files.iter().cloned().partition(|path| source::docx::is_named(&path.to_string_lossy()));
    let request = Request { reports, data, year: args.year, again: args.again.clone() };
    let learned = learn::learn(&request)?;
    let printed = match args.report {
        ReportArg::Text => learn::text(&learned),
        ReportArg::Json => learn::json(&learned),
    };
    write(args, &learned).map_err(|d| Failure { diagnostics: vec![*d], sources: SourceMap::new() })?;
    say(printed.trim_end());
    tell(&learned.diagnostics, &learned.sources);
    hint(format!("模板：{}", args.output.display()));
    Ok(())
}

fn write(args: &LearnArgs, learned: &Learned) -> Result<(), Box<Diagnostic>> {
    let inputs: Vec<PathBuf> = args.files.iter().chain(&args.again).cloned().collect();
    output::refuse_input(&args.output, &inputs)?;
    if let Some(folder) = args.output.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        output::make_folder(folder)?;
    }
    output::write(&args.output, &learned.template)
}
