//! Widths of a table's columns and places of its numbers: computed once, for both outputs.

use std::ops::Range;

use super::breaks;
use super::cell_lines::{self, Fitted};
use super::fonts::Fonts;
use super::glyphs::{Glyph, glyphs};
use super::paragraph::{cells, untracked};
use super::standard::{CELL_MARGIN_X, CELL_MARGIN_Y, Face, SPARE, TABLE_LINE, TABLE_RULE, TABLE_SIZES};
use crate::document::{Align, Table, TableCell, TableRow};

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Type size, pt.
    pub size: f64,
    /// Widths of the columns with their margins, pt; they fill the room.
    pub widths: Vec<f64>,
    /// Too wide even for the smallest type: it needs a landscape page.
    pub too_wide: bool,
    /// So low that it stays on one page: both outputs keep its rows together.
    pub whole: bool,
    /// For columns aligned on the decimal point: the widest part before and behind it, pt.
    decimals: Vec<Option<(f64, f64)>>,
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellAlign {
    Left,
    Center,
    /// So many pt from the cell's right margin.
    Right(f64),
}

/// A cell with the column that it begins in.
pub type Placed<'a> = (usize, &'a TableCell);

/// Columns of the cells of rows: covered places hold no cell.
pub fn places(rows: &[TableRow], columns: usize) -> Vec<Vec<Placed<'_>>> {
    let mut covered: Vec<u16> = vec![0; columns];
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let mut placed = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        let mut next = covered.iter().map(|rest| rest.saturating_sub(1)).collect::<Vec<_>>();
        for cell in &row.cells {
            while covered.get(column).is_some_and(|&rest| rest > 0) {
                column += 1;
            }
            if column >= columns {
                break;
            }
            placed.push((column, cell));
            let end = (column + usize::from(cell.columns.max(1))).min(columns);
            for rest in &mut next[column..end] {
                *rest = cell.rows.max(1) - 1;
            }
            column = end;
        }
        covered = next;
        out.push(placed);
    }
    out
}

/// Number of columns of a table.
pub fn columns(table: &Table) -> usize {
    let of = |row: &TableRow| row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum();
    let rows = table.header.iter().chain(&table.rows).map(of);
    rows.max().unwrap_or(0).max(table.aligns.len()).max(1)
}

/// Plans a table for a room so many pt wide, in the largest of some sizes of type that leaves its numbers whole.
pub fn plan(table: &Table, fonts: &Fonts, room: f64, sizes: &[f64]) -> Plan {
    let columns = columns(table);
    let mut plan =
        Plan { size: TABLE_SIZES[0], widths: Vec::new(), too_wide: true, whole: false, decimals: Vec::new() };
    for (i, &size) in sizes.iter().enumerate() {
        let needs = needs(table, fonts, size, columns);
        let (least, natural) = needs.iter().fold((0.0, 0.0), |sum, need| (sum.0 + need.least, sum.1 + need.natural));
        let last = i + 1 == sizes.len();
        // Lines in cells may be broken once the type is 五号.
        if natural <= room || (i >= 1 && least <= room) || last {
            plan.size = size;
            plan.widths = share(&needs, room);
            plan.too_wide = least > room + 1e-6;
            break;
        }
    }
    plan.decimals = (0..columns).map(|column| decimal(table, fonts, plan.size, column)).collect();
    plan
}

impl Plan {
    /// Width of a cell's text, pt.
    pub fn inner(&self, column: usize, cell: &TableCell) -> f64 {
        let end = (column + usize::from(cell.columns.max(1))).min(self.widths.len());
        self.widths[column.min(end)..end].iter().sum::<f64>() - 2.0 * CELL_MARGIN_X
    }

    /// Where a cell's text stands. Cells of the header are centred.
    pub fn align(&self, table: &Table, fonts: &Fonts, column: usize, cell: &TableCell) -> CellAlign {
        let Some(align) = table.aligns.get(column).copied().filter(|_| cell.columns <= 1) else {
            return CellAlign::Center;
        };
        match align {
            Align::Left => CellAlign::Left,
            Align::Center => CellAlign::Center,
            Align::Right => CellAlign::Right(0.0),
            Align::Decimal => {
                let row = glyphs(&cell.text, Face::FangSong);
                let parts = number(&row).zip(self.decimals.get(column).copied().flatten());
                let Some((point, (before, behind))) = parts else { return CellAlign::Center };
                let own = text_width(fonts, &row[point..], self.size);
                let side = ((self.inner(column, cell) - before - behind) / 2.0).max(0.0);
                // A number that fills its column has no room for the place of its point.
                let room = self.inner(column, cell) - text_width(fonts, &row, self.size) - SLACK / 2.0;
                CellAlign::Right((side + behind - own).min(room).max(0.0))
            }
        }
    }

    /// Lines of a cell's text; those of a heading of a column end before a unit in （ ） and are equally long.
    pub fn lines(&self, fonts: &Fonts, column: usize, cell: &TableCell, row: &[Glyph], heads: bool) -> Fitted {
        // A hair less than the room: some word processors take the rules from it.
        let room = self.inner(column, cell) - SLACK / 2.0;
        let cells = cells(fonts, row, self.size);
        if heads && !row.iter().any(|glyph| glyph.c == '\n') {
            cell_lines::heading(&cells, room, self.size, unit(row))
        } else {
            cell_lines::body(&cells, room, self.size)
        }
    }
}

/// Height of rows of so many lines, pt, by their type size.
pub fn height(size: f64, rows: impl Iterator<Item = usize>) -> f64 {
    rows.map(|lines| lines as f64 * size * TABLE_LINE + 2.0 * CELL_MARGIN_Y + TABLE_RULE).sum()
}

/// Room that a cell has to spare, pt: rules and rounding may take it.
const SLACK: f64 = 1.2;

/// Where the unit of a heading begins.
fn unit(row: &[Glyph]) -> Option<usize> {
    row.iter().position(|glyph| glyph.c == '（').filter(|&at| at > 0)
}

/// A heading's name and the unit behind it.
fn parts(row: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    let at = unit(row).unwrap_or(row.len());
    [&row[..at], &row[at..]].into_iter().filter(|part| !part.is_empty())
}

/// What a column asks for, pt, margins included.
#[derive(Clone, Copy, Default)]
struct Need {
    /// Below this a number or a short word would be cut.
    least: f64,
    /// No line is broken.
    natural: f64,
}

fn needs(table: &Table, fonts: &Fonts, size: f64, columns: usize) -> Vec<Need> {
    let mut needs = vec![Need::default(); columns];
    let mut spans: Vec<(usize, usize, Need)> = Vec::new();
    let header = places(&table.header, columns).into_iter().flatten().map(|placed| (placed, true));
    let body = places(&table.rows, columns).into_iter().flatten().map(|placed| (placed, false));
    for ((column, cell), is_header) in header.chain(body) {
        let row = glyphs(&cell.text, Face::FangSong);
        let need = need(fonts, &row, size, is_header);
        let end = (column + usize::from(cell.columns.max(1))).min(columns);
        if end == column + 1 {
            needs[column].least = needs[column].least.max(need.least);
            needs[column].natural = needs[column].natural.max(need.natural);
        } else {
            spans.push((column, end, need));
        }
    }
    for (start, end, need) in spans {
        let sum: f64 = needs[start..end].iter().map(|need| need.natural).sum();
        let more = (need.natural - sum).max(0.0) / (end - start) as f64;
        needs[start..end].iter_mut().for_each(|need| need.natural += more);
        let sum: f64 = needs[start..end].iter().map(|need| need.least).sum();
        let more = (need.least - sum).max(0.0) / (end - start) as f64;
        needs[start..end].iter_mut().for_each(|own| {
            own.least += more;
            own.natural = own.natural.max(own.least);
        });
    }
    needs
}

/// A text of so many letters is no number, and asks for no more than so many characters of room on one line.
const LETTERS: usize = 24;
const LONGEST: f64 = 12.0;

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn need(fonts: &Fonts, row: &[Glyph], size: f64, is_header: bool) -> Need {
    let margins = 2.0 * CELL_MARGIN_X + SLACK + SPARE;
    let cells = cells(fonts, row, size);
    let typed = cells.split(|cell| cell.c == '\n').map(untracked).fold(0.0, f64::max);
    // Numbers stay whole with what belongs to them; other text needs room for four characters, a heading of a column
    // for two and for its unit.
    let short = (if is_header { 2.0 } else { 4.0 } * size).min(typed);
    let whole = |piece: Range<usize>| {
        let own = &cells[piece];
        let counts =
            own.iter().any(|cell| cell.c.is_ascii_digit()) && own.iter().filter(|c| is_letter(c.c)).count() < LETTERS;
        if counts { untracked(own) } else { untracked(own).min(LONGEST * size) }
    };
    let piece = breaks::pieces(&cells).into_iter().map(whole).fold(0.0, f64::max);
    let unit = parts(row).skip(1).filter(|_| is_header).map(|unit| text_width(fonts, unit, size)).fold(0.0, f64::max);
    // What would leave a character or two beside a number stays with it: no reader parts them by itself.
    let least = if piece > 0.0 && typed <= piece + 2.0 * size { typed } else { piece };
    let least = short.max(least).max(unit.min(5.0 * size));
    let natural = if is_header {
        // A unit has a line of its own; a long name two.
        let part = |part: &[Glyph]| {
            let own = text_width(fonts, part, size);
            if own > 5.0 * size { own / 2.0 + size } else { own }
        };
        parts(row).map(part).fold(0.0, f64::max)
    } else {
        typed
    };
    Need { least: least + margins, natural: natural.max(least) + margins }
}

/// Shares the room out: everybody's least, then by what is wished, then what is left by width.
fn share(needs: &[Need], room: f64) -> Vec<f64> {
    let least: f64 = needs.iter().map(|need| need.least).sum();
    let natural: f64 = needs.iter().map(|need| need.natural).sum();
    let widths: Vec<f64> = if natural <= room {
        // Half of what is left to all alike, half by width.
        let rest = room - natural;
        let even = rest / 2.0 / needs.len() as f64;
        needs.iter().map(|need| need.natural + even + rest / 2.0 * need.natural / natural).collect()
    } else if least <= room {
        let part = (room - least) / (natural - least).max(1e-9);
        needs.iter().map(|need| need.least + (need.natural - need.least) * part).collect()
    } else {
        needs.iter().map(|need| need.least * room / least).collect()
    };
    // Twips, as the DOCX has them; the last column takes what rounding leaves.
    let mut rounded: Vec<f64> = widths.iter().map(|width| (width * 20.0).round() / 20.0).collect();
    let sum: f64 = rounded.iter().sum();
    if let Some(last) = rounded.last_mut() {
        *last += (room * 20.0).floor() / 20.0 - sum;
    }
    rounded
}

/// Index of the decimal point (or of the end of the digits) when a text is a number.
fn number(row: &[Glyph]) -> Option<usize> {
    let text: Vec<char> = row.iter().map(|glyph| glyph.c).collect();
    let digits = text.iter().any(char::is_ascii_digit);
    let fits = text.iter().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '+' | '%' | '‰' | ' '));
    let end = text.iter().rposition(char::is_ascii_digit).map_or(0, |i| i + 1);
    (digits && fits).then(|| text.iter().position(|&c| c == '.').unwrap_or(end))
}

fn text_width(fonts: &Fonts, row: &[Glyph], size: f64) -> f64 {
    untracked(&cells(fonts, row, size))
}

/// Widest parts before and behind the point of a decimal column.
fn decimal(table: &Table, fonts: &Fonts, size: f64, column: usize) -> Option<(f64, f64)> {
    if table.aligns.get(column) != Some(&Align::Decimal) {
        return None;
    }
    let mut widest: Option<(f64, f64)> = None;
    for (at, cell) in places(&table.rows, columns(table)).into_iter().flatten() {
        let row = glyphs(&cell.text, Face::FangSong);
        if let Some(point) = number(&row).filter(|_| at == column && cell.columns <= 1) {
            let (before, behind) = (text_width(fonts, &row[..point], size), text_width(fonts, &row[point..], size));
            let (a, b) = widest.unwrap_or_default();
            widest = Some((a.max(before), b.max(behind)));
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Inline;

    fn row(texts: &[&str]) -> TableRow {
        let cells = texts.iter().map(|text| TableCell::new(vec![Inline::Text((*text).into())])).collect();
        TableRow { cells, total: false }
    }

    fn table(aligns: &[Align], header: &[&str], rows: &[&[&str]]) -> Table {
        Table {
            caption: None,
            unit_line: None,
            aligns: aligns.to_vec(),
            header: vec![row(header)],
            rows: rows.iter().map(|texts| row(texts)).collect(),
            notes: Vec::new(),
        }
    }

    fn fonts() -> Fonts {
        Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap()
    }

    #[test]
    fn columns_fill_the_room() {
        let aligns = [Align::Left, Align::Decimal, Align::Decimal];
        let table =
            table(&aligns, &["乡镇", "经费", "增长率"], &[&["云溪镇", "12.5", "3.45%"], &["白石乡", "1234.56", "12%"]]);
        let fonts = fonts();
        let plan = plan(&table, &fonts, 442.2, &TABLE_SIZES);
        assert_eq!(plan.size, 12.0);
        assert!((plan.widths.iter().sum::<f64>() - 442.2).abs() < 0.06, "{:?}", plan.widths);
        let at = |r: usize| match plan.align(&table, &fonts, 1, &table.rows[r].cells[1]) {
            CellAlign::Right(inset) => inset,
            other => panic!("{other:?}"),
        };
        // `.5` is one digit (6 pt) narrower than `.56`.
        assert!((at(0) - at(1) - 6.0).abs() < 0.01);
    }

    #[test]
    fn wide_tables_take_smaller_type_then_a_landscape_page() {
        let wide: Vec<String> = (0..16).map(|i| format!("指标名称{i}")).collect();
        let wide: Vec<&str> = wide.iter().map(String::as_str).collect();
        let numbers = vec!["123456.78"; 16];
        let table = table(&[Align::Right; 16], &wide, &[&numbers]);
        let plan = plan(&table, &fonts(), 442.2, &TABLE_SIZES);
        assert_eq!(plan.size, 9.0);
        assert!(plan.too_wide);
    }

    #[test]
    fn merged_headers_cover_their_columns() {
        let mut table = table(&[Align::Left, Align::Right, Align::Right], &["乡镇", "经费"], &[&["甲", "1", "2"]]);
        table.header[0].cells[0].rows = 2;
        table.header[0].cells[1].columns = 2;
        table.header.push(row(&["本年", "上年"]));
        let placed = places(&table.header, 3);
        assert_eq!(placed[1].iter().map(|p| p.0).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(columns(&table), 3);
    }
}
