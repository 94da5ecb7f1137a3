//! Tells a tab each new state, as server-sent events.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::choice::{Choice, From};
use super::desk::Desk;
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
    let (seen, at) = desk.watch.saves.now();
    let mut tab = Tab { desk, request, choice, kept: Vec::new(), seen, at, told: false };
    // A tab that is gone is told nothing more.
    let _ = tab.follow(stream);
}

/// A tab, with what it has been told.
struct Tab<'a> {
    desk: &'a Desk,
    request: &'a Request,
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
    fn follow(&mut self, stream: &mut TcpStream) -> std::io::Result<()> {
        loop {
            let Some(view) = self.view() else {
                let empty = super::takeaway::templates(self.desk);
                return write!(stream, "event: empty\ndata: {empty}\n\n");
            };
            let took = self.at.filter(|_| self.told).map_or(0, |at| at.elapsed().as_millis());
            self.told = true;
            // A page that was opened first is asked for before the state is forgotten.
            if let Some(state) = view.state {
                self.kept.insert(0, state);
                self.kept.truncate(2);
            }
            write!(stream, "event: view\ndata: {{\"took\":{took},\"view\":{}}}\n\n", view.message)?;
            stream.flush()?;
            let mut looks = 0;
            while !self.saved_within(LOOK) {
                looks += 1;
                if gone(stream) {
                    return Ok(());
                }
                if looks % BEAT == 0 {
                    stream.write_all(b": \n\n")?;
                }
            }
        }
    }

    /// The view of what is saved, or `None` where there is no report to show.
    fn view(&mut self) -> Option<View> {
        let mut tries = 0;
        loop {
            let view = made(self.desk, &self.desk.from(self.request)?, &self.choice);
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
        (self.seen, self.at) = self.desk.watch.saves.wait(before, time);
        self.seen > before
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
