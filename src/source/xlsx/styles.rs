//! Number formats of cell styles.

use super::error::{XlsxError, in_part};
use crate::source::formats::CellFormats;
use crate::source::package::Package;
use crate::source::xml::{Step, XmlReader, attribute, name};

pub fn read(package: &mut Package<'_>, part: Option<&str>) -> Result<CellFormats, XlsxError> {
    let part = part.unwrap_or("xl/styles.xml");
    let mut formats = CellFormats::default();
    let Some(text) = package.xml(part)? else { return Ok(formats) };
    let mut reader = XmlReader::new(&text);
    let mut in_cells = false;
    loop {
        match reader.step().map_err(in_part(part))? {
            Step::End => return Ok(formats),
            Step::Close if in_cells && reader.depth < 2 => in_cells = false,
            Step::Open(element) => {
                let number = |key| attribute(&element, key).and_then(|v| v.trim().parse::<u32>().ok());
                match name(&element) {
                    b"numFmt" => {
                        if let (Some(id), Some(code)) = (number("numFmtId"), attribute(&element, "formatCode")) {
                            formats.add_code(id, code.into_owned());
                        }
                    }
                    b"cellXfs" => in_cells = true,
                    b"xf" if in_cells => formats.add_style(number("numFmtId").unwrap_or(0)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}
