//! What lies in the folder.

use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::extract::State;
use serde::Serialize;

use super::given::Offer;
use super::room::{FileStamp, Room, told};
use crate::diagnostic::SourceMap;
use crate::preview::{Answer, Refusal, heavy, is_data, is_template, lock};
use crate::{source, template};

/// Entries of a folder that are looked at.
const MOST: usize = 2_000;

#[derive(Serialize, Default)]
struct Shelf {
    name: String,
    path: String,
    here: Option<Offer>,
    data: Vec<Item>,
    reports: Vec<Item>,
    folders: Vec<Item>,
    templates: Vec<Known>,
    /// There were more than are shown.
    more: bool,
}

#[derive(Serialize)]
struct Item {
    name: String,
    size: u64,
    /// Milliseconds since 1970, of the last change.
    changed: u64,
    /// To be downloaded by; of reports.
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    /// Forms in a folder.
    count: usize,
}

/// A template that can be chosen.
#[derive(Serialize)]
struct Known {
    name: String,
    title: String,
    about: String,
    /// It lies in the folder.
    own: bool,
}

pub async fn folder(State(room): State<Arc<Room>>) -> Answer {
    heavy(move || Ok(told(&shelf(&room)?))).await
}

fn shelf(room: &Room) -> Result<Shelf, Refusal> {
    let dir = room.folder.path();
    let entries = std::fs::read_dir(dir);
    let entries = entries.map_err(|_| Refusal::wrong(format!("文件夹“{}”打不开，检查它是否被移走", dir.display())))?;
    let real = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    let mut shelf = Shelf {
        name: source::file::display_name(&real),
        path: real.display().to_string(),
        here: Some(room.given.offer(&real)),
        templates: listed(room),
        ..Shelf::default()
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    shelf.more = paths.len() > MOST;
    for path in paths.iter().take(MOST) {
        place(path, &mut shelf, room);
    }
    Ok(shelf)
}

fn place(path: &Path, shelf: &mut Shelf, room: &Room) {
    let name = source::file::display_name(path);
    if name.starts_with('.') || name.starts_with("~$") {
        return;
    }
    let Ok(meta) = std::fs::metadata(path) else { return };
    let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let changed = changed.map_or(0, |since| since.as_millis() as u64);
    let mut item = Item { name: name.clone(), size: meta.len(), changed, id: String::new(), count: 0 };
    if path.is_dir() {
        match path.join("template.yaml").is_file() {
            true => shelf.templates.push(Known { title: name.clone(), name, about: String::new(), own: true }),
            false => {
                item.count = forms(path);
                shelf.folders.push(item);
            }
        }
    } else if is_data(&name) {
        shelf.data.push(item);
    } else if is_template(path) && is_written_for(path, (meta.len(), meta.modified().ok()), room) {
        let title = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_string();
        shelf.templates.push(Known { title, name, about: "Word 文件".into(), own: true });
    } else if name.to_lowercase().ends_with(".pdf") || source::docx::is_named(&name) {
        item.id = room.given.offer(path).id;
        shelf.reports.push(item);
    }
}

/// Whether a Word file holds tags: else it is a report, not a template. Asked once of a file, until it
/// changes: the page looks at the folder again and again.
fn is_written_for(path: &Path, stamp: FileStamp, room: &Room) -> bool {
    if let Some((_, known)) = lock(&room.written).get(path).filter(|(known, _)| *known == stamp) {
        return *known;
    }
    let pack = template::Pack::load(path, &mut SourceMap::new());
    let written = pack.is_ok_and(|pack| !pack.engine.names().is_empty());
    lock(&room.written).insert(path.to_path_buf(), (stamp, written));
    written
}

/// Workbooks right in a folder.
fn forms(dir: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    entries.flatten().take(MOST).filter(|entry| is_data(&entry.file_name().to_string_lossy())).count()
}

fn listed(room: &Room) -> Vec<Known> {
    let all = template::list(&room.shared.request.folders).into_iter();
    all.map(|p| Known { name: p.name, title: p.display, about: p.description, own: false }).collect()
}
