//! `huibao build`: one report.

use std::path::PathBuf;

use super::args::{BuildArgs, ChoiceArgs, FormatArg};
use super::{say, tell};
use crate::diagnostic::{Diagnostic, Exit};
use crate::layout::Kit;
use crate::pipeline::{self, Failure, Request};
use crate::template::Format;
use crate::{home, output};

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
    let composed = pipeline::compose(&material, None, args.draft).map_err(with)?;
    let formats = formats(&args.format, &material.pack.formats);
    let laid = pipeline::lay_out(&composed.document, &kit, &formats).map_err(with)?;
    let single = |d: Box<Diagnostic>| fail(vec![*d]);
    output::make_folder(&args.output).map_err(single)?;
    let mut targets = Vec::new();
    for (format, bytes) in &laid.files {
        let target = args.output.join(format!("{}.{}", composed.file_name, format.extension()));
        output::refuse_input(&target, &request.data).map_err(single)?;
        targets.push((target, bytes));
    }
    for (target, bytes) in &targets {
        output::write(target, bytes).map_err(single)?;
    }
    let notices: Vec<Diagnostic> =
        [&material.diagnostics, &composed.diagnostics, &laid.diagnostics].into_iter().flatten().cloned().collect();
    tell(&notices, &material.sources);
    targets.iter().for_each(|(target, _)| say(target.display()));
    Ok(())
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
            Diagnostic::error("F001", "没有找到字体文件夹 fonts")
                .help("fonts 文件夹应在程序旁边，或用环境变量 HUIBAO_HOME 指明它所在的文件夹")
                .exit(Exit::Io),
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
