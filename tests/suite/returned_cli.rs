//! `check REPORT.docx DATA`, `refresh` and `batch --refresh-edited`, as a clerk runs them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use huibao::revise::{Change, Revision};
use huibao::source::docx;
use serde_json::Value;
use tempfile::TempDir;

use super::batch;
use super::returned_editor::with_part;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder with the data of a sample and its report.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        let data = fs::read_to_string(PathBuf::from(ROOT).join("samples/work-report/2026.yaml")).unwrap();
        fs::write(desk.path("数据.yaml"), data).unwrap();
        let (exit, said) = desk.run(&["build", "数据.yaml", "-f", "docx"]);
        assert_eq!(exit, 0, "{said}");
        let made = fs::read_dir(desk.path("out")).unwrap().next().unwrap().unwrap().path();
        fs::rename(made, desk.path("报告.docx")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> (i32, String) {
        let mut huibao = Command::new(env!("CARGO_BIN_EXE_huibao"));
        let out = huibao.args(args).current_dir(self.0.path()).env("HUIBAO_HOME", ROOT).output().unwrap();
        let text = [out.stdout, out.stderr].concat();
        (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
    }

    fn json(&self, args: &[&str]) -> Value {
        let mut huibao = Command::new(env!("CARGO_BIN_EXE_huibao"));
        let out = huibao.args(args).current_dir(self.0.path()).env("HUIBAO_HOME", ROOT).output().unwrap();
        serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&out.stderr)))
    }

    /// Words of the report, each once in it, become others.
    fn edit(&self, changes: &[(&str, &str)]) {
        edit(&self.path("报告.docx"), changes);
    }

    fn data(&self, changes: &[(&str, &str)]) {
        let mut text = fs::read_to_string(self.path("数据.yaml")).unwrap();
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replacen(old, new, 1);
        }
        fs::write(self.path("数据.yaml"), text).unwrap();
    }

    fn text(&self, name: &str) -> String {
        text(&self.path(name))
    }
}

fn edit(path: &PathBuf, changes: &[(&str, &str)]) {
    let bytes = fs::read(path).unwrap();
    let document = docx::read(&bytes).unwrap();
    let mut revision = Revision::default();
    for (old, new) in changes {
        let there = |own: &docx::Paragraph| own.text.find(old).map(|at| at..at + old.len());
        let place = document.paragraphs().iter().enumerate().find_map(|(at, own)| Some((at, there(own)?)));
        let (paragraph, range) = place.unwrap_or_else(|| panic!("{old}"));
        revision.changes.push(Change { paragraph, range, text: new.to_string() });
    }
    fs::write(path, revision.apply(&bytes, &document).unwrap()).unwrap();
}

fn text(path: &PathBuf) -> String {
    let document = docx::read(&fs::read(path).unwrap()).unwrap();
    document.paragraphs().iter().map(|own| own.text.clone() + "\n").collect()
}

/// Code, level, sentence and heading of each finding.
fn findings(found: &Value) -> Vec<(String, String, String)> {
    let text = |own: &Value| own.as_str().unwrap_or_default().to_string();
    let list = found["findings"].as_array().unwrap().iter();
    list.map(|own| (text(&own["code"]), text(&own["message"]), text(&own["sentence"]))).collect()
}

#[test]
fn what_was_changed_by_hand_is_told_at_its_place() {
    let desk = Desk::new();
    let (exit, said) = desk.run(&["check", "报告.docx", "数据.yaml"]);
    assert_eq!((exit, said.trim()), (0, "没有发现问题"));
    desk.edit(&[
        ("31.6万人次", "36.1万人次"),
        ("同比增长14.6%", "同比下降14.6%"),
        ("新增藏书2.4万册，", ""),
        ("按照月月有主题", "现场走访群众1286人次。按照月月有主题"),
        ("，主要是上半年两辆流动服务车先后检修", "三、四个月"),
    ]);
    let found = desk.json(&["check", "报告.docx", "数据.yaml", "--report", "json"]);
    let told = findings(&found);
    let has = |code: &str, message: &str, sentence: &str| {
        assert!(
            told.iter().any(|(c, m, s)| c == code && m.contains(message) && s.contains(sentence)),
            "{code} {message}: {told:#?}"
        );
    };
    has("E001", "生成时是“31.6”，文件里是“36.1”，数据是“31.6”", "接待读者【36.1】万人次");
    has("E002", "文件里是“同比下降14.6%”", "投入经费186.5万元，【同比下降14.6%】。");
    has("E004", "“1286”", "现场走访群众【1286】人次。");
    has("E005", "“2.4”删去了", "");
    let first = found["findings"].as_array().unwrap().iter().find(|own| own["code"] == "E001").unwrap();
    assert_eq!(first["heading"], "一、基本情况");
    assert!(first["place"]["paragraph"].as_str().unwrap().starts_with('第'), "{first:#}");
    assert_eq!(first["related"][0]["place"]["file"], "数据.yaml");
    let (exit, _) = desk.run(&["check", "报告.docx", "数据.yaml", "--mark", "批注.docx"]);
    assert_eq!(exit, 1);
    let marked = docx::read(&fs::read(desk.path("批注.docx")).unwrap()).unwrap();
    assert_eq!(desk.text("批注.docx"), desk.text("报告.docx"));
    assert!(marked.comments.iter().any(|own| own.author == "汇报" && own.text.contains("36.1")));
}

#[test]
fn units_and_directions_beside_a_figure_are_told() {
    let dir = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(dir.path().join("包")).unwrap();
        fs::write(dir.path().join(name), text).unwrap();
    };
    write("包/template.yaml", "名称: 简况\n标题: 简况\n");
    write("包/report.md.j2", "# 情况\n\n投入{{ 经费 }}万元，增长{{ 增幅 }}%，组织培训{{ 培训 }}场，覆盖各镇。\n");
    write("数据.yaml", "年份: 2026\n经费: 31.86\n增幅: 12.5\n培训: 36\n报告: {单位: 某办, 成文日期: 2026-12-05}\n");
    let run = |args: &[&str]| {
        let mut huibao = Command::new(env!("CARGO_BIN_EXE_huibao"));
        let out = huibao.args(args).current_dir(dir.path()).env("HUIBAO_HOME", ROOT).output().unwrap();
        String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned()
    };
    run(&["build", "数据.yaml", "-t", "包", "-f", "docx"]);
    let path = dir.path().join("out/简况.docx");
    edit(&path, &[("万元，增长", "亿元，下降"), ("36场", "36次")]);
    let said = run(&["check", "out/简况.docx", "数据.yaml", "-t", "包"]);
    assert!(
        said.contains("[E006]") && said.contains("生成时是“万”，文件里是“亿”") && said.contains("文件里是“次”"),
        "{said}"
    );
    assert!(said.contains("[E002]") && said.contains("生成时是“增长”，文件里是“下降”"), "{said}");
    // Without the record the report of today is what it is held against.
    let bytes = fs::read(&path).unwrap();
    let none = "<?xml version=\"1.0\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>";
    fs::write(&path, with_part(&bytes, "docProps/custom.xml", none)).unwrap();
    let said = run(&["check", "out/简况.docx", "数据.yaml", "-t", "包"]);
    assert!(said.contains("[E007]") && said.contains("[E006]") && said.contains("[E002]"), "{said}");
    assert!(said.contains("共3处错误"), "{said}");
}

#[test]
fn new_figures_go_in_and_edits_stay() {
    let desk = Desk::new();
    desk.edit(&[("31.6万人次", "36.1万人次"), ("目前，年度任务已基本完成", "目前，年度任务已经完成")]);
    desk.data(&[
        ("经费投入: 186.50", "经费投入: 150.25"),
        ("本年: 31.6", "本年: 30.2"),
        ("本年: 5, 上年: 3", "本年: 7, 上年: 3"),
    ]);
    let before = desk.text("报告.docx");
    let stale = desk.json(&["check", "报告.docx", "数据.yaml", "--report", "json"]);
    assert!(findings(&stale).iter().any(|(code, message, _)| code == "E003" && message.contains("186.5万元")));
    let told = desk.json(&["refresh", "报告.docx", "数据.yaml", "-o", "新.docx", "-f", "docx,pdf", "--report", "json"]);
    let figures = told["figures"].as_array().unwrap();
    let one = |text: &str| figures.iter().find(|own| own["text"] == text).unwrap_or_else(|| panic!("{text}: {told:#}"));
    assert_eq!((&one("186.5万元")["state"], &one("186.5万元")["new"]), (&"更新".into(), &"150.25万元".into()));
    assert_eq!((&one("36.1")["state"], &one("36.1")["new"]), (&"手工".into(), &"30.2".into()));
    assert_eq!(one("同比增长14.6%")["new"], "同比下降7.7%");
    let states = ["更新", "未变", "手工", "删除"];
    assert!(figures.iter().all(|own| states.contains(&own["state"].as_str().unwrap())));
    let now = desk.text("新.docx");
    for text in
        ["投入经费150.25万元，同比下降7.7%", "接待读者36.1万人次", "年度任务已经完成", "建成城市书房7个，同比增加4个"]
    {
        assert!(now.contains(text), "{text}: {now}");
    }
    // What could not be put in is said beside it.
    let made = docx::read(&fs::read(desk.path("新.docx")).unwrap()).unwrap();
    assert!(made.comments.iter().any(|own| own.text.contains("这里是“30.2”")), "{:?}", made.comments);
    assert!(fs::read(desk.path("新.pdf")).unwrap().starts_with(b"%PDF"));
    // The file that came back stays; another time there is nothing to do.
    assert_eq!(desk.text("报告.docx"), before);
    let (exit, said) = desk.run(&["refresh", "新.docx", "数据.yaml", "-o", "再.docx"]);
    assert!(exit == 0 && said.contains("更新0个"), "{said}");
    assert_eq!(fs::read(desk.path("再.docx")).unwrap(), fs::read(desk.path("新.docx")).unwrap());
    // As tracked changes the old figures are still there to be seen.
    desk.run(&["refresh", "报告.docx", "数据.yaml", "--track"]);
    let tracked = docx::read(&fs::read(desk.path("报告（更新）.docx")).unwrap()).unwrap();
    assert!(tracked.xml.contains("<w:delText xml:space=\"preserve\">186.5万元</w:delText>"));
    assert_eq!(desk.text("报告（更新）.docx"), now);
    let (exit, said) = desk.run(&["refresh", "报告.docx", "数据.yaml", "-o", "报告.docx"]);
    assert!(exit == 2 && said.contains("O002"), "{said}");
}

/// A sentence of the sample that is said only while the figure falls.
const FELL: &str = "流动服务车下乡比上年减少8次，主要是上半年两辆流动服务车先后检修。";

/// The report with edits, beside data in which that figure rises: what is found, and what refresh says and makes of it.
fn risen(edits: &[(&str, &str)]) -> (Vec<(String, String, String)>, Value, Desk) {
    let desk = Desk::new();
    desk.edit(edits);
    let same = desk.json(&["check", "报告.docx", "数据.yaml", "--report", "json"]);
    assert!(!findings(&same).iter().any(|(code, ..)| code == "E003"), "{same:#}");
    desk.data(&[("本年: 88, 上年: 96", "本年: 104, 上年: 96")]);
    let found = findings(&desk.json(&["check", "报告.docx", "数据.yaml", "--report", "json"]));
    let told = desk.json(&["refresh", "报告.docx", "数据.yaml", "-o", "新.docx", "--report", "json"]);
    assert!(desk.text("新.docx").contains("流动服务车下乡104次，同比增长8.3%"));
    (found, told, desk)
}

fn out(told: &Value) -> Vec<&str> {
    let list = told["proposals"].as_array().unwrap().iter().filter(|own| own["what"] == "删去");
    list.map(|own| own["text"].as_str().unwrap()).collect()
}

#[test]
fn a_reworded_sentence_that_is_not_said_any_more_is_told() {
    let mine = "流动服务车下乡比上年减少8次，主要原因是上半年两辆流动服务车先后检修、驾驶员调离。";
    let neighbours =
        [("有的指标不如上年。", "个别指标还不如上年。"), ("优质资源仍集中在城区", "好的资源还是集中在城区")];
    for more in [&[][..], &neighbours[..]] {
        let (found, told, desk) = risen(&[&[(FELL, mine)], more].concat());
        let has =
            |code: &str, words: &str| found.iter().any(|(c, m, s)| c == code && format!("{m}{s}").contains(words));
        assert!(has("E003", &format!("【{mine}】")) && !has("E004", "8"), "{found:#?}");
        assert!(out(&told).contains(&mine), "{told:#}");
        let figures = told["figures"].as_array().unwrap();
        let own: Vec<_> = figures.iter().filter(|own| own["sentence"] == mine).collect();
        assert!(own.iter().any(|own| own["text"] == "比上年减少8次"), "{told:#}");
        assert!(own.iter().all(|own| own["state"] == "手工" && own["new"].is_null()), "{own:#?}");
        // It stays, with a comment, which is made once.
        assert!(desk.text("新.docx").contains(mine));
        let comments = |name: &str| {
            let made = docx::read(&fs::read(desk.path(name)).unwrap()).unwrap();
            made.comments.iter().filter(|own| own.text.contains(mine) && own.text.contains("不再写")).count()
        };
        let (_, said) = desk.run(&["refresh", "新.docx", "数据.yaml", "-o", "再.docx"]);
        assert!(said.contains(&format!("建议删去（已加批注）：{mine}")), "{said}");
        assert_eq!((comments("新.docx"), comments("再.docx")), (1, 1));
    }
    // As it was, beside others that were changed.
    let (found, told, _) = risen(&neighbours);
    assert!(found.iter().any(|(c, _, s)| c == "E003" && s.contains(&format!("【{FELL}】"))), "{found:#?}");
    assert!(out(&told).contains(&FELL), "{told:#}");
}

#[test]
fn a_sentence_of_ones_own_is_not_taken_for_one_that_is_not_said_any_more() {
    let mine = "个别馆室全年只组织活动8次，次数偏少。";
    for edits in [&[(FELL, mine)][..], &[(FELL, ""), ("优质资源仍", "个别馆室全年只组织活动8次，次数偏少。优质资源仍")]]
    {
        let (found, told, _) = risen(edits);
        let own: Vec<_> = found.iter().filter(|(.., sentence)| sentence.contains("个别馆室")).collect();
        assert!(matches!(own[..], [(code, message, _)] if code == "E004" && message.contains("“8”")), "{found:#?}");
        assert!(!out(&told).iter().any(|text| text.contains("个别馆室")), "{told:#}");
    }
}

#[test]
fn a_report_of_one_unit_knows_its_unit() {
    let data = |count: usize| batch::data(count, |_, _| ());
    let desk = batch::Desk::new(&data(3));
    desk.run("out", &["-f", "docx"]);
    let file = desk.path("out/第02镇_2026年简报.docx");
    let check = |path: &str| {
        let mut huibao = Command::new(env!("CARGO_BIN_EXE_huibao"));
        let pack = format!("{ROOT}/tests/fixtures/briefing");
        let args = ["check", path, "data.yaml", "-t", &pack];
        let out = huibao.args(args).current_dir(desk.path("")).env("HUIBAO_HOME", ROOT).output().unwrap();
        String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned()
    };
    assert_eq!(check("out/第02镇_2026年简报.docx").trim(), "没有发现问题");
    // Under another name by its title; without either not at all.
    fs::copy(&file, desk.path("改名.docx")).unwrap();
    assert_eq!(check("改名.docx").trim(), "没有发现问题");
    let foreign = super::word_kit::Docx::new(super::word_kit::par("别的文章。")).bytes();
    fs::write(desk.path("别的.docx"), foreign).unwrap();
    assert!(check("别的.docx").contains("[E008]"), "{}", check("别的.docx"));
}

#[test]
fn a_batch_refreshes_what_was_edited() {
    let drifted = |text: &str| {
        let text = text.to_string();
        batch::data(3, move |i, row| {
            if i == 2 {
                *row = row.replace("31.86", &text);
            }
        })
    };
    let desk = batch::Desk::new(&drifted("31.86"));
    desk.run("out", &["-f", "docx"]);
    let file = desk.path("out/第02镇_2026年简报.docx");
    let old = text(&file);
    assert!(old.contains("31.86"), "{old}");
    let line = old.lines().find(|line| line.contains("31.86")).unwrap().to_string();
    let words: String = line.chars().take(4).collect();
    edit(&file, &[(&line, &line.replacen(&words, &format!("（手工）{words}"), 1))]);
    let edited = fs::read(&file).unwrap();
    for (step, amount) in ["32.5", "33.25"].into_iter().enumerate() {
        desk.write(&drifted(amount));
        desk.run("out", &["-f", "docx", "--refresh-edited"]);
        let now = text(&file);
        assert!(now.contains(amount) && now.contains("（手工）"), "{step}: {now}");
        assert!(desk.list("out")["报告"][1]["信息"].to_string().contains("更新了"), "B027: {}", desk.list("out"));
    }
    assert!(!desk.path("out/手工改动").exists());
    // Without being asked it is moved away as before.
    desk.write(&drifted("34.5"));
    desk.run("out", &["-f", "docx"]);
    assert!(desk.path("out/手工改动").exists() && !text(&file).contains("（手工）"));
    assert_ne!(fs::read(&file).unwrap(), edited);
}
