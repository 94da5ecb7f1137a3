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
    let one = |f: &Value| {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_string();
        let also = f["also"].as_array().into_iter().flatten().map(text);
        let cells = [text(&f["cell"])].into_iter().chain(also.map(|at| at.rsplit('!').next().unwrap().to_string()));
        cells.map(|cell| (cell, text(&f["message"]))).collect::<Vec<_>>()
    };
    of_file.flat_map(one).collect()
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

/// What may be wrong with a cell: the kind of fault, the column, and what is typed there.
const FAULTS: [(&str, usize, &str); 18] = [
    ("a number in words", 10, "三十万"),
    ("none of the choices", 1, "快好了"),
    ("a required cell left blank", 7, ""),
    ("below the least", 4, "-3"),
    ("a fraction of what is counted", 5, "2.5"),
    ("an error of a formula", 2, "#N/A"),
    ("about so many", 6, "约一百"),
    ("not known yet", 8, "待核"),
    ("elsewhere", 11, "见附件"),
    ("words and digits mixed", 9, "九十九.5"),
    ("a part above its whole", 3, "99"),
    ("a picture in place of a figure", 7, "=DISPIMG(\"ID_1\",1)"),
    ("two figures in a cell", 6, "125、130"),
    ("a day in place of a figure", 5, "2026年5月1日"),
    ("a share in place of a number", 8, "48%"),
    ("another unit", 10, "32.11公里"),
    ("a letter for a digit", 4, "4O"),
    ("a range", 9, "40-46"),
];

/// A hundred faults in forty forms, each kind several times, no two in a cell.
fn planted() -> Vec<(String, Vec<(usize, &'static str)>)> {
    let mut planted: Vec<(String, Vec<(usize, &str)>)> = (1..=40).map(|i| (format!("第{i}镇"), Vec::new())).collect();
    for i in 0..100 {
        let faults = &mut planted[i % 40].1;
        let kinds = (0..FAULTS.len()).map(|more| FAULTS[(i * 7 + more) % FAULTS.len()]);
        let free = kinds.map(|(_, column, typed)| (column, typed)).find(|(at, _)| faults.iter().all(|(c, _)| c != at));
        faults.push(free.unwrap());
    }
    planted
}

#[test]
fn a_hundred_planted_faults_are_found_at_their_cells() {
    let (desk, planted) = (Desk::new(), planted());
    assert_eq!(planted.iter().map(|(_, faults)| faults.len()).sum::<usize>(), 100);
    for (kind, column, typed) in FAULTS {
        let times = planted.iter().filter(|(_, faults)| faults.contains(&(column, typed))).count();
        assert!(times >= 2, "{kind}: {times}");
    }
    let mut right = [Decimal::ZERO; 12];
    for (unit, faults) in &planted {
        desk.file(&format!("交来/{unit}.xlsx"), form(unit, "2026", faults));
        for (column, value) in GOOD.iter().enumerate().skip(2) {
            let typed = faults.iter().find(|(at, _)| at == &column).map_or(*value, |(_, typed)| typed);
            // 48% and 32.11公里 are numbers as well: told, and in both sums.
            right[column] += match (typed.strip_suffix('%'), typed.strip_suffix("公里")) {
                (Some(share), _) => share.parse::<Decimal>().unwrap() / Decimal::ONE_HUNDRED,
                (_, Some(number)) => number.parse().unwrap(),
                _ => typed.parse::<Decimal>().unwrap_or_default(),
            };
        }
    }
    let units: Vec<String> = planted.iter().map(|(unit, _)| unit.clone()).collect();
    desk.file("名单.xlsx", list(&units));
    let (code, told) = desk.collect("township-briefing", &["--units", "名单.xlsx"]);
    assert_eq!((code, told["counts"]["taken"].as_u64(), told["counts"]["missing"].as_u64()), (1, Some(40), Some(0)));
    let output = fs::read(desk.dir.path().join("汇总.xlsx")).unwrap();
    let (book, _) = huibao::source::workbook::read(&output, "汇总.xlsx").unwrap();
    let list = book.sheets.iter().find(|s| s.name == "问题").unwrap();
    let text = |row: u32, column: u32| list.cell(row, column).map_or(String::new(), |c| format!("{:?}", c.value));
    let listed: Vec<(String, String)> =
        (1..=list.cells.last().unwrap().row).map(|r| (text(r, 2), text(r, 3))).collect();
    let mut lost = Vec::new();
    for (unit, faults) in &planted {
        let file = format!("{unit}.xlsx");
        let copy = fs::read(desk.dir.path().join(format!("退回/{file}"))).unwrap();
        let mut copy = zip::ZipArchive::new(std::io::Cursor::new(copy)).unwrap();
        let comments = std::io::read_to_string(copy.by_name("xl/comments1.xml").unwrap()).unwrap();
        for (column, typed) in faults {
            let cell = format!("{}2", (b'A' + *column as u8) as char);
            let told = findings(&told, &file).iter().any(|(at, _)| *at == cell);
            let listed = listed.iter().any(|(f, at)| f.contains(&file) && at.contains(&format!("乡镇!{cell}")));
            let marked = comments.contains(&format!("ref=\"{cell}\""));
            if !(told && listed && marked) {
                lost.push(format!("{unit} {cell} “{typed}”: told {told}, listed {listed}, marked {marked}"));
            }
        }
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

/// 问题 and 催报 are tables of some templates; the lists are called otherwise then.
#[test]
fn a_table_may_be_called_as_a_list_is() {
    let desk = Desk::new();
    desk.file("模板/template.yaml", "名称: 甲\n标题: 简况\n表:\n  - {名称: 乡镇, 必填: true, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 数, 类型: 整数}]}\n  - {名称: 问题, 列: [{名称: 标题, 类型: 文本}]}\n");
    desk.file("模板/report.md.j2", "# 情况\n共{{ 合计(乡镇, \"数\") }}个。\n");
    desk.file("交来/云溪镇.yaml", "年份: 2026\n乡镇: [{名称: 云溪镇, 数: 1}]\n问题: [{标题: 进度慢}]\n");
    assert_eq!(desk.collect("模板", &[]).0, 0);
    let bytes = fs::read(desk.dir.path().join("汇总.xlsx")).unwrap();
    let (book, _) = huibao::source::workbook::read(&bytes, "汇总.xlsx").unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["报告信息", "乡镇", "问题", "催报", "问题（汇总）", "_来源"]);
    let data = load(&[desk.dir.path().join("汇总.xlsx")], &LoadOptions::default()).dataset.unwrap();
    assert_eq!(data.current().unwrap().tables.keys().map(|k| &**k).collect::<Vec<_>>(), ["乡镇", "问题"]);
}

/// The text of a DOCX.
fn words(path: &Path) -> String {
    let mut file = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let text = std::io::read_to_string(file.by_name("word/document.xml").unwrap()).unwrap();
    let pieces = text.split("<w:t").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</w:t>"));
    pieces.map(|(piece, _)| piece).collect()
}

/// Forms that a unit fills in as a whole: a row of 单位 for each, tables whose rows say whose they are;
/// a batch makes the report of each unit as it would have made it itself.
#[test]
fn field_sheets_become_a_table_of_units() {
    for (pack, first) in [("township-stations", "云溪镇"), ("township-annual", "云溪镇")] {
        let desk = Desk::new();
        let sample = fs::read_to_string(format!("{}/samples/{pack}/2026.yaml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let own = sample.lines().find_map(|l| l.trim().strip_prefix("单位: ")).unwrap_or(first).to_string();
        let town = own.find('镇').map_or(own.as_str(), |at| &own[..at + 3]);
        for (unit, cases) in [(town, "第一件"), ("石桥镇", "第二件")] {
            // Each has rows of its own, by the same names.
            let text = sample.replace(town, unit).replace("内容: ", &format!("内容: {cases}"));
            desk.file(&format!("交来/{unit}.yaml"), text);
        }
        let (code, told) = desk.collect(pack, &[]);
        assert_eq!((told["counts"]["taken"].as_u64(), code), (Some(2), 0), "{pack}: {told:#}");
        assert_eq!(told["units"].as_array().unwrap().len(), 2, "{pack}: {told:#}");
        let (code, out, stderr) = desk.run(&["batch", "汇总.xlsx", "-t", pack, "--by", "单位", "-f", "docx"]);
        assert_eq!(code, 0, "{pack}: {stderr}{out}");
        for unit in [town, "石桥镇"] {
            let (code, out, stderr) =
                desk.run(&["build", &format!("交来/{unit}.yaml"), "-t", pack, "-f", "docx", "-o", "自己"]);
            assert_eq!(code, 0, "{pack}: {stderr}{out}");
            let alone = Path::new(out.trim());
            let of_batch = desk.dir.path().join("out").join(alone.file_name().unwrap());
            assert_eq!(words(&desk.dir.path().join(alone)), words(&of_batch), "{pack} {unit}");
        }
        // The county's workbook is a return to the city.
        fs::create_dir(desk.dir.path().join("市里")).unwrap();
        fs::rename(desk.dir.path().join("汇总.xlsx"), desk.dir.path().join("市里/甲县.xlsx")).unwrap();
        let (code, out, stderr) = desk.run(&["collect", "市里", "-t", pack, "-o", "全市.xlsx"]);
        assert_eq!(code, 0, "{pack}: {stderr}{out}");
        let (code, out, stderr) =
            desk.run(&["batch", "全市.xlsx", "-t", pack, "--by", "单位", "-f", "docx", "-o", "全市"]);
        assert_eq!(code, 0, "{pack}: {stderr}{out}");
        for file in fs::read_dir(desk.dir.path().join("out")).unwrap().flatten() {
            let name = file.file_name();
            if name.to_string_lossy().ends_with(".docx") {
                assert_eq!(words(&file.path()), words(&desk.dir.path().join("全市").join(&name)), "{pack} {name:?}");
            }
        }
    }
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
    assert!(raises(&told, &["G016"]), "{told:#}");
    // No form, no name in the list.
    fs::create_dir(desk.dir.path().join("空")).unwrap();
    assert!(desk.run(&["collect", "空", "-t", "模板"]).2.contains("G013"));
    desk.file("名单.xlsx", list(&[]));
    assert!(desk.run(&["collect", "交来", "-t", "模板", "--units", "名单.xlsx"]).2.contains("G014"));
}
