//! Field sheets turned on their side: one year a row, one figure a column.

use std::collections::BTreeSet;

use super::grid::{Grid, raw_text};
use super::header::Header;
use super::label::clean_name;
use super::layout::body;
use super::reader::SheetReader;
use super::{columns, notes, second, units};
use crate::dataset::{FieldSheet, scalar};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::columns::{Role, is, is_computed, is_like};
use crate::vocabulary::years::{YearKey, year_of};

/// Where the years and the figures stand.
pub struct Across {
    pub year: u32,
    pub figures: Vec<u32>,
}

/// The columns, if each row is a year and all others hold figures. The second is true where the rows
/// are several years.
pub fn of(grid: &Grid<'_>, header: &Header) -> Option<(Across, bool)> {
    let mut named = header.columns.iter().filter(|c| !is(Role::Serial, &c.name));
    let year = named.next()?.column;
    if header.columns.iter().any(|c| c.column != year && year_of(&c.name).is_some()) {
        return None;
    }
    let figures: Vec<u32> = named.filter(|c| !is_like(Role::Remark, &c.name)).map(|c| c.column).collect();
    let (mut years, mut numbers) = (BTreeSet::new(), 0);
    for (row, cells) in body(grid, header) {
        let label = grid.sheet.cell(row, year).map(|c| clean_name(&raw_text(c))).unwrap_or_default();
        if is_computed(&label) || notes::is_footnote(&label, cells.len()) {
            continue;
        }
        if !years.insert(key_of(&label)?) {
            return None;
        }
        for cell in cells.iter().filter(|c| figures.contains(&c.column)) {
            match value(cell) {
                Held::Number => numbers += 1,
                Held::Nothing => {}
                Held::Words => return None,
            }
        }
    }
    (numbers > 0 && !figures.is_empty()).then_some((Across { year, figures }, years.len() > 1))
}

fn key_of(label: &str) -> Option<YearKey> {
    YearKey::of(label).or_else(|| year_of(label).map(|year| year.key))
}

enum Held {
    Number,
    Nothing,
    Words,
}

fn value(cell: &RawCell) -> Held {
    match &cell.value {
        RawValue::Text(text) if scalar::lenient_number(text).is_some() => Held::Number,
        RawValue::Text(text) if scalar::is_absent(scalar::trim(text)) || scalar::trim(text).is_empty() => Held::Nothing,
        RawValue::Text(text) if scalar::date(text).is_some() => Held::Number,
        RawValue::Text(_) | RawValue::Bool(_) | RawValue::Picture => Held::Words,
        RawValue::Error(_) | RawValue::Uncalculated(_) => Held::Nothing,
        _ => Held::Number,
    }
}

/// Each cell is a figure of its row's year.
pub fn read(reader: &mut SheetReader<'_>, header: &Header, across: &Across) {
    columns::tell(reader, header);
    let grid = reader.grid;
    reader.gathered.field_sheets.push(FieldSheet {
        name: clean_name(&grid.sheet.name).into(),
        heading: "".into(),
        unit: header.unit.clone(),
        origin: Origin::sheet(grid.source, grid.sheet.index),
    });
    let mut computed = None;
    for (row, cells) in second::body(reader, header) {
        let label = grid.sheet.cell(row, across.year).map(|c| clean_name(&raw_text(c))).unwrap_or_default();
        if notes::is_footnote(&label, cells.len()) {
            continue;
        }
        let Some(key) = key_of(&label) else {
            computed = computed.or(Some((row, label)));
            continue;
        };
        let key = reader.year_meant(key);
        for column in header.columns.iter().filter(|c| across.figures.contains(&c.column)) {
            let place = (row, column.column);
            let mut cell =
                reader.value(grid.body_cell(row, column.column), place, &|| format!("{label} · {}", column.name));
            units::settle(&mut cell, column.unit.as_ref().or(header.unit.as_ref()));
            reader.gathered.fields.push((key, column.name.clone(), cell));
        }
    }
    if let Some((row, label)) = computed {
        reader.tell(
            Diagnostic::new(codes::D116, format!("“{label}”一行是算出来的，没有读"))
                .at(grid.origin(row, across.year))
                .help("不用处理：同比、增减由模板按各年的数计算"),
        );
    }
}
