//! Who may ask: the page that the user opened, and nobody else (other pages in the browser,
//! names that point at this machine, other programs without the token).

use super::http::Request;

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

    /// The same for every path, so that a refusal tells nothing.
    pub fn judge(&self, request: &Request) -> Verdict {
        let Some(host) = request.header("host").filter(|host| self.host_allowed(host)) else {
            return Verdict::Refused;
        };
        let own = format!("http://{host}");
        if request.has("origin") && request.header("origin") != Some(own.as_str()) {
            return Verdict::Refused;
        }
        let site = request.header("sec-fetch-site");
        if request.has("sec-fetch-site") && !matches!(site, Some("same-origin" | "none")) {
            return Verdict::Refused;
        }
        // A browser always says where a POST comes from.
        if request.method != "GET" && request.header("origin").is_none() && site != Some("same-origin") {
            return Verdict::Refused;
        }
        if request.cookie(&self.cookie_name()).is_some_and(|given| same(given, &self.cookie)) {
            return Verdict::Allowed;
        }
        let given = request.parameter("token").is_some_and(|given| same(&given, &self.token));
        let page = request.method == "GET" && request.path == "/";
        if given && page { Verdict::Exchange } else { Verdict::Refused }
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
