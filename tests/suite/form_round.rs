//! The year's round on every pack: last year's workbook → this year's form → this year's figures
//! → the report, whose comparisons are with last year's figures.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use huibao::dataset::{Dataset, LoadOptions, Value, load};
use huibao::diagnostic::{SourceMap, render};
use huibao::form::{self, FormRequest};
use huibao::template::Pack;

use super::clerk_cases::book;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn huibao(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huibao")).args(args).current_dir(dir).env("HUIBAO_HOME", root()).output().unwrap()
}

fn told(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// The data of a workbook, with nothing said against it.
fn read(path: &Path) -> Dataset {
    let loaded = load(&[path.to_path_buf()], &LoadOptions::default());
    let said: String = loaded.diagnostics.iter().map(|d| render(d, &loaded.sources)).collect();
    assert!(said.is_empty(), "{said}");
    loaded.dataset.unwrap()
}

/// A filled form of last year, as it comes back: 本年, 上年, 前年 side by side in a table.
#[test]
fn columns_of_years_move_one_on() {
    let dir = tempfile::tempdir().unwrap();
    let last = book(&[
        ("报告信息", &[&["项目", "内容"], &["单位", "柳林镇"], &["标题", "旧题"], &["年份", "2026"]]),
        (
            "指标",
            &[
                &["指标", "单位", "本年", "上年", "前年"],
                &["工作名称", "", "改厕"],
                &["经费投入", "万元", "318.6", "402.15"],
            ],
        ),
        (
            "主要指标",
            &[
                &["名称", "单位", "本年", "上年", "前年"],
                &["新建户厕", "户", "1286", "1043", "—"],
                &["普及率", "%", "88.6", "81.2", "74"],
                &["公厕", "座", "", "12"],
            ],
        ),
        ("成效", &[&["标题", "内容"], &["稳步推进", "整村推开。"]]),
        ("台账", &[&["日期", "事项"], &["3月1日", "检查"]]),
    ]);
    std::fs::write(dir.path().join("去年.xlsx"), last).unwrap();
    let out = huibao(dir.path(), &["form", "-t", "work-report", "--from", "去年.xlsx", "-o", "今年.xlsx"]);
    assert!(out.status.success());
    insta::assert_snapshot!("round_of_columns", told(&out));
    let data = read(&dir.path().join("今年.xlsx"));
    assert_eq!(data.year, Some(2027));
    assert_eq!(data.report_value("单位").map(|c| &*c.shown), Some("柳林镇"));
    assert!(data.report_value("标题").is_none());
    let field = |year: i16| data.years[&year].fields["经费投入"].shown.to_string();
    assert_eq!([field(2027), field(2026), field(2025)], ["", "318.6", "402.15"]);
    let table = &data.years[&2027].tables["主要指标"];
    let row = |at: usize| table.records[at].cells.iter().map(|c| c.shown.to_string()).collect::<Vec<_>>().join("|");
    // 期望 and 变化原因 are asked for anew.
    assert_eq!(row(0), "新建户厕|户||1286|1043||");
    assert_eq!(row(1), "普及率|%||88.6|81.2||");
    assert_eq!(row(2), "公厕|座|||12||");
}

/// An office's own workbook, by other headers, and another year than is asked for.
#[test]
fn what_is_not_found_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let last = book(&[("2025年情况", &[&["项目", "计量单位", "2025年"], &["经费投入", "万元", "402.15"]])]);
    std::fs::write(dir.path().join("去年.xlsx"), last).unwrap();
    let made = |year: &str| {
        let args = ["form", "-t", "work-report", "--from", "去年.xlsx", "--year", year, "-o", "表.xlsx"];
        told(&huibao(dir.path(), &args))
    };
    let said = made("2026");
    assert!(said.contains("1项指标2025年的数") && said.contains("没有表“主要指标”"), "{said}");
    let said = made("2028");
    assert!(said.contains("警告[F012]") && said.contains("没有2027年的数，只有2025年的"), "{said}");
}

/// What the template reads without declaring it is asked for as well.
#[test]
fn a_pack_that_declares_nothing_asks_for_what_last_year_had() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("template.yaml"), "名称: 例\n标题: 甲\n").unwrap();
    let text = "# 情况\n\n接待{{ 接待 }}人，{{ 接待 | 同比 }}。{% for 站 in 站点 %}{{ 站.名称 }}{{ 站.人数 }}人。{% endfor %}\n";
    std::fs::write(dir.path().join("report.md.j2"), text).unwrap();
    let last = book(&[
        ("指标", &[&["指标", "单位", "2026年"], &["接待", "人次", "36"], &["无关", "", "1"]]),
        ("站点", &[&["名称", "人数（人）"], &["东站", "5"], &["西站", "7"]]),
    ]);
    std::fs::write(dir.path().join("去年.xlsx"), last).unwrap();
    let out = huibao(dir.path(), &["form", "-t", ".", "--from", "去年.xlsx", "--year", "2027", "-o", "今年.xlsx"]);
    assert!(told(&out).contains("没有带入的有“无关”"), "{}", told(&out));
    let data = read(&dir.path().join("今年.xlsx"));
    let cell = &data.years[&2026].fields["接待"];
    assert_eq!((&*cell.shown, cell.unit.as_deref()), ("36", Some("人次")));
    let now = &data.years[&2027].tables["站点"];
    assert_eq!(
        now.records.iter().map(|r| r.cells[now.column("名称").unwrap()].shown.to_string()).collect::<Vec<_>>(),
        ["东站", "西站"]
    );
    assert_eq!(data.years[&2026].tables["站点"].records.len(), 2);
}

fn packs() -> Vec<(String, Pack)> {
    let mut dirs: Vec<PathBuf> =
        std::fs::read_dir(root().join("report-templates")).unwrap().flatten().map(|e| e.path()).collect();
    dirs.sort();
    let load = |dir: PathBuf| {
        Some((dir.file_name()?.to_string_lossy().into_owned(), Pack::load(&dir, &mut SourceMap::new()).ok()?))
    };
    dirs.into_iter().filter_map(load).collect()
}

/// Each key that the kind of document prints has its row, once; the drop-downs of yes and no too.
#[test]
fn the_form_asks_for_all_that_the_kind_prints() {
    for (name, pack) in packs() {
        let keys = form::report_keys(&pack);
        let request = FormRequest {
            title: &pack.display,
            kind: pack.kind,
            key: &pack.key,
            year: Some(2027),
            report_keys: &keys,
            ..Default::default()
        };
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("表.xlsx");
        std::fs::write(&path, form::workbook(&pack.schema, &request).unwrap()).unwrap();
        let data = read(&path);
        for key in huibao::vocabulary::report::printed(pack.kind) {
            assert!(data.report.get(key.name).is_some_and(|cell| cell.value == Value::Missing), "{name}: {}", key.name);
        }
        assert_eq!(data.report_value("年份").map(|c| &*c.shown), Some("2027"), "{name}");
    }
}

/// A list of names goes over, a list of reasons is written anew.
#[test]
fn lists_of_texts_are_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let template = "名称: 例\n标题: 甲\n表:\n  - {名称: 制度, 列: [{名称: 名称, 类型: 文本}]}\n  - {名称: 原因, 列: [{名称: 内容, 类型: 文稿}]}\n";
    std::fs::write(dir.path().join("template.yaml"), template).unwrap();
    std::fs::write(dir.path().join("report.md.j2"), "# 情况\n\n完成。\n").unwrap();
    let last = "年份: 2026\n制度: [{名称: 《接待制度》}]\n原因: [{内容: 宣传形式单一}]\n";
    std::fs::write(dir.path().join("去年.yaml"), last).unwrap();
    let out = huibao(dir.path(), &["form", "-t", ".", "--from", "去年.yaml", "-o", "今年.xlsx"]);
    assert!(told(&out).contains("“原因”每年重写") && told(&out).contains("“制度”的1个名称"), "{}", told(&out));
    let data = read(&dir.path().join("今年.xlsx"));
    assert_eq!(data.years[&2027].tables["制度"].records.len(), 1);
    assert!(data.years[&2027].tables.get("原因").is_none_or(|table| table.records.is_empty()));
    assert_eq!(data.years[&2026].tables["原因"].records.len(), 1);
}
