//! The note of a table whose rounded parts do not add up to its rounded total (S-24).

use rust_decimal::Decimal;

use super::model::{Block, Inline, Inlines, Table, plain_text};
use crate::figures::Figure;

const NOTE: &str = "注：部分数据因四舍五入，分项之和与合计数可能略有差异。";
/// A note that says it already.
const SAID: &str = "四舍五入";

/// Adds the note to the tables that need it.
pub fn note(blocks: &mut [Block], figures: &[Figure]) {
    for block in blocks {
        if let Block::Table(table) = block
            && !table.notes.iter().any(|note| plain_text(note).contains(SAID))
            && (0..table.aligns.len()).any(|at| differs(table, at, figures))
        {
            table.notes.push(vec![Inline::Text(NOTE.into())]);
        }
    }
}

/// A number as it is printed.
struct Shown {
    value: Decimal,
    percent: bool,
    /// It was calculated or rounded: what a cell holds prints as it stands.
    made: bool,
}

/// Whether the shown parts of a column miss its shown total by what rounding explains. Only
/// where figures were made: a typed total that is wrong is another matter.
fn differs(table: &Table, at: usize, figures: &[Figure]) -> bool {
    let Some((total, parts)) = table.rows.split_last().filter(|(last, _)| last.total) else { return false };
    let whole = |row: &super::model::TableRow| row.cells.len() == table.aligns.len();
    if !whole(total) || !parts.iter().all(|row| whole(row) && !row.total) {
        return false;
    }
    let Some(Some(total)) = shown(&total.cells[at].text, figures) else { return false };
    let mut all = Vec::new();
    for row in parts {
        match shown(&row.cells[at].text, figures) {
            Some(Some(part)) if part.percent == total.percent => all.push(part),
            // Nothing there: no part.
            Some(None) => {}
            _ => return false,
        }
    }
    let made = total.made || all.iter().any(|part| part.made);
    let sum = all.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value));
    let Some(missed) = sum.and_then(|sum| sum.checked_sub(total.value)).map(|by| by.abs()) else { return false };
    // Each figure is off by half of its last place at most; whole numbers count things.
    let half = |shown: &Shown| match shown.value.scale() {
        0 if !shown.percent => Decimal::ZERO,
        scale => Decimal::new(5, scale + 1),
    };
    let most: Decimal = all.iter().chain([&total]).map(half).sum();
    made && all.len() > 1 && !missed.is_zero() && missed <= most
}

/// The number of a cell; `Some(None)` where it holds none or a dash, `None` where it is no number.
fn shown(text: &Inlines, figures: &[Figure]) -> Option<Option<Shown>> {
    let plain = plain_text(text);
    let plain = plain.trim();
    if matches!(plain, "" | "—" | "-" | "/") {
        return Some(None);
    }
    let (number, percent) = match plain.strip_suffix('%') {
        Some(number) => (number, true),
        None => (plain, false),
    };
    let made = text.iter().any(|inline| match inline {
        Inline::Figure { id, text } => figures
            .get(id.0 as usize)
            .is_some_and(|figure| figure.reads.single().is_none_or(|read| read.shown != *text)),
        _ => false,
    });
    Some(Some(Shown { value: number.parse().ok()?, percent, made }))
}

#[cfg(test)]
mod tests {
    use super::super::model::{Align, TableCell, TableRow};
    use super::*;
    use crate::diagnostic::{Origin, SourceId};
    use crate::figures::{FigureId, Read};

    /// A table of one column of calculated figures; the last is the total.
    fn noted(column: &[&str], made: bool) -> bool {
        let origin = Origin::whole(SourceId(0));
        let read = |shown: &str| Read { origin, name: "数".into(), shown: shown.into() };
        let figure = |text: &&str| Figure {
            text: (*text).into(),
            reads: vec![read(if made { "1.2345" } else { text })].into(),
            template: origin,
            expression: "".into(),
            missing: false,
        };
        let figures: Vec<Figure> = column.iter().map(figure).collect();
        let cell = |i: usize| TableCell::new(vec![Inline::Figure { id: FigureId(i as u32), text: column[i].into() }]);
        let rows = (0..column.len()).map(|i| TableRow { cells: vec![cell(i)], total: i + 1 == column.len() });
        let table = Table {
            caption: None,
            unit_line: None,
            aligns: vec![Align::Decimal],
            header: Vec::new(),
            rows: rows.collect(),
            notes: Vec::new(),
        };
        let mut blocks = [Block::Table(table)];
        note(&mut blocks, &figures);
        // Once only.
        note(&mut blocks, &figures);
        let Block::Table(table) = &blocks[0] else { unreachable!() };
        assert!(table.notes.len() < 2);
        !table.notes.is_empty()
    }

    #[test]
    fn rounded_parts_that_miss_their_total_are_noted() {
        assert!(noted(&["33.3%", "33.3%", "33.3%", "100%"], true));
        assert!(noted(&["0.13", "—", "0.13", "0.25"], true));
        // They add up; they are as typed; the gap is no rounding; they are counts; rates do not add up.
        assert!(!noted(&["33.3%", "66.7%", "100%"], true));
        assert!(!noted(&["33.3%", "33.3%", "33.3%", "100%"], false));
        assert!(!noted(&["0.13", "0.13", "0.35"], true));
        assert!(!noted(&["12", "13", "26"], true));
        assert!(!noted(&["91.2%", "88.4%", "90%"], true));
        assert!(!noted(&["建成", "在建", "2"], true));
    }
}
