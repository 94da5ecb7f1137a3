//! What a marked copy and a collected workbook have more than data: lists for people, and where
//! each cell was filled in.

use std::sync::Arc;

use crate::diagnostic::{Origin, SourceId};
use crate::source::sheet::{RawValue, Sheet, Workbook};

/// Header of the list of findings in a marked copy.
pub const MARKED_SHEET: [&str; 4] = ["严重程度", "位置", "问题", "怎么办"];
/// Headers of the lists in a collected workbook: 问题 and 催报.
pub const FINDINGS_SHEET: [&str; 6] = ["严重程度", "单位", "文件", "单元格", "问题", "怎么办"];
pub const STANDING_SHEET: [&str; 4] = ["填报单位", "情况", "文件", "怎么办"];
/// The sheet that says of each cell where it was filled in, and its header.
pub const ORIGINS_SHEET: &str = "_来源";
pub const ORIGINS: [&str; 3] = ["工作表", "单元格", "填报处"];

/// The table with a row for each unit, where forms have fields only, and the column by which the rows
/// of other tables say whose they are.
pub const UNITS_TABLE: &str = "单位";
pub const OF_UNIT: &str = "填报单位";

fn text(value: &RawValue) -> &str {
    if let RawValue::Text(text) = value { text } else { "" }
}

/// Columns that somebody put behind those of the list leave it a list.
fn begins_with(sheet: &Sheet, head: &[&str]) -> bool {
    let first = sheet.cells.iter().take_while(|c| c.row == 0).map(|c| (c.column, text(&c.value)));
    first.take(head.len()).eq((0..).zip(head.iter().copied()))
}

/// The list of findings of a marked copy.
pub fn is_marked(sheet: &Sheet) -> bool {
    begins_with(sheet, &MARKED_SHEET)
}

/// A list for people: a copy that was put right and sent back, or a collected workbook, is read
/// as the workbook is.
pub fn is_list(sheet: &Sheet) -> bool {
    [&MARKED_SHEET[..], &FINDINGS_SHEET, &STANDING_SHEET].iter().any(|head| begins_with(sheet, head))
}

/// The cells of a collected workbook with the places where they were filled in.
pub fn origins(workbook: &Workbook, source: SourceId) -> Vec<(Origin, Arc<str>)> {
    let list = workbook.sheets.iter().find(|s| s.name == ORIGINS_SHEET && begins_with(s, &ORIGINS));
    let rows = list.iter().flat_map(|s| s.cells.chunk_by(|a, b| a.row == b.row)).skip(1);
    let one = |row: &[crate::source::sheet::RawCell]| {
        let [sheet, cell, place] = row else { return None };
        let sheet = workbook.sheets.iter().find(|s| s.name == text(&sheet.value))?;
        let (row, column) = address(text(&cell.value))?;
        let RawValue::Text(place) = &place.value else { return None };
        Some((Origin::cell(source, sheet.index, row, column), place.clone()))
    };
    rows.filter_map(one).collect()
}

/// `C7` as row and column from 0.
pub fn address(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let column = text
        .bytes()
        .take(letters)
        .try_fold(0u32, |column, letter| column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1))?;
    let row: u32 = text.get(letters..)?.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}
