//! Who may ask: the page that the user opened, and nobody else (other pages in the browser,
//! names that point at this machine, other programs without the token).

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

/// Where the page that opens the browser sends the token.
pub const ENTER: &str = "/enter";

/// The secret of one start and the addresses under which the page may be reached.
pub struct Guard {
    token: String,
    cookie: String,
    port: u16,
    /// Reachable from other machines: hosts given as IP addresses are allowed then.
    remote: bool,
}

/// What a request may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Refused,
    /// The token in the address is exchanged for a cookie.
    Exchange,
    /// The body may hold the token.
    Knock,
    Allowed,
}

impl Guard {
    /// Draws a token from the system's random source.
    pub fn new(port: u16, remote: bool) -> Result<Guard, getrandom::Error> {
        Ok(Guard { token: random()?, cookie: random()?, port, remote })
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// Cookies are shared by all ports of a host, so the name tells the port.
    fn cookie_name(&self) -> String {
        format!("huibao-{}", self.port)
    }

    pub fn set_cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.cookie)
    }

    pub fn knows(&self, token: &str) -> bool {
        same(token, &self.token)
    }

    /// The same for every path, so that a refusal tells nothing.
    pub fn judge(&self, request: &Parts) -> Verdict {
        let (headers, path) = (&request.headers, request.uri.path());
        let Some(host) = single(headers, "host").filter(|host| self.host_allowed(host)) else {
            return Verdict::Refused;
        };
        // A page of the machine itself brings the token, and nothing but the token is asked of it.
        if request.method == Method::POST && path == ENTER {
            return Verdict::Knock;
        }
        let (own, origin) = (format!("http://{host}"), single(headers, "origin"));
        if headers.contains_key("origin") && origin != Some(own.as_str()) {
            return Verdict::Refused;
        }
        let site = single(headers, "sec-fetch-site");
        if headers.contains_key("sec-fetch-site") && !matches!(site, Some("same-origin" | "none")) {
            return Verdict::Refused;
        }
        // A browser always says where a POST comes from.
        if request.method != Method::GET && origin.is_none() && site != Some("same-origin") {
            return Verdict::Refused;
        }
        if self.cookie_of(headers).is_some_and(|given| same(given, &self.cookie)) {
            return Verdict::Allowed;
        }
        let page = request.method == Method::GET && path == "/";
        if page && token_of(request).is_some_and(|given| self.knows(given)) {
            Verdict::Exchange
        } else {
            Verdict::Refused
        }
    }

    fn cookie_of<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let name = self.cookie_name();
        let pairs = single(headers, "cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Names other than `localhost` could be made to point here (DNS rebinding).
    fn host_allowed(&self, host: &str) -> bool {
        // Browsers leave the port of http out.
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !host.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
        let known = matches!(name, "127.0.0.1" | "localhost" | "[::1]");
        port == self.port.to_string() && (known || self.remote && bare.parse::<std::net::IpAddr>().is_ok())
    }
}

/// The token in an address.
pub fn token_of(request: &Parts) -> Option<&str> {
    request.uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

/// The value of a header; `None` as well when it is given more than once.
pub fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    if all.next().is_some() { None } else { first.to_str().ok() }
}

/// 128 random bits in hex.
pub fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Compares in a time that tells nothing of where they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let guard = |port, remote| Guard { token: "t".into(), cookie: "c".into(), port, remote };
        for host in ["127.0.0.1:7420", "localhost:7420", "[::1]:7420"] {
            assert!(guard(7420, false).host_allowed(host), "{host}");
        }
        let strange = [
            "127.0.0.1",
            "127.0.0.1:81",
            "evil.test:7420",
            "192.168.1.5:7420",
            "localhost.evil.test:7420",
            "",
            ":7420",
        ];
        for host in strange {
            assert!(!guard(7420, false).host_allowed(host), "{host}");
        }
        assert!(guard(7420, true).host_allowed("192.168.1.5:7420"));
        assert!(!guard(7420, true).host_allowed("evil.test:7420"));
        assert!(guard(80, false).host_allowed("127.0.0.1") && guard(80, false).host_allowed("[::1]"));
        assert!(!guard(80, false).host_allowed("evil.test"));
    }
}
