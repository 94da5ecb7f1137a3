//! 收表: forms that came back, from a folder within the folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::room::{Room, sent, told};
use crate::collect::{self, RETURNED, Request};
use crate::diagnostic::{Diagnostic, SourceMap, render_plain};
use crate::preview::{Answer, Asked, Refusal, heavy, short, words};
use crate::template::{self, Pack};

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    dir: String,
    template: String,
    /// A workbook with the names of the units.
    units: String,
    year: Option<i16>,
}

pub async fn gather(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    heavy(move || Ok(told(&gathered(&room, &wanted)?))).await
}

fn gathered(room: &Room, wanted: &Wanted) -> Result<Value, Refusal> {
    let refused = |found: &[Diagnostic], sources: &SourceMap| Refusal::wrong(words(found, sources));
    let dir = inner(room, &wanted.dir)?;
    let template = room.template(&wanted.template)?.ok_or_else(|| Refusal::wrong("先选一个模板"))?;
    let units = if wanted.units.is_empty() { None } else { Some(room.data(&wanted.units)?) };
    let mut sources = SourceMap::new();
    let place = template::find(&template, &room.shared.request.folders).map_err(|d| refused(&[*d], &sources))?;
    let mut pack = Pack::load(&place, &mut sources).map_err(|found| refused(&found, &sources))?;
    // A Word file declares nothing: its form asked for what its text uses.
    pack.schema = template::wanted(&pack, None);
    // Outside of the folder of forms: what is written there would be read as a form.
    let output = room.folder.path().join(format!("{}汇总.xlsx", wanted.dir));
    let year = wanted.year.filter(|y| (1900..2200).contains(y));
    let request = Request { dir, pack: &pack, units: units.clone(), year, output: output.clone() };
    let collected = collect::collect(&request, &|_, _| ()).map_err(|(found, sources)| refused(&found, &sources))?;
    let delivered = collect::deliver(&collected, &output, units.as_deref());
    let delivered = delivered.map_err(|(found, _)| refused(&found, &SourceMap::new()))?;
    let mut value = collect::value(&collected, &output.display().to_string(), &delivered.returned);
    let notices = delivered.notices.iter().map(|d| render_plain(d, &SourceMap::new()));
    value["notices"] = notices.collect::<Vec<_>>().into();
    value["book"] = json!(room.given.offer(&output));
    value["copies"] = delivered.returned.iter().map(|path| json!(room.given.offer(Path::new(path)))).collect();
    value["folder"] = json!(room.given.offer(&room.folder.path().join(RETURNED)));
    Ok(value)
}

fn inner(room: &Room, name: &str) -> Result<PathBuf, Refusal> {
    room.folder.inner(name).ok_or_else(|| Refusal::wrong(format!("没有“{name}”这个文件夹了，重新打开这一页")))
}

/// What tells that a folder of forms has changed.
pub async fn changed(State(room): State<Arc<Room>>, asked: Asked) -> Answer {
    let dir = inner(&room, &asked.name)?;
    heavy(move || {
        let files = collect::list(&dir, &[]).map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
        let stamp = |path: &Path| {
            let meta = std::fs::metadata(path).ok();
            format!("{} {:?}", path.display(), meta.map(|m| (m.len(), m.modified().ok())))
        };
        let all: Vec<String> = files.forms.iter().map(|(path, _)| stamp(path)).collect();
        let digest = Sha256::digest(all.join("\n").as_bytes());
        Ok(digest.iter().map(|b| format!("{b:02x}")).collect::<String>().into_response())
    })
    .await
}
