//! The looks of a form.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::request::FormError;

/// The looks of the form's cells.
pub struct Styles {
    pub header: Format,
    pub required: Format,
    pub label: Format,
    pub aside: Format,
    /// A cell to fill in, and one that must be.
    pub blank: Format,
}

impl Styles {
    pub fn new() -> Self {
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
    pub fn head(&self, required: bool) -> &Format {
        if required { &self.required } else { &self.header }
    }
}

/// Paper, margins and repeated rows for printing on A4.
pub fn print_setup(sheet: &mut Worksheet, header_row: u32, wide: bool) -> Result<(), FormError> {
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
pub fn width(text: &str) -> f64 {
    let cells: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    (cells as f64 + 4.0).clamp(10.0, 40.0)
}
