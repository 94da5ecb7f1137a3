//! 逐句核对: every sentence with figures once, the cells of each figure below it, ticked off on the page.
//! What was ticked is kept beside the data, by the words of the sentence and its cells: where one of them
//! changes, the sentence is to be looked at again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::room::{Room, sent, told};
use super::sentence::{Sentence, Tick, Told};
use super::sheet;
use crate::diagnostic::SourceMap;
use crate::document::passages;
use crate::output;
use crate::preview::{Answer, Asked, Refusal, State as Report, heavy, short, words};
use crate::source::file::{MAX_FILE_BYTES, read};
use crate::trace::{Printed, printed};

/// Cells that are named for a figure.
const CELLS: usize = 6;
/// The longest name and time that are kept, characters.
const LONG: usize = 40;

type Ticks = BTreeMap<String, Tick>;

pub async fn proof(State(room): State<Arc<Room>>, asked: Asked) -> Answer {
    let (path, report) = (room.data(&asked.file)?, on_screen(&room, &asked.state)?);
    heavy(move || Ok(told(&sentences(&report, &ticks(&path))))).await
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    file: String,
    state: String,
    key: String,
    on: bool,
    who: String,
    when: String,
}

pub async fn tick(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Result<StatusCode, Refusal> {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    let (path, report) = (room.data(&wanted.file)?, on_screen(&room, &wanted.state)?);
    let ticking = move || {
        // One after the other: what is kept is read and written anew.
        let _one = crate::preview::lock(&room.ticking);
        let mut all = ticks(&path);
        let known = sentences(&report, &all);
        if !known.iter().any(|sentence| sentence.key == wanted.key) {
            return Err(Refusal::wrong("这一句刚刚改了，看一看再核对"));
        }
        let kept = |text: &str| text.chars().filter(|c| !c.is_control()).take(LONG).collect();
        match wanted.on {
            true => all.insert(wanted.key.clone(), Tick { who: kept(&wanted.who), when: kept(&wanted.when) }),
            false => all.remove(&wanted.key),
        };
        // Ticks of sentences that have changed go with them.
        all.retain(|key, _| known.iter().any(|sentence| sentence.key == *key));
        let text = serde_json::to_string_pretty(&all).unwrap_or_default();
        let written = output::write(&beside(&path), text.as_bytes());
        written.map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
        Ok(axum::response::IntoResponse::into_response(StatusCode::NO_CONTENT))
    };
    heavy(ticking).await.map(|_| StatusCode::NO_CONTENT)
}

/// The sentences with who looked at them, as a workbook in the folder.
pub async fn export(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    let (path, report) = (room.data(&wanted.file)?, on_screen(&room, &wanted.state)?);
    heavy(move || {
        let all = sentences(&report, &ticks(&path));
        let bytes = sheet::workbook(&all).map_err(|e| Refusal::wrong(e.to_string()))?;
        let name = format!("{}_核对记录.xlsx", path.file_stem().unwrap_or_default().to_string_lossy());
        let kept = super::keep::put(room.folder.path(), &name, &bytes);
        let (path, beside) = kept.map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
        Ok(told(&serde_json::json!({ "file": room.given.offer(&path), "beside": beside })))
    })
    .await
}

fn on_screen(room: &Room, id: &str) -> Result<Arc<Report>, Refusal> {
    room.shared.state(id).ok_or_else(|| Refusal::wrong("页面刚刚更新过，请再点一次"))
}

/// Where the ticks of a file are.
fn beside(data: &Path) -> PathBuf {
    let name = data.file_name().unwrap_or_default().to_string_lossy();
    data.with_file_name(format!("{}核对-{name}.json", output::TEMP_PREFIX))
}

fn ticks(data: &Path) -> Ticks {
    let kept = read(&beside(data), MAX_FILE_BYTES).unwrap_or_default();
    serde_json::from_slice(&kept).unwrap_or_default()
}

/// Every sentence with figures, in reading order.
fn sentences(report: &Report, ticks: &Ticks) -> Vec<Sentence> {
    let document = &report.composed.document;
    let passages = passages(document);
    let all = printed(document, &passages);
    let words = |row: &Printed| format!("{}{}{}", row.before, row.text, row.after);
    let mut seen = BTreeMap::<String, usize>::new();
    all.chunk_by(|a, b| words(a) == words(b) && a.before.len() < b.before.len())
        .map(|rows| {
            let mut sentence = sentence(rows, &report.material.sources);
            // A sentence that stands twice is looked at twice.
            let count = seen.entry(sentence.key.clone()).or_default();
            *count += 1;
            sentence.key = format!("{}-{count}", sentence.key);
            sentence.ticked = ticks.get(&sentence.key).cloned();
            sentence
        })
        .collect()
}

fn sentence(rows: &[Printed], sources: &SourceMap) -> Sentence {
    let whole = format!("{}{}{}", rows[0].before, rows[0].text, rows[0].after);
    let (mut pieces, mut figures, mut at) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        let before = whole.get(at..row.before.len()).unwrap_or_default();
        if !before.is_empty() {
            pieces.push((before.to_string(), None));
        }
        pieces.push((row.text.clone(), Some(figures.len())));
        at = row.before.len() + row.text.len();
        let reads = &row.figure.reads;
        let cell = |read: &crate::figures::Read| format!("{} = {}", sources.describe(read.origin), read.shown);
        let cells = reads.iter().take(CELLS).map(|read| cell(&read)).collect();
        figures.push(Told { text: row.text.clone(), cells, more: reads.len().saturating_sub(CELLS) });
    }
    pieces.extend(whole.get(at..).filter(|rest| !rest.is_empty()).map(|rest| (rest.to_string(), None)));
    let mut digest = Sha256::new_with_prefix(whole.as_bytes());
    figures.iter().flat_map(|figure| &figure.cells).for_each(|cell| digest.update(cell.as_bytes()));
    let key = digest.finalize().iter().take(12).map(|b| format!("{b:02x}")).collect();
    Sentence { key, heading: rows[0].heading.to_string(), pieces, figures, ticked: None }
}
