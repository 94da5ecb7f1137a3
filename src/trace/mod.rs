//! The 核对表: every printed figure with the cells it was made of, every cell with the
//! places where it is printed, and the digits that no cell stands behind.

mod cells;
mod proof;
mod rows;
mod sheets;
mod style;
mod subject;

pub use proof::{attachments, notes};
pub use rows::{Printed, Untraced, printed, untraced};
pub use subject::Subject;

/// The workbook could not be made: a limit of the format.
#[derive(Debug, thiserror::Error)]
#[error("核对表写不成：{0}")]
pub struct TraceError(#[from] rust_xlsxwriter::XlsxError);

/// The bytes of the 核对表 (xlsx). The same report gives the same bytes.
pub fn workbook(subject: &Subject) -> Result<Vec<u8>, TraceError> {
    let passages = crate::document::passages(subject.document);
    let index = cells::Index::new(subject.data);
    let mut printed = rows::printed(subject.document, &passages);
    // What is printed as text is nothing to reckon with: only the cell tells where it went.
    let texts: Vec<Printed> = printed.extract_if(.., |item| !index.is_numeric(item)).collect();
    (1..).zip(&mut printed).for_each(|(number, item)| item.number = number);
    let style = style::Style::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.set_properties(&style::properties(subject.document));
    sheets::figures(book.add_worksheet(), subject, &printed, &index, &style)?;
    sheets::cells(book.add_worksheet(), subject, (&printed, &texts), &index, &style)?;
    sheets::without_origin(book.add_worksheet(), &rows::untraced(subject.document, &passages), &style)?;
    Ok(book.save_to_buffer()?)
}
