//! Runs the rules over a document and gives each hit its place.

use std::collections::HashSet;

use rayon::prelude::*;

use super::data::Facts;
use super::finding::{Finding, Found, findings_by, text_findings};
use super::levels::Levels;
use super::line::Hit;
use super::memory::Memory;
use super::prose::{Mark, Prose};
use super::rule::{self, Rule, Test};
use crate::dataset::Dataset;
use crate::dataset::schema::Schema;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::document::{Passage, Segment};
use crate::figures::Figure;

/// What is examined.
pub struct Subject<'a> {
    pub document: &'a Document,
    pub data: &'a Dataset,
    pub schema: &'a Schema,
    pub levels: &'a Levels,
}

/// All findings of all rules, in reading order, those of the data first.
pub fn examine(subject: &Subject) -> Vec<Finding> {
    examine_with(subject, &text_findings)
}

/// The same after an earlier examination: passages that are known are not read again.
pub fn examine_again(subject: &Subject, memory: &Memory) -> Vec<Finding> {
    memory.turn();
    examine_with(subject, &|passage| memory.text_findings(passage))
}

type TextFindings<'a> = &'a (dyn Fn(&Passage) -> Found + Sync);

fn examine_with(subject: &Subject, text_findings: TextFindings) -> Vec<Finding> {
    let found = examine_data(subject.data, subject.schema, subject.levels);
    let passages = crate::document::passages(subject.document);
    let texts = passages.par_iter().map(text_findings).collect();
    gather(subject, found, &passages, texts, rule::PROSE.iter())
}

/// Rules by which a finished text can be refused, at the levels that are asked for: for many
/// reports of one pack, of which only that is to be known.
#[derive(Default)]
pub struct Strict {
    language: Vec<&'static Rule>,
    prose: Vec<&'static Rule>,
}

impl Strict {
    pub fn new(levels: &Levels) -> Strict {
        let of = |rules: &'static [Rule]| -> Vec<&'static Rule> {
            rules.iter().filter(|r| levels.of(r) == Some(Severity::Error)).collect()
        };
        let language = of(rule::LANGUAGE).into_iter().chain(of(rule::CLAIMS)).collect();
        Strict { language, prose: of(rule::PROSE) }
    }

    /// The findings of level 错误, those of the data left out, as [`examine`] has them.
    pub fn errors(&self, subject: &Subject) -> Vec<Finding> {
        if self.language.is_empty() && self.prose.is_empty() {
            return Vec::new();
        }
        let passages = crate::document::passages(subject.document);
        let texts: Vec<Found> =
            passages.iter().map(|passage| findings_by(self.language.iter().copied(), passage)).collect();
        if self.prose.is_empty() && texts.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let mut found = gather(subject, Vec::new(), &passages, texts, self.prose.iter().copied());
        found.retain(|finding| finding.diagnostic.is_error());
        found
    }
}

/// Gives what was found its places; adds what the rules of the prose find.
fn gather(
    subject: &Subject,
    mut found: Vec<Finding>,
    passages: &[Passage],
    texts: Vec<Found>,
    rules: impl Iterator<Item = &'static Rule>,
) -> Vec<Finding> {
    let document = subject.document;
    let mut marks: Vec<(&Rule, Mark)> = Vec::new();
    let mut prose = None;
    for rule in rules {
        let Test::Prose(test) = rule.test else { continue };
        let mut hits = Vec::new();
        test(prose.get_or_insert_with(|| Prose::new(document, passages, subject.data)), &mut hits);
        marks.extend(hits.into_iter().map(|mark| (rule, mark)));
    }
    let said = |f: &Finding| (f.diagnostic.code, f.diagnostic.origin, f.diagnostic.message.clone());
    let mut known: HashSet<_> = found.iter().map(said).collect();
    // In the order of the passages; of one passage, of the rules.
    marks.sort_by_key(|(_, mark)| mark.passage);
    let mut marks = marks.into_iter().peekable();
    for (index, (passage, of_text)) in passages.iter().zip(texts).enumerate() {
        let level = |hit: &Hit| hit.doubtful.then_some(Severity::Notice);
        let of_text = of_text
            .into_iter()
            .map(|(rule, hit)| (rule, level(&hit), hit))
            .map(|(rule, level, hit)| (rule, hit, level, Vec::new()));
        let own = std::iter::from_fn(|| marks.next_if(|(_, mark)| mark.passage == index));
        let of_prose = own
            .map(|(rule, mark)| (rule, mark.level.or_else(|| level(&mark.hit)), mark))
            .map(|(rule, level, mark)| (rule, mark.hit, level, mark.also));
        let mut all: Vec<_> = of_text.chain(of_prose).collect();
        all.retain(|(rule, hit, ..)| !beyond(rule, hit, passage, document));
        all.sort_by_key(|(_, hit, ..)| hit.start);
        for (rule, hit, level, also) in all {
            let mut finding = finding(rule, hit, passage, document);
            if let Some(level) = level {
                finding.diagnostic.severity = level;
            }
            if !also.is_empty() {
                finding.diagnostic.related = also;
            }
            // A cell that is printed twice is wrong once.
            if known.insert(said(&finding)) {
                found.push(finding);
            }
        }
    }
    subject.levels.apply(found)
}

/// What the rules about data find; for data of which no report can be made yet.
pub fn examine_data(data: &Dataset, schema: &Schema, levels: &Levels) -> Vec<Finding> {
    let facts = Facts { data, schema, leap: levels.leap };
    let mut found = Vec::new();
    for rule in rule::DATA {
        let Test::Data(test) = rule.test else { continue };
        test(&facts, &mut found);
    }
    found.into_iter().map(Finding::plain).collect()
}

fn finding(rule: &Rule, hit: Hit, passage: &Passage, document: &Document) -> Finding {
    let figure = passage.figure_at(hit.start).and_then(|id| document.figures.get(id.0 as usize));
    // What a clerk typed in a cell is printed as it stands: doubtful, not wrong.
    let level =
        if figure.is_some_and(stands) { rule.code.severity().min(Severity::Warning) } else { rule.code.severity() };
    let (from, to) = passage.sentence(hit.start, hit.end);
    let sentence = format!(
        "{}【{}】{}",
        passage.string(from, hit.start),
        passage.string(hit.start, hit.end),
        passage.string(hit.end, to)
    );
    let mut diagnostic = Diagnostic::new(rule.code, hit.message.clone()).weighing(level);
    diagnostic.helps.push(hit.help.clone());
    diagnostic.origin = passage.place(hit.start..hit.end, &document.figures);
    // The other figures that it is about, with their cells.
    let named = figure.filter(|figure| diagnostic.origin != Some(figure.template));
    let inside = passage.segments.iter().filter(|part| part.start < hit.end && hit.start < part.end);
    let inside = inside.filter_map(|part| document.figures.get(part.figure?.0 as usize));
    for read in
        inside.filter(|other| !named.is_some_and(|own| std::ptr::eq(own, *other))).filter_map(|f| f.reads.first())
    {
        let said = diagnostic.related.iter().any(|(origin, _)| *origin == read.origin);
        if !said && diagnostic.origin != Some(read.origin) {
            diagnostic.related.push((read.origin, format!("{} {}", read.name, read.shown)));
        }
    }
    Finding { diagnostic, sentence: sentence.replace('\n', ""), heading: passage.heading.clone() }
}

/// What no rule judges: the placeholder of a draft, which nobody wrote, the marks inside a
/// number, which its cell's format put there: (36), and a word that would cut a name of the
/// data: 、和平镇 has no 和 in front.
fn beyond(rule: &Rule, hit: &Hit, passage: &Passage, document: &Document) -> bool {
    let named = |at: usize| super::line::han(passage.text[at]) && passage.begins_cell(at, &document.figures);
    if (hit.start + 1..hit.end.min(passage.text.len())).any(named) {
        return true;
    }
    let figure = |part: &Segment| document.figures.get(part.figure?.0 as usize);
    let touched = passage.segments.iter().filter(|s| s.start < hit.end.max(hit.start + 1) && hit.start < s.end);
    touched.filter_map(|span| Some((span, figure(span)?))).any(|(span, figure)| {
        let inside = span.start <= hit.start && hit.end <= span.end;
        figure.missing || inside && rule.is_of_marks() && is_number(&passage.string(span.start, span.end))
    })
}

/// A number with what a format writes around it; `1-6` is none.
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_ascii_digit());
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ');
    !bare.is_empty() && bare.chars().all(number) && !text.chars().any(super::line::han)
}

/// A text of a cell, printed as it stands.
fn stands(figure: &Figure) -> bool {
    let words = figure.text.chars().any(super::line::han);
    words && figure.reads.single().is_some_and(|read| read.shown.trim() == figure.text.trim())
}
