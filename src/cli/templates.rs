//! `huibao templates` and `huibao fonts`: what is there.

use std::path::Path;

use super::args::{TemplatesAction, TemplatesArgs};
use super::terminal::{hint, say, say_path, tell};
use crate::dataset::schema::{FieldSpec, Relation, json_schema};
use crate::diagnostic::{Diagnostic, Exit, SourceMap, codes};
use crate::template::{self, Pack};
use crate::vocabulary::report;
use crate::{form, home, output};

pub fn run(args: TemplatesArgs) -> Exit {
    let result = match args.action.unwrap_or(TemplatesAction::List) {
        TemplatesAction::List => list(),
        TemplatesAction::Show { name, schema } => show(&name, schema),
        TemplatesAction::Copy { name, dir } => copy(&name, &dir),
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
    let pack = Pack::load(&dir, &mut sources).map_err(|d| (d, sources))?;
    if as_schema {
        let schema = json_schema(&pack.schema, &pack.display);
        say(format_args!("{schema:#}"));
        return Ok(());
    }
    say(format_args!("{}（{}）", pack.display, pack.name));
    if !pack.description.is_empty() {
        say(&pack.description);
    }
    let line = |field: &FieldSpec| format!("{}。{}", describe(field), used(&pack, &field.name));
    for field in &pack.schema.fields {
        say(line(field));
    }
    for table in &pack.schema.tables {
        say(format_args!("表 {}。{}", table.name, used(&pack, &table.name)));
        table.columns.iter().for_each(|c| say(format_args!("  {}", line(c))));
        table.relations.iter().for_each(|r| say(format_args!("  关系：{}", relation(r))));
    }
    pack.schema.relations.iter().for_each(|r| say(format_args!("关系：{}", relation(r))));
    information(&pack);
    Ok(())
}

/// What 报告信息 may say: the keys that this kind of document prints, then those that the template
/// reads besides.
fn information(pack: &Pack) {
    say(format_args!("报告信息（{}）", pack.kind.label()));
    let own = form::report_keys(&pack.dir);
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
    own.for_each(|key| say(format_args!("  {key}：{}", used(pack, key))));
}

/// Lines of a file that are named; the rest are counted.
const LINES_NAMED: usize = 4;

/// Where the pack's templates use a name: 用于 report.md.j2 第12、30行.
fn used(pack: &Pack, name: &str) -> String {
    let places = template::uses(&pack.engine, name).into_iter().map(|place| {
        let lines: Vec<String> = place.lines.iter().take(LINES_NAMED).map(usize::to_string).collect();
        match place.lines.len() {
            0 => format!("template.yaml 的“{}”", place.place),
            n if n > LINES_NAMED => format!("{} 第{}行等{n}处", place.place, lines.join("、")),
            _ => format!("{} 第{}行", place.place, lines.join("、")),
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

fn copy(name: &str, dir: &Path) -> Outcome {
    let from = template::find(name, &home::folders()).map_err(single)?;
    if dir.exists() && std::fs::read_dir(dir).is_ok_and(|mut d| d.next().is_some()) || dir.is_file() {
        return Err(single(Box::new(
            Diagnostic::new(codes::O003, format!("“{}”已经有内容，不能复制到那里", dir.display()))
                .help("换一个新文件夹的名称"),
        )));
    }
    output::copy_folder(&from, dir).map_err(single)?;
    say_path(dir);
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
