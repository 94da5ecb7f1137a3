//! 批量: a report for each record of a table, with what became of each told while it runs.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use super::room::{Room, sent, told};
use super::run::{Ear, Run};
use crate::batch::{self, Options};
use crate::pipeline::{Material, Purpose, Request, prepare};
use crate::preview::{Answer, Asked, Refusal, heavy, lock, short, words};
use crate::template::Format;

/// Units whose names are sent to the page.
const NAMED: usize = 5_000;

/// A table whose records may be reports.
#[derive(Serialize)]
struct Offered {
    table: String,
    units: Vec<String>,
    count: usize,
    /// The template is about the records of this one.
    own: bool,
}

#[derive(Serialize)]
struct Tables {
    tables: Vec<Offered>,
    form: String,
    year: Option<i16>,
}

/// The tables of a workbook that have a record for each unit.
pub async fn tables(State(room): State<Arc<Room>>, asked: Asked) -> Answer {
    let (path, template) = (room.data(&asked.file)?, room.template(&asked.template)?);
    heavy(move || {
        let material = prepare(&room.request(path, template));
        let material = material.map_err(|f| Refusal::wrong(words(&f.diagnostics, &f.sources)))?;
        let names = material.data.current().map(|year| year.tables.keys().cloned().collect::<Vec<_>>());
        let offered = |table: &std::sync::Arc<str>| {
            let single = batch::single(&material, &room.shared.kit, table, None, true).ok()?;
            let units = single.names.iter().take(NAMED).map(|n| n.to_string()).collect();
            let own = material.table.as_deref() == Some(table);
            Some(Offered { table: table.to_string(), units, count: single.names.len(), own })
        };
        let tables = names.unwrap_or_default().iter().filter_map(offered).collect();
        Ok(told(&Tables { tables, form: material.pack.display.clone(), year: material.data.year }))
    })
    .await
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    file: String,
    template: String,
    table: String,
    /// All reports as one PDF for printing.
    bind: bool,
    draft: bool,
}

pub async fn start(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    let (path, template) = (room.data(&wanted.file)?, room.template(&wanted.template)?);
    let run = Arc::new(Run::default());
    {
        let mut running = lock(&room.run);
        if running.as_ref().is_some_and(|run| !lock(&run.seen).over) {
            return Err(Refusal::wrong("正在批量生成，做完或停下以后再开始"));
        }
        *running = Some(run.clone());
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let output = room.folder.path().join(format!("{stem}_各{}", wanted.table));
    let output = crate::output::safe_file_name(&crate::source::file::display_name(&output))
        .map_or(output, |name| room.folder.path().join(name));
    std::thread::spawn(move || {
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            make(&room, &run, &wanted, (path, template), output)
        }));
        let mut seen = lock(&run.seen);
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(wrong)) => seen.said.push(wrong),
            Err(_) => seen.said.push("程序内部出错，这是程序的问题，不是数据的问题".into()),
        }
        seen.over = true;
    });
    Ok(told(&serde_json::json!({})))
}

pub async fn progress(State(room): State<Arc<Room>>) -> Answer {
    let run = lock(&room.run).clone();
    let seen = run.map(|run| lock(&run.seen).clone());
    Ok(told(&seen))
}

pub async fn stop(State(room): State<Arc<Room>>) -> StatusCode {
    if let Some(run) = lock(&room.run).as_ref() {
        run.stop.store(true, Ordering::Relaxed);
        lock(&run.seen).stopped = true;
    }
    StatusCode::NO_CONTENT
}

fn make(
    room: &Room,
    run: &Run,
    wanted: &Wanted,
    (path, template): (PathBuf, Option<String>),
    output: PathBuf,
) -> Result<(), String> {
    let purpose = Purpose::Records(wanted.table.clone());
    let request = Request { purpose, draft: wanted.draft, ..room.request(path.clone(), template) };
    let material = prepare(&request).map_err(|f| words(&f.diagnostics, &f.sources))?;
    let options = Options {
        by: wanted.table.clone(),
        output: output.clone(),
        inputs: vec![path],
        formats: formats(&material),
        jobs: 0,
        force: false,
        refresh_edited: false,
        fail_fast: false,
        draft: wanted.draft,
        shard: None,
        zip: true,
        bind: wanted.bind,
    };
    lock(&run.seen).folder = Some(room.given.offer(&output));
    let mut ear = Ear { given: &room.given, run, output };
    let made = batch::run(&material, &room.shared.kit, &options, &run.stop, &mut ear);
    let summary = made.map_err(|found| words(&found, &material.sources))?;
    ear.sum_up(&summary, &material.sources);
    Ok(())
}

fn formats(material: &Material) -> Vec<Format> {
    let mut formats = material.pack.formats.clone();
    formats.sort();
    formats.dedup();
    formats
}
