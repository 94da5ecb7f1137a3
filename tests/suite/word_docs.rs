//! docs/word, followed word for word: its Word file is made, its commands run, in both languages the same.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::word_kit::{CENTER, Docx, RIGHT, par, row, run, set, table};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A Word file as a clerk has it: title large, signature to the right, rows as a table.
fn typed(lines: &[&str]) -> Vec<u8> {
    let mut body = String::new();
    let mut rows = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(inner) = line.strip_prefix('|') {
            rows.push(row(&inner.trim_end_matches('|').split('|').collect::<Vec<_>>()));
            continue;
        }
        if !rows.is_empty() {
            body += &table(&std::mem::take(&mut rows));
        }
        body += &match at {
            0 => set(CENTER, &run(line, "<w:sz w:val=\"44\"/>")),
            _ if at + 2 >= lines.len() => set(RIGHT, line),
            _ => par(line),
        };
    }
    Docx::new(body).bytes()
}

/// Does what the guide says; gives its files and commands.
fn follow(guide: &str) -> String {
    let dir = TempDir::new().unwrap();
    let text = fs::read_to_string(Path::new(ROOT).join("docs").join(guide)).unwrap();
    let (mut done, mut lines) = (String::new(), text.lines());
    while let Some(info) = lines.by_ref().find_map(|line| line.strip_prefix("```")) {
        let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        match info.split_once(' ') {
            Some((_, file)) if file.ends_with(".docx") => fs::write(dir.path().join(file), typed(&body)).unwrap(),
            Some((_, file)) => fs::write(dir.path().join(file), body.join("\n") + "\n").unwrap(),
            None if info == "sh" => body.iter().for_each(|line| huibao(line, dir.path(), guide)),
            None => continue,
        }
        done += &format!("{info}\n{}\n", body.join("\n"));
    }
    for file in ["填报表.xlsx", "批注.docx", "输出/关于代表联络站工作情况的汇报.pdf"] {
        assert!(dir.path().join(file).is_file(), "{guide}: {file} is not there");
    }
    let made = fs::read(dir.path().join("输出/关于代表联络站工作情况的汇报.docx")).unwrap();
    let made: Vec<String> =
        huibao::source::docx::read(&made).unwrap().paragraphs().iter().map(|p| p.text.clone()).collect();
    let printed = made.join("\n");
    for said in [
        "全年组织代表培训36场，同比增长12.5%；接待群众1286人次。使用经费52.4万元。",
        "（一）各镇进展。云溪镇建站12个；和平镇建站8个。",
        "云溪镇人大主席团",
        "2026年12月5日",
    ] {
        assert!(printed.contains(said), "{guide}: {said} is not in\n{printed}");
    }
    assert!(text.contains("同比增长12.5%；接待群众1286人次。"), "{guide} says what comes out");
    let learned = fs::read(dir.path().join("今年/关于代表联络站工作情况的汇报.docx")).unwrap();
    let learned: Vec<String> =
        huibao::source::docx::read(&learned).unwrap().paragraphs().iter().map(|p| p.text.clone()).collect();
    let learned = learned.join("\n");
    for said in [
        "全年组织代表培训36场，同比增长12.5%；接待群众1286人次，比上年增加236人次。各镇建站20个，其中云溪镇12个，和平镇8个。",
        "现将2026年代表联络站",
        "2026年12月5日",
    ] {
        assert!(learned.contains(said), "{guide}: {said} is not in\n{learned}");
    }
    assert!(text.contains("接待群众1286人次，比上年增加236人次。"), "{guide} says what is learned");
    done
}

fn huibao(line: &str, folder: &Path, guide: &str) {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("huibao"), "{guide}: {line}");
    let run =
        Command::new(env!("CARGO_BIN_EXE_huibao")).args(words).current_dir(folder).env("HUIBAO_HOME", ROOT).output();
    let run = run.unwrap();
    assert!(run.status.success(), "{guide}: {line}: {}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn ten_minutes_lead_from_a_word_file_to_a_report() {
    assert_eq!(follow("word.md"), follow("word.zh-CN.md"));
}
