//! What a check says of the layout: deviations from the standard, titles of a wrong shape,
//! headings at a page's foot, loose lines, pages set sideways.

use std::ops::Range;

use super::glyphs::glyphs;
use super::grid::Grid;
use super::kit::Kit;
use super::paragraph;
use super::plan::Plan;
use super::profile::Profile;
use super::script::is_western;
use super::standard::{Face, INDENT, SIZE_3, TITLE_LINES};
use super::{breaks, reading, title, typst, webs};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::document::{Block, Document, Heading, Inline, Inlines, passage, place_of, plain_text};

/// A line so much shorter than full is spread visibly, pt: three characters.
const LOOSE: f64 = 3.0 * SIZE_3;

/// Lays a document out and says what a reader could object to; errors are what keeps it from
/// being laid out.
pub fn remarks(document: &Document, kit: &Kit) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let profile = Profile::of(document)?;
    let kit = &*kit.dressed(&profile.faces);
    let pages = Plan::new(document, kit, &profile)?.pages(&profile)?;
    let mut found = deviations(document, &profile);
    found.extend(titles(document, &profile.grid));
    found.extend(sideways(document));
    found.extend(loose(document, kit, &profile.grid));
    let foot = typst::headings_at_foot(&pages);
    found.extend(foot.into_iter().map(|(heading, page)| {
        Diagnostic::new(codes::L042, format!("第{page}页的标题“{heading}”落在页末，下面没有正文"))
            .help("在它前面增减一两行文字")
    }));
    found.extend(pages.notices);
    Ok(found)
}

/// Each change of the standard, at the place where it is asked for.
fn deviations(document: &Document, profile: &Profile) -> Vec<Diagnostic> {
    let at =
        |key: &str| document.meta.changes.iter().rev().find(|(k, ..)| reading::canonical(k) == key).map(|(.., at)| *at);
    profile.deviations().into_iter().map(|(key, found)| Diagnostic { origin: at(key), ..found }).collect()
}

/// 7.3.1: lines in the shape of a trapezoid or a rhombus.
fn titles(document: &Document, grid: &Grid) -> Vec<Diagnostic> {
    let all = [&document.front.title].into_iter().chain(document.annexes.iter().map(|a| &a.title));
    let one = |text: &Inlines| {
        let lines = title::plan(&plain_text(text), title::capacity(grid));
        let widths: Vec<usize> = lines.iter().map(|l| half_cells(l)).collect();
        let wrong = if lines.len() > TITLE_LINES {
            format!("标题排成了{}行，超过{TITLE_LINES}行", lines.len())
        } else if is_shaped(&widths) {
            return None;
        } else {
            "标题各行排成了长方形或沙漏形，应为梯形或菱形".to_string()
        };
        let place = place_of(text, document);
        let help = format!("现在的分行：{}；改短标题，或在标题里换行", lines.join("／"));
        let told = Diagnostic::new(codes::L041, format!("{wrong}（GB/T 9704—2012 7.3.1）")).help(help);
        Some(Diagnostic { origin: place, ..told })
    };
    all.filter_map(one).collect()
}

/// Width in halves of a character.
fn half_cells(line: &str) -> usize {
    line.chars().map(|c| if is_western(c) { 1 } else { 2 }).sum()
}

/// Widths that only grow, only shrink, or grow and then shrink; none equals its neighbour.
fn is_shaped(widths: &[usize]) -> bool {
    let Some(peak) = widths.iter().enumerate().max_by_key(|(_, w)| **w).map(|(i, _)| i) else { return true };
    widths[..=peak].windows(2).all(|w| w[0] < w[1]) && widths[peak..].windows(2).all(|w| w[0] > w[1])
}

fn sideways(document: &Document) -> Vec<Diagnostic> {
    let turned = document.annexes.iter().filter(|a| a.landscape);
    let one = |annex: &crate::document::Annex| {
        let title = plain_text(&annex.title);
        let told = Diagnostic::new(codes::L040, format!("附件“{title}”横排，页码仍在竖排页的位置（GB/T 9704—2012 8）"));
        Diagnostic { origin: place_of(&annex.title, document), ..told }
    };
    turned.map(one).collect()
}

/// Lines that are spread by more than three characters so that a number stays with its unit.
/// And numbers that stand on two lines.
fn loose(document: &Document, kit: &Kit, grid: &Grid) -> Vec<Diagnostic> {
    type Line = (String, Option<Origin>);
    let (mut count, mut first): (usize, Option<Line>) = (0, None);
    let mut broken: Option<Line> = None;
    let mut look = |lead: Option<&Heading>, text: &[Inline]| {
        let mut row = lead.map_or(Vec::new(), |lead| glyphs(&lead.text, Face::FangSong));
        row.extend(glyphs(text, Face::FangSong));
        let line_of = |shown: Range<usize>| {
            let shown = shown.start.min(row.len())..shown.end.min(row.len());
            let said = row[shown.clone()].iter().map(|g| g.c).collect();
            (said, passage(lead, text).place(shown, &document.figures))
        };
        let (width, indent) = (grid.width(), INDENT * grid.cell());
        let set = webs::ended(kit.fonts(), row.clone(), grid.size, paragraph::room(grid, grid.size, (width, indent)));
        let cells = paragraph::cells(kit.fonts(), &set, grid.size);
        let lines = paragraph::plan(kit.fonts(), &set, grid, width, indent);
        for line in lines.ranges(cells.len()).take(lines.starts.len()) {
            let own = breaks::width(&cells, line.clone(), grid.tracking_twip());
            let full = if line.start == 0 { width - indent } else { width };
            let (last, next) = (cells[line.end - 1].c, cells.get(line.end).map_or(' ', |cell| cell.c));
            if last.is_ascii_digit() && (next.is_ascii_digit() || matches!(next, '.' | ',' | '%')) {
                broken.get_or_insert_with(|| line_of(line.end.saturating_sub(12).max(line.start)..line.end));
            }
            if last != '\n' && full - own > LOOSE {
                count += 1;
                first.get_or_insert_with(|| line_of(line.start..line.end.min(line.start + 12)));
            }
        }
    };
    for block in document.body.iter().chain(document.annexes.iter().filter(|a| !a.landscape).flat_map(|a| &a.blocks)) {
        match block {
            Block::Paragraph { lead, text } => look(lead.as_ref(), text),
            Block::List(list) => list.items.iter().for_each(|item| look(None, item)),
            _ => {}
        }
    }
    let number = broken.map(|(line, origin)| {
        let told = Diagnostic::new(codes::N16, format!("一个数分在了两行：“……{line}”"))
            .help("这个数长于一行，或排在了很窄的地方；改短或换单位");
        Diagnostic { origin, ..told }
    });
    let spread = first.map(|(first, origin)| {
        let said = format!("有{count}行为不拆开数字和单位而拉得较宽，第一处是“{first}……”");
        let told = Diagnostic::new(codes::L043, said).help("在这一段里增减几个字，行就会匀称");
        Diagnostic { origin, ..told }
    });
    number.into_iter().chain(spread).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_titles() {
        assert!(is_shaped(&[10]) && is_shaped(&[10, 14]) && is_shaped(&[14, 10]) && is_shaped(&[10, 14, 12]));
        assert!(!is_shaped(&[10, 10]) && !is_shaped(&[14, 10, 14]) && !is_shaped(&[12, 14, 14]) && is_shaped(&[]));
    }
}
