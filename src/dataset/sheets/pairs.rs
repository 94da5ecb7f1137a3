//! 对应: a sheet of two columns that says what the template calls a name of this workbook.

use super::grid::raw_text;
use super::header::Header;
use super::label::clean_name;
use super::reader::SheetReader;
use crate::dataset::pairs::{COLUMNS, Pair, SHEET};

/// By its header, or by its name where it has two columns.
pub fn is_list(name: &str, header: &Header) -> bool {
    let named = |wanted: &str| header.columns.iter().any(|c| &*c.name == wanted);
    named(COLUMNS[0]) && named(COLUMNS[1]) || name == SHEET && (2..=3).contains(&header.columns.len())
}

/// Each row is a pair; one without its second name is still to be chosen.
pub fn read(reader: &mut SheetReader<'_>, header: &Header) {
    let grid = reader.grid;
    let column = |wanted: &str| header.columns.iter().find(|c| &*c.name == wanted).map(|c| c.column);
    let headed = column(COLUMNS[0]).zip(column(COLUMNS[1]));
    let (data, template) = match (headed, header.columns.as_slice()) {
        (Some(columns), _) => columns,
        (None, [first, second, ..]) => (first.column, second.column),
        _ => return,
    };
    // Without a header of its own, its first row is a pair as well.
    let first = if headed.is_some() { header.last_row + 1 } else { header.first_row };
    for &(row, _) in grid.rows().iter().filter(|(row, _)| *row >= first) {
        let name = |column| clean_name(&grid.sheet.cell(row, column).map(raw_text).unwrap_or_default());
        let (data_name, template_name) = (name(data), name(template));
        if data_name.is_empty() && template_name.is_empty() {
            continue;
        }
        reader.gathered.pairs.push(Pair {
            data: data_name.into(),
            template: template_name.into(),
            origin: grid.origin(row, data),
            own: true,
        });
    }
}
