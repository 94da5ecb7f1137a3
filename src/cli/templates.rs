//! `huibao templates` and `huibao fonts`: what is there.

use std::path::{Path, PathBuf};

use super::args::{TemplatesAction, TemplatesArgs};
use super::terminal::{hint, say, say_path, tell};
use crate::dataset::schema::{FieldSpec, Relation, json_schema};
use crate::dataset::{self, LoadOptions};
use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes, has_error};
use crate::template::{self, Pack};
use crate::vocabulary::report;
use crate::{form, home, output, source};

pub fn run(args: TemplatesArgs) -> Exit {
    let result = match args.action.unwrap_or(TemplatesAction::List) {
        TemplatesAction::List => list(),
        TemplatesAction::Show { name, schema } => show(&name, schema),
        TemplatesAction::Copy { name, dir, data } => copy(&name, &dir, &data),
    };
    match result {
        Ok(()) => Exit::Done,
        Err((diagnostics, sources)) => {
            tell(&diagnostics, &sources);
            diagnostics.iter().map(|d| d.exit).max().unwrap_or(Exit::Input)
        }
    }
}

type Outcome = Result<(), (Vec<Diagnostic>, SourceMap)>;

#[allow(clippy::boxed_local, reason = "errors come boxed; this takes them as they come")]
fn single(diagnostic: Box<Diagnostic>) -> (Vec<Diagnostic>, SourceMap) {
    (vec![*diagnostic], SourceMap::new())
}

fn list() -> Outcome {
    for pack in template::list(&home::folders()) {
        say(format_args!("{}\t{}\t{}", pack.name, pack.display, pack.description));
    }
    Ok(())
}

fn show(name: &str, as_schema: bool) -> Outcome {
    let dir = template::find(name, &home::folders()).map_err(single)?;
    let mut sources = SourceMap::new();
    let pack = Pack::load(&dir, &mut sources).map_err(|d| (d, sources.clone()))?;
    let asked = template::wanted(&pack, None);
    let used = |name: &str| used(&pack, name, &sources);
    if as_schema {
        let schema = json_schema(&asked, &pack.display);
        say(format_args!("{schema:#}"));
        return Ok(());
    }
    say(format_args!("{}（{}）", pack.display, pack.name));
    if !pack.description.is_empty() {
        say(&pack.description);
    }
    let line = |field: &FieldSpec| format!("{}。{}", describe(field), used(&field.name));
    for field in &asked.fields {
        say(line(field));
    }
    for table in &asked.tables {
        say(format_args!("表 {}。{}", table.name, used(&table.name)));
        table.columns.iter().for_each(|c| say(format_args!("  {}", line(c))));
        table.relations.iter().for_each(|r| say(format_args!("  关系：{}", relation(r))));
    }
    pack.schema.relations.iter().for_each(|r| say(format_args!("关系：{}", relation(r))));
    information(&pack, &used);
    tell(&pack.notices, &sources);
    Ok(())
}

/// What 报告信息 may say: the keys that this kind of document prints, then those that the template
/// reads besides.
fn information(pack: &Pack, used: &dyn Fn(&str) -> String) {
    say(format_args!("报告信息（{}）", pack.kind.label()));
    let own = form::report_keys(pack);
    for key in report::printed(pack.kind).chain(report::KEYS.iter().filter(|key| key.kinds.is_empty())) {
        let others = match &report::others(key, pack.kind)[..] {
            [] => String::new(),
            others => format!("（也可以写作：{}）", others.join("、")),
        };
        let example = if key.example.is_empty() { String::new() } else { format!("，例如 {}", key.example) };
        if !key.kinds.is_empty() || matches!(key.name, "年份" | "模板") || own.iter().any(|own| own == key.name) {
            say(format_args!("  {}{others}：{}{example}", key.name, key.help));
        }
    }
    let own = own.iter().filter(|key| report::find(key).is_none());
    own.for_each(|key| say(format_args!("  {key}：{}", used(key))));
}

/// Lines of a file that are named; the rest are counted.
const LINES_NAMED: usize = 4;

/// Where the pack's templates use a name: 用于 report.md.j2 第12、30行, 模板.docx 第12段、第30段.
fn used(pack: &Pack, name: &str, sources: &SourceMap) -> String {
    let places = template::uses(&pack.engine, name).into_iter().map(|place| {
        let named = |line: &usize| sources.paragraph(place.source, *line as u32).map(str::to_string);
        let word = place.lines.first().is_some_and(|line| named(line).is_some());
        let lines: Vec<String> = (place.lines.iter().take(LINES_NAMED))
            .map(|line| named(line).unwrap_or_else(|| line.to_string()))
            .collect();
        let file = if word { &sources.get(place.source).name } else { &place.place };
        let lines = if word { lines.join("、") } else { format!("第{}行", lines.join("、")) };
        match place.lines.len() {
            _ if place.key && !word => format!("template.yaml 的“{}”", place.place),
            n if n > LINES_NAMED => format!("{file} {lines}等{n}处"),
            _ => format!("{file} {lines}"),
        }
    });
    let places: Vec<String> = places.collect();
    if places.is_empty() { "模板没有用到".into() } else { format!("用于 {}", places.join("，")) }
}

fn relation(relation: &Relation) -> String {
    let note = relation.note.as_ref().map(|n| format!("（{n}）")).unwrap_or_default();
    format!("{}{note}", relation.text)
}

/// A declared field on one line: name, type, unit, whether required, meaning, example.
fn describe(field: &FieldSpec) -> String {
    let mut line = field.name.to_string();
    let kind = field.kind.map(|k| k.label());
    let mut notes: Vec<String> = kind.into_iter().map(str::to_string).collect();
    notes.extend(field.unit.iter().map(|u| u.to_string()));
    if field.required {
        notes.push("必填".into());
    }
    if !notes.is_empty() {
        line.push_str(&format!("（{}）", notes.join("，")));
    }
    if let Some(meaning) = &field.meaning {
        line.push_str(&format!("：{}", meaning.trim_end_matches('。')));
    }
    if let Some(example) = &field.example {
        line.push_str(&format!("，例如 {}", example.trim_end_matches('。')));
    }
    line
}

fn copy(name: &str, dir: &Path, data: &[PathBuf]) -> Outcome {
    let from = template::find(name, &home::folders()).map_err(single)?;
    if dir.exists() && std::fs::read_dir(dir).is_ok_and(|mut d| d.next().is_some()) || dir.is_file() {
        return Err(single(Box::new(
            Diagnostic::new(codes::O003, format!("“{}”已经有内容，不能复制到那里", dir.display()))
                .help("换一个新文件夹的名称"),
        )));
    }
    if from.is_dir() {
        output::copy_folder(&from, dir).map_err(single)?;
    } else {
        pack_of(&from, dir, data)?;
    }
    say_path(dir);
    Ok(())
}

/// A Word file as a pack: the file itself, and a `template.yaml` with what its text asks for.
fn pack_of(file: &Path, dir: &Path, data: &[PathBuf]) -> Outcome {
    let loaded = dataset::load(data, &LoadOptions::default());
    let mut sources = loaded.sources;
    if has_error(&loaded.diagnostics) {
        return Err((loaded.diagnostics, sources));
    }
    let pack = Pack::load(file, &mut sources).map_err(|found| (found, sources.clone()))?;
    let data = loaded.dataset.filter(|_| !data.is_empty());
    let text = template::manifest(&pack, &template::wanted(&pack, data.as_ref()));
    let bytes = source::file::read(file, source::file::MAX_FILE_BYTES).map_err(single)?;
    let written = output::make_folder(dir)
        .and_then(|()| output::write(&dir.join("template.yaml"), text.as_bytes()))
        .and_then(|()| output::write(&dir.join(template::WORD_REPORT), &bytes));
    written.map_err(single)?;
    tell(&[loaded.diagnostics, pack.notices].concat(), &sources);
    Ok(())
}

pub fn fonts() -> Exit {
    match super::build::kit(&home::folders()) {
        Ok(kit) => {
            kit.fonts().describe().iter().for_each(say);
            let office = kit.office_fonts();
            office.lines.iter().for_each(say);
            hint("末尾写有类别的是本机的公文字体。在 huibao.yaml 或 template.yaml 里写“版面: {字体: 本机}”，");
            hint("每一类用排在最前的一种；写“版面: {小标宋体: 方正小标宋_GBK}”这样的，就用指明的一种。");
            hint(
                "自带的字体里没有小标宋体，PDF 的标题和发文机关标志由 FandolSong 粗体代替；DOCX 里写的是方正小标宋简体。",
            );
            if !office.lacking.is_empty() {
                hint(format!("本机没有：{}", office.lacking.join("；")));
            }
            Exit::Done
        }
        Err(diagnostics) => {
            tell(&diagnostics, &SourceMap::new());
            Exit::Io
        }
    }
}
