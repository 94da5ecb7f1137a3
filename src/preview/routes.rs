//! The fixed map of addresses. Nothing here reads a path from a request.

use std::net::TcpStream;

use super::desk::Desk;
use super::guard::Verdict;
use super::http::{self, Request};
use super::reply::{self, HTML, TEXT};
use super::uploads::Full;
use super::watch::lock;
use super::{stream, takeaway};

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// The page's own files, part of the program.
const FILES: [(&str, &str, &[u8]); 9] = [
    ("/", HTML, include_bytes!("page/index.html")),
    ("/page.css", STYLE, include_bytes!("page/page.css")),
    ("/panel.css", STYLE, include_bytes!("page/panel.css")),
    ("/page.js", SCRIPT, include_bytes!("page/page.js")),
    ("/pages.js", SCRIPT, include_bytes!("page/pages.js")),
    ("/panel.js", SCRIPT, include_bytes!("page/panel.js")),
    ("/origin.js", SCRIPT, include_bytes!("page/origin.js")),
    ("/files.js", SCRIPT, include_bytes!("page/files.js")),
    ("/base.js", SCRIPT, include_bytes!("page/base.js")),
];
/// Addresses that are known besides.
const OTHERS: [&str; 7] = ["/favicon.ico", "/sheet", "/events", "/download", "/alive", "/upload", "/close"];

/// Answers one connection.
pub fn answer(desk: &Desk, stream: &mut TcpStream) {
    let _ = stream.set_write_timeout(Some(reply::WRITE_TIME));
    let (request, begun) = match http::read_head(stream) {
        Ok(read) => read,
        Err(error) => {
            if let Some(status) = error.status() {
                reply::refuse(stream, status, "请求不合规定");
            }
            return;
        }
    };
    match desk.guard.judge(&request) {
        Verdict::Refused => return reply::refuse(stream, 403, "请从 huibao preview 打印的地址打开"),
        Verdict::Exchange => {
            let location = without_token(&request);
            let extra = [("Location", location), ("Set-Cookie", desk.guard.set_cookie())];
            return reply::send(stream, 303, TEXT, b"", &extra);
        }
        Verdict::Allowed => {}
    }
    let own = FILES.iter().find(|(path, ..)| *path == request.path);
    match (request.method.as_str(), request.path.as_str(), own) {
        ("GET", "/", _) if request.parameter("token").is_some() => {
            reply::send(stream, 303, TEXT, b"", &[("Location", without_token(&request))]);
        }
        ("GET", _, Some((_, kind, bytes))) => reply::send(stream, 200, kind, bytes, &[]),
        // Browsers ask by themselves.
        ("GET", "/favicon.ico", _) => reply::send(stream, 204, "image/x-icon", b"", &[]),
        ("GET", "/sheet", _) => sheet(desk, stream, &request),
        ("GET", "/events", _) => stream::events(desk, stream, &request),
        ("GET", "/download", _) => takeaway::download(desk, stream, &request),
        ("GET", "/alive", _) => {
            let there = request.parameter("doc").is_some_and(|id| desk.uploads.alive(&id));
            reply::send(stream, if there { 204 } else { 404 }, TEXT, b"", &[]);
        }
        ("POST", "/upload", _) => upload(desk, stream, &request, begun),
        ("POST", "/close", _) => {
            request.parameter("doc").iter().for_each(|id| desk.uploads.closed(id));
            reply::send(stream, 204, TEXT, b"", &[]);
        }
        (_, path, own) if own.is_some() || OTHERS.contains(&path) => reply::refuse(stream, 405, "不能这样请求"),
        _ => reply::refuse(stream, 404, "没有这个地址"),
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

fn sheet(desk: &Desk, stream: &mut TcpStream, request: &Request) {
    let hash = request.parameter("hash").unwrap_or_default();
    let found = lock(&desk.sheets).get(&hash).and_then(std::sync::Weak::upgrade);
    match found {
        Some(sheet) => reply::send(stream, 200, "image/svg+xml", sheet.svg.as_bytes(), &[]),
        None => reply::refuse(stream, 404, "没有这个地址"),
    }
}

/// Takes a file into memory; nothing is written to the disk.
fn upload(desk: &Desk, stream: &mut TcpStream, request: &Request, begun: Vec<u8>) {
    const FULL: &str = "打开的文件太多，请先关掉一些标签页";
    let Some(name) = request.parameter("name").filter(|n| n.chars().count() <= 200) else {
        return reply::refuse(stream, 400, "没有文件名，或者文件名太长");
    };
    let Some(_place) = desk.uploads.receive().filter(|_| desk.uploads.has_room(0)) else {
        return reply::refuse(stream, 503, FULL);
    };
    let bytes = match http::read_body(stream, request, begun) {
        Ok(bytes) => bytes,
        Err(error) => {
            if let Some(status) = error.status() {
                let limit = crate::source::file::bytes_shown(http::MAX_BODY);
                reply::refuse(stream, status, &format!("文件太大，最多 {limit}"));
            }
            return;
        }
    };
    // Only the name itself is kept, whatever path a browser sends.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    match desk.uploads.add(name, bytes) {
        Ok(id) => reply::send(stream, 200, "application/json", format!("{{\"doc\":\"{id}\"}}").as_bytes(), &[]),
        Err(Full::Files) => reply::refuse(stream, 503, FULL),
        Err(Full::NoRandom) => reply::refuse(stream, 500, "系统没有给出随机数"),
    }
}
