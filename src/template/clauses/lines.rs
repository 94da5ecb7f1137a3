//! Lines that hold nothing any more, items and rows of tables among them, and headings with
//! nothing left below.

use super::signs::SEAM;
use crate::template::remade::Remade;

struct Line<'t> {
    text: &'t str,
    /// The byte at which it begins.
    at: usize,
    /// Something in it is gone.
    seam: bool,
    /// It is left out.
    gone: bool,
    /// Of a heading.
    level: Option<usize>,
    blank: bool,
}

/// Takes out what is empty because something is gone; what was written empty stays.
pub fn without_empty(text: Remade) -> Remade {
    if !text.text().contains(SEAM) {
        return text;
    }
    let mut lines = read(text.text());
    // A heading that is gone takes with it what stands below it.
    let mut cut = None;
    for line in &mut lines {
        if line.level.is_some_and(|level| cut.is_some_and(|cut| level <= cut)) {
            cut = None;
        }
        if line.gone && line.level.is_some() && cut.is_none() {
            cut = line.level;
        }
        line.gone |= cut.is_some();
    }
    without_bare_headings(&mut lines);
    let mut left = Remade::default();
    for (i, line) in lines.iter().filter(|line| !line.gone).enumerate() {
        if i > 0 {
            left.push_part(&text, line.at - 1, "\n");
        }
        let mut at = line.at;
        for part in line.text.split(SEAM) {
            left.push_part(&text, at, part);
            at += part.len() + SEAM.len_utf8();
        }
    }
    left
}

fn read(text: &str) -> Vec<Line<'_>> {
    let mut fence: Option<&str> = None;
    let (mut lines, mut at) = (Vec::new(), 0);
    for text in text.split('\n') {
        let seam = text.contains(SEAM);
        let start = text.trim_start_matches([' ', '\t', '\u{3000}', SEAM]);
        let within = fence.is_some();
        fence = match fence {
            Some(mark) if start.starts_with(mark) => None,
            None => ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark)),
            open => open,
        };
        let blank = start.trim().is_empty();
        let empty = blank || is_prefix(start) || is_empty_row(start);
        let marks = start.bytes().take_while(|b| *b == b'#').count();
        let heading =
            (1..=6).contains(&marks) && start[marks..].chars().next().is_none_or(|c| c.is_whitespace() || c == SEAM);
        let level = (heading && !within).then_some(marks);
        lines.push(Line { text, at, seam, gone: seam && empty && !within, level, blank });
        at += text.len() + 1;
    }
    lines
}

/// A row of a table without anything in its cells.
fn is_empty_row(line: &str) -> bool {
    line.starts_with('|') && line.chars().all(|c| c.is_whitespace() || matches!(c, '|' | SEAM))
}

/// A heading of which all that stood below is gone.
fn without_bare_headings(lines: &mut [Line]) {
    // Of the section of each level that goes on here: whether something stands in it, or is gone.
    let (mut stands, mut seams) = ([false; 7], [false; 7]);
    for line in lines.iter_mut().rev() {
        let Some(level) = line.level else {
            if line.seam || line.gone {
                seams = [true; 7];
            }
            if !line.gone && !line.blank {
                stands = [true; 7];
            }
            continue;
        };
        if !line.gone && !stands[level] && seams[level] {
            line.gone = true;
        }
        let gone = line.gone;
        for at in 0..7 {
            if at >= level {
                (stands[at], seams[at]) = (false, false);
            } else if gone {
                seams[at] = true;
            } else {
                stands[at] = true;
            }
        }
    }
}

pub fn thin(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}')
}

/// What a line begins with that is no text: `## `, `- `, `1. `, `> `.
pub fn is_prefix(line: &str) -> bool {
    let line = line.trim_matches(|c: char| thin(c) || c == SEAM);
    match line {
        "-" | "*" | "+" | ">" => true,
        _ if line.is_empty() || line.len() > 10 => false,
        _ if line.chars().all(|c| c == '#') => line.len() <= 6,
        _ => line.strip_suffix(['.', ')']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())),
    }
}

/// Whether a line is a block of its own, whatever the next one is.
pub fn stands_alone(line: &str) -> bool {
    line.trim_start_matches(|c: char| thin(c) || c == SEAM).starts_with(['#', '|'])
}

/// Whether a line begins a new block.
pub fn begins_block(line: &str) -> bool {
    let line = line.trim_start_matches(thin);
    let (first, _) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    line.starts_with(['|', '#']) || line.starts_with("```") || line.starts_with("~~~") || is_prefix(first)
}
