//! One look at the data: a choice of year, template and unit, built as a draft and told to
//! the page as one message. All text goes out as JSON; the page sets it as text, never as HTML.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::dataset::{self, Dataset, Input, LoadOptions};
use crate::diagnostic::{Diagnostic, Severity, render};
use crate::layout::{self, Kit, Profile};
use crate::pipeline::{self, Composed, Material, Request};
use crate::source::{Origin, SourceMap};
use crate::template;

/// What the address of the page chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub year: Option<i16>,
    pub template: Option<String>,
}

/// A page of the report as the browser fetches it.
pub struct Sheet {
    pub hash: String,
    pub svg: String,
}

/// What one build gives.
pub struct View {
    pub message: String,
    pub sheets: Vec<Arc<Sheet>>,
    pub failed: bool,
    /// Folder of the pack that was read.
    pub pack: Option<PathBuf>,
}

#[derive(Serialize, Default)]
struct Message {
    ok: bool,
    title: String,
    file: Vec<String>,
    pages: Vec<Page>,
    figures: Vec<Figure>,
    problems: Vec<Problem>,
    missing: Vec<String>,
    years: Vec<i16>,
    year: Option<i16>,
    templates: Vec<(String, String)>,
    template: Option<String>,
    /// From the save to this message, milliseconds.
    took: Option<u64>,
}

#[derive(Serialize)]
struct Page {
    hash: String,
    width: f64,
    height: f64,
    /// Figure, left, top, width, height in shares of the page.
    spots: Vec<(u32, f64, f64, f64, f64)>,
}

#[derive(Serialize)]
struct Figure {
    text: String,
    expression: String,
    template: String,
    missing: bool,
    reads: Vec<Read>,
}

#[derive(Serialize)]
struct Read {
    place: String,
    name: String,
    shown: String,
}

#[derive(Serialize)]
struct Problem {
    level: &'static str,
    label: &'static str,
    code: &'static str,
    place: String,
    subject: String,
    message: String,
    helps: Vec<String>,
    /// As the terminal shows it, with the line of the file.
    full: String,
}

/// Where the data come from.
#[derive(Clone)]
pub enum From {
    Files(Vec<PathBuf>),
    Upload { name: String, bytes: Arc<Vec<u8>> },
}

/// Reads and checks the data of a choice.
pub fn prepare(from: &From, request: &Request, choice: &Choice) -> Result<Material, pipeline::Failure> {
    let mut request = request.clone();
    request.draft = true;
    request.year = choice.year.or(request.year);
    request.template = choice.template.clone().or(request.template);
    let options = LoadOptions { year: request.year, sets: request.sets.clone(), strict: request.strict };
    let loaded = match from {
        From::Files(files) => dataset::load(files, &options),
        From::Upload { name, bytes } => {
            dataset::load_inputs(vec![Input::Bytes { name: name.clone(), bytes: bytes.to_vec() }], &options)
        }
    };
    pipeline::material(loaded, &request)
}

/// Builds the view of a choice.
pub fn build(from: &From, request: &Request, choice: &Choice, kit: &Kit) -> View {
    let mut message = Message {
        templates: template::list(&request.folders).into_iter().map(|p| (p.name, p.display)).collect(),
        template: choice.template.clone(),
        year: choice.year,
        ..Message::default()
    };
    let mut view = View { message: String::new(), sheets: Vec::new(), failed: true, pack: None };
    match prepare(from, request, choice) {
        Err(failure) => message.problems = problems(&failure.diagnostics, &failure.sources),
        Ok(material) => {
            view.pack = Some(material.pack.dir.clone());
            describe(&mut message, &material);
            let drawn = pipeline::compose(&material, None, true).and_then(|composed| {
                let profile = Profile::of(&composed.document)?;
                let (pages, notices) = layout::screen_pages(&composed.document, kit, &profile)?;
                Ok((composed, pages, notices))
            });
            let mut found = material.diagnostics.clone();
            match drawn {
                Err(more) => found.extend(more),
                Ok((composed, pages, notices)) => {
                    found.extend(composed.diagnostics.iter().cloned().chain(notices));
                    figures(&mut message, &composed, &material.sources);
                    for page in pages {
                        let hash: String =
                            Sha256::digest(&page.svg).iter().take(16).map(|b| format!("{b:02x}")).collect();
                        let spots = page.spots.iter().map(|s| (s.figure, s.x, s.y, s.width, s.height)).collect();
                        message.pages.push(Page { hash: hash.clone(), width: page.width, height: page.height, spots });
                        view.sheets.push(Arc::new(Sheet { hash, svg: page.svg }));
                    }
                    message.ok = true;
                    view.failed = false;
                }
            }
            message.problems = problems(&found, &material.sources);
        }
    }
    layout::evict();
    view.message = serde_json::to_string(&message).unwrap_or_default();
    view
}

fn describe(message: &mut Message, material: &Material) {
    let data: &Dataset = &material.data;
    message.years = data.years.keys().copied().filter(|y| *y != 0).collect();
    message.year = data.year;
    message.template = Some(material.pack.name.clone());
    message.file = material.sources.iter().filter(|(_, s)| !s.sha256.is_empty()).map(|(_, s)| s.name.clone()).collect();
}

fn figures(message: &mut Message, composed: &Composed, sources: &SourceMap) {
    message.title = composed.document.meta.title.to_string();
    for figure in &composed.document.figures {
        let reads = figure.reads.iter();
        let reads = reads.map(|read| Read {
            place: sources.describe(read.origin),
            name: read.name.to_string(),
            shown: read.shown.to_string(),
        });
        message.figures.push(Figure {
            text: figure.text.to_string(),
            expression: figure.expression.to_string(),
            template: sources.describe(figure.template),
            missing: figure.missing,
            reads: reads.collect(),
        });
        if figure.missing {
            let text = figure.text.trim_start_matches("〔待填：").trim_end_matches('〕').to_string();
            if !message.missing.contains(&text) {
                message.missing.push(text);
            }
        }
    }
}

fn problems(found: &[Diagnostic], sources: &SourceMap) -> Vec<Problem> {
    let mut found: Vec<&Diagnostic> = found.iter().collect();
    found.sort_by_key(|d| std::cmp::Reverse(d.severity));
    let place = |origin: Option<Origin>| origin.map(|o| sources.describe(o)).unwrap_or_default();
    found
        .into_iter()
        .map(|d| Problem {
            level: match d.severity {
                Severity::Notice => "notice",
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
            label: d.severity.label(),
            code: d.code,
            place: place(d.origin),
            subject: d.subject.clone().unwrap_or_default(),
            message: d.message.clone(),
            helps: d.helps.clone(),
            full: render(d, sources),
        })
        .collect()
}
