//! Workbooks and YAML files as clerks hand them in, from the file to what is printed and told:
//! each stands for a kind of input that printed a wrong sentence, or nothing, without a word.

use std::io::Read;
use std::path::PathBuf;
use std::process::Command;

use huibao::diagnostic::render;
use huibao::document::{Document, plain};
use huibao::layout;
use huibao::pipeline::{self, Request};

use super::data_support::{Fill, rows, workbook};
use super::frames;
use super::layout_pdf::KIT;

/// A pack and data in a folder of their own.
pub struct Desk {
    pub dir: tempfile::TempDir,
    pub request: Request,
}

impl Desk {
    pub fn new(template: &str, text: &str, file: &str, data: &[u8]) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let pack = format!("名称: 例\n标题: 关于某项工作情况的汇报\n{template}");
        std::fs::write(dir.path().join("template.yaml"), pack).unwrap();
        std::fs::write(dir.path().join("report.md.j2"), text).unwrap();
        let data_file = dir.path().join(file);
        std::fs::write(&data_file, data).unwrap();
        let template = Some(dir.path().to_string_lossy().into_owned());
        let folders = vec![PathBuf::from(".")];
        Desk { request: Request { data: vec![data_file], template, folders, ..Request::default() }, dir }
    }

    pub fn draft(mut self) -> Desk {
        self.request.draft = true;
        self
    }

    /// The report, or what stands against it.
    pub fn document(&self) -> Result<Document, String> {
        let material = pipeline::prepare(&self.request)
            .map_err(|f| f.diagnostics.iter().map(|d| render(d, &f.sources)).collect::<String>())?;
        let composed = pipeline::compose(&material, None, self.request.draft);
        composed.map(|c| c.document).map_err(|f| f.iter().map(|d| render(d, &material.sources)).collect())
    }

    /// The words of the report.
    pub fn printed(&self) -> String {
        plain(&self.document().unwrap_or_else(|told| panic!("{told}")))
    }

    /// What `huibao check` prints.
    pub fn check(&self) -> String {
        let file = self.request.data[0].file_name().unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args([std::ffi::OsStr::new("check"), file, "-t".as_ref(), ".".as_ref()])
            .current_dir(self.dir.path())
            .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap()
    }
}

/// A workbook of sheets of rows.
pub fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let fills: Vec<_> = sheets
        .iter()
        .map(|(name, body)| (*name, move |sheet: &mut rust_xlsxwriter::Worksheet| rows(sheet, 0, body)))
        .collect();
    let all: Vec<(&str, Fill<'_>)> = fills.iter().map(|(name, fill)| (*name, fill as Fill<'_>)).collect();
    workbook(&all)
}

pub const INFO: (&str, &[&[&str]]) =
    ("报告信息", &[&["项目", "内容"], &["年份", "2026"], &["单位", "某县某局"], &["成文日期", "2026-12-05"]]);

/// The words of the PDF's pages and of the DOCX, blanks and line ends left out.
pub fn pdf_and_docx(document: &Document) -> (String, String) {
    let bare = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let pages = frames::sheets(document);
    let mut pdf = String::new();
    for (_, runs) in pages.iter().flat_map(|sheet| sheet.lines()) {
        runs.iter().for_each(|run| pdf.push_str(&run.text));
    }
    let made = layout::docx(document, &KIT).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(made)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let docx = xml.split("<w:t").skip(1).filter_map(|part| part.split_once('>')?.1.split('<').next());
    (bare(pdf), bare(docx.collect()))
}

#[test]
fn dates_in_quotes_are_dates_where_a_date_is_wanted() {
    let schema = "字段:\n  - {名称: 验收日期, 类型: 日期}\n表:\n  - {名称: 站, 列: [{名称: 名称, 类型: 文本}, {名称: 开放, 类型: 日期}]}\n";
    let text = "# 情况\n\n{{ 验收日期 | 年月日 }}验收，{% for 个 in 站 %}{{ 个.名称 }}{{ 个.开放 | 年月日 }}开放{% endfor %}。编号{{ 编号 }}。\n";
    for date in ["2026-12-09", "2026年12月9日", "2026.12.9", "2026/12/9"] {
        let data = format!(
            "年份: \"2026\"\n报告: {{单位: 某局, 成文日期: \"{date}\"}}\n验收日期: \"{date}\"\n编号: \"2026-12-09\"\n站: [{{名称: 云溪站, 开放: '{date}'}}]\n"
        );
        let desk = Desk::new(schema, text, "例.yaml", data.as_bytes());
        let printed = desk.printed();
        assert!(printed.contains("2026年12月9日验收，云溪站2026年12月9日开放。"), "{printed}");
        // A text that nobody wants a date of stays as it was typed.
        assert!(printed.contains("编号2026-12-09。"), "{printed}");
        let document = desk.document().unwrap();
        let signed = document.signature.date.as_deref().map(huibao::document::plain_text).unwrap_or_default();
        assert_eq!(signed, "2026年12月9日");
    }
    // What is no day stays a mistake, in quotes as without.
    let desk = Desk::new(
        "",
        "# 情况\n\n好。\n",
        "例.yaml",
        "年份: 2026\n报告: {单位: 某局, 成文日期: \"2026年2月30日\"}\n".as_bytes(),
    );
    assert!(desk.document().unwrap_err().contains("T050"));
}

#[test]
fn a_list_item_prints_all_lines_of_its_cell() {
    let data = "年份: 2026\n报告: {单位: 某局, 成文日期: 2026-12-05}\n甲: \"第一行\\n第二行\\n\\n第三行\"\n";
    let desk = Desk::new("", "# 情况\n\n- {{ 甲 }}\n- 第二项\n\n1. 先{{ 甲 }}。\n", "例.yaml", data.as_bytes());
    let document = desk.document().unwrap();
    let (pdf, docx) = pdf_and_docx(&document);
    for (words, of) in [(pdf, "PDF"), (docx, "DOCX")] {
        assert!(words.contains("第一行第二行第三行——第二项"), "{of}：{words}");
        assert!(words.contains("先第一行第二行第三行。"), "{of}：{words}");
    }
}

#[test]
fn a_column_of_years_is_added_to_nothing() {
    let table: &[&[&str]] = &[
        &["单位：万元"],
        &["名称", "年度", "经费"],
        &["云溪镇", "2026", "10"],
        &["石桥镇", "2026", "20"],
        &["柳湾镇", "2026", "30"],
        &["合计", "2026", "60"],
    ];
    let text =
        "# 情况\n\n{% for 镇 in 乡镇 %}{{ 镇.名称 }}{{ 镇.年度 }}；{% endfor %}合计{{ 合计(乡镇, \"经费\") }}。\n";
    let desk = Desk::new("", text, "数据.xlsx", &book(&[INFO, ("乡镇", table)]));
    assert!(desk.printed().contains("云溪镇2026；石桥镇2026；柳湾镇2026；合计60。"), "{}", desk.printed());
    assert_eq!(desk.check(), "没有发现问题\n");
    // A total that is wrong is still told.
    let wrong: Vec<&[&str]> = table[..5].iter().copied().chain([&["合计", "2026", "61"] as &[&str]]).collect();
    let desk = Desk::new("", text, "数据.xlsx", &book(&[INFO, ("乡镇", &wrong)]));
    let told = desk.check();
    assert!(told.contains("D050") && told.contains("各行相加是 60") && told.matches("D050").count() == 1, "{told}");
}

#[test]
fn marks_of_a_figures_own_text_are_nobodys_punctuation() {
    let fill = |sheet: &mut rust_xlsxwriter::Worksheet| {
        rows(sheet, 0, &[&["名称", "增减", "说明"], &["云溪镇", "", "平稳,向好"]]);
        let brackets = rust_xlsxwriter::Format::new().set_num_format("0_);[Red]\\(0\\)");
        sheet.write_with_format(1, 1, -36, &brackets).unwrap();
    };
    let info = |sheet: &mut rust_xlsxwriter::Worksheet| rows(sheet, 0, INFO.1);
    let data = workbook(&[("报告信息", &info), ("乡镇", &fill)]);
    let text = "# 情况\n\n{% for 镇 in 乡镇 %}{{ 镇.名称 }}变动{{ 镇.增减 }}户，{{ 镇.说明 }}。{% endfor %}\n";
    let desk = Desk::new("", text, "数据.xlsx", &data);
    assert!(desk.printed().contains("云溪镇变动(36)户"), "{}", desk.printed());
    let told = desk.check();
    // The marks of the number are the format's, those of the remark are the clerk's.
    assert!(!told.contains("(36)里") && told.matches("P-01").count() == 1 && told.contains("平稳【,】"), "{told}");
}

#[test]
fn no_rule_judges_a_placeholder() {
    let text = "# 情况\n\n{{ 报告.单位 }}共办结{{ 办结 }}件，{{ 上年.办结 }}件\n";
    let desk = Desk::new(
        "",
        text,
        "例.yaml",
        "年份: 2026\n报告: {成文日期: 2026-12-05}\n办结: \n历年: {2025: {办结: }}\n".as_bytes(),
    )
    .draft();
    let material = pipeline::prepare(&desk.request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let document = pipeline::compose(&material, None, true).unwrap().document;
    let found = pipeline::examine(&material, &document, &pipeline::Rules::All);
    let told: Vec<String> = found.iter().map(|f| format!("{} {}", f.diagnostic.code.name(), f.sentence)).collect();
    assert!(plain(&document).contains("〔待填：报告.单位〕"), "{}", plain(&document));
    // The paragraph's missing 。 is the template's fault and is told all the same.
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("P-23 "), "{told:?}");
}

#[test]
fn a_misspelt_sheet_is_told_with_the_right_name() {
    let schema = "表:\n  - {名称: 主要指标, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 本年, 类型: 小数}]}\n  - {名称: 问题, 列: [{名称: 标题, 类型: 文本}, {名称: 内容, 类型: 文本}]}\n";
    let text = "# 情况\n\n{% for 项 in 主要指标 | default([]) %}{{ 项.名称 }}{{ 项.本年 }}。{% endfor %}完成。\n";
    let figures: &[&[&str]] = &[&["名称", "本年"], &["接待", "36"]];
    let told =
        |name: &str, body: &[&[&str]]| Desk::new(schema, text, "数据.xlsx", &book(&[INFO, (name, body)])).check();
    insta::assert_snapshot!("misspelt_sheet", told("主要指标表", figures));
    assert!(told("主要指票", figures).contains("把“主要指票”改名为“主要指标”"));
    // The advice, followed: renamed, or set aside.
    assert_eq!(told("主要指标", figures), "没有发现问题\n");
    assert_eq!(told("_主要指标表", figures), "没有发现问题\n");
    // A sheet of a near name with quite other columns may be another table.
    assert!(told("主要指标表", &[&["片区", "站长"], &["东片", "甲"]]).starts_with("警告[D066]"));
    // By its columns alone it is in doubt.
    let told = told("今年的工作短板", &[&["标题", "内容"], &["基础弱", "欠账多。"]]);
    insta::assert_snapshot!("sheet_by_its_columns", told);
}

#[test]
fn a_blank_year_is_named_once_at_its_cell() {
    let info: (&str, &[&[&str]]) =
        ("报告信息", &[&["项目", "内容"], &["年份", ""], &["单位", "某县某局"], &["成文日期", "2026-12-05"]]);
    let figures: &[&[&str]] = &[&["指标", "本年", "上年"], &["接待", "36", "32"]];
    let text = "# 情况\n\n{{ 年份 }}年接待{{ 接待 }}人。{{ 年份 + 1 }}年再接再厉。\n";
    let desk = Desk::new("", text, "数据.xlsx", &book(&[info, ("指标", figures)]));
    insta::assert_snapshot!("blank_year", desk.check());
    assert_eq!(desk.document().unwrap_err(), desk.check().replace("共1处错误、0处警告、0处提示\n", ""));
    // Where a column says the year, the blank is none.
    let figures: &[&[&str]] = &[&["指标", "2026年", "2025年"], &["接待", "36", "32"]];
    let desk = Desk::new("", text, "数据.xlsx", &book(&[info, ("指标", figures)]));
    assert!(desk.printed().contains("2026年接待36人。2027年再接再厉。"));
}

#[test]
fn a_last_row_of_dates_by_year_is_a_figure() {
    let text = "# 情况\n\n{{ 报送日期 | 年月日 }}报送，上年{{ 上年.报送日期 | 年月日 }}报送。\n";
    let figures: &[&[&str]] = &[
        &["指标", "单位", "2025年", "2026年"],
        &["巡河次数", "次", "46", "52"],
        &["报送日期", "", "2025-12-03", "2026-12-04"],
    ];
    let desk = Desk::new("", text, "数据.xlsx", &book(&[INFO, ("指标", figures)]));
    assert!(desk.printed().contains("2026年12月4日报送，上年2025年12月3日报送。"), "{}", desk.printed());
    assert_eq!(desk.check(), "没有发现问题\n");
    // A date beside its label, under no year of its own, signs the sheet.
    let signed: &[&[&str]] =
        &[&["指标", "单位", "2025年", "2026年"], &["巡河次数", "次", "46", "52"], &["报送日期", "2026-12-04"]];
    let desk = Desk::new("", "# 情况\n\n巡河{{ 巡河次数 }}次。\n", "数据.xlsx", &book(&[INFO, ("指标", signed)]));
    assert!(desk.check().contains("D114"), "{}", desk.check());
}

#[test]
fn columns_called_by_their_year_are_the_declared_ones() {
    let schema = "表:\n  - {名称: 主要指标, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 本年, 类型: 小数, 必填: true}, {名称: 上年, 类型: 小数}]}\n";
    let text = "# 情况\n\n{% for 项 in 主要指标 %}{{ 项.名称 }}{{ 项.本年 }}，上年{{ 项.上年 }}。{% endfor %}\n";
    for [now, past] in [["2026年", "2025年"], ["今年", "上年同期"], ["2026", "去年"]] {
        let table: &[&[&str]] = &[&["名称", now, past], &["接待", "36", "32"]];
        let desk = Desk::new(schema, text, "数据.xlsx", &book(&[INFO, ("主要指标", table)]));
        assert!(desk.printed().contains("接待36，上年32。"), "{}", desk.printed());
        let told = desk.check();
        assert!(told.contains(&format!("“{now}”列按“本年”读取")) && !told.contains("错误["), "{told}");
    }
    // Last year's column alone is not this year's.
    let table: &[&[&str]] = &[&["名称", "2025年", "2024年"], &["接待", "36", "32"]];
    let desk = Desk::new(schema, text, "数据.xlsx", &book(&[INFO, ("主要指标", table)]));
    assert!(desk.document().unwrap_err().contains("没有“本年”列"));
}

#[test]
fn some_months_beside_a_whole_year_are_told() {
    let told = |now: &str, past: &str| {
        let figures: &[&[&str]] = &[&["指标", now, past], &["接待", "36", "32"]];
        Desk::new("", "# 情况\n\n各项工作有序推进。\n", "数据.xlsx", &book(&[INFO, ("指标", figures)])).check()
    };
    insta::assert_snapshot!("unequal_spans", told("2026年1-11月", "2025年"));
    for (now, past) in [
        ("2026年1-11月", "2025年1-11月"),
        ("2026年1-11月", "上年同期"),
        ("2026年", "2025年"),
        ("2026年1-12月", "2025年"),
    ] {
        assert!(!told(now, past).contains("D059"), "{now} {past}");
    }
}
