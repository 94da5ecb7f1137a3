//! `huibao desk`: the clerk's page, on which everything is done over the files of one folder.
//!
//! 1. `shelf` lists the folder, `card` says how far a workbook is.
//! 2. `fill` makes forms, `gather` collects those that came back, `batch` makes a report for each
//!    unit, `keep` puts a report beside its data, `enter` a value into a blank cell.
//! 3. `edited` holds a report that was edited in Word against its data and renews its figures, `learn`
//!    makes a template of an old one; `proof` has the sentences ticked off, and `sheet` writes who did.
//! 4. `given` knows the files that were made, `hand` hands them out.
//!
//! One report is looked at in the preview, which stands under /report.

mod batch;
mod card;
mod edited;
mod enter;
mod fill;
mod gather;
mod given;
mod hand;
mod keep;
mod learn;
mod pages;
mod proof;
mod room;
mod run;
mod sentence;
mod sheet;
mod shelf;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::preview::{Folder, Shared};
use room::Room;

/// The addresses of the desk.
pub fn router(shared: Arc<Shared>, folder: Folder) -> Router {
    let room = Arc::new(Room::new(shared, folder));
    let asked = Router::new()
        .route("/desk/folder", get(shelf::folder))
        .route("/desk/card", get(card::card))
        .route("/desk/form", post(fill::form))
        .route("/desk/gather", post(gather::gather))
        .route("/desk/changed", get(gather::changed))
        .route("/desk/tables", get(batch::tables))
        .route("/desk/batch", post(batch::start))
        .route("/desk/progress", get(batch::progress))
        .route("/desk/stop", post(batch::stop))
        .route("/desk/keep", post(keep::keep))
        .route("/desk/edited", post(edited::edited))
        .route("/desk/renew", post(edited::renew))
        .route("/desk/learn", post(learn::learn))
        .route("/desk/enter", post(enter::enter))
        .route("/desk/proof", get(proof::proof).post(proof::export))
        .route("/desk/tick", post(proof::tick))
        .route("/desk/file", get(hand::download))
        .route("/desk/reveal", post(hand::reveal))
        .with_state(room);
    pages::router().merge(asked)
}
