//! Sentences that were worded otherwise by hand, and that the report of today has no more. Nothing is known of them
//! but their figures: a sentence of the file is such a one by the figures that stand in it in their order, at about
//! its place.

use std::collections::HashSet;
use std::ops::Range;

use super::align::{BESIDE, align};
use super::edited::Sentence;
use super::flat::Flat;
use super::matched::{Found, in_order};
use super::then::{Now, Then};
use crate::document::record::Said;
use crate::source::docx::Paragraph;

/// Most sentences that are looked for.
const MOST: usize = 200;
/// Most figures of one sentence.
const FIGURES: usize = 40;
/// Words of the longest sentence that is looked through.
const LONGEST: usize = 300;
/// Characters of a name that is hardly there by chance.
const NAME: usize = 6;
/// What one or two digits say is below it.
const SMALL: u32 = 100;

/// What a sentence of then has become.
#[derive(Clone, Debug)]
pub struct Reworded {
    /// The sentence of the file.
    pub sentence: usize,
    /// Figures that stand in it, with their bytes in the paragraph.
    pub figures: Vec<(String, Range<usize>)>,
}

/// For each sentence of then the one of the file that it has become, where it is such a one.
pub fn find(
    then: &[Then],
    now: &[Now],
    file: (&[Sentence], &[&Paragraph]),
    flat: &Flat,
    found: &[Found],
) -> Vec<Option<Reworded>> {
    let mut all = vec![None; then.len()];
    let gone = |i: &usize| {
        let own = &then[*i];
        own.now.is_none() && own.text.is_none() && !own.said.cell && (1..=FIGURES).contains(&own.said.figures.len())
    };
    let gone: Vec<usize> = (0..then.len()).filter(gone).take(MOST).collect();
    if gone.is_empty() {
        return all;
    }
    let (sentences, paragraphs) = file;
    let mut used = vec![false; flat.tokens.len()];
    found.iter().flat_map(|own| own.places.iter().flatten()).for_each(|at| used[*at] = true);
    let today: HashSet<u32> = now.iter().map(|now| now.said.digest).collect();
    let free = |j: &usize| {
        let (own, words) = (&sentences[*j], flat.sentences[*j].clone());
        let matched = used[words].iter().filter(|used| **used).count();
        let size = own.tokens.len();
        !own.cell && size <= LONGEST && 3 * matched < size && !today.contains(&own.digest)
    };
    // Sentences that stand as they were, in the order of both: between the same two is about the same place.
    let anchors = in_order(&found.iter().map(|own| own.whole).collect::<Vec<_>>());
    let place = |i: usize| anchors.partition_point(|anchor| anchor.0 < i);
    let there = |j: usize| anchors.partition_point(|anchor| anchor.1 < j);
    let places: HashSet<usize> = gone.iter().map(|i| place(*i)).collect();
    let free = (0..sentences.len()).filter(|j| places.contains(&there(*j))).filter(free);
    let free: Vec<usize> = free.take(MOST).collect();
    let standing = |i: usize, j: usize| {
        let (said, own) = (&then[gone[i]].said, &sentences[free[j]]);
        let near = place(gone[i]) == there(free[j]);
        near.then(|| standing(said, &paragraphs[own.paragraph].text, &own.bytes)).flatten()
    };
    let worth = |i: usize, j: usize| standing(i, j).map_or(0, |figures| 4 * figures.len() as u32);
    for (i, j) in align([gone.len(), free.len()], |_, _| false, worth, |_| BESIDE) {
        let figures = standing(i, j).unwrap_or_default();
        all[gone[i]] = Some(Reworded { sentence: free[j], figures });
    }
    all
}

/// The figures of a sentence of then that stand in one of the file, where they are enough to know it by.
fn standing(said: &Said, text: &str, bytes: &Range<usize>) -> Option<Vec<(String, Range<usize>)>> {
    let known: Vec<&str> = said.figures.iter().filter_map(|(_, old)| old.text()).collect();
    let (mut found, mut from) = (Vec::new(), bytes.start);
    for old in &known {
        let own = &text[from..bytes.end];
        let at = own.match_indices(old).map(|(at, _)| from + at).find(|at| stands(text, *at..at + old.len()));
        if let Some(at) = at.filter(|_| !old.is_empty()) {
            from = at + old.len();
            found.push((old.to_string(), at..from));
        }
    }
    let tells = found.iter().any(|(old, _)| telling(old));
    let enough = match found.len() {
        0 => false,
        1 => tells && known.len() <= 2,
        // Small numbers only are enough where none is missing.
        some => {
            if tells {
                2 * some >= known.len()
            } else {
                some == known.len()
            }
        }
    };
    enough.then_some(found)
}

/// Not part of a longer number.
fn stands(text: &str, bytes: Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mark = |c: Option<char>| matches!(c, Some('.' | ','));
    let own = &text[bytes.clone()];
    let (mut before, mut behind) = (text[..bytes.start].chars().rev(), text[bytes.end..].chars());
    let (last, next) = (before.next(), behind.next());
    let begins = digit(own.chars().next()) && (digit(last) || mark(last) && digit(before.next()));
    let ends = digit(own.chars().next_back()) && (digit(next) || mark(next) && digit(behind.next()));
    !begins && !ends
}

/// Hardly there by chance: no small number, no year, no short word.
fn telling(old: &str) -> bool {
    if !old.contains(|c: char| c.is_ascii_digit()) {
        return old.chars().count() >= NAME;
    }
    let bare = old.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = old[bare.len()..].chars().count();
    let year = |number: u32| (1900..2100).contains(&number);
    bare.parse::<u32>().map_or(true, |number| unit > 1 || number >= SMALL && !year(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::record::Old;

    fn found(figures: &[&str], text: &str) -> Option<Vec<String>> {
        let figures = figures.iter().map(|old| (0, Old::Text(old.to_string()))).collect();
        let said = Said { cell: false, first: false, digest: 0, figures };
        let found = standing(&said, text, &(0..text.len()))?;
        Some(found.into_iter().map(|(old, bytes)| format!("{old}{}", bytes.start)).collect())
    }

    #[test]
    fn a_sentence_is_known_by_its_figures() {
        let known = |figures: &[&str], text: &str| found(figures, text).map(|found| found.len());
        assert_eq!(found(&["减少8次"], "下乡减少8次。"), Some(vec!["减少8次6".to_string()]));
        // A small number, a year, a short word are anywhere.
        for figure in ["8", "8次", "36%", "2026年", "各镇"] {
            assert_eq!(known(&[figure], &format!("各镇{figure}也有。")), None, "{figure}");
        }
        for figure in ["186.5", "286", "增加8次", "1286人"] {
            assert_eq!(known(&[figure], &format!("各镇{figure}也有。")), Some(1), "{figure}");
        }
        // Two are, in their order, and whole.
        assert_eq!(known(&["8", "36"], "走访8次，办结36件。"), Some(2));
        assert_eq!(known(&["36", "8"], "走访8次，办结36件。"), None);
        assert_eq!(known(&["8", "36"], "走访18次，办结36.5件。"), None);
        assert_eq!(known(&["8", "36", "5"], "走访8次，办结36件。"), None);
        assert_eq!(known(&["186.5", "36", "5", "7"], "投入186.5万元，36件。"), Some(2));
        assert_eq!(known(&["186.5", "36", "5", "7", "9"], "投入186.5万元，36件。"), None);
    }
}
