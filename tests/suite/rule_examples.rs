//! Each rule that reads prose holds ten right and ten wrong texts of its own: `examiner/rules/CODE.tsv`, a line `错` or
//! `对`, a tab, the text. A text is a paragraph; `标题|`, `图题|` or `#` before it makes it another kind, `⏎` in it a whole
//! report, of which the first line is a title where it begins with `#` or the rule is of a kind of document, the second
//! then an addressee; behind `‖` stand data in YAML.

use std::collections::BTreeMap;
use std::fs;

use huibao::check::{self, Test, rule};

use super::check::{codes, ids, report_findings};
use super::examiner::findings;

/// Texts of each kind that a rule has at least.
const LEAST: usize = 10;

/// Rules whose texts are there: wrong ones and right ones, in their order.
fn texts() -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir("tests/suite/examiner/rules").unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        let of: &mut (Vec<String>, Vec<String>) = all.entry(code.clone()).or_default();
        for line in fs::read_to_string(&path).unwrap().lines().filter(|line| !line.is_empty()) {
            match line.split_once('\t') {
                Some(("错", text)) => of.0.push(text.to_owned()),
                Some(("对", text)) => of.1.push(text.to_owned()),
                _ => panic!("{code}: “{line}”"),
            }
        }
    }
    all
}

/// The rules that a text raises.
fn raised(code: &str, text: &str) -> Vec<&'static str> {
    let whole = text.replace('⏎', "\n");
    if text.contains("⏎|") && !text.starts_with('|') {
        let whole = text.replacen("⏎|", "\n\n|", 1).replace('⏎', "\n");
        return ids(&report_findings("", &whole, "年份: 2026\n"));
    }
    if let Some(heading) = text.strip_prefix('#').filter(|_| !text.contains('⏎')) {
        return codes(&format!("标题|{}", heading.trim_start_matches(['#', ' '])));
    }
    if let Some((prose, data)) = whole.split_once('‖') {
        return ids(&report_findings("", prose.trim(), data.trim()));
    }
    let alone = rule::rule(code).is_some_and(|rule| matches!(rule.test, Test::Text(_) | Test::Claim(_)));
    if alone && !text.contains('⏎') {
        return codes(text);
    }
    ids(&findings(&whole, code.starts_with('Y') || whole.starts_with("# ")))
}

#[test]
fn rule_examples_hold() {
    let mut wrong = Vec::new();
    for (code, (bad, good)) in texts() {
        assert!(rule::rule(&code).is_some(), "no rule {code}");
        let finds = |text: &&String| raised(&code, text).contains(&code.as_str());
        wrong.extend(
            bad.iter()
                .filter(|text| !finds(text))
                .map(|text| format!("{code} misses {text} {:?}", raised(&code, text))),
        );
        wrong.extend(good.iter().filter(finds).map(|text| format!("{code} tells {text}")));
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// A rule of the prose without its texts is not done.
#[test]
fn rule_examples_are_ten_of_each() {
    let texts = texts();
    let few = |rule: &&check::Rule| {
        let of = texts.get(rule.code.name());
        of.is_none_or(|(bad, good)| bad.len() < LEAST || good.len() < LEAST)
    };
    let prose = rule::all().filter(|rule| !matches!(rule.test, Test::Data(_) | Test::Step(_)));
    let few: Vec<_> = prose.filter(few).map(|rule| rule.code.name()).collect();
    assert!(few.is_empty(), "{few:?}");
}

/// The second examples of docs/checks.md are the first of these texts that stand for a whole paragraph.
#[test]
fn rule_examples_that_the_manual_shows_are_theirs() {
    let plain = |texts: &[String]| texts.iter().find(|text| !text.contains('⏎')).or(texts.first()).cloned();
    let row = |code: &str, (bad, good): &(Vec<String>, Vec<String>)| {
        Some(format!("{code}\t{}\t{}\n", plain(bad)?, plain(good)?))
    };
    let all: String = texts().iter().filter_map(|(code, of)| row(code, of)).collect();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|v| v == "always") {
        fs::write("src/check/examples.tsv", all).unwrap();
        return;
    }
    assert!(fs::read_to_string("src/check/examples.tsv").unwrap() == all, "src/check/examples.tsv is out of date");
}
