//! Returned forms to one workbook: what is planted is found at its cell, nothing is lost, every
//! figure knows its form.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use huibao::dataset::{LoadOptions, load};
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;

pub const COLUMNS: [&str; 12] = [
    "名称",
    "中心站",
    "村级站规划",
    "村级站建成",
    "进站代表",
    "培训场次",
    "培训人次",
    "接待群众",
    "收集建议",
    "办结建议",
    "使用经费",
    "已支付",
];
pub const GOOD: [&str; 12] = ["", "建成", "14", "12", "48", "5", "125", "302", "48", "46", "32.11", "29.61"];

/// A form of the township briefing: one row.
pub fn form(unit: &str, year: &str, change: &[(usize, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("乡镇").unwrap();
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (column, value) in GOOD.iter().enumerate() {
        let changed = change.iter().find(|(at, _)| *at == column).map(|(_, text)| *text);
        let text = changed.unwrap_or(if column == 0 { unit } else { value });
        match text.parse::<f64>() {
            Ok(number) => sheet.write_number(1, column as u16, number).map(drop).unwrap(),
            Err(_) if text.is_empty() => {}
            Err(_) => sheet.write_string(1, column as u16, text).map(drop).unwrap(),
        }
    }
    let sheet = book.add_worksheet().set_name("报告信息").unwrap();
    for (row, (key, value)) in
        (0..).zip([("项目", "内容"), ("单位", unit), ("年份", year), ("模板", "乡镇联络站运行简报")])
    {
        sheet.write_string(row, 0, key).unwrap();
        sheet.write_string(row, 1, value).unwrap();
    }
    book.save_to_buffer().unwrap()
}

pub fn list(units: &[String]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "单位").unwrap();
    for (row, unit) in (1..).zip(units) {
        sheet.write_string(row, 0, unit).unwrap();
    }
    book.save_to_buffer().unwrap()
}

pub struct Desk {
    pub dir: TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { dir: TempDir::new().unwrap() }
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Desk {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(args)
            .current_dir(self.dir.path())
            .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap_or(-1), text(out.stdout), text(out.stderr))
    }

    pub fn collect(&self, template: &str, more: &[&str]) -> (i32, Value) {
        let args = [&["collect", "交来", "-t", template, "--report", "json"], more].concat();
        let (code, stdout, stderr) = self.run(&args);
        (code, serde_json::from_str(&stdout).unwrap_or_else(|e| panic!("{e}: {stdout}{stderr}")))
    }

    pub fn has(&self, name: &str) -> bool {
        self.dir.path().join(name).exists()
    }
}

/// The findings of one file: cells (further ones as well) to messages.
pub fn findings(told: &Value, file: &str) -> Vec<(String, String)> {
    let of_file = told["findings"].as_array().unwrap().iter().filter(|f| f["file"] == file);
    of_file.map(|f| (f["cell"].as_str().unwrap().to_string(), f["message"].as_str().unwrap().to_string())).collect()
}

pub fn says(told: &Value, file: &str, words: &str) -> bool {
    findings(told, file).iter().any(|(_, message)| message.contains(words))
}

pub fn raises(told: &Value, codes: &[&str]) -> bool {
    let found = told["findings"].as_array().unwrap();
    codes.iter().all(|code| found.iter().any(|f| f["code"] == *code))
}

/// The sums of the columns of a table.
pub fn sums(path: &Path, table: &str) -> BTreeMap<String, Decimal> {
    let data = load(&[path.to_path_buf()], &LoadOptions::default()).dataset.unwrap();
    let table = &data.current().unwrap().tables[table];
    let sum = |at: usize| table.records.iter().filter_map(|r| r.cells[at].number()).map(|n| n.decimal).sum::<Decimal>();
    table.columns.iter().enumerate().map(|(at, c)| (c.name.to_string(), sum(at))).collect()
}

/// What may be wrong with a cell: the column, and what is typed there.
const FAULTS: [(usize, &str); 10] = [
    (10, "三十万"),
    (1, "快好了"),
    (7, ""),
    (4, "-3"),
    (5, "2.5"),
    (2, "#N/A"),
    (6, "约一百"),
    (8, "待核"),
    (11, "见附件"),
    (9, "九十九.5"),
];

#[test]
fn a_hundred_planted_faults_are_found_at_their_cells() {
    let desk = Desk::new();
    let units: Vec<String> = (1..=40).map(|i| format!("第{i}镇")).collect();
    let mut planted: Vec<(String, Vec<(usize, &str)>)> = units.iter().map(|unit| (unit.clone(), Vec::new())).collect();
    for i in 0..100 {
        let (form, fault) = (i % 40, FAULTS[(i + i / 40 * 3) % 10]);
        assert!(planted[form].1.iter().all(|(column, _)| *column != fault.0), "one fault a cell");
        planted[form].1.push(fault);
    }
    assert_eq!(planted.iter().map(|(_, faults)| faults.len()).sum::<usize>(), 100);
    let mut right = [Decimal::ZERO; 12];
    for (unit, faults) in &planted {
        desk.file(&format!("交来/{unit}.xlsx"), form(unit, "2026", faults));
        for (column, value) in GOOD.iter().enumerate().skip(2) {
            let typed = faults.iter().find(|(at, _)| at == &column).map_or(*value, |(_, typed)| typed);
            right[column] += typed.parse::<Decimal>().unwrap_or_default();
        }
    }
    desk.file("名单.xlsx", list(&units));
    let (code, told) = desk.collect("township-briefing", &["--units", "名单.xlsx"]);
    assert_eq!((code, told["counts"]["taken"].as_u64(), told["counts"]["missing"].as_u64()), (1, Some(40), Some(0)));
    let mut lost = Vec::new();
    for (unit, faults) in &planted {
        let found = findings(&told, &format!("{unit}.xlsx"));
        for (column, typed) in faults {
            let cell = format!("{}2", (b'A' + *column as u8) as char);
            if !found.iter().any(|(at, _)| *at == cell) {
                lost.push(format!("{unit} {cell} “{typed}”: {found:?}"));
            }
        }
        assert!(desk.has(&format!("退回/{unit}.xlsx")), "{unit}");
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
    let sums = sums(&desk.dir.path().join("汇总.xlsx"), "乡镇");
    for (name, right) in COLUMNS.iter().zip(right).skip(2) {
        assert_eq!(sums[*name], right, "{name}");
    }
}

/// What happens to forms on their way, and what is said of each.
#[test]
fn whatever_comes_is_told() {
    let desk = Desk::new();
    let good = |unit: &str| form(unit, "2026", &[]);
    let units = ["云溪镇", "石桥镇", "白沙乡", "城东街道", "柳林镇", "大坪镇", "麻柳乡", "水口镇"].map(String::from);
    desk.file("名单.xlsx", list(&units));
    desk.file("交来/改了名 (2).xlsx", good("云溪镇"));
    desk.file("交来/石桥/上报.xlsx", form("石桥", "2026", &[]));
    desk.file("交来/白沙一.xlsx", good("白沙乡")).file("交来/白沙二.xlsx", form("白沙乡", "2026", &[(5, "6")]));
    desk.file(
        "交来/城东空表.xlsx",
        form(
            "城东街道",
            "2026",
            &[(1, ""), (2, ""), (3, ""), (4, ""), (5, ""), (6, ""), (7, ""), (8, ""), (9, ""), (10, ""), (11, "")],
        ),
    );
    desk.file("交来/柳林去年.xlsx", form("柳林镇", "2025", &[]));
    desk.file("交来/大坪镇.xlsx", &good("大坪镇")[..900]);
    desk.file("交来/外来.xlsx", good("外乡"));
    desk.file(
        "交来/麻柳.csv",
        format!("{}\n{}\n", COLUMNS.join(","), "麻柳乡,建成,14,12,48,5,125,302,48,46,32.11,29.61"),
    );
    desk.file("交来/~$改了名.xlsx", "x").file("交来/扫描件.jpg", "x").file("交来/说明.docx", "x");
    let (code, told) = desk.collect("township-briefing", &["--units", "名单.xlsx"]);
    assert_eq!(code, 1);
    assert_eq!(told["missing"], serde_json::json!(["水口镇"]), "{told:#}");
    assert_eq!(told["twice"], serde_json::json!(["白沙乡"]));
    assert_eq!(told["unknown"], serde_json::json!(["外乡"]));
    assert!(says(&told, "石桥/上报.xlsx", "名单里是“石桥镇”"));
    assert!(
        says(&told, "白沙二.xlsx", "“培训场次”不一样：白沙一.xlsx 乡镇!F2 是“5”，白沙二.xlsx 乡镇!F2 是“6”"),
        "{told:#}"
    );
    assert!(says(&told, "城东空表.xlsx", "空的"));
    assert!(says(&told, "柳林去年.xlsx", "2025年"));
    assert!(says(&told, "大坪镇.xlsx", "损坏"), "{told:#}");
    assert!(says(&told, "麻柳.csv", "按“乡镇”读取"), "{told:#}");
    assert!(
        says(&told, "~$改了名.xlsx", "临时文件")
            && says(&told, "扫描件.jpg", "图片")
            && says(&told, "说明.docx", "文字文档")
    );
    assert!(raises(&told, &["G001", "G003", "G004", "G007", "G008", "G009", "G010", "G015"]), "{told:#}");
    let data = load(&[desk.dir.path().join("汇总.xlsx")], &LoadOptions::default());
    let (data, sources) = (data.dataset.unwrap(), data.sources);
    let table = &data.current().unwrap().tables["乡镇"];
    let names: Vec<&str> = table.records.iter().map(|r| &*r.cells[0].shown).collect();
    assert_eq!(names, ["云溪镇", "石桥镇", "白沙乡", "麻柳乡", "外乡"]);
    // Of two returns that differ neither is taken.
    assert!(table.records[2].cells[table.column("培训场次").unwrap()].is_missing());
    assert!(!table.records[2].cells[table.column("培训人次").unwrap()].is_missing());
    let place = sources.describe(table.records[1].cells[table.column("接待群众").unwrap()].origin);
    assert_eq!(place, "汇总.xlsx 乡镇!H3（来自 石桥/上报.xlsx 乡镇!H2）");
    assert_eq!(data.current().unwrap().tables.len(), 1, "the lists are no data");
    // The same folder gives the same bytes.
    let first = fs::read(desk.dir.path().join("汇总.xlsx")).unwrap();
    desk.collect("township-briefing", &["--units", "名单.xlsx"]);
    assert_eq!(first, fs::read(desk.dir.path().join("汇总.xlsx")).unwrap());
    assert!(!desk.has("汇总（原有）.xlsx"));
}

#[test]
fn a_collected_workbook_makes_reports_and_is_collected_again() {
    let desk = Desk::new();
    for county in ["甲县", "乙县"] {
        for town in ["东", "西"] {
            let unit = format!("{county}{town}镇");
            desk.file(&format!("{county}/{unit}.xlsx"), form(&unit, "2026", &[]));
        }
        let output = format!("交来/{county}.xlsx");
        let (code, _, stderr) = desk.run(&["collect", county, "-t", "township-briefing", "-o", &output]);
        assert_eq!(code, 0, "{stderr}");
    }
    let (code, told) = desk.collect("township-briefing", &[]);
    assert_eq!(code, 0, "{told:#}");
    let loaded = load(&[desk.dir.path().join("汇总.xlsx")], &LoadOptions::default());
    let data = loaded.dataset.unwrap();
    let table = &data.current().unwrap().tables["乡镇"];
    assert_eq!(table.records.len(), 4);
    let place = loaded.sources.describe(table.records[0].cells[2].origin);
    assert_eq!(place, "汇总.xlsx 乡镇!C2（来自 乙县.xlsx 乡镇!C2（来自 乙县东镇.xlsx 乡镇!C2））");
    let (code, out, stderr) = desk.run(&[
        "batch",
        "汇总.xlsx",
        "-t",
        "township-briefing",
        "--by",
        "乡镇",
        "-f",
        "docx",
        "--set",
        "报告.简报名称=工作简报",
    ]);
    assert_eq!(code, 0, "{stderr}{out}");
    assert!(desk.has("out/甲县东镇_2026年简报.docx"));
    let (code, _, stderr) =
        desk.run(&["trace", "甲县/甲县东镇.xlsx", "-t", "district-overview", "-o", "核对.xlsx", "--draft"]);
    assert!(code <= 1, "{stderr}");
}

/// Forms that have fields only: a row for each unit, over which a batch goes.
#[test]
fn field_sheets_become_a_table_of_units() {
    let desk = Desk::new();
    let sample =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/township-stations/2026.yaml")).unwrap();
    for (unit, number) in [("云溪镇", "48"), ("石桥镇", "52")] {
        let text = sample.replace("云溪镇", unit).replace("接待次数: 48", &format!("接待次数: {number}"));
        desk.file(&format!("交来/{unit}.yaml"), text);
    }
    let (code, told) = desk.collect("township-stations", &[]);
    assert_eq!(told["counts"]["taken"], 2, "{told:#}");
    assert_eq!(code, 0, "{told:#}");
    assert_eq!(told["units"][0]["state"], "已收");
    let loaded = load(&[desk.dir.path().join("汇总.xlsx")], &LoadOptions::default());
    let data = loaded.dataset.unwrap();
    let table = &data.current().unwrap().tables["单位"];
    let names: Vec<&str> = table.records.iter().map(|r| &*r.cells[table.column("名称").unwrap()].shown).collect();
    assert_eq!(names, ["云溪镇", "石桥镇"]);
    let (code, out, stderr) =
        desk.run(&["batch", "汇总.xlsx", "-t", "township-stations", "--by", "单位", "-f", "docx", "--draft"]);
    assert_eq!(code, 0, "{stderr}{out}");
}

/// The 核对表 names the form behind each figure.
#[test]
fn a_figure_is_traced_to_the_form() {
    let desk = Desk::new();
    fs::create_dir_all(desk.dir.path().join("模板")).unwrap();
    desk.file("模板/template.yaml", "名称: 乡镇联络站运行简报\n标题: 简况\n表:\n  - {名称: 乡镇, 必填: true, 列: [{名称: 名称, 类型: 文本, 必填: true}]}\n");
    desk.file("模板/report.md.j2", "# 情况\n全区培训{{ 合计(乡镇, \"培训场次\") }}场。\n");
    for unit in ["云溪镇", "石桥镇"] {
        desk.file(&format!("交来/{unit}.xlsx"), form(unit, "2026", &[]));
    }
    let (code, told) = desk.collect("模板", &[]);
    assert_eq!(code, 0, "{told:#}");
    let (code, _, stderr) = desk.run(&["trace", "汇总.xlsx", "-t", "模板", "-o", "核对.xlsx", "--draft"]);
    assert_eq!(code, 0, "{stderr}");
    let bytes = fs::read(desk.dir.path().join("核对.xlsx")).unwrap();
    let (book, _) = huibao::source::workbook::read(&bytes, "核对.xlsx").unwrap();
    let says = |words: &str| book.sheets[0].cells.iter().any(|c| format!("{:?}", c.value).contains(words));
    assert!(says("来自 云溪镇.xlsx 乡镇!F2、石桥镇.xlsx 乡镇!F2"), "{:?}", book.sheets[0].cells);
}

#[test]
fn returns_that_cannot_be_taken_as_they_are_are_told() {
    let desk = Desk::new();
    desk.file("模板/template.yaml", "名称: 甲\n标题: 简况\n字段: [{名称: 总数, 类型: 整数}]\n表:\n  - {名称: 乡镇, 必填: true, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 数, 类型: 整数}]}\n");
    desk.file("模板/report.md.j2", "# 情况\n共{{ 合计(乡镇, \"数\") }}个。\n");
    let row = |unit: &str, whole: &str| {
        format!("年份: 2026\n报告: {{单位: {unit}}}\n总数: {whole}\n乡镇: [{{名称: {unit}, 数: 1}}]\n")
    };
    desk.file("交来/一.yaml", row("云溪镇", "5")).file("交来/二.yaml", row("云溪镇", "5"));
    desk.file("交来/三.yaml", row("石桥镇", "6") + "备用: [{事项: 有}]\n");
    desk.file("交来/四.yaml", row("大坪镇", "5") + "模板: 别的\n");
    let (_, told) = desk.collect("模板", &[]);
    assert!(raises(&told, &["G002", "G006", "G011", "G018"]), "{told:#}");
    // Forms that have fields only.
    let desk = Desk::new();
    desk.file("模板/template.yaml", "名称: 乙\n标题: 简况\n字段: [{名称: 数, 类型: 整数, 必填: true}]\n表:\n  - {名称: 打算, 列: [{名称: 内容, 类型: 文本}]}\n");
    desk.file("模板/report.md.j2", "# 情况\n共{{ 数 }}个。\n");
    desk.file("交来/云溪镇.yaml", "年份: 2026\n数: 3\n打算: [{内容: 再办一件}]\n");
    let (_, told) = desk.collect("模板", &[]);
    assert!(raises(&told, &["G012", "G016"]), "{told:#}");
    // No form, no name in the list.
    fs::create_dir(desk.dir.path().join("空")).unwrap();
    assert!(desk.run(&["collect", "空", "-t", "模板"]).2.contains("G013"));
    desk.file("名单.xlsx", list(&[]));
    assert!(desk.run(&["collect", "交来", "-t", "模板", "--units", "名单.xlsx"]).2.contains("G014"));
}
