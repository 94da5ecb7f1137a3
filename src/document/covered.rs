//! Cells of a table that cover others: Markdown has none, a table of a Word template says them by marks.

use super::model::{Inline, Inlines, TableCell, TableRow};
use crate::template::word_marks::{ABOVE, BESIDE, HEADER, NO_HEADER, is_one};

/// Rows as they are read, header and body, with the marks in their cells; gives them without.
pub fn settle(header: Vec<TableRow>, rows: Vec<TableRow>) -> (Vec<TableRow>, Vec<TableRow>) {
    let marked = |row: &TableRow| row.cells.iter().any(|cell| mark(&cell.text).is_some());
    if !header.iter().chain(&rows).any(marked) {
        return (header, rows);
    }
    let none = header.first().and_then(|row| row.cells.first()).and_then(|cell| mark(&cell.text)) == Some(NO_HEADER);
    let more = |row: &&TableRow| row.cells.first().and_then(|cell| mark(&cell.text)) == Some(HEADER);
    let count = if none { 0 } else { rows.iter().take_while(more).count() };
    let mut above = if none { Vec::new() } else { header };
    let mut body = rows;
    above.extend(body.drain(..count));
    (joined(above), joined(body))
}

/// The mark that a cell begins with, and the next one behind that of a row.
fn marks(text: &Inlines) -> impl Iterator<Item = char> + '_ {
    let first = match text.first() {
        Some(Inline::Text(text)) => &**text,
        _ => "",
    };
    first.chars().take_while(|c| is_one(*c))
}

fn mark(text: &Inlines) -> Option<char> {
    marks(text).next()
}

/// Covered places are no cells; what covers them says how far it reaches.
fn joined(rows: Vec<TableRow>) -> Vec<TableRow> {
    // Of each place: the row and the cell in it that covers it.
    let mut owners: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut out: Vec<TableRow> = Vec::new();
    for row in rows {
        let (mut cells, mut own): (Vec<TableCell>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
        for (column, mut cell) in row.cells.into_iter().enumerate() {
            let covered = marks(&cell.text).find(|c| matches!(*c, ABOVE | BESIDE));
            let owner = match covered {
                Some(BESIDE) => column.checked_sub(1).and_then(|before| own.get(before)).copied(),
                Some(_) => owners.last().and_then(|above| above.get(column)).copied(),
                None => None,
            };
            let at = owner.unwrap_or((out.len(), cells.len()));
            if owner.is_none() {
                unmark(&mut cell.text);
                cells.push(cell);
            }
            own.push(at);
        }
        owners.push(own);
        out.push(TableRow { cells, total: row.total });
    }
    for (row, own) in owners.iter().enumerate() {
        for (at, owner) in own.iter().enumerate() {
            let Some(cell) = out.get_mut(owner.0).and_then(|row| row.cells.get_mut(owner.1)) else { continue };
            let from = own.iter().position(|other| other == owner).unwrap_or(at);
            cell.columns = cell.columns.max((at - from + 1) as u16);
            cell.rows = cell.rows.max((row - owner.0 + 1) as u16);
        }
    }
    out
}

/// The text without the marks at its beginning.
fn unmark(text: &mut Inlines) {
    if let Some(Inline::Text(first)) = text.first_mut() {
        let length: usize = first.chars().take_while(|c| is_one(*c)).map(char::len_utf8).sum();
        *first = first.from_byte(length);
        if first.is_empty() {
            text.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Text;
    use crate::document::model::plain_text;

    fn row(cells: &[&str]) -> TableRow {
        let cell = |text: &&str| {
            let text = if text.is_empty() { Vec::new() } else { vec![Inline::Text(Text::from(*text))] };
            TableCell::new(text)
        };
        TableRow { cells: cells.iter().map(cell).collect(), total: false }
    }

    fn said(rows: &[TableRow]) -> Vec<String> {
        let cell = |c: &TableCell| format!("{}{}x{}", plain_text(&c.text), c.columns, c.rows);
        rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn merged_cells_and_headers() {
        let (above, beside, header) = (&ABOVE.to_string(), &BESIDE.to_string(), HEADER);
        let second = format!("{header}{above}");
        let rows = vec![row(&[&second, "场次", "人次"]), row(&["甲", "1", "2"]), row(&[above, "3", beside])];
        let (head, body) = settle(vec![row(&["名称", "培训", beside])], rows);
        assert_eq!(said(&head), ["名称1x2 培训2x1", "场次1x1 人次1x1"]);
        assert_eq!(said(&body), ["甲1x2 11x1 21x1", "32x1"]);
    }

    #[test]
    fn a_table_without_a_header() {
        let none = NO_HEADER.to_string();
        let (head, body) = settle(vec![row(&[&none, ""])], vec![row(&["甲", "乙"])]);
        assert_eq!((said(&head).len(), said(&body)), (0, vec!["甲1x1 乙1x1".to_string()]));
    }
}
