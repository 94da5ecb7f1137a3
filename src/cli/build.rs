//! `huibao build`: one report.

use std::path::PathBuf;

use super::args::{BuildArgs, ChoiceArgs, FormatArg};
use super::terminal::{ended, say_path, tell};
use crate::check::{self, Finding};
use crate::diagnostic::{Diagnostic, Exit, codes};
use crate::document::Document;
use crate::layout::{Extras, Kit};
use crate::pipeline::{Failure, Laid, Made, Material, Order, Report, Request, Rules, Stop, lay_out, prepare, table_of};
use crate::template::Format;
use crate::{home, output, trace};

pub fn run(args: BuildArgs) -> Exit {
    ended(build(&args).map(|()| Exit::Done))
}

fn build(args: &BuildArgs) -> Result<(), Failure> {
    let request = request(&args.data.data, &args.data.choice, args.draft);
    let (material, kit) = ready(&request)?;
    let formats = formats(&args.format, &material.pack.formats);
    if args.attach && !formats.contains(&Format::Pdf) {
        let wrong = Diagnostic::new(codes::U002, "--attach 把文件放进 PDF，这次却不生成 PDF");
        return Err(material.refusal(vec![wrong.help("去掉 --attach，或者写 -f pdf")]));
    }
    let report = Report { material: &material, subject: None, draft: args.draft, rules: Rules::All };
    let made = report.make(|document| {
        let extras = extras(args, &material, document)?;
        lay_out(document, &kit, &Order { formats: &formats, extras, in_turn: false })
    });
    let made = made.map_err(|stop| stopped(stop, &material, &request))?;
    let written = write(args, &made).map_err(|d| material.refusal(vec![*d]))?;
    let notices = [&material.diagnostics[..], &made.composed.diagnostics, &made.laid.diagnostics].concat();
    // What vanished for want of an optional datum is a matter of check: here it is only counted.
    let (left_out, notices): (Vec<_>, Vec<_>) = notices.into_iter().partition(|d| d.code == codes::T017);
    tell(&notices, &material.sources);
    if !left_out.is_empty() {
        super::terminal::hint(format_args!("有{}处没有填写的，没有印出，用 huibao check 查看", left_out.len()));
    }
    if let Some(line) = count(&made.findings) {
        super::terminal::hint(line);
    }
    written.iter().for_each(|target| say_path(target));
    Ok(())
}

/// Data and pack, and the fonts, which are opened while the data are read.
pub fn ready(request: &Request) -> Result<(Material, Kit), Failure> {
    let (kit, material) = rayon::join(|| kit(&request.folders), || prepare(request));
    let material = material?;
    let kit = kit.map_err(|missing| material.refusal(missing))?;
    Ok((material, kit))
}

/// Why there is no report.
fn stopped(stop: Stop, material: &Material, request: &Request) -> Failure {
    match stop {
        Stop::Text(found) => material.failure(behind(by_record(found, material, request), material)),
        Stop::Rules(findings) => {
            let errors = || findings.iter().filter(|f| f.diagnostic.is_error());
            errors().for_each(|finding| super::terminal::hint(check::entry(finding, &material.sources).trim_end()));
            let exit = errors().map(|f| f.diagnostic.exit).max().unwrap_or(Exit::Input);
            let told = Diagnostic::new(codes::C00, format!("检查发现{}处错误，没有生成文件", errors().count()))
                .help("改正后再生成；先要一份草稿就加 --draft；全部问题用 huibao check 查看");
            material.refusal(vec![told.exit(exit)])
        }
        Stop::Pages(found) => material.failure(found),
    }
}

/// Writes the files; none before it is known that none is data.
fn write(args: &BuildArgs, made: &Made<Laid>) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    output::make_folder(&args.output)?;
    let copy = if args.review { REVIEWED } else { "" };
    let target = |format: Format| format!("{}{copy}.{}", made.composed.file_name, format.extension());
    let targets: Vec<PathBuf> = made.laid.files.iter().map(|(format, _)| args.output.join(target(*format))).collect();
    targets.iter().try_for_each(|target| output::refuse_input(target, &args.data.data))?;
    targets.iter().zip(&made.laid.files).try_for_each(|(target, (_, bytes))| output::write(target, bytes))?;
    Ok(targets)
}

/// A pack that is about the records of a table says that, instead of each name that only a record has.
pub fn by_record(found: Vec<Diagnostic>, material: &Material, request: &Request) -> Vec<Diagnostic> {
    let Some(table) = table_of(&material.data, &material.pack) else { return found };
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
    vec![
        told.help(format!("用 {command} 给每行各生成一份")).help(format!(
            "确实要在一份里逐行写出的，模板里写 {{% for 行 in {table} %}}{{{{ 行.{key} }}}}{{% endfor %}}"
        )),
    ]
}

/// Figures that contradict each other are told with what stopped the text, and before it: they
/// are most often why. What the text says of the same cells is left out then.
fn behind(found: Vec<Diagnostic>, material: &Material) -> Vec<Diagnostic> {
    let findings = check::examine_data(&material.data, &material.pack.schema, &material.levels);
    let mut told: Vec<Diagnostic> =
        material.levels.apply(findings).into_iter().map(|f| f.diagnostic).filter(Diagnostic::is_error).collect();
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
        ..Request::default()
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
