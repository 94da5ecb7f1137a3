//! Tables: rows and cells, with what covers what.

use super::error::DocxError;
use super::model::{Cell, Place, Row, Table};
use super::story::Story;
use crate::source::xml::{Step, attribute, name};

/// Most columns that a cell covers, or that a row leaves blank before its first cell.
const MAX_COLUMNS: u16 = 200;

impl Story<'_, '_> {
    /// Reads `w:tbl`; `counted`: its cells have places of their own.
    pub fn table(&mut self, counted: bool) -> Result<Table, DocxError> {
        let mut table = Table::default();
        self.rows(&mut table, counted)?;
        Ok(table)
    }

    fn rows(&mut self, table: &mut Table, counted: bool) -> Result<(), DocxError> {
        let target = self.reader.depth.saturating_sub(1);
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            match name(&element) {
                b"tr" => {
                    self.desk.paragraph()?;
                    if counted && let Place::Cell(_, row, cell) = &mut self.place {
                        (*row, *cell) = (table.rows.len() as u32 + 1, 0);
                    }
                    let mut row = Row::default();
                    let deleted = self.cells(&mut row, counted)?;
                    if deleted {
                        self.desk.seen.tracked += 1;
                    } else if !row.cells.is_empty() {
                        table.rows.push(row);
                    }
                }
                b"sdt" | b"sdtContent" | b"customXml" | b"ins" | b"moveTo" => {
                    self.deeper(|story| story.rows(table, counted))?;
                }
                _ => self.skip()?,
            }
        }
        Ok(())
    }

    /// Reads the cells of a row; `true`: the row is deleted.
    fn cells(&mut self, row: &mut Row, counted: bool) -> Result<bool, DocxError> {
        let target = self.reader.depth.saturating_sub(1);
        let mut deleted = false;
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            match name(&element) {
                b"trPr" => {}
                b"tblHeader" => {
                    row.header = !matches!(attribute(&element, "val").as_deref(), Some("0" | "false" | "off"));
                }
                b"gridBefore" => {
                    let columns = attribute(&element, "val").and_then(|n| n.trim().parse().ok()).unwrap_or(0u16);
                    if columns > 0 && row.cells.is_empty() {
                        row.cells.push(Cell { columns: columns.min(MAX_COLUMNS), ..Cell::default() });
                    }
                }
                b"del" => deleted = true,
                b"tc" => {
                    if counted && let Place::Cell(_, _, cell) = &mut self.place {
                        *cell += 1;
                    }
                    let cell = self.deeper(Story::cell)?;
                    row.cells.extend(cell);
                }
                b"sdt" | b"sdtContent" | b"customXml" => {
                    deleted |= self.deeper(|story| story.cells(row, counted))?;
                }
                _ => self.skip()?,
            }
        }
        Ok(deleted)
    }

    /// Reads `w:tc`; `None`: it belongs to the cell before it, or is deleted.
    fn cell(&mut self) -> Result<Option<Cell>, DocxError> {
        self.desk.paragraph()?;
        let mut cell = Cell { columns: 1, ..Cell::default() };
        let mut gone = false;
        // The properties come first; all else are blocks.
        let target = self.reader.depth.saturating_sub(1);
        loop {
            match self.step()? {
                Step::Open(element) if name(&element) == b"tcPr" => gone = self.cell_properties(&mut cell)?,
                Step::Open(element) => {
                    let element = element.into_owned();
                    self.block(&element, &mut cell.blocks)?;
                    self.blocks_until(target, &mut cell.blocks)?;
                    break;
                }
                _ if self.reader.depth <= target => break,
                _ => {}
            }
        }
        Ok((!gone).then_some(cell))
    }

    /// Reads `w:tcPr`; `true`: the cell is none of its own.
    fn cell_properties(&mut self, cell: &mut Cell) -> Result<bool, DocxError> {
        let target = self.reader.depth.saturating_sub(1);
        let mut gone = false;
        while self.reader.depth > target {
            let Step::Open(element) = self.step()? else { continue };
            let goes_on = attribute(&element, "val").as_deref() != Some("restart");
            match name(&element) {
                b"gridSpan" => {
                    let columns = attribute(&element, "val").and_then(|n| n.trim().parse().ok());
                    cell.columns = columns.unwrap_or(1u16).clamp(1, MAX_COLUMNS);
                }
                b"vMerge" => cell.goes_on = goes_on,
                b"hMerge" => gone = goes_on,
                b"cellDel" => gone = true,
                _ => {}
            }
        }
        Ok(gone)
    }
}
