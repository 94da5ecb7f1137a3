//! Web addresses. No reader of a DOCX ends a line inside one as it should, so a line is ended by hand behind / ? & and
//! the like, where the address would leave gaps before it or be cut anywhere.

use std::ops::Range;

use super::breaks::{self, Lines, Room};
use super::fonts::Fonts;
use super::glyphs::Glyph;
use super::paragraph::cells;
use super::script::is_western;
use super::standard::SPARE;

/// Shorter runs of letters go to the next line whole, in characters.
const LONG: usize = 16;
/// Characters of an address that a line begins or ends with at least.
const PART: usize = 6;
/// Most lines of a text that are ended so.
const MOST: usize = 60;
/// Gaps up to this share of a character are no reason to end an address, as wide as a line would show them.
const SHOWN: f64 = 0.12;

/// A text of a size (pt) with lines ended by hand inside its addresses.
pub fn ended(fonts: &Fonts, mut row: Vec<Glyph>, size: f64, room: Room) -> Vec<Glyph> {
    let mut addresses = addresses(&row);
    let mut next = 0;
    // Each turn ends a line, or is done with an address. A text that never ends is left to be cut.
    for _ in 0..MOST {
        let Some(address) = addresses.get(next).cloned() else { break };
        let measured = cells(fonts, &row, size);
        let lines = breaks::lines(&measured, room);
        let Some(at) = end_inside(&row, &measured, &lines, room, &address) else {
            next += 1;
            continue;
        };
        row.insert(at, Glyph { c: '\n', ..row[at] });
        addresses.iter_mut().skip(next).for_each(|later| *later = later.start + 1..later.end + 1);
        addresses[next].start = at + 1;
    }
    row
}

/// Where a line should end inside an address.
fn end_inside(
    row: &[Glyph],
    cells: &[breaks::Cell],
    lines: &Lines,
    room: Room,
    address: &Range<usize>,
) -> Option<usize> {
    let line = lines.ranges(row.len()).find(|line| line.end >= address.start && line.end < address.end)?;
    let whole = line.end == address.start;
    if whole && (line.start == line.end || row[line.end - 1].c == '\n') {
        return None;
    }
    let width = |end: usize| breaks::width(cells, line.start..end, room.tracking);
    let free = room.of(line.start) - width(line.end);
    let gaps = row[line.clone()].iter().filter(|glyph| !is_western(glyph.c)).count().max(1);
    if whole && free / gaps as f64 / widest(cells) <= SHOWN {
        return None;
    }
    let ends = address.start.max(line.start) + PART..address.end.saturating_sub(PART - 1);
    ends.rev().find(|&end| may_end(row, end) && width(end) <= room.of(line.start) - 2.0 * SPARE)
}

/// The widest character, pt.
fn widest(cells: &[breaks::Cell]) -> f64 {
    cells.iter().map(|cell| cell.advance).fold(1.0, f64::max)
}

/// Whether an address may be parted before a character.
fn may_end(row: &[Glyph], at: usize) -> bool {
    let (a, b) = (row[at - 1].c, row[at].c);
    matches!(a, '/' | '?' | '&' | '=' | '#' | '_' | '-' | '@' | '.') && b != '/' && b.is_ascii_alphanumeric()
}

/// Web and mail addresses that are long enough to be parted.
fn addresses(row: &[Glyph]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < row.len() {
        let run = row[start..].iter().take_while(|glyph| is_western(glyph.c) && glyph.c != ' ').count();
        if run >= LONG {
            let text: String = row[start..start + run].iter().map(|glyph| glyph.c).collect();
            let is_address = text.contains("://") || text.starts_with("www.") || text.contains('@');
            found.extend(is_address.then_some(start..start + run));
        }
        start += run.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::layout::standard::{Face, SIZE_3, TYPE_WIDTH, pt};

    fn lines(text: &str) -> Vec<String> {
        let fonts = Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap();
        let room = Room { width: pt(TYPE_WIDTH) - 0.1, indent: 31.5, tracking: -5, doubt: (0.1, 0.41), full: true };
        let row = text.chars().map(|c| Glyph { c, face: Face::FangSong, figure: None }).collect();
        let row = ended(&fonts, row, SIZE_3, room);
        let lines = breaks::lines(&cells(&fonts, &row, SIZE_3), room);
        lines.ranges(row.len()).map(|line| row[line].iter().map(|glyph| glyph.c).collect()).collect()
    }

    #[test]
    fn addresses_end_behind_their_marks() {
        let text =
            "网址为https://www.yunchuan-example.gov.cn/zwfw/2026/index.html?from=zwgk&type=report&page=1，可以查询。";
        let lines = lines(&format!("全区政务服务平台的{text}"));
        assert!(lines[0].ends_with("example.\n") && lines[0].chars().count() > 24, "{lines:?}");
        assert!(lines[1].starts_with("gov.cn/"), "{lines:?}");
    }

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(lines("网址为www.yunchuan.gov.cn，可以查询。"), ["网址为www.yunchuan.gov.cn，可以查询。"]);
        let endless = lines(&format!("网址为https://{}", "a".repeat(300)));
        assert!(endless.len() > 4);
    }
}
