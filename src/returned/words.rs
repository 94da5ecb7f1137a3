//! What was changed beside the figures: words of direction, units, numbers that nobody knows.

use std::collections::HashSet;

use super::model::{Compared, DOWN, Spot, State, UP, Word};
use super::texts::Texts;
use super::tokens::touched;
use crate::vocabulary::measures;

/// What makes a unit another one.
const SCALES: [&str; 7] = ["万", "亿", "千", "百", "%", "‰", "个百分点"];
/// Words of the longest change that is taken for one of a word.
const SHORT: usize = 6;

/// Finds words that were changed beside figures, and numbers that are in none.
pub fn changed(texts: &Texts<'_>, out: &mut Compared) {
    for (own, found) in texts.then.iter().zip(&texts.found) {
        let Some((_, figures)) = &own.text else { continue };
        if found.whole.is_some() {
            continue;
        }
        let mut figure = vec![false; own.tokens.len()];
        for bytes in figures {
            figure[touched(&own.tokens, bytes)].fill(true);
        }
        let mut at = 0;
        while at <= own.tokens.len() {
            let end = (at..own.tokens.len()).find(|i| found.places[*i].is_some()).unwrap_or(own.tokens.len());
            let before = if at > 0 { found.places[at - 1] } else { None };
            let behind = found.places.get(end).copied().flatten();
            if let (Some(before), Some(behind), false) = (before, behind, figure[at..end].contains(&true))
                && before < behind
                && behind - before <= SHORT
                && let Some(spot) = texts.spot(before + 1..behind)
            {
                let old: String = own.tokens[at..end].iter().map(|token| &*token.text).collect();
                let behind_figure = figure[at - 1] || own.tokens[at - 1].is_number();
                out.words.extend(word(old, texts.text(&spot), spot, behind_figure));
            }
            at = end + 1;
        }
    }
    strange(texts, out);
}

/// A change of direction or unit, if it is one.
fn word(old: String, text: String, spot: Spot, behind_figure: bool) -> Option<Word> {
    let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let direction = says(&old, &UP) && says(&text, &DOWN)
        || says(&old, &DOWN) && says(&text, &UP)
        || old.is_empty() && text == "负";
    let unit = |text: &str| SCALES.contains(&text) || measures::known(text);
    let unit = behind_figure && !old.is_empty() && unit(&old) && (unit(&text) || text.chars().count() <= 2);
    (direction || unit).then_some(Word { old, text, spot, direction })
}

/// Numbers of the file that were not generated and stand for no figure.
fn strange(texts: &Texts<'_>, out: &mut Compared) {
    let flat = &texts.flat;
    let mut used = vec![false; flat.tokens.len()];
    texts.found.iter().flat_map(|own| own.places.iter().flatten()).for_each(|at| used[*at] = true);
    let typed: Vec<&Spot> = out
        .figures
        .iter()
        .filter(|f| f.state == State::Typed && !f.reworded())
        .filter_map(|f| f.spot.as_ref())
        .collect();
    let next = |at: usize| flat.tokens.get(at + 1).map_or("", |token| &token.text);
    // A sentence of today that somebody has put in has its figures from the data.
    let today: HashSet<u32> = texts.now.iter().map(|now| now.said.digest).collect();
    for (sentence, words) in texts.sentences.iter().zip(&flat.sentences) {
        if today.contains(&sentence.digest) {
            used[words.clone()].fill(true);
        }
    }
    let mut found = Vec::new();
    for at in (0..flat.tokens.len()).filter(|at| !used[*at] && flat.tokens[*at].is_number()) {
        let day = matches!(next(at), "年" | "月" | "日" | "号" | "〕" | "、");
        // 第3, and the labels that the program writes: 附件1, 表1, 图1, 1.
        let before = at.checked_sub(1).map_or("", |at| &*flat.tokens[at].text);
        let ordinal =
            matches!(before, "第" | "件" | "表" | "图") || before.is_empty() && matches!(next(at), "." | "．");
        let Some(spot) = texts.spot(at..at + 1).filter(|_| !day && !ordinal) else { continue };
        let told = |own: &&Spot| {
            own.paragraph == spot.paragraph && own.bytes.start <= spot.bytes.start && spot.bytes.end <= own.bytes.end
        };
        if !typed.iter().any(told) {
            found.push(spot);
        }
    }
    out.strange = found;
}
