//! A workbook to fill in for a template: what it asks for is what the schema declares, and
//! what it writes is what the reader of workbooks recognises.

mod keys;
mod sheets;
mod validation;

pub use keys::report_keys;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use thiserror::Error;

use crate::dataset::Dataset;
use crate::dataset::schema::Schema;

/// Rows of a table that are ready to be filled in when nothing is known beforehand.
const BLANK_ROWS: u32 = 200;

/// Why a form cannot be made.
#[derive(Debug, Error)]
pub enum FormError {
    #[error("填报表写不成：{0}")]
    Write(#[from] rust_xlsxwriter::XlsxError),
}

/// What the form is for.
#[derive(Clone, Debug, Default)]
pub struct FormRequest<'a> {
    /// Display name of the template; stands in 报告信息 as 模板.
    pub title: &'a str,
    /// The report's year; `None`: the clerk fills it in, and the columns are 本年, 上年, 前年.
    pub year: Option<i16>,
    /// Data of earlier years, filled in where they fit.
    pub previous: Option<&'a Dataset>,
    /// Further keys of 报告信息 that the template asks for.
    pub report_keys: &'a [String],
}

/// Makes the form. The same request gives the same bytes.
pub fn workbook(schema: &Schema, request: &FormRequest<'_>) -> Result<Vec<u8>, FormError> {
    let mut book = Workbook::new();
    // The writer would note the time of writing otherwise.
    let date = ExcelDateTime::from_ymd(request.year.unwrap_or(2000).clamp(1900, 9999) as u16, 1, 1)?;
    book.set_properties(
        &DocProperties::new().set_title(format!("{}填报表", request.title)).set_creation_datetime(&date),
    );
    let styles = Styles::new();
    sheets::report(book.add_worksheet(), request, &styles)?;
    if !schema.fields.is_empty() {
        sheets::fields(book.add_worksheet(), schema, request, &styles)?;
    }
    for table in &schema.tables {
        sheets::table(book.add_worksheet(), table, request, &styles)?;
    }
    sheets::explanation(book.add_worksheet(), schema, request, &styles)?;
    Ok(book.save_to_buffer()?)
}

/// The looks of the form's cells.
struct Styles {
    header: Format,
    required: Format,
    label: Format,
    aside: Format,
    /// A cell to fill in, and one that must be.
    blank: Format,
}

impl Styles {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin).set_border_color("#A6A6A6");
        Styles {
            header: boxed().set_bold().set_background_color("#DDEBF7").set_align(FormatAlign::Center).set_text_wrap(),
            required: boxed().set_bold().set_background_color("#FFE699").set_align(FormatAlign::Center).set_text_wrap(),
            label: boxed().set_background_color("#F2F2F2"),
            aside: base().set_font_color("#7F7F7F").set_text_wrap(),
            blank: boxed(),
        }
    }

    /// Header of a column, marked when it must be filled in.
    fn head(&self, required: bool) -> &Format {
        if required { &self.required } else { &self.header }
    }
}

/// Paper, margins and repeated rows for printing on A4.
fn print_setup(sheet: &mut Worksheet, header_row: u32, wide: bool) -> Result<(), FormError> {
    const A4: u8 = 9;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_footer("&C第 &P 页，共 &N 页");
    sheet.set_repeat_rows(0, header_row)?;
    if wide {
        sheet.set_landscape();
    }
    Ok(())
}

/// Width of a column that holds this text, in characters of the default face.
fn width(text: &str) -> f64 {
    let cells: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    (cells as f64 + 4.0).clamp(10.0, 40.0)
}
