//! The tables of one sheet: most have one; two are told apart where it is clear what the other is.

use super::cell::CellReader;
use super::grid::Grid;
use super::header::{self, Header};
use super::reader::{Rest, SheetReader};
use super::region::{figures_in, part};
use super::{kind, listed::listed, pairs, report, second, title};
use crate::dataset::gathered::Gathered;
use crate::dataset::scalar;
use crate::diagnostic::{Diagnostic, SourceId, cell_name, codes, column_name};
use crate::source::sheet::{RawCell, RawValue, Sheet};

/// Tables of one sheet that are told apart; the last holds what is left.
const MOST: usize = 20;

/// Where what is read goes.
pub struct Into<'i> {
    pub source: SourceId,
    pub delimited: bool,
    pub gathered: &'i mut Gathered,
    pub told: &'i mut Vec<Diagnostic>,
}

/// Reads all tables of a sheet. One without a name of its own is one of figures, which needs none.
pub fn read(sheet: &Sheet, name: &str, year: Option<i16>, into: &mut Into<'_>) {
    let mut rest = one(sheet, name, year, into);
    for _ in 1..MOST {
        let Some(Rest { row, name: own }) = rest else { return };
        rest = one(&part(sheet, row..u32::MAX, 0..u32::MAX), own.as_deref().unwrap_or_default(), year, into);
    }
}

/// One table, and one beside it.
fn one(sheet: &Sheet, name: &str, year: Option<i16>, into: &mut Into<'_>) -> Option<Rest> {
    let grid = &Grid::new(sheet, into.source, into.delimited);
    let header = header::find(grid);
    if let Some((from, own)) = header.as_ref().and_then(|header| beside(grid, header)) {
        let called = own.as_ref().map_or("，作为指标表读取".to_string(), |name| format!("，按表“{name}”读取"));
        let message = format!("{} 列起是并排的另一张表{called}", column_name(from));
        let place = header.as_ref().map_or(0, |h| h.last_row);
        into.told.push(
            Diagnostic::new(codes::D127, message)
                .at(grid.origin(place, from))
                .help("不用处理；最好移到单独的工作表里，工作表的名称就是表名"),
        );
        let rest = one(&part(sheet, 0..u32::MAX, 0..from), name, year, into);
        let other = part(sheet, 0..rest.as_ref().map_or(u32::MAX, |rest| rest.row), from..u32::MAX);
        one(&other, own.as_deref().unwrap_or_default(), year, into);
        return rest;
    }
    let mut reader = SheetReader {
        grid,
        name,
        year,
        cells: CellReader::new(into.source, sheet.index),
        gathered: &mut *into.gathered,
        told: &mut *into.told,
        rest: None,
    };
    table(&mut reader, header);
    let rest = reader.rest.take();
    reader.finish();
    rest
}

fn table(reader: &mut SheetReader<'_>, header: Option<Header>) {
    let grid = reader.grid;
    let Some(header) = header else {
        if reader.name == "报告信息" {
            return report::read(reader, None);
        }
        return reader.tell(
            Diagnostic::new(codes::D030, "认不出表头行，这个工作表没有读")
                .at(crate::diagnostic::Origin::sheet(grid.source, grid.sheet.index))
                .about(reader.name)
                .help("表头应单独占一行，每列一个列名；与报告无关的表，名字前加“_”就不会读"),
        );
    };
    if pairs::is_list(reader.name, &header) {
        return pairs::read(reader, &header);
    }
    blank_ends(reader, &header);
    if let Some(row) = header.numbering {
        reader.tell(
            Diagnostic::new(codes::D105, format!("第 {} 行像是栏次（给各列编的号），没有当数据读", row + 1))
                .at(grid.origin(row, header.columns[0].column))
                .help("不用处理；如果这一行是数据，请在它上面空一行"),
        );
    }
    match report::is_report(reader.name, &header) {
        true => report::read(reader, Some(&header)),
        false => kind::read(reader, &header),
    }
}

/// The first column of another table beside this one, and what its title calls it.
fn beside(grid: &Grid<'_>, header: &Header) -> Option<(u32, Option<String>)> {
    let from = second::gap(grid, header)?;
    let above = grid.rows().iter().take_while(|(row, _)| *row < header.first_row);
    let named =
        above.flat_map(|(_, cells)| cells.iter().filter(|c| c.column >= from)).find_map(|cell| match &cell.value {
            RawValue::Text(text) => title::name(text),
            _ => None,
        });
    let clear = named.is_some() || figures_in(&part(grid.sheet, 0..u32::MAX, from..u32::MAX), grid);
    clear.then_some((from, named))
}

/// Names with blanks or line breaks at their ends are read without them; the user is told,
/// since such a name is hard to see and hard to find.
fn blank_ends(reader: &mut SheetReader<'_>, header: &Header) {
    let grid = reader.grid;
    let rows = grid.rows().iter().filter(|(row, _)| (header.first_row..=header.last_row).contains(row));
    let blank = |cell: &RawCell| match &cell.value {
        RawValue::Text(text) => !text.is_empty() && scalar::trim(text).len() < text.len(),
        _ => false,
    };
    let cells: Vec<&RawCell> = rows.flat_map(|(_, cells)| cells.iter()).filter(|c| blank(c)).collect();
    if let Some(first) = cells.first() {
        let names: Vec<String> = cells.iter().map(|c| cell_name(c.row, c.column)).collect();
        reader.tell(
            Diagnostic::new(codes::D118, format!("{} 的列名前后有空格或换行，已去掉", listed(&names)))
                .at(grid.origin(first.row, first.column))
                .help("不用处理；改表时可以把它们删去"),
        );
    }
}
