//! Each rule finds its bad example and passes its good one; clean prose and samples are
//! clean; planted faults are found.

use std::path::PathBuf;

use huibao::check::{self, Kind, Passage, RULES};
use huibao::diagnostic::Severity;
use huibao::pipeline::{self, Request};

fn codes(example: &str) -> Vec<&'static str> {
    let (kind, text) = match example.split_once('|') {
        Some(("标题", text)) => (Kind::Heading, text),
        Some(("图题", text)) => (Kind::Caption, text),
        _ => (Kind::Body, example),
    };
    check::text_findings(&Passage::typed(kind, text)).into_iter().map(|(rule, _)| rule.id).collect()
}

#[test]
fn check_rules_find_their_bad_example_and_pass_their_good_one() {
    let mut wrong = Vec::new();
    for rule in RULES {
        if !codes(rule.bad).contains(&rule.id) {
            wrong.push(format!("{} does not find “{}”", rule.id, rule.bad));
        }
        let found = codes(rule.good);
        if !found.is_empty() {
            wrong.push(format!("{}: “{}” gives {found:?}", rule.id, rule.good));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn check_finds_planted_faults() {
    let page: Vec<(&str, &str)> =
        include_str!("check_faults.txt").lines().filter_map(|line| line.split_once(' ')).collect();
    let missed: Vec<String> =
        page.iter().filter(|(id, text)| !codes(text).contains(id)).map(|(id, text)| format!("{id} {text}")).collect();
    assert!(page.len() >= 40, "{}", page.len());
    assert!(page.len() - missed.len() >= 36, "missed:\n{}", missed.join("\n"));
}

#[test]
fn check_passes_clean_prose() {
    let prose = include_str!("check_clean.txt");
    assert!(prose.chars().filter(|c| !c.is_whitespace()).count() >= 5000);
    let found: Vec<String> = prose
        .lines()
        .filter(|l| !l.is_empty())
        .flat_map(|line| check::text_findings(&Passage::typed(Kind::Body, line)))
        .filter(|(rule, _)| rule.level >= Severity::Warning)
        .map(|(rule, hit)| format!("{} {}", rule.id, hit.message))
        .collect();
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
        for finding in check::examine(&composed.document, &material.sources) {
            if finding.diagnostic.severity >= Severity::Warning {
                let d = &finding.diagnostic;
                wrong.push(format!("{} {} {} {}", data.display(), d.code, d.message, finding.sentence));
            }
        }
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
