//! What a rule found.

use super::claims::Claims;
use super::line::{Hit, Line};
use super::rule::{self, Rule, Test};
use crate::diagnostic::Diagnostic;
use crate::document::Passage;

/// One finding: a diagnostic, with the sentence that it is in.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Code, weight, place and advice; of prose the place is the cell of the figure, or the template.
    pub diagnostic: Diagnostic,
    /// The sentence, the place within it between 【 】; empty where there is none.
    pub sentence: String,
    /// The heading that it stands under.
    pub heading: String,
}

/// What the rules of the language and of its claims find in one passage.
pub fn text_findings(passage: &Passage) -> Vec<(&'static Rule, Hit)> {
    findings_by(rule::LANGUAGE.iter().chain(rule::CLAIMS), passage)
}

impl Finding {
    /// What has no sentence: it is about the data, or another step says it.
    pub fn plain(diagnostic: Diagnostic) -> Finding {
        Finding { diagnostic, sentence: String::new(), heading: String::new() }
    }
}

/// What the rules of the language found in one passage.
pub type Found = Vec<(&'static Rule, Hit)>;

pub fn findings_by(rules: impl IntoIterator<Item = &'static Rule>, passage: &Passage) -> Found {
    let line = Line::new(passage);
    let mut found = Vec::new();
    let claims = Claims::new(&line);
    for rule in rules {
        let mut hits = Vec::new();
        match rule.test {
            Test::Text(test) => test(&line, &mut hits),
            Test::Claim(test) => test(&claims, &mut hits),
            Test::Data(_) | Test::Prose(_) | Test::Step(_) => continue,
        }
        found.extend(hits.into_iter().map(|hit| (rule, hit)));
    }
    found.sort_by_key(|(_, hit)| hit.start);
    found
}
