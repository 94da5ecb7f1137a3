//! Workbooks as offices hand them in, against a schema: what would print a wrong figure must be
//! read right or said.

use huibao::dataset::schema::Schema;
use huibao::dataset::{Dataset, Loaded, schema};
use huibao::diagnostic::{Source, SourceMap};
use huibao::source::yaml;

use crate::data_support::{read, rows, told, workbook};

const SCHEMA: &str = "
字段:
  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true}
  - {名称: 经费, 类型: 小数, 单位: 万元}
表:
  - 名称: 建议
    必填: true
    列:
      - {名称: 类别, 类型: 文本, 必填: true}
      - {名称: 收集, 类型: 整数, 单位: 件, 必填: true}
      - {名称: 办结, 类型: 整数, 单位: 件}
";

fn declared() -> Schema {
    let mut sources = SourceMap::new();
    let id = sources.add(Source {
        path: Default::default(),
        name: "template.yaml".into(),
        text: Some(SCHEMA.into()),
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let root = yaml::read(SCHEMA.as_bytes(), id, &mut sources).expect("YAML");
    let root = root.as_mapping().expect("a mapping");
    Schema::from_yaml(root.get("字段"), root.get("表")).0
}

/// Sheets of rows, the report's year 2026 unless a sheet says it; read and checked.
fn checked(sheets: &[(&str, &[&[&str]])]) -> (Loaded, String) {
    let fills: Vec<_> = sheets
        .iter()
        .map(|(name, body)| (*name, move |sheet: &mut rust_xlsxwriter::Worksheet| rows(sheet, 0, body)))
        .collect();
    let year: &[&[&str]] = &[&["项目", "内容"], &["年份", "2026"]];
    let info = move |sheet: &mut rust_xlsxwriter::Worksheet| rows(sheet, 0, year);
    let mut all: Vec<(&str, crate::data_support::Fill<'_>)> = Vec::new();
    if sheets.iter().all(|(name, _)| *name != "报告信息") {
        all.push(("报告信息", &info));
    }
    all.extend(fills.iter().map(|(name, fill)| (*name, fill as crate::data_support::Fill<'_>)));
    let mut loaded = read(&[("数据.xlsx", &workbook(&all))]);
    let schema = declared();
    if let Some(dataset) = &mut loaded.dataset {
        loaded.diagnostics.extend(schema::check(dataset, &schema));
    }
    let said = told(&loaded);
    (loaded, said)
}

const FIELDS: (&str, &[&[&str]]) = ("指标", &[&["指标", "2026年"], &["培训场次", "5"], &["经费", "3.5"]]);

fn records(loaded: &Loaded, year: i16) -> Vec<String> {
    let dataset: &Dataset = loaded.dataset.as_ref().expect("data");
    let Some(table) = dataset.years.get(&year).and_then(|y| y.tables.get("建议")) else { return Vec::new() };
    let at = table.column("类别").expect("a column");
    table.records.iter().map(|r| r.cells[at].shown.to_string()).collect()
}

/// 全南镇 is a unit though it begins like 全县: it is told, and stays.
#[test]
fn a_unit_that_happens_to_equal_the_rest_is_told_and_kept() {
    for name in ["全南镇", "总工会", "总部"] {
        let rows: &[&[&str]] =
            &[&["类别", "收集", "办结"], &["交通", "9", "8"], &["水利", "7", "6"], &[name, "16", "14"]];
        let (loaded, said) = checked(&[FIELDS, ("建议", rows)]);
        assert_eq!(records(&loaded, 2026), ["交通", "水利", name]);
        assert!(said.contains("警告[D051]") && said.contains(name), "{said}");
    }
}

#[test]
fn a_total_of_one_year_is_no_record_whatever_it_is_called() {
    for label in ["全县", "总数", "汇总", "合计数", "计", "全县合计"] {
        let (loaded, said) = checked(&[
            FIELDS,
            (
                "建议",
                &[
                    &["年份", "类别", "收集", "办结"],
                    &["2026", "交通", "9", "8"],
                    &["2026", "水利", "7", "6"],
                    &["2026", label, "16", "14"],
                    &["2025", "交通", "5", "4"],
                    &["2025", "水利", "3", "2"],
                ],
            ),
        ]);
        assert_eq!(records(&loaded, 2026), ["交通", "水利"], "{label}");
        assert!(!said.contains("错误"), "{label}: {said}");
    }
    let (_, said) = checked(&[
        FIELDS,
        (
            "建议",
            &[
                &["年份", "类别", "收集", "办结"],
                &["2026", "交通", "9", "8"],
                &["2026", "水利", "7", "6"],
                &["2026", "本级", "16", "14"],
                &["2025", "交通", "5", "4"],
            ],
        ),
    ]);
    assert!(said.contains("警告[D051]") && said.contains("“本级”"), "{said}");
}

#[test]
fn a_column_of_years_and_one_of_numbers_are_known_by_any_of_their_names() {
    // 9 + 7 + 5 would be 21, and the numbers of the rows 6.
    let (_, said) = checked(&[
        FIELDS,
        (
            "建议",
            &[
                &["行次", "年度", "类别", "收集"],
                &["1", "2026", "交通", "9"],
                &["2", "2026", "水利", "7"],
                &["3", "2025", "交通", "5"],
                &["9", "2026", "合计", "16"],
            ],
        ),
    ]);
    assert!(!said.contains("D050"), "{said}");
}

#[test]
fn a_total_under_the_rows_of_one_year_is_compared_with_them() {
    let (_, said) = checked(&[
        FIELDS,
        (
            "建议",
            &[
                &["年份", "类别", "收集"],
                &["2026", "交通", "9"],
                &["2026", "水利", "7"],
                &["合计", "", "99"],
                &["2025", "交通", "5"],
            ],
        ),
    ]);
    assert!(said.contains("合计写的是 99，各行相加是 16"), "{said}");
}

#[test]
fn a_part_of_the_row_above_is_not_added_to_it() {
    let (loaded, said) =
        checked(&[FIELDS, ("建议", &[&["类别", "收集"], &["交通", "9"], &["其中：村道", "4"], &["水利", "7"]])]);
    assert_eq!(records(&loaded, 2026), ["交通", "水利"]);
    assert!(said.contains("警告[D052]") && said.contains("第 3 行是“其中”项"), "{said}");
}

#[test]
fn a_year_said_once_holds_for_its_block_and_any_other_blank_is_an_error() {
    let header: &[&str] = &["年份", "类别", "收集"];
    let (loaded, said) = checked(&[
        FIELDS,
        ("建议", &[header, &["2025", "交通", "5"], &["", "水利", "3"], &["2026", "交通", "9"], &["", "水利", "7"]]),
    ]);
    assert_eq!(records(&loaded, 2025), ["交通", "水利"]);
    assert_eq!(records(&loaded, 2026), ["交通", "水利"]);
    assert!(said.contains("提示[D108]"), "{said}");
    let (_, said) = checked(&[
        FIELDS,
        ("建议", &[header, &["2026", "交通", "9"], &["2026", "水利", "7"], &["2025", "交通", "5"], &["", "水利", "3"]]),
    ]);
    assert!(said.contains("错误[D054]") && said.contains("第 5 行没有填年份"), "{said}");
}

#[test]
fn a_name_that_stands_twice_is_told() {
    let twice: &[&[&str]] =
        &[&["名称", "类别", "收集"], &["甲村", "交通", "9"], &["乙村", "交通", "7"], &["甲村", "交通", "9"]];
    let (_, said) = checked(&[FIELDS, ("建议", twice)]);
    assert!(said.contains("警告[D053]") && said.contains("“甲村”不止一行"), "{said}");
    let apart: &[&[&str]] =
        &[&["年份", "名称", "类别", "收集"], &["2026", "甲村", "交通", "9"], &["2025", "甲村", "交通", "7"]];
    let (_, said) = checked(&[FIELDS, ("建议", apart)]);
    assert!(!said.contains("D053"), "{said}");
}

#[test]
fn a_unit_over_a_field_sheet_is_not_meant_for_every_figure() {
    let sheet: &[&[&str]] =
        &[&["", "", "单位：元"], &["指标", "2025年", "2026年"], &["培训场次", "4", "5"], &["经费", "24000", "35000"]];
    let (loaded, said) = checked(&[("指标", sheet), ("建议", &[&["类别", "收集"], &["交通", "9"]])]);
    assert!(!said.contains("错误"), "{said}");
    let dataset = loaded.dataset.as_ref().expect("data");
    let fields = &dataset.current().expect("a year").fields;
    assert_eq!((&*fields["培训场次"].shown, &*fields["经费"].shown), ("5", "3.5"));
}

#[test]
fn a_year_without_figures_is_one_message() {
    let info: &[&[&str]] = &[&["项目", "内容"], &["年份", "2027"]];
    let table: &[&[&str]] = &[&["类别", "收集"], &["交通", "9"]];
    let (_, said) = checked(&[("报告信息", info), FIELDS, ("建议", table)]);
    assert!(said.contains("错误[D078]") && said.contains("报告年份是 2027 年，指标里却只有 2026 年的数"), "{said}");
    assert!(!said.contains("D067"), "{said}");
    let info: &[&[&str]] = &[&["项目", "内容"], &["年份", "2025"]];
    let both: &[&[&str]] = &[&["指标", "2025年", "2026年"], &["培训场次", "4", "5"]];
    let (_, said) = checked(&[("报告信息", info), ("指标", both), ("建议", table)]);
    assert!(said.contains("提示[D125]") && said.contains("更近的 2026 年"), "{said}");
}

#[test]
fn a_table_that_is_written_as_figures_by_year_is_not_lost() {
    let years: &[&[&str]] = &[&["指标名称", "单位", "2026年", "2025年"], &["交通", "件", "9", "8"]];
    let (_, said) = checked(&[FIELDS, ("建议", years)]);
    assert!(
        said.contains("错误[D070]") && said.contains("读成了指标表") && said.contains("类别、收集、办结"),
        "{said}"
    );
}

#[test]
fn columns_under_a_heading_answer_to_their_own_names() {
    let book = workbook(&[
        ("报告信息", &|s| rows(s, 0, &[&["项目", "内容"], &["年份", "2026"]])),
        ("指标", &|s| rows(s, 0, FIELDS.1)),
        ("建议", &|s| {
            rows(s, 0, &[&["类别", "", ""], &["", "收集", "办结"], &["交通", "9", "8"], &["水利", "7", "6"]]);
            let plain = rust_xlsxwriter::Format::new();
            s.merge_range(0, 1, 0, 2, "办理情况", &plain).expect("a range");
            s.merge_range(0, 0, 1, 0, "类别", &plain).expect("a range");
        }),
    ]);
    let mut loaded = read(&[("数据.xlsx", &book)]);
    let said = schema::check(loaded.dataset.as_mut().expect("data"), &declared());
    assert!(said.is_empty(), "{said:?}");
    let data = loaded.dataset.as_ref().and_then(Dataset::current).expect("a year");
    assert_eq!(data.tables["建议"].column("办结"), Some(2));
    let by_year: &[&[&str]] = &[&["类别", "2025年收集", "2026年收集"], &["交通", "9", "8"]];
    let (_, said) = checked(&[FIELDS, ("建议", by_year)]);
    assert!(said.contains("错误[D066]") && said.contains("“2025年收集”、“2026年收集”带着年份"), "{said}");
}

#[test]
fn an_error_in_a_column_that_nobody_asks_for_is_only_a_warning() {
    let book = |column: &'static str| {
        workbook(&[
            ("报告信息", &|s| rows(s, 0, &[&["项目", "内容"], &["年份", "2026"]])),
            ("指标", &|s| rows(s, 0, FIELDS.1)),
            ("建议", &move |s| {
                rows(s, 0, &[&["类别", "收集", column], &["交通", "9", "#DIV/0!"], &["水利", "8", "7"]])
            }),
        ])
    };
    for (column, error) in [("人均", false), ("办结", true)] {
        let mut loaded = read(&[("数据.xlsx", &book(column))]);
        schema::forgive(loaded.dataset.as_ref().expect("data"), &declared(), &mut loaded.diagnostics);
        let said = told(&loaded);
        assert_eq!(said.contains("错误[D040]"), error, "{said}");
        assert!(said.contains("[D040]") && said.contains("建议!C2"), "{said}");
    }
}

#[test]
fn names_set_apart_by_blanks_are_read_without_and_blank_cells_are_none() {
    let (loaded, said) = checked(&[
        FIELDS,
        ("建议", &[&["类 别", "收集", "", " "], &["交　通", "9"], &["水 利", "7"], &["A B", "1"], &["", "", "", " "]]),
    ]);
    assert_eq!(records(&loaded, 2026), ["交通", "水利", "A B"]);
    assert!(said.contains("提示[D123]") && !said.contains("D034"), "{said}");
}

#[test]
fn a_fraction_behind_a_whole_number_is_said() {
    let book = workbook(&[
        ("报告信息", &|s| rows(s, 0, &[&["项目", "内容"], &["年份", "2026"]])),
        ("指标", &|s| {
            rows(s, 0, &[&["指标", "2026年"], &["培训场次"]]);
            let whole = rust_xlsxwriter::Format::new().set_num_format("0");
            s.write_number_with_format(1, 1, 5.4, &whole).expect("a cell");
        }),
    ]);
    let mut loaded = read(&[("数据.xlsx", &book)]);
    let found = schema::check(loaded.dataset.as_mut().expect("data"), &declared());
    assert!(found.iter().any(|d| d.message.contains("单元格显示 5，里面的数是 5.4，不是整数")), "{found:?}");
}

#[test]
fn the_signature_is_known_by_its_other_names_and_a_stranger_is_told() {
    let info: &[&[&str]] =
        &[&["项目", "内容"], &["年份", "2026"], &["汇报单位", "云溪镇人大主席团"], &["落款日期", "2026年12月5日"]];
    let (loaded, _) = checked(&[("报告信息", info), FIELDS, ("建议", &[&["类别", "收集"], &["交通", "9"]])]);
    let data = loaded.dataset.as_ref().expect("data");
    assert_eq!(data.report_value("单位").map(|c| &*c.shown), Some("云溪镇人大主席团"));
    assert_eq!(data.report_value("成文日期").map(|c| &*c.shown), Some("2026年12月5日"));
    assert!(huibao::document::forms::check(data, huibao::template::LayoutKind::Report).is_empty());
    let info: &[&[&str]] = &[&["项目", "内容"], &["年份", "2026"], &["单位", "云溪镇"], &["上报日期", "2026年12月5日"]];
    let (loaded, _) = checked(&[("报告信息", info), FIELDS, ("建议", &[&["类别", "收集"], &["交通", "9"]])]);
    let data = loaded.dataset.as_ref().expect("data");
    let told = huibao::document::forms::unprinted(data, huibao::template::LayoutKind::Report, "某模板", |_| false);
    assert!(told.iter().any(|d| d.code.name() == "T052" && d.message.contains("“上报日期”")), "{told:?}");
}

#[test]
fn a_sheet_for_each_year_is_one_table_of_several_years() {
    let rows: &[&[&str]] = &[&["类别", "收集"], &["交通", "9"]];
    let old: &[&[&str]] = &[&["类别", "收集"], &["水利", "7"]];
    for names in [["2026年建议", "2025年建议"], ["建议", "建议（2025年）"], ["建议2026", "建议2025"]] {
        let (loaded, said) = checked(&[FIELDS, (names[0], rows), (names[1], old)]);
        assert_eq!((records(&loaded, 2026), records(&loaded, 2025)), (vec!["交通".into()], vec!["水利".into()]));
        assert!(!said.contains("错误") && said.contains("按 2025 年的“建议”读取"), "{said}");
    }
    let values: &[&[&str]] = &[&["指标", "数值"], &["培训场次", "5"]];
    let before: &[&[&str]] = &[&["指标", "数值"], &["培训场次", "4"]];
    let (loaded, said) = checked(&[("2026年指标", values), ("2025年指标", before), ("建议", rows)]);
    let dataset = loaded.dataset.as_ref().expect("data");
    assert_eq!(&*dataset.years[&2025].fields["培训场次"].shown, "4", "{said}");
}

#[test]
fn a_nameless_row_of_sums_is_a_total() {
    let rows: &[&[&str]] = &[&["类别", "收集", "办结"], &["交通", "9", "8"], &["水利", "7", "6"], &["", "16", "14"]];
    let (loaded, said) = checked(&[FIELDS, ("建议", rows)]);
    assert_eq!(records(&loaded, 2026), ["交通", "水利"]);
    assert!(said.contains("没有名称的这一行正好等于其余各行之和") && !said.contains("错误"), "{said}");
}

#[test]
fn figures_side_by_side_and_a_year_given_twice_are_one_plain_message() {
    let table: &[&[&str]] = &[&["类别", "收集"], &["交通", "9"]];
    let across: &[&[&str]] = &[&["年份", "培训场次", "经费"], &["2025", "4", "3"], &["2026", "5", "3.5"]];
    let (loaded, said) = checked(&[("情况", across), ("建议", table)]);
    let data = loaded.dataset.expect("data");
    let value = |year: i16| data.years[&year].fields["培训场次"].shown.to_string();
    assert_eq!((value(2026), value(2025)), ("5".into(), "4".into()), "{said}");
    // With words beside them they are records.
    let across: &[&[&str]] = &[&["年份", "培训场次", "经费", "情况"], &["2026", "5", "3.5", "平稳"]];
    let (_, said) = checked(&[("情况", across), ("建议", table)]);
    assert!(said.contains("情况!B1：缺少“培训场次”") && said.contains("指标要竖着排"), "{said}");
    let twice: &[&[&str]] = &[&["主要指标名称", "2026年", "2026"], &["培训场次", "4", "5"], &["经费", "3", "3.5"]];
    let (_, said) = checked(&[("情况", twice), ("建议", table)]);
    assert!(said.contains("错误[D033]") && !said.contains("D010"), "{said}");
}

#[test]
fn rows_of_several_years_without_a_column_of_years_are_told() {
    let bare: &[&[&str]] = &[&["类别", "收集"], &["交通", "9"], &["水利", "7"], &["交通", "5"], &["水利", "3"]];
    let (_, said) = checked(&[FIELDS, ("建议", bare)]);
    assert!(said.contains("警告[D053]") && said.contains("“交通”、“水利”不止一行"), "{said}");
    let other: &[&[&str]] = &[&["时间", "类别", "收集"], &["2026", "交通", "9"], &["2025年", "水利", "7"]];
    let (_, said) = checked(&[FIELDS, ("建议", other)]);
    assert!(said.contains("警告[D055]") && said.contains("“时间”列里是几个年份"), "{said}");
    let one: &[&[&str]] = &[&["时间", "类别", "收集"], &["2026", "交通", "9"], &["2026", "水利", "7"]];
    let (_, said) = checked(&[FIELDS, ("建议", one)]);
    assert!(!said.contains("D055") && !said.contains("D053"), "{said}");
}
