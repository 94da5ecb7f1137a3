//! `huibao templates` and `huibao fonts`: what is there.

use std::path::Path;

use super::args::{TemplatesAction, TemplatesArgs};
use super::{say, tell};
use crate::diagnostic::{Diagnostic, Exit};
use crate::source::SourceMap;
use crate::template::{self, Pack};
use crate::{home, output};

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

fn single(diagnostic: Box<Diagnostic>) -> (Vec<Diagnostic>, SourceMap) {
    (vec![*diagnostic], SourceMap::new())
}

fn list() -> Outcome {
    for pack in template::list(&home::folders()) {
        say(format_args!("{}\t{}\t{}", pack.name, pack.display, pack.description));
    }
    Ok(())
}

fn show(name: &str, schema: bool) -> Outcome {
    let dir = template::find(name, &home::folders()).map_err(single)?;
    let mut sources = SourceMap::new();
    let pack = Pack::load(&dir, &mut sources).map_err(|d| (d, sources))?;
    if schema {
        say(pack.schema.json_schema(&pack.display));
        return Ok(());
    }
    say(format_args!("{}（{}）", pack.display, pack.name));
    if !pack.description.is_empty() {
        say(&pack.description);
    }
    say(pack.schema.describe());
    Ok(())
}

fn copy(name: &str, dir: &Path) -> Outcome {
    let from = template::find(name, &home::folders()).map_err(single)?;
    if dir.exists() && std::fs::read_dir(dir).is_ok_and(|mut d| d.next().is_some()) || dir.is_file() {
        return Err(single(Box::new(
            Diagnostic::error("O003", format!("“{}”已经有内容，不能复制到那里", dir.display()))
                .help("换一个新文件夹的名称")
                .exit(Exit::Usage),
        )));
    }
    output::copy_folder(&from, dir).map_err(single)?;
    say(dir.display());
    Ok(())
}

pub fn fonts() -> Exit {
    match super::build::kit(&home::folders()) {
        Ok(kit) => {
            kit.describe_fonts().iter().for_each(say);
            Exit::Done
        }
        Err(diagnostics) => {
            tell(&diagnostics, &SourceMap::new());
            Exit::Io
        }
    }
}
