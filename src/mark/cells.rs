//! One sheet: cells get the style with the fill, missing ones are put in at their place.

use std::collections::BTreeMap;
use std::iter::Peekable;

use super::error::MarkError;
use super::findings::Spot;
use super::styles::Styles;
use crate::diagnostic::{Severity, cell_name};
use crate::revise::edit::{Edits, Kind, Tag, Tags, attribute, number, with_attribute, without_attribute};
use crate::revise::parts::{RELATIONS, STRICT_RELATIONS};

/// What may follow `legacyDrawing` in a sheet.
const AFTER_DRAWING: [&str; 10] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
    "worksheet",
];
/// Width of a column that says nothing, pixels, and of a character of the default face.
const COLUMN: f64 = 64.0;
const CHARACTER: f64 = 7.0;

/// What the sheet says of a run of columns.
struct Columns {
    first: u32,
    last: u32,
    style: u32,
    width: Option<f64>,
}

/// The marked cells with the style that each had.
pub type Bases = Vec<((u32, u32), u32)>;

/// A sheet as it was read through once: what must be known to write comments.
pub struct Sheet {
    pub edits: Edits,
    /// The relationship of its legacy drawing.
    pub drawing: Option<String>,
    /// Where the element for a legacy drawing goes.
    drawing_at: usize,
    prefix: String,
    columns: Vec<Columns>,
    usual_width: f64,
    pub bases: Bases,
}

type Wanted<'s> = Peekable<std::collections::btree_map::Iter<'s, (u32, u32), Spot>>;

/// The row that is being read.
#[derive(Clone, Copy)]
struct Row {
    number: u32,
    /// The column of a cell that does not say its own.
    column: u32,
    /// The style of the row, where it has one.
    style: Option<u32>,
}

/// One reading through a sheet, tag by tag.
struct Pass<'s> {
    sheet: Sheet,
    text: &'s str,
    spots: &'s BTreeMap<(u32, u32), Spot>,
    /// Those that have not been met yet.
    wanted: Wanted<'s>,
    styles: &'s mut Styles,
    row: Option<Row>,
    next_row: u32,
    /// The place for a legacy drawing has been found.
    placed: bool,
}

impl Pass<'_> {
    fn meet(&mut self, tag: &Tag) {
        let raw = &self.text[tag.span.clone()];
        match (tag.depth, tag.name()) {
            (0, _) if tag.opens() => self.sheet.prefix = tag.prefix().to_string(),
            (1, "sheetFormatPr") if tag.opens() => {
                let width = attribute(raw, "defaultColWidth").and_then(|w| w.parse().ok());
                self.sheet.usual_width = width.map_or(COLUMN, pixels);
            }
            (2, "col") if tag.opens() => self.sheet.columns.extend(columns(raw)),
            (1, "sheetData") => self.data(raw, tag),
            (2, "row") if tag.opens() => self.row_begins(raw, tag),
            (2, "row") => {
                if let Some(row) = self.row.take() {
                    let rest = self.cells_before(row, None);
                    self.sheet.edits.insert(tag.span.start, rest);
                }
            }
            (3, "c") if tag.opens() => self.cell(raw, tag),
            (1, "legacyDrawing") if tag.opens() => self.sheet.drawing = attribute(raw, "id"),
            (0 | 1, name) if AFTER_DRAWING.contains(&name) && !self.placed => {
                // The root's own opening tag is of depth 0 as well, and was met above.
                self.sheet.drawing_at = tag.span.start;
                self.placed = true;
            }
            _ => {}
        }
    }

    /// The ends of `sheetData`: rows that are behind all others.
    fn data(&mut self, raw: &str, tag: &Tag) {
        match tag.kind {
            Kind::Open => {}
            Kind::Close => {
                let rest = self.rows_before(None);
                self.sheet.edits.insert(tag.span.start, rest);
            }
            Kind::Empty => {
                let rest = self.rows_before(None);
                let head = raw.trim_end_matches('>').trim_end_matches('/').trim_end();
                let whole = format!("{head}>{rest}</{}sheetData>", self.sheet.prefix);
                self.sheet.edits.replace(tag.span.clone(), whole);
            }
        }
    }

    fn row_begins(&mut self, raw: &str, tag: &Tag) {
        let at = number(raw, "r").map_or(self.next_row, |r| r.saturating_sub(1));
        self.next_row = at + 1;
        let before = self.rows_before(Some(at));
        self.sheet.edits.insert(tag.span.start, before);
        let custom = matches!(attribute(raw, "customFormat").as_deref(), Some("1" | "true"));
        let row = Row { number: at, column: 0, style: number(raw, "s").filter(|_| custom) };
        self.head(raw, tag, row);
        self.row = (tag.kind == Kind::Open).then_some(row);
    }

    /// The opening tag of a row that gets cells.
    fn head(&mut self, raw: &str, tag: &Tag, row: Row) {
        let mut own = self.spots.range((row.number, 0)..=(row.number, u32::MAX)).map(|((_, column), _)| *column);
        let Some(first) = own.next() else { return };
        let last = own.next_back().unwrap_or(first);
        let spans = attribute(raw, "spans");
        let ends = spans.as_deref().and_then(|s| s.split_once(':'));
        let ends = ends.and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)));
        // Which columns a row has is a hint that must not be wrong.
        let head = match ends {
            Some((a, b)) if first + 1 >= a && last < b => raw.to_string(),
            _ => without_attribute(raw, "spans"),
        };
        if tag.kind == Kind::Empty {
            let cells = self.cells_before(row, None);
            let head = head.trim_end_matches('>').trim_end_matches('/').trim_end();
            self.sheet.edits.replace(tag.span.clone(), format!("{head}>{cells}</{}row>", self.sheet.prefix));
        } else if head != raw {
            self.sheet.edits.replace(tag.span.clone(), head);
        }
    }

    fn cell(&mut self, raw: &str, tag: &Tag) {
        let Some(row) = &mut self.row else { return };
        let at = attribute(raw, "r").and_then(|r| column_of(&r)).unwrap_or(row.column);
        row.column = at + 1;
        let row = *row;
        let before = self.cells_before(row, Some(at));
        self.sheet.edits.insert(tag.span.start, before);
        if let Some((_, spot)) = self.wanted.next_if(|((r, c), _)| (*r, *c) == (row.number, at)) {
            let base = number(raw, "s").unwrap_or(0);
            self.sheet.bases.push(((row.number, at), base));
            let style = self.styles.marked(base, spot.severity);
            self.sheet.edits.replace(tag.span.clone(), with_attribute(raw, "s", &style.to_string()));
        }
    }

    /// Wanted cells of a row before a column, which the sheet does not have.
    fn cells_before(&mut self, row: Row, column: Option<u32>) -> String {
        let mut cells = String::new();
        let before = |(r, c): (u32, u32)| r == row.number && column.is_none_or(|column| c < column);
        while let Some(((r, c), spot)) = self.wanted.next_if(|(at, _)| before(**at)) {
            cells += &self.blank(*r, *c, row.style, spot.severity);
        }
        cells
    }

    /// Wanted rows before a row, which the sheet does not have.
    fn rows_before(&mut self, row: Option<u32>) -> String {
        let mut rows = String::new();
        while let Some(((at, _), _)) = self.wanted.peek().filter(|((at, _), _)| row.is_none_or(|row| *at < row)) {
            let missing = Row { number: *at, column: 0, style: None };
            let cells = self.cells_before(missing, None);
            let p = &self.sheet.prefix;
            rows += &format!("<{p}row r=\"{}\">{cells}</{p}row>", missing.number + 1);
        }
        rows
    }

    /// A cell with nothing but a fill, in the style that its row or column has.
    fn blank(&mut self, row: u32, column: u32, of_row: Option<u32>, severity: Severity) -> String {
        let base = of_row.or_else(|| self.sheet.columns_at(column).map(|c| c.style)).unwrap_or(0);
        self.sheet.bases.push(((row, column), base));
        let style = self.styles.marked(base, severity);
        format!("<{}c r=\"{}\" s=\"{style}\"/>", self.sheet.prefix, cell_name(row, column))
    }
}

impl Sheet {
    /// Reads through a sheet; `spots` are its cells that get a fill.
    pub fn read(text: &str, spots: &BTreeMap<(u32, u32), Spot>, styles: &mut Styles) -> Result<Sheet, MarkError> {
        let sheet = Sheet {
            edits: Edits::default(),
            drawing: None,
            drawing_at: text.len(),
            prefix: String::new(),
            columns: Vec::new(),
            usual_width: COLUMN,
            bases: Vec::new(),
        };
        let wanted = spots.iter().peekable();
        let mut pass = Pass { sheet, text, spots, wanted, styles, row: None, next_row: 0, placed: false };
        let mut tags = Tags::new(text);
        while let Some(tag) = tags.step()? {
            pass.meet(&tag);
        }
        Ok(pass.sheet)
    }

    fn columns_at(&self, column: u32) -> Option<&Columns> {
        self.columns.iter().find(|c| (c.first..=c.last).contains(&column))
    }

    /// Width of a column in pixels.
    pub fn width(&self, column: u32) -> f64 {
        self.columns_at(column).and_then(|c| c.width).map_or(self.usual_width, pixels)
    }

    /// Names a legacy drawing, for a sheet that has none.
    pub fn name_drawing(&mut self, id: &str, strict: bool) {
        let (p, space) = (&self.prefix, if strict { STRICT_RELATIONS } else { RELATIONS });
        self.edits.insert(self.drawing_at, format!("<{p}legacyDrawing xmlns:r=\"{space}\" r:id=\"{id}\"/>"));
    }
}

fn pixels(characters: f64) -> f64 {
    (characters * CHARACTER + 5.0).clamp(0.0, 2000.0)
}

fn columns(raw: &str) -> Option<Columns> {
    let (first, last) = (number(raw, "min")?, number(raw, "max")?);
    let hidden = matches!(attribute(raw, "hidden").as_deref(), Some("1" | "true"));
    let width = if hidden { Some(-1.0) } else { attribute(raw, "width").and_then(|w| w.parse().ok()) };
    Some(Columns { first: first.max(1) - 1, last: last.max(1) - 1, style: number(raw, "style").unwrap_or(0), width })
}

/// The column of an address: `C7` is 2.
pub fn column_of(address: &str) -> Option<u32> {
    let (mut column, mut letters) = (0u32, 0);
    for c in address.trim().chars().take_while(char::is_ascii_alphabetic) {
        column = column.checked_mul(26)?.checked_add(c.to_ascii_uppercase() as u32 - 'A' as u32 + 1)?;
        letters += 1;
    }
    (1..=3).contains(&letters).then(|| column - 1)
}
