//! A workbook to fields, tables and report information: sheets are recognised by their
//! header row, wherever it stands.

mod across;
mod block;
mod by_year;
mod cell;
pub mod collected;
mod columns;
mod fields;
mod grid;
mod header;
mod kind;
mod label;
mod layout;
mod listed;
mod notes;
mod pairs;
mod reader;
mod region;
mod remark;
mod repeats;
mod report;
mod second;
mod split;
mod subheader;
mod table;
mod title;
mod totals;
mod units;
mod worth;

use block::Into;
pub use label::clean_name;
use listed::listed;

use super::gathered::Gathered;
use super::scalar;
use crate::diagnostic::{Diagnostic, Origin, SourceId, codes, column_name};
use crate::source::sheet::{Sheet, Workbook};

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
        let into = Into { source, delimited: workbook.delimited, gathered: &mut *gathered, told: &mut *diagnostics };
        block::read(sheet, &name, year, &mut { into });
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
