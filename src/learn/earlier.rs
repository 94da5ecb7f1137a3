//! A report of an earlier year: what is bound must hold in both.

use std::collections::HashSet;
use std::sync::Arc;

use super::figure::{Figure, State};
use super::fill::following;
use super::place::Text;
use super::report::Report;
use super::write::Tag;
use crate::dataset::Dataset;
use crate::template::{Declared, Probe, World};

/// How alike two paragraphs are that say the same of two years, of 100.
const ALIKE: usize = 55;
/// Characters before a figure by which it is found again.
const BEFORE: usize = 4;

/// Holds readings against an earlier report: of several that may be meant the one that gives its figure
/// is bound, and what was bound and does not is asked.
pub fn hold_against(figures: &mut [Figure], report: &Report, earlier: &Report, data: &Arc<Dataset>) {
    let Some(year) = earlier.year.filter(|year| data.years.contains_key(year) && Some(*year) != data.year) else {
        return;
    };
    let own = Dataset { year: Some(year), ..(**data).clone() };
    let probe = Probe::new(Arc::new(World::new(Arc::new(own), Arc::new(Declared::default()), None)));
    let twins: Vec<Option<&Text>> = report.texts.iter().map(|text| twin(text, &earlier.texts)).collect();
    for figure in figures.iter_mut() {
        let (Some(twin), text) = (twins[figure.text], &report.texts[figure.text]) else { continue };
        let holds = |tag: &Tag| holds(tag, text, twin, &probe);
        match figure.state {
            State::Asked => {
                let fits: Vec<&Tag> = figure.candidates.iter().filter(|tag| holds(tag)).collect();
                if let [one] = fits[..] {
                    let tag = one.clone();
                    (figure.start, figure.end) = (tag.start, tag.end);
                    figure.state = State::Bound;
                    figure.tag = Some(tag);
                    figure.candidates.clear();
                }
            }
            State::Bound | State::NoData => {}
        }
    }
}

/// Whether a reading gives the figure of the earlier text: what it prints for that year stands there behind the same words.
fn holds(tag: &Tag, text: &Text, twin: &Text, probe: &Probe) -> bool {
    let all = text.text.as_str();
    let Some(said) = probe.print(&tag.expression, &following(&all[tag.end..])) else { return false };
    let before: String = all[..tag.start].chars().rev().take(BEFORE).collect::<Vec<_>>().into_iter().rev().collect();
    twin.text.contains(&format!("{before}{said}"))
}

/// The paragraph of the earlier report that says the same.
fn twin<'t>(text: &Text, earlier: &'t [Text]) -> Option<&'t Text> {
    let own = pairs(&text.text);
    if own.is_empty() {
        return None;
    }
    let alike = |other: &&Text| {
        let their = pairs(&other.text);
        let common = own.intersection(&their).count();
        200 * common / (own.len() + their.len()).max(1)
    };
    earlier.iter().filter(|other| other.cell == text.cell).max_by_key(alike).filter(|best| alike(best) >= ALIKE)
}

/// Pairs of letters without the digits, which differ from year to year.
fn pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.windows(2).map(|two| (two[0], two[1])).collect()
}
