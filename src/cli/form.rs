//! `huibao form`: a workbook to fill in for a template.

use std::sync::Arc;

use super::args::FormArgs;
use super::terminal::{say_path, tell};
use crate::dataset::schema::Schema;
use crate::dataset::{self, Dataset, LoadOptions, Loaded, Pair};
use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, codes, has_error};
use crate::form::{self, FormRequest};
use crate::template::{self, Pack};
use crate::{home, output, pipeline, settings};

pub fn run(args: FormArgs) -> Exit {
    match make(&args) {
        Ok((remarks, sources)) => {
            tell(&remarks, &sources);
            say_path(&args.output);
            Exit::Done
        }
        Err((diagnostics, sources)) => {
            tell(&diagnostics, &sources);
            diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max().unwrap_or(Exit::Input)
        }
    }
}

type Told = (Vec<Diagnostic>, SourceMap);

fn make(args: &FormArgs) -> Result<Told, Told> {
    let (pack, loaded) = read(args)?;
    let (sources, mut told) = (loaded.sources, loaded.diagnostics);
    if has_error(&told) {
        return Err((told, sources));
    }
    let mut previous = loaded.dataset.filter(|_| !args.from.is_empty());
    if let Some(data) = &mut previous {
        told.extend(looked_through(data, &pack));
    }
    let (schema, left) = asked(&pack, previous.as_ref());
    // Without a year: the one after the data's.
    let next = previous.as_ref().and_then(|d| d.year).map(|y| y + 1);
    let report_keys = form::report_keys(&pack);
    let request = FormRequest {
        title: &pack.display,
        kind: pack.kind,
        key: &pack.key,
        // Where neither says one, the clerk fills in 年份 and the columns are 本年, 上年, 前年.
        year: args.year.or(next),
        previous: previous.as_ref(),
        report_keys: &report_keys,
    };
    told.extend(form::told(&schema, &request, &left));
    let written = form::workbook(&schema, &request)
        .map_err(|e| {
            Box::new(
                Diagnostic::new(codes::F002, e.to_string())
                    .help("检查模板里表的名称：不能有 [ ] : * ? / \\，不超过 31 个字"),
            )
        })
        .and_then(|bytes| {
            output::refuse_input(&args.output, &args.from)?;
            if let Some(folder) = args.output.parent().filter(|f| !f.as_os_str().is_empty()) {
                output::make_folder(folder)?;
            }
            let kept = output::set_aside(&args.output, &bytes)?;
            output::write(&args.output, &bytes).map(|()| kept)
        });
    match written {
        Ok(kept) => {
            told.extend(kept.map(|kept| {
                let message = format!("原来的“{}”没有覆盖，改名为“{}”", args.output.display(), kept.display());
                Diagnostic::new(codes::F004, message).help("不再需要就删掉")
            }));
            Ok((told, sources))
        }
        Err(error) => Err((vec![*error], sources)),
    }
}

/// The pack, and last year's data as it asks for them.
fn read(args: &FormArgs) -> Result<(Pack, Loaded), Told> {
    let mut files = dataset::read(&args.from, &LoadOptions::default());
    let dir = match template::find(&args.template, &home::folders()) {
        Ok(dir) => dir,
        Err(error) => return Err((vec![*error], files.sources)),
    };
    let pack = match Pack::load(&dir, &mut files.sources) {
        Ok(pack) => pack,
        Err(errors) => return Err((errors, files.sources)),
    };
    let settings = match settings::read(&args.from, &mut files.sources) {
        Ok(settings) => settings,
        Err(errors) => return Err((errors, files.sources)),
    };
    let loaded = pipeline::settle(files, &pack, None, Pair::of_settings(&settings));
    Ok((pack, loaded))
}

/// Last year's data by the template's names. What is still blank in them stops nothing, and what was
/// wrong is told.
fn looked_through(data: &mut Dataset, pack: &Pack) -> Vec<Diagnostic> {
    dataset::information::settle(data, pack.kind, |key| !template::uses(&pack.engine, key).is_empty());
    let found = dataset::schema::check(data, &pack.schema).into_iter().filter(|d| !d.code.is_blank());
    found.map(|d| Diagnostic { severity: d.severity.min(Severity::Warning), ..d }).collect()
}

/// What the form asks for, and the names of last year's data that the template does not read.
fn asked(pack: &Pack, previous: Option<&Dataset>) -> (Schema, Vec<Arc<str>>) {
    let used = |name: &str| !template::uses(&pack.engine, name).is_empty();
    match previous {
        Some(data) => form::widened(&template::wanted(pack, previous), data, &used),
        None => (template::wanted(pack, None), Vec::new()),
    }
}
