//! Contract §2, YAML: what is understood, and what the user is told of each mistake.

use insta::assert_snapshot;

use crate::data_support::{read, report, told};

fn yaml(text: &str) -> String {
    report(&read(&[("data.yaml", text.as_bytes())]))
}

fn wrong(text: &str) -> String {
    told(&read(&[("data.yaml", text.as_bytes())]))
}

#[test]
fn fields_years_report_and_tables() {
    assert_snapshot!(yaml(
        "模板: township-stations
年份: 2026
报告: {标题: 汇报, 单位: 云溪镇人大主席团, 成文日期: 2026-12-05, 签发人: [主任, 副主任]}
培训: {场次: 36, 人次: 1,280}
经费（万元）: 31.86
历年:
  2025: {培训: {场次: 32}}
  2024: {培训: {场次: 30}}
乡镇:
  - {名称: 云溪镇, 中心站: 建成, 经费: 31.86}
  - {名称: 石桥镇, 年份: 2025, 中心站: 在建}
制度: [《一》, 《二》]
"
    ));
}

#[test]
fn values_keep_what_was_typed() {
    assert_snapshot!(yaml(
        "年份: 2026
代码: 000001
编号: 007
版本: 1.10
账号: 6222021234567890123
三十位: 123456789012345678901234567890
否: no
关: off
时间: 12:30
下划线: 1_000
率: 78.3%
无: 无
横: —
空:
零: 0
负: -3.5
引号: \"36\"
真: true
日: 2026-09-30
中文日: 2026年9月30日
月: 2026年9月
段: |
  第一行
  第二行
"
    ));
}

#[test]
fn anchors_and_merge_keys() {
    assert_snapshot!(yaml("年份: 2026\n底: &a {甲: 1, 乙: 2}\n新:\n  <<: *a\n  乙: 3\n"));
}

#[test]
fn bad_tab_indent() {
    assert_snapshot!(wrong("年份: 2026\n报告:\n\t标题: 汇报\n"));
}

#[test]
fn bad_unclosed_quote() {
    assert_snapshot!(wrong("年份: 2026\n标题: \"汇报\n培训场次: 36\n"));
}

#[test]
fn bad_unclosed_bracket() {
    assert_snapshot!(wrong("年份: 2026\n乡镇: [{名称: 云溪镇}, {名称: 石桥镇}\n培训: 3\n"));
}

#[test]
fn bad_indent() {
    assert_snapshot!(wrong("年份: 2026\n报告:\n  标题: 汇报\n 单位: 云溪镇\n"));
}

#[test]
fn bad_colons() {
    assert_snapshot!(
        wrong("年份: 2026\n培训场次：36\n") + &wrong("年份: 2026\n培训场次:36\n") + &wrong("标题: 关于: 汇报\n")
    );
}

#[test]
fn bad_duplicate_keys() {
    assert_snapshot!(wrong("培训场次: 36\n检查: 5\n培训场次: 37\n检查: 6\n"));
}

#[test]
fn bad_alias_bomb() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for i in 1..10 {
        let refs = vec![format!("*a{}", i - 1); 10].join(", ");
        text += &format!("a{i}: &a{i} [{refs}]\n");
    }
    assert_snapshot!(wrong(&text));
}

#[test]
fn bad_deep_nesting() {
    assert_snapshot!(
        wrong(&format!("a: {}{}", "[".repeat(100), "]".repeat(100))).lines().next().unwrap_or("").to_string()
    );
}

#[test]
fn bad_recursion_anchor_documents_tag() {
    assert_snapshot!(
        wrong("a: &a [1, *a]\n")
            + &wrong("a: *nothing\n")
            + &wrong("a: 1\n---\nb: 2\n")
            + &wrong("a: !!python/object:os.system x\n")
    );
}

#[test]
fn bad_shapes() {
    assert_snapshot!(
        wrong("- 1\n- 2\n")
            + &wrong("历年: [1]\n")
            + &wrong("历年: {去年: {a: 1}}\n")
            + &wrong("报告: 汇报\n")
            + &wrong("乡镇:\n  - [1, 2]\n")
    );
}

#[test]
fn bad_encodings() {
    let text = "年份: 2026\n标题: 云溪镇汇报\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let both = told(&read(&[("gbk.yaml", &gbk)])) + &told(&read(&[("utf16.yaml", &utf16)]));
    assert_snapshot!(both);
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    assert!(read(&[("bom.yaml", &marked)]).diagnostics.is_empty());
}
