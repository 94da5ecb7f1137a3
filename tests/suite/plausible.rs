//! Values that can be read but hardly be meant: percentages a hundred times too small or too
//! large, figures far from last year's, two units in one column, money where none is wanted. What
//! is told names the cell and what to write; what is right by its neighbours stays silent.

use rust_xlsxwriter::{Format, Worksheet};

use super::clerk_cases::{Desk, INFO, book};
use super::data_support::{rows, workbook};

/// A table of indicators, a unit a row, three years a row.
const INDICATORS: &str = "表:\n  - {名称: 主要指标, 列: [{名称: 名称, 类型: 文本}, {名称: 单位, 类型: 文本}, {名称: 本年, 类型: 小数}, {名称: 上年, 类型: 小数}, {名称: 前年, 类型: 小数}]}\n";
const EACH: &str = "# 情况\n\n{% for 行 in 主要指标 %}{{ 行.名称 }}{{ 行.本年 }}{{ 行.单位 }}{% if not loop.last %}，{% endif %}{% endfor %}。\n";

/// What a check says of indicators; the first line of each message.
fn indicators(body: &[&[&str]]) -> String {
    let mut all: Vec<&[&str]> = vec![&["名称", "单位", "本年", "上年", "前年"]];
    all.extend(body);
    warnings(&Desk::new(INDICATORS, EACH, "数据.xlsx", &book(&[INFO, ("主要指标", &all)])))
}

/// The warnings and errors of a check, with what to do.
fn warnings(desk: &Desk) -> String {
    let told = desk.check();
    let mut kept = String::new();
    let mut on = false;
    for line in told.lines() {
        on = match line {
            l if l.starts_with("警告[") || l.starts_with("错误[") => true,
            l if l.starts_with("  ") => on,
            _ => false,
        };
        if on {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Figures by year of one name.
fn by_year(unit: &str, name: &str, years: [&str; 3]) -> String {
    let body: &[&[&str]] =
        &[&["指标", "单位", "2026年", "2025年", "2024年"], &[name, unit, years[0], years[1], years[2]]];
    let text = "# 情况\n\n各项工作有序推进。\n";
    warnings(&Desk::new("", text, "数据.xlsx", &book(&[INFO, ("指标", body)])))
}

#[test]
fn a_share_typed_as_a_fraction_under_per_cent_is_told() {
    insta::assert_snapshot!("fractions_in_a_row", indicators(&[&["卫生厕所普及率", "%", "0.886", "0.812", "74"]]));
    // Nothing of the row is larger, but nobody reports such a rate of less than one in a hundred.
    assert_eq!(indicators(&[&["卫生厕所普及率", "%", "0.886", "0.812", ""]]).matches("D056").count(), 2);
    assert_eq!(indicators(&[&["卫生厕所普及率", "%", "0.886", "", ""]]).matches("D056").count(), 1);
    insta::assert_snapshot!("fraction_by_year", by_year("%", "按期办结率", ["0.987", "96.3", "95"]));
    // The advice, followed.
    for right in ["88.6", "'88.6%", "'0.886%"] {
        assert!(!indicators(&[&["卫生厕所普及率", "%", right, "81.2", "74"]]).contains("D056"), "{right}");
    }
}

#[test]
fn small_rates_among_their_like_are_silent() {
    for row in [
        ["城镇失业率", "%", "0.5", "0.6", "0.4"],
        ["差错率", "%", "0.02", "", ""],
        ["产值增速", "%", "0.8", "11.2", "7.5"],
        ["产值同比增长", "%", "0.8", "", ""],
        ["违约率", "%", "0.9", "1.2", "2.1"],
        ["库存占用", "个", "1", "40", "35"],
    ] {
        let told = indicators(&[&row]);
        assert!(!told.contains("D056"), "{told}");
        if row[1] == "%" {
            assert!(!by_year("%", row[0], [row[2], row[3], row[4]]).contains("D056"), "{row:?}");
        }
    }
}

#[test]
fn fractions_in_a_column_are_told_once() {
    let table: &[&[&str]] = &[
        &["名称", "办结率（%）"],
        &["云溪镇", "0.953"],
        &["石桥镇", "95.1"],
        &["柳湾镇", "88"],
        &["白塔镇", "0.9"],
        &["东岭镇", "91.25"],
        &["河口镇", "1"],
    ];
    let text = "# 情况\n\n各项工作有序推进。\n";
    let desk = |schema: &str, table: &[&[&str]]| {
        warnings(&Desk::new(schema, text, "数据.xlsx", &book(&[INFO, ("乡镇", table)])))
    };
    insta::assert_snapshot!("fractions_in_a_column", desk("", table));
    // A declared percentage is read so as well.
    let declared = "表:\n  - {名称: 乡镇, 列: [{名称: 名称, 类型: 文本}, {名称: 办结率, 类型: 百分比}]}\n";
    let bare: Vec<&[&str]> = [&["名称", "办结率"] as &[&str]].into_iter().chain(table[1..].iter().copied()).collect();
    assert!(desk(declared, &bare).contains("D056") && desk(declared, &bare).contains("本列共 3 处"));
    // Where all are fractions, a declared percentage is their ratio, and none is in doubt.
    let ratios: &[&[&str]] = &[&["名称", "办结率"], &["云溪镇", "0.953"], &["石桥镇", "0.951"], &["柳湾镇", "0.88"]];
    assert_eq!(desk(declared, ratios), "");
    let parts: &[&[&str]] = &[&["名称", "占比（%）"], &["一产", "0.9"], &["二产", "38.1"], &["三产", "61"]];
    assert_eq!(desk("", parts), "");
    let small: &[&[&str]] = &[&["名称", "增幅（%）"], &["云溪镇", "0.9"], &["石桥镇", "2.1"], &["柳湾镇", "12.8"]];
    assert_eq!(desk("", small), "");
}

#[test]
fn a_percent_format_over_whole_numbers_is_told() {
    let table = |sheet: &mut Worksheet| {
        rows(sheet, 0, &[&["名称", "满意率", "产值增幅"], &["云溪镇"], &["石桥镇"], &["柳湾镇"]]);
        let percent = Format::new().set_num_format("0%");
        for (row, (rate, growth)) in [(36.0, 0.072), (0.95, 1.25), (0.97, 0.03)].iter().enumerate() {
            sheet.write_with_format(row as u32 + 1, 1, *rate, &percent).unwrap();
            sheet.write_with_format(row as u32 + 1, 2, *growth, &percent).unwrap();
        }
    };
    let info = |sheet: &mut Worksheet| rows(sheet, 0, INFO.1);
    let data = workbook(&[("报告信息", &info), ("乡镇", &table)]);
    let desk = Desk::new("", "# 情况\n\n各项工作有序推进。\n", "数据.xlsx", &data);
    insta::assert_snapshot!("percent_over_whole", warnings(&desk));
}

#[test]
fn columns_of_one_row_are_compared_as_years_are() {
    insta::assert_snapshot!(
        "leaps_in_a_row",
        indicators(&[
            &["新建卫生户厕", "户", "12860", "1043", "—"],
            &["储备防汛物资", "万元", "463000", "39.8", "35"],
            &["清淤河道", "公里", "18500", "16.2", ""],
            &["转移群众", "人次", "342", "0", ""],
            &["公厕", "座", "12", "12", ""],
        ])
    );
    // The same by year.
    assert_eq!(
        by_year("万元", "防汛物资", ["463000", "39.8", "35"])
            .matches("像是把元数填成了万元数（按万元应是 46.3）")
            .count(),
        1
    );
    // A whole column that is last year's.
    let copied = indicators(&[
        &["甲项", "户", "128", "128", ""],
        &["乙项", "件", "43", "43", ""],
        &["丙项", "次", "57", "57", ""],
    ]);
    assert!(copied.contains("C-04") && copied.contains("“本年”一列 3 个数和上年完全一样"), "{copied}");
    // 接待 of two years beside 经费 of two years: each with its own.
    let table: &[&[&str]] = &[
        &["名称", "接待.2025年", "接待.2026年", "本年经费（万元）", "上年经费（万元）"],
        &["云溪镇", "302", "3150", "31.86", "29.5"],
        &["石桥镇", "286", "290", "0.00318", "28"],
    ];
    let desk = Desk::new("", "# 情况\n\n各项工作有序推进。\n", "数据.xlsx", &book(&[INFO, ("乡镇", table)]));
    let told = warnings(&desk);
    assert_eq!(told.matches("C-03").count(), 2, "{told}");
    assert!(
        told.contains("云溪镇 · 接待.2026年") && told.contains("像是把亿元数填成了万元数（按万元应是 31.8）"),
        "{told}"
    );
}

#[test]
fn a_column_of_leaps_is_told_once() {
    let town = |i: usize, value: &str| format!("{{名称: 第{i}镇, 经费: {value}}}");
    let now: Vec<String> = (1..=9).map(|i| town(i, &format!("{}", 310_000 + i * 1700))).collect();
    let past: Vec<String> = (1..=9).map(|i| town(i, &format!("{}.5", 27 + i))).collect();
    let data = format!(
        "年份: 2026\n报告: {{单位: 某局, 成文日期: 2026-12-05}}\n乡镇: [{}]\n历年: {{2025: {{乡镇: [{}]}}}}\n",
        now.join(", "),
        past.join(", ")
    );
    let schema = "表:\n  - {名称: 乡镇, 列: [{名称: 名称, 类型: 文本}, {名称: 经费, 类型: 小数, 单位: 万元}]}\n";
    let desk = Desk::new(schema, "# 情况\n\n各项工作有序推进。\n", "例.yaml", data.as_bytes());
    insta::assert_snapshot!("column_of_leaps", warnings(&desk));
}

#[test]
fn a_unit_of_another_name_than_last_year_is_told() {
    let desk = |first: &str, renames: &[&[&str]]| {
        let table: &[&[&str]] = &[
            &["年份", "名称", "接待"],
            &["2026", first, "302"],
            &["2026", "石桥镇", "286"],
            &["2026", "柳湾镇", "280"],
            &["2026", "白塔镇", "144"],
            &["2025", "云溪镇", "192"],
            &["2025", "石桥镇", "190"],
            &["2025", "柳湾镇", "182"],
            &["2025", "白塔镇", "98"],
        ];
        let mut sheets = vec![INFO, ("乡镇", table)];
        if !renames.is_empty() {
            sheets.push(("更名", renames));
        }
        warnings(&Desk::new("", "# 情况\n\n各项工作有序推进。\n", "数据.xlsx", &book(&sheets)))
    };
    insta::assert_snapshot!("another_name", desk("云溪", &[]));
    // The advice, followed; a unit of quite another name is a new one.
    assert_eq!(desk("云溪镇", &[]), "");
    assert_eq!(desk("云溪", &[&["原名", "现名"], &["云溪镇", "云溪"]]), "");
    assert_eq!(desk("高岭乡", &[]), "");
}

#[test]
fn two_units_in_one_column_are_told_with_both_cells() {
    let desk = |header: &str, cells: [&str; 3]| {
        let table: &[&[&str]] =
            &[&["名称", header], &["云溪镇", cells[0]], &["石桥镇", cells[1]], &["柳湾镇", cells[2]]];
        warnings(&Desk::new("", "# 情况\n\n各项工作有序推进。\n", "数据.xlsx", &book(&[INFO, ("乡镇", table)])))
    };
    insta::assert_snapshot!("two_units", desk("办理", ["36件", "25人次", "18件"]));
    insta::assert_snapshot!("two_scales", desk("经费", ["3.2万元", "5000元", "2.8万元"]));
    insta::assert_snapshot!("unit_beside_header", desk("办理（件）", ["36", "25人次", "18"]));
    assert_eq!(desk("经费（万元）", ["3.2万元", "5", "2.8"]), "");
    assert_eq!(desk("经费", ["3.2万元", "4万元", "2.8"]), "");
    // A column 单位 says each row's.
    let rows: &[&[&str]] = &[&["名称", "单位", "数量"], &["培训", "场", "36"], &["接待", "人次", "128"]];
    let desk = Desk::new("", "# 情况\n\n各项工作有序推进。\n", "数据.xlsx", &book(&[INFO, ("指标表", rows)]));
    assert_eq!(warnings(&desk), "");
    // A cell that says another unit than its row prints both.
    insta::assert_snapshot!(
        "unit_beside_row",
        indicators(&[&["培训", "场", "168次", "142", ""], &["接待", "人次", "31", "28", ""]])
            .lines()
            .take(3)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn a_number_goes_into_the_unit_that_stands_over_or_beside_it() {
    let body: &[&[&str]] = &[
        &["名称", "单位", "本年", "上年", "前年"],
        &["接待读者", "万人次", "31.6万", "27.4", ""],
        &["图书外借", "万册", "228000册", "20.5", ""],
        &["道路", "公里", "3.2万米", "30", ""],
        &["经费", "万元", "￥186.5", "1628000元", ""],
    ];
    let text = "# 情况\n\n{% for 行 in 主要指标 %}{{ 行.名称 }}{{ 行.本年 }}{{ 行.单位 }}，上年{{ 行.上年 }}{{ 行.单位 }}；{% endfor %}完成。\n";
    let expected = "接待读者31.6万人次，上年27.4万人次；图书外借22.8万册，上年20.5万册；道路32公里，上年30公里；经费186.5万元，上年162.8万元；";
    for schema in ["", INDICATORS] {
        let desk = Desk::new(schema, text, "数据.xlsx", &book(&[INFO, ("主要指标", body)]));
        assert!(desk.printed().contains(expected), "{}", desk.printed());
        assert_eq!(warnings(&desk), "");
    }
    // The unit in the header, and beside a figure by year.
    let table: &[&[&str]] =
        &[&["名称", "经费（万元）"], &["云溪镇", "3.2"], &["石桥镇", "5000元"], &["柳湾镇", "2.8万"]];
    let figures: &[&[&str]] = &[&["指标", "单位", "2026年", "2025年"], &["接待", "万人次", "31.6万", "274000人次"]];
    let text = "# 情况\n\n{% for 镇 in 乡镇 %}{{ 镇.名称 }}{{ 镇.经费 }}万元，{% endfor %}共{{ 合计(乡镇, \"经费\") }}万元，接待{{ 接待 }}万人次，上年{{ 上年.接待 }}万人次。\n";
    let desk = Desk::new("", text, "数据.xlsx", &book(&[INFO, ("乡镇", table), ("指标", figures)]));
    let printed = desk.printed();
    assert!(
        printed.contains("云溪镇3.2万元，石桥镇0.5万元，柳湾镇2.8万元，共6.5万元，接待31.6万人次，上年27.4万人次。"),
        "{printed}"
    );
    insta::assert_snapshot!("converted", desk.check());
}

#[test]
fn money_where_none_is_wanted_is_told() {
    let schema = |unit: &str| format!("字段:\n  - {{名称: 培训, 类型: 小数, 单位: {unit}}}\n");
    let desk = |unit: &str, value: &str| {
        let body: &[&[&str]] = &[&["指标", "2026年"], &["培训", value]];
        Desk::new(&schema(unit), "# 情况\n\n培训{{ 培训 }}。\n", "数据.xlsx", &book(&[INFO, ("指标", body)]))
    };
    insta::assert_snapshot!("money_for_a_count", warnings(&desk("场", "￥36")));
    // Under 万元 the sign says nothing new.
    assert!(desk("万元", "￥36").printed().contains("培训36。"));
    assert!(desk("元", "￥36").printed().contains("培训36。"));
    // By its format.
    let sheet = |sheet: &mut Worksheet| {
        rows(sheet, 0, &[&["指标", "2026年"], &["培训"]]);
        sheet.write_with_format(1, 1, 36, &Format::new().set_num_format("\"¥\"#,##0.00")).unwrap();
    };
    let info = |sheet: &mut Worksheet| rows(sheet, 0, INFO.1);
    let data = workbook(&[("报告信息", &info), ("指标", &sheet)]);
    let desk = Desk::new(&schema("场"), "# 情况\n\n培训{{ 培训 }}。\n", "数据.xlsx", &data);
    assert!(warnings(&desk).contains("带着“￥”，是钱数，应为以场计的数"), "{}", desk.check());
}
