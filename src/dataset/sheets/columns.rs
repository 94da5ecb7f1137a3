//! What is told of a table's columns.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::header::Header;
use super::reader::SheetReader;
use crate::dataset::Table;
use crate::diagnostic::{Diagnostic, cell_name, codes, column_name};
use crate::vocabulary::columns::is_no_figure;

/// Two columns of one name, and values under no name.
pub fn tell(reader: &mut SheetReader<'_>, header: &Header) {
    repeated(reader, header);
    nameless(reader, header);
}

fn repeated(reader: &mut SheetReader<'_>, header: &Header) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for column in &header.columns {
        match seen.get(&*column.name) {
            Some(&first) => reader.tell(two_columns(reader.grid, header, first, column.column)),
            None => {
                seen.insert(&column.name, column.column);
            }
        }
    }
}

/// Two columns with one name.
pub fn two_columns(grid: &Grid<'_>, header: &Header, first: u32, second: u32) -> Diagnostic {
    let at = |column| header.columns.iter().find(|c| c.column == column);
    let name = at(second).map(|c| c.name.clone()).unwrap_or_default();
    let place = |column| at(column).map_or(grid.origin(header.last_row, column), |c| c.origin);
    let (a, b) = (column_name(first), column_name(second));
    let found = Diagnostic::new(codes::D033, format!("{a} 列和 {b} 列的列名都是“{name}”")).at(place(second));
    if place(first) == place(second) {
        return found.help("表头合并了几列，下面却没有各列自己的名称：拆开合并，给每一列写上列名");
    }
    found
        .also(place(first), "第一个在这里")
        .help("给其中一列改名，例如加上年份或用途；如果是并排的两张表，请分到两个工作表里")
}

/// Values under no name are not read, with a warning.
fn nameless(reader: &mut SheetReader<'_>, header: &Header) {
    let grid = reader.grid;
    let mut stray: BTreeMap<u32, u32> = BTreeMap::new();
    let named = |column: u32| header.columns.binary_search_by_key(&column, |c| c.column).is_ok();
    for (row, raws) in grid.rows().iter().filter(|(row, _)| *row > header.last_row) {
        raws.iter().filter(|c| !named(c.column)).for_each(|c| {
            stray.entry(c.column).or_insert(*row);
        });
    }
    for (column, row) in stray {
        let help = match grid.delimited {
            true => format!("第 {} 行比表头多出了列，多半是数里写了逗号：去掉逗号，或给整个数加上英文引号", row + 1),
            false => format!("在第 {} 行给这一列写上列名，或清除这一列", header.last_row + 1),
        };
        reader.tell(
            Diagnostic::new(codes::D034, format!("{} 列有数据但没有列名，没有读", column_name(column)))
                .at(grid.origin(row, column))
                .help(help),
        );
    }
}

/// A number merged over several rows counts in each of them: worth a notice.
pub fn merged_numbers(reader: &mut SheetReader<'_>, header: &Header, table: &Table) {
    let grid = reader.grid;
    for merge in grid.sheet.merges.iter().filter(|m| m.first_row > header.last_row && m.last_row > m.first_row) {
        let Some(column) = header.columns.iter().position(|c| c.column == merge.first_column) else { continue };
        let cell_origin = grid.origin(merge.first_row, merge.first_column);
        let reads = table.records.iter().filter(|r| r.cells[column].origin == cell_origin);
        let numbers = reads.filter(|r| r.cells[column].number().is_some()).count();
        if numbers > 1 && !is_no_figure(&table.columns[column].name) {
            let rows = format!(
                "{}:{}",
                cell_name(merge.first_row, merge.first_column),
                cell_name(merge.last_row, merge.first_column)
            );
            reader.tell(
                Diagnostic::new(codes::D103, format!("合并单元格 {rows} 里的数，{numbers} 行各算一次"))
                    .at(cell_origin)
                    .about(&*table.columns[column].name)
                    .help("如果它是几行共有的一个数，请拆开合并，只填在一行里"),
            );
        }
    }
}
