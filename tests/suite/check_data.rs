//! Rules about data and about prose beside data, on packs and data made for them; levels.

use huibao::check::{Finding, Levels, counts, json};
use huibao::diagnostic::{Severity, SourceMap, render};
use huibao::pipeline;

use super::check::pack;

/// Findings over a pack and data, with the sources of their places.
fn examined(template: &str, text: &str, data: &str) -> (Vec<Finding>, SourceMap) {
    let (_dir, request) = pack(template, text, data);
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    (pipeline::examine(&material, &composed.document, &pipeline::Rules::All), material.sources)
}

/// One line for each finding of these codes: `code 位置：问题`.
fn told(found: &(Vec<Finding>, SourceMap), codes: &[&str]) -> Vec<String> {
    let one = |f: &Finding| {
        let place = f.diagnostic.origin.map(|o| found.1.describe(o)).unwrap_or_default();
        let related: Vec<String> =
            f.diagnostic.related.iter().map(|(o, n)| format!("{} {n}", found.1.describe_short(*o))).collect();
        let tail = if related.is_empty() { String::new() } else { format!(" [{}]", related.join("；")) };
        format!("{} {place} {}{tail}", f.diagnostic.code.name(), f.diagnostic.message)
    };
    found.0.iter().filter(|f| codes.contains(&f.diagnostic.code.name())).map(one).collect()
}

const FUNDS: &str = "表:\n  - 名称: 乡镇\n    列: [{名称: 名称, 类型: 文本}, {名称: 使用, 类型: 小数, 单位: 万元}, {名称: 已拨付, 类型: 小数, 单位: 万元}, {名称: 未拨付, 类型: 小数, 单位: 万元}]\n    关系: [已拨付 + 未拨付 = 使用]\n字段:\n  - {名称: 使用, 类型: 小数, 单位: 万元}\n关系: [使用 = 各镇之和]\n";

#[test]
fn relations_name_every_cell_and_the_difference() {
    let data = "年份: 2026\n使用: 60.5\n乡镇:\n  - {名称: 甲镇, 使用: 30.5, 已拨付: 20, 未拨付: 10.5}\n  - {名称: 乙镇, 使用: 31, 已拨付: 20, 未拨付: 10.5}\n";
    let found = examined(FUNDS, "# 情况\n全年使用{{ 使用 }}万元。\n", data);
    insta::assert_snapshot!("relations", told(&found, &["C-01"]).join("\n"));
    assert!(found.0.iter().filter(|f| f.diagnostic.code.name() == "C-01").all(|f| f.diagnostic.is_error()));
}

#[test]
fn relations_that_hold_or_cannot_be_known_say_nothing() {
    let text = "# 情况\n全年使用{{ 使用 | default(\"若干\") }}万元。\n";
    let right = "年份: 2026\n使用: 61\n乡镇:\n  - {名称: 甲镇, 使用: 30.55, 已拨付: 20.05, 未拨付: 10.50}\n  - {名称: 乙镇, 使用: 30.45, 已拨付: 30.45, 未拨付: —}\n";
    assert_eq!(told(&examined(FUNDS, text, right), &["C-01"]), Vec::<String>::new());
    let blank = "年份: 2026\n使用: 1\n乡镇:\n  - {名称: 甲镇, 使用: 30.5, 已拨付: 20, 未拨付: }\n  - {名称: 乙镇, 使用: , 已拨付: 20, 未拨付: 1}\n";
    assert_eq!(told(&examined(FUNDS, text, blank), &["C-01"]), Vec::<String>::new());
}

#[test]
fn relations_against_last_year_and_of_rounded_figures() {
    let template = "字段:\n  - {名称: 站数, 类型: 整数}\n  - {名称: 收集, 类型: 整数}\n  - {名称: 办结, 类型: 整数}\n  - {名称: 办结率, 类型: 百分比}\n关系:\n  - {式: 站数 >= 上年.站数, 级别: 警告, 说明: 站点只增不减}\n  - 办结率 = 办结 ÷ 收集\n";
    let text = "# 情况\n共有站点{{ 站数 }}个。\n";
    let data = |rate: &str| {
        format!("年份: 2026\n站数: 11\n收集: 48\n办结: 46\n办结率: {rate}\n历年: {{2025: {{站数: 12}}}}\n")
    };
    let found = examined(template, text, &data("95.8%"));
    let said = told(&found, &["C-01"]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("站点只增不减") && said[0].contains("上年站数 12"), "{said:?}");
    assert_eq!(found.0[0].diagnostic.severity, Severity::Warning);
    assert_eq!(told(&examined(template, text, &data("94.8%")), &["C-01"]).len(), 2);
}

#[test]
fn relations_that_cannot_be_read_are_refused_at_their_place() {
    let template = "字段: [{名称: 使用, 类型: 小数}, {名称: 已拨付, 类型: 小数}]\n关系:\n  - 使用 == 已拔付\n  - 使用 已拨付\n  - {说明: 没有式}\n  - 使用 = 站点.经费之和\n";
    let (_dir, request) = pack(template, "# 情况\n正文。\n", "年份: 2026\n");
    let failure = pipeline::prepare(&request).err().unwrap();
    let said: Vec<String> = failure.diagnostics.iter().map(|d| render(d, &failure.sources)).collect();
    insta::assert_snapshot!("refused_relations", said.join(""));
}

#[test]
fn data_rules_beside_last_year() {
    let template = "";
    let row = |n: &str, a: i32, b: i32, c: i32| format!("  - {{名称: {n}, 场次: {a}, 人次: {b}, 面积: {c}}}\n");
    let table = |rows: [(i32, i32, i32); 3]| {
        ["甲镇", "乙镇", "丙镇"].iter().zip(rows).map(|(n, (a, b, c))| row(n, a, b, c)).collect::<String>()
    };
    let data = format!(
        "年份: 2026\n报告: {{标题: 关于2025年工作情况的汇报, 成文日期: 2025-12-05}}\n经费: 3211\n投诉: 12\n截至日期: 2025-11-30\n说明: 2025年以来，全镇组织培训。\n占比: 130%\n完成率: 130%\n乡镇:\n{}历年:\n  2025:\n    经费: 32.11\n    投诉: 300\n    乡镇:\n{}",
        table([(15, 120, 40), (16, 130, 41), (17, 140, 42)]),
        table([(15, 90, 40), (16, 95, 41), (17, 99, 42)]).replace("  - ", "      - "),
    );
    let found = examined(template, "# 情况\n{{ 说明 }}\n", &data);
    insta::assert_snapshot!("beside_last_year", told(&found, &["C-02", "C-03", "C-04", "C-05"]).join("\n"));
}

#[test]
fn typed_numbers_are_named_with_their_cells() {
    let data = "年份: 2026\n培训场次: 36\n培训人次: 1286\n经费: 268.4\n办结率: 95.8%\n说明: 全年组织培训38场，接待群众1.2万人次\n单位数: [无]\n";
    let text = "# 情况\n全年组织培训36场，参训1286人次。投入经费268万元，办结率为95.8%。\n\n{{ 说明 }}。全年开展督查17次。\n\n上年组织培训30场，计划明年组织培训40场。\n";
    let template = "字段:\n  - {名称: 培训场次, 类型: 整数, 单位: 场}\n  - {名称: 培训人次, 类型: 整数, 单位: 人次}\n  - {名称: 经费, 类型: 小数, 单位: 万元}\n  - {名称: 办结率, 类型: 百分比}\n  - {名称: 说明, 类型: 文本}\n";
    let data = data.replace("单位数: [无]\n", "");
    let found = examined(template, text, &data);
    insta::assert_snapshot!("typed_numbers", told(&found, &["F-01", "F-02", "F-03"]).join("\n"));
}

#[test]
fn one_indicator_has_one_value() {
    let text = "# 情况\n全年走访困难群众126户，发放慰问金{{ 慰问金 }}万元。\n\n# 成效\n累计走访困难群众128户，云溪镇走访困难群众12户。\n\n# 打算\n下年计划走访困难群众150户。\n";
    let data = "年份: 2026\n慰问金: 6.3\n乡镇: [{名称: 云溪镇, 户数: 12}]\n";
    let found = examined("", text, data);
    let said = told(&found, &["F-03"]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("126") && said[0].contains("128") && said[0].contains("report.md.j2:5"), "{said:?}");
}

#[test]
fn a_plan_is_no_second_value_of_a_result() {
    let text = "# 工作回顾\n组织代表培训36场，新建步道132公里。\n\n# 下一步打算\n组织代表培训40场。新建步道90公里。\n\n## 抓好建设\n新建步道95公里。\n";
    let said = told(&examined("", text, "年份: 2026\n培训场次: 36\n"), &["F-03"]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("90") && said[0].contains("95"), "{said:?}");
    let results = "# 工作回顾\n组织代表培训36场。\n\n# 2026年工作计划完成情况\n组织代表培训40场。\n";
    assert_eq!(told(&examined("", results, "年份: 2026\n"), &["F-03"]).len(), 1);
}

#[test]
fn faults_of_a_cell_are_warnings_at_the_cell() {
    let data = "年份: 2026\n问题: 有的站点重建设,轻管护；截止11月底，己整改５个。\n";
    let (found, sources) = examined("", "# 问题\n{{ 问题 }}\n", data);
    let codes: Vec<&str> = found.iter().map(|f| f.diagnostic.code.name()).collect();
    assert_eq!(codes, ["P-01", "N-19", "W-01", "N-02"], "{found:?}");
    for finding in &found {
        assert_eq!(finding.diagnostic.severity, Severity::Warning);
        assert!(sources.describe(finding.diagnostic.origin.unwrap()).starts_with("例.yaml:2:"));
        assert!(finding.sentence.contains('【') && finding.heading == "一、问题");
    }
    let report: serde_json::Value = serde_json::from_str(&json(&found, &sources)).unwrap();
    assert_eq!(report["counts"]["warning"], 4);
    assert_eq!(report["findings"][0]["place"]["line"], 2);
    assert_eq!(counts(&found), [0, 4, 0]);
}

#[test]
fn a_pack_changes_levels_and_says_so() {
    let text = "# 情况\n成效显著！共 25 件。\n";
    let template = "检查: {P-24: 警告, P-27: 关}\n";
    let (_dir, request) = pack(template, text, "年份: 2026\n");
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    assert_eq!(material.levels.changes.len(), 2);
    let composed = pipeline::compose(&material, None, false).unwrap();
    let found = pipeline::examine(&material, &composed.document, &pipeline::Rules::All);
    let codes: Vec<_> = found.iter().map(|f| (f.diagnostic.code.name(), f.diagnostic.severity)).collect();
    assert!(codes.contains(&("P-24", Severity::Warning)) && codes.iter().all(|(c, _)| *c != "P-27"), "{codes:?}");
}

#[test]
fn an_office_stands_over_the_pack() {
    let (dir, request) = pack("检查: {P-27: 关}\n", "# 情况\n共 25 件。\n", "年份: 2026\n");
    std::fs::write(dir.path().join("huibao.yaml"), "检查: {P-27: 错误, 陡变倍数: 2}\n").unwrap();
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    let found = pipeline::examine(&material, &composed.document, &pipeline::Rules::All);
    assert!(found.iter().any(|f| f.diagnostic.code.name() == "P-27" && f.diagnostic.is_error()), "{found:?}");
    std::fs::write(dir.path().join("huibao.yaml"), "检查: {P-270: 关, P-01: 严, 陡变倍数: 0}\n").unwrap();
    let failure = pipeline::prepare(&request).err().unwrap();
    let said: Vec<String> = failure.diagnostics.iter().map(|d| render(d, &failure.sources)).collect();
    insta::assert_snapshot!("wrong_levels", said.join(""));
    assert_eq!(Levels::default().changes.len(), 0);
}
