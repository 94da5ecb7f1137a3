//! What is taken away: PDF, DOCX, 核对表 of the state that is on the screen, and the blank
//! form of its template.

use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::choice::Choice;
use super::desk::Desk;
use super::http::Request;
use super::reply;
use super::state::State;
use super::watch::lock;
use crate::diagnostic::{Diagnostic, SourceMap, grouped, render_plain};
use crate::form::{self, FormRequest};
use crate::pipeline::{Order, lay_out};
use crate::template::{self, Format, Pack};
use crate::trace;

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file on its way to the browser: name, media type, bytes.
type Made = Result<(String, &'static str, Vec<u8>), String>;

/// What can be taken away.
#[derive(Clone, Copy)]
enum Kind {
    Report(Format),
    Trace,
    Form,
}

impl Kind {
    fn of(name: &str) -> Option<Kind> {
        match name {
            "trace" => Some(Kind::Trace),
            "form" => Some(Kind::Form),
            _ => Format::from_name(name).map(Kind::Report),
        }
    }
}

pub fn download(desk: &Desk, stream: &mut TcpStream, request: &Request) {
    let choice = Choice::of(request);
    let kind = request.parameter("what").and_then(|name| Kind::of(&name));
    let (Some(kind), true) = (kind, desk.listed(&choice)) else {
        return reply::refuse(stream, 404, "没有这个地址");
    };
    let id = request.parameter("state");
    let state = id.and_then(|id| lock(&desk.states).get(&id).and_then(std::sync::Weak::upgrade));
    let made = match (kind, state) {
        (Kind::Form, state) => guarded(|| blank_form(desk, state.as_deref(), &choice)),
        (_, None) => return reply::refuse(stream, 409, "页面刚刚更新过，请再点一次"),
        (Kind::Report(format), Some(state)) => {
            let _one = lock(&desk.building);
            guarded(|| report(desk, &state, format))
        }
        (Kind::Trace, Some(state)) => guarded(|| workbook(&state)),
    };
    match made {
        Ok((name, media, bytes)) => {
            let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
            let extension = Path::new(&name).extension().map(|e| e.to_string_lossy()).unwrap_or_default();
            let disposition = format!("attachment; filename=\"report.{extension}\"; filename*=UTF-8''{encoded}");
            reply::send(stream, 200, media, &bytes, &[("Content-Disposition", disposition)]);
        }
        Err(words) => reply::refuse(stream, 422, &words),
    }
}

fn guarded(make: impl FnOnce() -> Made) -> Made {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| Err("程序内部出错，这是程序的问题，不是数据的问题".into()))
}

fn words(found: &[Diagnostic], sources: &SourceMap) -> String {
    let errors = grouped(found.iter().filter(|d| d.is_error()));
    errors.iter().map(|d| render_plain(d, sources)).collect::<Vec<_>>().join("\n")
}

/// The mark of a draft stands in the file's name as it stands on its pages.
fn mark(state: &State) -> &'static str {
    if state.draft { "（草稿）" } else { "" }
}

fn report(desk: &Desk, state: &State, format: Format) -> Made {
    let composed = &state.composed;
    let laid = lay_out(&composed.document, &desk.kit, &Order::of(&[format]));
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

/// The form of the template on the screen, else of the one that is chosen.
fn blank_form(desk: &Desk, state: Option<&State>, choice: &Choice) -> Made {
    if let Some(state) = state {
        let year = state.material.data.year.or(choice.year);
        return filled(&state.material.pack, year);
    }
    let wanted = choice.template.clone().or_else(|| desk.request.template.clone()).ok_or("先选一个模板")?;
    let folders = &desk.request.folders;
    let dir = template::find(&wanted, folders).map_err(|d| words(&[*d], &SourceMap::new()))?;
    let mut sources = SourceMap::new();
    let pack = Pack::load(&dir, &mut sources).map_err(|found| words(&found, &sources))?;
    filled(&pack, choice.year.or(desk.request.year))
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
pub fn templates(desk: &Desk) -> String {
    let listed = template::list(&desk.request.folders).into_iter().map(|p| (p.name, p.display));
    let own = desk.request.template.clone();
    serde_json::json!({ "templates": listed.collect::<Vec<_>>(), "template": own }).to_string()
}
