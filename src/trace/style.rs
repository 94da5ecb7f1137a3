//! Faces, colours and print set-up of the 核对表.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet,
};

use crate::document::Document;

const FACE: &str = "宋体";
/// Body size, points.
const SIZE: f64 = 10.0;

/// The formats of all sheets.
pub struct Style {
    pub head: Format,
    pub text: Format,
    pub middle: Format,
    pub link: Format,
    /// In a rich text: the figure, and what stands around it.
    pub figure: Format,
    pub plain: Format,
    pub unused: Format,
}

impl Style {
    pub fn new() -> Self {
        let base = || {
            Format::new()
                .set_font_name(FACE)
                .set_font_size(SIZE)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x80_80_80))
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
        };
        Style {
            head: base()
                .set_font_name("黑体")
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0xE7_E6_E6)),
            text: base().set_align(FormatAlign::Left),
            middle: base().set_align(FormatAlign::Center),
            link: base()
                .set_align(FormatAlign::Left)
                .set_font_color(Color::RGB(0x05_63_C1))
                .set_underline(FormatUnderline::Single),
            figure: Format::new()
                .set_font_name(FACE)
                .set_font_size(SIZE)
                .set_bold()
                .set_font_color(Color::RGB(0xC0_00_00)),
            plain: Format::new().set_font_name(FACE).set_font_size(SIZE),
            unused: base().set_align(FormatAlign::Left).set_font_color(Color::RGB(0x80_80_80)),
        }
    }
}

/// The file's own words; its date is fixed, so that the same report gives the same bytes.
pub fn properties(document: &Document) -> DocProperties {
    let properties = DocProperties::new()
        .set_title(format!("{}核对表", document.meta.title))
        .set_author(document.meta.author.to_string());
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    let date = document
        .meta
        .date
        .and_then(|d| ExcelDateTime::from_ymd(u16::try_from(d.year).ok()?, part(d.month), d.day.map_or(1, part)).ok());
    match date.or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok()) {
        Some(date) => properties.set_creation_datetime(&date),
        None => properties,
    }
}

/// A4 sideways, as wide as the page, the head repeated, pages counted.
pub fn page(sheet: &mut Worksheet, columns: &[(&str, f64)]) -> Result<(), rust_xlsxwriter::XlsxError> {
    for (i, (_, width)) in columns.iter().enumerate() {
        sheet.set_column_width(i as u16, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_header("&C&A").set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

/// Height of a line of text, points, and the most that a row can have.
const LINE: f64 = 13.5;
const MOST: f64 = 400.0;

/// Height of a row that shows these texts in columns of these widths, points: readers do not
/// all find it by themselves.
pub fn height(texts: &[&str], columns: &[(&str, f64)]) -> f64 {
    let lines = |text: &str, width: f64| {
        let cells: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        // A Han character that no longer fits leaves half a place empty.
        (cells as f64 / (width - 1.5).max(1.0)).ceil().max(1.0)
    };
    let most = texts.iter().zip(columns).map(|(text, (_, width))| lines(text, *width)).fold(1.0, f64::max);
    (most * LINE + 3.0).min(MOST)
}
