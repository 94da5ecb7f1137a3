//! A batch at its limits: the first failure, a folder that goes away, names that systems do not
//! take, fonts that have changed, shards joined into one archive.

use std::fs;
use std::process::Command;

use super::batch::{Desk, data, said};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_first_failure_is_the_last() {
    // Known from the data: nothing is made. Known from the text: what comes behind is left.
    let desk = Desk::new(&data(12, |i, row| {
        if i == 3 {
            *row = row.replace("31.86", "三十万");
        }
    }));
    let output = desk.run("out", &["--fail-fast", "--jobs", "1", "-f", "docx"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("已生成0份，未变0份，失败1份，未做11份"), "{}", said(&output));
    desk.write(&data(12, |i, row| {
        if i == 3 {
            // Only the report shows that there is no such character.
            *row = row.replace("中心站", "简介: \u{10FFFF}, 中心站");
        } else {
            *row = row.replace("中心站", "简介: 好, 中心站");
        }
    }));
    let pack = desk.path("pack");
    fs::create_dir(&pack).unwrap();
    fs::write(pack.join("template.yaml"), "名称: 简报\n标题: \"{{ 名称 }}简报\"\n").unwrap();
    fs::write(pack.join("report.md.j2"), "# 情况\n\n{{ 简介 }}。\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
    command.args(["batch", "data.yaml", "--by", "乡镇", "-o", "late", "-t", "pack", "-f", "docx"]);
    command.args(["--fail-fast", "--jobs", "1"]).env("HUIBAO_HOME", ROOT).current_dir(desk.0.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("已生成2份，未变0份，失败1份，未做9份"), "{}", said(&output));
    assert!(said(&output).contains("改好以后再运行同一条命令"), "{}", said(&output));
    assert_eq!(desk.list("late")["报告"][11]["状态"], "未做");
}

#[cfg(unix)]
#[test]
fn a_folder_that_goes_away() {
    use std::process::Stdio;
    use std::time::{Duration, Instant};
    let desk = Desk::new(&data(60, |_, _| ()));
    let mut command = desk.command("out", &["--jobs", "1", "-f", "docx"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun =
        || desk.path("out").read_dir().is_ok_and(|mut files| files.any(|f| f.unwrap().path().extension().is_some()));
    let patience = Instant::now();
    while !begun() && patience.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    fs::rename(desk.path("out"), desk.path("elsewhere")).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("文件夹不见了") && said(&output).contains("未做"), "{}", said(&output));
    assert!(!desk.path("out").exists(), "nothing is written to a place that was taken away");
    // Where it is now, the batch goes on.
    let output = desk.run("elsewhere", &["-f", "docx"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(desk.reports("elsewhere").len(), 60);
}

#[test]
fn names_that_systems_do_not_take() {
    let long = "长".repeat(300);
    let names = ["CON", "nul.txt", "COM¹", &long, "尾点.", "第3镇/甲"];
    // In both years.
    let called = |names: &[&str]| {
        let all = names.iter().enumerate();
        all.fold(data(names.len(), |_, _| ()), |text, (i, name)| text.replace(&format!("第{:02}镇", i + 1), name))
    };
    let desk = Desk::new(&called(&names));
    let output = desk.run("out", &["-f", "docx", "--name", "{{ 名称 }}"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let made: Vec<String> = desk.reports("out").into_keys().collect();
    for name in ["_CON.docx", "_nul.txt.docx", "_COM¹.docx", "尾点.docx", "第3镇_甲.docx"] {
        assert!(made.contains(&name.to_owned()), "{name} in {made:?}");
    }
    assert!(made.iter().all(|name| name.len() <= 255), "{made:?}");
    assert!(made.iter().any(|name| name.starts_with("长长") && name.len() > 190));
    // Two that differ only behind the end of what a name can hold: both are named, in short.
    desk.write(&called(&[&format!("{long}一"), &format!("{long}二")]));
    let output = desk.run("twice", &["-f", "docx", "--name", "{{ 名称 }}"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let told = said(&output);
    let line = told.lines().find(|line| line.contains("同一个文件名")).unwrap();
    assert!(line.chars().count() < 200, "{line}");
    assert!(!desk.path("twice").exists());
}

#[cfg(unix)]
#[test]
fn another_font_file_makes_everything_anew() {
    let desk = Desk::new(&data(3, |_, _| ()));
    let home = desk.path("home");
    fs::create_dir_all(home.join("fonts")).unwrap();
    for entry in fs::read_dir(std::path::Path::new(ROOT).join("fonts")).unwrap().flatten() {
        std::os::unix::fs::symlink(entry.path(), home.join("fonts").join(entry.file_name())).unwrap();
    }
    let run = || desk.command("out", &["-f", "docx"]).env("HUIBAO_HOME", &home).output().unwrap();
    let output = run();
    assert!(said(&output).contains("已生成3份"), "{}", said(&output));
    assert!(said(&run()).contains("已生成0份，未变3份"));
    // The file behind the end of its tables: another one, though it draws the same.
    let kai = home.join("fonts/FandolKai-Regular.otf");
    let mut bytes = fs::read(&kai).unwrap();
    bytes.push(0);
    fs::remove_file(&kai).unwrap();
    fs::write(&kai, bytes).unwrap();
    let output = run();
    assert!(said(&output).contains("已生成3份，未变0份"), "{}", said(&output));
}

#[test]
fn shards_joined_into_one_archive() {
    let desk = Desk::new(&data(5, |_, _| ()));
    desk.run("whole", &["-f", "docx", "--zip"]);
    desk.run("a", &["-f", "docx", "--shard", "1/2"]);
    desk.run("b", &["-f", "docx", "--shard", "2/2"]);
    let join = |out: &str, parts: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.args(["batch", "-o", out, "--zip", "--merge"]).args(parts).current_dir(desk.0.path()).output().unwrap()
    };
    let output = join("all", &["a", "b"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("已有5份，失败0份") && said(&output).contains("全部报告.zip"), "{}", said(&output));
    let archive = |folder: &str| fs::read(desk.path(folder).join("全部报告.zip")).unwrap();
    assert!(archive("all") == archive("whole"), "the archive of the shards is that of an undivided run");
    // A part is said to be one.
    let output = join("part", &["a"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("缺第2片，共2份没有生成"), "{}", said(&output));
}
