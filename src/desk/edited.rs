//! 改稿: a report that was edited in Word, held against its data; new figures go into a copy of it, every
//! edit stays.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::keep;
use super::room::{Room, sent, told};
use crate::batch::{self, RENEWED, Today};
use crate::check;
use crate::diagnostic::SourceMap;
use crate::pipeline::Failure;
use crate::preview::{Answer, Refusal, heavy, short, words};
use crate::returned::{self, File, Places};
use crate::source::file::{MAX_FILE_BYTES, read};

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    /// The edited report.
    report: String,
    data: String,
    template: String,
    /// New figures as tracked changes.
    tracked: bool,
}

/// What was asked for, found.
struct Found {
    path: PathBuf,
    bytes: Vec<u8>,
    data: PathBuf,
    template: Option<String>,
}

fn found(room: &Room, wanted: &Wanted) -> Result<Found, Refusal> {
    let path = room.folder.template(&wanted.report).filter(|path| path.is_file());
    let path = path.ok_or_else(|| Refusal::wrong(format!("文件夹里没有“{}”了，重新打开这一页", wanted.report)))?;
    let bytes = read(&path, MAX_FILE_BYTES).map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
    Ok(Found { path, bytes, data: room.data(&wanted.data)?, template: room.template(&wanted.template)? })
}

fn compared<'b>(room: &Room, found: &'b Found) -> Result<(File<'b>, Today), Refusal> {
    let refused = |f: Failure| Refusal::wrong(words(&f.diagnostics, &f.sources));
    let file = batch::opened(&found.path, &found.bytes).map_err(refused)?;
    let request = room.request(found.data.clone(), found.template.clone());
    let today = batch::today(&found.path, &file, &request).map_err(refused)?;
    Ok((file, today))
}

/// What differs, and what the rules say of it.
pub async fn edited(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    heavy(move || {
        let found = found(&room, &wanted)?;
        let (file, today) = compared(&room, &found)?;
        let Today { material, composed, compared, source } = &today;
        let places = Places::of(&file.document);
        let mut findings = returned::findings(compared, &places, &composed.document, *source);
        findings.extend(returned::of_rules(compared, &places, *source));
        let findings = material.levels.apply(findings);
        let read = |text: String| serde_json::from_str::<Value>(&text).unwrap_or_default();
        let mut value = read(returned::json(compared, &places, &composed.document, &material.sources));
        value["findings"] = read(check::json(&findings, &material.sources))["findings"].take();
        Ok(told(&value))
    })
    .await
}

/// A copy of the report with the figures of today.
pub async fn renew(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    heavy(move || {
        let found = found(&room, &wanted)?;
        let (file, today) = compared(&room, &found)?;
        let made = file.refreshed(&today.compared, &today.composed.document, wanted.tracked);
        let made = made.map_err(|e| Refusal::wrong(words(&[e.diagnostic()], &SourceMap::new())))?;
        let stem = Path::new(&wanted.report).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{}{RENEWED}.docx", stem.trim_end_matches(RENEWED));
        let kept = keep::put(room.folder.path(), &name, &made.bytes);
        let (path, beside) = kept.map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
        Ok(told(&json!({ "file": room.given.offer(&path), "beside": beside, "changed": made.changed })))
    })
    .await
}
