//! 核对记录: the sentences, their cells, who looked at them and when.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::sentence::{Sentence, Told};

/// Why it could not be made.
#[derive(Debug, thiserror::Error)]
#[error("核对记录写不成：{0}")]
pub struct SheetError(#[from] XlsxError);

/// Title and width of each column.
const COLUMNS: [(&str, f64); 6] =
    [("序号", 6.0), ("所在部分", 18.0), ("句子", 60.0), ("数字和单元格", 48.0), ("核对人", 12.0), ("核对时间", 18.0)];

/// The bytes; the same sentences give the same.
pub fn workbook(sentences: &[Sentence]) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    // The writer would note the time of writing otherwise.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("核对记录").set_creation_datetime(&date));
    let head = Format::new().set_bold().set_background_color(0xE8E9EA).set_border(rust_xlsxwriter::FormatBorder::Thin);
    let text =
        Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(rust_xlsxwriter::FormatBorder::Thin);
    let sheet = book.add_worksheet().set_name("核对记录")?;
    for (column, (title, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_with_format(0, column, title, &head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, sentence) in (1..).zip(sentences) {
        sheet.write_with_format(row, 0, row, &text)?;
        let tick = sentence.ticked.as_ref();
        let cells = sentence.figures.iter().map(told).collect::<Vec<_>>().join("\n");
        let who = tick.map_or("", |tick| tick.who.as_str());
        let when = tick.map_or("", |tick| tick.when.as_str());
        for (column, words) in (1..).zip([&sentence.heading, &sentence.text(), &cells, who, when]) {
            sheet.write_with_format(row, column, words, &text)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn told(figure: &Told) -> String {
    let more =
        if figure.more > 0 { format!(" 等{}个单元格", figure.cells.len() + figure.more) } else { String::new() };
    format!("{}：{}{more}", figure.text, figure.cells.join("；"))
}
