//! Tells a tab each new state, as server-sent events.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Desk;
use super::choice::{Choice, From};
use super::http::Request;
use super::reply;
use super::state::{self, State, Tools, View};
use super::watch::lock;

/// Most tabs that are followed.
const MAX_STREAMS: usize = 16;
/// How often it is looked whether the tab is still there.
const LOOK: Duration = Duration::from_secs(1);
/// Looks from one sign of life to the next.
const BEAT: u32 = 10;
/// A failed build right after a save waits for the rest of the save.
const SECOND_WRITE: Duration = Duration::from_millis(300);
/// A file that cannot be opened is tried so often, that long apart.
const TRIES: u32 = 4;

/// Marks an upload as shown for as long as it lives.
struct Shown<'a>(&'a Desk, Option<String>);

impl<'a> Shown<'a> {
    fn new(desk: &'a Desk, id: Option<String>) -> Option<Shown<'a>> {
        if desk.streams.fetch_add(1, Ordering::SeqCst) >= MAX_STREAMS {
            desk.streams.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        id.iter().for_each(|id| desk.uploads.shown(id));
        Some(Shown(desk, id))
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::SeqCst);
        self.1.iter().for_each(|id| self.0.uploads.left(id));
    }
}

pub fn events(desk: &Desk, stream: &mut TcpStream, request: &Request) {
    let choice = Choice::of(request);
    if !desk.listed(&choice) {
        return reply::refuse(stream, 404, "没有这个地址");
    }
    let Some(_shown) = Shown::new(desk, request.parameter("doc")) else {
        return reply::refuse(stream, 503, "打开的预览太多，请先关掉一些");
    };
    let head = reply::head(200, "text/event-stream; charset=utf-8", None, &[]);
    if stream.write_all(head.as_bytes()).is_err() {
        return;
    }
    let _ = stream.set_nodelay(true);
    // The last two states, so that a page may still be fetched while the next one is told.
    let mut kept: Vec<Arc<State>> = Vec::new();
    let (mut seen, mut at) = desk.watch.saves.now();
    let mut told: Option<u64> = None;
    let mut tries = 0;
    loop {
        if told != Some(seen) {
            let Some(from) = desk.from(request) else {
                let empty = super::takeaway::templates(desk);
                let _ = write!(stream, "event: empty\ndata: {empty}\n\n");
                return;
            };
            let view = made(desk, &from, &choice);
            // Office programs hold a file for a moment while they write it.
            if view.locked && tries < TRIES {
                tries += 1;
                let (next, then) = desk.watch.saves.wait(seen, SECOND_WRITE);
                (seen, at) = (next, then);
                continue;
            }
            tries = 0;
            if view.state.is_none() && told.is_some() {
                let (next, then) = desk.watch.saves.wait(seen, SECOND_WRITE);
                if next > seen {
                    (seen, at) = (next, then);
                    continue;
                }
            }
            let took = at.filter(|_| told.is_some()).map_or(0, |at| at.elapsed().as_millis());
            told = Some(seen);
            // A page that was opened first is asked for before the state is forgotten.
            if let Some(state) = view.state {
                kept.insert(0, state);
                kept.truncate(2);
            }
            let sent = write!(stream, "event: view\ndata: {{\"took\":{took},\"view\":{}}}\n\n", view.message);
            if sent.and_then(|()| stream.flush()).is_err() {
                return;
            }
        }
        let mut looks = 0;
        (seen, at) = loop {
            let (next, then) = desk.watch.saves.wait(seen, LOOK);
            if next > seen {
                break (next, then);
            }
            looks += 1;
            if gone(stream) || looks % BEAT == 0 && stream.write_all(b": \n\n").is_err() {
                return;
            }
        };
    }
}

/// Whether the other side has closed; it sends nothing after its request.
fn gone(stream: &mut TcpStream) -> bool {
    let _ = stream.set_nonblocking(true);
    let read = stream.read(&mut [0; 256]);
    let _ = stream.set_nonblocking(false);
    match read {
        Ok(sent) => sent == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}

/// Builds a view; a panic is a problem like others, and the server stays.
fn made(desk: &Desk, from: &From, choice: &Choice) -> View {
    let _one = lock(&desk.building);
    let tools = Tools { request: &desk.request, kit: &desk.kit, drawings: &desk.drawings, memory: &desk.memory };
    let built = catch_unwind(AssertUnwindSafe(|| state::build(&tools, from, choice)));
    let view = built.unwrap_or_else(|_| View::fault());
    desk.watch.follow(&view.read, view.pack.as_deref());
    if let Some(state) = &view.state {
        let mut states = lock(&desk.states);
        states.retain(|_, state| state.strong_count() > 0);
        states.insert(state.id.clone(), Arc::downgrade(state));
        let mut sheets = lock(&desk.sheets);
        sheets.retain(|_, sheet| sheet.strong_count() > 0);
        sheets.extend(state.sheets.iter().map(|s| (s.hash.clone(), Arc::downgrade(s))));
    }
    view
}
