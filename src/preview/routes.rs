//! The fixed map of addresses. Nothing here reads a path from a request.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use super::answer::{Answer, HTML, Refusal, SCRIPT, STYLE, json};
use super::body::body;
use super::choice::{Asked, given};
use super::guard;
use super::shared::Shared;
use super::uploads::Full;
use super::watch::lock;
use super::{gate, stream, takeaway};
use crate::source::file::MAX_FILE_BYTES;

/// The page's own files, part of the program.
const FILES: [(&str, &str, &str); 8] = [
    ("/page.css", STYLE, include_str!("page/page.css")),
    ("/panel.css", STYLE, include_str!("page/panel.css")),
    ("/page.js", SCRIPT, include_str!("page/page.js")),
    ("/pages.js", SCRIPT, include_str!("page/pages.js")),
    ("/panel.js", SCRIPT, include_str!("page/panel.js")),
    ("/origin.js", SCRIPT, include_str!("page/origin.js")),
    ("/files.js", SCRIPT, include_str!("page/files.js")),
    ("/base.js", SCRIPT, include_str!("page/base.js")),
];

/// A file of a page, as it is in the program.
pub fn own<S: Clone + Send + Sync + 'static>(kind: &'static str, text: &'static str) -> MethodRouter<S> {
    get(move || async move { ([(header::CONTENT_TYPE, kind)], text) })
}

/// The report under `page`, with what it asks for, and what other pages add; behind the gate.
pub fn router(shared: Arc<Shared>, page: &str, more: Router) -> Router {
    let files = FILES.into_iter().fold(Router::new(), |all, (path, kind, text)| all.route(path, own(kind, text)));
    let asked = Router::new()
        // Browsers ask by themselves.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/sheet", get(sheet))
        .route("/events", get(stream::events))
        .route("/download", get(takeaway::download))
        .route("/alive", get(alive))
        .route("/upload", post(upload))
        .route("/close", post(close))
        .route(guard::ENTER, post(gate::enter))
        .with_state(shared.clone());
    files
        .route(page, own(HTML, include_str!("page/index.html")))
        .merge(asked)
        .merge(more)
        .fallback(async || Refusal::nothing())
        .method_not_allowed_fallback(async || Refusal(StatusCode::METHOD_NOT_ALLOWED, "不能这样请求".into()))
        .layer(axum::middleware::from_fn_with_state(shared, gate::pass))
}

async fn sheet(State(shared): State<Arc<Shared>>, asked: Asked) -> Answer {
    let found = lock(&shared.sheets).get(&asked.hash).and_then(std::sync::Weak::upgrade);
    let sheet = found.ok_or_else(Refusal::nothing)?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], sheet.svg.clone()).into_response())
}

async fn alive(State(shared): State<Arc<Shared>>, asked: Asked) -> StatusCode {
    if shared.uploads.alive(&asked.doc) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn close(State(shared): State<Arc<Shared>>, asked: Asked) -> StatusCode {
    shared.uploads.closed(&asked.doc);
    StatusCode::NO_CONTENT
}

/// Takes a file into memory; nothing is written to the disk.
async fn upload(
    State(shared): State<Arc<Shared>>,
    asked: Asked,
    headers: HeaderMap,
    sent: Body,
) -> Result<Response, Refusal> {
    let full = || Refusal(StatusCode::SERVICE_UNAVAILABLE, "打开的文件太多，请先关掉一些标签页".into());
    let name = given(&asked.name).filter(|n| n.chars().count() <= 200);
    let name = name.ok_or(Refusal(StatusCode::BAD_REQUEST, "没有文件名，或者文件名太长".into()))?;
    let _place = shared.uploads.receiving.try_acquire().map_err(|_| full())?;
    if !shared.uploads.has_room(0) {
        return Err(full());
    }
    let bytes = body(&headers, sent, MAX_FILE_BYTES).await?;
    // Only the name itself is kept, whatever path a browser sends.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    match shared.uploads.add(name, bytes) {
        Ok(id) => Ok(json(format!("{{\"doc\":\"{id}\"}}"))),
        Err(Full::Files) => Err(full()),
        Err(Full::NoRandom) => Err(Refusal(StatusCode::INTERNAL_SERVER_ERROR, "系统没有给出随机数".into())),
    }
}
