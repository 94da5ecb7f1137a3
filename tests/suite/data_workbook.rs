//! Contract §2, workbooks: each sentence has its test.

use insta::assert_snapshot;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};

use crate::data_support::{read, report, rows, workbook};

fn sheet(name: &str, fill: &dyn Fn(&mut Worksheet)) -> String {
    let info = |s: &mut Worksheet| rows(s, 0, &[&["项目", "内容"], &["年份", "2026"]]);
    let bytes = workbook(&[("报告信息", &info), (name, fill)]);
    report(&read(&[("数据.xlsx", &bytes)]))
}

fn table(lines: &[&[&str]]) -> String {
    sheet("乡镇", &|s| rows(s, 0, lines))
}

#[test]
fn report_information() {
    let bytes = workbook(&[("报告信息", &|s| {
        rows(
            s,
            0,
            &[
                &["项目", "内容", "", "说明"],
                &["标题", "关于联络站的汇报"],
                &["单位", "云溪镇人大主席团"],
                &["签发人", "主任", "副主任"],
                &["年份", "2026"],
                &["模板", "township-stations"],
                &["主送", "", "", "可不填"],
            ],
        );
        let date = ExcelDateTime::from_ymd(2026, 12, 5).expect("a date");
        s.write_datetime_with_format(7, 1, &date, &Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""))
            .expect("cell");
        s.write_string(7, 0, "成文日期").expect("cell");
    })]);
    assert_snapshot!(report(&read(&[("数据.xlsx", &bytes)])));
}

#[test]
fn field_sheet_with_year_columns() {
    assert_snapshot!(sheet("指标", &|s| rows(
        s,
        0,
        &[
            &["序号", "指标", "单位", "2026年", "2025", "2024年度", "备注"],
            &["1", "培训场次", "场", "36", "32", "30", "含区级"],
            &["2", "培训.人次", "人次", "1280", "—", "", ""],
            &["3", "经费（万元）", "", "31.86", "28", "25.5", ""],
            &["", "", "", "", "", "", ""],
            &["注：数据截至11月底"],
        ]
    )));
}

#[test]
fn table_sheet_with_year_column() {
    assert_snapshot!(table(&[
        &["年份", "名称", "中心站", "经费"],
        &["2026", "云溪镇", "建成", "31.86"],
        &["2025年", "云溪镇", "在建", "20"],
        &["2026", "石桥镇", "规划", "0"],
    ]));
}

#[test]
fn sheets_that_are_not_read() {
    let bytes = workbook(&[
        ("填表说明", &|s| rows(s, 0, &[&["项目", "内容"], &["标题", "不读"]])),
        ("_草稿", &|s| rows(s, 0, &[&["指标", "2026"], &["甲", "1"]])),
        ("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["甲", "2"]])),
    ]);
    assert_snapshot!(report(&read(&[("数据.xlsx", &bytes)])));
}

#[test]
fn title_and_note_rows_above_the_header() {
    assert_snapshot!(sheet("乡镇", &|s| {
        s.merge_range(0, 0, 0, 3, "青河区联络站建设情况统计表", &Format::new()).expect("merge");
        rows(
            s,
            1,
            &[
                &["填报单位：区人大办", "", "", "单位：万元"],
                &["名称", "站数", "经费", "比率"],
                &["云溪镇", "12", "31.86", "'50%"],
                &["注：经费为本年数"],
                &["填表人：某某", "", "审核人：某某"],
            ],
        );
    }));
}

#[test]
fn two_and_three_row_headers_with_merged_cells() {
    assert_snapshot!(sheet("乡镇", &|s| {
        let f = Format::new();
        s.merge_range(0, 0, 2, 0, "名称", &f).expect("merge");
        s.merge_range(0, 1, 0, 4, "培训", &f).expect("merge");
        s.merge_range(1, 1, 1, 2, "场次（场）", &f).expect("merge");
        s.merge_range(1, 3, 2, 3, "人次", &f).expect("merge");
        s.merge_range(1, 4, 2, 4, "经费（万元）", &f).expect("merge");
        rows(s, 2, &[&["", "镇级", "村级"]]);
        rows(s, 3, &[&["云溪镇", "1", "2", "3", "4.5"], &["石桥镇", "5", "6", "7", "8"]]);
    }));
}

#[test]
fn unit_in_a_column_of_its_own() {
    assert_snapshot!(table(&[&["名称", "单位", "数量"], &["课桌", "张", "30"], &["电脑", "台", "5"]]));
}

#[test]
fn vertically_merged_cells_give_each_row_the_value() {
    assert_snapshot!(sheet("村站", &|s| {
        let f = Format::new();
        rows(
            s,
            0,
            &[
                &["镇", "村", "经费"],
                &["云溪镇", "上村", "1"],
                &["", "下村", "2"],
                &["石桥镇", "东村", "3"],
                &["", "西村", ""],
            ],
        );
        s.merge_range(1, 0, 2, 0, "云溪镇", &f).expect("merge");
        s.merge_range(3, 0, 4, 0, "石桥镇", &f).expect("merge");
        s.merge_range(3, 2, 4, 2, "", &f).expect("merge");
        s.write_number(3, 2, 3).expect("cell");
    }));
}

#[test]
fn blank_rows_and_total_rows() {
    assert_snapshot!(table(&[
        &["名称", "站数", "经费", "率"],
        &["云溪镇", "12", "31.86", "'50%"],
        &["", "", "", ""],
        &["石桥镇", "11", "20.5", "'60%"],
        &["小　计", "23", "52.36", "'55%"],
        &["柳湾镇", "9", "10", "'10%"],
        &["合计", "33", "62.36", "'40%"],
    ]));
}

#[test]
fn numbers_kept_as_text() {
    assert_snapshot!(table(&[
        &["名称", "数"],
        &["文本数", "'36"],
        &["全角", "'１２３．５"],
        &["千分位", "'1,234.50"],
        &["空格", "'1 234"],
        &["单位", "'31.86万元"],
        &["百分号", "'78.3%"],
        &["全角百分号", "'78.3％"],
        &["代码", "'000001"],
        &["账号", "'6222021234567890123"],
        &["中文数", "'三十"],
        &["两端空格", "'　36　"],
    ]));
}

#[test]
fn percent_and_custom_formats_show_what_the_cell_shows() {
    assert_snapshot!(sheet("乡镇", &|s| {
        rows(s, 0, &[&["名称", "数"]]);
        let cells = [
            (0.783, "0.0%"),
            (0.5, "0%"),
            (31.86, "0.0\"万元\""),
            (1234567.891, "#,##0.00"),
            (1.0, "000000"),
            (1.1, "0.00"),
            (0.30000000000000004, "General"),
            (6.222021234567891e18, "0"),
            (0.0, "0;-0;\"—\""),
            (46295.0, "yyyy.m.d"),
            (46295.0, "yyyy\"年\"m\"月\""),
            (0.5, "h:mm"),
            (1.25, "[h]:mm"),
            (-1.0, "yyyy-mm-dd"),
        ];
        for (i, (value, format)) in cells.iter().enumerate() {
            let r = i as u32 + 1;
            s.write_string(r, 0, *format).expect("cell");
            s.write_number_with_format(r, 1, *value, &Format::new().set_num_format(*format)).expect("cell");
        }
    }));
}

#[test]
fn dates_as_text() {
    assert_snapshot!(table(&[
        &["名称", "日期"],
        &["甲", "'2026年9月30日"],
        &["乙", "'2026.9.30"],
        &["丙", "'2026-09-30"],
        &["丁", "'2026年2月30日"],
        &["戊", "'９月底"],
    ]));
}

#[test]
fn none_missing_and_zero_are_three_things() {
    assert_snapshot!(table(&[
        &["名称", "a", "b", "c", "d", "e", "f", "g"],
        &["云溪镇", "—", "-", "/", "无", "无数据", "", "0"]
    ]));
}

#[test]
fn error_cells_and_formulas() {
    assert_snapshot!(sheet("乡镇", &|s| {
        use rust_xlsxwriter::Formula;
        rows(s, 0, &[&["名称", "数"], &["云溪镇"], &["石桥镇"], &["柳湾镇"]]);
        s.write_formula(1, 1, Formula::new("=1+2").set_result("3")).expect("cell");
        s.write_formula(2, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("cell");
        s.write_formula(3, 1, Formula::new("=B2*2").set_result("")).expect("cell");
    }));
}

#[test]
fn rich_text_and_line_breaks() {
    assert_snapshot!(sheet("乡镇", &|s| {
        let (bold, plain) = (Format::new().set_bold(), Format::new());
        rows(s, 0, &[&["　名　称 ", "做\n法"], &[" 云溪镇　"]]);
        s.write_rich_string(1, 1, &[(&bold, "健全"), (&plain, "制度\n第二行")]).expect("cell");
    }));
}

#[test]
fn hidden_rows_columns_and_sheets() {
    let bytes = workbook(&[
        ("指标", &|s| {
            rows(s, 0, &[&["指标", "2026", "2025"], &["甲", "1", "2"], &["乙", "3", "4"]]);
            s.set_row_hidden(2).expect("row");
            s.set_column_hidden(2).expect("column");
        }),
        ("乡镇", &|s| {
            rows(s, 0, &[&["名称", "数"], &["甲", "1"]]);
            s.set_hidden(true);
        }),
    ]);
    assert_snapshot!(report(&read(&[("数据.xlsx", &bytes)])));
}

#[test]
fn duplicate_and_nameless_columns() {
    assert_snapshot!(table(&[&["名称", "经费", "经费"], &["云溪镇", "1", "2", "3"]]));
}

#[test]
fn the_same_field_in_two_files() {
    let a = workbook(&[("指标", &|s| rows(s, 0, &[&["指标", "2026"], &["培训场次", "36"], &["检查", "5"]]))]);
    let b = "年份: 2026\n培训场次: 37\n报告: {标题: 甲}\n";
    assert_snapshot!(report(&read(&[("a.xlsx", &a), ("b.yaml", b.as_bytes())])));
}
