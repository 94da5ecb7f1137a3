//! Tables: grid, widths, spans, a header that repeats, rows that stay whole.

use docx_rs::{
    AlignmentType, Paragraph, Table as WordTable, TableAlignmentType, TableCell as WordCell, TableCellContent,
    TableLayoutType, TableRow as WordRow, VAlignType, VMergeType, WidthType,
};

use super::super::plan::{Cell, Table, Text};
use super::super::standard::{FIGURE_GAP, Face};
use super::super::table::CellAlign;
use super::body::{Body, with_runs};
use super::styles::id;
use super::text::{Held, runs};
use crate::document::TableCell;

/// A cell as a row meets it: with the columns that it covers, as a place covered from above, or as one
/// that the row says nothing of.
enum Slot<'a> {
    Cell(&'a Cell<'a>),
    Covered(usize, usize),
    Empty(usize),
}

impl Body<'_> {
    pub fn table(&mut self, table: &Table) {
        if !table.turned {
            return self.upright(table);
        }
        // Headings right above go with it: none is the last on its page.
        let headings = self.headings_above();
        self.landscape(|body| {
            body.children.extend(headings);
            body.upright(table);
        });
    }

    fn upright(&mut self, table: &Table) {
        let plan = &table.plan;
        self.gap(FIGURE_GAP);
        self.caption(table.caption.as_ref(), true);
        if let Some(unit) = &table.unit {
            self.line(unit, Face::FangSong, &id::table(id::TABLE_UNIT, plan.size));
        }
        let mut rows = self.rows(table, &table.header, true);
        rows.extend(self.rows(table, &table.rows, false));
        if !rows.is_empty() {
            let grid: Vec<usize> = plan.widths.iter().map(|width| (width * 20.0).round() as usize).collect();
            let width = grid.iter().sum();
            let made = WordTable::new(rows)
                .style(id::TABLE)
                .set_grid(grid)
                .width(width, WidthType::Dxa)
                .align(TableAlignmentType::Center)
                .layout(TableLayoutType::Fixed);
            self.add_table(made);
        }
        for note in &table.notes {
            let made = self.runs(note, Face::FangSong, 0);
            self.add(with_runs(Paragraph::new().style(&id::table(id::TABLE_NOTE, plan.size)), made));
        }
        self.gap(FIGURE_GAP);
    }

    fn rows(&self, table: &Table, rows: &[Vec<Cell>], header: bool) -> Vec<WordRow> {
        let count = rows.len();
        let make = |(i, slots): (usize, Vec<Slot>)| {
            let cells = slots.iter().map(|slot| self.cell(table, slot, header));
            // A low table stays whole: each row with the next.
            let keep = table.plan.whole && !header && i + 1 < count;
            let cells = cells.map(|cell| if keep { kept(cell) } else { cell }).collect();
            WordRow::new(cells).cant_split()
        };
        slots(rows, table.plan.widths.len()).into_iter().enumerate().map(make).collect()
    }

    fn cell(&self, table: &Table, slot: &Slot, header: bool) -> WordCell {
        let plan = &table.plan;
        let part = if header { id::TABLE_HEADER } else { id::TABLE_TEXT };
        let paragraph = Paragraph::new().style(&id::table(part, plan.size));
        let (made, align, inset, runs) = match *slot {
            Slot::Covered(column, span) => {
                let made = frame(&plan.widths[column..column + span]).vertical_merge(VMergeType::Continue);
                return made.add_paragraph(paragraph);
            }
            Slot::Empty(column) => {
                let align =
                    if header { CellAlign::Center } else { plan.align(table.table, self.fonts, column, &EMPTY) };
                (frame(&plan.widths[column..column + 1]), align, 0.0, Vec::new())
            }
            Slot::Cell(planned) => {
                let end = (planned.column + usize::from(planned.cell.columns.max(1))).min(plan.widths.len());
                let made = frame(&plan.widths[planned.column..end]);
                let made = if planned.cell.rows > 1 { made.vertical_merge(VMergeType::Restart) } else { made };
                let base = if header { Face::Hei } else { Face::FangSong };
                // No line end of its own: a cell is edited.
                let held = Held { by_hand: Vec::new(), ..Held::new(&planned.fitted.lines, 0, 0) };
                (made, planned.align, planned.fitted.inset, runs(self.fonts, &planned.row, base, &held))
            }
        };
        // What is taken from the room stands where the text does not.
        let (alignment, left, right) = match align {
            CellAlign::Center => (None, inset / 2.0, inset / 2.0),
            CellAlign::Left => (Some(AlignmentType::Left), 0.0, inset),
            CellAlign::Right(own) => (Some(AlignmentType::Right), inset, own),
        };
        let paragraph = match alignment {
            Some(alignment) => paragraph.align(alignment),
            None => paragraph,
        };
        let indented = left > 0.0 || right > 0.0 || matches!(align, CellAlign::Right(_));
        let paragraph = match indented {
            true => paragraph.indent(Some(twip(left)), None, Some(twip(right)), None),
            false => paragraph,
        };
        made.add_paragraph(with_runs(paragraph, runs))
    }

    /// 表1, 图1 with their names; `keep`: above what they name.
    pub fn caption(&mut self, caption: Option<&Text>, keep: bool) {
        let Some(caption) = caption else { return };
        let made = self.runs(caption, Face::Hei, 0);
        self.add(with_runs(Paragraph::new().style(id::CAPTION).keep_next(keep), made));
    }
}

/// Every place of every row, covered ones included.
fn slots<'a>(placed: &'a [Vec<Cell<'a>>], columns: usize) -> Vec<Vec<Slot<'a>>> {
    // For each column: rows still covered from above, and the columns of the covering cell.
    let mut covered: Vec<(u16, usize)> = vec![(0, 1); columns];
    let mut out = Vec::with_capacity(placed.len());
    for row in placed {
        let mut slots = Vec::new();
        let mut column = 0;
        while column < columns {
            let (rest, span) = covered[column];
            if rest > 0 {
                slots.push(Slot::Covered(column, span));
                covered[column..column + span].iter_mut().for_each(|place| place.0 -= 1);
                column += span;
            } else if let Some(planned) = row.iter().find(|planned| planned.column == column) {
                let cell = planned.cell;
                let free = covered[column..].iter().take_while(|place| place.0 == 0).count();
                let span = usize::from(cell.columns.max(1)).min(free);
                covered[column..column + span].iter_mut().for_each(|place| *place = (cell.rows.max(1) - 1, span));
                slots.push(Slot::Cell(planned));
                column += span;
            } else {
                slots.push(Slot::Empty(column));
                column += 1;
            }
        }
        out.push(slots);
    }
    out
}

/// A cell whose text stays with the next row.
fn kept(mut cell: WordCell) -> WordCell {
    for content in &mut cell.children {
        if let TableCellContent::Paragraph(paragraph) = content {
            paragraph.property.keep_next = Some(true);
        }
    }
    cell
}

/// Stands where a row has too few cells.
static EMPTY: TableCell = TableCell { text: Vec::new(), columns: 1, rows: 1 };

fn twip(points: f64) -> i32 {
    (points * 20.0).round() as i32
}

fn frame(widths: &[f64]) -> WordCell {
    let width = widths.iter().map(|width| (width * 20.0).round() as usize).sum();
    let cell = WordCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    if widths.len() > 1 { cell.grid_span(widths.len()) } else { cell }
}
