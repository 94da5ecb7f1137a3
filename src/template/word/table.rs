//! A table of Word as a table of the text, with what covers what as marks in its cells.

use super::super::tokens::word;
use super::hoist::{Columns, Moved, RowCells, Spot, around, columns, key};
use super::lines::Lines;
use super::scan::tags;
use super::words::{Look, Words, literal, write_tag};
use super::writer::Writer;
use crate::source::docx::{Aligned, Block, Cell, Paragraph, Row, Table};

/// Most columns of a table.
const MAX_COLUMNS: usize = 120;

/// What stands at a place of the grid.
#[derive(Clone, Copy)]
enum At<'d> {
    Own(&'d Cell),
    Beside,
    Above,
    Blank,
}

/// Tells what of a table does not come over.
#[derive(Default)]
pub struct Left {
    pub nested: usize,
    pub pictures: usize,
}

/// Writes a table.
pub fn write(table: &Table, lines: &Lines, usual: Look, out: &mut Writer) -> Left {
    let width = table.rows.iter().map(width).max().unwrap_or(0).min(MAX_COLUMNS);
    if width == 0 {
        return Left::default();
    }
    let grid: Vec<Vec<At>> = grid(&table.rows, width);
    let cells: Vec<RowCells> = grid.iter().map(|row| row_cells(row)).collect();
    let mut moved = Moved::new();
    let repeated = columns(&cells, &mut moved);
    let arounds: Vec<_> = cells.iter().map(|row| around(row, &mut moved)).collect();
    let mut desk = Desk { lines, usual, moved, repeated, out };
    // Rows that hold nothing but statements are none.
    let stands: Vec<bool> = cells
        .iter()
        .zip(&arounds)
        .map(|(row, a)| desk.stands(row, !a.before.is_empty() || !a.after.is_empty()))
        .collect();
    let header = header(table, &grid, &arounds.iter().map(|a| !a.before.is_empty()).collect::<Vec<_>>(), &stands);
    let aligns = aligns(&grid, header);
    desk.out.block();
    if header == 0 {
        desk.row(&vec![At::Blank; width], Some(word::NO_HEADER));
        desk.rule(&aligns);
    }
    let mut rows = 0;
    for ((row, around), stands) in grid.iter().zip(&arounds).zip(&stands) {
        around.before.iter().for_each(|spot| desk.statement(spot));
        if *stands {
            let more = (rows > 0 && rows < header).then_some(word::HEADER);
            desk.row(row, more);
            rows += 1;
            if rows == 1 && header > 0 {
                desk.rule(&aligns);
            }
        }
        around.after.iter().for_each(|spot| desk.statement(spot));
    }
    left(&cells, table)
}

fn width(row: &Row) -> usize {
    row.cells.iter().map(|cell| usize::from(cell.columns)).sum()
}

fn grid<'d>(rows: &'d [Row], width: usize) -> Vec<Vec<At<'d>>> {
    let mut grid: Vec<Vec<At>> = Vec::new();
    for row in rows {
        let mut line = Vec::with_capacity(width);
        for cell in &row.cells {
            // Nothing is above the first row, nor above a place that no cell had.
            let above = grid.last().and_then(|above: &Vec<At>| above.get(line.len()));
            let goes_on = cell.goes_on && above.is_some_and(|above| !matches!(above, At::Blank));
            line.push(if goes_on { At::Above } else { At::Own(cell) });
            line.extend((1..cell.columns).map(|_| At::Beside));
        }
        line.resize(width, At::Blank);
        grid.push(line);
    }
    grid
}

fn row_cells<'d>(row: &[At<'d>]) -> RowCells<'d> {
    let own = row.iter().enumerate().filter_map(|(column, spot)| match spot {
        At::Own(cell) => Some((column, cell.paragraphs())),
        _ => None,
    });
    own.collect()
}

/// Rows of the header: those that Word repeats; else the first one, with those that its cells reach into.
fn header(table: &Table, grid: &[Vec<At>], led: &[bool], stands: &[bool]) -> usize {
    let own: Vec<usize> = (0..grid.len()).filter(|row| stands[*row]).collect();
    let said = own.iter().take_while(|row| table.rows[**row].header).count();
    if said > 0 {
        return said.min(own.len());
    }
    match own.first() {
        Some(&first) if own.len() > 1 && !led[first] => {
            let grouped = grid[first].iter().any(|spot| matches!(spot, At::Beside));
            let mut rows = 1;
            while grouped && rows + 1 < own.len() && grid[own[rows]].iter().any(|spot| matches!(spot, At::Above)) {
                rows += 1;
            }
            rows
        }
        _ => 0,
    }
}

/// How columns are aligned, where all cells of the body say the same.
fn aligns(grid: &[Vec<At>], header: usize) -> Vec<&'static str> {
    let width = grid.first().map_or(0, Vec::len);
    let column = |at: usize| {
        let cells = grid.iter().skip(header).filter_map(|row| match row[at] {
            At::Own(cell) => cell.paragraphs().iter().find(|p| !p.is_blank()).map(|p| p.set.aligned),
            _ => None,
        });
        let all: Vec<_> = cells.collect();
        match all.first() {
            Some(first) if all.iter().all(|aligned| aligned == first) => match first {
                Some(Aligned::Center) => ":-:",
                Some(Aligned::Right) => "--:",
                _ => "---",
            },
            _ => "---",
        }
    };
    (0..width).map(column).collect()
}

fn left(cells: &[RowCells<'_>], table: &Table) -> Left {
    let inside = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
    let anchors = cells.iter().flatten().flat_map(|(_, paragraphs)| paragraphs).flat_map(|p| &p.anchors);
    Left {
        nested: inside.filter(|block| matches!(block, Block::Table(_))).count(),
        pictures: anchors.filter(|a| matches!(a.what, crate::source::docx::Anchored::Picture(_))).count(),
    }
}

struct Desk<'a, 'd> {
    lines: &'a Lines,
    usual: Look,
    moved: Moved,
    repeated: Vec<Columns<'d>>,
    out: &'a mut Writer,
}

impl Desk<'_, '_> {
    /// Whether a row has anything but statements that stand around it.
    fn stands(&self, row: &RowCells<'_>, moved: bool) -> bool {
        !moved || row.iter().flat_map(|(_, paragraphs)| paragraphs).any(|p| self.says(p))
    }

    fn says(&self, paragraph: &Paragraph) -> bool {
        let moved = |tag: &super::scan::Tag| self.moved.contains(&key(paragraph, tag));
        let tags: Vec<_> = tags(&paragraph.text).filter(moved).collect();
        let mut at = 0;
        for tag in &tags {
            if !paragraph.text[at..tag.range.start].trim().is_empty() {
                return true;
            }
            at = tag.range.end;
        }
        !paragraph.text[at..].trim().is_empty()
    }

    /// A statement on a line of its own.
    fn statement(&mut self, spot: &Spot<'_>) {
        self.out.line();
        write_tag(&spot.paragraph.text, &spot.tag, self.lines.start(spot.paragraph), self.out);
        self.out.add("\n");
    }

    fn row(&mut self, row: &[At], mark: Option<char>) {
        self.out.line();
        for (column, spot) in row.iter().enumerate() {
            self.repeat(column, true);
            self.out.add("| ");
            if let Some(mark) = mark.filter(|_| column == 0) {
                self.out.add(mark.encode_utf8(&mut [0; 4]));
            }
            match spot {
                At::Own(cell) => self.cell(&cell.paragraphs()),
                At::Beside => self.out.add(word::BESIDE.encode_utf8(&mut [0; 4])),
                At::Above => self.out.add(word::ABOVE.encode_utf8(&mut [0; 4])),
                At::Blank => {}
            }
            self.out.add(" ");
            self.repeat(column, false);
        }
        self.out.add("|\n");
    }

    fn rule(&mut self, aligns: &[&str]) {
        for (column, align) in aligns.iter().enumerate() {
            self.repeat(column, true);
            self.out.add("|");
            self.out.add(align);
            self.repeat(column, false);
        }
        self.out.add("|\n");
    }

    /// The loop over columns that begins, or ends, at one.
    fn repeat(&mut self, column: usize, begins: bool) {
        for columns in &self.repeated {
            let spot = match begins {
                true if columns.from == column => &columns.open,
                false if columns.to == column => &columns.close,
                _ => continue,
            };
            write_tag(&spot.paragraph.text, &spot.tag, self.lines.start(spot.paragraph), self.out);
        }
    }

    fn cell(&mut self, paragraphs: &[&Paragraph]) {
        let mut any = false;
        for paragraph in paragraphs.iter().filter(|p| !p.text.trim().is_empty()) {
            if any && self.says(paragraph) {
                self.out.add(word::BREAK.encode_utf8(&mut [0; 4]));
            }
            any |= self.says(paragraph);
            let without: Vec<usize> = tags(&paragraph.text)
                .map(|tag| tag.range.start)
                .filter(|at| self.moved.contains(&(paragraph.span.start, *at)))
                .collect();
            // A cell that is set otherwise as a whole is so by the table's own design.
            let looks = paragraph.runs.iter().filter(|run| !run.range.is_empty()).map(|run| Look::of(&run.face));
            let looks: Vec<Look> = looks.collect();
            let usual = looks.windows(2).any(|two| two[0] != two[1]).then_some(self.usual);
            let words = Words { paragraph, start: self.lines.start(paragraph), usual, without: &without };
            if let Some(number) = &paragraph.number {
                self.out.add(&literal(&number.text));
            }
            let text = &paragraph.text;
            let from = text.len() - text.trim_start().len();
            words.write(from..text.trim_end().len().max(from), self.out);
        }
    }
}
