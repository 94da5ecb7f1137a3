//! A workbook to fields, tables and report information: sheets are recognised by their
//! header row, wherever it stands.

mod by_year;
mod cell;
mod fields;
mod grid;
mod header;
mod notes;
mod repeats;
mod report;
mod second;
mod subheader;
mod table;
mod totals;
mod worth;
mod years;

pub use years::{year_columns, year_of_column};

/// The header of the list of findings in a marked copy: a sheet that has it is no data.
pub const MARKED_SHEET: [&str; 4] = ["严重程度", "位置", "问题", "怎么办"];

use cell::CellReader;
use grid::Grid;

use super::draft::Draft;
use super::scalar;
use crate::diagnostic::{Diagnostic, Origin, SourceId, cell_name, codes, column_name};
use crate::source::sheet::{RawCell, RawValue, Sheet, Workbook};

/// Adds what a workbook says to the draft.
pub fn read(workbook: &Workbook, source: SourceId, draft: &mut Draft, diagnostics: &mut Vec<Diagnostic>) {
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
        if is_list_of_findings(sheet) {
            continue;
        }
        hidden(sheet, source, diagnostics);
        let grid = Grid::new(sheet, source, workbook.delimited);
        let mut cells = CellReader::new(source, sheet.index);
        draft.year_of_sheet = yearly.as_ref().map(|y| y.year);
        let name = yearly.map_or_else(|| header::clean_name(&sheet.name), |y| y.stem);
        read_sheet(&grid, &name, &mut cells, draft, diagnostics);
        cells.finish(diagnostics);
    }
}

/// The sheet that a marked copy has more than its workbook: a copy that was put right and sent
/// back is read as the workbook is.
fn is_list_of_findings(sheet: &Sheet) -> bool {
    let head = sheet.cells.iter().take_while(|c| c.row == 0).map(|c| (c.column, &c.value));
    let texts = head.map(|(column, value)| (column, if let RawValue::Text(text) = value { &**text } else { "" }));
    texts.eq((0..).zip(MARKED_SHEET))
}

fn read_sheet(
    grid: &Grid<'_>,
    name: &str,
    cells: &mut CellReader,
    draft: &mut Draft,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(header) = header::find(grid) else {
        if name == "报告信息" {
            return report::read(grid, None, cells, draft, diagnostics);
        }
        diagnostics.push(
            Diagnostic::new(codes::D030, "认不出表头行，这个工作表没有读")
                .at(Origin::sheet(grid.source, grid.sheet.index))
                .about(name)
                .help("表头应单独占一行，每列一个列名；与报告无关的表，名字前加“_”就不会读"),
        );
        return;
    };
    blank_ends(grid, &header, diagnostics);
    if let Some(row) = header.numbering {
        diagnostics.push(
            Diagnostic::new(codes::D105, format!("第 {} 行像是栏次（给各列编的号），没有当数据读", row + 1))
                .at(grid.origin(row, header.columns[0].column))
                .help("不用处理；如果这一行是数据，请在它上面空一行"),
        );
    }
    if report::is_report(name, &header) {
        report::read(grid, Some(&header), cells, draft, diagnostics);
    } else if let Some(layout) = fields::layout(&header) {
        fields::read(grid, &header, &layout, cells, draft, diagnostics);
    } else {
        table::read(grid, name, &header, cells, draft, diagnostics);
    }
}

/// Names with blanks or line breaks at their ends are read without them; the user is told,
/// since such a name is hard to see and hard to find.
fn blank_ends(grid: &Grid<'_>, header: &header::Header, diagnostics: &mut Vec<Diagnostic>) {
    let rows = grid.rows().iter().filter(|(row, _)| (header.first_row..=header.last_row).contains(row));
    let blank = |cell: &RawCell| match &cell.value {
        RawValue::Text(text) => !text.is_empty() && scalar::trim(text).len() < text.len(),
        _ => false,
    };
    let cells: Vec<&RawCell> = rows.flat_map(|(_, cells)| cells.iter()).filter(|c| blank(c)).collect();
    if let Some(first) = cells.first() {
        let names: Vec<String> = cells.iter().map(|c| address(c.row, c.column)).collect();
        diagnostics.push(
            Diagnostic::new(codes::D118, format!("{} 的列名前后有空格或换行，已去掉", short_list(&names)))
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
            Diagnostic::new(codes::D111, format!("第 {} 行是隐藏的，照常读取", short_list(&rows)))
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
            Diagnostic::new(codes::D111, format!("{} 列是隐藏的，照常读取", short_list(&names)))
                .at(Origin::sheet(source, sheet.index))
                .help("不要的列请删除"),
        );
    }
}

/// At most five names, then how many there are.
fn short_list(names: &[String]) -> String {
    match names.len() {
        0..=5 => names.join("、"),
        n => format!("{} 等 {n}", names[..5].join("、")),
    }
}

/// `C7` of a cell of the grid, for messages.
fn address(row: u32, column: u32) -> String {
    cell_name(row, column)
}
