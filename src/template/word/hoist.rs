//! Statements in tables: a row that holds a loop repeats, a column whose cells hold one repeats, and
//! what stands alone in a row leaves no row.

use std::collections::BTreeSet;

use super::scan::{Kind, Tag, parts, signs, statement, tags};
use crate::source::docx::Paragraph;

/// A tag and the paragraph that it stands in.
#[derive(Clone, Debug)]
pub struct Spot<'d> {
    pub paragraph: &'d Paragraph,
    pub tag: Tag,
}

/// A statement in a row.
struct Entry<'d> {
    /// Which cell of the row.
    cell: usize,
    spot: Spot<'d>,
    word: String,
    rest: String,
}

/// The paragraphs of the cells of a row, by the column where each cell begins.
pub type RowCells<'d> = Vec<(usize, Vec<&'d Paragraph>)>;

/// Tags that do not stand in their cells any more: paragraph (by its place in the file) and byte.
pub type Moved = BTreeSet<(usize, usize)>;

/// A group of columns that is repeated.
pub struct Columns<'d> {
    pub from: usize,
    pub to: usize,
    pub open: Spot<'d>,
    pub close: Spot<'d>,
}

/// Statements around a row.
#[derive(Default)]
pub struct Around<'d> {
    pub before: Vec<Spot<'d>>,
    pub after: Vec<Spot<'d>>,
}

fn entries<'d>(row: &RowCells<'d>, moved: &Moved) -> Vec<Entry<'d>> {
    let mut found = Vec::new();
    for (cell, (_, paragraphs)) in row.iter().enumerate() {
        for &paragraph in paragraphs {
            for tag in tags(&paragraph.text).filter(|tag| tag.kind == Kind::Statement) {
                if moved.contains(&key(paragraph, &tag)) {
                    continue;
                }
                let (word, rest) = statement(&paragraph.text, &tag);
                found.push(Entry { cell, spot: Spot { paragraph, tag }, word, rest });
            }
        }
    }
    found
}

pub fn key(paragraph: &Paragraph, tag: &Tag) -> (usize, usize) {
    (paragraph.span.start, tag.range.start)
}

/// Statements that belong together, by their places among the entries; those of a row that have no
/// partner in it stand alone.
fn pairs(entries: &[Entry<'_>]) -> (Vec<(usize, usize)>, Vec<usize>) {
    let (mut open, mut pairs, mut alone): (Vec<usize>, _, _) = (Vec::new(), Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        match entry.word.as_str() {
            "for" | "if" => open.push(at),
            "endfor" | "endif" => {
                let partner = open.iter().rposition(|o| entries[*o].word == entry.word[3..]);
                match partner {
                    Some(partner) => {
                        let rest = open.split_off(partner);
                        pairs.push((rest[0], at));
                        alone.extend(&rest[1..]);
                    }
                    None => alone.push(at),
                }
            }
            "else" | "elif" if open.is_empty() => alone.push(at),
            _ => {}
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    (pairs, alone)
}

/// What goes before and behind a row.
pub fn around<'d>(row: &RowCells<'d>, moved: &mut Moved) -> Around<'d> {
    let entries = entries(row, moved);
    let (pairs, alone) = pairs(&entries);
    let mut out: Vec<(usize, bool)> = Vec::new();
    for (open, close) in pairs {
        let (first, last) = (&entries[open], &entries[close]);
        if first.cell != last.cell || uses_elsewhere(row, first) {
            out.extend([(open, true), (close, false)]);
        }
    }
    out.extend(alone.into_iter().map(|at| (at, !entries[at].word.starts_with("end"))));
    out.sort_unstable();
    let mut around = Around::default();
    for (at, before) in out {
        let spot = entries[at].spot.clone();
        moved.insert(key(spot.paragraph, &spot.tag));
        if before { around.before.push(spot) } else { around.after.push(spot) }
    }
    around
}

/// The name that a loop gives to what it goes through.
fn variable(rest: &str) -> Option<&str> {
    rest.split_once(" in ").map(|(name, _)| name.trim()).filter(|name| !name.is_empty())
}

/// Whether another cell of the row speaks of what a loop goes through: then the row is what repeats.
fn uses_elsewhere(row: &RowCells<'_>, entry: &Entry<'_>) -> bool {
    let Some(name) = variable(&entry.rest).filter(|_| entry.word == "for") else { return false };
    let others = row.iter().enumerate().filter(|(cell, _)| *cell != entry.cell);
    others.flat_map(|(_, (_, paragraphs))| paragraphs).any(|paragraph| {
        tags(&paragraph.text).any(|tag| {
            let inner: String = signs(&paragraph.text, tag.inner).into_iter().map(|(_, c)| c).collect();
            inner.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
        })
    })
}

/// Whether the only words of a paragraph are tags that print nothing.
pub fn is_bare(paragraph: &Paragraph) -> bool {
    parts(&paragraph.text).iter().all(|part| match part {
        super::scan::Part::Text(range) => paragraph.text[range.clone()].trim().is_empty(),
        super::scan::Part::Tag(tag) => tag.kind != Kind::Print,
    })
}

/// The columns that repeat, and what of their statements stands in cells.
pub fn columns<'d>(rows: &[RowCells<'d>], moved: &mut Moved) -> Vec<Columns<'d>> {
    let said = |row: &&RowCells| row.iter().any(|(_, paragraphs)| paragraphs.iter().any(|p| !is_bare(p)));
    let rows: Vec<&RowCells> = rows.iter().filter(said).collect();
    let Some((first, rest)) = rows.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    let (heads, none) = (entries(first, moved), Vec::new());
    let (own, alone) = pairs(&heads);
    if own.is_empty() && alone.is_empty() {
        return found;
    }
    let below = rest.iter().map(|row| {
        let below = entries(row, moved);
        let pairs = pairs(&below).0;
        (*row, below, pairs)
    });
    let below: Vec<_> = below.collect();
    for (open, close) in own {
        let head = &heads[open];
        let column = first[head.cell].0;
        if heads[close].cell != head.cell
            || head.word != "for"
            || !fills(first, head.cell, &head.spot, &heads[close].spot)
        {
            continue;
        }
        let mut same = none.clone();
        for (row, below, pairs) in &below {
            let own = pairs.iter().find(|(open, close)| {
                let (a, b) = (&below[*open], &below[*close]);
                a.cell == b.cell && row[a.cell].0 == column && a.word == "for" && a.rest == head.rest
            });
            same.extend(own.map(|(open, close)| [key_of(&below[*open]), key_of(&below[*close])]));
        }
        if !same.is_empty() {
            moved.extend(same.into_iter().flatten().chain([key_of(head), key_of(&heads[close])]));
            let (open, close) = (head.spot.clone(), heads[close].spot.clone());
            found.push(Columns { from: column, to: column, open, close });
        }
    }
    found.extend(across(&heads, &alone, first, rest.last().copied(), moved));
    found
}

fn key_of(entry: &Entry<'_>) -> (usize, usize) {
    key(entry.spot.paragraph, &entry.spot.tag)
}

/// Whether a loop is all that stands in a cell.
fn fills(row: &RowCells<'_>, cell: usize, open: &Spot<'_>, close: &Spot<'_>) -> bool {
    let blank = |text: &str| text.trim().is_empty();
    let paragraphs: Vec<_> = row[cell].1.iter().filter(|p| !p.is_blank()).collect();
    paragraphs.len() == 1
        && blank(&open.paragraph.text[..open.tag.range.start])
        && blank(&close.paragraph.text[close.tag.range.end..])
}

/// A loop that opens in the first row and ends in the last one, below or to the right.
fn across<'d>(
    heads: &[Entry<'d>],
    alone: &[usize],
    first: &RowCells<'d>,
    last: Option<&RowCells<'d>>,
    moved: &mut Moved,
) -> Option<Columns<'d>> {
    let last = last?;
    let head = alone.iter().map(|at| &heads[*at]).find(|entry| entry.word == "for")?;
    let below = entries(last, moved);
    let (_, unpaired) = pairs(&below);
    let end = unpaired.into_iter().map(|at| &below[at]).find(|entry| entry.word == "endfor")?;
    let (from, to) = (first[head.cell].0, last[end.cell].0);
    let whole = from == 0 && end.cell + 1 == last.len();
    if to < from || whole {
        return None;
    }
    moved.extend([key_of(head), key_of(end)]);
    Some(Columns { from, to, open: head.spot.clone(), close: end.spot.clone() })
}
