//! Puts a report beside its data: what somebody has changed in a file since is never written over.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::given::Offer;
use super::room::{Room, sent, told};
use crate::diagnostic::{Diagnostic, SourceMap};
use crate::output::Ledger;
use crate::preview::{self, Answer, Kind, Refusal, heavy, short, words};
use crate::source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// The state on the screen.
    state: String,
    /// pdf, docx, trace, marked.
    what: Vec<String>,
}

#[derive(Serialize)]
struct Kept {
    file: Offer,
    /// The file of this name was changed by hand and stays; this is beside it.
    beside: bool,
}

pub async fn keep(State(room): State<Arc<Room>>, headers: HeaderMap, body: Body) -> Answer {
    let wanted: Wanted = sent(&short(&headers, body).await?)?;
    let state = room.shared.state(&wanted.state);
    let state = state.ok_or_else(|| Refusal::wrong("页面刚刚更新过，请再点一次"))?;
    heavy(move || {
        let mut all = Vec::new();
        for what in &wanted.what {
            let kind = Kind::of(what).ok_or_else(Refusal::nothing)?;
            let (name, _, bytes) = preview::made(&room.shared, &state, kind).map_err(Refusal::wrong)?;
            let kept = put(room.folder.path(), &name, &bytes);
            let (path, beside) = kept.map_err(|d| Refusal::wrong(words(&[*d], &SourceMap::new())))?;
            all.push(Kept { file: room.given.offer(&path), beside });
        }
        Ok(told(&all))
    })
    .await
}

/// Where it was put, and whether that is beside a file that somebody has changed.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(PathBuf, bool), Box<Diagnostic>> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let beside = |number: usize| match number {
        0 => name.to_string(),
        1 => format!("{stem}（新）.{ending}"),
        n => format!("{stem}（新{n}）.{ending}"),
    };
    let (mut number, mut ledger, mut own) = (0, Ledger::of(&folder.join(name)), name.to_string());
    // Nothing stands there, or what was put there before, or the same.
    let free = |ledger: &Ledger, own: &str| {
        let path = folder.join(own);
        let same = || source::file::read(&path, bytes.len() as u64).is_ok_and(|there| there == bytes);
        path.symlink_metadata().is_err() || ledger.is_ours(own) || same()
    };
    while !free(&ledger, &own) {
        number += 1;
        own = beside(number);
        ledger = Ledger::of(&folder.join(&own));
    }
    ledger.write(&own, bytes)?;
    ledger.close()?;
    Ok((folder.join(own), number > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_by_hand_stays() {
        let dir = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
        let put = |bytes: &str| put(dir.path(), "报.docx", bytes.as_bytes()).unwrap();
        assert!(!put("一").1);
        assert!(!put("二").1, "nobody has touched it");
        std::fs::write(dir.path().join("报.docx"), "手改").unwrap();
        let (path, beside) = put("三");
        assert!(beside && path.ends_with("报（新）.docx"));
        assert_eq!((read("报.docx").as_str(), read("报（新）.docx").as_str()), ("手改", "三"));
        assert!(put("四").0.ends_with("报（新）.docx"), "its own is written over");
    }
}
