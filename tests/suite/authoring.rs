//! docs/writing-a-template, followed word for word: its files are written, its commands run.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::packs::PACKS;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Writes the files of a guide and runs its commands, in their order; gives all of them.
fn do_all(guide: &str, folder: &Path) -> String {
    let text = fs::read_to_string(Path::new(ROOT).join("docs").join(guide)).unwrap();
    let mut done = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.len() < 3 {
            continue;
        }
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let info = &line[fence.len()..];
        match info.split_once(' ') {
            Some((_, file)) => {
                let file = folder.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, body.join("\n") + "\n").unwrap();
            }
            None => {
                assert_eq!(info, "sh");
                body.iter().for_each(|line| run(line, folder, guide));
            }
        }
        done += &format!("{info}\n{}\n", body.join("\n"));
    }
    done
}

/// Does what one guide says beside a sample; gives its files and commands.
fn follow(guide: &str) -> String {
    let dir = tempfile::TempDir::new().unwrap();
    let sample = dir.path().join("samples/work-report");
    fs::create_dir_all(&sample).unwrap();
    fs::copy(Path::new(ROOT).join("samples/work-report/2026.xlsx"), sample.join("2026.xlsx")).unwrap();
    let done = do_all(guide, dir.path());
    for file in ["输出/2026年志愿服务工作汇报.pdf", "输出/2026年志愿服务工作汇报.docx", "填报表.xlsx"]
    {
        assert!(dir.path().join(file).is_file(), "{guide}: {file} is not there");
    }
    done
}

fn run(line: &str, folder: &Path, guide: &str) {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("huibao"), "{guide}: {line}");
    let run = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(words)
        .current_dir(folder)
        .env("HUIBAO_HOME", ROOT)
        .output()
        .unwrap();
    assert!(run.status.success(), "{guide}: {line}: {}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn both_guides_lead_to_an_own_report() {
    // The same ten steps in both languages.
    assert_eq!(follow("writing-a-template.md"), follow("writing-a-template.zh-CN.md"));
}

/// From an empty folder to a report, its annex and one for each unit; nothing to complain of.
#[test]
fn fifteen_minutes_lead_from_an_empty_folder_to_a_report() {
    let made = ["fifteen-minutes.md", "fifteen-minutes.zh-CN.md"].map(|guide| {
        let dir = tempfile::TempDir::new().unwrap();
        let done = do_all(guide, dir.path());
        for file in [
            "填报表.xlsx",
            "输出/2026年便民服务汇报.pdf",
            "输出/2026年便民服务汇报.docx",
            "核对表.xlsx",
            "各点/集镇服务点.pdf",
            "各点/清单.xlsx",
        ] {
            assert!(dir.path().join(file).is_file(), "{guide}: {file} is not there");
        }
        let check = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["check", "数据.yaml"])
            .current_dir(dir.path())
            .env("HUIBAO_HOME", ROOT)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&check.stdout).into_owned() + &String::from_utf8_lossy(&check.stderr);
        assert_eq!(said.trim(), "没有发现问题", "{guide}");
        done
    });
    assert_eq!(made[0], made[1]);
}

/// Every declared field is listed with its type and the places where the template uses it.
#[test]
fn show_tells_meaning_type_unit_and_use() {
    for entry in fs::read_dir(Path::new(ROOT).join("report-templates")).unwrap() {
        let pack = entry.unwrap().file_name().into_string().unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["templates", "show", &pack])
            .env("HUIBAO_HOME", ROOT)
            .output()
            .unwrap();
        let shown = String::from_utf8(run.stdout).unwrap();
        // Relations stand between the fields; they are no fields.
        let (data, information) = shown.split_once("报告信息（").unwrap();
        assert!(
            ["年份", "标题", "成文日期"].iter().all(|key| information.contains(&format!("  {key}（也可以写作："))),
            "{shown}"
        );
        let fields: Vec<&str> = data.lines().skip(2).filter(|l| !l.trim_start().starts_with("关系：")).collect();
        assert!(fields.len() > 10, "{pack}: {shown}");
        for line in fields {
            assert!(line.contains("。用于 "), "{pack}: {line}");
            let table = line.starts_with("表 ");
            assert!(
                table || ["整数", "小数", "百分比", "日期", "文本", "选项", "文稿"].iter().any(|t| line.contains(t)),
                "{line}"
            );
            assert!(table || line.contains("："), "{pack}: {line}");
        }
    }
}

/// The form of a pack, not filled in yet, gives a draft that shows what is to be filled in.
#[test]
fn a_blank_form_gives_a_draft() {
    for pack in PACKS.into_iter().filter(|pack| *pack != "township-briefing") {
        let dir = tempfile::TempDir::new().unwrap();
        run(&format!("huibao form -t {pack} -o 填报表.xlsx --year 2026"), dir.path(), pack);
        run(&format!("huibao build 填报表.xlsx -t {pack} -o 草稿 --draft -f pdf"), dir.path(), pack);
        assert_eq!(fs::read_dir(dir.path().join("草稿")).unwrap().count(), 1, "{pack}");
    }
}
