//! What a pack states: each figure once in what was done, and no statement of fact without a datum.

use std::collections::{BTreeMap, BTreeSet};

use huibao::document::{self, Block, Document, Inline};

use super::packs::{PACKS, compose_variant};
use super::packs_variants::VARIANTS;

/// What a part of a report is about, as its heading of level 1 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// What stands before the first part.
    Lead,
    Situation,
    Results,
    Problems,
    Plans,
}

impl Part {
    fn of(heading: &str) -> Part {
        let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        match heading {
            _ if has(&["打算", "设想", "建议", "计划", "安排"]) => Part::Plans,
            _ if has(&["问题", "不足"]) => Part::Problems,
            _ if has(&["成效", "做法"]) => Part::Results,
            _ => Part::Situation,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Part::Lead => "引言",
            Part::Situation => "情况",
            Part::Results => "成效",
            Part::Problems => "问题",
            Part::Plans => "打算",
        }
    }
}

/// The blocks of a report with the part that each is in.
fn in_parts(document: &Document) -> impl Iterator<Item = (Part, &Block)> {
    document.body.iter().scan(Part::Lead, |part, block| {
        if let Block::Heading(heading) = block
            && heading.level == 1
        {
            *part = Part::of(&document::plain_text(&heading.text));
        }
        Some((*part, block))
    })
}

/// The text of a paragraph or an item, each character with the number of the figure that it is of.
type Text = Vec<(char, Option<u32>)>;

/// The texts of a block that a reader reads as prose: no table, no chart, no heading of a line of its own.
fn prose(block: &Block) -> Vec<Text> {
    match block {
        Block::Paragraph { lead, text } => {
            vec![lead.iter().flat_map(|h| &h.text).chain(text).flat_map(characters).collect()]
        }
        Block::List(list) => list.items.iter().map(|item| item.iter().flat_map(characters).collect()).collect(),
        _ => Vec::new(),
    }
}

fn characters(inline: &Inline) -> Text {
    match inline {
        Inline::Text(text) => text.chars().map(|c| (c, None)).collect(),
        Inline::Figure { id, text } => text.chars().map(|c| (c, Some(id.0))).collect(),
        Inline::Emphasis(inner) | Inline::Strong(inner) => inner.iter().flat_map(characters).collect(),
        Inline::Break => Vec::new(),
    }
}

/// No figure is printed twice in 情况 and 成效: the same text, made of the same cells. The year, dates and names
/// may be said again.
#[test]
fn no_figure_is_said_twice() {
    let mut twice = Vec::new();
    for pack in PACKS {
        // Copies of rows share the cells of the row that they were copied from.
        for variant in VARIANTS.into_iter().filter(|v| !["fifty-rows", "ten-texts"].contains(v)) {
            let document = compose_variant(pack, variant);
            let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
            for (part, block) in in_parts(&document) {
                if part > Part::Results {
                    continue;
                }
                let texts = prose(block);
                // Two numbers of one sentence may be equal: 5个镇、5个街道.
                let sentences = texts.iter().flat_map(|text| text.split(|(c, _)| *c == '。'));
                let figures = sentences.flat_map(|sentence| {
                    let ids = sentence.iter().filter_map(|(_, figure)| *figure);
                    ids.map(|id| (document.figures[id as usize].text.clone(), id))
                        .collect::<BTreeMap<_, _>>()
                        .into_values()
                });
                // A text of its own may have several sentences.
                for id in figures.collect::<BTreeSet<u32>>() {
                    let figure = &document.figures[id as usize];
                    let cells: Vec<_> = figure.reads.iter().map(|read| format!("{:?}", read.origin)).collect();
                    if !has_a_count(&figure.text) || cells.is_empty() {
                        continue;
                    }
                    let said = seen.entry((figure.text.to_string(), cells.join(" "))).or_default();
                    *said += 1;
                    if *said == 2 {
                        twice.push(format!("{pack} {variant}: {} {{{{ {} }}}}", figure.text, figure.expression));
                    }
                }
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

/// There is a number in it that is neither a year nor a date.
fn has_a_count(text: &str) -> bool {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    let year = text.len() == 4 && text.starts_with("20") && text.bytes().all(|b| b.is_ascii_digit());
    digits && !year && !text.contains('年') && !text.contains('月')
}

/// Of 情况, 成效 and 问题: the share of the text that the template typed, and every sentence in which nothing comes
/// from the data. Whoever reads the list finds in it no statement of fact: each connects, commits, or says what
/// the figures that decided about it say.
#[test]
fn sentences_without_a_datum() {
    for pack in PACKS {
        let mut out = String::new();
        let mut listed: Vec<String> = Vec::new();
        for variant in VARIANTS {
            let document = compose_variant(pack, variant);
            let mut counts: BTreeMap<Part, (usize, usize)> = BTreeMap::new();
            for (part, block) in in_parts(&document).filter(|(part, _)| *part < Part::Plans) {
                for text in prose(block) {
                    let count = counts.entry(part).or_default();
                    count.0 += text.iter().filter(|(_, figure)| figure.is_none()).count();
                    count.1 += text.len();
                    for sentence in fixed_sentences(&text, &document) {
                        let line = format!("{}：{sentence}", part.name());
                        if !listed.contains(&line) {
                            listed.push(line);
                        }
                    }
                }
            }
            if variant == "full" {
                for (part, (fixed, all)) in counts {
                    out += &format!("{} {}%\n", part.name(), fixed * 100 / all.max(1));
                }
            }
        }
        insta::assert_snapshot!(format!("{pack}_fixed"), out + "\n" + &listed.join("\n"));
    }
}

/// The sentences of a text in which nothing comes from a cell; words that a condition chose do not.
fn fixed_sentences(text: &Text, document: &Document) -> Vec<String> {
    let sentences = text.split_inclusive(|(c, _)| "。；！？".contains(*c));
    let typed = |figure: Option<u32>| figure.is_none_or(|id| document.figures[id as usize].reads.is_empty());
    let fixed = sentences.filter(|s| s.iter().all(|(_, figure)| typed(*figure)));
    fixed.map(|s| s.iter().map(|(c, _)| c).collect()).collect()
}
