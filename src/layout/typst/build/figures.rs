//! Tables, charts, pictures with their captions.

use super::super::super::chart;
use super::super::super::glyphs::{Glyph, glyphs};
use super::super::super::paragraph::{APART, APART_TRACKED, LINE_END, Runs, plan_plain};
use super::super::super::standard::{FIGURE_GAP, Face, PICTURE_HEIGHT_LARGEST, SIZE_4, TYPE_HEIGHT, TYPE_WIDTH, pt};
use super::super::super::table::{self, CellAlign, Plan};
use super::super::data::{CellData, Item, TableData};
use super::{Builder, literal};
use crate::document::{Caption, Chart, Picture, PictureFormat, Table, TableRow, plain_text};

impl Builder<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let plan = table::plan(table, self.fonts, self.width);
        let turn = plan.too_wide && self.width < pt(TYPE_HEIGHT);
        if turn {
            // Clause 8: pages of its own, set sideways.
            // Headings right above go with it: none is the last on its page.
            let headings = self.items.iter().rev().take_while(|item| matches!(item, Item::Heading { .. })).count();
            let body = self.items.split_off(self.items.len() - headings);
            let outside = std::mem::replace(&mut self.items, body);
            let width = std::mem::replace(&mut self.width, pt(TYPE_HEIGHT));
            let plan = table::plan(table, self.fonts, self.width);
            self.planned_table(table, &plan);
            self.width = width;
            let body = std::mem::replace(&mut self.items, outside);
            self.items.push(Item::Landscape { body });
        } else {
            self.planned_table(table, &plan);
        }
    }

    fn planned_table(&mut self, table: &Table, plan: &Plan) {
        self.gap();
        if let Some(caption) = &table.caption {
            self.caption(caption, true);
        }
        let columns = plan.widths.len();
        let header = self.rows(table, plan, table::places(&table.header, columns), None);
        let rows = self.rows(table, plan, table::places(&table.rows, columns), Some(&table.rows));
        let unit = table.unit_line.as_ref().map(|unit| self.runs(&glyphs(unit, Face::FangSong), Face::FangSong));
        let notes = table.notes.iter().map(|note| self.note(&glyphs(note, Face::FangSong), plan.size)).collect();
        let widths = plan.widths.clone();
        self.items.push(Item::Table(TableData {
            whole: plan.whole,
            unit,
            widths,
            header,
            rows,
            notes,
            size: plan.size,
        }));
        self.gap();
    }

    /// Space above and below what is no text.
    fn gap(&mut self) {
        self.blank(FIGURE_GAP);
    }

    /// `body`: the rows themselves, absent for the header.
    fn rows(
        &mut self,
        table: &Table,
        plan: &Plan,
        placed: Vec<Vec<table::Placed<'_>>>,
        body: Option<&[TableRow]>,
    ) -> Vec<Vec<CellData>> {
        let mut out = Vec::with_capacity(placed.len());
        for (r, row) in placed.into_iter().enumerate() {
            let total = body.is_some_and(|rows| rows[r].total);
            let face = if body.is_none() || total { Face::Hei } else { Face::FangSong };
            let cells = row.into_iter().map(|(column, cell)| {
                let text = glyphs(&cell.text, face);
                self.findings.check(self.fonts, &text);
                let text = if body.is_none() { plan.heading(self.fonts, column, cell, text) } else { text };
                let lines = plan.lines(self.fonts, column, cell, &text);
                let align = match body {
                    Some(_) => plan.align(table, self.fonts, column, cell),
                    None => CellAlign::Center,
                };
                let (align, inset) = match align {
                    CellAlign::Left => ("left", 0.0),
                    CellAlign::Center => ("center", 0.0),
                    CellAlign::Right(inset) => ("right", inset),
                };
                let text = unjustified(self.set(&text, face, &lines));
                CellData { text, face: face.key(), align, inset, columns: cell.columns.max(1), rows: cell.rows.max(1) }
            });
            out.push(cells.collect());
        }
        out
    }

    fn note(&mut self, row: &[Glyph], size: f64) -> Runs {
        self.findings.check(self.fonts, row);
        unjustified(self.set(row, Face::FangSong, &plan_plain(self.fonts, row, size, self.width)))
    }

    /// `keep`: above what it names.
    fn caption(&mut self, caption: &Caption, keep: bool) {
        let mut row = literal(&format!("{} ", caption.number), Face::Hei);
        row.extend(glyphs(&caption.text, Face::Hei));
        self.findings.check(self.fonts, &row);
        let lines = plan_plain(self.fonts, &row, SIZE_4, self.width);
        let text = unjustified(self.set(&row, Face::Hei, &lines));
        self.items.push(Item::Centred { text, face: Face::Hei.key(), size: SIZE_4, keep });
    }

    pub(super) fn chart(&mut self, chart: &Chart) {
        // As wide as the type area on pages set sideways too: the labels keep their size.
        let drawing = chart::draw(chart, self.fonts, self.width.min(pt(TYPE_WIDTH)), &mut self.findings);
        let svg = chart::svg(&drawing, self.fonts);
        let file = self.keep(svg.as_bytes(), PictureFormat::Svg);
        let (width, height) = drawing.size();
        self.gap();
        let spots = if self.profile.marked { drawing.figures(self.fonts) } else { Vec::new() };
        let (alt, keep) = (chart::alt(chart), chart.caption.is_some());
        self.items.push(Item::Image { file, width, height, alt, keep, spots });
        if let Some(caption) = &chart.caption {
            self.caption(caption, false);
        }
        self.gap();
    }

    pub(super) fn picture(&mut self, picture: &Picture) {
        let file = self.keep_picture(picture);
        let (width, height) = fit_picture(picture, self.width);
        let alt = if picture.alt.is_empty() {
            caption_text(picture.caption.as_ref(), "图片")
        } else {
            picture.alt.to_string()
        };
        self.gap();
        self.items.push(Item::Image { file, width, height, alt, keep: picture.caption.is_some(), spots: Vec::new() });
        if let Some(caption) = &picture.caption {
            self.caption(caption, false);
        }
        self.gap();
    }
}

/// Size of a picture on the page, pt: its own at 96 px an inch, at most the room and two thirds of a page.
pub(in crate::layout) fn fit_picture(picture: &Picture, room: f64) -> (f64, f64) {
    let (width, height) = (f64::from(picture.width.max(1)) * 0.75, f64::from(picture.height.max(1)) * 0.75);
    let scale = (room / width).min(pt(PICTURE_HEIGHT_LARGEST) / height).min(1.0);
    (width * scale, height * scale)
}

fn caption_text(caption: Option<&Caption>, otherwise: &str) -> String {
    caption.map_or_else(|| otherwise.to_owned(), |caption| format!("{} {}", caption.number, plain_text(&caption.text)))
}

/// Lines in cells end where planned but are not set to full width; they have no tracking.
pub(super) fn unjustified(runs: Runs) -> Runs {
    let plain = |text: String| text.replace(LINE_END, "\n");
    let key = |key| if key == APART_TRACKED { APART } else { key };
    match runs {
        Runs::Plain(text) => Runs::Plain(plain(text)),
        Runs::Mixed(runs) => Runs::Mixed(runs.into_iter().map(|(face, text)| (key(face), plain(text))).collect()),
        Runs::Marked(runs) => Runs::Marked(runs.into_iter().map(|(f, text, id)| (f, plain(text), id)).collect()),
    }
}
