//! Tables: grid, widths, spans, a header that repeats, rows that stay whole.

use docx_rs::{
    AlignmentType, Paragraph, Table as WordTable, TableAlignmentType, TableCell as WordCell, TableCellContent,
    TableLayoutType, TableRow as WordRow, VAlignType, VMergeType, WidthType,
};

use super::super::glyphs::{Glyph, glyphs};
use super::super::standard::{CELL_SPREAD, FIGURE_GAP, Face, SIZE_4, TYPE_HEIGHT, pt};
use super::super::table::{self, CellAlign, Plan};
use super::body::{Body, with_runs};
use super::styles::id;
use super::text::{Spread, runs};
use crate::document::{Caption, Inline, Table, TableCell, TableRow};

/// A cell as a row meets it: with its column, or as a place covered from above with its span.
enum Slot<'a> {
    Cell(usize, &'a TableCell),
    Covered(usize, usize),
}

impl Body<'_> {
    pub fn table(&mut self, table: &Table) {
        let plan = table::plan(table, self.fonts, self.width);
        if plan.too_wide && self.width < pt(TYPE_HEIGHT) {
            // Clause 8: pages of its own, set sideways.
            // Headings right above go with it: none is the last on its page.
            let headings = self.headings_above();
            self.landscape(|body| {
                body.children.extend(headings);
                let plan = table::plan(table, body.fonts, body.width);
                body.planned_table(table, &plan);
            });
        } else {
            self.planned_table(table, &plan);
        }
    }

    fn planned_table(&mut self, table: &Table, plan: &Plan) {
        self.gap(FIGURE_GAP);
        if let Some(caption) = &table.caption {
            self.caption(caption, true);
        }
        if let Some(unit) = &table.unit_line {
            self.line(unit, Face::FangSong, &id::table(id::TABLE_UNIT, plan.size));
        }
        let mut rows = self.rows(table, plan, &table.header, true);
        rows.extend(self.rows(table, plan, &table.rows, false));
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
            let row = glyphs(note, Face::FangSong);
            self.untracked(
                &row,
                Face::FangSong,
                plan.size,
                Paragraph::new().style(&id::table(id::TABLE_NOTE, plan.size)),
            );
        }
        self.gap(FIGURE_GAP);
    }

    fn rows(&mut self, table: &Table, plan: &Plan, rows: &[TableRow], header: bool) -> Vec<WordRow> {
        let placed = table::places(rows, plan.widths.len());
        let slots = slots(&placed, plan.widths.len());
        let count = rows.len();
        let make = |(i, (slots, row)): (usize, (Vec<Slot>, &TableRow))| {
            let cells = slots.iter().map(|slot| self.cell(table, plan, slot, header, row.total));
            // A low table stays whole: each row with the next.
            let keep = plan.whole && !header && i + 1 < count;
            let cells = cells.map(|cell| if keep { kept(cell) } else { cell }).collect();
            WordRow::new(cells).cant_split()
        };
        slots.into_iter().zip(rows).enumerate().map(make).collect()
    }

    fn cell(&mut self, table: &Table, plan: &Plan, slot: &Slot, header: bool, total: bool) -> WordCell {
        let part = if header { id::TABLE_HEADER } else { id::TABLE_TEXT };
        let paragraph = Paragraph::new().style(&id::table(part, plan.size));
        let (column, cell) = match *slot {
            Slot::Covered(column, span) => {
                let made = frame(&plan.widths[column..column + span]).vertical_merge(VMergeType::Continue);
                return made.add_paragraph(paragraph);
            }
            Slot::Cell(column, cell) => (column, cell),
        };
        let end = (column + usize::from(cell.columns.max(1))).min(plan.widths.len());
        let mut made = frame(&plan.widths[column..end]);
        if cell.rows > 1 {
            made = made.vertical_merge(VMergeType::Restart);
        }
        let base = if header { Face::Hei } else { Face::FangSong };
        let row = glyphs(&cell.text, if header || total { Face::Hei } else { Face::FangSong });
        self.findings.check(self.fonts, &row);
        let row = if header { plan.heading(self.fonts, column, cell, row) } else { row };
        let (row, spreads) = self.broken(plan, column, cell, row);
        let mut paragraph = with_runs(paragraph, runs(self.fonts, &row, base, &spreads));
        let align = if header { CellAlign::Center } else { plan.align(table, self.fonts, column, cell) };
        match align {
            CellAlign::Center => {}
            CellAlign::Left => paragraph = paragraph.align(AlignmentType::Left),
            CellAlign::Right(inset) => {
                let inset = (inset * 20.0).round() as i32;
                paragraph = paragraph.align(AlignmentType::Right).indent(Some(0), None, Some(inset), None);
            }
        }
        made.add_paragraph(paragraph)
    }

    /// A cell's text with the lines that are spread or tightened. One that would have to be spread so
    /// far that it shows, since lines of a cell are not set to full width, ends by hand.
    fn broken(&self, plan: &Plan, column: usize, cell: &TableCell, row: Vec<Glyph>) -> (Vec<Glyph>, Vec<Spread>) {
        let lines = plan.lines(self.fonts, column, cell, &row);
        let (mut out, mut spreads) = (Vec::with_capacity(row.len()), Vec::new());
        for (line, twip) in lines.ranges(row.len()).zip(lines.twips.iter().copied()) {
            let start = out.len();
            out.extend_from_slice(&row[line.clone()]);
            match twip.filter(|&twip| twip <= CELL_SPREAD) {
                Some(0) => {}
                Some(twip) => spreads.push((start..out.len(), twip)),
                None => out.extend(row.get(line.end).map(|&glyph| Glyph { c: '\n', ..glyph })),
            }
        }
        (out, spreads)
    }

    /// 表1, 图1 with their names; `keep`: above what they name.
    pub fn caption(&mut self, caption: &Caption, keep: bool) {
        let mut row = glyphs(&[Inline::Text(format!("{} ", caption.number).into())], Face::Hei);
        row.extend(glyphs(&caption.text, Face::Hei));
        self.untracked(&row, Face::Hei, SIZE_4, Paragraph::new().style(id::CAPTION).keep_next(keep));
    }
}

/// Every place of every row, covered ones included.
fn slots<'a>(placed: &[Vec<table::Placed<'a>>], columns: usize) -> Vec<Vec<Slot<'a>>> {
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
            } else if let Some(&(_, cell)) = row.iter().find(|(at, _)| *at == column) {
                let free = covered[column..].iter().take_while(|place| place.0 == 0).count();
                let span = usize::from(cell.columns.max(1)).min(free);
                covered[column..column + span].iter_mut().for_each(|place| *place = (cell.rows.max(1) - 1, span));
                slots.push(Slot::Cell(column, cell));
                column += span;
            } else {
                slots.push(Slot::Cell(column, &EMPTY));
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

fn frame(widths: &[f64]) -> WordCell {
    let width = widths.iter().map(|width| (width * 20.0).round() as usize).sum();
    let cell = WordCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    if widths.len() > 1 { cell.grid_span(widths.len()) } else { cell }
}
