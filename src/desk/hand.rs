//! Files that were made, handed out: downloaded, or shown in their folder.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::room::{Room, sent};
use crate::diagnostic::SourceMap;
use crate::preview::{Answer, Asked, Refusal, file, heavy, short, words};
use crate::source;

/// Largest file that is downloaded, bytes: an archive of a large batch is shown in its folder.
const MOST: u64 = 512 << 20;

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, e)| e) {
        Some("pdf") => "application/pdf",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}

pub async fn download(State(room): State<Arc<Room>>, asked: Asked) -> Answer {
    let path = room.given.get(&asked.name)?;
    heavy(move || {
        let bytes = source::file::read(&path, MOST).map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
        let name = source::file::display_name(&path);
        Ok(file(&name, media(&name), bytes))
    })
    .await
}

#[derive(Deserialize)]
struct Which {
    id: String,
}

/// Shows where a file is, with the system's own means.
pub async fn reveal(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Result<StatusCode, Refusal> {
    let which: Which = sent(&short(&headers, body).await?)?;
    let path = room.given.get(&which.id)?;
    let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(Path::new(".")) };
    match open::that_detached(folder) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(_) => Err(Refusal::wrong(format!("文件夹打不开，它在 {}", folder.display()))),
    }
}
