//! A workbook to fields, tables and report information: sheets are recognised by their
//! header row, wherever it stands.

mod by_year;
mod cell;
pub mod collected;
mod columns;
mod fields;
mod grid;
mod header;
mod label;
mod layout;
mod listed;
mod notes;
mod reader;
mod remark;
mod repeats;
mod report;
mod second;
mod split;
mod subheader;
mod table;
mod totals;
mod units;
mod worth;

use cell::CellReader;
use grid::Grid;
use header::Header;
use label::clean_name;
use listed::listed;
use reader::SheetReader;

use super::gathered::Gathered;
use super::scalar;
use crate::diagnostic::{Diagnostic, Origin, SourceId, cell_name, codes, column_name};
use crate::source::sheet::{RawCell, RawValue, Sheet, Workbook};

/// Adds what a workbook says to what was gathered.
pub fn read(workbook: &Workbook, source: SourceId, gathered: &mut Gathered, diagnostics: &mut Vec<Diagnostic>) {
    if workbook.sheets.iter().all(|s| s.cells.is_empty()) {
        diagnostics.push(
            Diagnostic::new(codes::D037, "文件里没有任何内容")
                .at(Origin::whole(source))
                .help("检查是不是给错了文件，或者忘了保存"),
        );
    }
    let yearly = by_year::of(&workbook.sheets, source, diagnostics);
    for (sheet, yearly) in workbook.sheets.iter().zip(yearly) {
        let name = scalar::trim(&sheet.name);
        if name.starts_with('_') || name == "填表说明" || sheet.cells.is_empty() {
            continue;
        }
        if collected::is_list(sheet) {
            continue;
        }
        hidden(sheet, source, diagnostics);
        let year = yearly.as_ref().map(|y| y.year);
        let name = yearly.map_or_else(|| clean_name(&sheet.name), |y| y.stem);
        let mut reader = SheetReader {
            grid: &Grid::new(sheet, source, workbook.delimited),
            name: &name,
            year,
            cells: CellReader::new(source, sheet.index),
            gathered: &mut *gathered,
            told: &mut *diagnostics,
        };
        read_sheet(&mut reader);
        reader.finish();
    }
}

fn read_sheet(reader: &mut SheetReader<'_>) {
    let grid = reader.grid;
    let Some(header) = header::find(grid) else {
        if reader.name == "报告信息" {
            return report::read(reader, None);
        }
        return reader.tell(
            Diagnostic::new(codes::D030, "认不出表头行，这个工作表没有读")
                .at(Origin::sheet(grid.source, grid.sheet.index))
                .about(reader.name)
                .help("表头应单独占一行，每列一个列名；与报告无关的表，名字前加“_”就不会读"),
        );
    };
    blank_ends(reader, &header);
    if let Some(row) = header.numbering {
        reader.tell(
            Diagnostic::new(codes::D105, format!("第 {} 行像是栏次（给各列编的号），没有当数据读", row + 1))
                .at(grid.origin(row, header.columns[0].column))
                .help("不用处理；如果这一行是数据，请在它上面空一行"),
        );
    }
    if report::is_report(reader.name, &header) {
        report::read(reader, Some(&header));
    } else if let Some(layout) = layout::of(&header) {
        fields::read(reader, &header, &layout);
    } else {
        table::read(reader, &header);
    }
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

/// Hidden parts are read like all others; the user is told.
fn hidden(sheet: &Sheet, source: SourceId, diagnostics: &mut Vec<Diagnostic>) {
    if sheet.hidden {
        diagnostics.push(
            Diagnostic::new(codes::D110, "这个工作表是隐藏的，照常读取")
                .at(Origin::sheet(source, sheet.index))
                .help("不想读的表，名字前加“_”"),
        );
    }
    let rows: Vec<String> = (sheet.cells.chunk_by(|a, b| a.row == b.row))
        .map(|row| row[0].row)
        .filter(|row| sheet.hidden_rows.binary_search(row).is_ok())
        .map(|row| (row + 1).to_string())
        .collect();
    if !rows.is_empty() {
        diagnostics.push(
            Diagnostic::new(codes::D111, format!("第 {} 行是隐藏的，照常读取", listed(&rows)))
                .at(Origin::sheet(source, sheet.index))
                .help("筛选或隐藏不会去掉数据；不要的行请删除"),
        );
    }
    let mut columns: Vec<u32> =
        sheet.cells.iter().map(|c| c.column).filter(|c| sheet.hidden_columns.binary_search(c).is_ok()).collect();
    columns.sort_unstable();
    columns.dedup();
    if !columns.is_empty() {
        let names: Vec<String> = columns.iter().map(|&c| column_name(c)).collect();
        diagnostics.push(
            Diagnostic::new(codes::D111, format!("{} 列是隐藏的，照常读取", listed(&names)))
                .at(Origin::sheet(source, sheet.index))
                .help("不要的列请删除"),
        );
    }
}
