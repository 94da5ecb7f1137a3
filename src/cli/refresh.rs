//! `huibao refresh`: new figures into a report that was edited by hand.

use std::path::{Path, PathBuf};

use super::args::{FormatArg, RefreshArgs, ReportArg};
use super::build::kit;
use super::returned::{self, RENEWED, Today};
use super::terminal::{ended, hint, say, say_path, tell};
use crate::diagnostic::{Diagnostic, Exit, codes};
use crate::pipeline::{Failure, Order, Request, compose, lay_out, prepare};
use crate::returned::{File, Places, Refreshed, State, json, text};
use crate::template::Format;
use crate::{home, output};

pub fn run(args: &RefreshArgs) -> Exit {
    ended(refresh(args))
}

fn refresh(args: &RefreshArgs) -> Result<Exit, Failure> {
    let report = &args.report_file;
    let bytes = returned::bytes(report).map_err(returned::single)?;
    let file = returned::open(report, &bytes)?;
    let today = returned::today(report, &file, &args.data, &args.choice)?;
    let Today { material, composed, compared, .. } = &today;
    let fail = |found: Box<Diagnostic>| material.refusal(vec![*found]);
    let made = file.refreshed(compared, &composed.document, args.track);
    let made = made.map_err(|error| fail(Box::new(error.diagnostic())))?;
    let target = args.output.clone().unwrap_or_else(|| beside(report));
    let inputs: Vec<PathBuf> = args.data.iter().cloned().chain([report.clone()]).collect();
    let formats = super::build::formats(&args.format, &[Format::Docx]);
    let pdf = target.with_extension("pdf");
    output::refuse_input(&target, &inputs).map_err(fail)?;
    output::refuse_input(&pdf, &inputs).map_err(fail)?;
    if let Some(folder) = target.parent().filter(|f| !f.as_os_str().is_empty()) {
        output::make_folder(folder).map_err(fail)?;
    }
    let mut written = Vec::new();
    if formats.contains(&Format::Docx) {
        output::write(&target, &made.bytes).map_err(fail)?;
        written.push(target.clone());
    }
    if args.format.iter().any(|format| matches!(format, FormatArg::Pdf)) {
        let laid = laid(&made, &target, args)?;
        output::write(&pdf, &laid).map_err(fail)?;
        written.push(pdf);
    }
    let places = Places::of(&file.document);
    tell(&material.diagnostics, &material.sources);
    match args.report {
        ReportArg::Json => say(json(compared, &places, &composed.document, &material.sources).trim_end()),
        ReportArg::Text => {
            hint(text(compared, &places).trim_end());
            written.iter().for_each(|path| say_path(path));
        }
    }
    again(&made, &today, &target);
    Ok(Exit::Done)
}

/// The file beside the one that came back.
fn beside(report: &Path) -> PathBuf {
    let stem = report.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    report.with_file_name(format!("{}{RENEWED}.docx", stem.trim_end_matches(RENEWED)))
}

/// The result is checked: what differs from the data still is counted.
fn again(made: &Refreshed, today: &Today, target: &Path) {
    let Ok(file) = File::read(&made.bytes) else { return };
    let compared = file.compare(&today.composed.document);
    let places = Places::of(&file.document);
    let left =
        compared.figures.iter().filter(|f| f.state == State::Typed && f.new.as_deref().is_some_and(|n| n != f.text));
    let (left, rules) = (left.count(), crate::returned::of_rules(&compared, &places, today.source).len());
    let stale = compared.figures.iter().filter(|figure| figure.state == State::Stale).count();
    let parts = [(left + stale, "个数与数据不同"), (rules, "处文字有疑问")].into_iter().filter(|(n, _)| *n > 0);
    let told: Vec<String> = parts.map(|(n, what)| format!("{n}{what}")).collect();
    if !told.is_empty() {
        hint(format_args!("更新后还有{}，用 huibao check {} 查看", told.join("、"), target.display()));
    }
}

/// The edited text set by the layout of this program: the file is a Word template without tags.
fn laid(made: &Refreshed, target: &Path, args: &RefreshArgs) -> Result<Vec<u8>, Failure> {
    let workshop = tempfile::tempdir().map_err(|error| {
        let told = Diagnostic::new(codes::O001, format!("临时文件夹建不起来：{error}"));
        returned::single(Box::new(told.help("腾出磁盘空间再试")))
    })?;
    let path = workshop.path().join(target.file_name().unwrap_or_default());
    output::write(&path, &made.bytes).map_err(returned::single)?;
    let request = Request {
        template: Some(path.display().to_string()),
        folders: home::folders(),
        ..super::build::request(&args.data, &args.choice, false)
    };
    let material = prepare(&request)?;
    let kit = kit(&request.folders).map_err(|missing| material.refusal(missing))?;
    let composed = compose(&material, None, false).map_err(|found| material.failure(found))?;
    let laid =
        lay_out(&composed.document, &kit, &Order::of(&[Format::Pdf])).map_err(|found| material.failure(found))?;
    Ok(laid.files.into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default())
}
