//! The looks of a form: faces and colours, widths and heights, the printed page. Heights are set
//! for every row, since not every program fits them to wrapped text by itself.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::request::FormError;

/// Height of one line of text, pt; the type is 11 pt.
const LINE: f64 = 15.0;
/// What a row is higher than its lines, pt.
const ROW: f64 = 4.0;
/// Width of one half-width character of the type, pt, as spreadsheets count columns.
const CHARACTER: f64 = 5.6;
/// Height and width between the margins of an A4 page, pt.
const PAGE: (f64, f64) = (720.0, 505.0);
/// By how much a sheet may be made smaller to stand on one page.
const SMALLEST: f64 = 0.68;

/// The looks of the form's cells.
pub struct Styles {
    pub header: Format,
    /// Header of a column that must be filled in.
    pub required: Format,
    pub label: Format,
    /// Name of a figure that must be filled in.
    pub required_label: Format,
    pub aside: Format,
    pub plain: Format,
    /// 年份 of a row of this year, and of an earlier one.
    pub year: Format,
    pub past: Format,
    pub blank: Format,
}

impl Styles {
    pub fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin).set_border_color("#A6A6A6");
        let header = || boxed().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        let named = || boxed().set_align(FormatAlign::Left).set_indent(1).set_text_wrap();
        Styles {
            header: header().set_background_color("#DDEBF7"),
            required: header().set_background_color("#FFE699"),
            label: named().set_background_color("#F2F2F2"),
            required_label: named().set_bold().set_background_color("#FFE699"),
            aside: named().set_font_color("#7F7F7F"),
            year: boxed().set_align(FormatAlign::Center),
            past: boxed().set_align(FormatAlign::Center).set_background_color("#D9D9D9"),
            plain: base().set_text_wrap(),
            blank: boxed().set_text_wrap(),
        }
    }

    /// Header of a column, marked when it must be filled in.
    pub fn head(&self, required: bool) -> &Format {
        if required { &self.required } else { &self.header }
    }

    /// Name of a row, marked when it must be filled in.
    pub fn named(&self, required: bool) -> &Format {
        if required { &self.required_label } else { &self.label }
    }
}

/// Half-width characters that a text takes.
pub fn length(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum()
}

/// Width of a column that holds this text on one line, within limits.
pub fn width(text: &str, least: f64, most: f64) -> f64 {
    (length(text) + 3.0).clamp(least, most)
}

/// A sheet while it is being written: its columns' widths and what its rows need.
pub struct Plan {
    widths: Vec<f64>,
    /// Lines of each row, from 0.
    rows: Vec<f64>,
}

impl Plan {
    pub fn new(widths: Vec<f64>) -> Plan {
        Plan { widths, rows: Vec::new() }
    }

    /// Notes that a cell holds a text: its row will show all of it.
    pub fn holds(&mut self, row: u32, column: u16, text: &str) {
        // An indent, and a full-width character that does not stand half in a line.
        let width = (self.widths.get(column as usize).copied().unwrap_or(10.0) - 3.0).max(2.0);
        let lines: f64 = text.split('\n').map(|line| (length(line) / width).ceil().max(1.0)).sum();
        self.at_least(row, lines);
    }

    /// Gives a row at least so many lines.
    pub fn at_least(&mut self, row: u32, lines: f64) {
        let row = row as usize;
        if self.rows.len() <= row {
            self.rows.resize(row + 1, 1.0);
        }
        self.rows[row] = self.rows[row].max(lines);
    }

    /// Sets widths and heights, and the printed page: A4, upright where the columns find room,
    /// on one page where that leaves it readable; else the header is repeated.
    pub fn apply(&self, sheet: &mut Worksheet, header_row: Option<u32>) -> Result<(), FormError> {
        const A4: u8 = 9;
        for (column, width) in self.widths.iter().enumerate() {
            sheet.set_column_width(column as u16, *width)?;
        }
        let height = |lines: &f64| lines * LINE + ROW;
        for (row, lines) in self.rows.iter().enumerate() {
            sheet.set_row_height(row as u32, height(lines))?;
        }
        let wide = self.widths.iter().sum::<f64>() * CHARACTER;
        let high: f64 = self.rows.iter().map(height).sum();
        let across = wide > PAGE.1 / SMALLEST;
        let (page_high, page_wide) = if across { (PAGE.1, PAGE.0) } else { PAGE };
        let smaller = (page_wide / wide).min(1.0);
        let one = page_high / high >= smaller.min(SMALLEST);
        sheet.set_paper_size(A4).set_print_fit_to_pages(1, u16::from(one)).set_print_center_horizontally(true);
        sheet.set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3);
        sheet.set_footer("&C第 &P 页，共 &N 页");
        if let Some(row) = header_row {
            sheet.set_repeat_rows(0, row)?;
        }
        if across {
            sheet.set_landscape();
        }
        let last = (self.rows.len().max(1) - 1) as u32;
        sheet.set_print_area(0, 0, last, (self.widths.len().max(1) - 1) as u16)?;
        Ok(())
    }
}
