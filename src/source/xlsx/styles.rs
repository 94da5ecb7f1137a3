//! Number formats of cell styles.

use std::collections::BTreeMap;

use super::{XlsxError, in_part};
use crate::source::number_format::NumberFormat;
use crate::source::package::Package;
use crate::source::xml::{Step, XmlReader, attribute, name};

/// The number format of each cell style, by its number.
pub struct Styles {
    formats: Vec<NumberFormat>,
    general: NumberFormat,
}

impl Styles {
    pub fn format(&self, style: usize) -> &NumberFormat {
        self.formats.get(style).unwrap_or(&self.general)
    }
}

pub fn read(package: &mut Package<'_>, part: Option<&str>) -> Result<Styles, XlsxError> {
    let part = part.unwrap_or("xl/styles.xml");
    let mut styles = Styles { formats: Vec::new(), general: NumberFormat::general() };
    let Some(text) = package.xml(part)? else { return Ok(styles) };
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut reader = XmlReader::new(&text);
    let mut in_cells = false;
    loop {
        match reader.step().map_err(in_part(part))? {
            Step::End => return Ok(styles),
            Step::Close if in_cells && reader.depth < 2 => in_cells = false,
            Step::Open(element) => {
                let number = |key| attribute(&element, key).and_then(|v| v.trim().parse::<u32>().ok());
                match name(&element) {
                    b"numFmt" => {
                        if let (Some(id), Some(code)) = (number("numFmtId"), attribute(&element, "formatCode")) {
                            codes.insert(id, code.into_owned());
                        }
                    }
                    b"cellXfs" => in_cells = true,
                    b"xf" if in_cells => {
                        let id = number("numFmtId").unwrap_or(0);
                        styles.formats.push(match codes.get(&id) {
                            Some(code) => NumberFormat::parse(code),
                            None => NumberFormat::built_in(id),
                        });
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}
