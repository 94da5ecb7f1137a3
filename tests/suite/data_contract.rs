//! Contract §2, sentence by sentence: a test for each, named after it. What is messier stands in
//! `data_clerks`, single formats in `data_formats` and `data_twins`.

use std::path::PathBuf;

use huibao::dataset::{Cell, Dataset, LoadOptions, Value};
use huibao::diagnostic::{Place, Severity, has_error};
use huibao::document;
use huibao::pipeline::{self, Request};
use rust_xlsxwriter::{Format, Formula, Worksheet};

use crate::data_support::{read, read_with, rows, told, workbook};

const INFO: &[&[&str]] = &[&["项目", "内容"], &["标题", "汇报"], &["单位", "云溪镇"], &["年份", "2026"]];

/// A workbook with 报告信息 and one more sheet.
fn book(name: &str, fill: &dyn Fn(&mut Worksheet)) -> Vec<u8> {
    workbook(&[("报告信息", &|s| rows(s, 0, INFO)), (name, fill)])
}

fn data(name: &str, lines: &[&[&str]]) -> Dataset {
    let bytes = book(name, &|s| rows(s, 0, lines));
    read(&[("数据.xlsx", &bytes)]).dataset.expect("data")
}

fn yaml(text: &str) -> Dataset {
    read(&[("数据.yaml", text.as_bytes())]).dataset.expect("data")
}

fn field<'d>(data: &'d Dataset, year: i16, name: &str) -> &'d Cell {
    data.years.get(&year).and_then(|d| d.fields.get(name)).unwrap_or_else(|| panic!("no {name} in {year}"))
}

fn shown(data: &Dataset, table: &str, column: &str) -> Vec<String> {
    let table = &data.years[&2026].tables[table];
    let at = table.column(column).unwrap_or_else(|| panic!("no {column}"));
    table.records.iter().map(|r| r.cells[at].shown.to_string()).collect()
}

/// The text of a report by a template over data.
fn printed(template: &str, file: &str, bytes: &[u8]) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("template.yaml"), "名称: 样板\n").expect("written");
    std::fs::write(dir.path().join("report.md.j2"), format!("# 情况\n\n{template}\n")).expect("written");
    let request = Request {
        template: Some(dir.path().to_string_lossy().into_owned()),
        folders: vec![PathBuf::from(env!("CARGO_MANIFEST_DIR"))],
        ..Default::default()
    };
    let material = pipeline::gather(read(&[(file, bytes)]), &request);
    let material = material.unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap_or_else(|d| panic!("{d:?}"));
    document::plain(&composed.document)
}

#[test]
fn one_dataset_of_fields_by_year_tables_and_report_information() {
    let data = yaml("年份: 2026\n报告: {单位: 云溪镇}\n甲: 1\n历年: {2025: {甲: 2}}\n乡镇: [{名称: 云溪镇}]\n");
    assert_eq!(data.year, Some(2026));
    assert_eq!(&*data.report_value("单位").expect("a unit").shown, "云溪镇");
    assert_eq!((&*field(&data, 2026, "甲").shown, &*field(&data, 2025, "甲").shown), ("1", "2"));
    assert_eq!(shown(&data, "乡镇", "名称"), ["云溪镇"]);
}

#[test]
fn fields_of_the_current_year_stand_at_the_top_level_and_nesting_makes_dotted_names() {
    let data = yaml("年份: 2026\n培训场次: 36\n培训: {场次: 5, 线上: {人次: 7}}\n");
    assert_eq!(&*field(&data, 2026, "培训场次").shown, "36");
    assert_eq!(&*field(&data, 2026, "培训.场次").shown, "5");
    assert_eq!(&*field(&data, 2026, "培训.线上.人次").shown, "7");
}

#[test]
fn a_list_of_maps_is_a_table_and_a_record_may_carry_its_year() {
    let data = yaml("年份: 2026\n乡镇:\n  - {名称: 甲}\n  - {名称: 乙, 年份: 2025}\n  - {名称: 丙, 年份: 2026}\n");
    assert_eq!(shown(&data, "乡镇", "名称"), ["甲", "丙"]);
    assert_eq!(data.years[&2025].tables["乡镇"].records.len(), 1);
}

#[test]
fn sheets_are_recognised_by_their_header_row_not_by_position() {
    let sheets: &[(&str, crate::data_support::Fill<'_>)] = &[
        ("乡镇", &|s| rows(s, 0, &[&["名称", "数"], &["云溪镇", "1"]])),
        ("基本情况", &|s| rows(s, 5, &[&["指标", "2026"], &["甲", "3"]])),
        ("封面", &|s| rows(s, 3, INFO)),
    ];
    let data = read(&[("数据.xlsx", &workbook(sheets))]).dataset.expect("data");
    assert_eq!(data.year, Some(2026));
    assert_eq!(&*field(&data, 2026, "甲").shown, "3");
    assert_eq!(shown(&data, "乡镇", "数"), ["1"]);
}

#[test]
fn report_information_gives_title_unit_date_addressee_template_and_year() {
    let bytes = workbook(&[("报告信息", &|s| {
        let lines: &[&[&str]] = &[
            &["项 目", "内 容"],
            &["标 题：", "关于联络站的汇报"],
            &["单位", "云溪镇"],
            &["成文日期", "2026年12月5日"],
            &["主送", "区人大"],
            &["模板", "work-report"],
            &["年份", "2026年度"],
        ];
        rows(s, 0, lines);
    })]);
    let data = read(&[("数据.xlsx", &bytes)]).dataset.expect("data");
    for (key, value) in [("标题", "关于联络站的汇报"), ("单位", "云溪镇"), ("主送", "区人大"), ("模板", "work-report")]
    {
        assert_eq!(&*data.report_value(key).expect(key).shown, value);
    }
    assert!(matches!(data.report_value("成文日期").expect("a date").value, Value::Date(_)));
    assert_eq!(data.year, Some(2026));
}

#[test]
fn a_field_sheet_has_a_column_for_each_year_as_text_or_number() {
    for first in ["指标", "项目", "字段"] {
        let data = data(
            "情况",
            &[&[first, "单位", "2026", "'2025年", "2024年度", "备注"], &["甲", "场", "1", "2", "3", "注"]],
        );
        for (year, value) in [(2026, "1"), (2025, "2"), (2024, "3")] {
            let cell = field(&data, year, "甲");
            assert_eq!((&*cell.shown, cell.unit.as_deref()), (value, Some("场")), "{first} {year}");
        }
    }
}

#[test]
fn any_other_sheet_is_a_table_named_by_the_sheet_and_split_by_its_column_of_years() {
    let data = data("站点", &[&["年份", "名称"], &["2026", "甲"], &["'2025年", "乙"], &["2026", "丙"]]);
    assert_eq!(shown(&data, "站点", "名称"), ["甲", "丙"]);
    assert_eq!(data.years[&2025].tables["站点"].records.len(), 1);
}

#[test]
fn sheets_that_begin_with_an_underscore_and_explanations_are_not_read() {
    let bytes = workbook(&[
        ("_草稿", &|s| rows(s, 0, &[&["指标", "2026"], &["甲", "1"]])),
        ("填表说明", &|s| rows(s, 0, &[&["指标", "2026"], &["乙", "1"]])),
        ("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["丙", "1"]])),
    ]);
    let data = read(&[("数据.xlsx", &bytes)]).dataset.expect("data");
    let names: Vec<&str> = data.years[&2026].fields.keys().map(|n| &**n).collect();
    assert_eq!(names, ["丙"]);
}

#[test]
fn headers_of_two_and_three_rows_join_their_names() {
    let bytes = book("乡镇", &|s| {
        let f = Format::new();
        s.merge_range(0, 0, 2, 0, "名称", &f).expect("merge");
        s.merge_range(0, 1, 0, 2, "培训", &f).expect("merge");
        s.merge_range(1, 1, 1, 2, "线下", &f).expect("merge");
        rows(s, 2, &[&["", "场次", "人次"], &["云溪镇", "1", "2"]]);
    });
    let data = read(&[("数据.xlsx", &bytes)]).dataset.expect("data");
    assert_eq!(shown(&data, "乡镇", "培训.线下.场次"), ["1"]);
    assert_eq!(shown(&data, "乡镇", "培训.线下.人次"), ["2"]);
}

#[test]
fn the_unit_stands_in_the_header_or_in_a_row_of_its_own() {
    let of = |lines: &[&[&str]]| {
        let data = data("乡镇", lines);
        let table = &data.years[&2026].tables["乡镇"];
        table.columns[table.column("经费").expect("经费")].unit.as_deref().map(str::to_string)
    };
    let (header, body): (&[&str], &[&str]) = (&["名称", "经费"], &["云溪镇", "31.86"]);
    let wanted = Some("万元".to_string());
    assert_eq!(of(&[&["名称", "经费（万元）"], body]), wanted);
    assert_eq!(of(&[&["单位：万元"], header, body]), wanted);
    assert_eq!(of(&[&["", "单位: 万元"], header, body]), wanted);
    assert_eq!(of(&[&["经费情况表（单位：万元）"], header, body]), wanted);
    assert_eq!(of(&[header, &["", "（万元）"], body]), wanted);
}

#[test]
fn vertically_merged_cells_give_each_row_the_value_and_blank_rows_vanish() {
    let bytes = book("村站", &|s| {
        rows(s, 0, &[&["镇", "村"], &["", "上村"], &["", "下村"], &[""], &["石桥镇", "东村"]]);
        s.merge_range(1, 0, 2, 0, "云溪镇", &Format::new()).expect("merge");
    });
    let data = read(&[("数据.xlsx", &bytes)]).dataset.expect("data");
    assert_eq!(shown(&data, "村站", "镇"), ["云溪镇", "云溪镇", "石桥镇"]);
}

#[test]
fn a_row_of_totals_is_no_record_and_is_compared_with_the_sums() {
    for label in ["合计", "总计", "小计", "合　计", "全区合计："] {
        let lines: &[&[&str]] = &[&["名称", "数"], &["甲", "1"], &["乙", "2"], &[label, "4"]];
        let bytes = book("乡镇", &|s| rows(s, 0, lines));
        let loaded = read(&[("数据.xlsx", &bytes)]);
        assert_eq!(shown(loaded.dataset.as_ref().expect("data"), "乡镇", "名称"), ["甲", "乙"], "{label}");
        let said = told(&loaded);
        assert!(
            said.contains("写的是 4，各行相加是 3") && said.contains("乡镇!B4") && said.contains("B2:B3"),
            "{said}"
        );
    }
}

#[test]
fn numbers_kept_as_text_are_numbers() {
    for (text, value) in
        [("36", "36"), ("３６", "36"), ("1,280", "1280"), ("1 280", "1280"), ("36场", "36"), ("　36 ", "36")]
    {
        let data = data("乡镇", &[&["名称", "数"], &["甲", &format!("'{text}")]]);
        let number = data.years[&2026].tables["乡镇"].records[0].cells[1].number().expect(text);
        assert_eq!(number.decimal.to_string(), value, "{text}");
    }
}

#[test]
fn what_a_percent_cell_shows_is_what_is_printed() {
    let bytes = book("指标", &|s| {
        rows(s, 0, &[&["指标", "2026"], &["率"], &["率二", "'78.3%"]]);
        s.write_number_with_format(1, 1, 0.783, &Format::new().set_num_format("0.0%")).expect("cell");
    });
    assert!(printed("{{ 率 }}和{{ 率二 }}", "数据.xlsx", &bytes).contains("78.3%和78.3%"));
}

#[test]
fn dates_are_read_as_dates_serials_and_text() {
    let bytes = book("指标", &|s| {
        rows(
            s,
            0,
            &[
                &["指标", "2026"],
                &["甲", "'2026年9月30日"],
                &["乙", "'2026.9.30"],
                &["丙", "'2026-09-30"],
                &["丁"],
                &["戊"],
            ],
        );
        for (row, code) in [(4, "yyyy-mm-dd"), (5, "[$-804]yyyy\"年\"m\"月\"d\"日\"")] {
            s.write_number_with_format(row, 1, 46295, &Format::new().set_num_format(code)).expect("cell");
        }
    });
    let data = read(&[("数据.xlsx", &bytes)]).dataset.expect("data");
    for name in ["甲", "乙", "丙", "丁", "戊"] {
        let Value::Date(date) = field(&data, 2026, name).value else { panic!("{name} is no date") };
        assert_eq!((date.year, date.month, date.day), (2026, 9, Some(30)), "{name}");
    }
}

#[test]
fn none_missing_and_zero_are_three_different_things() {
    let data =
        data("乡镇", &[&["名称", "a", "b", "c", "d", "e", "f", "g"], &["甲", "—", "-", "/", "无", "无数据", "", "0"]]);
    let cells = &data.years[&2026].tables["乡镇"].records[0].cells;
    assert!(cells[1..6].iter().all(|c| c.value == Value::Absent));
    assert_eq!(cells[6].value, Value::Missing);
    assert!(cells[7].number().is_some_and(|n| n.decimal.is_zero()));
}

#[test]
fn error_cells_and_formulas_without_a_stored_value_are_errors_with_their_cell() {
    let bytes = book("乡镇", &|s| {
        rows(s, 0, &[&["名称", "数"], &["甲"], &["乙"], &["丙"]]);
        s.write_formula(1, 1, Formula::new("=1+2").set_result("3")).expect("cell");
        s.write_formula(2, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("cell");
        s.write_formula(3, 1, Formula::new("=B2*2").set_result("")).expect("cell");
    });
    let loaded = read(&[("数据.xlsx", &bytes)]);
    let errors: Vec<&str> = loaded.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.code.name()).collect();
    assert!(errors.contains(&"D040"), "{}", told(&loaded));
    assert!(told(&loaded).contains("乡镇!B3（乙 · 数）：单元格是错误值 #DIV/0!"));
    assert_eq!(shown(loaded.dataset.as_ref().expect("data"), "乡镇", "数")[0], "3");
}

#[test]
fn rich_text_line_breaks_and_spaces_in_names() {
    let bytes = book("乡镇", &|s| {
        rows(s, 0, &[&["　名称 ", "做\n法"], &[" 云溪镇　"]]);
        let (bold, plain) = (Format::new().set_bold(), Format::new());
        s.write_rich_string(1, 1, &[(&bold, "健全"), (&plain, "制度\n二")]).expect("cell");
    });
    let data = read(&[("数据.xlsx", &bytes)]).dataset.expect("data");
    assert_eq!(shown(&data, "乡镇", "名称"), ["云溪镇"]);
    assert_eq!(shown(&data, "乡镇", "做法"), ["健全制度\n二"]);
}

#[test]
fn hidden_rows_columns_and_sheets_are_read_with_a_notice() {
    let bytes = workbook(&[
        ("指标", &|s| {
            rows(s, 0, &[&["指标", "2026", "2025"], &["甲", "1", "2"]]);
            s.set_row_hidden(1).expect("row");
            s.set_column_hidden(2).expect("column");
        }),
        ("乡镇", &|s| {
            rows(s, 0, &[&["名称", "数"], &["甲", "1"]]);
            s.set_hidden(true);
        }),
    ]);
    let loaded = read(&[("数据.xlsx", &bytes)]);
    assert!(loaded.diagnostics.iter().all(|d| d.severity == Severity::Notice));
    let said = told(&loaded);
    assert!(["第 2 行是隐藏的", "C 列是隐藏的", "工作表是隐藏的"].iter().all(|t| said.contains(t)), "{said}");
    let data = loaded.dataset.expect("data");
    assert_eq!((&*field(&data, 2025, "甲").shown, shown(&data, "乡镇", "数")), ("2", vec!["1".to_string()]));
}

#[test]
fn names_in_templates_are_the_names_in_the_sheet() {
    let text = "年份: 2026\n培训场次: 36\n培训: {场次: 5}\n12345热线: 8\n历年: {2025: {培训场次: 32}, 2024: {培训场次: 30}}\n乡镇: [{名称: 云溪镇}, {名称: 石桥镇}]\n报告: {标题: 汇报, 单位: 区人大}\n";
    let template = "{{ 年份 }}，{{ 培训场次 }}，{{ 培训.场次 }}，{{ 数据[\"12345热线\"] }}，{{ 上年.培训场次 }}，{{ 历年[2024].培训场次 }}，{{ 报告.单位 }}，{% for 镇 in 乡镇 %}{{ 镇.名称 }}；{% endfor %}";
    let report = printed(template, "数据.yaml", text.as_bytes());
    assert!(report.contains("2026，36，5，8，32，30，区人大，云溪镇；石桥镇；"), "{report}");
}

#[test]
fn values_keep_what_was_typed_and_sums_are_exact() {
    let text = "年份: 2026\n报告: {标题: 汇报}\n经费: 31.86\n乡镇: [{名称: 甲, 数: 0.1}, {名称: 乙, 数: 0.2}]\n半: 2.345\n版本: 1.10\n";
    let template = "{{ 经费 }}，{{ 合计(乡镇, \"数\") }}，{{ 半 | 保留(2) }}，{{ 版本 }}";
    assert!(printed(template, "数据.yaml", text.as_bytes()).contains("31.86，0.3，2.35，1.10"));
}

#[test]
fn codes_stay_codes_and_lost_digits_are_reported() {
    for code in ["000001", "007", "1.10", "6222021234567890123"] {
        let text = format!("年份: 2026\n报告: {{标题: 汇报}}\n码: {code}\n");
        assert!(printed("码为{{ 码 }}。", "数据.yaml", text.as_bytes()).contains(&format!("码为{code}。")));
        let bytes = book("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["码", &format!("'{code}")]]));
        assert!(printed("码为{{ 码 }}。", "数据.xlsx", &bytes).contains(&format!("码为{code}。")), "{code}");
    }
    let data = yaml("年份: 2026\n甲: no\n乙: off\n丙: 12:30\n");
    assert!(["甲", "乙", "丙"].iter().all(|n| matches!(field(&data, 2026, n).value, Value::Text(_))));
    let lost = book("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["账号", "6222021234567890123"]]));
    assert!(told(&read(&[("数据.xlsx", &lost)])).contains("超过 15 位"));
}

#[test]
fn each_value_knows_its_place() {
    let data = data("乡镇", &[&["名称", "数"], &["甲", "1"]]);
    let origin = data.years[&2026].tables["乡镇"].records[0].cells[1].origin;
    assert_eq!(origin.place, Place::Cell { sheet: 1, row: 1, column: 1 });
    let data = yaml("年份: 2026\n甲: 1\n");
    assert!(matches!(field(&data, 2026, "甲").origin.place, Place::Text { line: 2, column: 4, .. }));
}

#[test]
fn later_files_add_to_earlier_ones_and_a_field_in_two_is_an_error_naming_both() {
    let figures = book("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["甲", "1"]]));
    let texts = "做法: 健全制度\n";
    let loaded = read(&[("数.xlsx", &figures), ("文.yaml", texts.as_bytes())]);
    assert!(!has_error(&loaded.diagnostics), "{}", told(&loaded));
    let data = loaded.dataset.expect("data");
    assert_eq!((&*field(&data, 2026, "甲").shown, &*field(&data, 2026, "做法").shown), ("1", "健全制度"));
    let twice = told(&read(&[("数.xlsx", &figures), ("文.yaml", "甲: 2\n".as_bytes())]));
    assert!(
        twice.contains("“甲”（2026年）给了两次") && twice.contains("文.yaml:1:4") && twice.contains("数.xlsx 指标!B2"),
        "{twice}"
    );
}

#[test]
fn strict_makes_a_guess_an_error() {
    let bytes = book("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["甲", "'1,280场"]]));
    assert!(!has_error(&read(&[("数据.xlsx", &bytes)]).diagnostics));
    let strict = LoadOptions { strict: true, ..LoadOptions::default() };
    let loaded = read_with(&[("数据.xlsx", &bytes)], &strict);
    assert!(has_error(&loaded.diagnostics) && told(&loaded).contains("指标!B2"), "{}", told(&loaded));
}

#[test]
fn a_date_that_is_no_day_is_told_together_with_all_other_mistakes_of_the_data() {
    let text = "年份: 2026\n报告: {标题: 汇报, 成文日期: 2026-02-30}\n镇代表: 很多\n";
    let request = Request {
        template: Some("township-stations".into()),
        folders: vec![PathBuf::from(env!("CARGO_MANIFEST_DIR"))],
        ..Default::default()
    };
    let failure = pipeline::gather(read(&[("数据.yaml", text.as_bytes())]), &request).err().expect("mistakes");
    let codes: Vec<&str> = failure.diagnostics.iter().map(|d| d.code.name()).collect();
    assert!(codes.contains(&"T050") && codes.contains(&"D060") && codes.contains(&"D067"), "{codes:?}");
}
