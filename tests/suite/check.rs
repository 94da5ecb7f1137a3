//! Each rule finds its bad example and passes its good one; clean prose and samples are
//! clean; planted faults are found.

use std::path::PathBuf;

use huibao::check::{self, Finding, Levels, Test, rule};
use huibao::dataset::schema::Schema;
use huibao::dataset::{Input, LoadOptions, load_inputs};
use huibao::diagnostic::{Severity, SourceId, has_error};
use huibao::document::{Passage, PassageKind};
use huibao::pipeline::{self, Request};
use huibao::source::yaml;

pub fn codes(example: &str) -> Vec<&'static str> {
    let (kind, text) = match example.split_once('|') {
        Some(("标题", text)) => (PassageKind::Heading, text),
        Some(("图题", text)) => (PassageKind::Caption, text),
        _ => (PassageKind::Body, example),
    };
    check::text_findings(&Passage::typed(kind, text)).into_iter().map(|(rule, _)| rule.code.name()).collect()
}

/// Findings of the data rules: relations, `‖`, data.
fn data_findings(example: &str) -> Vec<Finding> {
    let (relations, data) = example.split_once('‖').unwrap();
    let input = Input::Bytes { name: "例.yaml".into(), bytes: data.trim().as_bytes().to_vec() };
    let loaded = load_inputs(vec![input], &LoadOptions::default());
    assert!(!has_error(&loaded.diagnostics), "{example}: {:?}", loaded.diagnostics);
    let mut schema = Schema::default();
    let list = relations.split('；').map(str::trim).filter(|r| !r.is_empty()).map(|r| format!("- {r}\n"));
    let list: String = list.collect();
    if !list.is_empty() {
        let node = yaml::parse(&list, SourceId(0)).unwrap();
        assert!(schema.relate(Some(&node)).is_empty(), "{example}");
    }
    check::examine_data(&loaded.dataset.unwrap(), &schema, &Levels::default())
}

/// A pack with this text over these data, in a folder that goes with the value.
pub fn pack(template: &str, text: &str, data: &str) -> (tempfile::TempDir, Request) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("template.yaml"), format!("名称: 例\n标题: 关于某项工作情况的汇报\n{template}"))
        .unwrap();
    std::fs::write(dir.path().join("report.md.j2"), text).unwrap();
    let file = dir.path().join("例.yaml");
    std::fs::write(&file, data).unwrap();
    let template = Some(dir.path().to_string_lossy().into_owned());
    let request = Request { data: vec![file], template, folders: vec![PathBuf::from(".")], ..Request::default() };
    (dir, request)
}

/// All findings over a report of this text and these data.
pub fn report_findings(template: &str, text: &str, data: &str) -> Vec<Finding> {
    let (_dir, request) = pack(template, text, data);
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    pipeline::examine(&material, &composed.document, &pipeline::Rules::All)
}

pub fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|f| f.diagnostic.code.name()).collect()
}

#[test]
fn check_rules_find_their_bad_example_and_pass_their_good_one() {
    let mut wrong = Vec::new();
    for rule in rule::all() {
        let found = |example: &str| match rule.test {
            Test::Text(_) | Test::Claim(_) => Some(codes(example)),
            Test::Data(_) => Some(ids(&data_findings(example))),
            Test::Prose(_) => {
                let (text, data) = example.split_once('‖').unwrap();
                Some(ids(&report_findings("", text.trim(), data.trim())))
            }
            Test::Step(_) => None,
        };
        if found(rule.bad).is_some_and(|found| !found.contains(&rule.code.name())) {
            wrong.push(format!("{} does not find “{}”", rule.code.name(), rule.bad));
        }
        if let Some(found) = found(rule.good).filter(|f| !f.is_empty()) {
            wrong.push(format!("{}: “{}” gives {found:?}", rule.code.name(), rule.good));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line for each planted fault: whether the rule finds it, and which rules do.
fn found_or_not(planted: &str) -> String {
    let lines = planted.lines().filter_map(|line| line.split_once(' ')).map(|(id, text)| {
        let found = codes(text);
        let verdict = if found.contains(&id) { "found" } else { "NOT found" };
        let others: Vec<_> = found.into_iter().filter(|code| *code != id).collect();
        let also = if others.is_empty() { String::new() } else { format!(" (also {})", others.join(", ")) };
        format!("{id} {verdict}{also}: {text}\n")
    });
    lines.collect()
}

#[test]
fn check_finds_planted_faults() {
    insta::assert_snapshot!("planted_faults", found_or_not(include_str!("check_faults.txt")));
}

/// One sentence or more for each rule of the language, other than those of its table; none may be missed.
#[test]
fn check_misses_none_of_the_planted_faults() {
    let found = found_or_not(include_str!("check_planted.txt"));
    assert!(!found.contains("NOT found"), "{found}");
    insta::assert_snapshot!("planted_one_by_one", found);
}

/// A page with its planted faults: `⟨code:wrong⟩` in the text.
fn planted(line: &str) -> (String, Vec<(String, usize, usize)>) {
    let (mut text, mut faults) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('⟨') {
        let (code, after) = after.split_once(':').unwrap();
        let (wrong, after) = after.split_once('⟩').unwrap();
        text.push_str(before);
        let start = text.chars().count();
        text.push_str(wrong);
        faults.push((code.to_string(), start, text.chars().count()));
        rest = after;
    }
    text.push_str(rest);
    (text, faults)
}

/// Each planted fault of a page with the rules that tell it at its place (a fault may be told by another
/// rule as well; the place is what counts), and what is told where no fault was planted.
#[test]
fn check_finds_the_faults_of_a_page_at_their_places() {
    let (mut found, mut strays) = (String::new(), String::new());
    for line in include_str!("check_page.txt").lines() {
        let (text, faults) = planted(line);
        let hits = check::text_findings(&Passage::typed(PassageKind::Body, &text));
        for (code, start, end) in &faults {
            let near = hits.iter().filter(|(_, hit)| hit.start < end + 2 && *start < hit.end + 2);
            let told: Vec<_> = near.map(|(rule, _)| rule.code.name()).collect();
            let wrong: String = text.chars().skip(*start).take(end - start).collect();
            let told = if told.is_empty() { "NOT found".to_string() } else { format!("found by {}", told.join(", ")) };
            found.push_str(&format!("{code} {wrong}: {told}\n"));
        }
        for (rule, hit) in hits.iter().filter(|(rule, _)| rule.code.severity() >= Severity::Warning) {
            // One fault may show at both numbers of a sentence.
            let planted =
                faults.iter().any(|(code, a, b)| hit.start < b + 3 && *a < hit.end + 3 || code == rule.code.name());
            if !planted && rule.code.name() != "P-23" {
                strays.push_str(&format!("{} {}\n", rule.code.name(), hit.message));
            }
        }
    }
    assert!(strays.is_empty(), "{strays}");
    insta::assert_snapshot!("planted_on_a_page", found);
}

/// Findings of level 警告 and above in a text, a paragraph a line.
fn alarms(prose: &str) -> Vec<String> {
    let lines = prose.lines().filter(|l| !l.is_empty());
    let found = lines.flat_map(|line| {
        let hits = check::text_findings(&Passage::typed(PassageKind::Body, line));
        hits.into_iter().map(move |(rule, hit)| (rule, hit, line))
    });
    found
        .filter(|(rule, ..)| rule.code.severity() >= Severity::Warning)
        .map(|(rule, hit, line)| format!("{} {}：{line}", rule.code.name(), hit.message))
        .collect()
}

#[test]
fn check_passes_clean_prose() {
    let prose = include_str!("check_clean.txt");
    assert!(prose.chars().filter(|c| !c.is_whitespace()).count() >= 5000);
    let found = alarms(prose);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn check_passes_prose_that_looks_wrong_and_is_right() {
    let found = alarms(include_str!("check_tricky.txt"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn check_passes_the_samples() {
    let mut wrong = Vec::new();
    let mut samples: Vec<PathBuf> = std::fs::read_dir("samples").unwrap().map(|e| e.unwrap().path()).collect();
    samples.sort();
    for data in samples.into_iter().map(|dir| dir.join("2026.yaml")).filter(|p| p.is_file()) {
        let request = Request { data: vec![data.clone()], folders: vec![PathBuf::from(".")], ..Request::default() };
        let Ok(material) = pipeline::prepare(&request) else { continue };
        let Ok(composed) = pipeline::compose(&material, None, false) else { continue };
        for finding in pipeline::examine(&material, &composed.document, &pipeline::Rules::All) {
            if finding.diagnostic.severity >= Severity::Warning {
                let d = &finding.diagnostic;
                wrong.push(format!("{} {} {} {}", data.display(), d.code.name(), d.message, finding.sentence));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Headings that run in have their text behind them, titles of annexes theirs below: none stands at a foot.
#[test]
fn check_tells_no_heading_of_the_samples_at_a_foot() {
    let mut wrong = Vec::new();
    let samples = std::fs::read_dir("samples").unwrap().map(|e| e.unwrap().path().join("2026.yaml"));
    for data in samples.filter(|path| path.is_file()) {
        let request = Request { data: vec![data.clone()], folders: vec![PathBuf::from(".")], ..Request::default() };
        let Ok(material) = pipeline::prepare(&request) else { continue };
        let Ok(composed) = pipeline::compose(&material, None, false) else { continue };
        let found = huibao::layout::remarks(&composed.document, &crate::layout_pdf::KIT).unwrap();
        wrong.extend(found.into_iter().filter(|d| d.code.name() == "L042").map(|d| format!("{data:?} {}", d.message)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn check_page_of_the_manual_is_the_table() {
    let page = std::fs::read_to_string("docs/checks.md").unwrap_or_default();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|v| v == "always") {
        std::fs::write("docs/checks.md", check::manual()).unwrap();
        return;
    }
    assert!(page == check::manual(), "docs/checks.md is out of date: huibao check --rules > docs/checks.md");
}
