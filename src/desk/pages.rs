//! The pages of the desk, part of the program.

use axum::Router;

use crate::preview::{HTML, SCRIPT, STYLE, own};

const FILES: [(&str, &str, &str); 17] = [
    ("/", HTML, include_str!("page/start.html")),
    ("/fill", HTML, include_str!("page/fill.html")),
    ("/gather", HTML, include_str!("page/gather.html")),
    ("/batch", HTML, include_str!("page/batch.html")),
    ("/check", HTML, include_str!("page/check.html")),
    ("/edited", HTML, include_str!("page/edited.html")),
    ("/learn", HTML, include_str!("page/learn.html")),
    ("/desk.css", STYLE, include_str!("page/desk.css")),
    ("/desk.js", SCRIPT, include_str!("page/desk.js")),
    ("/start.js", SCRIPT, include_str!("page/start.js")),
    ("/fill.js", SCRIPT, include_str!("page/fill.js")),
    ("/gather.js", SCRIPT, include_str!("page/gather.js")),
    ("/batch.js", SCRIPT, include_str!("page/batch.js")),
    ("/proof.js", SCRIPT, include_str!("page/proof.js")),
    ("/edited.js", SCRIPT, include_str!("page/edited.js")),
    ("/learn.js", SCRIPT, include_str!("page/learn.js")),
    ("/check.js", SCRIPT, include_str!("page/check.js")),
];

pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES.into_iter().fold(Router::new(), |all, (path, kind, text)| all.route(path, own(kind, text)))
}
