//! Typed reading against a declared schema, the form, and the JSON Schema.

use std::path::{Path, PathBuf};

use huibao::dataset::schema::{Schema, check, json_schema};
use huibao::dataset::{LoadOptions, dump, load};
use huibao::diagnostic::{Source, SourceMap, render};
use huibao::form::{self, FormRequest};
use huibao::source::yaml;
use insta::assert_snapshot;

use crate::data_support::{read, rows, workbook};

const DECLARED: &str = "
字段:
  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true, 最小: 0, 含义: 本年培训的场次, 示例: 36}
  - {名称: 办结率, 类型: 百分比}
  - {名称: 经费, 类型: 小数, 单位: 万元}
  - {名称: 面积, 类型: 小数, 单位: 平方米}
  - {名称: 截至日期, 类型: 日期}
  - {名称: 代码, 类型: 文本}
  - {名称: 检查次数, 类型: 整数, 必填: true}
表:
  - 名称: 乡镇
    必填: true
    列:
      - {名称: 名称, 类型: 文本, 必填: true}
      - {名称: 中心站, 类型: 选项, 选项: [建成, 在建, 规划], 必填: true}
      - {名称: 经费, 类型: 小数, 单位: 万元, 最小: 0, 最大: 1000}
      - {名称: 接待, 类型: 整数, 必填: true}
";

fn schema(text: &str) -> (Schema, String) {
    let mut sources = SourceMap::new();
    let id = sources.add(Source {
        path: PathBuf::new(),
        name: "template.yaml".into(),
        text: Some(text.into()),
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let root = yaml::parse(text, id).expect("yaml");
    let (schema, said) = Schema::from_yaml(root.get("字段"), root.get("表"));
    (schema, said.iter().map(|d| render(d, &sources)).collect())
}

fn checked(files: &[(&str, &[u8])]) -> String {
    let mut loaded = read(files);
    let mut dataset = loaded.dataset.take().expect("data");
    let said = check(&mut dataset, &schema(DECLARED).0);
    let told: String = loaded.diagnostics.iter().chain(&said).map(|d| render(d, &loaded.sources)).collect();
    format!("{}----\n{told}", dump(&dataset, &loaded.sources))
}

#[test]
fn every_mistake_of_a_workbook_in_one_run() {
    let bytes = workbook(&[
        ("报告信息", &|s| rows(s, 0, &[&["项目", "内容"], &["年份", "2026"]])),
        ("指标", &|s| {
            rows(
                s,
                0,
                &[
                    &["指标", "单位", "2026"],
                    &["培训场数", "场", "36"],
                    &["办结率", "", "'九成"],
                    &["经费", "元", "318600"],
                    &["面积", "人", "5"],
                    &["截至日期", "", "'年底"],
                    &["代码", "", "'000001"],
                    &["检查次数", "次", "2.5"],
                ],
            )
        }),
        ("乡镇", &|s| {
            rows(
                s,
                0,
                &[
                    &["名称", "中心站", "经费", "接侍"],
                    &["云溪镇", "建成", "'三十万", "5"],
                    &["石桥镇", "建好", "-3", "6"],
                    &["柳湾镇", "", "2000", "7"],
                ],
            )
        }),
    ]);
    assert_snapshot!(checked(&[("数据.xlsx", &bytes)]));
}

#[test]
fn units_percentages_and_codes_settle() {
    assert_snapshot!(checked(&[(
        "数据.yaml",
        "年份: 2026\n培训场次: 36场\n办结率: 78.3\n经费（亿元）: 1.2\n截至日期: 20261130\n代码: 7\n检查次数: 5\n乡镇:\n  - {名称: 云溪镇, 中心站: 在建, 经费: \"1,031.86元\", 接待: 无}\n".as_bytes()
    )]));
}

#[test]
fn nothing_there() {
    assert_snapshot!(checked(&[("数据.yaml", "年份: 2026\n".as_bytes())]));
}

#[test]
fn bad_declarations() {
    let (_, said) = schema(
        "字段:\n  - {名称: a, 类形: 整数}\n  - {类型: 整数}\n  - {名称: b, 类型: 正数}\n  - {名称: a}\n  - {名称: c, 类型: 选项}\n  - {名称: d, 必填: 要}\n  - {名称: e, 最小: 少}\n表: 乡镇\n",
    );
    assert_snapshot!(said);
}

#[test]
fn json_schema_of_a_pack() {
    let schema = json_schema(&schema(DECLARED).0, "样板");
    assert_snapshot!(format!("{schema:#}"));
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The declared data of each pack, by the pack's name.
fn packs() -> Vec<(String, Schema)> {
    let mut packs = Vec::new();
    for entry in std::fs::read_dir(home().join("report-templates")).expect("packs").flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path().join("template.yaml")) else { continue };
        packs.push((entry.file_name().to_string_lossy().into_owned(), schema(&text).0));
    }
    packs.sort_by(|a, b| a.0.cmp(&b.0));
    packs
}

#[test]
fn a_filled_form_reads_back_without_notice() {
    let options = LoadOptions::default();
    for (name, schema) in packs() {
        let sample = home().join(format!("samples/{name}/2026.yaml"));
        if !sample.is_file() {
            continue;
        }
        let original = load(&[sample], &options);
        let mut data = original.dataset.expect("the sample");
        check(&mut data, &schema);
        // The form of the year after holds all of the sample as earlier years.
        let year = data.year.expect("a year") + 1;
        let request = FormRequest { title: &name, year: Some(year), previous: Some(&data), ..FormRequest::default() };
        let bytes = form::workbook(&schema, &request).expect("a form");
        assert_eq!(bytes, form::workbook(&schema, &request).expect("a form"), "{name}: the same bytes");
        let mut back = read(&[("填报表.xlsx", &bytes)]);
        let told: Vec<String> = back.diagnostics.iter().map(|d| render(d, &back.sources)).collect();
        assert!(told.is_empty(), "{name}: {}", told.join(""));
        let mut again = back.dataset.take().expect("the form");
        check(&mut again, &schema);
        assert_eq!(again.year, Some(year), "{name}");
        let (before, after) = (&data.years[&(year - 1)], &again.years[&(year - 1)]);
        for field in &schema.fields {
            let shown = |d: &huibao::dataset::YearData| {
                d.fields.get(&field.name).filter(|c| !c.is_missing()).map(|c| c.value.clone())
            };
            assert_eq!(shown(before), shown(after), "{name}: {}", field.name);
        }
        for table in &schema.tables {
            let Some(first) = before.tables.get(&table.name) else { continue };
            // Where the years stand side by side, each has moved one column on.
            if let (Some(old), Some(_)) = (first.column("本年"), first.column("上年")) {
                let second = &again.years[&year].tables[&table.name];
                let [now, last] = ["本年", "上年"].map(|name| second.column(name).expect("the column"));
                assert_eq!(first.records.len(), second.records.len(), "{name}: {}", table.name);
                for (x, y) in first.records.iter().zip(&second.records) {
                    assert_eq!(x.cells[0].value, y.cells[0].value, "{name}");
                    assert_eq!(x.cells[old].value, y.cells[last].value, "{name}");
                    assert!(y.cells[now].is_missing(), "{name}");
                }
                continue;
            }
            let second = &after.tables[&table.name];
            assert_eq!(first.records.len(), second.records.len(), "{name}: {}", table.name);
            for column in &table.columns {
                let (Some(a), Some(b)) = (first.column(&column.name), second.column(&column.name)) else { continue };
                for (x, y) in first.records.iter().zip(&second.records) {
                    assert_eq!(x.cells[a].value, y.cells[b].value, "{name}: {} {}", table.name, column.name);
                }
            }
        }
    }
}

#[test]
fn a_form_without_a_year_asks_for_it_and_has_relative_columns() {
    for (name, schema) in packs() {
        let request = FormRequest { title: &name, ..FormRequest::default() };
        let bytes = form::workbook(&schema, &request).expect("a form");
        let file = tempfile::Builder::new().suffix(".xlsx").tempfile().expect("a file");
        std::fs::write(file.path(), &bytes).expect("written");
        let filled = LoadOptions { year: Some(2026), ..LoadOptions::default() };
        let loaded = load(&[file.path().to_path_buf()], &filled);
        let told: Vec<String> = loaded.diagnostics.iter().map(|d| render(d, &loaded.sources)).collect();
        assert!(told.is_empty(), "{name}: {}", told.join(""));
        let data = loaded.dataset.expect("the form");
        for field in &schema.fields {
            let has = |year: i16| data.years.get(&year).is_some_and(|d| d.fields.contains_key(&field.name));
            assert!([2026, 2025, 2024].into_iter().all(has), "{name}: {}", field.name);
        }
    }
}
