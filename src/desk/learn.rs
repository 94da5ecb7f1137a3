//! 学模板: last year's report and its data to a Word template in the folder.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::keep;
use super::room::{Room, sent, told};
use crate::diagnostic::{SourceMap, render_plain};
use crate::learn::{self, Request};
use crate::preview::{Answer, Refusal, heavy, short, words};

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    /// Last year's report.
    report: String,
    data: String,
    /// A template that was learned before, with choices in its comments.
    again: String,
    year: Option<i16>,
}

pub async fn learn(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    heavy(move || Ok(told(&learned(&room, &wanted)?))).await
}

fn learned(room: &Room, wanted: &Wanted) -> Result<Value, Refusal> {
    let word = |name: &str| {
        let path = room.folder.template(name).filter(|path| path.is_file());
        path.ok_or_else(|| Refusal::wrong(format!("文件夹里没有“{name}”了，重新打开这一页")))
    };
    let again = if wanted.again.is_empty() { None } else { Some(word(&wanted.again)?) };
    let request = Request {
        reports: vec![word(&wanted.report)?],
        data: vec![room.data(&wanted.data)?],
        year: wanted.year.filter(|y| (1900..2200).contains(y)),
        again,
    };
    let learned = learn::learn(&request).map_err(|f| Refusal::wrong(words(&f.diagnostics, &f.sources)))?;
    let stem = wanted.report.rsplit_once('.').map_or(wanted.report.as_str(), |(stem, _)| stem);
    let kept = keep::put(room.folder.path(), &format!("{stem}_模板.docx"), &learned.template);
    let (path, beside) = kept.map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
    let mut value: Value = serde_json::from_str(&learn::json(&learned)).unwrap_or_default();
    value["file"] = json!(room.given.offer(&path));
    value["beside"] = beside.into();
    let notices = learned.diagnostics.iter().map(|d| render_plain(d, &learned.sources));
    value["notices"] = notices.collect::<Vec<_>>().into();
    Ok(value)
}
