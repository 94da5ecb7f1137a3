//! Where the lines of a paragraph end: planned once, first fit, for the PDF and for every reader of
//! the DOCX. Nothing is trimmed and nothing hangs.
//!
//! A DOCX is cut into lines by who opens it. Two readers stand for all: Word and LibreOffice. They
//! measure a line differently (`reader`) and may begin one at different places (`rules`). A line of
//! the plan ends where both end it with [`SPARE`] to spare; where it would not by itself, the DOCX
//! spreads or tightens its characters by whole twips until it does ([`Held`]). So too the
//! lines that end early to keep a number with its unit.

mod bonds;
mod cell;
mod ends;
mod lines;
mod reader;
mod rules;
mod settle;
mod whole;

use std::ops::Range;

use self::bonds::Bond;
pub use self::cell::{Cell, End};
use self::ends::Plan;
pub use self::lines::{By, Held, Lines, Room};
pub use self::reader::Twip;
use self::reader::{Span, Tracked};
use self::rules::Begins;
pub use self::rules::{never_first, never_last};
pub use super::standard::SPARE as SPARED;

/// Breaks a paragraph.
pub fn lines(cells: &[Cell], room: Room) -> Lines {
    let plan = Plan::new(cells, room);
    let mut starts = plan.first_fit();
    if plan.has_trouble(&starts) {
        starts = plan.best_of_all();
    }
    let mut lines = Lines { starts, ..Lines::default() };
    lines.held = plan.hold_all(&lines);
    lines.tight = lines.ranges(cells.len()).map(|line| -plan.squeeze(line.start, line.end).unwrap_or(0)).collect();
    lines
}

/// Lines that begin where they are wanted, with what they take in the DOCX.
pub fn held(cells: &[Cell], room: Room, starts: &[usize]) -> Lines {
    let mut lines = Lines { starts: starts.to_vec(), ..Lines::default() };
    lines.held = Plan::new(cells, room).hold_all(&lines);
    lines
}

/// Whether a line that begins with character `i` parts what belongs together.
pub fn parts(cells: &[Cell], i: usize) -> bool {
    bonds::bond(cells, i) == Bond::Strong
}

/// The parts of a text that stay on one line.
pub fn pieces(cells: &[Cell]) -> Vec<Range<usize>> {
    let bonds = bonds::bonds(cells);
    let may = |i: usize| bonds[i] != Bond::Strong && rules::begins(cells, i) != Begins::Never;
    let typed = |i: usize| cells[i - 1].c == '\n';
    let mut starts: Vec<usize> = (1..cells.len()).filter(|&i| typed(i) || may(i)).collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([cells.len()]);
    starts.iter().zip(ends).map(|(&start, end)| start..end).collect()
}

/// Width of some characters of a line as Word has it, pt.
pub fn width(cells: &[Cell], range: Range<usize>, tracking: Twip) -> f64 {
    Span::line(cells, range, Tracked { tracking, least: 0 }).word.width(0)
}

/// Whether a line may begin with character `i`, which is not the first.
pub fn may_break(cells: &[Cell], i: usize) -> bool {
    rules::shared(cells, i)
}

#[cfg(test)]
mod scan;
#[cfg(test)]
mod tests;
