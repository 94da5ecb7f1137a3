//! What a sheet is: figures by year, or a table of records. Words of the header say it, or what stands
//! below them; where both are possible, both are read, and the names that the template asks for decide.

use std::sync::Arc;

use super::across::{self, Across};
use super::grid::Grid;
use super::header::Header;
use super::layout::{self, Layout};
use super::reader::{Rest, SheetReader};
use super::{fields, table};
use crate::dataset::gathered::{Part, Undecided};

/// Rows of a sheet beyond which it is what it looks like.
const MOST_ROWS: usize = 2_000;

/// A sheet that can be one of figures.
enum Figures {
    Down(Layout),
    Across(Across),
}

/// Reads a sheet in each way that it can be meant.
pub fn read(reader: &mut SheetReader<'_>, header: &Header) {
    let Some((figures, likely)) = figures(reader.grid, header) else { return table::read(reader, header) };
    if reader.grid.rows().len() > MOST_ROWS {
        return match (&figures, likely) {
            (_, false) => table::read(reader, header),
            (figures, true) => figures.read(reader, header),
        };
    }
    let (as_fields, rest) = part(reader, &|reader| figures.read(reader, header));
    let (as_table, _) = part(reader, &|reader| table::read(reader, header));
    reader.rest = rest;
    let name: Arc<str> = reader.name.into();
    let undecided = Undecided { name, likely, as_fields, as_table };
    reader.gathered.undecided.push((reader.gathered.mark(reader.told.len()), undecided));
}

fn figures(grid: &Grid<'_>, header: &Header) -> Option<(Figures, bool)> {
    if let Some(layout) = layout::by_words(header) {
        return Some((Figures::Down(layout), true));
    }
    let down = || layout::by_evidence(grid, header).map(|(layout, likely)| (Figures::Down(layout), likely));
    let across = || across::of(grid, header).map(|(across, likely)| (Figures::Across(across), likely));
    down().or_else(across)
}

impl Figures {
    fn read(&self, reader: &mut SheetReader<'_>, header: &Header) {
        match self {
            Figures::Down(layout) => fields::read(reader, header, layout),
            Figures::Across(across) => across::read(reader, header, across),
        }
    }
}

/// What one way of reading gives, by itself.
fn part(reader: &SheetReader<'_>, read: &dyn Fn(&mut SheetReader<'_>)) -> (Part, Option<Rest>) {
    let mut part = Part::default();
    let mut own = SheetReader {
        grid: reader.grid,
        name: reader.name,
        year: reader.year,
        cells: super::cell::CellReader::new(reader.grid.source, reader.grid.sheet.index),
        gathered: &mut part.gathered,
        told: &mut part.told,
        rest: None,
    };
    read(&mut own);
    let rest = own.rest.take();
    own.finish();
    (part, rest)
}
