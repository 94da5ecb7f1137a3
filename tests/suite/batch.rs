//! A batch as a user meets it: one report for each record, failures kept apart, resumed,
//! the same bytes for any number of threads and shards.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Data of `units` towns in two years, with changes.
pub fn data(units: usize, change: impl Fn(usize, &mut String)) -> String {
    let mut text = "年份: 2026\n报告: {单位: 青河区人大常委会, 成文日期: 2026-12-05}\n乡镇:\n".to_string();
    for year in [2026, 2025] {
        for i in 1..=units {
            let mut row = format!(
                "  - {{年份: {year}, 名称: 第{i:02}镇, 中心站: 建成, 培训场次: {}, 接待群众: {}, 收集建议: 40, 办结建议: 36, 使用经费: 31.86}}\n",
                i + year % 3,
                100 + i
            );
            if year == 2026 {
                change(i, &mut row);
            }
            text.push_str(&row);
        }
    }
    text
}

pub struct Desk(pub TempDir);

impl Desk {
    pub fn new(data: &str) -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        desk.write(data);
        desk
    }

    pub fn write(&self, data: &str) {
        fs::write(self.0.path().join("data.yaml"), data).unwrap();
    }

    pub fn command(&self, out: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command
            .args(["batch", "data.yaml", "--by", "乡镇", "-o", out, "-t"])
            .arg(Path::new(ROOT).join("tests/fixtures/briefing"))
            .args(more)
            .env("HUIBAO_HOME", ROOT)
            .current_dir(self.0.path());
        command
    }

    pub fn run(&self, out: &str, more: &[&str]) -> Output {
        self.command(out, more).output().unwrap()
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    pub fn list(&self, out: &str) -> Value {
        serde_json::from_slice(&fs::read(self.0.path().join(out).join("清单.json")).unwrap()).unwrap()
    }

    /// Names and bytes of the reports.
    pub fn reports(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.0.path().join(out)).unwrap().map(|e| e.unwrap().path());
        let reports = entries.filter(|p| p.extension().is_some_and(|e| e == "pdf" || e == "docx"));
        reports.map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), fs::read(p).unwrap())).collect()
    }
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[test]
fn seventeen_units_resumed() {
    let desk = Desk::new(&data(17, |_, _| ()));
    let first = desk.run("out", &["--zip"]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert_eq!(desk.reports("out").len(), 34);
    assert_eq!(desk.list("out")["合计"]["已生成"], 17);
    assert!(desk.0.path().join("out/全部报告.zip").is_file());
    let again = desk.run("out", &["--zip"]);
    assert!(said(&again).contains("已生成0份，未变17份，失败0份"), "{}", said(&again));
    // One record changes: one report is made.
    desk.write(&data(17, |i, row| {
        if i == 3 {
            *row = row.replace("31.86", "32.5");
        }
    }));
    let changed = desk.run("out", &[]);
    assert!(said(&changed).contains("已生成1份，未变16份"), "{}", said(&changed));
    let forced = desk.run("out", &["--force"]);
    assert!(said(&forced).contains("已生成17份，未变0份"), "{}", said(&forced));
}

#[test]
fn a_bad_record_stops_no_other() {
    let desk = Desk::new(&data(6, |i, row| {
        if i == 4 {
            *row = row.replace("31.86", "三十万");
        }
        if i == 5 {
            *row = row.replace("名称: 第05镇", "名称: ");
        }
    }));
    let output = desk.run("out", &["-f", "pdf"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("已生成4份，未变0份，失败2份"), "{}", said(&output));
    let list = desk.list("out");
    assert_eq!(list["报告"][3]["状态"], "失败");
    assert!(list["报告"][3]["信息"][0].as_str().unwrap().contains("三十万"), "{list}");
    assert_eq!(desk.reports("out").len(), 4);
}

#[test]
fn mistakes_before_anything_is_written() {
    let desk = Desk::new(&data(3, |_, _| ()));
    for (more, told) in [
        (&["--name", "{{ 年份 }}"][..], "同一个文件名"),
        (&["--name", "{{ 名子 }}"][..], "名称"),
        (&["--shard", "3/2"][..], "3/2"),
    ] {
        let output = desk.run("out", more);
        assert!(output.status.code().is_some_and(|c| c == 1 || c == 2), "{}", said(&output));
        assert!(said(&output).contains(told), "{}", said(&output));
        assert!(!desk.0.path().join("out").exists());
    }
    desk.write(&data(3, |_, row| *row = row.replace("第03镇", "第02镇")));
    let output = desk.run("out", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("有两条“第02镇”"), "{}", said(&output));
}

#[test]
fn same_bytes_for_threads_and_shards() {
    let desk = Desk::new(&data(9, |_, _| ()));
    desk.run("one", &["--jobs", "1"]);
    desk.run("two", &["--jobs", "2"]);
    desk.run("eight", &["--jobs", "8"]);
    let one = desk.reports("one");
    assert_eq!(one.len(), 18);
    assert!(one == desk.reports("two") && one == desk.reports("eight"), "threads change bytes");
    // Eight machines at once on one shared folder; the index comes from the engine's variables.
    let shards = (0..8).map(|i| {
        let mut command = desk.command("parts", &["--shard", "auto"]);
        command.env("JOB_COMPLETION_INDEX", i.to_string()).env("HUIBAO_SHARDS", "8");
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    for shard in shards.collect::<Vec<Child>>() {
        let output = shard.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    assert!(one == desk.reports("parts"), "shards change bytes");
    // A whole run over the folder takes what the shards have made.
    let whole = desk.run("parts", &["--bind"]);
    assert!(said(&whole).contains("已生成0份，未变9份"), "{}", said(&whole));
    assert!(desk.path("parts/合订本.pdf").is_file());
    let merge = |out: &str| {
        Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["batch", "-o", out, "--merge", "parts"])
            .current_dir(desk.0.path())
            .output()
            .unwrap()
    };
    let merged = merge("parts");
    assert_eq!(merged.status.code(), Some(0), "{}", said(&merged));
    assert_eq!(desk.list("parts")["报告"].as_array().unwrap().len(), 9);
    fs::remove_file(desk.0.path().join("parts/清单-2-8.json")).unwrap();
    let merged = merge("parts");
    assert_eq!(merged.status.code(), Some(1));
    assert!(said(&merged).contains("缺第2片，共1份没有生成：第02镇"), "{}", said(&merged));
}

#[test]
fn renamed_and_merged_units() {
    let mut text = data(3, |_, _| ());
    // 第03镇 was two towns last year: 第03镇 and 旧乡.
    text.push_str("  - {年份: 2025, 名称: 旧乡, 中心站: 建成, 培训场次: 10, 接待群众: 7, 收集建议: 1, 办结建议: 1, 使用经费: 1}\n");
    text.push_str("更名:\n  - {原名: 旧乡, 现名: 第03镇}\n");
    let desk = Desk::new(&text);
    let output = desk.run("out", &["-f", "pdf", "--name", "{{ 名称 }}{{ 上年.培训场次 }}"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // 3 + 2025 % 3 + 10
    assert!(desk.reports("out").contains_key("第03镇13.pdf"), "{:?}", desk.reports("out").keys());
}

#[test]
fn a_name_in_two_spellings_is_told() {
    let desk = Desk::new(&data(3, |_, _| ()).replace("年份: 2025, 名称: 第02镇", "年份: 2025, 名称: 第02"));
    let run = desk.run("out", &["-f", "docx"]);
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.contains("B026") && told.contains("“第02镇”没有上年的数") && told.contains("“第02”"), "{told}");
    // All new, or none gone: nothing to be unsure of.
    let desk = Desk::new(&data(3, |i, row| {
        if i == 2 {
            *row = row.replace("第02镇", "新镇") + &row.clone()
        }
    }));
    let told = String::from_utf8_lossy(&desk.run("out", &["-f", "docx"]).stderr).into_owned();
    assert!(!told.contains("B026"), "{told}");
}
