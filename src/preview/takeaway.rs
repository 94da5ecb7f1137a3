//! What is taken away: PDF, DOCX, 核对表 of the state that is on the screen, and the blank
//! form of its template.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State as Extracted;
use axum::http::StatusCode;

use super::answer::{Answer, Refusal, file, heavy, words};
use super::choice::{Asked, Choice};
use super::shared::Shared;
use super::state::State;
use super::watch::lock;
use crate::diagnostic::SourceMap;
use crate::form::{self, FormRequest};
use crate::mark::{self, Marks};
use crate::pipeline::{Order, Rules, examine, lay_out};
use crate::source::{self, file::MAX_FILE_BYTES};
use crate::template::{self, Format, Pack};
use crate::trace;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file on its way to the browser: name, media type, bytes.
pub type Made = Result<(String, &'static str, Vec<u8>), String>;

/// What can be taken away.
#[derive(Clone, Copy)]
pub enum Kind {
    Report(Format),
    Trace,
    Form,
    /// The workbook with what was found at its cells.
    Marked,
}

impl Kind {
    pub fn of(name: &str) -> Option<Kind> {
        match name {
            "trace" => Some(Kind::Trace),
            "form" => Some(Kind::Form),
            "marked" => Some(Kind::Marked),
            _ => Format::from_name(name).map(Kind::Report),
        }
    }
}

pub async fn download(Extracted(shared): Extracted<Arc<Shared>>, asked: Asked) -> Answer {
    let kind = Kind::of(&asked.what).ok_or_else(Refusal::nothing)?;
    let choice = shared.choice(&asked).ok_or_else(Refusal::nothing)?;
    let state = shared.state(&asked.state);
    heavy(move || {
        let made = match (kind, state) {
            (Kind::Form, state) => blank_form(&shared, state.as_deref(), &choice),
            (_, None) => return Err(Refusal(StatusCode::CONFLICT, "页面刚刚更新过，请再点一次".into())),
            (kind, Some(state)) => made(&shared, &state, kind),
        };
        let (name, media, bytes) = made.map_err(Refusal::wrong)?;
        Ok(file(&name, media, bytes))
    })
    .await
}

/// A file of a state.
pub fn made(shared: &Shared, state: &State, kind: Kind) -> Made {
    match kind {
        Kind::Report(format) => {
            let _one = lock(&shared.building);
            report(shared, state, format)
        }
        Kind::Trace => workbook(state),
        Kind::Marked => marked(state),
        Kind::Form => blank_form(shared, Some(state), &Choice::default()),
    }
}

/// The mark of a draft stands in the file's name as it stands on its pages.
fn mark(state: &State) -> &'static str {
    if state.draft { "（草稿）" } else { "" }
}

fn report(shared: &Shared, state: &State, format: Format) -> Made {
    let composed = &state.composed;
    let laid = lay_out(&composed.document, &shared.kit, &Order::of(&[format]));
    let laid = laid.map_err(|found| words(&found, &state.material.sources))?;
    let (_, bytes) = laid.files.into_iter().next().ok_or("没有生成文件")?;
    let media = match format {
        Format::Pdf => "application/pdf",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };
    Ok((format!("{}{}.{}", composed.file_name, mark(state), format.extension()), media, bytes))
}

fn workbook(state: &State) -> Made {
    let name = format!("{}{}_核对表.xlsx", state.composed.file_name, mark(state));
    let subject = trace::Subject {
        document: &state.composed.document,
        data: &state.material.data,
        sources: &state.material.sources,
        target: Path::new(&name),
    };
    let bytes = trace::workbook(&subject).map_err(|e| e.to_string())?;
    Ok((name, WORKBOOK, bytes))
}

/// The workbook among the data, with all that is found at its cells.
fn marked(state: &State) -> Made {
    let material = &state.material;
    let books = material.sources.iter().filter(|(_, s)| source::workbook::is_named(&s.name) && s.path.is_file());
    let [(id, book)] = books.collect::<Vec<_>>()[..] else {
        return Err("只有文件夹里的一个工作簿才能做批注副本：先把文件放进文件夹，再打开".into());
    };
    let bytes = source::file::read(&book.path, MAX_FILE_BYTES).map_err(|d| words(&[*d], &material.sources))?;
    let findings = examine(material, &state.composed.document, &Rules::All);
    let found = material.diagnostics.iter().chain(findings.iter().map(|f| &f.diagnostic));
    let marked = mark::copy(&bytes, &book.name, &Marks::of(found, &material.sources, id));
    let marked = marked.map_err(|e| words(&[e.diagnostic()], &material.sources))?;
    let stem = Path::new(&book.name).file_stem().unwrap_or_default().to_string_lossy();
    Ok((format!("{stem}（批注）.{}", marked.ending), WORKBOOK, marked.bytes))
}

/// The form of the template on the screen, else of the one that is chosen.
fn blank_form(shared: &Shared, state: Option<&State>, choice: &Choice) -> Made {
    if let Some(state) = state {
        let year = state.material.data.year.or(choice.year);
        return filled(&state.material.pack, year);
    }
    let wanted = choice.template.clone().or_else(|| shared.request.template.clone()).ok_or("先选一个模板")?;
    let folders = &shared.request.folders;
    let dir = template::find(&wanted, folders).map_err(|d| words(&[*d], &SourceMap::new()))?;
    let mut sources = SourceMap::new();
    let pack = Pack::load(&dir, &mut sources).map_err(|found| words(&found, &sources))?;
    filled(&pack, choice.year.or(shared.request.year))
}

fn filled(pack: &Pack, year: Option<i16>) -> Made {
    let report_keys = form::report_keys(pack);
    let request = FormRequest {
        title: &pack.display,
        kind: pack.kind,
        key: &pack.key,
        year,
        previous: None,
        report_keys: &report_keys,
    };
    let bytes = form::workbook(&template::wanted(pack, None), &request).map_err(|e| e.to_string())?;
    let of_year = year.map(|year| format!("_{year}年")).unwrap_or_default();
    let name = format!("{}{of_year}填报表.xlsx", pack.display);
    Ok((crate::output::safe_file_name(&name).unwrap_or("填报表.xlsx".into()), WORKBOOK, bytes))
}

/// Templates for which a blank form can be had while there are no data yet, as JSON.
pub fn templates(shared: &Shared) -> String {
    let listed = template::list(&shared.request.folders).into_iter().map(|p| (p.name, p.display));
    let own = shared.request.template.clone();
    serde_json::json!({ "templates": listed.collect::<Vec<_>>(), "template": own }).to_string()
}
