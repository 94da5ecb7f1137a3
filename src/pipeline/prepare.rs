//! source → dataset, template: all that reports are made from.

use std::path::PathBuf;
use std::sync::Arc;

use super::{asked, records, sets};
use crate::check::Levels;
use crate::dataset::{self, Dataset, Files, LoadOptions, Loaded, Pair, REPORT_PREFIX, Wanted, information, schema};
use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, codes, fault, has_error};
use crate::document;
use crate::settings::{self, Change, Settings};
use crate::template::{self, Columns, Pack};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// .yaml, workbooks or .csv; later files add to earlier ones.
    pub data: Vec<PathBuf>,
    /// Name, display name or path of the pack; else the data name it.
    pub template: Option<String>,
    /// One report, one for each record, or only to look.
    pub purpose: Purpose,
    /// `--year`: the year of the report, whatever the data say.
    pub year: Option<i16>,
    /// What is missing is printed as 〔待填：名〕 and stops nothing.
    pub draft: bool,
    /// Guesses in reading the data are errors.
    pub strict: bool,
    /// 名=值, over what the data say.
    pub sets: Vec<(String, String)>,
    /// Folders in which packs are looked for.
    pub folders: Vec<PathBuf>,
}

/// What the data are read for, and so what becomes of mistakes in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// One report of all data: a mistake stops it.
    #[default]
    Report,
    /// A report for each record of this table: a mistake concerns its record.
    Records(String),
    /// To look at what there is, in one report or by record as the pack wants it: mistakes are told
    /// with everything else.
    Look,
}

/// Data and pack, read and checked against each other.
pub struct Material {
    /// Fields and tables of all years, typed by the pack's schema.
    pub data: Arc<Dataset>,
    /// The templates, compiled, with the schema and what the pack changes.
    pub pack: Pack,
    /// The table whose records the reports are about; `None`: one report of all data.
    pub table: Option<String>,
    /// What the office sets for all of its reports.
    pub settings: Settings,
    /// 检查 of the pack and of the office.
    pub levels: Levels,
    /// What reports of a batch share of whole columns.
    pub columns: Arc<Columns>,
    /// Names of the files and sheets, for all messages.
    pub sources: SourceMap,
    /// Everything found so far; errors only where the purpose goes on over them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Mistakes, with the sources that their places are in.
pub struct Failure {
    /// At least one error, and what else was found before it.
    pub diagnostics: Vec<Diagnostic>,
    /// Without them no place can be told.
    pub sources: SourceMap,
}

impl Failure {
    /// The exit code: that of the gravest error.
    pub fn exit(&self) -> Exit {
        self.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max().unwrap_or(Exit::Input)
    }
}

impl Material {
    /// 版面 of the pack and, over it, of the office.
    pub fn changes(&self) -> Vec<Change> {
        self.pack.changes().into_iter().chain(self.settings.layout.iter().cloned()).collect()
    }

    /// What stands against a report, told alone.
    pub fn refusal(&self, diagnostics: Vec<Diagnostic>) -> Failure {
        Failure { diagnostics, sources: self.sources.clone() }
    }

    /// A report that failed, told behind what was found before.
    pub fn failure(&self, found: Vec<Diagnostic>) -> Failure {
        self.refusal(self.diagnostics.iter().cloned().chain(found).collect())
    }
}

/// Reads all that a report needs.
pub fn prepare(request: &Request) -> Result<Material, Failure> {
    gather(dataset::read(&request.data, &request.options()), request)
}

/// The same from data that are in memory already. All mistakes are told together.
pub fn gather(files: impl Into<Files>, request: &Request) -> Result<Material, Failure> {
    let _step = fault::step("读模板");
    let mut files = files.into();
    let pack = pack(&mut files, request);
    let (settings, unset) = match settings::read(&request.data, &mut files.sources) {
        Ok(settings) => (settings, Vec::new()),
        Err(found) => (Settings::default(), found),
    };
    let pairs = Pair::of_settings(&settings);
    let Loaded { dataset, sets, sources, mut diagnostics } = match &pack {
        Ok(pack) => asked::settle(files, pack, request.by(), pairs),
        Err(_) => files.settle(&Wanted::default()),
    };
    let Some(mut data) = dataset else { return Err(Failure { diagnostics, sources }) };
    let pack = pack.map_err(|wrong| diagnostics.extend(wrong)).ok();
    let mut table = None;
    if let Some(pack) = &pack {
        diagnostics.extend(pack.notices.iter().cloned());
        information::settle(&mut data, pack.kind, |key| !template::uses(&pack.engine, key).is_empty());
        table = match &request.purpose {
            Purpose::Report => None,
            Purpose::Records(table) => Some(table.clone()),
            Purpose::Look => records::table_of(&data, pack),
        };
        let mut checked = by_schema(&mut data, pack, table.as_deref());
        // What a record says of its own report is looked at with that report.
        let own = table.as_ref().map(|table| records::own_information(&data, table)).unwrap_or_default();
        let of_all = |d: &Diagnostic| !d.subject.as_ref().is_some_and(|key| own.contains(key));
        checked.extend(document::forms::check(&data, pack.kind).into_iter().filter(of_all));
        schema::forgive(&data, &pack.schema, &mut diagnostics);
        diagnostics.extend(if request.draft { open(checked, &request.purpose) } else { checked });
        let set = |key: &str| sets.iter().any(|set| set.name.strip_prefix(REPORT_PREFIX) == Some(key));
        let known = |key: &str| set(key) || !template::uses(&pack.engine, key).is_empty();
        diagnostics.extend(document::forms::unprinted(&data, pack.kind, &pack.name, known));
        diagnostics.extend(sets::doubts(&sets, &data, pack, table.as_deref()));
    }
    diagnostics.extend(unset);
    let Some(pack) = pack else { return Err(Failure { diagnostics, sources }) };
    let (levels, wrong) = Levels::read(pack.checks.iter().chain(&settings.checks));
    diagnostics.extend(wrong);
    if request.purpose == Purpose::Report && has_error(&diagnostics) {
        return Err(Failure { diagnostics, sources });
    }
    let (data, columns) = (Arc::new(data), Arc::default());
    Ok(Material { data, pack, table, settings, levels, columns, sources, diagnostics })
}

impl Request {
    /// The table whose records the reports are about, where the request says it.
    fn by(&self) -> Option<&str> {
        match &self.purpose {
            Purpose::Records(table) => Some(table),
            _ => None,
        }
    }

    /// How the data are read.
    pub fn options(&self) -> LoadOptions {
        LoadOptions { year: self.year, sets: self.sets.clone(), strict: self.strict }
    }
}

/// The pack that is asked for, else the one that the data name.
fn pack(files: &mut Files, request: &Request) -> Result<Pack, Vec<Diagnostic>> {
    let own =
        files.said("模板").filter(|_| request.template.is_none()).map(|cell| (cell.shown.to_string(), cell.origin));
    let found = match (&request.template, own) {
        (Some(name), _) => template::find(name, &request.folders),
        (None, Some((name, origin))) => template::find_named(&name, &request.folders, &request.data)
            .map_err(|told| Box::new(Diagnostic { origin: Some(origin), ..*told })),
        (None, None) => return Err(vec![no_template(&request.folders)]),
    };
    let dir = found.map_err(|told| vec![*told])?;
    Pack::load(&dir, &mut files.sources)
}

/// What the pack's schema says of the data. What a field asks for is asked of each record where
/// the records of a table are the reports.
fn by_schema(data: &mut Dataset, pack: &Pack, table: Option<&str>) -> Vec<Diagnostic> {
    let Some(table) = table else { return schema::check(data, &pack.schema) };
    let of_table = data.current().and_then(|d| d.tables.get(table));
    let columns: Vec<Arc<str>> = of_table.map_or(Vec::new(), |t| t.columns.iter().map(|c| c.name.clone()).collect());
    schema::check(data, &pack.schema.of_records(table, &columns))
}

/// What is still to be filled in stops no draft: who looks at it is told one by one, who makes
/// files how much it is.
fn open(mut found: Vec<Diagnostic>, purpose: &Purpose) -> Vec<Diagnostic> {
    if *purpose != Purpose::Look {
        return schema::of_a_draft(found);
    }
    found.iter_mut().filter(|d| d.code.is_blank()).for_each(|d| d.severity = Severity::Warning);
    found
}

fn no_template(folders: &[PathBuf]) -> Diagnostic {
    let names: Vec<String> = template::list(folders).iter().map(|p| format!("{}（{}）", p.name, p.display)).collect();
    let known = if names.is_empty() { String::new() } else { format!("；可用的有：{}", names.join("、")) };
    Diagnostic::new(codes::T000, "没有指明用哪个模板")
        .help(format!("用 -t 指明，或者在数据的“报告信息”里加一行“模板”{known}"))
}
