//! What keeps the reports of a batch from being made, told cause by cause: a cell once, with all the
//! reports that it touches.

use std::process::Command;

use super::clerk_cases::{Desk, INFO, book};

const TEXT: &str = "# 情况\n\n{{ 名称 }}接待{{ 接待 }}人次，居全县{{ 排名(乡镇, \"接待\", 乡镇 | 筛选(\"名称\", 名称) | first) }}，全县经费{{ 合计(乡镇, \"经费\") }}万元。\n";
const DECLARED: &str = "文件名: \"{{ 名称 }}\"\n表:\n  - {名称: 乡镇, 列: [{名称: 名称, 类型: 文本, 必填: true}, {名称: 接待, 类型: 整数, 必填: true}, {名称: 经费, 类型: 小数}]}\n";
const FREE: &str = "文件名: \"{{ 名称 }}\"\n";

/// What a batch of seven townships says; `cell`: what stands in a cell of the last but one.
fn told(template: &str, people: &str, money: &str) -> String {
    let names = ["云溪镇", "石桥镇", "柳湾镇", "青山镇", "白马镇", "红岩镇", "双河镇"];
    let mut rows: Vec<Vec<&str>> = vec![vec!["名称", "接待", "经费"]];
    rows.extend(names.iter().zip(["11", "12", "13", "14", "15", "16", "17"]).map(|(name, n)| vec![*name, n, n]));
    rows[6][1] = people;
    rows[6][2] = money;
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let desk = Desk::new(template, TEXT, "数据.xlsx", &book(&[INFO, ("乡镇", &rows)]));
    let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(["batch", "数据.xlsx", "-t", ".", "--by", "乡镇", "-f", "docx"])
        .current_dir(desk.dir.path())
        .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let list = std::fs::read_to_string(desk.dir.path().join("out/清单.json")).unwrap();
    // Each unit's own line of 清单 names the cell, and none the template's words.
    let failed: Vec<&str> = list.split("\"单位\"").skip(1).filter(|row| row.contains("失败")).collect();
    assert_eq!(failed.len(), names.len(), "{list}");
    for row in failed {
        assert!(row.contains("乡镇!") && !row.contains("乡镇[红岩镇]"), "{row}");
    }
    String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap()
}

#[test]
fn a_blank_cell_of_a_ranked_column_is_told_once() {
    for template in [DECLARED, FREE] {
        let told = told(template, "", "16");
        assert_eq!((told.matches("错误[").count(), told.matches("乡镇!B7").count()), (1, 1), "{told}");
        assert!(told.contains("（红岩镇 · 接待）") && told.contains("失败的7份都因为它"), "{told}");
    }
}

#[test]
fn a_wrong_cell_is_told_once_with_all_that_it_touches() {
    let told = told(DECLARED, "16", "十六万");
    assert_eq!(told.matches("错误[").count(), 1, "{told}");
    assert!(told.contains("错误[D060] 数据.xlsx 乡镇!C7（红岩镇 · 经费）：“十六万”不是数字"), "{told}");
    assert!(told.contains("失败的7份都因为它"), "{told}");
}

#[test]
fn causes_of_the_same_reports_stand_under_one_another() {
    let told = told(DECLARED, "", "十六万");
    assert_eq!((told.matches("错误[").count(), told.matches("没有做成").count()), (2, 1), "{told}");
}
