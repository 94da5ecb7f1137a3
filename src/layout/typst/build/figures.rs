//! Tables, charts, pictures with their captions.

use super::super::super::plan::{Cell, Chart, Picture, Table, Text};
use super::super::super::standard::{FIGURE_GAP, Face, SIZE_4, TABLE_BEHIND};
use super::super::super::table::CellAlign;
use super::super::data::{CellData, Item, TableData};
use super::Builder;
use super::unjustified::unjustified;
use crate::document::PictureFormat;

impl Builder<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        if !table.turned {
            return self.upright(table);
        }
        // Headings right above go with it: none is the last on its page.
        let headings = self.items.iter().rev().take_while(|item| matches!(item, Item::Heading { .. })).count();
        let body = self.items.split_off(self.items.len() - headings);
        let outside = std::mem::replace(&mut self.items, body);
        self.upright(table);
        let body = std::mem::replace(&mut self.items, outside);
        self.items.push(Item::Landscape { body });
    }

    fn upright(&mut self, table: &Table) {
        self.gap();
        self.caption(table.caption.as_ref(), true);
        self.items.push(Item::Table(TableData {
            whole: table.plan.whole,
            unit: table.unit.as_ref().map(|unit| self.set(unit, Face::FangSong)),
            widths: table.plan.widths.clone(),
            header: self.rows(&table.header),
            rows: self.rows(&table.rows),
            notes: table.notes.iter().map(|note| unjustified(self.set(note, Face::FangSong))).collect(),
            size: table.plan.size,
        }));
        self.items.push(Item::Blank { height: FIGURE_GAP * self.profile.pitch + TABLE_BEHIND });
    }

    /// Space above and below what is no text.
    fn gap(&mut self) {
        self.blank(FIGURE_GAP);
    }

    fn rows(&self, rows: &[Vec<Cell>]) -> Vec<Vec<CellData>> {
        let cell = |planned: &Cell| {
            let Cell { cell, face, row, fitted, .. } = planned;
            let (align, inset) = match planned.align {
                CellAlign::Left => ("left", 0.0),
                CellAlign::Center => ("center", 0.0),
                CellAlign::Right(inset) => ("right", inset),
            };
            let text = unjustified(self.runs(row, *face, &fitted.lines));
            CellData { text, face: face.key(), align, inset, columns: cell.columns.max(1), rows: cell.rows.max(1) }
        };
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    /// `keep`: above what it names.
    fn caption(&mut self, caption: Option<&Text>, keep: bool) {
        let Some(caption) = caption else { return };
        let text = unjustified(self.set(caption, Face::Hei));
        self.items.push(Item::Centred { text, face: Face::Hei.key(), size: SIZE_4, keep });
    }

    pub(super) fn chart(&mut self, chart: &Chart) {
        let file = self.keep(chart.svg.as_bytes(), PictureFormat::Svg);
        let spots = if self.profile.marked { chart.drawing.figures(self.plan.fonts()) } else { Vec::new() };
        self.image(file, chart.drawing.size(), &chart.alt, chart.caption.as_ref(), spots);
    }

    pub(super) fn picture(&mut self, picture: &Picture) {
        let file = self.keep(&picture.picture.bytes, picture.picture.format);
        self.image(file, picture.size, &picture.alt, picture.caption.as_ref(), Vec::new());
    }

    fn image(
        &mut self,
        file: String,
        (width, height): (f64, f64),
        alt: &str,
        caption: Option<&Text>,
        spots: Vec<(u32, f64, f64, f64, f64)>,
    ) {
        self.gap();
        self.items.push(Item::Image { file, width, height, alt: alt.to_owned(), keep: caption.is_some(), spots });
        self.caption(caption, false);
        self.gap();
    }
}
