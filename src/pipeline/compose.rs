//! template → document: the text of one report and what stands around it.

use std::sync::Arc;

use super::own_rows::own_rows;
use super::records::own_information;
use super::{Material, around};
use crate::diagnostic::{Diagnostic, Severity, codes, fault, has_error};
use crate::document::{self, About, Document, Texts};
use crate::figures::Figure;
use crate::output::safe_file_name;
use crate::template::{self, FILE_NAME, REPORT, Subject, TITLE, World};

/// One report as a document, with the name of its file (without extension).
pub struct Composed {
    /// All that the layout sees.
    pub document: Document,
    /// 文件名 of the pack with its figures, else the title; what no file name may hold is replaced. Without
    /// extension.
    pub file_name: String,
    /// The report depends on other records of its subject's table.
    pub whole_table: bool,
    /// Of the text: warnings, and in a draft also what a final report would refuse.
    pub diagnostics: Vec<Diagnostic>,
}

/// template → document, for the whole data or for one record of a batch. Missing values
/// are errors unless this is a draft.
pub fn compose(material: &Material, subject: Option<Subject>, draft: bool) -> Result<Composed, Vec<Diagnostic>> {
    let _step = fault::step("成文");
    let mut diagnostics = Vec::new();
    let world = world(material, subject, draft, &mut diagnostics);
    let (texts, name) = render(material, &world, draft, &mut diagnostics);
    if has_error(&diagnostics) {
        return Err(diagnostics);
    }
    let about = About {
        kind: material.pack.kind,
        template: material.pack.display.as_str().into(),
        sources: data_files(material, world.subject.as_ref()),
        draft,
        changes: material.changes(),
        origin: material.pack.origin,
    };
    let mut extras = document::PackExtras::new(&world.data, &material.pack);
    // Fenced charts and tables reach the data past the template's names.
    let fenced = texts.body.contains("```") || texts.annexes.iter().any(|(.., text)| text.contains("```"));
    let mut document = document::assemble(&world.data, texts, about, &mut extras);
    diagnostics.extend(extras.diagnostics);
    // What holds for all reports has been said with all mistakes of the data.
    if let Some(subject) = &world.subject {
        let own = own_information(&world.data, &subject.table);
        let mut found = document::forms::check(&world.data, material.pack.kind);
        found.retain(|d| d.subject.as_ref().is_some_and(|key| own.contains(key)));
        // What is still to be filled in stops no draft.
        found.iter_mut().filter(|d| draft && d.code.is_blank()).for_each(|d| d.severity = Severity::Warning);
        diagnostics.extend(found);
    }
    seal(&mut document, &world, material).unwrap_or_else(|found| diagnostics.extend(found));
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
    let whole_table = fenced || world.read_whole_table();
    Ok(Composed { document, file_name, whole_table, diagnostics })
}

/// The texts of the pack over the data, and the name of the file where the pack has a pattern.
fn render(
    material: &Material,
    world: &Arc<World>,
    draft: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Texts, Option<String>) {
    let pack = &material.pack;
    let mut figures = Vec::new();
    let mut render = |name: &str| {
        let rendered = pack.engine.render(name, world, std::mem::take(&mut figures), draft);
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
    let name = pack.has_file_name.then(|| render(FILE_NAME)).map(|name| expand(&name, &figures));
    (Texts { title, body, annexes, figures }, name)
}

/// Seals and 签名章, which are pictures beside the data.
fn seal(document: &mut Document, world: &World, material: &Material) -> Result<(), Vec<Diagnostic>> {
    let signature = &mut document.signature;
    let seals = document::seals(&world.data, &material.sources).map(|seals| {
        signature.sealed |= !seals.is_empty();
        signature.seals = seals;
    });
    let stamps = document::stamps(&world.data, &material.sources, signature.posts.len());
    let stamps = stamps.map(|stamps| signature.stamps = stamps);
    let wrong: Vec<Diagnostic> = [seals, stamps].into_iter().filter_map(Result::err).flatten().collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The data of one report. What a record says of 报告信息 stands over what is shared; a title
/// shared by all reports of a batch gives way to the pack's own.
fn world(material: &Material, subject: Option<Subject>, draft: bool, found: &mut Vec<Diagnostic>) -> Arc<World> {
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
    let own = subject.as_ref().and_then(|subject| own_rows(&data, subject, &material.pack.key));
    // What is known of whole columns is not known of a unit's own rows.
    let columns = if own.is_some() { Arc::default() } else { material.columns.clone() };
    let mut data = own.map_or(data, Arc::new);
    let of =
        |data, subject| Arc::new(World::new(data, material.pack.declared(), subject).with_columns(columns.clone()));
    if material.pack.around.is_empty() {
        return of(data, subject);
    }
    let alone = of(data.clone(), subject.clone());
    around::add(&mut data, &material.pack, &alone, draft, found);
    of(data, subject)
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
    let rendered =
        pack.engine.render(template, &world(material, Some(subject), draft, &mut Vec::new()), Vec::new(), draft);
    if has_error(&rendered.diagnostics) {
        return Err(rendered.diagnostics);
    }
    Ok(Some(expand(&rendered.text, &rendered.figures)))
}

/// Text with its tokens replaced by the figures' text.
fn expand(text: &str, figures: &[Figure]) -> String {
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
