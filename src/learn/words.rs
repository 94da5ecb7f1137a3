//! How well the words around a figure name what a series is called.

use std::collections::{HashMap, HashSet};

use crate::vocabulary::likeness;

/// A stretch of text near a figure and what it weighs.
struct Zone {
    letters: HashSet<char>,
    pairs: HashSet<(char, char)>,
    weight: f64,
}

/// The words around a figure, the nearest first.
pub struct Around {
    zones: Vec<Zone>,
    /// Letters of its own words.
    own: Vec<char>,
}

impl Around {
    /// Of stretches with their weights; the first is the figure's own.
    pub fn of<'t>(stretches: impl IntoIterator<Item = (&'t str, f64)>) -> Around {
        let mut own = Vec::new();
        let zones = stretches.into_iter().enumerate().map(|(at, (text, weight))| {
            let letters = letters(text);
            if at < 2 {
                own.extend(&letters);
            }
            let pairs = letters.windows(2).map(|two| (two[0], two[1])).collect();
            Zone { letters: letters.into_iter().collect(), pairs, weight }
        });
        Around { zones: zones.collect(), own }
    }
}

/// A text as it is compared: one letter for words that mean the same, marks left out.
fn letters(text: &str) -> Vec<char> {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    likeness::letters(&plain.to_lowercase())
}

/// The names of the data, with what each of their letters weighs.
pub struct Labels {
    letters: Vec<Vec<char>>,
    /// How rare a letter is among the names.
    rare: HashMap<char, f64>,
}

impl Labels {
    /// Of all names.
    pub fn of(names: &[std::sync::Arc<str>]) -> Labels {
        let letters: Vec<Vec<char>> = names.iter().map(|name| core(name)).collect();
        let mut counts: HashMap<char, usize> = HashMap::new();
        for name in &letters {
            let own: HashSet<char> = name.iter().copied().collect();
            own.into_iter().for_each(|letter| *counts.entry(letter).or_default() += 1);
        }
        let all = letters.len().max(1) as f64;
        let rare = counts.into_iter().map(|(letter, count)| (letter, (1.0 + all / count as f64).ln())).collect();
        Labels { letters, rare }
    }

    /// From 0 to 1: how much of the name is said around the figure, and how much of the figure's own words is in the name.
    pub fn said(&self, label: usize, around: &Around) -> f64 {
        let name = &self.letters[label];
        if name.is_empty() {
            return 0.0;
        }
        let weigh = |letter: char| self.rare.get(&letter).copied().unwrap_or(1.0);
        let mut sum = 0.0;
        for (at, letter) in name.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| (name[at], *letter));
            let behind = name.get(at + 1).map(|next| (*letter, *next));
            let best = around.zones.iter().map(|zone| {
                let whole = is_word(*letter)
                    || name.len() == 1
                    || [before, behind].iter().flatten().any(|pair| zone.pairs.contains(pair));
                let there = if zone.letters.contains(letter) { 1.0 } else { 0.0 };
                there * zone.weight * if whole { 1.0 } else { 0.35 }
            });
            sum += weigh(*letter) * best.fold(0.0, f64::max);
        }
        sum / name.iter().map(|letter| weigh(*letter)).sum::<f64>()
    }

    /// Whether a name says only how something is counted: 金额, 数量.
    pub fn is_general(&self, label: usize) -> bool {
        matches!(self.letters[label][..], [letter] if is_word(letter))
    }

    /// From 0 to 1: how much of the figure's own words is in the names.
    pub fn covered(&self, names: &[usize], around: &Around) -> f64 {
        let known: Vec<char> = around.own.iter().copied().filter(|letter| self.rare.contains_key(letter)).collect();
        if known.is_empty() {
            return 0.5;
        }
        let weigh = |letter: &char| self.rare.get(letter).copied().unwrap_or(1.0);
        let in_names = |letter: &&char| names.iter().any(|name| self.letters[*name].contains(letter));
        known.iter().filter(in_names).map(weigh).sum::<f64>() / known.iter().map(weigh).sum::<f64>()
    }
}

/// A letter that stands for a group of words is a word of its own.
fn is_word(letter: char) -> bool {
    ('\u{E000}'..'\u{F000}').contains(&letter)
}

/// A name without words that say nothing of their own.
fn core(name: &str) -> Vec<char> {
    const ASIDE: [&str; 8] = ["本年度", "本年", "今年", "全年", "年度", "累计", "实际", "年末"];
    const ENDS: [&str; 12] =
        ["情况", "数额", "数量", "总数", "人数", "次数", "件数", "个数", "场次", "人次", "户数", "数"];
    let name = ASIDE.iter().find_map(|word| name.strip_prefix(word)).filter(|rest| !rest.is_empty()).unwrap_or(name);
    let end = ENDS.iter().find_map(|word| name.strip_suffix(word)).filter(|rest| rest.chars().count() > 1);
    letters(end.unwrap_or(name))
}
