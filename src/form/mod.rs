//! A workbook to fill in for a template: what it asks for is what the schema declares, and
//! what it writes is what the reader of workbooks recognises.

mod carry;
mod explanation;
mod fields;
mod information;
mod keys;
mod looks;
mod make;
mod put;
mod request;
mod table;
mod validation;

pub use carry::{told, widened};
pub use keys::report_keys;
pub use make::{Made, Order, Told, make, write};
pub(crate) use put::put;
pub use request::{FormError, FormRequest};
pub use validation::cell_format;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::dataset::schema::Schema;
use looks::Styles;

/// Writes 报告信息 alone, for a workbook that was not made as a form.
pub fn report_sheet(sheet: &mut Worksheet, request: &FormRequest<'_>) -> Result<(), FormError> {
    information::write(sheet, request, &Styles::new())
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
    information::write(book.add_worksheet(), request, &styles)?;
    if !schema.fields.is_empty() {
        fields::write(book.add_worksheet(), schema, request, &styles)?;
    }
    for table in &schema.tables {
        table::write(book.add_worksheet(), table, request, &styles)?;
    }
    explanation::write(book.add_worksheet(), schema, request, &styles)?;
    Ok(book.save_to_buffer()?)
}
