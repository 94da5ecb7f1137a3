//! The lines of a paragraph: one after the other, and, where that leaves a fault, all weighed together.

use std::collections::BTreeMap;

use super::ends::{GIVEN, Plan, RUNT, STRONG, TROUBLE, UNREADABLE};
use super::reader::{Span, Tracked};
use super::rules;

/// Gaps that cost so much more than another end of the line are no help to the lines behind it.
const MORE: f64 = 300.0;

impl Plan<'_> {
    /// Ends line after line, each as well as can be.
    pub fn first_fit(&self) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut start = 0;
        while let Some(end) = self.end(start) {
            starts.push(end);
            start = end;
        }
        starts
    }

    /// Where the line that begins at `start` ends; `None` for the last one.
    fn end(&self, start: usize) -> Option<usize> {
        let fit = self.fit(start);
        if fit >= self.cells.len() {
            return None;
        }
        Some(if self.cells[fit - 1].c == '\n' { fit } else { self.best(start, fit) })
    }

    /// Whether lines that were ended one after the other show gaps, part what belongs together, or leave a
    /// single character to the last.
    pub fn has_trouble(&self, starts: &[usize]) -> bool {
        let begins = [0].into_iter().chain(starts.iter().copied());
        let bad = |(start, &end): (usize, &usize)| self.cost_of(start, end).is_none_or(|cost| cost > TROUBLE);
        starts.last().is_some_and(|&last| self.is_runt(last)) || begins.zip(starts).any(bad)
    }

    /// Whether a last line is one character and its marks.
    pub fn is_runt(&self, start: usize) -> bool {
        let behind = start > 0 && self.cells[start - 1].c != '\n';
        behind && self.cells[start..].iter().filter(|cell| !rules::is_mark(cell.c)).count() == 1
    }

    /// The ends that cost least over the whole paragraph.
    pub fn best_of_all(&self) -> Vec<usize> {
        // For each place where a line may begin: what it costs to come there, and from where.
        let mut reached = BTreeMap::from([(0, (0.0, 0))]);
        let mut last: Option<(f64, usize)> = None;
        let mut at = 0;
        while let Some((&start, &(so_far, _))) = reached.range(at..).next() {
            at = start + 1;
            let fit = self.fit(start);
            if fit >= self.cells.len() {
                let cost = so_far + if self.is_runt(start) { RUNT } else { 0.0 };
                if last.is_none_or(|(least, _)| cost < least) {
                    last = Some((cost, start));
                }
                continue;
            }
            for (end, cost) in self.ends(start, fit) {
                let entry = reached.entry(end).or_insert((f64::INFINITY, start));
                // Of equals the one whose lines before are fuller.
                if so_far + cost <= entry.0 + 1e-9 {
                    *entry = (so_far + cost, start);
                }
            }
        }
        let mut starts = Vec::new();
        let mut start = last.map_or(0, |(_, start)| start);
        while start > 0 {
            starts.push(start);
            start = reached.get(&start).map_or(0, |(_, before)| *before);
        }
        starts.reverse();
        starts
    }

    /// Where a line may end, with what it costs.
    fn ends(&self, start: usize, fit: usize) -> Vec<(usize, f64)> {
        if self.cells[fit - 1].c == '\n' {
            return vec![(fit, 0.0)];
        }
        let mut found = Vec::new();
        for end in (start + 1..=self.most(start, fit)).rev() {
            let gaps = self.gaps_cost(start, end);
            let best = found.iter().map(|(_, cost)| *cost).fold(f64::INFINITY, f64::min);
            let lost = !self.room.full && self.lost(end, fit) > GIVEN;
            if end <= fit && best < STRONG && (gaps > best + MORE || lost) {
                break;
            }
            found.extend(self.cost(start, end).map(|cost| (end, cost)));
        }
        if found.is_empty() { vec![(fit, UNREADABLE)] } else { found }
    }

    fn lost(&self, end: usize, fit: usize) -> f64 {
        Span::within(self.cells, end..fit, Tracked { tracking: self.room.tracking, least: 0 }).word.width(0)
    }

    /// The same for a line that may end by hand.
    fn cost_of(&self, start: usize, end: usize) -> Option<f64> {
        if self.cells[end - 1].c == '\n' { Some(0.0) } else { self.cost(start, end) }
    }
}
