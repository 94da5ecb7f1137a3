//! Where a line may end, and what it costs: gaps, what is parted, what readers of the DOCX would do otherwise.

use super::bonds::{self, Bond};
use super::cell::{Cell, End};
use super::lines::{By, Room};
use super::reader::Twip;
use super::rules;
use crate::layout::script::is_western;

/// Most that a gap may be widened by, of a character's width.
pub const WIDEST: f64 = 0.25;
/// Most that the characters of a line are tightened by, twip (C-20: 0.3 pt).
const SQUEEZE: Twip = 6;
/// Most that a line that is not set to full width gives up for a later one, pt: about three characters.
pub const GIVEN: f64 = 48.0;
/// Costs, where gaps of a quarter of a character's width cost 6.25. What gaps beyond cost, for a whole width.
const TOO_WIDE: f64 = 4000.0;
/// A line tightened as far as may be.
const TIGHT: f64 = 3.0;
/// A date in two.
const LIGHT: f64 = 4.0;
/// A number in two, or parted from what it counts: more than any gaps.
pub const STRONG: f64 = 1e6;
/// A last line of one character.
pub const RUNT: f64 = 20.0;
/// In the DOCX some stretches are spread, or LibreOffice is told of a language, or a line has an end of its own, or
/// readers end it elsewhere.
const SOME: f64 = 6.0;
const TOLD: f64 = 12.0;
const BY_HAND: f64 = 45.0;
pub const UNREADABLE: f64 = 2e4;
/// From here on a paragraph is looked at as a whole.
pub const TROUBLE: f64 = 2.5;

/// What the next line may be tightened by, twip a character: then less of it would fill a line.
const TIGHTEST: Twip = -9;

/// A paragraph with what its lines are judged by.
pub struct Plan<'a> {
    pub cells: &'a [Cell],
    pub room: Room,
    /// How firmly each character holds to the one before it.
    pub bonds: Vec<Bond>,
    /// A character with its tracking, pt: what gaps are measured by.
    normal: f64,
    /// Up to each character: the advances, pt; how many are tracked in the PDF; how many gaps are widened there
    /// where a line is set to full width.
    sums: Vec<(f64, u32, u32)>,
}

impl<'a> Plan<'a> {
    pub fn new(cells: &'a [Cell], room: Room) -> Plan<'a> {
        let mut sum = (0.0, 0, 0);
        let mut sums = Vec::with_capacity(cells.len() + 1);
        sums.push(sum);
        for cell in cells {
            sum.0 += cell.advance;
            sum.1 += u32::from(cell.end != End::Face);
            sum.2 += u32::from(!is_western(cell.c) || cell.c == ' ');
            sums.push(sum);
        }
        let widest = cells.iter().map(|cell| cell.advance).fold(1.0, f64::max);
        let normal = widest + f64::from(room.tracking) / 20.0;
        Plan { cells, room, bonds: bonds::bonds(cells), normal, sums }
    }
}

impl Plan<'_> {
    /// The last index at which a line that begins at `start` may end without overflow in the PDF,
    /// where lines are widest; more than `start`.
    pub fn fit(&self, start: usize) -> usize {
        let room = self.room.of(start) + 1e-6;
        let behind = f64::from(self.room.tracking.max(0)) / 20.0;
        let mut used = 0.0;
        for (i, cell) in self.cells.iter().enumerate().skip(start) {
            if cell.c == '\n' {
                return i + 1;
            }
            // Tracking behind the last character takes room, and gives none.
            if used + cell.advance + behind > room && cell.c != ' ' {
                return i.max(start + 1);
            }
            used += cell.advance;
            if cell.end != End::Face {
                used += f64::from(self.room.tracking) / 20.0;
            }
        }
        self.cells.len()
    }

    /// The best place to end a line that could go on to `fit`. A word too long for a line is cut.
    pub fn best(&self, start: usize, fit: usize) -> usize {
        let mut best: Option<(f64, usize)> = None;
        for end in (start + 1..=self.most(start, fit)).rev() {
            if end <= fit && best.is_some_and(|(least, _)| least <= self.gaps_cost(start, end)) {
                break;
            }
            let Some(cost) = self.cost(start, end) else { continue };
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, end));
            }
        }
        best.map_or(fit, |(_, end)| end)
    }

    /// Where a line may end at the latest if it is tightened.
    pub fn most(&self, start: usize, fit: usize) -> usize {
        let behind = (fit + 1..self.cells.len()).take_while(|&end| self.squeeze(start, end).is_some());
        behind.last().filter(|_| self.room.full).unwrap_or(fit)
    }

    /// The twips by which a line's characters have to be tightened to fit in the PDF; `None`: too many.
    pub fn squeeze(&self, start: usize, end: usize) -> Option<Twip> {
        let (own, tracked, _) = self.measured(start, end);
        // Tracking behind the last character takes room here, too.
        let behind = f64::from(self.room.tracking.max(0)) / 20.0;
        let over = own + behind - self.room.of(start) - 1e-6;
        if over <= 0.0 || !self.room.full {
            return Some(0);
        }
        let twips = (over * 20.0 / f64::from(tracked.max(1))).ceil();
        (twips <= f64::from(SQUEEZE)).then_some(twips as Twip)
    }

    /// What it costs to end a line at a place; `None` where Word never does.
    pub fn cost(&self, start: usize, end: usize) -> Option<f64> {
        if !rules::word_at_most(self.cells, end) {
            return None;
        }
        let bond = match self.bonds[end] {
            Bond::Free => 0.0,
            Bond::Light => LIGHT,
            Bond::Strong => STRONG,
        };
        Some(self.gaps_cost(start, end) + bond + self.reading_cost(start, end))
    }

    /// What it costs that readers of the DOCX have to be brought to end a line there, or cannot be.
    pub fn reading_cost(&self, start: usize, end: usize) -> f64 {
        let held = self.hold(start..end, TIGHTEST);
        let some = held.parts.first().is_some_and(|part| part.len() < end - start);
        let uneven = if some { SOME + (f64::from(held.twip) / 20.0).powi(2) } else { 0.0 };
        match held.by {
            By::Rules => uneven,
            By::Language(_) => uneven + TOLD,
            By::Hand if self.room.full => BY_HAND,
            By::Hand | By::Nothing => UNREADABLE,
        }
    }

    /// What the gaps cost that a line shows where it ends early, or its tightness where it ends late.
    pub fn gaps_cost(&self, start: usize, end: usize) -> f64 {
        let share = self.widened(start, end);
        if !self.room.full {
            return share;
        }
        if share < 0.0 {
            let squeeze = self.squeeze(start, end).map_or(f64::INFINITY, f64::from);
            return TIGHT * (squeeze / f64::from(SQUEEZE)).powi(2);
        }
        let beyond = if share > WIDEST { TOO_WIDE * (share - WIDEST) } else { 0.0 };
        (10.0 * share).powi(2) + beyond
    }

    /// By how much of a character's width the gaps of a line are widened where it is set to full width.
    pub fn widened(&self, start: usize, end: usize) -> f64 {
        let (own, _, gaps) = self.measured(start, end);
        (self.room.of(start) - own) / f64::from(gaps.max(1)) / self.normal
    }

    /// The width of a line in the PDF, pt, how many of its characters are tracked, and its gaps. Blanks at its end
    /// hang.
    pub fn measured(&self, start: usize, end: usize) -> (f64, u32, u32) {
        let held = self.cells[start..end].iter().rposition(|cell| !matches!(cell.c, ' ' | '\n')).map_or(1, |i| i + 1);
        if start == end {
            return (0.0, 0, 0);
        }
        let (from, to, last) = (self.sums[start], self.sums[start + held], &self.cells[start + held - 1]);
        let tracked = (to.1 - from.1).saturating_sub(u32::from(last.end != End::Face));
        let gaps = (to.2 - from.2).saturating_sub(u32::from(!is_western(last.c)));
        (to.0 - from.0 + f64::from(tracked) * f64::from(self.room.tracking) / 20.0, tracked, gaps)
    }
}
