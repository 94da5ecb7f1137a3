//! 版面 of a template and of an office's `huibao.yaml`: what it changes, and that it is told.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TEMPLATE: &str = "名称: 小汇报\n标题: 关于{{ 年份 }}年工作的汇报\n版面: {行距: 28磅}\n";
const REPORT: &str = "# 基本情况\n全年开展培训{{ 培训场次 }}场。\n";
const DATA: &str = "模板: 小模板\n年份: 2026\n报告: {单位: 云溪镇人大主席团, 成文日期: 2026-12-05}\n培训场次: 36\n";

fn desk(settings: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("小模板")).unwrap();
    for (name, text) in [
        ("小模板/template.yaml", TEMPLATE),
        ("小模板/report.md.j2", REPORT),
        ("data.yaml", DATA),
        ("huibao.yaml", settings),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

fn run(dir: &TempDir, args: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(args)
        .current_dir(dir.path())
        .env("HUIBAO_HOME", ROOT)
        .output()
        .unwrap();
    (status.code().unwrap(), String::from_utf8(stderr).unwrap() + &String::from_utf8(stdout).unwrap())
}

#[test]
fn check_lists_what_template_and_office_change_with_its_clause() {
    let (code, said) = run(&desk("版面: {页码: 居中}\n"), &["check", "data.yaml"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("L030") && said.contains("5.2.3"), "{said}");
    assert!(said.contains("L031") && said.contains("7.5"), "{said}");
    // The office's word stands over the template's.
    let (_, said) = run(&desk("版面: {行距: 30磅}\n"), &["check", "data.yaml"]);
    assert!(said.contains("30.00磅") && !said.contains("28.00磅"), "{said}");
}

#[test]
fn build_follows_the_office() {
    let (plain, changed) = (desk(""), desk("版面: {页码: 居中}\n"));
    for dir in [&plain, &changed] {
        let (code, said) = run(dir, &["build", "data.yaml"]);
        assert_eq!(code, 0, "{said}");
    }
    let footer = |dir: &TempDir| {
        let docx = fs::read(dir.path().join("out/关于2026年工作的汇报.docx")).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
        std::io::read_to_string(archive.by_name("word/footer1.xml").unwrap()).unwrap()
    };
    assert!(footer(&changed).contains(r#"w:jc w:val="center""#) && !footer(&plain).contains(r#"w:jc w:val="center""#));
}

#[test]
fn wrong_settings_are_refused_with_their_place() {
    for (settings, said_of) in [
        ("版式: {行距: 28}\n", "是不是“版面”"),
        ("版面: {行矩: 28}\n", "是不是“行距”"),
        ("版面: {行距: 80磅}\n", "26至31"),
    ] {
        let (code, said) = run(&desk(settings), &["build", "data.yaml"]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("huibao.yaml:1:") && said.contains(said_of), "{said}");
    }
}
