//! `huibao build`: one report.

use std::path::PathBuf;

use super::args::{BuildArgs, ChoiceArgs, FormatArg};
use super::{say, tell};
use crate::check::{self, Finding};
use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes};
use crate::document::Document;
use crate::layout::{Extras, Kit};
use crate::pipeline::{self, Composed, Failure, Material, Request};
use crate::template::Format;
use crate::{batch, home, output, trace};

pub fn run(args: BuildArgs) -> Exit {
    match build(&args) {
        Ok(()) => Exit::Done,
        Err(failure) => {
            tell(&failure.diagnostics, &failure.sources);
            failure.exit()
        }
    }
}

fn build(args: &BuildArgs) -> Result<(), Failure> {
    let request = request(&args.data.data, &args.data.choice, args.draft);
    // Fonts are opened while the data are read.
    let (kit, material) = rayon::join(|| kit(&request.folders), || pipeline::prepare(&request));
    let material = material?;
    let fail = |diagnostics: Vec<Diagnostic>| Failure { diagnostics, sources: material.sources.clone() };
    let with = |more: Vec<Diagnostic>| fail(material.diagnostics.iter().cloned().chain(more).collect());
    let kit = kit.map_err(fail)?;
    let composed = compose(&material, &request).map_err(|found| with(behind(found, &material)))?;
    let findings = pipeline::examine(&material, &composed.document).map_err(with)?;
    refuse(&findings, args.draft, &material.sources).map_err(fail)?;
    let formats = formats(&args.format, &material.pack.formats);
    if args.attach && !formats.contains(&Format::Pdf) {
        let wrong = Diagnostic::new(codes::U002, "--attach 把文件放进 PDF，这次却不生成 PDF");
        return Err(fail(vec![wrong.help("去掉 --attach，或者写 -f pdf")]));
    }
    let extras = extras(args, &material, &composed.document).map_err(with)?;
    let laid = pipeline::lay_out_carrying(&composed.document, &kit, &formats, &extras).map_err(with)?;
    let single = |d: Box<Diagnostic>| fail(vec![*d]);
    output::make_folder(&args.output).map_err(single)?;
    let mut targets = Vec::new();
    for (format, bytes) in &laid.files {
        let copy = if args.review { REVIEWED } else { "" };
        let target = args.output.join(format!("{}{copy}.{}", composed.file_name, format.extension()));
        output::refuse_input(&target, &request.data).map_err(single)?;
        targets.push((target, bytes));
    }
    for (target, bytes) in &targets {
        output::write(target, bytes).map_err(single)?;
    }
    let notices: Vec<Diagnostic> =
        [&material.diagnostics, &composed.diagnostics, &laid.diagnostics].into_iter().flatten().cloned().collect();
    tell(&notices, &material.sources);
    if let Some(line) = count(&findings) {
        super::hint(line);
    }
    targets.iter().for_each(|(target, _)| say(target.display()));
    Ok(())
}

/// The one report of the data. A pack that is about the records of a table says that, instead of
/// each name that only a record has.
pub fn compose(material: &Material, request: &Request) -> Result<Composed, Vec<Diagnostic>> {
    pipeline::compose(material, None, request.draft).map_err(|found| {
        let Some(table) = batch::table_of(&material.data, &material.pack) else { return found };
        let (missing, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| d.code.is_absent());
        let Some(place) = missing.iter().find(|d| d.code == codes::T012) else { return [missing, rest].concat() };
        let display = &material.pack.display;
        let mut told = Diagnostic::new(
            codes::T016,
            format!("模板“{display}”要用“{table}”表的列，是给这个表每行写一份的，不能写成一份"),
        );
        told.origin = place.origin;
        // As it can be typed: blanks want quotes, and what the data name needs no flag.
        let word = |text: String| if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text };
        let data: Vec<String> = request.data.iter().map(|path| word(path.display().to_string())).collect();
        let template = request.template.clone().map(|name| format!(" -t {}", word(name))).unwrap_or_default();
        let command = format!("huibao batch {}{template} --by {}", data.join(" "), word(table.clone()));
        let key = &material.pack.key;
        told = told.help(format!("用 {command} 给每行各生成一份"));
        vec![told.help(format!(
            "确实要在一份里逐行写出的，模板里写 {{% for 行 in {table} %}}{{{{ 行.{key} }}}}{{% endfor %}}"
        ))]
    })
}

/// Figures that contradict each other are told with what stopped the text, and before it: they
/// are most often why. What the text says of the same cells is left out then.
fn behind(found: Vec<Diagnostic>, material: &Material) -> Vec<Diagnostic> {
    let Ok(levels) = pipeline::levels(material) else { return found };
    let findings = check::examine_data(&material.data, &material.pack.schema, &levels);
    let mut told: Vec<Diagnostic> =
        levels.apply(findings).into_iter().map(|f| f.diagnostic).filter(Diagnostic::is_error).collect();
    let cells: Vec<_> = told.iter().flat_map(|d| d.related.iter().map(|(origin, _)| *origin)).collect();
    let same = |d: &Diagnostic| d.code == codes::T020 && d.related.iter().any(|(origin, _)| cells.contains(origin));
    told.extend(found.into_iter().filter(|d| !same(d)));
    told
}

/// What tells a review copy from the report, at the end of its name.
const REVIEWED: &str = "（核对稿）";

/// The notes of a review copy, and the files that the PDF carries.
fn extras(args: &BuildArgs, material: &Material, document: &Document) -> Result<Extras, Vec<Diagnostic>> {
    let notes = args.review.then(|| trace::notes(document, &material.sources));
    let attachments = match args.attach {
        true => trace::attachments(document, &material.data, &material.sources)?,
        false => Vec::new(),
    };
    Ok(Extras { notes, attachments })
}

/// Nothing is written when a rule of level 错误 fires, unless it is a draft.
fn refuse(findings: &[Finding], draft: bool, sources: &SourceMap) -> Result<(), Vec<Diagnostic>> {
    let errors: Vec<&Finding> = findings.iter().filter(|f| f.diagnostic.is_error()).collect();
    let Some(exit) = errors.iter().map(|f| f.diagnostic.exit).max().filter(|_| !draft) else { return Ok(()) };
    errors.iter().for_each(|finding| eprint!("{}", check::entry(finding, sources)));
    Err(vec![
        Diagnostic::new(codes::C00, format!("检查发现{}处错误，没有生成文件", errors.len()))
            .help("改正后再生成；先要一份草稿就加 --draft；全部问题用 huibao check 查看")
            .exit(exit),
    ])
}

/// What the check found, in one line.
fn count(findings: &[Finding]) -> Option<String> {
    let [errors, warnings, _] = check::counts(findings);
    let parts = [(errors, "错误"), (warnings, "警告")].into_iter().filter(|(n, _)| *n > 0);
    let told: Vec<String> = parts.map(|(n, word)| format!("{n}处{word}")).collect();
    (!told.is_empty()).then(|| format!("检查发现{}，用 huibao check 查看", told.join("、")))
}

/// The request that the shared flags make.
pub fn request(data: &[PathBuf], choice: &ChoiceArgs, draft: bool) -> Request {
    Request {
        data: data.to_vec(),
        template: choice.template.clone(),
        year: choice.year,
        draft,
        strict: choice.strict,
        sets: choice.set.clone(),
        folders: home::folders(),
    }
}

/// The fonts and the layout program.
pub fn kit(folders: &[PathBuf]) -> Result<Kit, Vec<Diagnostic>> {
    let Some(fonts) = home::find(folders, "fonts", "FandolFang-Regular.otf") else {
        return Err(vec![
            Diagnostic::new(codes::F001, "没有找到字体文件夹 fonts")
                .help("fonts 文件夹应在程序旁边，或用环境变量 HUIBAO_HOME 指明它所在的文件夹"),
        ]);
    };
    Kit::load(&fonts)
}

/// The formats asked for, else those of the pack.
pub fn formats(asked: &[FormatArg], pack: &[Format]) -> Vec<Format> {
    let mut formats: Vec<Format> = asked
        .iter()
        .map(|f| match f {
            FormatArg::Pdf => Format::Pdf,
            FormatArg::Docx => Format::Docx,
        })
        .collect();
    if formats.is_empty() {
        formats = pack.to_vec();
    }
    formats.sort();
    formats.dedup();
    formats
}
