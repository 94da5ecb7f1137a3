//! What a file says of itself: its own properties, which no page shows.

use crate::source::package::{Package, PackageError};
use crate::source::xml::{Step, XmlReader, attribute, name};

/// The part of a file's own properties.
pub const PART: &str = "docProps/custom.xml";
/// Most of them that are read.
const MOST: usize = 10_000;

/// The own properties of a file, names and texts; none where there are none that can be read.
pub fn properties(bytes: &[u8]) -> Vec<(String, String)> {
    read(bytes).ok().flatten().unwrap_or_default()
}

fn read(bytes: &[u8]) -> Result<Option<Vec<(String, String)>>, PackageError> {
    let Some(xml) = Package::open(bytes)?.xml(PART)? else { return Ok(None) };
    let (mut reader, mut found) = (XmlReader::new(&xml), Vec::new());
    while found.len() < MOST {
        match reader.step() {
            Ok(Step::Open(element)) if name(&element) == b"property" => {
                let own = attribute(&element, "name").unwrap_or_default().into_owned();
                let Ok(text) = reader.text() else { break };
                found.push((own, text.into_owned()));
            }
            Ok(Step::End) | Err(_) => break,
            Ok(_) => {}
        }
    }
    Ok(Some(found))
}
