//! Lines of the text in a cell. A cell of the DOCX has no line ends of its own, so that it can be edited: its readers
//! must end the lines by themselves. Where they would end them elsewhere, its paragraph takes less of the cell's room,
//! or single lines are spread a little.

use super::breaks::{self, By, Cell, Lines, Room, Twip};
use super::paragraph::untracked;

/// Lines of a cell and what they take in the DOCX.
#[derive(Clone, Debug, Default)]
pub struct Fitted {
    pub lines: Lines,
    /// By how much the paragraph of the DOCX is narrower than its cell, pt.
    pub inset: f64,
}

/// Steps in which the room is made narrower, of the type size, and how many.
const STEP: f64 = 0.25;
const STEPS: usize = 14;

/// How much more room than planned a reader of the DOCX may find: some take the rules from it, others do not.
const RULES: f64 = 1.2;

/// What speaks against lines of a cell: what is parted, readers that end them elsewhere, their number, a last one of a
/// single character, spacing, a narrower room.
const PARTED: f64 = 1e6;
const ELSEWHERE: f64 = 1e4;
const LINE: f64 = 40.0;
const RUNT: f64 = 15.0;
const NARROWER: f64 = 0.5;
/// In a heading: a unit that does not have its own line, and a whole line of difference between lines.
const UNIT: f64 = 30.0;
const UNEVEN: f64 = 12.0;

/// Lines of a text so many pt wide at most.
pub fn body(cells: &[Cell], room: f64, size: f64) -> Fitted {
    if fits(cells, room) {
        return Fitted::default();
    }
    best(cells, room, size, |room| vec![breaks::lines(cells, room)], |_| 0.0)
}

/// Lines of a heading: its unit, which begins at a character, stands alone if it can, and its lines are alike.
pub fn heading(cells: &[Cell], room: f64, size: f64, unit: Option<usize>) -> Fitted {
    if fits(cells, room) {
        return Fitted::default();
    }
    let wanted = wanted(cells, room, unit);
    let plans = |room: Room| {
        let of = |starts: &Vec<usize>| breaks::held(cells, room, starts);
        wanted.iter().map(of).chain([breaks::lines(cells, room)]).collect()
    };
    best(cells, room, size, plans, |lines| {
        let apart = unit.is_none_or(|unit| lines.starts.contains(&unit));
        let last = unit.filter(|_| apart).unwrap_or(cells.len());
        let widths = || lines.ranges(cells.len()).filter(|line| line.start < last).map(|line| untracked(&cells[line]));
        let uneven = widths().fold(0.0, f64::max) - widths().fold(f64::INFINITY, f64::min);
        UNEVEN * uneven / room + if apart { 0.0 } else { UNIT }
    })
}

fn fits(cells: &[Cell], room: f64) -> bool {
    !cells.iter().any(|cell| cell.c == '\n') && untracked(cells) <= room - breaks::SPARED
}

/// The lines that least speaks against, in rooms that become narrower until nothing does.
fn best(
    cells: &[Cell],
    room: f64,
    size: f64,
    plans: impl Fn(Room) -> Vec<Lines>,
    look: impl Fn(&Lines) -> f64,
) -> Fitted {
    let mut found: Option<(f64, Fitted)> = None;
    for step in 0..STEPS {
        let inset = step as f64 * STEP * size;
        if step > 0 && room - inset < 2.0 * size {
            break;
        }
        for lines in plans(plain(room - inset)) {
            let own = against(cells, &lines, size) + look(&lines);
            let cost = own + NARROWER * step as f64;
            if found.as_ref().is_none_or(|(least, _)| cost < *least) {
                found = Some((cost, Fitted { lines, inset }));
            }
        }
        // Nothing but the number of lines that there must be.
        let fewest = found.as_ref().map_or(0, |(_, fitted)| fitted.lines.count());
        if found.as_ref().is_some_and(|(cost, _)| *cost <= LINE * fewest as f64 + NARROWER * step as f64) {
            break;
        }
    }
    found.map(|(_, fitted)| fitted).unwrap_or_default()
}

fn against(cells: &[Cell], lines: &Lines, size: f64) -> f64 {
    let parted = lines.starts.iter().filter(|&&start| breaks::parts(cells, start)).count();
    let behind = lines.held.iter().take(lines.starts.len());
    let elsewhere = behind.filter(|held| matches!(held.by, By::Hand | By::Nothing)).count();
    let twip = |held: &breaks::Held| f64::from(held.twip.abs()) / 20.0 / size;
    let spread: f64 = lines.held.iter().map(|held| (50.0 * twip(held)).powi(2)).sum();
    let last = lines.starts.last().map_or(cells.len(), |&start| cells.len() - start);
    let runt = if !lines.starts.is_empty() && last < 2 { RUNT } else { 0.0 };
    PARTED * parted as f64 + ELSEWHERE * elsewhere as f64 + LINE * lines.count() as f64 + spread + runt
}

fn plain(width: f64) -> Room {
    Room { width, indent: 0.0, tracking: 0 as Twip, doubt: (RULES, 0.0), full: false }
}

/// Where the lines of a heading would begin, the best first.
fn wanted(cells: &[Cell], room: f64, unit: Option<usize>) -> Vec<Vec<usize>> {
    let mut wanted = Vec::new();
    if let Some(unit) = unit {
        let mut starts = balanced(&cells[..unit], room);
        starts.push(unit);
        starts.extend(balanced(&cells[unit..], room).into_iter().map(|start| start + unit));
        wanted.push(starts);
    }
    wanted.push(balanced(cells, room));
    wanted
}

/// Where the lines of a text begin that take no more lines than they must and differ least.
fn balanced(cells: &[Cell], room: f64) -> Vec<usize> {
    let fewest = filled(cells, room);
    if fewest.is_empty() {
        return fewest;
    }
    let whole = untracked(cells);
    let step = cells.iter().map(|cell| cell.advance).fold(1.0, f64::max) / 4.0;
    let mut limit = whole / (fewest.len() + 1) as f64;
    while limit < room {
        let starts = filled(cells, limit + 0.01);
        if starts.len() <= fewest.len() {
            return starts;
        }
        limit += step;
    }
    fewest
}

/// Where lines begin that are filled one after the other; a single last character is no fault in
/// a narrow column.
fn filled(cells: &[Cell], room: f64) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut start, mut used) = (0, 0.0);
    for i in 0..cells.len() {
        if used + cells[i].advance > room + 1e-6 && i > start {
            let end = (start + 1..=i).rev().find(|&end| breaks::may_break(cells, end)).unwrap_or(i);
            starts.push(end);
            start = end;
            used = untracked(&cells[end..i]);
        }
        used += cells[i].advance;
    }
    starts
}
