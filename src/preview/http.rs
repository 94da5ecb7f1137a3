//! Requests: as much HTTP as one page needs, with a limit on everything that comes in.
//!
//! A server of our own, not `tiny_http` or an async one: `tiny_http` waits without an end for
//! slow headers and starts threads without a bound, which no setting changes, and an async
//! stack would bring a runtime for a handful of local connections. One request a connection.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Longest head of a request, bytes.
const MAX_HEAD: usize = 16 << 10;
/// Most headers of a request.
const MAX_HEADERS: usize = 64;
/// Longest upload, bytes; larger files are refused by the data side as well.
pub const MAX_BODY: u64 = crate::source::file::MAX_FILE_BYTES;
/// Time for a whole head.
const HEAD_TIME: Duration = Duration::from_secs(3);
/// Time for a whole body.
const BODY_TIME: Duration = Duration::from_secs(60);

/// A request's head.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub method: String,
    /// As sent, without the query.
    pub path: String,
    pub query: String,
    /// Names in lower case, in order.
    headers: Vec<(String, String)>,
}

impl Request {
    /// The value of a header; `None` as well when it is given more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(n, _)| n == name);
        let first = all.next()?;
        if all.next().is_some() { None } else { Some(&first.1) }
    }

    pub fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(n, _)| n == name)
    }

    /// A decoded parameter of the query; empty ones count as absent.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| percent_decode(value))
            .filter(|value| !value.is_empty())
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.header("cookie")?
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// `%E4…` and `+` as text; `None` when that is no UTF-8 or holds control characters.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

/// Why a request is not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("connection closed or too slow")]
    Gone,
    #[error("head too long")]
    HeadTooLong,
    #[error("not HTTP")]
    Malformed,
    #[error("body too long")]
    BodyTooLong,
    #[error("length missing")]
    LengthRequired,
}

impl HttpError {
    /// The status to answer with, if an answer makes sense.
    pub fn status(&self) -> Option<u16> {
        match self {
            HttpError::Gone => None,
            HttpError::HeadTooLong => Some(431),
            HttpError::Malformed => Some(400),
            HttpError::BodyTooLong => Some(413),
            HttpError::LengthRequired => Some(411),
        }
    }
}

/// Reads a head; what was read of the body already comes with it.
pub fn read_head(stream: &mut TcpStream) -> Result<(Request, Vec<u8>), HttpError> {
    let until = Instant::now() + HEAD_TIME;
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Ok((parse(&bytes[..end])?, rest));
        }
        if bytes.len() > MAX_HEAD {
            return Err(HttpError::HeadTooLong);
        }
        bytes.extend_from_slice(read_some(stream, until, &mut chunk)?);
    }
}

/// The body of a request, by its length; chunked bodies are not taken.
pub fn read_body(stream: &mut TcpStream, request: &Request, begun: Vec<u8>) -> Result<Vec<u8>, HttpError> {
    let digits = |length: &&str| length.bytes().all(|b| b.is_ascii_digit());
    let length = request.header("content-length").filter(digits).and_then(|l| l.parse::<u64>().ok());
    let length = length.filter(|_| !request.has("transfer-encoding")).ok_or(HttpError::LengthRequired)?;
    if length > MAX_BODY {
        return Err(HttpError::BodyTooLong);
    }
    let until = Instant::now() + BODY_TIME;
    let mut body = begun;
    let mut chunk = vec![0; 64 << 10];
    while (body.len() as u64) < length {
        body.extend_from_slice(read_some(stream, until, &mut chunk)?);
    }
    body.truncate(length as usize);
    Ok(body)
}

fn read_some<'a>(stream: &mut TcpStream, until: Instant, chunk: &'a mut [u8]) -> Result<&'a [u8], HttpError> {
    // The limit is on the whole, so that a byte now and then holds no connection.
    let left = until.checked_duration_since(Instant::now()).filter(|l| !l.is_zero()).ok_or(HttpError::Gone)?;
    stream.set_read_timeout(Some(left)).map_err(|_| HttpError::Gone)?;
    match stream.read(chunk) {
        Ok(0) | Err(_) => Err(HttpError::Gone),
        Ok(n) => Ok(&chunk[..n]),
    }
}

fn parse(head: &[u8]) -> Result<Request, HttpError> {
    let text = std::str::from_utf8(head).map_err(|_| HttpError::Malformed)?;
    let mut lines = text.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (first.next(), first.next(), first.next(), first.next())
    else {
        return Err(HttpError::Malformed);
    };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") || text.chars().any(|c| c.is_control() && c != '\r' && c != '\n') {
        return Err(HttpError::Malformed);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request { method: method.into(), path: path.into(), query: query.into(), headers: Vec::new() };
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(HttpError::Malformed)?;
        if request.headers.len() == MAX_HEADERS {
            return Err(HttpError::HeadTooLong);
        }
        if name.is_empty() || name.contains([' ', '\t']) {
            return Err(HttpError::Malformed);
        }
        request.headers.push((name.to_ascii_lowercase(), value.trim().to_string()));
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_or_refused() {
        let request = parse(b"GET /a?b=%E9%95%87&c= HTTP/1.1\r\nHost: x\r\nCookie: k=1; m=2").unwrap();
        assert_eq!((request.path.as_str(), request.parameter("b").as_deref()), ("/a", Some("镇")));
        assert_eq!((request.parameter("c"), request.cookie("m")), (None, Some("2")));
        assert!(parse(b"GET /a HTTP/1.1\r\nHost : x").is_err());
        assert!(parse(b"GET /a\0 HTTP/1.1").is_err());
        assert!(parse(b"GET / / HTTP/1.1").is_err());
        let twice = parse(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b").unwrap();
        assert_eq!(twice.header("host"), None);
    }

    #[test]
    fn parameters_hold_no_control_characters() {
        assert_eq!(percent_decode("a%0d%0ab"), None);
        assert_eq!(percent_decode("%ff"), None);
        assert_eq!(percent_decode("%"), None);
    }
}
