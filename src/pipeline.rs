//! The stages for one report, in order. Everything that makes reports (build, batch,
//! preview, check, trace) goes through here.

mod lay;
mod sets;

use std::path::PathBuf;
use std::sync::Arc;

use crate::check::{self, Finding, Levels};
use crate::dataset::{self, Dataset, LoadOptions};
use crate::diagnostic::{Diagnostic, Exit, Severity, SourceMap, codes, has_error};
use crate::document::{self, About, Document, Texts};
use crate::layout::{self, Kit};
use crate::output::safe_file_name;
use crate::settings::{self, Settings};
use crate::template::{self, Columns, FILE_NAME, Pack, REPORT, Subject, TITLE, World};

pub use lay::{Laid, lay_out, lay_out_carrying, lay_out_in_turn};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub data: Vec<PathBuf>,
    /// Name, display name or path of the pack; else the data name it.
    pub template: Option<String>,
    pub year: Option<i16>,
    pub draft: bool,
    pub strict: bool,
    /// 名=值, over what the data say.
    pub sets: Vec<(String, String)>,
    /// Folders in which packs are looked for.
    pub folders: Vec<PathBuf>,
}

/// Data and pack, read and checked against each other: all that reports are made from.
pub struct Material {
    pub data: Arc<Dataset>,
    pub pack: Pack,
    /// What the office sets for all of its reports.
    pub settings: Settings,
    /// What reports of a batch share of whole columns.
    pub columns: Arc<Columns>,
    pub sources: SourceMap,
    /// Everything found so far; no errors among it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Mistakes, with the sources that their places are in.
pub struct Failure {
    pub diagnostics: Vec<Diagnostic>,
    pub sources: SourceMap,
}

impl Failure {
    /// The exit code: that of the gravest error.
    pub fn exit(&self) -> Exit {
        self.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max().unwrap_or(Exit::Input)
    }
}

/// One report as a document, with the name of its file (without extension).
pub struct Composed {
    pub document: Document,
    pub file_name: String,
    /// The report depends on other records of its subject's table.
    pub whole_table: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// source → dataset, template: reads all that a report needs.
pub fn prepare(request: &Request) -> Result<Material, Failure> {
    let options = LoadOptions { year: request.year, sets: request.sets.clone(), strict: request.strict };
    let loaded = dataset::load(&request.data, &options);
    material(loaded, request)
}

/// The same from data that are in memory already.
pub fn material(loaded: dataset::Loaded, request: &Request) -> Result<Material, Failure> {
    let material = gather(loaded, request, |_, _| None, dataset::schema::of_a_draft)?;
    if has_error(&material.diagnostics) {
        let Material { diagnostics, sources, .. } = material;
        return Err(Failure { diagnostics, sources });
    }
    Ok(material)
}

/// For a check: errors in the data stay among the diagnostics, so that the rest is looked at
/// as well.
pub fn prepare_all(request: &Request) -> Result<Material, Failure> {
    let options = LoadOptions { year: request.year, sets: request.sets.clone(), strict: request.strict };
    gather(dataset::load(&request.data, &options), request, |_, _| None, dataset::schema::of_a_draft)
}

/// For a batch over a table: errors in the data stay among the diagnostics, since one
/// record's mistake concerns only that record's report.
pub fn prepare_records(request: &Request, table: &str) -> Result<Material, Failure> {
    let options = LoadOptions { year: request.year, sets: request.sets.clone(), strict: request.strict };
    let loaded = dataset::load(&request.data, &options);
    gather(loaded, request, |_, _| Some(table.to_string()), dataset::schema::of_a_draft)
}

/// For a preview: `records` says, once data and pack are read, whether the report is about
/// one record of a table. Errors stay among the diagnostics.
pub fn material_of(
    loaded: dataset::Loaded,
    request: &Request,
    records: impl FnOnce(&Dataset, &Pack) -> Option<String>,
) -> Result<Material, Failure> {
    gather(loaded, request, records, open)
}

fn gather(
    loaded: dataset::Loaded,
    request: &Request,
    records: impl FnOnce(&Dataset, &Pack) -> Option<String>,
    open: impl FnOnce(Vec<Diagnostic>) -> Vec<Diagnostic>,
) -> Result<Material, Failure> {
    let dataset::Loaded { dataset, sets, mut sources, mut diagnostics } = loaded;
    let Some(mut data) = dataset else { return Err(Failure { diagnostics, sources }) };
    let wanted = request.template.clone().or_else(|| data.report_value("模板").map(|c| c.shown.to_string()));
    let pack = match wanted {
        None => {
            diagnostics.push(no_template(&request.folders));
            None
        }
        Some(name) => match template::find(&name, &request.folders) {
            Ok(dir) => Pack::load(&dir, &mut sources).map_err(|d| diagnostics.extend(d)).ok(),
            Err(mut diagnostic) => {
                if request.template.is_none() {
                    diagnostic.origin = data.report_value("模板").map(|c| c.origin);
                }
                diagnostics.push(*diagnostic);
                None
            }
        },
    };
    if let Some(pack) = &pack {
        let table = records(&data, pack);
        let checked = match table.as_deref() {
            None => dataset::schema::check(&mut data, &pack.schema),
            Some(table) => {
                let columns: Vec<Arc<str>> = data
                    .current()
                    .and_then(|d| d.tables.get(table))
                    .map_or(Vec::new(), |t| t.columns.iter().map(|c| c.name.clone()).collect());
                dataset::schema::check_all(&mut data, &pack.schema.of_records(table, &columns))
            }
        };
        dataset::schema::forgive(&data, &pack.schema, &mut diagnostics);
        diagnostics.extend(if request.draft { open(checked) } else { checked });
        diagnostics.extend(sets::doubts(&sets, &data, pack, table.as_deref()));
        if table.is_none() {
            diagnostics.extend(document::forms::check(&data, pack.kind));
        }
    }
    let settings = settings::read(&request.data, &mut sources).unwrap_or_else(|found| {
        diagnostics.extend(found);
        Settings::default()
    });
    match pack {
        Some(pack) => {
            Ok(Material { columns: Arc::default(), data: Arc::new(data), pack, settings, sources, diagnostics })
        }
        _ => Err(Failure { diagnostics, sources }),
    }
}

/// Whether it says that something is still to be filled in, and nothing that is wrong.
pub fn is_blank(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.is_blank()
}

/// What is still to be filled in, one by one; it stops no draft.
fn open(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.iter_mut().filter(|d| is_blank(d)).for_each(|d| d.severity = Severity::Warning);
    found
}

fn no_template(folders: &[PathBuf]) -> Diagnostic {
    let names: Vec<String> = template::list(folders).iter().map(|p| format!("{}（{}）", p.name, p.display)).collect();
    let known = if names.is_empty() { String::new() } else { format!("；可用的有：{}", names.join("、")) };
    Diagnostic::new(codes::T000, "没有指明用哪个模板")
        .help(format!("用 -t 指明，或者在数据的“报告信息”里加一行“模板”{known}"))
}

/// template → document, for the whole data or for one record of a batch. Missing values
/// are errors unless this is a draft.
pub fn compose(material: &Material, subject: Option<Subject>, draft: bool) -> Result<Composed, Vec<Diagnostic>> {
    let pack = &material.pack;
    let world = world(material, subject);
    let mut diagnostics = Vec::new();
    let mut figures = Vec::new();
    let mut render = |name: &str| {
        let rendered = pack.engine.render(name, &world, std::mem::take(&mut figures), draft);
        diagnostics.extend(rendered.diagnostics);
        figures = rendered.figures;
        rendered.text
    };
    let given = world.data.report_value("标题").is_some();
    let title = (pack.has_title && !given).then(|| render(TITLE));
    let body = render(REPORT);
    let annexes = pack.annexes.iter().map(|a| (render(&a.title), a.landscape, render(&a.file)));
    // An annex whose text is empty is none: its template decides by the data.
    let annexes: Vec<_> = annexes.filter(|(.., text)| !text.trim().is_empty()).collect();
    let name = pack.has_file_name.then(|| render(FILE_NAME));
    if has_error(&diagnostics) {
        return Err(diagnostics);
    }
    let name = name.map(|n| expand(&n, &figures));
    let about = About {
        kind: pack.kind,
        template: pack.display.as_str().into(),
        sources: data_files(material, world.subject.as_ref()),
        draft,
        changes: changes(material),
        origin: pack.origin,
    };
    let mut extras = document::PackExtras::new(&world.data, pack);
    let fenced = body.contains("```") || annexes.iter().any(|(.., text)| text.contains("```"));
    let mut document = document::assemble(&world.data, Texts { title, body, annexes, figures }, about, &mut extras);
    diagnostics.extend(extras.diagnostics);
    // For a whole report this has been said with all mistakes of the data.
    if world.subject.is_some() {
        diagnostics.extend(document::forms::check(&world.data, pack.kind));
    }
    match document::seals(&world.data, &material.sources) {
        Ok(seals) => {
            document.signature.sealed |= !seals.is_empty();
            document.signature.seals = seals;
        }
        Err(found) => diagnostics.extend(found),
    }
    match document::stamps(&world.data, &material.sources, document.signature.posts.len()) {
        Ok(stamps) => document.signature.stamps = stamps,
        Err(found) => diagnostics.extend(found),
    }
    if document.meta.title.trim().is_empty() {
        diagnostics.push(
            Diagnostic::new(codes::T015, "报告没有标题")
                .help("在数据的“报告信息”里加一行“标题”，或者在 template.yaml 里写“标题”"),
        );
    }
    if has_error(&diagnostics) {
        return Err(diagnostics);
    }
    let file_name = name.as_deref().and_then(safe_file_name).or_else(|| safe_file_name(&document.meta.title));
    let file_name = file_name.unwrap_or_else(|| "报告".into());
    // Fenced charts and tables reach the data past the template's names.
    let whole_table = fenced || world.read_whole_table();
    Ok(Composed { document, file_name, whole_table, diagnostics })
}

/// 版面 of the pack and, over it, of the office.
pub fn changes(material: &Material) -> Vec<settings::Change> {
    material.pack.changes().into_iter().chain(material.settings.layout.iter().cloned()).collect()
}

/// The data of one report. What a record says of 报告信息 stands over what is shared; a title
/// shared by all reports of a batch gives way to the pack's own.
fn world(material: &Material, subject: Option<Subject>) -> Arc<World> {
    let mut data = material.data.clone();
    if let Some(subject) = &subject {
        let own_title = subject.report.iter().any(|(key, _)| &**key == "标题");
        let shared_title = material.pack.has_title && !own_title && data.report.contains_key("标题");
        if shared_title || !subject.report.is_empty() {
            // The years are shared; only 报告信息 is copied.
            let own = Arc::make_mut(&mut data);
            if shared_title {
                own.report.shift_remove("标题");
            }
            for (key, cell) in &subject.report {
                own.report_lists.shift_remove(key);
                own.report.insert(key.clone(), cell.clone());
            }
        }
    }
    Arc::new(World::new(data, material.pack.declared(), subject).with_columns(material.columns.clone()))
}

/// The name of the file of a record's report, before the report is made: by the pack's
/// pattern or, where there is none, its title. `None`: the pack has neither.
pub fn file_name(material: &Material, subject: Subject, draft: bool) -> Result<Option<String>, Vec<Diagnostic>> {
    let pack = &material.pack;
    let template = match (pack.has_file_name, pack.has_title) {
        (true, _) => FILE_NAME,
        (_, true) => TITLE,
        _ => return Ok(None),
    };
    let rendered = pack.engine.render(template, &world(material, Some(subject)), Vec::new(), draft);
    if has_error(&rendered.diagnostics) {
        return Err(rendered.diagnostics);
    }
    Ok(Some(expand(&rendered.text, &rendered.figures)))
}

/// 检查 of the pack and of the office: the levels of the rules; wrong keys are errors.
pub fn levels(material: &Material) -> Result<Levels, Vec<Diagnostic>> {
    let (levels, wrong) = Levels::read(material.pack.checks.iter().chain(&material.settings.checks));
    if wrong.is_empty() { Ok(levels) } else { Err(wrong) }
}

/// document → check: what the rules say of a report and its data.
pub fn examine(material: &Material, document: &Document) -> Result<Vec<Finding>, Vec<Diagnostic>> {
    let levels = levels(material)?;
    Ok(check::examine(&check::Subject {
        document,
        data: &material.data,
        schema: &material.pack.schema,
        sources: &material.sources,
        levels: &levels,
    }))
}

/// Text with its tokens replaced by the figures' text.
fn expand(text: &str, figures: &[crate::figures::Figure]) -> String {
    let pieces = template::split_tokens(text).into_iter();
    pieces
        .map(|(piece, id)| {
            let figure = id.and_then(|id| figures.get(id.0 as usize)).map(|f| &*f.text).unwrap_or_default();
            format!("{piece}{figure}")
        })
        .collect()
}

/// Name and digest of each data file; templates are named by their pack.
/// A record's report names the digest of what the record gives: it does not change with
/// the records of others.
fn data_files(material: &Material, subject: Option<&Subject>) -> Vec<(Arc<str>, Arc<str>)> {
    let digest = |whole: &str| subject.map_or_else(|| Arc::from(whole), |s| s.digest.clone());
    let sources = &material.sources;
    sources
        .iter()
        .filter(|(_, s)| !s.sha256.is_empty())
        .map(|(_, s)| (Arc::from(s.name.as_str()), digest(&s.sha256)))
        .collect()
}

/// document → layout: what a check says of the pages.
pub fn remarks(document: &Document, kit: &Kit) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    layout::remarks(document, kit)
}
