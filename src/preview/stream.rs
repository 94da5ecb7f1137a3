//! Tells a tab each new state, as server-sent events.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State as Extracted;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{Answer, Refusal};
use super::choice::{Asked, Choice, From};
use super::shared::Shared;
use super::state::{self, State, Tools, View};
use super::watch::lock;

/// How often it is looked whether the tab is still there.
const LOOK: Duration = Duration::from_secs(1);
/// From one sign of life to the next.
const BEAT: Duration = Duration::from_secs(10);
/// A failed build right after a save waits for the rest of the save.
const SECOND_WRITE: Duration = Duration::from_millis(300);
/// A file that cannot be opened is tried so often, that long apart.
const TRIES: u32 = 4;

/// Marks an upload as shown, and takes a place among the tabs, for as long as it lives.
struct Shown {
    shared: Arc<Shared>,
    doc: String,
    _place: OwnedSemaphorePermit,
}

impl Shown {
    fn new(shared: Arc<Shared>, doc: String) -> Option<Shown> {
        let _place = shared.streams.clone().try_acquire_owned().ok()?;
        shared.uploads.shown(&doc);
        Some(Shown { shared, doc, _place })
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.shared.uploads.left(&self.doc);
    }
}

pub async fn events(Extracted(shared): Extracted<Arc<Shared>>, asked: Asked) -> Answer {
    let choice = shared.choice(&asked).ok_or_else(Refusal::nothing)?;
    let full = || Refusal(StatusCode::SERVICE_UNAVAILABLE, "打开的预览太多，请先关掉一些".into());
    let shown = Shown::new(shared.clone(), asked.doc.clone()).ok_or_else(full)?;
    let (to, from) = channel(2);
    tokio::task::spawn_blocking(move || {
        let _shown = shown;
        let (seen, at) = shared.watch.saves.now();
        let mut tab = Tab { shared: &shared, asked: &asked, choice, kept: Vec::new(), seen, at, told: false };
        // A tab that is gone is told nothing more.
        tab.follow(&to);
    });
    let told = ReceiverStream::new(from);
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(BEAT)).into_response())
}

/// A tab, with what it has been told.
struct Tab<'a> {
    shared: &'a Shared,
    asked: &'a Asked,
    choice: Choice,
    /// The last two states, so that a page may still be fetched while the next one is told.
    kept: Vec<Arc<State>>,
    /// Saves so far, and the time of the last.
    seen: u64,
    at: Option<Instant>,
    told: bool,
}

impl Tab<'_> {
    /// Tells the view after each save, until the tab is closed or there is nothing to show.
    fn follow(&mut self, to: &Sender<Result<Event, Infallible>>) -> Option<()> {
        let tell = |name: &str, data: String| to.blocking_send(Ok(Event::default().event(name).data(data))).ok();
        loop {
            let Some(view) = self.view() else {
                return tell("empty", super::takeaway::templates(self.shared));
            };
            let took = self.at.filter(|_| self.told).map_or(0, |at| at.elapsed().as_millis());
            self.told = true;
            // A page that was opened first is asked for before the state is forgotten.
            if let Some(state) = view.state {
                self.kept.insert(0, state);
                self.kept.truncate(2);
            }
            tell("view", format!("{{\"took\":{took},\"view\":{}}}", view.message))?;
            while !self.saved_within(LOOK) {
                if to.is_closed() {
                    return None;
                }
            }
        }
    }

    /// The view of what is saved, or `None` where there is no report to show.
    fn view(&mut self) -> Option<View> {
        let mut tries = 0;
        loop {
            let view = made(self.shared, &self.shared.from(self.asked)?, &self.choice);
            // Office programs hold a file for a moment while they write it.
            if view.locked && tries < TRIES {
                tries += 1;
                self.saved_within(SECOND_WRITE);
            } else if view.state.is_none() && self.told && self.saved_within(SECOND_WRITE) {
                tries = 0;
            } else {
                return Some(view);
            }
        }
    }

    /// Waits for the next save, at most for `time`; whether there was one.
    fn saved_within(&mut self, time: Duration) -> bool {
        let before = self.seen;
        (self.seen, self.at) = self.shared.watch.saves.wait(before, time);
        self.seen > before
    }
}

/// Builds a view; a panic is a problem like others, and the server stays.
fn made(shared: &Shared, from: &From, choice: &Choice) -> View {
    let _one = lock(&shared.building);
    let tools =
        Tools { request: &shared.request, kit: &shared.kit, drawings: &shared.drawings, memory: &shared.memory };
    let built = catch_unwind(AssertUnwindSafe(|| state::build(&tools, from, choice)));
    let view = built.unwrap_or_else(|_| View::fault());
    shared.watch.follow(&view.read, view.pack.as_deref());
    if let Some(state) = &view.state {
        let mut states = lock(&shared.states);
        states.retain(|_, state| state.strong_count() > 0);
        states.insert(state.id.clone(), Arc::downgrade(state));
        let mut sheets = lock(&shared.sheets);
        sheets.retain(|_, sheet| sheet.strong_count() > 0);
        sheets.extend(state.sheets.iter().map(|s| (s.hash.clone(), Arc::downgrade(s))));
    }
    view
}
