//! What does not go together is refused: at its place, with both cells and both units, and with
//! what to write instead. Nothing is guessed silently.

use std::sync::Arc;

use huibao::dataset::{self, Input, LoadOptions};
use huibao::diagnostic::{Source, render};
use huibao::template::{Declared, Engine, TemplateText, World};
use rust_xlsxwriter::Format;

use super::data_support::{rows, workbook};

fn book() -> Vec<u8> {
    let percent = Format::new().set_num_format("0.0%");
    workbook(&[
        ("报告信息", &|sheet| rows(sheet, 0, &[&["项目", "内容"], &["年份", "2026"]])),
        ("指标", &|sheet| {
            let table: &[&[&str]] = &[
                &["指标", "单位", "2026年", "2025年"],
                &["办件", "件", "36", "30"],
                &["来访", "人次", "120", "100"],
                &["经费", "元", "5000", "4000"],
                &["增速", "", "", ""],
                &["人口", "", "8", "7"],
                &["零", "件", "0", "0"],
                &["没有", "件", "无", "1"],
                &["待填", "件", "", "1"],
                &["极大", "", "'79228162514264337593543950335", "1"],
            ];
            rows(sheet, 0, table);
            sheet.write_number_with_format(4, 2, 0.078, &percent).expect("a cell");
            sheet.write_number_with_format(4, 3, 0.065, &percent).expect("a cell");
            sheet.write_string(10, 2, "2026年9月30日").expect("a cell");
            sheet.write_string(10, 0, "截止日").expect("a cell");
        }),
        ("乡镇", &|sheet| {
            let table: &[&[&str]] =
                &[&["名称", "经费", "接待"], &["云溪镇", "3万元", "36件"], &["石桥镇", "5000元", "12人次"]];
            rows(sheet, 0, table);
        }),
    ])
}

const MISTAKES: &[&str] = &[
    "办件 + 来访",
    "经费 + 办件",
    "来访 - 办件",
    "办件 * 经费",
    "增速 + 人口",
    "增速 - 1",
    "1 - 增速",
    "增速 > 5",
    "增速 == 7.8",
    "[办件, 来访] | sum",
    "[办件, 来访] | max",
    "同比(办件, 来访)",
    "占比(办件, 来访)",
    "占比(办件, 增速)",
    "截止日 + 1",
    "截止日 - 截止日",
    "截止日 * 2",
    "合计(乡镇, \"名称\")",
    "合计(乡镇, \"接待\")",
    "最大(乡镇, \"接待\").名称",
    "办件 / 零",
    "办件 // 零",
    "办件 % 零",
    "占比(办件, 零)",
    "办件 + 没有",
    "办件 / 待填",
    "人口 ** 999999999",
    "人口 ** 199",
    "(0 - 8) ** 0.5",
    "增速 ** 增速",
    "人口 ** 20 * 人口 ** 20",
    "年份 * 2",
    "年份 + 办件",
    "办件 > 来访",
    "办件 + \"多\"",
    "办件 + 乡镇",
];

/// Each is told once, in the order of the template, with the cells that it is about.
#[test]
fn what_does_not_go_together_is_told() {
    let text: String = MISTAKES.iter().map(|written| format!("{{{{ {written} }}}}\n")).collect();
    let input = Input::Bytes { name: "数据.xlsx".into(), bytes: book() };
    let mut loaded = dataset::load_inputs(vec![input], &LoadOptions::default());
    let source = loaded.sources.add(Source {
        path: "report.md.j2".into(),
        name: "report.md.j2".into(),
        text: Some(text.as_str().into()),
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let world = World::new(Arc::new(loaded.dataset.unwrap()), Arc::new(Declared::default()), None);
    let template = TemplateText::new("t", text, source);
    let found = Engine::new(vec![template]).unwrap().render("t", &Arc::new(world), Vec::new(), false).diagnostics;
    let printed: String = found.iter().map(|diagnostic| render(diagnostic, &loaded.sources)).collect();
    insta::assert_snapshot!(printed);
    assert_eq!(found.len(), MISTAKES.len(), "{printed}");
}

/// A text where a number stands, in one row of 20,000: told where the column is added up.
#[test]
fn one_text_among_many_numbers_is_found() {
    let lines = (0..20_000).map(|i| match i {
        12_345 => format!("  - {{名称: 村{i}, 数: 三十}}\n"),
        _ => format!("  - {{名称: 村{i}, 数: {i}}}\n"),
    });
    let data = format!("年份: 2026\n村:\n{}", lines.collect::<String>());
    let world = super::figure_language::world_of("data.yaml", data.into_bytes());
    let said = super::figure_language::print(&world, "{{ 合计(村, \"数\") }}").map(|(text, _)| text);
    assert!(said.as_ref().is_err_and(|said| said.contains("村[村12345]") && said.contains("三十")), "{said:?}");
}
