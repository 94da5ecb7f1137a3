//! Answers: every one with the same guards, none for other origins.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Time for one write.
pub const WRITE_TIME: Duration = Duration::from_secs(10);
/// What a refused sender may still send before the connection is cut: reads of 8 kB.
const REST: usize = 64;
const REST_TIME: Duration = Duration::from_millis(200);

pub const HTML: &str = "text/html; charset=utf-8";
pub const TEXT: &str = "text/plain; charset=utf-8";

/// What is allowed of the page: its own files, nothing else, in no frame, sending no forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The head of an answer. Every answer has the same guards; none allows other origins.
pub fn head(status: u16, kind: &str, length: Option<usize>, extra: &[(&str, String)]) -> String {
    let reason = match status {
        200 => "OK",
        204 => "No Content",
        303 => "See Other",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        422 => "Unprocessable Content",
        503 => "Service Unavailable",
        _ => "Error",
    };
    let mut head = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Security-Policy: {POLICY}\r\n\
         X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n"
    );
    if let Some(length) = length {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    for (name, value) in extra {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head
}

/// Sends a whole answer; a reader that is gone is no fault.
pub fn send(stream: &mut TcpStream, status: u16, kind: &str, body: &[u8], extra: &[(&str, String)]) {
    let head = head(status, kind, Some(body.len()), extra);
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).and_then(|()| stream.flush());
    // What was not read would make the system reset the connection before the answer arrives.
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let _ = stream.set_read_timeout(Some(REST_TIME));
    let mut rest = [0; 8192];
    for _ in 0..REST {
        if !matches!(stream.read(&mut rest), Ok(n) if n > 0) {
            break;
        }
    }
}

/// A short answer in words.
pub fn refuse(stream: &mut TcpStream, status: u16, words: &str) {
    send(stream, status, "text/plain; charset=utf-8", words.as_bytes(), &[]);
}
