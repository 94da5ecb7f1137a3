//! Where the lines of a paragraph end: planned once, first fit, for the PDF and for every reader of
//! the DOCX. Nothing is trimmed and nothing hangs.
//!
//! A DOCX is cut into lines by who opens it. Two readers stand for all: Word and LibreOffice. They
//! measure a line differently (`reader`) and may begin one at different places (`rules`). A line of
//! the plan ends where both end it with [`SPARE`] to spare; where it would not by itself, the DOCX
//! spreads or tightens its characters by whole twips until it does ([`Lines::twips`]). So too the
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

pub use self::cell::{Cell, End};
use self::ends::Plan;
pub use self::lines::{Lines, Room};
use self::reader::Span;
pub use self::reader::Twip;
pub use self::rules::{never_first, never_last};

/// Breaks a paragraph.
pub fn lines(cells: &[Cell], room: Room) -> Lines {
    let plan = Plan::new(cells, room);
    let mut starts = plan.first_fit();
    if plan.has_trouble(&starts) {
        starts = plan.best_of_all();
    }
    let mut lines = Lines { starts, ..Lines::default() };
    lines.twips = plan.twips(&lines);
    lines.tight = lines.ranges(cells.len()).map(|line| -plan.squeeze(line.start, line.end).unwrap_or(0)).collect();
    lines
}

/// Width of some characters of a line as Word has it, pt.
pub fn width(cells: &[Cell], range: Range<usize>, tracking: Twip) -> f64 {
    Span::line(cells, range).word.width(tracking)
}

/// Whether a line may begin with character `i`, which is not the first.
pub fn may_break(cells: &[Cell], i: usize) -> bool {
    rules::shared(cells, i)
}

#[cfg(test)]
mod scan;
#[cfg(test)]
mod tests;
