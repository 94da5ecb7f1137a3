//! 填表: the form of a template, or this year's from last year's data, put into the folder.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::given::Offer;
use super::room::{Room, sent, told};
use crate::diagnostic::{SourceMap, render_plain};
use crate::form::{self, Order};
use crate::output;
use crate::pipeline::prepare;
use crate::preview::{Answer, Refusal, heavy, short, words};

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    template: String,
    /// Last year's workbook.
    from: String,
    year: Option<i16>,
}

#[derive(Serialize)]
struct Made {
    file: Offer,
    title: String,
    year: Option<i16>,
    /// Each a sentence.
    notices: Vec<String>,
}

pub async fn form(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let asked: Asked = sent(&short(&headers, body).await?)?;
    heavy(move || Ok(told(&made(&room, &asked)?))).await
}

fn made(room: &Room, asked: &Asked) -> Result<Made, Refusal> {
    let from = if asked.from.is_empty() { Vec::new() } else { vec![room.data(&asked.from)?] };
    let template = match room.template(&asked.template)? {
        Some(template) => template,
        // Last year's workbook says which template it is for.
        None => match from.first() {
            None => return Err(Refusal::wrong("先选一个模板")),
            Some(path) => {
                let material = prepare(&room.request(path.clone(), None));
                let material = material.map_err(|f| Refusal::wrong(words(&f.diagnostics, &f.sources)))?;
                material.pack.folder().map_or(material.pack.name.clone(), |dir| dir.to_string_lossy().into_owned())
            }
        },
    };
    let year = asked.year.filter(|y| (1900..2200).contains(y));
    let order = Order { template, from, year, folders: room.shared.request.folders.clone() };
    let made = form::make(&order).map_err(|(found, sources)| Refusal::wrong(words(&found, &sources)))?;
    let of_year = made.year.map(|year| format!("{year}年")).unwrap_or_default();
    let name = output::safe_file_name(&format!("{of_year}{}填报表", made.title)).unwrap_or("填报表".into());
    let target = room.folder.path().join(format!("{name}.xlsx"));
    let refused = |d: Box<crate::diagnostic::Diagnostic>| Refusal::wrong(words(&[*d], &SourceMap::new()));
    let kept = form::write(&target, &made.bytes, &order.from).map_err(refused)?;
    let (mut found, sources) = made.told;
    found.extend(kept);
    let notices = found.iter().map(|d| render_plain(d, &sources)).collect();
    Ok(Made { file: room.given.offer(&target), title: made.title, year: made.year, notices })
}
