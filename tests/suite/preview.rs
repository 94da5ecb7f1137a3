//! The preview's server as browsers and strangers meet it: every guard, one test each.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TEMPLATE: &str =
    "名称: 小汇报\n标题: 关于{{ 年份 }}年工作的汇报\n字段:\n  - {名称: 培训场次, 类型: 整数, 单位: 场}\n";
const REPORT: &str = "# 基本情况\n全年开展培训{{ 培训场次 }}场。\n\n# 主要成效\n成效良好。\n\n# 存在的问题\n问题如下。\n\n# 下一步打算\n继续努力。\n";
const DATA: &str = "模板: 小模板\n年份: 2026\n报告: {单位: 云溪镇人大主席团, 成文日期: 2026-12-05}\n培训场次: 36\n";

struct Preview {
    dir: TempDir,
    child: Child,
    port: u16,
    token: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn start() -> Preview {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("小模板")).unwrap();
        fs::write(dir.path().join("小模板/template.yaml"), TEMPLATE).unwrap();
        fs::write(dir.path().join("小模板/report.md.j2"), REPORT).unwrap();
        fs::write(dir.path().join("data.yaml"), DATA).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["preview", "data.yaml", "--port", "0", "--no-open"])
            .current_dir(dir.path())
            .env("HUIBAO_HOME", ROOT)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let rest = line.trim().strip_prefix("http://127.0.0.1:").unwrap();
        let (port, token) = rest.split_once("/?token=").unwrap();
        assert_eq!(token.len(), 32);
        Preview { dir, child, port: port.parse().unwrap(), token: token.into() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn raw(&self, text: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A request with a right Host and further header lines.
    fn ask(&self, method: &str, target: &str, headers: &str) -> String {
        self.raw(&format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}\r\n", self.port))
    }

    /// The cookie header that the token is exchanged for.
    fn cookie(&self) -> String {
        let answer = self.ask("GET", &format!("/?token={}", self.token), "");
        let line = answer.lines().find(|l| l.starts_with("Set-Cookie: ")).unwrap();
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
        assert!(answer.contains("Location: /\r\n") && !answer.contains(&self.token), "{answer}");
        format!("Cookie: {}\r\n", line["Set-Cookie: ".len()..].split(';').next().unwrap())
    }

    fn own(&self) -> String {
        format!("Origin: http://127.0.0.1:{}\r\n", self.port)
    }
}

fn status(answer: &str) -> u16 {
    answer.get(9..12).and_then(|s| s.parse().ok()).unwrap_or(0)
}

/// Reads events until one of the kind; the JSON after `data: `.
fn event(reader: &mut impl BufRead) -> serde_json::Value {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(reader.read_line(&mut line).unwrap() > 0, "stream ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

#[test]
fn strangers_get_nothing() {
    let p = Preview::start();
    let cookie = p.cookie();
    let port = p.port;
    // The right page first, so that the refusals mean something.
    assert_eq!(status(&p.ask("GET", "/", &cookie)), 200);
    let refused = |answer: String| {
        assert_eq!(status(&answer), 403, "{answer}");
        assert!(!answer.to_lowercase().contains("access-control"), "{answer}");
    };
    refused(p.raw(&format!("GET / HTTP/1.1\r\nHost: evil.test:{port}\r\n{cookie}\r\n")));
    refused(p.raw(&format!("GET / HTTP/1.1\r\nHost: evil.test\r\n{cookie}\r\n")));
    refused(p.raw(&format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n{cookie}\r\n")));
    refused(p.raw(&format!("GET / HTTP/1.1\r\n{cookie}\r\n")));
    refused(p.raw(&format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.test\r\n{cookie}\r\n")));
    for path in ["/events", "/", "/download?format=pdf"] {
        refused(p.ask("GET", path, &format!("{cookie}Origin: http://evil.test\r\n")));
        refused(p.ask("GET", path, &format!("{cookie}Origin: null\r\n")));
        refused(p.ask("GET", path, &format!("{cookie}Sec-Fetch-Site: cross-site\r\n")));
        refused(p.ask("GET", path, &format!("{cookie}Sec-Fetch-Site: same-site\r\n")));
        refused(p.ask("GET", path, ""));
        refused(p.ask("GET", path, &format!("Cookie: huibao-{port}=00000000000000000000000000000000\r\n")));
    }
    // Upload: an origin is asked for.
    refused(p.ask("POST", "/upload?name=a.yaml", &format!("{cookie}Content-Length: 0\r\n")));
    refused(p.ask("GET", "/?token=00000000000000000000000000000000", ""));
    refused(p.ask("GET", &format!("/events?token={}", p.token), ""));
}

#[test]
fn every_answer_is_guarded() {
    let p = Preview::start();
    let cookie = p.cookie();
    for path in ["/", "/page.js", "/page.css", "/nothing"] {
        let answer = p.ask("GET", path, &cookie);
        for line in [
            "Content-Security-Policy: default-src 'none'; script-src 'self';",
            "frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "Cache-Control: no-store",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Resource-Policy: same-origin",
        ] {
            assert!(answer.contains(line), "{path}: {line}");
        }
        assert!(!answer.contains("unsafe-inline") && !answer.to_lowercase().contains("access-control"));
    }
    let page = p.ask("GET", "/", &cookie);
    assert!(!page.contains("<script>") && !page.contains("style=") && !page.contains("onclick"));
}

#[test]
fn addresses_are_a_fixed_map() {
    let p = Preview::start();
    let cookie = p.cookie();
    let plain = p.ask("GET", "/nothing", &cookie);
    assert_eq!(status(&plain), 404);
    for target in [
        "/../../etc/passwd",
        "/%2e%2e%2fetc/passwd",
        "/..%5cetc",
        "/%252e%252e/etc/passwd",
        "/page.html",
        "/data.yaml",
        "//etc/passwd",
        "http://127.0.0.1/",
        "/sheet?hash=../../etc/passwd",
        "/events?template=../../etc",
        "/a%00b",
    ] {
        assert_eq!(p.ask("GET", target, &cookie), plain, "{target}");
    }
    assert_eq!(status(&p.ask("PUT", "/", &format!("{cookie}{}", p.own()))), 405);
    assert_eq!(status(&p.raw("GET /\0 HTTP/1.1\r\n\r\n")), 400);
}

#[test]
fn size_and_time_have_limits() {
    let p = Preview::start();
    let cookie = p.cookie();
    let long = format!("X-Long: {}\r\n", "a".repeat(40_000));
    assert_eq!(status(&p.ask("GET", "/", &long)), 431);
    let many: String = (0..100).map(|i| format!("X-{i}: 1\r\n")).collect();
    assert_eq!(status(&p.ask("GET", "/", &many)), 431);
    let own = p.own();
    let body = |length: &str| format!("{cookie}{own}{length}");
    assert_eq!(status(&p.ask("POST", "/upload?name=a.yaml", &body("Content-Length: 1073741824\r\n"))), 413);
    assert_eq!(status(&p.ask("POST", "/upload?name=a.yaml", &body("Transfer-Encoding: chunked\r\n"))), 411);
    // A byte now and then does not hold a connection.
    let mut slow = p.connect();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(15) && slow.write_all(b"G").is_ok() {
        std::thread::sleep(Duration::from_millis(400));
    }
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    // Hundreds of idle connections: the server answers again when they are gone.
    let idle: Vec<_> = (0..300).filter_map(|_| TcpStream::connect(("127.0.0.1", p.port)).ok()).collect();
    drop(idle);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(status(&p.ask("GET", "/", &cookie)), 200);
}

#[test]
fn saves_are_followed_and_mistakes_escaped() {
    let p = Preview::start();
    let cookie = p.cookie();
    let mut stream = p.connect();
    write!(stream, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{cookie}\r\n", p.port).unwrap();
    let mut reader = BufReader::new(stream);
    let first = event(&mut reader);
    assert_eq!(first["ok"], true, "{first}");
    let figure = first["figures"].as_array().unwrap().iter().find(|f| f["text"] == "36").unwrap();
    assert_eq!(figure["reads"][0]["shown"], "36");
    assert_eq!(first["pages"].as_array().unwrap().len(), 1);
    assert!(!first["pages"][0]["spots"].as_array().unwrap().is_empty(), "{first}");
    let hash = first["pages"][0]["hash"].as_str().unwrap();
    let sheet = p.ask("GET", &format!("/sheet?hash={hash}"), &cookie);
    assert!(sheet.contains("image/svg+xml") && sheet.contains("<svg") && !sheet.contains("figure:"));
    // Saved by renaming.
    let data = p.dir.path().join("data.yaml");
    let other = p.dir.path().join("other.tmp");
    fs::write(&other, DATA.replace("36", "41")).unwrap();
    fs::rename(&other, &data).unwrap();
    let second = event(&mut reader);
    assert!(second["figures"].as_array().unwrap().iter().any(|f| f["text"] == "41"), "{second}");
    // Empty for a moment: no error in between.
    fs::write(&data, "").unwrap();
    std::thread::sleep(Duration::from_millis(150));
    fs::write(&data, DATA.replace("36", "42")).unwrap();
    let third = event(&mut reader);
    assert!(third["figures"].as_array().unwrap().iter().any(|f| f["text"] == "42"), "{third}");
    // A mistake with markup in it stays text in JSON; mending it brings the pages back.
    fs::write(&data, DATA.replace("36", "<script>alert(1)</script>")).unwrap();
    let broken = event(&mut reader);
    assert_eq!(broken["ok"], false, "{broken}");
    assert!(!broken["problems"].as_array().unwrap().is_empty());
    fs::write(&data, DATA).unwrap();
    assert_eq!(event(&mut reader)["ok"], true);
}

#[test]
fn uploads_and_downloads() {
    let p = Preview::start();
    let headers = format!("{}{}", p.cookie(), p.own());
    let text = DATA.replace("36", "77").replace("小模板", "work-report");
    let length = format!("{headers}Content-Length: {}\r\n", text.len());
    let answer = p
        .raw(&format!("POST /upload?name=%E6%95%B0.yaml HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{length}\r\n{text}", p.port));
    assert_eq!(status(&answer), 200, "{answer}");
    assert!(answer.contains("{\"doc\":\""));
    let pdf = p.ask("GET", "/download?format=pdf", &headers);
    assert_eq!(status(&pdf), 200, "{pdf}");
    assert!(pdf.contains("%PDF-") && pdf.contains("Content-Disposition: attachment"));
    assert_eq!(status(&p.ask("GET", "/download?format=exe", &headers)), 404);
}

#[test]
fn a_taken_port_and_other_hosts() {
    let p = Preview::start();
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["preview", "--no-open"])
            .args(args)
            .env("HUIBAO_HOME", ROOT)
            .output()
            .unwrap();
        (out.status.code().unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, said) = run(&["--port", &p.port.to_string()]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("占用") && said.contains("--port"), "{said}");
    let (code, said) = run(&["--host", "0.0.0.0"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--allow-remote"), "{said}");
}
