//! The commands that the README shows do what it says.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// The shell blocks of a document, line by line.
fn commands(document: &str) -> Vec<String> {
    let text = fs::read_to_string(format!("{}/{document}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            command if inside && !command.is_empty() => found.push(command.to_string()),
            _ => {}
        }
    }
    found
}

#[test]
fn the_commands_shown_work() {
    let dir = tempfile::TempDir::new().unwrap();
    let mut built = 0;
    for command in commands("README.md").into_iter().chain(commands("README.zh-CN.md")) {
        let words = command.strip_prefix("cargo run --release -- ").or(command.strip_prefix("huibao "));
        let Some(words) = words else {
            // This test is part of what it runs.
            assert_eq!(command, "cargo test --release", "a command that no test runs");
            continue;
        };
        let mut args: Vec<&str> = words.split_whitespace().collect();
        let out = dir.path().join(built.to_string());
        if args[0] == "build" || args[0] == "batch" {
            args.extend(["-o", out.to_str().unwrap()]);
        }
        if matches!(args[0], "preview" | "desk") {
            previewed(&args);
            continue;
        }
        let run = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(&args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        if args[0] == "build" {
            let stdout = String::from_utf8(run.stdout).unwrap();
            let paths: Vec<&str> = stdout.lines().collect();
            assert_eq!(paths.len(), 2, "two paths: {stdout}");
            assert!(fs::read(paths[0]).unwrap().starts_with(b"%PDF-"));
            assert!(fs::read(paths[1]).unwrap().starts_with(b"PK"));
            built += 1;
        }
        if args[0] == "batch" {
            let made = |extension| move |e: &fs::DirEntry| e.path().extension().is_some_and(|e| e == extension);
            let count = |extension| fs::read_dir(&out).unwrap().flatten().filter(made(extension)).count();
            assert_eq!((count("docx"), count("pdf")), (17, 18), "17 briefings and the volume");
            fs::remove_dir_all(&out).unwrap();
        }
    }
    assert!(built >= 2, "the README shows how to build a report");
}

/// What stands in the browser goes on until it is ended: it must say where it is to be seen.
fn previewed(args: &[&str]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(args)
        .args(["--port", "0", "--no-open"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
}

#[test]
fn every_report_form_is_listed() {
    for document in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(format!("{}/{document}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let rows: String = text.lines().filter(|line| line.starts_with("| `")).collect();
        for pack in super::packs::PACKS {
            assert!(rows.contains(&format!("`{pack}`")), "{document}: {pack}");
        }
    }
}

#[test]
fn pictures_and_links_are_there() {
    for document in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(format!("{}/{document}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let pictures = text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for target in links.chain(pictures).filter(|t| !t.starts_with("http") && !t.starts_with('#')) {
            let path = format!("{}/{target}", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&path).exists(), "{document} points to {target}, which is not there");
        }
    }
}

/// What is copied to an office's PC works there by itself, from any folder.
#[cfg(unix)]
#[test]
fn the_packed_folder_works_elsewhere() {
    let dir = tempfile::TempDir::new().unwrap();
    let packed = Command::new("sh")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/pack.sh"))
        .env("HUIBAO", env!("CARGO_BIN_EXE_huibao"))
        .env("OUT", dir.path())
        .output()
        .unwrap();
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let folder = std::path::PathBuf::from(String::from_utf8(packed.stdout).unwrap().trim());
    let elsewhere = dir.path().join("办公 桌面");
    fs::create_dir(&elsewhere).unwrap();
    let run = Command::new(folder.join("huibao"))
        .args(["build", "-o", "."])
        .arg(folder.join("samples/work-report/2026.xlsx"))
        .current_dir(&elsewhere)
        .env_remove("HUIBAO_HOME")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 2);
    let sums = Command::new("sha256sum").args(["-c", "--quiet", "SHA256SUMS.txt"]).current_dir(&folder).status();
    assert!(sums.is_ok_and(|status| status.success()));
    // Links of the instructions lead to files that came along, but for what is in English.
    let text = fs::read_to_string(folder.join("使用说明.md")).unwrap();
    for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|l| l.contains(".zh-CN.")) {
        assert!(folder.join(link).exists(), "{link}");
    }
}
