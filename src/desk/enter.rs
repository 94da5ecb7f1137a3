//! What is typed on the page for a blank goes into the workbook; the file as it was is kept in 备份.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::room::{Room, sent};
use crate::diagnostic::{Diagnostic, SourceMap};
use crate::mark::{self, Entry};
use crate::output;
use crate::preview::{Answer, Refusal, heavy, lock, short, words};
use crate::source::file::{MAX_FILE_BYTES, display_name, read};

/// Where the file as it was goes.
const BACKUP: &str = "备份";
/// The longest text of a cell, characters.
const LONG: usize = 4_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    file: String,
    sheet: String,
    row: u32,
    column: u32,
    text: String,
}

pub async fn enter(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    let path = room.data(&wanted.file)?;
    if wanted.text.trim().is_empty() || wanted.text.chars().count() > LONG {
        return Err(Refusal::wrong("没有填，或者太长"));
    }
    heavy(move || {
        let _one = lock(&room.entering);
        put(&path, wanted)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

fn put(path: &Path, wanted: Wanted) -> Result<(), Refusal> {
    let refused = |d: Box<Diagnostic>| Refusal::wrong(words(&[*d], &SourceMap::new()));
    let name = display_name(path);
    // The owner file of Excel and WPS: what is written now would be lost at the next save there.
    if path.with_file_name(format!("~${name}")).exists() {
        return Err(Refusal::wrong(format!("“{name}”正在 Excel 或 WPS 里打开着：在那里填，或者先存盘关掉")));
    }
    let bytes = read(path, MAX_FILE_BYTES).map_err(refused)?;
    let Wanted { sheet, row, column, text, .. } = wanted;
    let entered = mark::enter(&bytes, &name, &[Entry { sheet, row, column, text }]);
    let entered = entered.map_err(|e| Refusal::wrong(e.to_string()))?;
    let backup = path.with_file_name(BACKUP);
    output::make_folder(&backup).and_then(|()| output::write(&backup.join(&name), &bytes)).map_err(refused)?;
    output::write(path, &entered).map_err(refused)
}
