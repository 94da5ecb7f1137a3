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

pub struct Preview {
    pub dir: TempDir,
    child: Child,
    pub port: u16,
    pub token: String,
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
        Preview::of(dir, &["data.yaml"])
    }

    /// A preview in a folder, with these arguments.
    fn of(dir: TempDir, args: &[&str]) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.arg("preview").args(args).arg("--no-open");
        Preview::serving(dir, command)
    }

    /// What a command serves that was begun in a folder.
    pub fn serving(dir: TempDir, mut command: Command) -> Preview {
        command.args(["--port", "0"]).current_dir(dir.path()).env("HUIBAO_HOME", ROOT).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
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

    pub fn raw(&self, text: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A request with a right Host and further header lines.
    pub fn ask(&self, method: &str, target: &str, headers: &str) -> String {
        self.raw(&format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}\r\n", self.port))
    }

    /// The cookie header that the token is exchanged for.
    pub fn cookie(&self) -> String {
        let answer = self.ask("GET", &format!("/?token={}", self.token), "");
        let line = answer.lines().find(|l| l.starts_with("Set-Cookie: ")).unwrap();
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
        assert!(answer.contains("Location: /\r\n") && !answer.contains(&self.token), "{answer}");
        format!("Cookie: {}\r\n", line["Set-Cookie: ".len()..].split(';').next().unwrap())
    }

    /// The stream of events for a choice; the first event can be read from it.
    pub fn follow(&self, choice: &str) -> BufReader<TcpStream> {
        let cookie = self.cookie();
        let mut stream = self.connect();
        write!(stream, "GET /events{choice} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{cookie}\r\n", self.port).unwrap();
        BufReader::new(stream)
    }

    pub fn own(&self) -> String {
        format!("Origin: http://127.0.0.1:{}\r\n", self.port)
    }

    /// A body sent by the page itself.
    pub fn post(&self, path: &str, body: &str) -> String {
        let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}{}", self.port, self.cookie(), self.own());
        self.raw(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
    }
}

pub fn status(answer: &str) -> u16 {
    answer.get(9..12).and_then(|s| s.parse().ok()).unwrap_or(0)
}

/// Reads events until one of the kind; the JSON after `data: `.
pub fn event(reader: &mut impl BufRead) -> serde_json::Value {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(reader.read_line(&mut line).unwrap() > 0, "stream ended");
        if let Some(data) = line.strip_prefix("data: ") {
            let mut told: serde_json::Value = serde_json::from_str(data).unwrap();
            return if told.get("view").is_some() { told["view"].take() } else { told };
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
    for path in ["/events", "/", "/download?what=pdf", "/alive?doc=1"] {
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
    for path in ["/", "/page.js", "/panel.js", "/page.css", "/nothing", "/sheet", "/download", "/events?template=no"] {
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
    let mut reader = p.follow("");
    let first = event(&mut reader);
    assert_eq!(first["ok"], true, "{first}");
    let figure = first["figures"].as_array().unwrap().iter().find(|f| f["text"] == "36").unwrap();
    let cell = &first["cells"][figure["reads"][0].as_u64().unwrap() as usize];
    assert_eq!((cell["shown"].as_str(), cell["place"].as_str()), (Some("36"), Some("data.yaml:4:7")));
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
fn a_burst_of_saves_is_one_rebuild() {
    let p = Preview::start();
    let mut reader = p.follow("");
    event(&mut reader);
    for i in 0..50 {
        fs::write(p.dir.path().join("data.yaml"), DATA.replace("36", &(100 + i).to_string())).unwrap();
        std::thread::sleep(Duration::from_millis(20));
    }
    // The machine may hold the writer up between two saves: a rebuild more is none too many.
    let mut told = 0;
    loop {
        let view = event(&mut reader);
        told += 1;
        assert_eq!(view["ok"], true, "{view}");
        if view["figures"].as_array().unwrap().iter().any(|f| f["text"] == "149") {
            break;
        }
    }
    assert!(told <= 5, "{told} rebuilds for 50 saves");
}

#[test]
fn a_template_that_is_broken_from_the_start_is_followed() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("模")).unwrap();
    fs::write(dir.path().join("模/template.yaml"), TEMPLATE).unwrap();
    fs::write(dir.path().join("模/report.md.j2"), "# 基本情况\n{{ 培训场次 \n").unwrap();
    fs::write(dir.path().join("data.yaml"), DATA).unwrap();
    let p = Preview::of(dir, &["data.yaml", "-t", "模"]);
    let mut reader = p.follow("");
    let broken = event(&mut reader);
    assert_eq!(broken["ok"], false, "{broken}");
    assert!(broken["problems"][0]["place"].as_str().unwrap().starts_with("report.md.j2:"), "{broken}");
    assert!(broken["problems"][0]["excerpt"].as_str().unwrap().contains("培训场次"), "{broken}");
    fs::write(p.dir.path().join("模/report.md.j2"), REPORT).unwrap();
    assert_eq!(event(&mut reader)["ok"], true);
}

#[test]
fn a_blank_form_is_filled_in_step_by_step() {
    let dir = TempDir::new().unwrap();
    let form = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["form", "-t", "work-report", "-o", "填报表.xlsx"])
        .current_dir(dir.path())
        .env("HUIBAO_HOME", ROOT)
        .output()
        .unwrap();
    assert!(form.status.success());
    let p = Preview::of(dir, &["填报表.xlsx"]);
    let view = event(&mut p.follow(""));
    assert_eq!(view["ok"], true, "{view}");
    assert_eq!(view["draft"], true);
    let missing = view["missing"].as_array().unwrap();
    assert!(missing.len() >= 3, "{view}");
    for (name, place) in [
        ("工作名称", "填报表.xlsx 指标!C2"),
        ("单位（报告信息）", "填报表.xlsx 报告信息!B5"),
        ("年份", "填报表.xlsx 报告信息!B2"),
    ] {
        assert!(missing.iter().any(|m| m["name"] == name && m["place"] == place && m["printed"] == true), "{view}");
    }
    assert!(view["problems"].as_array().unwrap().iter().all(|p| p["level"] != "error"), "{view}");
}

#[test]
fn units_of_a_table_are_chosen_in_the_address() {
    let dir = TempDir::new().unwrap();
    fs::copy(format!("{ROOT}/samples/township-briefing/2026.xlsx"), dir.path().join("数据.xlsx")).unwrap();
    let p = Preview::of(dir, &["数据.xlsx", "-t", "township-briefing"]);
    let first = event(&mut p.follow(""));
    assert_eq!(first["ok"], true, "{first}");
    let names = first["units"]["names"].as_array().unwrap();
    assert_eq!((first["units"]["at"].as_u64(), first["units"]["table"].as_str()), (Some(0), Some("乡镇")));
    assert!(first["title"].as_str().unwrap().contains(names[0].as_str().unwrap()));
    let second = names[1].as_str().unwrap();
    let encoded: String = second.bytes().map(|b| format!("%{b:02X}")).collect();
    let view = event(&mut p.follow(&format!("?unit={encoded}")));
    assert_eq!(view["units"]["at"], 1);
    assert!(view["title"].as_str().unwrap().contains(second), "{view}");
    // What is not about one record has no units.
    let whole = event(&mut Preview::start().follow(""));
    assert!(whole["units"].is_null());
}

#[test]
fn every_printed_figure_has_its_place() {
    // A report with tables, a chart, notes and run-in headings.
    let p = Preview::of(TempDir::new().unwrap(), &[&format!("{ROOT}/samples/county-review/2026.xlsx")]);
    let view = event(&mut p.follow(""));
    let pages = view["pages"].as_array().unwrap();
    let spots = pages.iter().flat_map(|page| page["spots"].as_array().unwrap());
    let placed: std::collections::BTreeSet<u64> = spots.map(|s| s[0].as_u64().unwrap()).collect();
    let figures = view["figures"].as_array().unwrap();
    assert!(figures.len() > 150, "{}", figures.len());
    for (id, figure) in figures.iter().enumerate() {
        // The name of the file is a pattern of template.yaml.
        let of_text = figure["template"].as_str().unwrap().contains(".md.j2:");
        assert!(!of_text || placed.contains(&(id as u64)), "{figure}");
    }
}

/// Collected by counties and by the city: the screen and the 核对表 say both levels.
#[test]
fn a_figure_of_a_collected_workbook_knows_the_forms_of_all_levels() {
    let desk = crate::collect::Desk::new();
    let template = "名称: 乡镇联络站运行简报\n标题: 简况\n表:\n  - {名称: 乡镇, 必填: true, 列: [{名称: 名称, 类型: 文本, 必填: true}]}\n";
    desk.file("模板/template.yaml", template);
    desk.file("模板/report.md.j2", "# 情况\n\n全市培训{{ 合计(乡镇, \"培训场次\") }}场。\n");
    for county in ["甲县", "乙县"] {
        desk.file(&format!("{county}/东镇.xlsx"), crate::collect::form(&format!("{county}东镇"), "2026", &[]));
        let (code, _, said) = desk.run(&["collect", county, "-t", "模板", "-o", &format!("交来/{county}.xlsx")]);
        assert_eq!(code, 0, "{said}");
    }
    assert_eq!(desk.collect("模板", &[]).0, 0);
    let (code, _, said) = desk.run(&["trace", "汇总.xlsx", "-t", "模板", "-o", "核对.xlsx"]);
    assert_eq!(code, 0, "{said}");
    let bytes = fs::read(desk.dir.path().join("核对.xlsx")).unwrap();
    let (book, _) = huibao::source::workbook::read(&bytes, "核对.xlsx").unwrap();
    let places = ["乙县.xlsx 乡镇!F2（来自 东镇.xlsx 乡镇!F2）", "甲县.xlsx 乡镇!F2（来自 东镇.xlsx 乡镇!F2）"];
    let traced = |place: &str| book.sheets[0].cells.iter().any(|c| format!("{:?}", c.value).contains(place));
    assert!(places.iter().all(|place| traced(place)), "{:?}", book.sheets[0].cells);
    let p = Preview::of(desk.dir, &["汇总.xlsx", "-t", "模板"]);
    let view = event(&mut p.follow(""));
    let cells: Vec<&str> = view["cells"].as_array().unwrap().iter().map(|c| c["place"].as_str().unwrap()).collect();
    assert!(
        places.iter().all(|place| cells.iter().any(|cell| cell.ends_with(&format!("（来自 {place}）")))),
        "{cells:?}"
    );
}

#[test]
fn everything_is_taken_from_the_state_on_the_screen() {
    let p = Preview::start();
    let cookie = p.cookie();
    let mut reader = p.follow("");
    let first = event(&mut reader);
    let state = first["state"].as_str().unwrap();
    let take = |what: &str, state: &str| p.ask("GET", &format!("/download?what={what}&state={state}"), &cookie);
    for (what, magic) in [("pdf", "%PDF-"), ("docx", "PK"), ("trace", "PK"), ("form", "PK")] {
        let answer = take(what, state);
        assert_eq!(status(&answer), 200, "{what}: {answer}");
        assert!(answer.contains("Content-Disposition: attachment; filename="), "{what}");
        assert!(answer.split("\r\n\r\n").nth(1).unwrap().starts_with(magic), "{what}");
    }
    assert_eq!(status(&take("exe", state)), 404);
    assert_eq!(status(&take("pdf", "00000000000000000000000000000000")), 409);
    // The file breaks: what is on the screen can still be taken.
    fs::write(p.dir.path().join("data.yaml"), "培训场次: [").unwrap();
    assert_eq!(event(&mut reader)["ok"], false);
    assert_eq!(status(&take("pdf", state)), 200);
}

#[test]
fn an_upload_is_forgotten_when_its_tab_is_closed() {
    let p = Preview::start();
    let headers = format!("{}{}", p.cookie(), p.own());
    let text = DATA.replace("36", "77");
    let answer = p.post("/upload?name=%E6%95%B0.yaml", &text);
    assert_eq!(status(&answer), 200, "{answer}");
    let doc = answer.split("{\"doc\":\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    let view = event(&mut p.follow(&format!("?doc={doc}")));
    assert!(view["figures"].as_array().unwrap().iter().any(|f| f["text"] == "77"), "{view}");
    assert_eq!(view["files"][0], "数.yaml");
    let alive = || status(&p.ask("GET", &format!("/alive?doc={doc}"), &headers));
    assert_eq!(alive(), 204);
    assert_eq!(status(&p.post(&format!("/close?doc={doc}"), "")), 204);
    // A page that is loaded again would be back by then.
    std::thread::sleep(Duration::from_secs(11));
    let gone = event(&mut p.follow(&format!("?doc={doc}")));
    assert!(gone.get("pages").is_none(), "{gone}");
    assert_eq!(alive(), 404);
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
