//! What holds for all data of one year while they are checked.

use std::sync::Arc;

use super::Schema;
use crate::dataset::{Cell, FieldSheet};
use crate::diagnostic::{Origin, Place, SourceId};
use crate::source::date::Epoch;

/// What holds for all data of one year.
pub struct Context<'a> {
    pub schema: &'a Schema,
    /// Where something is said to be missing that has no place.
    pub whole: Option<Origin>,
    pub year: i16,
    /// The report's year.
    pub current: bool,
    /// The figures are all of other years, which is told already.
    pub elsewhere: bool,
    pub files: &'a [(SourceId, Epoch)],
    pub field_sheets: &'a [FieldSheet],
    /// Fields whose percentages are written in hundredths.
    pub hundredths: &'a [Arc<str>],
}

impl Context<'_> {
    /// True when the unit of a figure is the one said above its sheet.
    pub fn unit_of_sheet(&self, cell: &Cell) -> bool {
        let Place::Cell { sheet, .. } = cell.origin.place else { return false };
        let sheet = Origin::sheet(cell.origin.source, sheet);
        self.field_sheets.iter().any(|f| f.origin == sheet && f.unit.is_some() && f.unit == cell.unit)
    }

    pub fn epoch(&self, origin: Origin) -> Epoch {
        self.files.iter().find(|(id, _)| *id == origin.source).map_or(Epoch::From1900, |(_, epoch)| *epoch)
    }
}
