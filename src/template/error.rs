//! Mistakes of templates in the user's words, each with its place in the template as
//! written and, where a cell is to blame, with that cell.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use minijinja::ErrorKind;

use super::format::{Placed, stands};
use super::names;
use super::refusal::{Fault, FunctionError};
use super::rewrite::Rewritten;
use super::session::{AllNames, ProblemKind, Session};
use super::tags;
use super::text::{FUEL, TemplateText};
use super::world::World;
use crate::diagnostic::{Diagnostic, Origin, codes, nearest};
use crate::vocabulary::likeness;

/// What is needed to find the place of an error.
pub struct Rendering<'a> {
    pub templates: &'a [TemplateText],
    pub rewritten: &'a [Rewritten],
    pub expressions: &'a Arc<Vec<Placed>>,
}

impl Rendering<'_> {
    /// The place of an error; `written`: it is of the template as written, not of what was made of it.
    fn locate(&self, err: &minijinja::Error, written: bool) -> Option<Origin> {
        let (index, range) = self.range(err, written)?;
        Some(self.templates[index].script.place(range))
    }

    /// The template of an error and its byte range there.
    fn range(&self, err: &minijinja::Error, written: bool) -> Option<(usize, Range<usize>)> {
        let name = err.name()?;
        let index = self.templates.iter().position(|t| t.name == name)?;
        if let Some(range) = err.range().filter(|r| r.end > r.start || r.start > 0) {
            let range = if written { Some(range) } else { self.rewritten[index].original(range) };
            return range.map(|range| (index, range));
        }
        let text = if written { &*self.templates[index].script.text } else { &*self.rewritten[index].text };
        let start: usize = text.split_inclusive('\n').take(err.line()?.saturating_sub(1)).map(str::len).sum();
        let range = if written { Some(start..start + 1) } else { self.rewritten[index].original(start..start + 1) };
        range.map(|range| (index, range))
    }

    /// The place of a word in what failed.
    fn word(&self, err: &minijinja::Error, word: &str) -> Option<Origin> {
        let (index, range) = self.range(err, false)?;
        let at = range.start + self.templates[index].script.text.get(range)?.find(word)?;
        Some(self.templates[index].script.place(at..at + word.len()))
    }

    /// The number of the innermost expression in which an error happened.
    fn expression(&self, err: &minijinja::Error) -> Option<usize> {
        let (index, range) = self.range(err, false)?;
        let before: usize = self.rewritten[..index].iter().map(|t| t.expressions.len()).sum();
        let around = self.rewritten[index].expressions.iter().enumerate();
        let around = around.filter(|(_, e)| e.range.start <= range.start && range.end <= e.range.end);
        around.min_by_key(|(_, e)| e.range.len()).map(|(number, _)| before + number)
    }
}

/// The innermost error that knows its place: an include wraps the one that failed.
fn innermost(err: &minijinja::Error) -> &minijinja::Error {
    let mut inner = err;
    while let Some(source) = std::error::Error::source(inner).and_then(|s| s.downcast_ref::<minijinja::Error>()) {
        inner = source;
    }
    inner
}

/// Kinds of an error and of what it wraps.
pub fn kinds(err: &minijinja::Error) -> impl Iterator<Item = ErrorKind> {
    let mut kinds = vec![err.kind()];
    let mut inner = err;
    while let Some(source) = std::error::Error::source(inner).and_then(|s| s.downcast_ref::<minijinja::Error>()) {
        kinds.push(source.kind());
        inner = source;
    }
    kinds.into_iter()
}

/// Whether a limit was reached: of steps, of work, of memory.
pub fn is_limit(err: &minijinja::Error) -> bool {
    kinds(err).any(|kind| kind == ErrorKind::OutOfFuel) || function(err).is_some_and(|f| f.fault == Fault::Limit)
}

/// The figure language's own error behind one of the engine.
fn function(err: &minijinja::Error) -> Option<&FunctionError> {
    std::error::Error::source(innermost(err)).and_then(|s| s.downcast_ref::<FunctionError>())
}

/// A template that cannot be read: what our own look at its tags finds, else what the engine says.
pub fn syntax(rendering: &Rendering, err: &minijinja::Error, written: bool) -> Vec<Diagnostic> {
    let inner = innermost(err);
    let template = inner.name().and_then(|name| rendering.templates.iter().find(|t| t.name == name));
    let seen = template.map(|t| (t, tags::faults(&t.script.text))).filter(|(_, faults)| !faults.is_empty());
    if let Some((template, faults)) = seen {
        return faults.iter().map(|fault| unread(template, fault)).collect();
    }
    let detail = inner.detail().map(names::syntax_detail).unwrap_or_default();
    let mut diagnostic = Diagnostic::new(codes::T010, format!("模板写法有误{detail}"))
        .help("检查 {{ }}、{% %} 是否成对，{% if %}、{% for %} 是否有对应的 {% endif %}、{% endfor %}");
    diagnostic.origin = rendering.locate(inner, written);
    vec![diagnostic]
}

/// Signs that do not belong together.
pub fn unread(template: &TemplateText, fault: &tags::Fault) -> Diagnostic {
    let message = format!("模板写法有误：{}", fault.message);
    Diagnostic::new(codes::T010, message).at(template.script.place(fault.range.clone())).help(fault.help.clone())
}

/// An expression that is too long or too deep to be read.
pub fn too_deep(template: &TemplateText, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(codes::T010, "模板写法有误：算式太长或套得太深")
        .at(template.script.place(range))
        .help("分几步写，用 {% set 名称 = … %} 记下中间的数；许多数相加用“合计”或“| sum”")
}

/// What the formatter found: missing and unknown names, things that cannot be printed.
pub fn problems(rendering: &Rendering, session: &Session, world: &World) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for problem in &session.problems {
        let Some(placed) = rendering.expressions.get(problem.figure) else { continue };
        if session.blanked.contains_key(&problem.figure) {
            continue;
        }
        let diagnostic = match &problem.kind {
            ProblemKind::Missing { .. } if session.draft => continue,
            ProblemKind::Missing { name, origin } => missing(name, *origin, placed.origin, world),
            ProblemKind::Unknown { name, known } => unknown(rendering, name, known, placed.origin, world),
            ProblemKind::Unprintable { what } => {
                Diagnostic::new(codes::T013, format!("“{}”是{what}，不能直接写出", placed.expression.text))
                    .at(placed.origin)
                    .help("写出其中一项，如 {{ 镇.名称 }}；一列数据用“| 顿号”连成一句，一张表用 {% for %} 逐行写出")
            }
        };
        if seen.insert((diagnostic.origin, diagnostic.message.clone())) {
            found.push(diagnostic);
        }
    }
    found
}

fn missing(name: &str, cell: Option<Origin>, place: Origin, world: &World) -> Diagnostic {
    let (year, last) = whose(name, world);
    let whose = year.map(|y| format!("{y}年的")).unwrap_or_default();
    let mut diagnostic =
        Diagnostic::new(codes::T011, format!("缺少“{name}”：数据中没有填写{whose}“{last}”")).at(place).named(name);
    if let Some(cell) = cell {
        diagnostic = diagnostic.also(cell, "这里是空的");
    }
    let known = world.known();
    let hint = match nearest(last, known.iter().map(|k| &**k).filter(|k| has_value(world, k))) {
        Some(near) if year.is_none() => format!("在数据中填写“{last}”；如果名称写错了，相近的有“{near}”"),
        _ => format!("在数据中填写{whose}“{last}”，没有的写“无”；先看草稿可以加 --draft"),
    };
    diagnostic.help(hint)
}

/// The year that a name speaks of, where it is another one, and the name without it.
fn whose<'n>(name: &'n str, world: &World) -> (Option<i16>, &'n str) {
    if let Some(rest) = name.strip_prefix("上年.") {
        return (Some(world.year() - 1), rest);
    }
    let dated = name.strip_prefix("历年[").and_then(|rest| rest.split_once("]."));
    match dated.and_then(|(year, rest)| Some((year.parse().ok()?, rest))) {
        Some((year, rest)) => (Some(year), rest),
        None => (None, name),
    }
}

fn has_value(world: &World, name: &str) -> bool {
    world.data.current().is_some_and(|d| d.fields.contains_key(name) || d.tables.contains_key(name))
}

fn unknown(rendering: &Rendering, name: &str, known: &[Arc<str>], place: Origin, world: &World) -> Diagnostic {
    let short = name.rsplit('.').next().unwrap_or(name);
    let diagnostic = Diagnostic::new(codes::T012, format!("没有“{name}”这个名称")).at(place);
    if let Some(table) = table_of(name, world) {
        return diagnostic.help(format!(
            "“{name}”是表“{table}”的一列：每行写一份的模板，用 huibao batch 数据 -t 模板 --by {table} 生成；在一份里逐行写出，用 {{% for 行 in {table} %}}{{{{ 行.{name} }}}}{{% endfor %}}"
        ));
    }
    let names = || known.iter().map(|k| &**k).filter(|k| !names::SPECIAL.contains(k) || !name.contains('.'));
    // What the templates read under its own name is what it is called; anything else of the data may be meant.
    let free = |name: &&str| {
        world.data.place_of(name).is_some() && !rendering.templates.iter().any(|t| t.script.text.contains(*name))
    };
    // What stands before the dot is known; the word behind it is what was mistyped.
    let near = if short == name { None } else { nearest(short, names()) };
    let near = near.or_else(|| nearest(name, names()));
    let meant = match near {
        Some(near) => Some(near).filter(free).into_iter().collect(),
        None => likeness::candidates(short, names().filter(free)),
    };
    let at = meant.first().and_then(|name| world.data.place_of(name));
    match near {
        Some(near) => diagnostic
            .help(format!("是不是“{near}”？名称要与数据中的指标名、表名、列名完全一致"))
            .may_be_at(at, meant, short),
        None if !meant.is_empty() => diagnostic.may_be_at(at, meant, short),
        None if known.is_empty() => diagnostic.help("名称要与数据中的指标名、表名、列名完全一致"),
        None => {
            let some: Vec<&str> = names().filter(|n| !names::SPECIAL.contains(n)).take(8).collect();
            diagnostic.help(format!("数据中有：{}{}", some.join("、"), if known.len() > 8 { "……" } else { "" }))
        }
    }
}

/// The table that has a column of this name, where the report is about no record of it.
fn table_of<'w>(name: &str, world: &'w World) -> Option<&'w str> {
    let tables = world.data.current().filter(|_| world.subject.is_none())?.tables.values();
    tables.filter(|table| table.column(name).is_some()).map(|table| &*table.name).next()
}

/// An error that stopped the rendering; the number of the expression in which it happened, and
/// the name that a draft prints there.
pub fn runtime(
    rendering: &Rendering,
    err: &minijinja::Error,
    session: &Session,
    world: &World,
) -> (Option<Diagnostic>, Option<usize>, Arc<str>) {
    let inner = innermost(err);
    let figure = rendering.expression(inner).filter(|n| !session.blanked.contains_key(n));
    let placed = figure.and_then(|n| rendering.expressions.get(n));
    let place = rendering.locate(inner, false).or(placed.map(|p| p.origin));
    let at = || place.unwrap_or_else(|| rendering.start());
    let text = placed.map(|p| p.expression.text.as_str()).unwrap_or_default();
    let function = function(err);
    let undefined = inner.kind() == ErrorKind::UndefinedError || function.is_some_and(|f| f.fault == Fault::Undefined);
    let name: Arc<str> = match function.map(|f| &f.fault) {
        Some(Fault::Missing { name, .. }) => name.clone(),
        _ => names::HERE.into(),
    };
    let mut diagnostic = match function.map(|f| &f.fault) {
        Some(Fault::Missing { .. }) if session.draft && figure.is_some() => return (None, figure, name),
        Some(Fault::Missing { name, origin }) => missing(name, *origin, placed.map_or_else(at, |p| p.origin), world),
        _ if undefined && let Some(asked) = session.unknown.iter().rfind(|(name, _)| stands(text, name)) => {
            let place = rendering.word(inner, asked.0.rsplit('.').next().unwrap_or_default());
            unknown(rendering, &asked.0, &asked.1.names(), place.unwrap_or_else(at), world)
        }
        _ => message(inner, function),
    };
    diagnostic.message = session.prose_held.restored(&diagnostic.message);
    diagnostic.origin = diagnostic.origin.or(place);
    for (origin, note) in function.iter().flat_map(|f| &f.cells) {
        diagnostic = diagnostic.also(*origin, note.clone());
    }
    (Some(diagnostic), figure, name)
}

/// What could not be printed only because something before it went wrong is no mistake of its own.
pub fn without_consequences(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let follows = |d: &Diagnostic| d.code == codes::T011 && d.named.as_deref() == Some(names::HERE);
    if found.iter().any(|d| d.is_error() && !follows(d)) {
        found.retain(|d| !follows(d));
    }
    found
}

impl Rendering<'_> {
    fn start(&self) -> Origin {
        let source = self.templates.first().map_or(crate::diagnostic::SourceId(0), |t| t.script.source);
        Origin::whole(source)
    }
}

fn message(err: &minijinja::Error, function: Option<&FunctionError>) -> Diagnostic {
    if let Some(function) = function {
        let code = match function.fault {
            Fault::Limit => codes::T030,
            Fault::Operation => codes::T022,
            Fault::Undefined => codes::T012,
            _ => codes::T020,
        };
        return Diagnostic::new(code, function.message.clone()).help(function.help.clone());
    }
    let detail = err.detail().unwrap_or_default();
    match err.kind() {
        ErrorKind::OutOfFuel => Diagnostic::new(codes::T030, format!("模板运行的步数超过上限（{}）", FUEL))
            .help("检查是否有写不完的循环，或者在循环中成倍加长文字"),
        ErrorKind::UnknownFilter => not_there("过滤器", names::quoted_word(detail), names::FILTERS),
        ErrorKind::UnknownFunction => {
            not_there("函数", names::quoted_word(detail), &[names::FIGURE_FUNCTIONS, names::FUNCTIONS].concat())
        }
        ErrorKind::UnknownTest => not_there("判断", names::quoted_word(detail), names::TESTS),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
            Diagnostic::new(codes::T031, "要引用的文件不在模板文件夹中".to_string())
                .help("include 只能引用本模板文件夹中的文件，不能用 ..、绝对路径或链接")
        }
        ErrorKind::SyntaxError => Diagnostic::new(codes::T010, format!("模板写法有误{}", names::syntax_detail(detail))),
        ErrorKind::TooManyArguments => {
            Diagnostic::new(codes::T021, "给的参数太多").help("对照 docs/figure-language.zh-CN.md 中的写法")
        }
        ErrorKind::MissingArgument => {
            Diagnostic::new(codes::T021, "少给了参数").help("对照 docs/figure-language.zh-CN.md 中的写法")
        }
        ErrorKind::UndefinedError => {
            Diagnostic::new(codes::T012, "这里用到的名称没有值").help("名称要与数据中的指标名、表名、列名完全一致")
        }
        _ if detail.contains("recursion") => Diagnostic::new(codes::T030, "模板互相调用的层数超过上限")
            .help("检查 include、macro 是否互相调用而没有尽头"),
        _ if detail.contains("cycle") => {
            Diagnostic::new(codes::T030, "模板互相继承，没有尽头").help("extends 不能写本文件，也不能绕回来")
        }
        _ if detail.contains("not iterable") => {
            Diagnostic::new(codes::T022, "这里不是一张表，也不是一列数据，不能逐项写出")
                .help("写表的名称，如 {% for 行 in 乡镇 %}；一列数据用“乡镇 | 取(\"名称\")”")
        }
        _ if detail.contains("not callable") => Diagnostic::new(codes::T022, "这是一项数据，不是函数，后面不能加括号")
            .help("去掉括号；函数见 docs/figure-language.zh-CN.md"),
        _ if err.kind() == ErrorKind::UnknownMethod => Diagnostic::new(codes::T022, "这一项没有“.名称(…)”这种用法")
            .help("用过滤器写，如 {{ 列表 | 顿号 }}、{{ 数 | 保留(1) }}；见 docs/figure-language.zh-CN.md"),
        _ if detail.contains("range has too many") => {
            Diagnostic::new(codes::T030, "range 的范围太大（上限 100000）").help("改用数据中的表来循环")
        }
        _ if detail.contains("unable to calculate") || detail.contains("divi") => {
            Diagnostic::new(codes::T022, "算不出来：除数为0，或者数太大").help("先用 {% if %} 判断除数是否为0")
        }
        _ => Diagnostic::new(codes::T022, format!("这里的运算做不了{}", names::operation_detail(detail)))
            .help("检查运算两边是不是都是数；文字先不要参加运算"),
    }
}

fn not_there(what: &str, name: Option<String>, known: &[&str]) -> Diagnostic {
    let name = name.unwrap_or_default();
    // As the template writes it: names of the program's own kind were moved out of its way.
    let name = if name.starts_with("___") { name[1..].to_owned() } else { name };
    let diagnostic = Diagnostic::new(codes::T014, format!("没有“{name}”这个{what}"));
    match nearest(&name, known.iter().copied()) {
        Some(near) => diagnostic.help(format!("是不是“{near}”？")),
        None => diagnostic.help(format!("可用的有：{}", known.iter().take(24).copied().collect::<Vec<_>>().join("、"))),
    }
}
