//! The fixed map of addresses. Nothing here reads a path from a request.

use std::io::Write;
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::guard::{self, Verdict};
use super::http::{self, Request};
use super::view::{self, Choice, From, Sheet, View};
use super::watch::lock;
use super::{Desk, Upload};
use crate::diagnostic::render_plain;
use crate::pipeline;
use crate::template::Format;

/// Most tabs that are followed, and most files kept for them.
const MAX_STREAMS: usize = 16;
const MAX_UPLOADS: usize = 8;
/// An upload that no tab shows is dropped after this time (a reload takes less).
const UPLOAD_IDLE: Duration = Duration::from_secs(15);
/// A sign of life, by which a closed tab is noticed.
const BEAT: Duration = Duration::from_secs(10);
/// A failed build right after a save waits for the rest of the save.
const SECOND_WRITE: Duration = Duration::from_millis(300);

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Answers one connection.
pub fn answer(desk: &Arc<Desk>, stream: &mut TcpStream) {
    let (request, begun) = match http::read_head(stream) {
        Ok(read) => read,
        Err(error) => {
            if let Some(status) = error.status() {
                http::refuse(stream, status, "请求不合规定");
            }
            return;
        }
    };
    match desk.guard.judge(&request) {
        Verdict::Refused => return http::refuse(stream, 403, "请从 huibao preview 打印的地址打开"),
        Verdict::Exchange => {
            let location = without_token(&request);
            let extra = [("Location", location), ("Set-Cookie", desk.guard.set_cookie())];
            return http::send(stream, 303, TEXT, b"", &extra);
        }
        Verdict::Allowed => {}
    }
    let known = ["/", "/page.css", "/page.js", "/events", "/sheet", "/download", "/upload"];
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/") if request.parameter("token").is_some() => {
            http::send(stream, 303, TEXT, b"", &[("Location", without_token(&request))]);
        }
        ("GET", "/") => http::send(stream, 200, HTML, include_bytes!("page.html"), &[]),
        ("GET", "/page.css") => {
            http::send(stream, 200, "text/css; charset=utf-8", include_bytes!("page.css"), &[]);
        }
        ("GET", "/page.js") => {
            http::send(stream, 200, "text/javascript; charset=utf-8", include_bytes!("page.js"), &[]);
        }
        // Browsers ask by themselves.
        ("GET", "/favicon.ico") => http::send(stream, 204, "image/x-icon", b"", &[]),
        ("GET", "/sheet") => sheet(desk, stream, &request),
        ("GET", "/events") => events(desk, stream, &request),
        ("GET", "/download") => download(desk, stream, &request),
        ("POST", "/upload") => upload(desk, stream, &request, begun),
        (_, path) if known.contains(&path) => http::refuse(stream, 405, "不能这样请求"),
        _ => http::refuse(stream, 404, "没有这个地址"),
    }
}

/// The same page without the token in its address; values stay encoded as they came.
fn without_token(request: &Request) -> String {
    let kept: Vec<&str> = request
        .query
        .split('&')
        .filter(|p| !p.is_empty() && !p.starts_with("token="))
        .filter(|p| p.bytes().all(|b| b.is_ascii_graphic()))
        .collect();
    if kept.is_empty() { "/".into() } else { format!("/?{}", kept.join("&")) }
}

fn choice(request: &Request) -> Choice {
    Choice {
        year: request.parameter("year").and_then(|y| y.parse().ok()).filter(|y| (1900..2200).contains(y)),
        template: request.parameter("template"),
    }
}

/// The data that a request is about; `None` when there are none (yet, or any more).
fn from(desk: &Desk, request: &Request) -> Option<From> {
    match request.parameter("doc") {
        Some(id) => lock(&desk.uploads)
            .get(&id)
            .map(|upload| From::Upload { name: upload.name.clone(), bytes: upload.bytes.clone() }),
        None if desk.files.is_empty() => None,
        None => Some(From::Files(desk.files.clone())),
    }
}

/// A template from the address must be one of the list: a path there would read any folder.
fn listed(desk: &Desk, choice: &Choice) -> bool {
    choice
        .template
        .as_ref()
        .is_none_or(|wanted| crate::template::list(&desk.request.folders).iter().any(|p| p.name == *wanted))
}

fn sheet(desk: &Desk, stream: &mut TcpStream, request: &Request) {
    let hash = request.parameter("hash").unwrap_or_default();
    let found = lock(&desk.sheets).get(&hash).and_then(std::sync::Weak::upgrade);
    match found {
        Some(sheet) => http::send(stream, 200, "image/svg+xml", sheet.svg.as_bytes(), &[]),
        None => http::refuse(stream, 404, "没有这个地址"),
    }
}

/// Marks an upload as shown for as long as it lives.
struct Shown<'a>(&'a Desk, Option<String>);

impl<'a> Shown<'a> {
    fn new(desk: &'a Desk, id: Option<String>) -> Shown<'a> {
        if let Some(upload) = id.as_ref().and_then(|id| lock(&desk.uploads).get_mut(id).map(|u| u.viewers += 1)) {
            let () = upload;
        }
        desk.streams.fetch_add(1, Ordering::SeqCst);
        Shown(desk, id)
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::SeqCst);
        let Some(id) = &self.1 else { return };
        if let Some(upload) = lock(&self.0.uploads).get_mut(id) {
            upload.viewers = upload.viewers.saturating_sub(1);
            upload.idle = Instant::now();
        }
    }
}

fn events(desk: &Arc<Desk>, stream: &mut TcpStream, request: &Request) {
    let choice = choice(request);
    if desk.streams.load(Ordering::SeqCst) >= MAX_STREAMS {
        return http::refuse(stream, 503, "打开的预览太多，请先关掉一些");
    }
    if !listed(desk, &choice) {
        return http::refuse(stream, 404, "没有这个地址");
    }
    let _shown = Shown::new(desk, request.parameter("doc"));
    let head = http::head(200, "text/event-stream; charset=utf-8", None, &[]);
    if stream.write_all(head.as_bytes()).is_err() {
        return;
    }
    let _ = stream.set_nodelay(true);
    // The last two states, so that a page may still be fetched while the next one is told.
    let mut kept: Vec<Vec<Arc<Sheet>>> = Vec::new();
    let (mut seen, mut at) = desk.watch.saves.now();
    let mut told: Option<u64> = None;
    loop {
        if told != Some(seen) {
            let Some(from) = from(desk, request) else {
                let _ = stream.write_all(b"event: empty\ndata: {}\n\n");
                return;
            };
            let mut view = made(desk, &from, &choice);
            if view.failed && told.is_some() {
                let (next, then) = desk.watch.saves.wait(seen, SECOND_WRITE);
                if next > seen {
                    (seen, at) = (next, then);
                    continue;
                }
            }
            told = Some(seen);
            let took = at.filter(|_| seen > 0).map_or(0, |at| at.elapsed().as_millis());
            let sent = write!(stream, "event: view\nid: {took}\ndata: {}\n\n", view.message);
            if sent.and_then(|()| stream.flush()).is_err() {
                return;
            }
            if !view.failed {
                kept.insert(0, std::mem::take(&mut view.sheets));
                kept.truncate(2);
            }
        }
        let (next, then) = desk.watch.saves.wait(seen, BEAT);
        if next == seen && stream.write_all(b": \n\n").is_err() {
            return;
        }
        (seen, at) = (next, then);
    }
}

/// Builds a view; a panic is a problem like others, and the server stays.
fn made(desk: &Desk, from: &From, choice: &Choice) -> View {
    let _one = lock(&desk.building);
    let built = catch_unwind(AssertUnwindSafe(|| view::build(from, &desk.request, choice, &desk.kit)));
    let view = built.unwrap_or_else(|_| View {
        message:
            "{\"ok\":false,\"problems\":[{\"level\":\"error\",\"label\":\"错误\",\"code\":\"X001\",\"place\":\"\",\
            \"subject\":\"\",\"message\":\"程序内部出错，这是程序的问题，不是数据的问题\",\"helps\":[],\"full\":\"\"}]}"
                .into(),
        sheets: Vec::new(),
        failed: true,
        pack: None,
    });
    desk.watch.follow(&[], view.pack.as_deref());
    let mut sheets = lock(&desk.sheets);
    sheets.retain(|_, sheet| sheet.strong_count() > 0);
    sheets.extend(view.sheets.iter().map(|s| (s.hash.clone(), Arc::downgrade(s))));
    view
}

/// The report as a file: final where nothing is missing, else the draft that is on screen.
fn download(desk: &Desk, stream: &mut TcpStream, request: &Request) {
    let choice = choice(request);
    let format = request.parameter("format").and_then(|f| Format::from_name(&f));
    let (Some(format), Some(from), true) = (format, from(desk, request), listed(desk, &choice)) else {
        return http::refuse(stream, 404, "没有这个地址");
    };
    let _one = lock(&desk.building);
    let made = catch_unwind(AssertUnwindSafe(|| report(desk, &from, &choice, format)))
        .unwrap_or_else(|_| Err("程序内部出错，这是程序的问题，不是数据的问题".into()));
    match made {
        Ok((name, bytes)) => {
            let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
            let disposition =
                format!("attachment; filename=\"report.{0}\"; filename*=UTF-8''{encoded}", format.extension());
            let kind = match format {
                Format::Pdf => "application/pdf",
                Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            };
            http::send(stream, 200, kind, &bytes, &[("Content-Disposition", disposition)]);
        }
        Err(words) => http::send(stream, 422, TEXT, words.as_bytes(), &[]),
    }
}

fn report(desk: &Desk, from: &From, choice: &Choice, format: Format) -> Result<(String, Vec<u8>), String> {
    let material = view::prepare(from, &desk.request, choice).map_err(|failure| {
        failure.diagnostics.iter().map(|d| render_plain(d, &failure.sources)).collect::<Vec<_>>().join("\n")
    })?;
    let words = |found: Vec<crate::diagnostic::Diagnostic>| {
        found.iter().map(|d| render_plain(d, &material.sources)).collect::<Vec<_>>().join("\n")
    };
    let (composed, mark) = match pipeline::compose(&material, None, false) {
        Ok(composed) => (composed, ""),
        Err(_) => (pipeline::compose(&material, None, true).map_err(words)?, "（草稿）"),
    };
    let laid = pipeline::lay_out(&composed.document, &desk.kit, &[format]).map_err(words)?;
    let (_, bytes) = laid.files.into_iter().next().ok_or("没有生成文件")?;
    Ok((format!("{}{mark}.{}", composed.file_name, format.extension()), bytes))
}

/// Takes a file into memory; nothing is written to the disk.
fn upload(desk: &Desk, stream: &mut TcpStream, request: &Request, begun: Vec<u8>) {
    let Some(name) = request.parameter("name").filter(|n| n.chars().count() <= 200) else {
        return http::refuse(stream, 400, "没有文件名");
    };
    {
        let mut uploads = lock(&desk.uploads);
        uploads.retain(|_, u| u.viewers > 0 || u.idle.elapsed() < UPLOAD_IDLE);
        if uploads.len() >= MAX_UPLOADS {
            return http::refuse(stream, 503, "打开的文件太多，请先关掉一些标签页");
        }
    }
    let bytes = match http::read_body(stream, request, begun) {
        Ok(bytes) => bytes,
        Err(error) => {
            if let Some(status) = error.status() {
                http::refuse(stream, status, "文件太大，最多 64 MB");
            }
            return;
        }
    };
    // Only the name itself is kept, whatever path a browser sends.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    let Ok(id) = guard::random() else { return http::refuse(stream, 500, "系统没有给出随机数") };
    let upload = Upload { name, bytes: Arc::new(bytes), viewers: 0, idle: Instant::now() };
    lock(&desk.uploads).insert(id.clone(), upload);
    http::send(stream, 200, "application/json", format!("{{\"doc\":\"{id}\"}}").as_bytes(), &[]);
}
