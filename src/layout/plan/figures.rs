//! Tables, charts and pictures with their captions.

use std::sync::OnceLock;

use super::super::cell_lines::Fitted;
use super::super::chart::{self, Drawing, Frame, Native};
use super::super::glyphs::{Glyph, glyphs};
use super::super::picture::{fit_picture, svg_fault};
use super::super::standard::{Face, SIZE_4, TABLE_SIZES, TABLE_SIZES_TURNED, TABLE_WHOLE, pt};
use super::super::table::{self, CellAlign};
use super::planner::{Planner, Text, literal};
use crate::document::{self, Caption, TableCell, TableRow, plain_text};

/// A table with the places and lines of its cells.
pub struct Table<'a> {
    pub table: &'a document::Table,
    pub plan: table::Plan,
    /// On pages of its own, set sideways (clause 8).
    pub turned: bool,
    pub caption: Option<Text>,
    pub unit: Option<Text>,
    pub header: Vec<Vec<Cell<'a>>>,
    pub rows: Vec<Vec<Cell<'a>>>,
    pub notes: Vec<Text>,
}

/// A cell with the column that it begins in.
pub struct Cell<'a> {
    pub column: usize,
    pub cell: &'a TableCell,
    pub face: Face,
    pub row: Vec<Glyph>,
    pub fitted: Fitted,
    pub align: CellAlign,
}

/// A chart as wide as the type area, on pages set sideways too: its labels keep their size.
pub struct Chart<'a> {
    pub chart: &'a document::Chart,
    pub drawing: Drawing,
    pub svg: String,
    pub alt: String,
    pub caption: Option<Text>,
    /// What a word processor draws of each frame, once it is made.
    native: OnceLock<Option<Vec<Native>>>,
}

impl Chart<'_> {
    /// What a word processor draws of each frame. It is made once, though a DOCX may be written again by another pitch.
    pub fn native(&self, make: impl FnMut(&Frame) -> Option<Native>) -> Option<&[Native]> {
        self.native.get_or_init(|| self.drawing.frames.iter().map(make).collect()).as_deref()
    }
}

/// A picture with its size on the page, pt.
pub struct Picture<'a> {
    pub picture: &'a document::Picture,
    pub size: (f64, f64),
    pub alt: String,
    pub caption: Option<Text>,
}

impl Planner<'_> {
    pub(super) fn table<'d>(&mut self, table: &'d document::Table) -> Table<'d> {
        let plan = table::plan(table, self.fonts, self.width, &TABLE_SIZES);
        if !plan.too_wide {
            return self.cells(table, plan);
        }
        let upright = self.width < self.profile.grid.height();
        self.within(self.width.max(self.profile.grid.height()), |planner| {
            let sizes = [&TABLE_SIZES[..], &TABLE_SIZES_TURNED].concat();
            let plan = table::plan(table, planner.fonts, planner.width, &sizes);
            Table { turned: upright, ..planner.cells(table, plan) }
        })
    }

    fn cells<'d>(&mut self, table: &'d document::Table, mut plan: table::Plan) -> Table<'d> {
        let size = plan.size;
        let header = self.rows(table, &plan, &table.header, true);
        let rows = self.rows(table, &plan, &table.rows, false);
        let lines = |row: &Vec<Cell>| {
            let single = row.iter().filter(|cell| cell.cell.rows <= 1);
            single.map(|cell| cell.fitted.lines.count()).max().unwrap_or(1)
        };
        let whole = table::height(size, header.iter().chain(&rows).map(lines)) <= pt(TABLE_WHOLE);
        plan.whole = whole;
        Table {
            caption: self.caption(table.caption.as_ref()),
            header,
            rows,
            unit: table.unit_line.as_ref().map(|unit| self.line(glyphs(unit, Face::FangSong))),
            notes: table.notes.iter().map(|note| self.untracked(glyphs(note, Face::FangSong), size)).collect(),
            turned: false,
            table,
            plan,
        }
    }

    fn rows<'d>(
        &mut self,
        table: &document::Table,
        plan: &table::Plan,
        rows: &'d [TableRow],
        header: bool,
    ) -> Vec<Vec<Cell<'d>>> {
        let places = table::places(rows, plan.widths.len());
        let row = |(placed, row): (Vec<table::Placed<'d>>, &TableRow)| {
            let face = if header || row.total { Face::Hei } else { Face::FangSong };
            let cell = |(column, cell): table::Placed<'d>| {
                let row = glyphs(&cell.text, face);
                self.findings.check(self.fonts, &row);
                let fitted = plan.lines(self.fonts, column, cell, &row, header);
                let align = if header { CellAlign::Center } else { plan.align(table, self.fonts, column, cell) };
                Cell { column, cell, face, row, fitted, align }
            };
            placed.into_iter().map(cell).collect()
        };
        places.into_iter().zip(rows).map(row).collect()
    }

    fn caption(&mut self, caption: Option<&Caption>) -> Option<Text> {
        let caption = caption?;
        let number = literal(&format!("{} ", caption.number), Face::Hei);
        Some(self.untracked([number, glyphs(&caption.text, Face::Hei)].concat(), SIZE_4))
    }

    pub(super) fn chart<'d>(&mut self, chart: &'d document::Chart) -> Chart<'d> {
        let room = (self.profile.grid.width(), self.profile.pitch);
        let drawing = chart::draw(chart, self.fonts, room, &mut self.findings);
        let svg = chart::svg(&drawing, self.fonts);
        let caption = self.caption(chart.caption.as_ref());
        Chart { chart, drawing, svg, alt: chart::alt(chart), caption, native: OnceLock::new() }
    }

    pub(super) fn picture<'d>(&mut self, picture: &'d document::Picture) -> Picture<'d> {
        if let Some(fault) = svg_fault(picture) {
            self.findings.refuse(fault);
        }
        let named = |caption: &Caption| format!("{} {}", caption.number, plain_text(&caption.text));
        let alt = match &picture.caption {
            _ if !picture.alt.is_empty() => picture.alt.to_string(),
            caption => caption.as_ref().map_or("图片".to_owned(), named),
        };
        let size = fit_picture(picture, self.width, self.profile.grid.height());
        Picture { picture, size, alt, caption: self.caption(picture.caption.as_ref()) }
    }
}
