//! The table of codes: every code stands in the docs, none is written past the table, and each is
//! raised by a test. Those that no other test names are raised here, each by an input of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use huibao::check::{self, Test};
use huibao::diagnostic::codes;
use tempfile::TempDir;

use super::data_support::{rows, workbook};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Faults of the program or the system that no input leads to; L042 watches over the layout,
/// which keeps a heading with its text, and M001 needs a part that is broken only for the copy.
const NO_INPUT: [&str; 10] = ["B008", "B009", "G017", "K001", "L002", "L042", "L098", "L099", "M001", "V003"];

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()) {
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

/// What tests assert: snapshots, and the code of tests without its comments.
fn asserted() -> String {
    let mut found = Vec::new();
    files(&Path::new(ROOT).join("tests"), &mut found);
    files(&Path::new(ROOT).join("src"), &mut found);
    let text = |path: &PathBuf| {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let own = path.starts_with(Path::new(ROOT).join("src"));
        let text = match ending {
            "snap" | "rs" => fs::read_to_string(path).unwrap(),
            _ => return String::new(),
        };
        let text = match ending == "rs" && own && !path.ends_with("tests.rs") {
            true => text.split_once("#[cfg(test)]").map_or(String::new(), |(_, tests)| tests.to_string()),
            false => text,
        };
        text.lines()
            .map(|l| if ending == "rs" { l.split("//").next().unwrap_or("") } else { l }.to_string() + "\n")
            .collect()
    };
    found.iter().map(text).collect()
}

fn names(text: &str, code: &str) -> bool {
    let alone = |at: usize, len: usize| {
        let side = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-');
        side(text[..at].chars().next_back()) && side(text[at + len..].chars().next())
    };
    text.match_indices(code).any(|(at, _)| alone(at, code.len()))
}

#[test]
fn every_code_is_raised_by_a_test() {
    let text = asserted();
    // Each rule's own example raises it (`check::every_rule_finds_its_example`).
    let by_example = |name: &str| check::rule::rule(name).is_some_and(|rule| !matches!(rule.test, Test::Step(_)));
    let unraised: Vec<&str> = codes::all()
        .map(|code| code.name())
        .filter(|name| !by_example(name) && !NO_INPUT.contains(name))
        .filter(|name| !names(&text, name) && !names(&text, &format!("codes::{}", name.replace('-', ""))))
        .collect();
    assert!(unraised.is_empty(), "no test raises {unraised:?}");
}

#[test]
fn no_code_is_written_past_the_table() {
    let mut found = Vec::new();
    files(&Path::new(ROOT).join("src"), &mut found);
    let mut wrong = Vec::new();
    for path in found.iter().filter(|p| p.extension().is_some_and(|e| e == "rs")) {
        if path.starts_with(Path::new(ROOT).join("src/diagnostic/codes")) {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        if path.ends_with("tests.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let line = line.split("//").next().unwrap_or("");
            for code in codes::all().map(|code| code.name()) {
                if line.contains(&format!("\"{code}\"")) || line.contains(&format!("[{code}]")) {
                    wrong.push(format!("{}:{}: {code}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_are_one_of_a_kind_and_told_whole() {
    let mut seen = BTreeSet::new();
    for code in codes::all() {
        assert!(seen.insert(code.name()), "{code} stands twice");
        assert!(!code.title().is_empty(), "{code}");
        match code.text() {
            Some(text) => {
                let all = [text.english, text.meaning, text.example, text.remedy];
                assert!(all.iter().all(|t| !t.trim().is_empty()), "{code}");
                assert!(text.meaning.ends_with('。') && text.remedy.ends_with('。'), "{code}");
            }
            None => assert!(check::rule::rule(code.name()).is_some(), "{code} has no text and is no rule"),
        }
    }
    assert!(check::rule::all().all(|rule| seen.contains(rule.code.name())));
}

#[test]
fn message_pages_are_the_table() {
    for (page, made) in
        [("docs/messages.zh-CN.md", check::messages_chinese()), ("docs/messages.md", check::messages_english())]
    {
        let path = Path::new(ROOT).join(page);
        if std::env::var_os("INSTA_UPDATE").is_some_and(|v| v == "always") {
            fs::write(&path, made).unwrap();
            continue;
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(there == made, "{page} is out of date: INSTA_UPDATE=always cargo test message_pages");
    }
}

/// A folder with a pack 模板 and data that build; a test changes one thing.
struct Desk(TempDir);

const TEMPLATE: &str =
    "名称: 小汇报\n标题: 关于{{ 年份 }}年工作的汇报\n字段:\n  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true}\n";
const REPORT: &str = "# 基本情况\n\n全年开展培训{{ 培训场次 }}场。\n";
const DATA: &str = "模板: 模板\n年份: 2026\n报告: {单位: 云溪镇, 成文日期: 2026-12-05}\n培训场次: 36\n";
const UNITS: &str = "年份: 2026\n报告: {单位: 某办, 成文日期: 2026-12-05}\n";

fn row(year: u16, name: &str) -> String {
    format!(
        "  - {{年份: {year}, 名称: {name}, 中心站: 建成, 培训场次: 12, 接待群众: 30, 收集建议: 8, 办结建议: 6, 使用经费: 3.2}}\n"
    )
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        desk.file("模板/template.yaml", TEMPLATE).file("模板/report.md.j2", REPORT).file("a.yaml", DATA)
    }

    /// With a table of two units for the briefing.
    fn batch(rows: &str) -> Desk {
        Desk::new().file("a.yaml", format!("{UNITS}乡镇:\n{rows}"))
    }

    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Desk {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn said(&self, command: &str) -> String {
        let briefing = format!("{ROOT}/tests/fixtures/briefing");
        let args: Vec<&str> =
            command.split(' ').map(|word| if word == "BRIEFING" { briefing.as_str() } else { word }).collect();
        let mut program = Command::new(env!("CARGO_BIN_EXE_huibao"));
        let output = program.args(args).current_dir(self.0.path()).env("HUIBAO_HOME", ROOT).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    /// The command says the code.
    #[track_caller]
    fn says(self, code: &str, command: &str) -> Desk {
        let said = self.said(command);
        assert!(said.contains(&format!("[{code}]")), "huibao {command} does not say {code}:\n{said}");
        self
    }
}

const BATCH: &str = "batch a.yaml -t BRIEFING --by 乡镇 -f docx";

fn two() -> String {
    [2026, 2025].map(|year| row(year, "云溪镇") + &row(year, "石桥镇")).concat()
}

#[test]
fn codes_of_files() {
    Desk::new().file("a.yaml", "年份: 2026\n数: [1, 2\n").says("Y003", "check a.yaml -t 模板");
    Desk::new().file("a.xlsx", workbook(&[("空", &|_| ())])).says("D037", "check a.xlsx -t 模板");
    let desk = Desk::new();
    fs::File::create(desk.0.path().join("大.xlsx")).unwrap().set_len(3 << 30).unwrap();
    desk.says("S003", "check 大.xlsx -t 模板");
    let book = workbook(&[
        ("报告信息", &|s| rows(s, 0, &[&["年份", "2026"]])),
        ("乱", &|s| rows(s, 0, &[&["1", "2"], &["3", "4"]])),
        ("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["培训场次", "36"], &["", "7"]])),
        ("站2025", &|s| rows(s, 0, &[&["名称", "数"], &["甲", "1"]])),
        ("站2026", &|s| rows(s, 0, &[&["名称", "数"], &["甲", "2"]])),
    ]);
    Desk::new()
        .file("a.xlsx", book)
        .says("D030", "check a.xlsx -t 模板")
        .says("D032", "check a.xlsx -t 模板")
        .says("D124", "check a.xlsx -t 模板");
}

#[test]
fn codes_of_packs() {
    let yaml = |text: &str| Desk::new().file("模板/template.yaml", text);
    let build = "build a.yaml -t 模板 -f docx";
    Desk::new().file("a.yaml", DATA.replace("模板: 模板\n", "")).says("T000", "build a.yaml");
    yaml("标题: 甲\n").says("T002", build);
    yaml("名称: 甲\n标题: 甲\n附件: [{标题: 表}]\n").says("T006", build);
    yaml("名称: 甲\n标题: 甲\n版式: 报表\n").says("T007", build);
    yaml("名称: 甲\n标题: 甲\n格式: [doc]\n").says("T008", build);
    yaml("名称: 甲\n").says("T015", build);
    yaml("名称: 甲\n标题: 甲\n版面: {行距: 80磅}\n").says("L034", build);
    Desk::new().file("模板/report.md.j2", [b'a', 0xFF, 0xFE]).says("T005", build);
    let desk = Desk::new();
    fs::remove_file(desk.0.path().join("模板/report.md.j2")).unwrap();
    let desk = desk.says("T003", build);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hostname", desk.0.path().join("模板/report.md.j2")).unwrap();
        desk.says("T004", build);
    }
    #[cfg(not(unix))]
    drop(desk);
    let report = |text: &str| Desk::new().file("模板/report.md.j2", text);
    let table = "乡镇:\n  - {名称: 甲镇, 数: 1}\n";
    report("{{ 乡镇 }}\n").file("a.yaml", format!("{DATA}{table}")).says("T013", build);
    report("{{ \"甲\" | replace(\"乙\") }}\n").says("T021", build);
    report("培训{{ 培训场次 }}场[[，较上年增加{{ 培训场次 - 上年.培训场次 }}场]]。\n")
        .says("T017", "check a.yaml -t 模板");
    report("![图](没有.png)\n").says("T041", build);
}

#[test]
fn codes_of_the_page() {
    let settings = "版面: {页码: 居中, 页边距对称: 是, 三级标题加重: 是}\n";
    let pack = format!("{TEMPLATE}{settings}附件:\n  - {{标题: 各镇情况表, 文件: 表.md.j2, 横排: true}}\n");
    let desk = Desk::new().file("模板/template.yaml", pack).file("模板/表.md.j2", "情况如表。\n");
    let desk = desk.says("L032", "check a.yaml").says("L033", "check a.yaml").says("L040", "check a.yaml");
    drop(desk);
    let office = "版面: {上边距: 30, 每行字数: 27, 标题字号: 小二, 标题字体: 黑体, 二级标题加粗: 是, 页码样式: 第1页, 首页页码: 否}\n";
    let desk = Desk::new().file("模板/template.yaml", format!("{TEMPLATE}{office}"));
    let codes = ["L037", "L038", "L039", "L045", "L046", "L047", "L048"];
    drop(codes.into_iter().fold(desk, |desk, code| desk.says(code, "check a.yaml")));
    let level = format!("{TEMPLATE}检查: {{P-24: 关}}\n");
    Desk::new().file("模板/template.yaml", level).says("C-91", "check a.yaml");
    let wrong = "# 基本情况\n\n已完成,正在验收{{ 培训场次 }}项。\n";
    Desk::new().file("模板/report.md.j2", wrong).says("C-00", "build a.yaml -f docx");
    let title = DATA.replace("报告: {", "报告: {标题: \"关于甲乙丙丁\\n关于\\n关于甲乙丙丁\", ");
    Desk::new().file("a.yaml", title).says("L041", "check a.yaml");
    let stamps = DATA.replace("报告: {", "报告: {签名章: [章.svg, 章.svg], 签发人: 某某, 签发人职务: 区长, ");
    let plain =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"9\" height=\"9\"/></svg>";
    Desk::new().file("a.yaml", stamps).file("章.svg", plain).says("T051", "build a.yaml -f docx");
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><g></svg>";
    Desk::new()
        .file("模板/report.md.j2", "![图](图.svg)\n")
        .file("模板/图.svg", svg)
        .says("L044", "build a.yaml -f docx");
}

#[test]
fn codes_of_lines() {
    let loose =
        "各项工作有序推进各项工作有序推进各项工作1234567890123456789012345678901234567万元按时完成。{{ 培训场次 }}\n";
    Desk::new().file("模板/report.md.j2", loose).says("L043", "check a.yaml");
    let long = format!("共办理{}件。{{{{ 培训场次 }}}}\n", "1234567890".repeat(6));
    Desk::new().file("模板/report.md.j2", long).says("N-16", "check a.yaml");
}

#[test]
fn codes_of_batches() {
    Desk::batch(&two()).says("B001", "batch a.yaml -t BRIEFING --by 村");
    Desk::new().file("a.yaml", format!("{UNITS}乡镇: []\n")).says("B002", BATCH);
    Desk::batch(&(two() + &row(2026, ""))).says("B003", BATCH);
    Desk::batch(&(two() + &row(2026, "云溪镇"))).says("B004", BATCH);
    Desk::batch(&two().replace("名称:", "代号:")).says("B005", BATCH);
    Desk::batch(&two()).says("B006", &format!("{BATCH} --name ///"));
    Desk::batch(&two()).says("B007", &format!("{BATCH} --name 同名"));
    Desk::batch(&two()).says("B022", &format!("{BATCH} --bind --shard 1/2"));
    let renamed = |pairs: &str| {
        Desk::batch(&(row(2026, "云溪镇") + &row(2026, "石桥镇") + &row(2025, "云溪乡")))
            .file("b.yaml", format!("更名:\n{pairs}"))
    };
    let with = "batch a.yaml b.yaml -t BRIEFING --by 乡镇 -f docx";
    renamed("  - {原名: 云溪乡}\n").says("B023", with);
    renamed("  - {原名: 云溪乡, 现名: 云溪镇}\n  - {原名: 云溪乡, 现名: 石桥镇}\n").says("B024", with);
    renamed("  - {原名: 青山乡, 现名: 云溪镇}\n").says("B025", with);
    let rows: String = (0..102).map(|i| row(2026, &format!("第{i:03}镇"))).collect();
    Desk::batch(&rows).says("C-92", "check a.yaml -t BRIEFING");
    let blank = DATA.replace("培训场次: 36", "");
    Desk::new().file("a.yaml", blank).says("D079", "build a.yaml -f docx --draft");
}

#[test]
fn codes_of_batches_that_go_on() {
    let desk = Desk::batch(&two());
    desk.said(BATCH);
    fs::write(desk.0.path().join("out/云溪镇_2026年简报.docx"), b"by hand").unwrap();
    let desk = desk.says("B015", BATCH).says("B021", "batch a.yaml -t BRIEFING --by 乡镇 -f docx --bind");
    let desk = desk.file("a.yaml", format!("{UNITS}乡镇:\n{}", two().replace("3.2", "4.5")));
    let list = |desk: &Desk| fs::read_to_string(desk.0.path().join("out/清单.json")).unwrap();
    desk.said(BATCH);
    assert!(list(&desk).contains("[B016]"), "{}", list(&desk));
    let desk = desk.file("a.yaml", format!("{UNITS}乡镇:\n{}", row(2026, "云溪镇") + &row(2025, "云溪镇")));
    let desk = desk.says("B019", BATCH);
    drop(desk);
    let bad = two().replace("收集建议: 8", "收集建议: 八件");
    let half = row(2026, "青山镇") + &row(2025, "青山镇") + &bad;
    Desk::batch(&half).says("B018", &format!("{BATCH} --zip"));
    let none = Desk::batch(&bad).says("B018", &format!("{BATCH} --zip --bind"));
    assert!(!none.0.path().join("out/全部报告.zip").exists() && !none.0.path().join("out/合订本.pdf").exists());
    Desk::batch(&half).says("B017", &format!("{BATCH} --zip --fail-fast"));
}

#[test]
fn codes_of_shards() {
    let desk = Desk::batch(&two());
    desk.said(&format!("{BATCH} --shard 1/2 -o 一"));
    let desk = desk.says("B013", "batch --merge 一").says("B010", "batch --merge 模板");
    desk.said(&format!("{BATCH} --shard 2/2 -o 二 --draft"));
    let desk = desk.says("B012", "batch --merge 一 二");
    desk.said(&format!("{BATCH} --shard 2/2 -o 二 --force"));
    fs::remove_file(desk.0.path().join("一/云溪镇_2026年简报.docx")).unwrap();
    let desk = desk.says("B014", "batch --merge 一 二");
    desk.file("一/清单-1-2.json", "{").says("B011", "batch --merge 一 二");
}

#[test]
fn a_volume_of_many_pages_is_divided() {
    // A report takes four sides with its blank one.
    let rows: String = (0..150).map(|i| row(2026, &format!("第{i:03}镇"))).collect();
    let long = "# 情况\n\n{{ 名称 }}。\n".to_string() + &"各项工作有序推进，成效良好。\n\n".repeat(60);
    let pack = "名称: 长\n标题: \"{{ 名称 }}工作汇报\"\n";
    let desk = Desk::batch(&rows).file("长/template.yaml", pack).file("长/report.md.j2", long);
    desk.says("B020", "batch a.yaml -t 长 --by 乡镇 -f pdf --bind");
}

#[test]
fn codes_of_commands() {
    let book = workbook(&[("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["培训场次", "36"]]))]);
    Desk::new().file("a.xlsx", book).says("O002", "form -t 模板 -o a.xlsx --from a.xlsx");
    Desk::new().says("O003", "templates copy 模板 模板");
    Desk::new().says("U002", "build a.yaml -f docx --attach").says("U004", "explain D600");
    Desk::new().says("U003", "check a.yaml --mark 标注.xlsx");
    Desk::new().says("V002", "preview a.yaml --host 0.0.0.0 --no-open");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    Desk::new().says("V001", &format!("preview a.yaml --port {port} --no-open"));
    let form = Desk::new().file("填报表.xlsx", "别的内容");
    form.says("F004", "form -t 模板");
    let sheet = format!("{TEMPLATE}表:\n  - {{名称: \"甲/乙[丙]\", 列: [{{名称: 名称}}]}}\n");
    Desk::new().file("模板/template.yaml", sheet).says("F002", "form -t 模板");
    let desk = Desk::new();
    // Away from the folder that has the fonts.
    let program = desk.0.path().join("huibao-alone");
    fs::copy(env!("CARGO_BIN_EXE_huibao"), &program).unwrap();
    let mut away = Command::new(program);
    let away =
        away.args(["build", "a.yaml", "-t", "模板"]).current_dir(desk.0.path()).env("HUIBAO_HOME", desk.0.path());
    let said = String::from_utf8(away.output().unwrap().stderr).unwrap();
    assert!(said.contains("[F001]"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_output_is_said() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_huibao"));
    let output = program.arg("fonts").env("HUIBAO_HOME", ROOT).stdout(full).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("[O009]"));
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn explain_tells_a_code() {
    let desk = Desk::new();
    insta::assert_snapshot!(
        "explain",
        ["D060", "s-22", "x001", "d050", "D600", "XYZ"]
            .map(|code| format!("$ huibao explain {code}\n{}", desk.said(&format!("explain {code}"))))
            .concat()
    );
}
