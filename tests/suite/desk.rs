//! The desk's server: what of a folder can be reached, by whom, and what it does with it. Its pages are
//! tried in a browser (tests/preview).

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::preview::{Preview, event, status};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A desk over a folder with a workbook of townships.
fn desk() -> Preview {
    let outer = TempDir::new().unwrap();
    let dir = outer.path().join("里");
    fs::create_dir(&dir).unwrap();
    fs::write(outer.path().join("外.yaml"), "模板: work-report\n年份: 2026\n").unwrap();
    fs::copy(format!("{ROOT}/samples/township-briefing/2026.xlsx"), dir.join("2026.xlsx")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.args(["desk", "里", "--no-open"]);
    Preview::serving(outer, command)
}

fn body(answer: &str) -> Value {
    assert_eq!(status(answer), 200, "{answer}");
    serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[test]
fn only_the_folder_is_reached_and_only_by_its_page() {
    let p = desk();
    let cookie = p.cookie();
    let get = |path: &str| p.ask("GET", path, &cookie);
    let shelf = body(&get("/desk/folder"));
    assert_eq!(shelf["data"].as_array().unwrap().iter().map(|d| &d["name"]).collect::<Vec<_>>(), ["2026.xlsx"]);
    for name in ["../外.yaml", "/etc/passwd", "..", ".", "里/../../外.yaml", "C:\\外.yaml", "2026.xlsx/"] {
        let name = encoded(name);
        for path in [
            format!("/desk/card?file={name}"),
            format!("/desk/tables?file={name}"),
            format!("/desk/changed?name={name}"),
        ] {
            assert_eq!(status(&get(&path)), 422, "{path}");
        }
        assert_eq!(event(&mut p.follow(&format!("?file={name}"))).get("pages"), None, "{name}");
        assert_eq!(status(&get(&format!("/events?file=2026.xlsx&template={name}"))), 404, "{name}");
        let wanted = format!("{{\"from\":\"{}\",\"template\":\"work-report\"}}", name.replace('%', "\\u00"));
        assert_eq!(status(&p.post("/desk/form", &wanted)), 422, "{wanted}");
    }
    assert_eq!(status(&get("/desk/file?name=99")), 404);
    assert_eq!(status(&get("/desk/file?name=%2Fetc%2Fpasswd")), 404);
    // Strangers, and pages of others.
    for path in ["/", "/fill", "/desk/folder", "/desk/card?file=2026.xlsx", "/desk/progress", "/desk/file?name=0"] {
        assert_eq!(status(&p.ask("GET", path, "")), 403, "{path}");
        assert_eq!(status(&p.ask("GET", path, &format!("{cookie}Origin: http://evil.test\r\n"))), 403, "{path}");
    }
    for path in ["/desk/form", "/desk/gather", "/desk/batch", "/desk/stop", "/desk/keep", "/desk/reveal"] {
        let head = format!("{cookie}Content-Length: 2\r\n");
        assert_eq!(status(&p.ask("POST", path, &head)), 403, "{path}");
        let long = format!("{cookie}{}Content-Length: 99999\r\n", p.own());
        let refused = status(&p.ask("POST", path, &long));
        assert!(refused == 413 || path == "/desk/stop", "{path} {refused}");
    }
    assert_eq!(status(&p.post("/desk/form", "{\"other\":1}")), 422);
}

#[test]
fn a_batch_goes_on_while_it_is_watched() {
    let p = desk();
    let cookie = p.cookie();
    let card = body(&p.ask("GET", "/desk/card?file=2026.xlsx", &cookie));
    assert_eq!((card["state"].as_str(), card["units"].as_u64()), (Some("ready"), Some(17)), "{card}");
    // A record with a mistake is told on the card, whichever it is.
    let text = fs::read_to_string(format!("{ROOT}/samples/township-briefing/2026.yaml")).unwrap();
    let wrong = text.replacen("培训人次: 150", "培训人次: 一百多", 1);
    assert_ne!(wrong, text);
    fs::write(p.dir.path().join("里/错.yaml"), wrong).unwrap();
    let card = body(&p.ask("GET", &format!("/desk/card?file={}", encoded("错.yaml")), &cookie));
    assert!(card["state"] == "wrong" && card["units"] == 17, "{card}");
    assert!(card["said"].as_str().unwrap().contains("一百多"), "{card}");
    let tables = body(&p.ask("GET", "/desk/tables?file=2026.xlsx", &cookie));
    assert_eq!((tables["tables"][0]["count"].as_u64(), tables["tables"][0]["own"].as_bool()), (Some(17), Some(true)));
    let run = || {
        body(&p.post("/desk/batch", "{\"file\":\"2026.xlsx\",\"table\":\"乡镇\"}"));
        let begun = Instant::now();
        loop {
            let seen = body(&p.ask("GET", "/desk/progress", &cookie));
            assert!(seen["lines"].as_array().unwrap().len() <= 17);
            if seen["over"] == true {
                return seen;
            }
            assert!(begun.elapsed() < Duration::from_secs(120), "{seen}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let seen = run();
    assert_eq!((seen["made"].as_u64(), seen["failed"].as_u64()), (Some(17), Some(0)), "{seen}");
    let zip = seen["files"].as_array().unwrap().iter().find(|f| f["name"] == "全部报告.zip").unwrap();
    let answer = p.ask("GET", &format!("/desk/file?name={}", zip["id"].as_str().unwrap()), &cookie);
    assert!(status(&answer) == 200 && answer.contains("application/zip"));
    let again = run();
    assert_eq!((again["made"].as_u64(), again["unchanged"].as_u64()), (Some(0), Some(17)), "{again}");
    // Stopped before it has begun with most of them; what is there stays.
    fs::remove_dir_all(p.dir.path().join("里/2026_各乡镇")).unwrap();
    body(&p.post("/desk/batch", "{\"file\":\"2026.xlsx\",\"table\":\"乡镇\"}"));
    assert_eq!(status(&p.post("/desk/stop", "{}")), 204);
    let begun = Instant::now();
    while body(&p.ask("GET", "/desk/progress", &cookie))["over"] != true {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(50));
    }
    let seen = run();
    assert_eq!(seen["made"].as_u64().unwrap() + seen["unchanged"].as_u64().unwrap(), 17, "{seen}");
}

#[test]
fn many_ask_at_once_and_files_vanish() {
    let p = desk();
    let cookie = p.cookie();
    let refused = std::sync::atomic::AtomicUsize::new(0);
    // Clients that send nothing, and never end, take places for a while.
    let slow: Vec<_> = (0..20).map(|_| std::net::TcpStream::connect(("127.0.0.1", p.port)).unwrap()).collect();
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let answer = p.ask("GET", "/desk/folder", &cookie);
                    refused.fetch_add(usize::from(status(&answer) != 200), std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(refused.into_inner(), 0, "of 500 requests");
    drop(slow);
    let data = p.dir.path().join("里/2026.xlsx");
    let mut reader = p.follow("?file=2026.xlsx");
    assert_eq!(event(&mut reader)["ok"], true);
    fs::rename(&data, p.dir.path().join("外.xlsx")).unwrap();
    let gone = event(&mut reader);
    assert!(gone["ok"] != true, "{gone}");
    assert_eq!(status(&p.ask("GET", "/desk/card?file=2026.xlsx", &cookie)), 422);
    let shelf = body(&p.ask("GET", "/desk/folder", &cookie));
    assert!(shelf["data"].as_array().unwrap().is_empty(), "{shelf}");
}

/// A value typed on the page goes into its blank cell, once, and the file as it was is kept.
#[test]
fn a_blank_is_filled_in_on_the_page() {
    let p = desk();
    let made = body(&p.post("/desk/form", "{\"template\":\"work-report\",\"year\":2026}"));
    let name = made["file"]["name"].as_str().unwrap();
    let path = p.dir.path().join("里").join(name);
    let before = fs::read(&path).unwrap();
    let mut reader = p.follow(&format!("?file={}", encoded(name)));
    let view = event(&mut reader);
    let missing = view["missing"].as_array().unwrap();
    let blank = missing.iter().find(|m| m["name"] == "工作名称").unwrap();
    let mut wanted = blank["cell"].clone();
    wanted["file"] = name.into();
    wanted["text"] = "全民阅读".into();
    assert_eq!(status(&p.post("/desk/enter", &wanted.to_string())), 204);
    let next = event(&mut reader);
    assert!(next["missing"].as_array().unwrap().iter().all(|m| m["name"] != "工作名称"), "{next}");
    assert_eq!(fs::read(p.dir.path().join("里/备份").join(name)).unwrap(), before);
    // Filled in by now: nothing is written over.
    wanted["text"] = "别的".into();
    assert_eq!(status(&p.post("/desk/enter", &wanted.to_string())), 422);
    // Open in an office program.
    fs::write(path.with_file_name(format!("~${name}")), "").unwrap();
    wanted["row"] = 40.into();
    assert!(p.post("/desk/enter", &wanted.to_string()).contains("打开着"));
}

/// The token is seen neither among the arguments of a program nor in an address.
#[cfg(unix)]
#[test]
fn the_browser_gets_the_token_in_a_form() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let bin = dir.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let note = dir.path().join("args");
    for name in ["xdg-open", "gio", "gnome-open", "kde-open", "open", "wslview"] {
        let script = format!("#!/bin/sh\necho \"$@\" >>'{0}.part'\nmv '{0}.part' '{0}'\n", note.display());
        fs::write(bin.join(name), script).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.args(["desk", "."]).env("PATH", path);
    let p = Preview::serving(dir, command);
    let begun = Instant::now();
    while !note.exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no browser was opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    let args = fs::read_to_string(&note).unwrap();
    assert!(!args.contains(&p.token), "{args}");
    let page = args.split_whitespace().last().unwrap().to_string();
    assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o077, 0, "for its user alone");
    assert!(fs::read_to_string(&page).unwrap().contains(&format!("value={}", p.token)));
    let enter = |token: &str| {
        let body = format!("token={token}");
        let head = format!("POST /enter HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nOrigin: null\r\n", p.port);
        p.raw(&format!("{head}Sec-Fetch-Site: cross-site\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
    };
    let refused = enter("00000000000000000000000000000000");
    assert!(status(&refused) == 403 && !refused.contains("Set-Cookie"), "{refused}");
    let answer = enter(&p.token);
    assert!(status(&answer) == 200 && answer.contains("Set-Cookie: huibao-"), "{answer}");
    let (_, told) = answer.split_once("\r\n\r\n").unwrap();
    assert!(!told.contains(&p.token) && !std::path::Path::new(&page).exists(), "the page has done its work");
}
