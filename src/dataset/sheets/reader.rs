//! One sheet being read: where it stands, where its values go, what is told on the way.

use super::cell::CellReader;
use super::grid::Grid;
use crate::dataset::Cell;
use crate::dataset::gathered::Gathered;
use crate::diagnostic::Diagnostic;
use crate::source::sheet::RawCell;
use crate::vocabulary::years::YearKey;

/// What every part of the reading of one sheet shares.
pub struct SheetReader<'s> {
    pub grid: &'s Grid<'s>,
    /// What the sheet is called, without its year where it is one of several.
    pub name: &'s str,
    /// The year in the sheet's name, where it is one of several: its 本年.
    pub year: Option<i16>,
    pub cells: CellReader,
    pub gathered: &'s mut Gathered,
    pub told: &'s mut Vec<Diagnostic>,
    /// Another table that begins below this one.
    pub rest: Option<Rest>,
}

/// Where another table of the same sheet begins, and what it is called where its title says that.
#[derive(Clone, Debug)]
pub struct Rest {
    pub row: u32,
    pub name: Option<String>,
}

impl SheetReader<'_> {
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic);
    }

    /// The value at a place of the sheet; `subject` names it for messages and is only asked
    /// when needed.
    pub fn value(&mut self, raw: Option<&RawCell>, place: (u32, u32), subject: &dyn Fn() -> String) -> Cell {
        match raw {
            Some(raw) => self.cells.read(raw, subject),
            None => Cell::missing(self.grid.origin(place.0, place.1)),
        }
    }

    /// The year that is meant on this sheet: its 本年 is the year of its name.
    pub fn year_meant(&self, key: YearKey) -> YearKey {
        match (key, self.year) {
            (YearKey::Current, Some(year)) => YearKey::Year(year),
            (YearKey::Before(years), Some(year)) => YearKey::Year(year - years),
            (key, _) => key,
        }
    }

    /// Hands over what the cells had to say.
    pub fn finish(self) {
        self.cells.finish(self.told);
    }
}
