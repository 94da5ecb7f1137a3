//! 对应: names of the data that the template calls otherwise, proposed, settled and written into a
//! marked copy.

use std::process::Command;

use huibao::dataset::{Input, LoadOptions, load_inputs};

use super::clerk_cases::{Desk, INFO, book};

type Sheet<'s> = (&'s str, &'s [&'s [&'s str]]);

const SCHEMA: &str = "字段:
  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true}
  - {名称: 接待群众, 类型: 整数, 单位: 人次, 必填: true}
表:
  - {名称: 乡镇, 必填: true, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 经费, 类型: 小数, 单位: 万元, 必填: true}]}
";
const TEXT: &str = "# 情况\n\n培训{{ 培训场次 }}场，接待{{ 接待群众 }}人次。{% for 镇 in 乡镇 %}{{ 镇.名称 }}{{ 镇.经费 }}万元。{% endfor %}\n";
const READ: &str = "培训36场，接待402人次。云溪镇18.2万元。";
const FIGURES: Sheet<'_> = ("指标", &[&["指标", "2026年"], &["培训班次", "36"], &["来访人数", "402"]]);
const TOWNS: Sheet<'_> = ("各地", &[&["名称", "花费"], &["云溪镇", "18.2"]]);

fn desk(sheets: &[Sheet<'_>]) -> Desk {
    let all: Vec<Sheet<'_>> = [INFO].into_iter().chain(sheets.iter().copied()).collect();
    Desk::new(SCHEMA, TEXT, "数据.xlsx", &book(&all))
}

impl Desk {
    /// What the program prints, with its exit code.
    fn run(&self, args: &[&str]) -> (String, Option<i32>) {
        let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(args)
            .current_dir(self.dir.path())
            .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        (String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap(), out.status.code())
    }
}

const SETTLED: Sheet<'_> = (
    "对应",
    &[
        &["表内名称", "模板名称"],
        &["培训班次", "培训场次"],
        &["来访人数", "接待群众"],
        &["各地", "乡镇"],
        &["乡镇.花费", "经费"],
    ],
);

#[test]
fn a_sheet_of_the_workbook_settles_fields_tables_and_columns() {
    let desk = desk(&[FIGURES, TOWNS, SETTLED]);
    assert!(desk.printed().contains(READ), "{}", desk.printed());
    assert_eq!(desk.check(), "没有发现问题\n");
}

#[test]
fn settings_beside_the_data_settle_them_as_well() {
    let desk = desk(&[FIGURES, TOWNS]);
    assert!(desk.document().is_err());
    let settings =
        "对应:\n  培训班次: 培训场次\n  来访人数: 接待群众\n  各地: 乡镇\n  花费: 经费\n  别的表里的名称: 接待群众\n";
    std::fs::write(desk.dir.path().join("huibao.yaml"), settings).unwrap();
    assert!(desk.printed().contains(READ), "{}", desk.printed());
    // The file serves other data as well: what these do not have is no mistake.
    assert_eq!(desk.check(), "没有发现问题\n");
}

#[test]
fn a_line_that_leads_nowhere_is_told() {
    let lines: Sheet<'_> = (
        "对应",
        &[
            &["表内名称", "模板名称"],
            &["培训班此", "培训场次"],
            &["来访人数", ""],
            &["花费", "经费用"],
            &["各地", "乡镇"],
            &["各地", "村"],
        ],
    );
    insta::assert_snapshot!(desk(&[FIGURES, TOWNS, lines]).check());
    // A name that the data have already.
    let both: Sheet<'_> =
        ("指标", &[&["指标", "2026年"], &["培训场次", "1"], &["培训班次", "36"], &["接待群众", "402"]]);
    let lines: Sheet<'_> = ("对应", &[&["表内名称", "模板名称"], &["培训班次", "培训场次"]]);
    let told = desk(&[both, ("乡镇", &[&["名称", "经费"], &["云溪镇", "18.2"]]), lines]).check();
    assert!(
        told.contains("错误[D010]") && told.contains("已经有“培训场次”") && told.matches("错误[").count() == 1,
        "{told}"
    );
}

#[test]
fn what_is_proposed_can_be_copied_and_stands_in_a_marked_copy() {
    let desk = desk(&[FIGURES, ("乡镇", &[&["名称", "用去"], &["云溪镇", "18.2"]])]);
    let told = desk.check();
    assert!(told.contains("在“对应”表里加一行：培训班次 | 培训场次"), "{told}");
    assert!(told.contains("在“对应”表里加一行：来访人数 | 接待群众"), "{told}");
    let (_, code) = desk.run(&["check", "数据.xlsx", "-t", ".", "--mark", "标注.xlsx"]);
    assert_eq!(code, Some(1));
    let loaded = load_inputs(vec![Input::Path(desk.dir.path().join("标注.xlsx"))], &LoadOptions::default());
    let fields = &loaded.dataset.unwrap().years[&2026].fields;
    assert!(fields.contains_key("培训场次") && fields.contains_key("接待群众"), "{:?}", fields.keys());
    // What is like nothing is left to the clerk.
    let (told, code) = desk.run(&["check", "标注.xlsx", "-t", "."]);
    assert!(code == Some(1) && told.matches("错误[").count() == 1 && told.contains("没有“经费”列"), "{told}");
}

#[test]
fn of_two_candidates_none_is_taken() {
    let two: Sheet<'_> =
        ("指标", &[&["指标", "2026年"], &["培训场次", "36"], &["接待选民", "202"], &["接待居民", "200"]]);
    let desk = desk(&[two, ("乡镇", &[&["名称", "经费"], &["云溪镇", "18.2"]])]);
    assert!(desk.check().contains("可能是“接待选民”“接待居民”中的一个"), "{}", desk.check());
    desk.run(&["check", "数据.xlsx", "-t", ".", "--mark", "标注.xlsx"]);
    let (told, _) = desk.run(&["check", "标注.xlsx", "-t", "."]);
    assert!(told.contains("缺少“接待群众”") && told.matches("D129").count() == 2, "{told}");
}

#[test]
fn a_table_is_proposed_in_text_data_for_the_settings() {
    let data = "年份: 2026\n报告: {单位: 某局, 成文日期: 2026-12-05}\n培训场次: 36\n来访人数: 402\n乡镇: [{名称: 云溪镇, 经费: 18.2}]\n";
    let desk = Desk::new(SCHEMA, TEXT, "数据.yaml", data.as_bytes());
    assert!(desk.check().contains("在 huibao.yaml 里写：对应: {来访人数: 接待群众}"), "{}", desk.check());
    std::fs::write(desk.dir.path().join("huibao.yaml"), "对应: {来访人数: 接待群众}\n").unwrap();
    assert!(desk.printed().contains("接待402人次"));
}

#[test]
fn a_batch_and_a_collection_go_by_it() {
    let template = "表:\n  - {名称: 乡镇, 必填: true, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 经费, 类型: 小数, 单位: 万元, 必填: true}]}\n文件名: \"{{ 名称 }}\"\n";
    let text = "# 情况\n\n{{ 名称 }}用了{{ 经费 }}万元。\n";
    let settled: Sheet<'_> = ("对应", &[&["表内名称", "模板名称"], &["花费", "经费"]]);
    let towns: Sheet<'_> = ("乡镇", &[&["镇街", "花费"], &["云溪镇", "18.2"]]);
    let desk = Desk::new(template, text, "数据.xlsx", &book(&[INFO, towns, settled]));
    let (told, code) = desk.run(&["batch", "数据.xlsx", "-t", ".", "--by", "乡镇", "-f", "docx"]);
    assert!(code == Some(0) && told.contains("已生成1份"), "{told}");
    let forms = desk.dir.path().join("交来");
    std::fs::create_dir(&forms).unwrap();
    std::fs::write(forms.join("一.xlsx"), book(&[INFO, towns, settled])).unwrap();
    std::fs::write(forms.join("二.xlsx"), book(&[INFO, ("乡镇", &[&["镇街", "开销"], &["石桥镇", "9"]])])).unwrap();
    std::fs::write(forms.join("huibao.yaml"), "对应: {开销: 经费}\n").unwrap();
    let (told, _) = desk.run(&["collect", "交来", "-t", ".", "-o", "汇总.xlsx"]);
    let loaded = load_inputs(vec![Input::Path(desk.dir.path().join("汇总.xlsx"))], &LoadOptions::default());
    let data = loaded.dataset.unwrap();
    let table = &data.years[&2026].tables["乡镇"];
    let at = table.column("经费").unwrap();
    let values: Vec<&str> = table.records.iter().map(|r| &*r.cells[at].shown).collect();
    assert_eq!(values, ["18.2", "9"], "{told}");
}
