//! Tables: grid, widths, spans, a header that repeats, rows that stay whole.

use docx_rs::{
    AlignmentType, Paragraph, Table as WordTable, TableAlignmentType, TableCell as WordCell, TableLayoutType,
    TableRow as WordRow, VAlignType, VMergeType, WidthType,
};

use super::super::standard::{Face, TYPE_WIDTH, twip};
use super::body::{Body, with_runs};
use super::styles::id;
use crate::document::{Align, Inline, Table, TableRow};

impl Body<'_> {
    pub fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            let mut text = vec![Inline::Text(format!("{} ", caption.number).into())];
            text.extend(caption.text.iter().cloned());
            self.line(&text, Face::Hei, id::CAPTION);
        }
        if let Some(unit) = &table.unit_line {
            self.line(unit, Face::FangSong, id::TABLE_UNIT);
        }
        let widths = widths(table);
        let mut open = vec![None; widths.len()];
        let rows = table.header.iter().map(|row| (row, true)).chain(table.rows.iter().map(|row| (row, false)));
        let rows: Vec<WordRow> =
            rows.map(|(row, header)| self.table_row(table, row, header, &widths, &mut open)).collect();
        if !rows.is_empty() {
            let made = WordTable::new(rows)
                .style(id::TABLE)
                .set_grid(widths.iter().map(|&width| width as usize).collect())
                .width(twip(TYPE_WIDTH) as usize, WidthType::Dxa)
                .align(TableAlignmentType::Center)
                .layout(TableLayoutType::Fixed);
            self.add_table(made);
        }
        for note in &table.notes {
            self.line(note, Face::FangSong, id::TABLE_NOTE);
        }
    }

    /// A row. `open` holds for each column the rows that a cell from above still covers, and
    /// the columns of that cell where it begins.
    fn table_row(
        &mut self,
        table: &Table,
        row: &TableRow,
        header: bool,
        widths: &[i32],
        open: &mut [Option<(u16, usize)>],
    ) -> WordRow {
        let style = if header { id::TABLE_HEADER } else { id::TABLE_TEXT };
        let base = if header { Face::Hei } else { Face::FangSong };
        let mut cells = Vec::new();
        let mut given = row.cells.iter();
        let mut column = 0;
        while column < widths.len() {
            if let Some((rows, span)) = open[column] {
                let span = span.clamp(1, widths.len() - column);
                open[column] = (rows > 1).then(|| (rows - 1, span));
                let cell = frame(&widths[column..column + span]).vertical_merge(VMergeType::Continue);
                cells.push(cell.add_paragraph(Paragraph::new().style(style)));
                column += span;
                continue;
            }
            let cell = given.next();
            let free = open[column..].iter().take_while(|above| above.is_none()).count().max(1);
            let span = cell.map_or(1, |cell| usize::from(cell.columns)).clamp(1, free);
            let mut made = frame(&widths[column..column + span]);
            let mut paragraph = Paragraph::new().style(style);
            if let Some(cell) = cell {
                if cell.rows > 1 {
                    made = made.vertical_merge(VMergeType::Restart);
                    open[column] = Some((cell.rows - 1, span));
                }
                paragraph = with_runs(paragraph, self.inlines(&cell.text, base));
            }
            match table.aligns.get(column) {
                _ if header => {}
                Some(Align::Left) => paragraph = paragraph.align(AlignmentType::Left),
                Some(Align::Right | Align::Decimal) => paragraph = paragraph.align(AlignmentType::Right),
                _ => {}
            }
            cells.push(made.add_paragraph(paragraph));
            column += span;
        }
        WordRow::new(cells).cant_split()
    }
}

fn frame(widths: &[i32]) -> WordCell {
    let cell =
        WordCell::new().width(widths.iter().sum::<i32>() as usize, WidthType::Dxa).vertical_align(VAlignType::Center);
    if widths.len() > 1 { cell.grid_span(widths.len()) } else { cell }
}

/// Widths of the columns, twip.
fn widths(table: &Table) -> Vec<i32> {
    let rows = table.header.iter().chain(&table.rows);
    let cells = rows.map(|row| row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum::<usize>());
    let columns = table.aligns.len().max(cells.max().unwrap_or(0)).max(1);
    let edge = |i: usize| twip(TYPE_WIDTH) * i as i32 / columns as i32;
    (0..columns).map(|i| edge(i + 1) - edge(i)).collect()
}
