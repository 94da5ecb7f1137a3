//! Answers in words, in JSON, as files; and what work that takes long is done on.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::diagnostic::{Diagnostic, SourceMap, grouped, render_plain};

pub const HTML: &str = "text/html; charset=utf-8";
pub const SCRIPT: &str = "text/javascript; charset=utf-8";
pub const STYLE: &str = "text/css; charset=utf-8";

/// An answer in words that is none.
#[derive(Debug)]
pub struct Refusal(pub StatusCode, pub String);

impl Refusal {
    /// No such address, whatever was asked: so that a refusal tells nothing.
    pub fn nothing() -> Refusal {
        Refusal(StatusCode::NOT_FOUND, "没有这个地址".into())
    }

    /// What was asked for cannot be made of these data.
    pub fn wrong(words: impl Into<String>) -> Refusal {
        Refusal(StatusCode::UNPROCESSABLE_ENTITY, words.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

/// What a handler gives.
pub type Answer = Result<Response, Refusal>;

/// JSON that is written already.
pub fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// A file to be kept under a name.
pub fn file(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).collect();
    let disposition = format!("attachment; filename=\"report.{extension}\"; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(media);
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], Body::from(bytes)).into_response()
}

/// Does what takes long beside the connections; a panic there is told like other faults.
pub async fn heavy(work: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    let fault = || Refusal::wrong("程序内部出错，这是程序的问题，不是数据的问题");
    tokio::task::spawn_blocking(work).await.map_err(|_| fault())?
}

/// Errors in words, each with its place and what to do.
pub fn words(found: &[Diagnostic], sources: &SourceMap) -> String {
    let said = |d: &Diagnostic| {
        let helps: String = d.helps.iter().map(|h| format!("（{h}）")).collect();
        format!("{}{helps}", render_plain(d, sources))
    };
    grouped(found.iter().filter(|d| d.is_error())).iter().map(said).collect::<Vec<_>>().join("\n")
}
