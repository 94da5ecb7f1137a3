//! One workbook, changed as offices change theirs (`clerks/offices.txt`, drawn as in `data_clerks`):
//! each is read right, or told in one message that says which cell or name it is and what to do.
//!
//! `== kind | sheets that the drawing stands for | code and words of the one message`; without the
//! last the report reads as ever.

use std::collections::BTreeSet;

use huibao::diagnostic::{Diagnostic, Severity, render};
use huibao::document::plain;
use huibao::pipeline;

use super::clerk_cases::Desk;
use super::data_clerks::draw;

const SCHEMA: &str = "字段:
  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true}
  - {名称: 接待群众, 类型: 整数, 单位: 人次, 必填: true}
  - {名称: 使用经费, 类型: 小数, 单位: 万元, 必填: true}
表:
  - 名称: 乡镇
    必填: true
    列:
      - {名称: 名称, 类型: 文本, 必填: true}
      - {名称: 站点, 类型: 整数, 单位: 个, 必填: true}
      - {名称: 接待, 类型: 整数, 单位: 人次, 必填: true}
      - {名称: 经费, 类型: 小数, 单位: 万元, 必填: true}
";
const TEXT: &str = "# 情况

培训{{ 培训场次 }}场，上年{{ 上年.培训场次 }}场；接待{{ 接待群众 }}人次，上年{{ 上年.接待群众 }}人次；经费{{ 使用经费 }}万元，上年{{ 上年.使用经费 }}万元。{% for 镇 in 乡镇 %}{{ 镇.名称 }}{{ 镇.站点 }}个，接待{{ 镇.接待 }}人次，经费{{ 镇.经费 }}万元。{% endfor %}
";
const READ: &str = "培训36场，上年32场；接待402人次，上年310人次；经费31.86万元，上年28.5万元。\
                    云溪镇12个，接待210人次，经费18.2万元。石桥镇11个，接待192人次，经费13.66万元。";
const FIGURES: &str = ">> 指标 >>
指标 | 单位 | 2026年 | 2025年
培训场次 | 场 | 36 | 32
接待群众 | 人次 | 402 | 310
使用经费 | 万元 | 31.86 | 28.5
";
const TOWNS: &str = ">> 乡镇 >>
名称 | 站点 | 接待 | 经费
云溪镇 | 12 | 210 | 18.2
石桥镇 | 11 | 192 | 13.66
";

/// One changed workbook.
struct Kind<'a> {
    name: &'a str,
    told: Option<&'a str>,
    drawn: String,
}

fn kinds(all: &str) -> Vec<Kind<'_>> {
    let cases = all.split("== ").filter(|case| !case.trim().is_empty());
    cases
        .map(|case| {
            let (title, body) = case.split_once('\n').expect("a title and a body");
            let mut parts = title.splitn(3, " | ");
            let (name, stands_for) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let whole = |sheet: &str, default: &str| match stands_for.split(' ').any(|s| s == sheet) {
                true => String::new(),
                false => default.to_string(),
            };
            let drawn = whole("指标", FIGURES) + body + &whole("乡镇", TOWNS);
            Kind { name, told: parts.next(), drawn }
        })
        .collect()
}

/// What is said of a workbook, and the report where one comes of it.
fn read(schema: &str, bytes: &[u8]) -> (Vec<(Diagnostic, String)>, String) {
    let desk = Desk::new(schema, TEXT, "数据.xlsx", bytes);
    match pipeline::prepare(&desk.request) {
        Err(failure) => {
            let told = failure.diagnostics.into_iter().map(|d| (d.clone(), render(&d, &failure.sources)));
            (told.collect(), String::new())
        }
        Ok(material) => {
            let (text, found) = match pipeline::compose(&material, None, false) {
                Ok(composed) => (plain(&composed.document), Vec::new()),
                Err(found) => (String::new(), found),
            };
            let all = material.diagnostics.iter().chain(&found);
            (all.map(|d| (d.clone(), render(d, &material.sources))).collect(), text)
        }
    }
}

fn wrong(kind: &Kind<'_>) -> Option<String> {
    let (told, text) = read(SCHEMA, &draw(&kind.drawn, true));
    let said: String = told.iter().map(|(_, said)| said.as_str()).collect();
    let beyond: Vec<&String> =
        told.iter().filter(|(d, _)| d.severity > Severity::Notice).map(|(_, said)| said).collect();
    let right = match kind.told.map(|told| told.split_once(' ').expect("a code and words")) {
        None => text.contains(READ) && beyond.len() <= 1 && told.iter().all(|(d, _)| !d.is_error()),
        Some((code, words)) => {
            let errors: Vec<&String> = told.iter().filter(|(d, _)| d.is_error()).map(|(_, said)| said).collect();
            let one = errors.len() == 1 && errors[0].contains(&format!("[{code}]")) && errors[0].contains(words);
            one && beyond.len() <= 2 && errors[0].contains("怎么办")
        }
    };
    (!right).then(|| format!("==== {}\n{text}{said}", kind.name))
}

#[test]
fn sixty_workbooks_changed_as_offices_do() {
    let drawn =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/clerks/offices.txt")).unwrap();
    let all = kinds(&drawn);
    let names: BTreeSet<&str> = all.iter().map(|kind| kind.name).collect();
    assert!(all.len() >= 60 && names.len() == all.len(), "{}", all.len());
    let found: Vec<String> = all.iter().filter_map(wrong).collect();
    assert!(found.is_empty(), "{} of {}\n{}", found.len(), all.len(), found.join("\n"));
}

/// A pack that declares nothing: what its text reads tells what the sheets are.
#[test]
fn a_pack_without_a_schema_reads_them_as_well() {
    let drawn =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/clerks/offices.txt")).unwrap();
    let all = kinds(&drawn);
    let of = |kind: &&Kind| kind.told.is_none() && !DECLARED_ONLY.iter().any(|word| kind.name.contains(word));
    let wrong = |kind: &Kind| {
        let (told, text) = read("", &draw(&kind.drawn, true));
        let said: String = told.iter().map(|(_, said)| said.as_str()).collect();
        (!text.contains(READ)).then(|| format!("==== {}\n{text}{said}", kind.name))
    };
    let found: Vec<String> = all.iter().filter(of).filter_map(wrong).collect();
    assert!(found.is_empty(), "{}\n{}", found.len(), found.join("\n"));
}

/// Kinds that only a declaration settles.
const DECLARED_ONLY: &[&str] = &["横竖颠倒"];
