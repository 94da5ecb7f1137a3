//! What is to be told of a file that came back.

use std::collections::BTreeMap;

use super::model::{Compared, Figure, Spot, State};
use super::places::Places;
use crate::check::{Finding, text_findings};
use crate::diagnostic::{Diagnostic, Origin, Severity, SourceId, codes};
use crate::document::{Document, Passage};
use crate::source::docx::typed;

/// What the rules of the language and of claims say of sentences that were edited.
pub fn of_rules(compared: &Compared, places: &Places<'_>, source: SourceId) -> Vec<Finding> {
    let mut standing: BTreeMap<usize, Vec<&Spot>> = BTreeMap::new();
    compared.standing.iter().for_each(|spot| standing.entry(spot.paragraph).or_default().push(spot));
    let mut found = Vec::new();
    for (paragraph, own) in places.paragraphs.iter().enumerate().filter(|(_, own)| !own.is_blank()) {
        let kept = standing.get(&paragraph).map(Vec::as_slice).unwrap_or_default();
        let text = &own.text;
        // A number before the text is the program's own.
        let first =
            kept.first().map(|spot| spot.bytes.start).filter(|start| !text[..*start].contains(['。', '！', '？']));
        let begin = first.unwrap_or_else(|| typed(text).map_or(0, |number| number.length));
        if kept.iter().map(|spot| spot.bytes.len()).sum::<usize>() >= text[begin..].trim().len() {
            continue;
        }
        let bytes: Vec<usize> = text[begin..].char_indices().map(|(at, _)| begin + at).chain([text.len()]).collect();
        for (rule, hit) in text_findings(&Passage::typed(places.kind(paragraph), &text[begin..])) {
            let spot = Spot { paragraph, bytes: bytes[hit.start]..bytes[hit.end.min(bytes.len() - 1)] };
            if kept.iter().any(|own| own.bytes.start <= spot.bytes.start && spot.bytes.end <= own.bytes.end) {
                continue;
            }
            let told = Diagnostic::new(rule.code, hit.message).help(hit.help);
            found.push(located(places, source, Some(&spot), told));
        }
    }
    found
}

/// The findings, in the order of the text; `source` is the file, whose lines are its paragraphs.
pub fn findings(compared: &Compared, places: &Places<'_>, today: &Document, source: SourceId) -> Vec<Finding> {
    let desk = Desk { today };
    let mut found: Vec<(usize, usize, Finding)> = Vec::new();
    let mut add = |spot: Option<&Spot>, told: Diagnostic| {
        let at = spot.map_or((usize::MAX, 0), |spot| (spot.paragraph, spot.bytes.start));
        found.push((at.0, at.1, located(places, source, spot, told)));
    };
    if !compared.recorded {
        let told = Diagnostic::new(codes::E007, "文件里没有生成时的记录，按现在的数据生成的报告对照")
            .help("数不同的，可能是手工改过，也可能是数据变了，请逐个看");
        add(None, told.at(Origin::whole(source)));
    }
    for figure in &compared.figures {
        if let Some(told) = desk.figure(figure) {
            add(figure.spot.as_ref(), told);
        }
    }
    for word in &compared.words {
        let (code, what) = if word.direction { (codes::E002, "升降的说法") } else { (codes::E006, "单位") };
        let told = Diagnostic::new(code, format!("{what}改过：生成时是“{}”，文件里是“{}”", word.old, word.text))
            .help("数据没有这样说，请改回来，或者改数据再更新");
        add(Some(&word.spot), told);
    }
    for spot in &compared.strange {
        let text = &places.paragraphs[spot.paragraph].text[spot.bytes.clone()];
        let told = Diagnostic::new(codes::E004, format!("“{text}”是手工加的数，没有数据可以核对"))
            .help("请自己核对；以后还要用的，写进数据和模板");
        add(Some(spot), told);
    }
    for proposal in compared.proposals.iter().filter(|proposal| proposal.out) {
        let message = format!("数据变了：按现在的数据，这一句不再写：“{}”", short(proposal.text.trim()));
        let told = Diagnostic::new(codes::E003, message).help("请看要不要删去；用 huibao refresh 更新，会在这里加批注");
        add(proposal.spot.as_ref(), told);
    }
    for (spot, name) in &compared.charts {
        let told = Diagnostic::new(codes::E009, format!("{name}的值与数据不同")).help("图不会更新，从新生成的报告里取");
        add(spot.as_ref(), told);
    }
    for text in &compared.gone {
        let told =
            Diagnostic::new(codes::E005, format!("这一句删去了：“{}”", text.trim())).help("有意删去的，不用处理");
        add(None, told);
    }
    found.sort_by_key(|(paragraph, byte, _)| (*paragraph, *byte));
    found.into_iter().map(|(.., finding)| finding).collect()
}

/// A finding at its place.
fn located(places: &Places<'_>, source: SourceId, spot: Option<&Spot>, mut told: Diagnostic) -> Finding {
    let Some(spot) = spot else { return Finding::plain(told) };
    told.origin = Some(places.origin(spot, source));
    let [before, own, behind] = places.sentence(spot);
    let (_, heading) = places.heading(spot.paragraph);
    Finding { diagnostic: told, sentence: format!("{before}【{own}】{behind}"), heading: heading.to_string() }
}

struct Desk<'a> {
    today: &'a Document,
}

impl Desk<'_> {
    fn figure(&self, figure: &Figure) -> Option<Diagnostic> {
        let old = figure.old.as_deref().map_or("（不知道）".into(), short);
        let text = short(&figure.text);
        let differs = |text: &str| figure.new.as_deref().is_some_and(|new| new != text);
        let said =
            figure.new.as_deref().map_or("数据里没有了".to_string(), |new| format!("数据是“{}”", short(new)));
        let mut told = match figure.state {
            State::Same => return None,
            State::Stale => {
                let message = format!("数据变了：文件里是“{text}”，{said}");
                Diagnostic::new(codes::E003, message).help("用 huibao refresh 更新，手工改的都留着")
            }
            State::Typed if figure.spot.is_none() => return None,
            State::Typed if !differs(&figure.text) && figure.new.is_some() => return None,
            // Its sentence is told.
            State::Typed if figure.new.is_none() && figure.old.as_ref() == Some(&figure.text) => return None,
            State::Typed if turned(&figure.text, figure.new.as_deref()) => {
                let message = format!("升降或名次改过，与数据不符：生成时是“{old}”，文件里是“{text}”，{said}");
                Diagnostic::new(codes::E002, message).help("请改回来，或者改数据再更新")
            }
            State::Typed => {
                let message = format!("手工改过，与数据不符：生成时是“{old}”，文件里是“{text}”，{said}");
                let level = if figure.reworded() { Severity::Notice } else { Severity::Error };
                Diagnostic::new(codes::E001, message).weighing(level).help("文件里的对，就改数据；数据的对，就改回来")
            }
            State::Gone => {
                let message = format!("“{old}”删去了，{said}");
                Diagnostic::new(codes::E005, message).help("有意删去的，不用处理")
            }
        };
        let reads = figure.id.and_then(|id| self.today.figures.get(id as usize));
        for read in reads.into_iter().flat_map(|figure| figure.reads.iter().take(MOST_CELLS)) {
            told.related.push((read.origin, format!("{} {}", read.name, read.shown)));
        }
        Some(told)
    }
}

/// A long text by its beginning.
fn short(text: &str) -> String {
    const MOST: usize = 24;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}……", &text[..end]),
        None => text.to_string(),
    }
}

/// Cells of a figure that are named.
const MOST_CELLS: usize = 5;

/// Whether two figures differ in what they say beside numbers.
fn turned(text: &str, new: Option<&str>) -> bool {
    let words = |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).collect() };
    let rank = |text: &str| text.starts_with('第') || text.contains("并列");
    let says = |text: &str| ["增", "升", "提高", "降", "减", "持平"].iter().any(|word| text.contains(word));
    new.is_some_and(|new| {
        says(new) && says(text) && words(new) != words(text) || rank(new) && rank(text) && new != text
    })
}
