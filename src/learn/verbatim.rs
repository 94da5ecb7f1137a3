//! Texts of the data that stand in the report as they are.

use super::figure::{Figure, State};
use super::place::{Text, sentence};
use super::reading::Known;
use super::words::Around;
use super::write::Tag;

/// Characters of a text that hardly comes twice by chance.
const LONG: usize = 8;
/// Fewest characters of a text that is looked for.
const SHORT: usize = 3;

/// The texts of the data in a text.
pub fn read(text: &Text, known: &Known, prints: impl Fn(&Tag) -> bool) -> Vec<Figure> {
    let all = text.text.as_str();
    let mut found: Vec<(f64, Tag)> = Vec::new();
    for (expression, said, label) in &known.facts.texts {
        let length = said.chars().count();
        if length < SHORT || !all.contains(&**said) {
            continue;
        }
        for (start, _) in all.match_indices(&**said) {
            let end = start + said.len();
            let (from, to) = sentence(all, start, end);
            let near: String = all[from..start].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
            let around = Around::of([
                (near.as_str(), 1.0),
                (&all[end..to.max(end)], 0.5),
                (text.row.as_str(), 1.0),
                (text.column.as_str(), 1.0),
            ]);
            let named = known.labels.said(*label, &around);
            if length < LONG && named < 0.6 {
                continue;
            }
            found.push((length as f64 + named, Tag { start, end, expression: expression.clone() }));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    let mut figures: Vec<Figure> = Vec::new();
    for (_, tag) in found {
        if figures.iter().any(|own| own.start < tag.end && tag.start < own.end) || !prints(&tag) {
            continue;
        }
        let (from, to) = sentence(all, tag.start, tag.end);
        figures.push(Figure {
            text: 0,
            start: tag.start,
            end: tag.end,
            written: all[tag.start..tag.end].to_owned(),
            sentence: all[from..to].to_owned(),
            state: State::Bound,
            tag: Some(tag),
            candidates: Vec::new(),
        });
    }
    figures
}
