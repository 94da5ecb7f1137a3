//! What a `chart` block asks for: pieces of a whole, two axes, bars on one another, a 目标线; what is wrong is told at
//! its place.

use huibao::diagnostic::render;
use huibao::document::*;
use huibao::pipeline;

use crate::clerk_cases::Desk;

const DATA: &str = "年份: 2026\n报告: {单位: 青河县水务局, 成文日期: 2026-12-18}\n待填: \n镇:\n\
    - {名称: 云溪镇, 经费: 31.86, 增长率: 12.5%, 余额: -3, 空: , 零: 0}\n\
    - {名称: 白石镇, 经费: 20.5, 增长率: -3.1%, 余额: 4, 空: 6, 零: 0}\n\
    - {名称: 东山镇, 经费: 45, 增长率: 无, 余额: 5, 空: 7, 零: 0}\n";

fn desk(block: &str) -> Desk {
    Desk::new("版式: 汇报\n", &format!("正文。\n\n```chart\n{block}\n```\n"), "数据.yaml", DATA.as_bytes())
}

fn chart(block: &str) -> Chart {
    let document = desk(block).document().unwrap_or_else(|told| panic!("{told}"));
    let found =
        document.body.into_iter().find_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None });
    found.expect("a chart")
}

/// What stands against the report.
fn refused(block: &str) -> String {
    desk(block).document().map(|document| plain(&document)).expect_err("it should be refused")
}

/// What is told of a report that is made.
fn told(block: &str) -> String {
    let material = pipeline::prepare(&desk(block).request);
    let material = material.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap_or_else(|found| panic!("{found:?}"));
    composed.diagnostics.iter().map(|diagnostic| render(diagnostic, &material.sources)).collect()
}

fn texts(all: &[Inlines]) -> Vec<String> {
    all.iter().map(|text| plain_text(text)).collect()
}

fn pieces(names: &[&str], values: &[&str]) -> String {
    let (names, values) = (names.join(", "), values.join(", "));
    format!("类型: 占比\n单位: 件\n类别: [{names}]\n系列: [{{名称: 件数, 数值: [{values}]}}]")
}

#[test]
fn pieces_go_by_size_with_their_shares() {
    let chart = chart(&pieces(&["其他", "来信", "来访", "来电", "网上"], &["40", "\"1,200\"", "3", "0", "900"]));
    assert_eq!(texts(&chart.labels), ["来信", "网上", "来访", "来电", "其他"]);
    // Each is rounded by itself, though together they are 100.1%.
    assert_eq!(texts(&chart.shares), ["56%", "42%", "0.1%", "0%", "1.9%"]);
    // Of values that the block states nothing is traced to a cell.
    assert!(chart.shares.iter().flatten().all(|inline| matches!(inline, Inline::Text(_))));
    // What part they are is a figure, made of all cells.
    let chart = self::chart("类型: 占比\n数据: 镇\n系列: 经费");
    assert_eq!(texts(&chart.shares), ["46.2%", "32.7%", "21.1%"]);
    let printed = desk("类型: 占比\n数据: 镇\n系列: 经费").document().unwrap();
    let share = printed.figures.iter().find(|figure| &*figure.text == "46.2%").unwrap();
    assert_eq!(share.reads.len(), 3);
}

#[test]
fn at_most_eight_pieces() {
    let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let values = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    let block = pieces(&names, &values);
    let chart = chart(&block);
    assert_eq!(texts(&chart.labels), ["癸", "壬", "辛", "庚", "己", "戊", "丁", "其他"]);
    assert_eq!(
        chart.series[0].values[7].as_ref().map(|(value, text)| (*value, plain_text(text))),
        Some((6.0, "6".into()))
    );
    let said = told(&block);
    assert!(
        said.contains("提示[T042] report.md.j2:3:1") && said.contains("丙、乙、甲") && said.contains("共6件"),
        "{said}"
    );
    // One that is called so already is among them, and eight are told apart.
    let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "其他"];
    let chart = self::chart(&pieces(&names, &["1", "2", "3", "4", "5", "6", "7", "8", "90"]));
    assert_eq!(texts(&chart.labels).last().map(String::as_str), Some("其他"));
    assert_eq!(plain_text(&chart.series[0].values[7].as_ref().unwrap().1), "91");
    assert!(!told(&pieces(&names[..8], &values[..8])).contains("T042"));
}

#[test]
fn what_is_no_part_is_told_at_its_place() {
    let said = refused(&pieces(&["来信", "来访"], &["0", "0"]));
    assert!(said.contains("T040") && said.contains("report.md.j2:7:20：") && said.contains("都是0"), "{said}");
    let said = refused(&pieces(&["甲", "乙"], &["5", "-3"]));
    assert!(said.contains("report.md.j2:7:23：") && said.contains("“乙”是-3"), "{said}");
    let said = refused("类型: 占比\n数据: 镇\n系列: 余额");
    assert!(said.contains("数据.yaml:5:") && said.contains("“云溪镇”是-3"), "{said}");
    let said = refused("类型: 占比\n数据: 镇\n系列: 零");
    assert!(said.contains("数据.yaml:5:") && said.contains("都是0"), "{said}");
    assert!(refused("类型: 占比\n数据: 镇\n系列: [经费, 余额]").contains("只能有一个系列"));
    assert!(refused("类型: 占比\n数据: 镇\n系列: 经费\n目标线: 3").contains("没有目标线"));
    // A blank is told; the others are shares of less.
    let said = told("类型: 占比\n数据: 镇\n系列: 空");
    assert!(said.contains("警告[T040] 数据.yaml:5:") && said.contains("云溪镇没有数"), "{said}");
    // A draft whose figures are still to come has its chart.
    let draft = desk(&pieces(&["甲", "乙"], &["{{ 待填 }}", "{{ 待填 }}"])).draft();
    assert!(draft.document().is_ok(), "{:?}", draft.document());
}

#[test]
fn two_axes() {
    let chart = chart("类型: 柱\n数据: 镇\n系列: [经费, 增长率]\n右轴: 增长率\n右轴单位: \"%\"\n单位: 万元");
    assert_eq!(chart.series.iter().map(|series| series.right).collect::<Vec<_>>(), [false, true]);
    assert_eq!((chart.unit.as_deref(), chart.right_unit.as_deref()), (Some("万元"), Some("%")));
    // 无 is no zero.
    assert_eq!(chart.series[1].values[2], None);
    let wrong = |more: &str| refused(&format!("数据: 镇\n系列: [经费, 增长率]\n{more}"));
    assert!(wrong("右轴: 增长").contains("是不是“增长率”？"));
    assert!(wrong("右轴: [经费, 增长率]").contains("左轴没有可画的"));
    assert!(wrong("类型: 条\n右轴: 增长率").contains("只有柱图、线图"));
    assert!(wrong("右轴单位: 万元").contains("没有写“右轴”"));
    let said = wrong("右轴: 增长率\n目标: 30");
    assert!(said.contains("Y021") && said.contains("是不是“目标线”？"), "{said}");
}

#[test]
fn bars_on_one_another() {
    assert!(chart("数据: 镇\n系列: [经费, 零]\n堆积: 是").stacked);
    assert!(!chart("数据: 镇\n系列: [经费, 零]\n堆积: 否").stacked);
    let said = refused("数据: 镇\n系列: [经费, 余额]\n堆积: 是");
    assert!(said.contains("数据.yaml:5:") && said.contains("负数-3，不能堆积"), "{said}");
    assert!(refused("数据: 镇\n系列: 经费\n堆积: 对").contains("应为“是”或“否”"));
    assert!(refused("类型: 线\n数据: 镇\n系列: 经费\n堆积: 是").contains("只有柱图、条图"));
}

#[test]
fn a_target() {
    let target = |written: &str| chart(&format!("数据: 镇\n系列: 经费\n目标线: {written}")).target.unwrap();
    let plain = target("30");
    assert_eq!((plain_text(&plain.name), plain.value, plain_text(&plain.text)), ("目标".into(), 30.0, "30".into()));
    let named = target("{名称: 年度计划, 数值: \"1,200.5\"}");
    assert_eq!((plain_text(&named.name), named.value), ("年度计划".into(), 1200.5));
    let wrong = |written: &str| refused(&format!("数据: 镇\n系列: 经费\n目标线: {written}"));
    assert!(wrong("三十").contains("目标线“三十”不是数"));
    assert!(wrong("{名称: 计划}").contains("“目标线”没有数"));
    assert!(wrong("{名字: 计划, 数值: 3}").contains("是不是“名称”？"));
    assert!(refused("类别: [甲]\n系列: [{名称: 乙, 数值: [1], 数: 3}]").contains("没有“数”这个键"));
}
