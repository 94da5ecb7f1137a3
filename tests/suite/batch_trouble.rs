//! A batch when things go wrong: hands in its files, locks, signals, folders that take nothing,
//! data that leave open which unit is meant. And volumes for printing.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
#[cfg(unix)]
use std::time::{Duration, Instant};

use super::batch::{Desk, data, said};

#[test]
fn what_someone_changed_is_kept() {
    let desk = Desk::new(&data(3, |_, _| ()));
    desk.run("out", &[]);
    let file = desk.path("out/第02镇_2026年简报.docx");
    let made = fs::read(&file).unwrap();
    fs::write(&file, b"by hand").unwrap();
    fs::remove_file(desk.path("out/第03镇_2026年简报.pdf")).unwrap();
    // Nothing else has changed: the hand's work stays, what is gone is made.
    let again = desk.run("out", &[]);
    assert!(said(&again).contains("已生成1份，未变2份"), "{}", said(&again));
    assert!(said(&again).contains("被人改动过") && said(&again).contains("第02镇"), "{}", said(&again));
    assert_eq!(fs::read(&file).unwrap(), b"by hand");
    assert!(desk.path("out/第03镇_2026年简报.pdf").is_file());
    assert!(desk.list("out")["报告"][1]["信息"].to_string().contains("保留改动"), "{}", desk.list("out"));
    // The data have changed: the hand's work is moved, and that is said.
    desk.write(&data(3, |i, row| {
        if i == 2 {
            *row = row.replace("31.86", "32.5");
        }
    }));
    let changed = desk.run("out", &[]);
    assert!(desk.list("out")["报告"][1]["信息"].to_string().contains("手工改动/"), "{}", said(&changed));
    assert_eq!(fs::read(desk.path("out/手工改动/第02镇_2026年简报.docx")).unwrap(), b"by hand");
    assert!(fs::read(&file).unwrap().starts_with(b"PK"));
    // So it is with --force, and an untouched file is just replaced.
    desk.write(&data(3, |_, _| ()));
    desk.run("out", &[]);
    assert_eq!(fs::read(&file).unwrap(), made);
    fs::write(&file, b"again").unwrap();
    desk.run("out", &["--force"]);
    assert_eq!(fs::read(&file).unwrap(), made);
    assert_eq!(fs::read(desk.path("out/手工改动/第02镇_2026年简报-2.docx")).unwrap(), b"again");
}

/// In a batch a required column is required under its own name as well: a clause does not hide it.
#[test]
fn a_draft_shows_what_a_unit_has_to_fill_in() {
    let desk =
        Desk::new("年份: 2026\n报告: {单位: 某办, 成文日期: 2026-12-05}\n乡镇:\n  - {名称: 云溪镇, 场次: , 次数: }\n");
    let pack = desk.path("pack");
    fs::create_dir(&pack).unwrap();
    fs::write(pack.join("report.md.j2"), "# 情况\n\n{{ 名称 }}[[培训{{ 场次 }}场]][[，接待{{ 次数 }}次]]。\n").unwrap();
    let declared = "名称: 简况\n标题: \"{{ 名称 }}简况\"\n表:\n  - 名称: 乡镇\n    列: [{名称: 名称}, {名称: 场次, 类型: 整数, 必填: true}, {名称: 次数, 类型: 整数}]\n";
    fs::write(pack.join("template.yaml"), declared).unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["batch", "data.yaml", "-t", "pack", "--by", "乡镇", "--draft", "-f", "docx"])
        .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
        .current_dir(desk.path(""))
        .output()
        .unwrap();
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let mut document = String::new();
    let bytes = fs::File::open(desk.path("out/云溪镇简况.docx")).unwrap();
    zip::ZipArchive::new(bytes).unwrap().by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    assert!(document.contains("〔待填：场次〕") && !document.contains("待填：次数"), "{document}");
}

#[test]
fn a_record_that_breaks_a_relation_fails_alone() {
    let desk = Desk::new(&data(3, |i, row| {
        if i == 2 {
            *row = row.replace("办结建议: 36", "办结建议: 46");
        }
    }));
    let pack = desk.path("pack");
    fs::create_dir(&pack).unwrap();
    fs::write(pack.join("report.md.j2"), "# 情况\n\n办结{{ 办结建议 }}件。\n").unwrap();
    let declared = "名称: 简报\n标题: \"{{ 名称 }}简报\"\n表:\n  - 名称: 乡镇\n    列: [{名称: 名称}, {名称: 中心站}, {名称: 培训场次}, {名称: 接待群众}, {名称: 收集建议, 类型: 整数}, {名称: 办结建议, 类型: 整数}, {名称: 使用经费}]\n    关系: [办结建议 <= 收集建议]\n";
    fs::write(pack.join("template.yaml"), declared).unwrap();
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.args(["batch", "data.yaml", "--by", "乡镇", "-o", "out", "-f", "docx", "-t", "pack"]).args(more);
        command.env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR")).current_dir(desk.0.path()).output().unwrap()
    };
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("已生成2份，未变0份，失败1份"), "{}", said(&output));
    assert!(said(&output).contains("C-01") && said(&output).contains("第02镇"), "{}", said(&output));
    // A draft is for looking at, mistakes included.
    assert_eq!(run(&["--draft"]).status.code(), Some(0));
}

/// What build refuses to make, a batch does not make either.
#[test]
fn a_report_that_breaks_a_rule_of_the_language_fails_alone() {
    let desk = Desk::new(&data(3, |_, _| ()));
    let pack = desk.path("pack");
    fs::create_dir(&pack).unwrap();
    let text = "# 情况\n\n办结{{ 办结建议 }}件{% if 名称 == \"第02镇\" %}，用了三、四个月{% endif %}。\n";
    fs::write(pack.join("report.md.j2"), text).unwrap();
    fs::write(pack.join("template.yaml"), "名称: 简报\n标题: \"{{ 名称 }}简报\"\n").unwrap();
    let huibao = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.args(args).env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR")).current_dir(desk.0.path()).output().unwrap()
    };
    let batch = ["batch", "data.yaml", "--by", "乡镇", "-o", "out", "-f", "docx", "-t", "pack"];
    let run = |more: &[&str]| huibao(&[&batch, more].concat());
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("已生成2份，未变0份，失败1份"), "{}", said(&output));
    let told = said(&output);
    let line = told.lines().find(|line| line.contains("[P-05]")).unwrap_or_else(|| panic!("{told}")).trim();
    assert!(told.contains("第02镇") && line.contains("report.md.j2:3:"), "{told}");
    // The same words as in a build over that record's fields.
    fs::write(
        desk.path("one.yaml"),
        "年份: 2026\n报告: {单位: 某办, 成文日期: 2026-12-05}\n名称: 第02镇\n办结建议: 36\n",
    )
    .unwrap();
    let single = said(&huibao(&["build", "one.yaml", "-t", "pack", "-o", "one"]));
    let message = line.split_once('：').unwrap().1.split('（').next().unwrap();
    assert!(single.contains("[P-05]") && single.contains(message), "{single}{line}");
    // A draft shows it; an office may not ask for the rule, and then the report is made at last.
    assert_eq!(run(&["--draft"]).status.code(), Some(0));
    fs::write(desk.path("huibao.yaml"), "检查: {P-05: 警告}\n").unwrap();
    let output = run(&[]);
    assert!(said(&output).contains("失败0份"), "{}", said(&output));
    // A rule that becomes an error is asked of reports that were made before.
    fs::write(desk.path("huibao.yaml"), "检查: {P-05: 错误}\n").unwrap();
    let output = run(&[]);
    assert!(said(&output).contains("失败1份"), "{}", said(&output));
}

#[test]
fn volumes_for_printing() {
    let desk = Desk::new(&data(4, |i, row| {
        if i == 3 {
            *row = row.replace("31.86", "三十万");
        }
    }));
    let output = desk.run("out", &["--bind", "-f", "docx"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("合订本里没有失败的1份：第03镇"), "{}", said(&output));
    desk.write(&data(4, |_, _| ()));
    let output = desk.run("out", &["--bind", "-f", "docx"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let list = desk.list("out");
    let pages: Vec<usize> = (0..4).map(|i| list["报告"][i]["页数"].as_u64().unwrap() as usize).collect();
    assert!(pages.iter().all(|n| n % 2 == 1), "odd, so that blank pages are needed: {pages:?}");
    let volume = fs::read(desk.path("out/合订本.pdf")).unwrap();
    let expected = pages[..3].iter().map(|n| n + 1).sum::<usize>() + pages[3];
    assert_eq!(count(&volume, b"/Type/Page/") + count(&volume, b"/Type /Page\n"), expected);
    for unit in ["第01镇", "第02镇", "第03镇", "第04镇"] {
        let title: String = unit.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        assert_eq!(count(&volume, format!("/Title<FEFF{title}>").as_bytes()), 1, "{unit} in the outline");
    }
    // Unchanged, it is not made again; without it, it is; the bytes are the same.
    let before = fs::metadata(desk.path("out/合订本.pdf")).unwrap().modified().unwrap();
    desk.run("out", &["--bind", "-f", "docx"]);
    assert_eq!(fs::metadata(desk.path("out/合订本.pdf")).unwrap().modified().unwrap(), before);
    fs::remove_file(desk.path("out/合订本.pdf")).unwrap();
    desk.run("out", &["--bind", "-f", "docx"]);
    assert!(fs::read(desk.path("out/合订本.pdf")).unwrap() == volume);
    let refused = desk.run("out", &["--bind", "--shard", "1/2"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--bind 不能和 --shard 一起用"), "{}", said(&refused));
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}

#[test]
fn one_batch_in_a_folder() {
    let desk = Desk::new(&data(2, |_, _| ()));
    // A lock file that nobody holds is no lock.
    fs::create_dir_all(desk.path("out/.huibao")).unwrap();
    let lock = fs::File::create(desk.path("out/.huibao/lock")).unwrap();
    lock.lock().unwrap();
    let refused = desk.run("out", &[]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(said(&refused).contains("另一个批量任务正在往"), "{}", said(&refused));
    drop(lock);
    assert_eq!(desk.run("out", &[]).status.code(), Some(0));
}

#[test]
fn places_that_take_no_file() {
    let desk = Desk::new(&data(3, |_, _| ()));
    // One name is taken by a folder: that report fails, the others are made.
    fs::create_dir_all(desk.path("out/第02镇_2026年简报.pdf")).unwrap();
    let output = desk.run("out", &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("已生成2份，未变0份，失败1份"), "{}", said(&output));
    assert!(said(&output).contains("是文件夹"), "{}", said(&output));
    // The folder itself is a file.
    fs::write(desk.path("file"), b"").unwrap();
    let output = desk.run("file", &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    // Nothing is written over what is read.
    let sample = format!("{}/samples/township-briefing/2026.xlsx", env!("CARGO_MANIFEST_DIR"));
    fs::copy(&sample, desk.path("清单.xlsx")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["batch", "清单.xlsx", "--by", "乡镇", "-o", "."])
        .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
        .current_dir(desk.0.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(fs::read(desk.path("清单.xlsx")).unwrap() == fs::read(&sample).unwrap());
}

#[cfg(unix)]
#[test]
fn stopped_by_a_signal() {
    let desk = Desk::new(&data(60, |_, _| ()));
    for signal in ["-INT", "-TERM"] {
        let child = desk.command("out", &["--jobs", "1", "--zip", "--force"]);
        let mut child = { child }.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let patience = Instant::now();
        let begun = || {
            let made = fs::read_dir(desk.path("out")).into_iter().flatten().flatten();
            made.filter(|e| e.path().extension().is_some_and(|e| e == "docx")).count()
        };
        let _ = fs::remove_dir_all(desk.path("out"));
        while begun() < 2 && patience.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
        }
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let status = child.wait().unwrap();
        let (mut out, mut err) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(status.code(), Some(130), "{out}{err}");
        assert!(err.contains("再运行同一条命令就接着做"), "{err}");
        assert!(out.contains("未做"), "{out}");
        assert!(!desk.path("out/全部报告.zip").exists(), "an archive of a part would pass for the whole");
        // No file under a final name is torn, none is left unfinished.
        assert!(desk.reports("out").values().all(|b| b.starts_with(b"PK") || b.ends_with(b"%%EOF")));
        assert_eq!(fs::read_dir(desk.path("out/.huibao")).unwrap().flatten().filter(|e| e.path().is_dir()).count(), 0);
    }
    let output = desk.run("out", &["--zip"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(desk.reports("out").len(), 120);
    assert!(desk.path("out/全部报告.zip").exists());
}

#[test]
fn nobody_listens() {
    let desk = Desk::new(&data(3, |i, row| {
        if i == 2 {
            *row = row.replace("31.86", "三十万");
        }
    }));
    let mut command = desk.command("out", &["--progress", "plain", "-f", "pdf"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(desk.reports("out").len(), 2);
    // In a pipe there is no progress unless it is asked for.
    desk.write(&data(3, |_, _| ()));
    let quiet = desk.run("quiet", &["-f", "pdf"]);
    assert!(quiet.stderr.is_empty(), "{}", said(&quiet));
    let plain = desk.run("plain", &["-f", "pdf", "--progress", "plain"]);
    assert!(String::from_utf8_lossy(&plain.stderr).contains("要做3份"), "{}", said(&plain));
}

#[test]
fn which_unit_is_meant() {
    let older = "名称: 旧乡, 中心站: 建成, 培训场次: 1, 接待群众: 1, 收集建议: 1, 办结建议: 1, 使用经费: 1}\n";
    let mut text = data(2, |_, _| ());
    text.push_str(&format!("  - {{年份: 2025, {older}  - {{年份: 2025, {older}"));
    // Nobody's double: nothing is unclear.
    let desk = Desk::new(&text);
    let output = desk.run("out", &["-f", "pdf"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // 第02镇's double: its report fails.
    desk.write(&format!("{text}更名:\n  - {{原名: 旧乡, 现名: 第02镇}}\n"));
    let output = desk.run("out", &["-f", "pdf"]);
    assert!(said(&output).contains("2025年的“乡镇”里有两条“旧乡”的记录"), "{}", said(&output));
    assert!(said(&output).contains("失败1份"), "{}", said(&output));
    // One old unit cannot be two new ones; a table of renames has its columns; a name that
    // leads nowhere is told.
    for (renames, code, told) in [
        ("  - {原名: 第02镇, 现名: 第01镇}\n  - {原名: 第02镇, 现名: 第02镇}\n", 1, "拆分的单位没有可比的上年数"),
        ("  - {原称: 旧乡, 现名: 第02镇}\n", 1, "“更名”表里没有“原名”这一列，是不是“原称”？"),
        ("  - {原名: 旧乡, 现名: 第9镇}\n", 0, "没有用上：现在的表里没有这个单位"),
        ("  - {原名: 旧镇, 现名: 第02镇}\n", 0, "没有用上：往年的表里没有这个单位"),
    ] {
        desk.write(&format!("{text}更名:\n{renames}"));
        let output = desk.run("out", &["-f", "pdf"]);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(told), "{}", said(&output));
    }
    // A mistake in last year's record of nobody stops nobody.
    desk.write(&text.replacen("使用经费: 1}", "使用经费: 一}", 1));
    let output = desk.run("out", &["-f", "pdf"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for (by, told) in [("乡真", "是不是“乡镇”？"), ("空表", "空表”表里一条记录也没有")] {
        desk.write(&format!("{text}空表: []\n"));
        let mut args = vec!["batch", "data.yaml", "-o", "none", "--by", by, "-t"];
        let fixture = format!("{}/tests/fixtures/briefing", env!("CARGO_MANIFEST_DIR"));
        args.push(&fixture);
        let mut command = Command::new(env!("CARGO_BIN_EXE_huibao"));
        command.args(args).env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR")).current_dir(desk.0.path());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(told), "{}", said(&output));
        assert!(!desk.path("none").exists());
    }
}

#[test]
fn a_name_that_looks_like_a_formula() {
    let desk = Desk::new(&data(2, |i, row| {
        if i == 2 {
            *row = row.replace("第02镇", "\"=1+1\"");
        }
    }));
    desk.run("out", &["-f", "docx"]);
    let list = fs::File::open(desk.path("out/清单.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(list).unwrap();
    let (mut sheet, mut strings) = (String::new(), String::new());
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut strings).unwrap();
    assert!(!sheet.contains("<f>") && strings.contains("=1+1"), "{sheet}");
}

#[test]
fn what_this_run_does_not_make_is_told() {
    let desk = Desk::new(&data(3, |_, _| ()));
    desk.run("out", &["-f", "pdf"]);
    desk.write(&data(2, |_, _| ()));
    let output = desk.run("out", &["-f", "pdf"]);
    assert!(said(&output).contains("还有1个以前生成、这次没有更新的文件：第03镇_2026年简报.pdf"), "{}", said(&output));
    assert!(desk.path("out/第03镇_2026年简报.pdf").is_file());
}
