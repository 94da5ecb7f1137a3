//! One change or comment to cuts: which bytes go, where new words stand.

use std::ops::Range;

use super::apart::extent;
use super::cuts::{Cuts, Item, Order, Spot};
use super::edit::{Kind, Tags};
use super::model::{AUTHOR, Change};
use super::whole::marks;
use crate::source::docx::{Paragraph, Piece};

/// Bytes of the part that lie side by side in one text, or an element that stands for a sign.
struct Stretch {
    bytes: Range<usize>,
    run: Option<usize>,
}

impl Stretch {
    fn start(&self) -> Spot {
        Spot { at: self.bytes.start, run: self.run }
    }

    fn end(&self) -> Spot {
        Spot { at: self.bytes.end, run: self.run }
    }
}

/// Plans a change.
pub fn plan(change: &Change, paragraph: &Paragraph, tracked: bool, cuts: &mut Cuts<'_>) {
    let (range, words) = (change.range.clone(), change.text.clone());
    let stretches = stretches(paragraph, range.clone(), cuts);
    let Some(first) = stretches.first() else {
        return match anchor(paragraph, range.start, cuts) {
            Some(spot) => insert(spot, words, tracked, cuts),
            None => fill(paragraph, &words, tracked, cuts),
        };
    };
    // What stands in a formula cannot be tracked.
    if !tracked || stretches.iter().any(|own| own.run.is_none()) {
        if !words.is_empty() {
            cuts.put(first.start(), Order::ChangeBegins, Item::Words(words));
        }
        return stretches.into_iter().for_each(|own| cuts.remove(own.bytes));
    }
    for (i, own) in stretches.iter().enumerate() {
        let (number, prefix) = (cuts.number(), cuts.prefix(own.run));
        let mut end = format!("</{prefix}del>");
        if i == 0 {
            end += &inserted(&words, own.run, cuts);
        }
        let start = format!("<{prefix}del {prefix}id=\"{number}\" {prefix}author=\"{AUTHOR}\">");
        cuts.put(own.start(), Order::ChangeBegins, Item::Between(start));
        cuts.put(own.end(), Order::ChangeEnds, Item::Between(end));
        cuts.delete(own.bytes.clone());
    }
}

/// Plans the marks of a comment.
pub fn remark(paragraph: &Paragraph, range: Range<usize>, id: u32, cuts: &mut Cuts<'_>) {
    let stretches = stretches(paragraph, range.clone(), cuts);
    let (from, to, order) = match (stretches.first(), stretches.last()) {
        (Some(first), Some(last)) => (Some(first.start()), Some(last.end()), Order::RemarkEnds),
        _ => {
            let spot = anchor(paragraph, range.start, cuts);
            (spot, spot, Order::PlaceEnds)
        }
    };
    let fits = |spot: &Spot| spot.run.is_some();
    let (Some(from), Some(to)) = (from.filter(fits), to.filter(fits)) else {
        return cuts.wholes.mark(cuts.text, paragraph, id);
    };
    let [start, end] = marks(cuts.prefix(from.run), id);
    cuts.put(from, Order::RemarkBegins, Item::Between(start));
    cuts.put(to, order, Item::Between(end));
}

/// Words as a tracked insertion that looks like a run; within another's insertion they are part of it.
fn inserted(words: &str, run: Option<usize>, cuts: &mut Cuts<'_>) -> String {
    let Some(own) = run.map(|run| &cuts.skeleton.runs[run]).filter(|_| !words.is_empty()) else { return String::new() };
    let made = cuts.like(words, own);
    match own.inserted {
        true => made,
        false => wrapped(&made, cuts.prefix(run), cuts.number()),
    }
}

fn wrapped(made: &str, prefix: &str, number: u32) -> String {
    format!("<{prefix}ins {prefix}id=\"{number}\" {prefix}author=\"{AUTHOR}\">{made}</{prefix}ins>")
}

/// Puts words at a place.
fn insert(spot: Spot, words: String, tracked: bool, cuts: &mut Cuts<'_>) {
    let item = match tracked && spot.run.is_some() {
        true => Item::Between(inserted(&words, spot.run, cuts)),
        false => Item::Words(words),
    };
    cuts.put(spot, Order::Insertion, item);
}

/// Words for a paragraph that has none.
fn fill(paragraph: &Paragraph, words: &str, tracked: bool, cuts: &mut Cuts<'_>) {
    let prefix = super::whole::prefix(cuts.text, &paragraph.span);
    let run = format!("<{prefix}r>{}</{prefix}r>", super::cuts::element(words, prefix));
    let made = if tracked { wrapped(&run, prefix, cuts.number()) } else { run };
    cuts.wholes.fill(paragraph, &made);
}

/// Where the characters of a range stand in the part.
fn stretches(paragraph: &Paragraph, range: Range<usize>, cuts: &Cuts<'_>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let first = paragraph.pieces.partition_point(|piece| piece.at as usize <= range.start).saturating_sub(1);
    for i in first..paragraph.pieces.len() {
        let own = extent(paragraph, i);
        if own.start >= range.end {
            break;
        }
        let (from, to) = (range.start.max(own.start), range.end.min(own.end));
        if from >= to {
            continue;
        }
        let piece = &paragraph.pieces[i];
        let run = run(paragraph, piece, cuts);
        let bytes = match own.len() == piece.bytes.len() {
            true => piece.bytes.start + from - own.start..piece.bytes.start + to - own.start,
            false => piece.bytes.clone(),
        };
        let in_text = cuts.skeleton.text(bytes.start).is_some();
        match found.last_mut() {
            Some(last) if in_text && last.run == run && last.bytes.end == bytes.start => last.bytes.end = bytes.end,
            _ if in_text => found.push(Stretch { bytes, run }),
            _ => found.push(Stretch { bytes: sign(cuts.text, bytes), run }),
        }
    }
    found
}

fn run(paragraph: &Paragraph, piece: &Piece, cuts: &Cuts<'_>) -> Option<usize> {
    cuts.skeleton.run(paragraph.runs.get(piece.run as usize)?.span.start)
}

/// The whole element of a sign, of which the opening tag is known.
fn sign(text: &str, open: Range<usize>) -> Range<usize> {
    let mut tags = Tags::new(&text[open.start..]);
    while let Ok(Some(tag)) = tags.step() {
        if tag.depth == 0 && tag.kind != Kind::Open {
            return open.start..open.start + tag.span.end;
        }
    }
    open
}

/// Where words at a byte of the text stand: behind the character before them, else before the one behind. A text
/// has them rather than a sign.
fn anchor(paragraph: &Paragraph, at: usize, cuts: &Cuts<'_>) -> Option<Spot> {
    let before = (at > 0).then(|| stretches(paragraph, at - 1..at, cuts).pop()).flatten();
    let behind = stretches(paragraph, at..at + 1, cuts).into_iter().next();
    let in_text = |own: &Stretch| cuts.skeleton.text(own.bytes.start).is_some();
    match (before, behind) {
        (Some(before), Some(behind)) if !in_text(&before) && in_text(&behind) => Some(behind.start()),
        (Some(before), _) => Some(before.end()),
        (None, behind) => behind.map(|own| own.start()),
    }
}
