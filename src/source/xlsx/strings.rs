//! The table of shared texts.

use std::sync::Arc;

use super::error::{XlsxError, in_part};
use crate::source::package::Package;
use crate::source::xml::{Step, XmlError, XmlReader, name};

pub fn read(package: &mut Package<'_>, part: Option<&str>) -> Result<Vec<Arc<str>>, XlsxError> {
    let part = part.unwrap_or("xl/sharedStrings.xml");
    let mut strings = Vec::new();
    let Some(text) = package.xml(part)? else { return Ok(strings) };
    let mut reader = XmlReader::new(&text);
    loop {
        match reader.step().map_err(in_part(part))? {
            Step::End => return Ok(strings),
            Step::Open(element) if name(&element) == b"si" => {
                strings.push(rich_text(&mut reader).map_err(in_part(part))?.into());
            }
            _ => {}
        }
    }
}

/// The text of a rich string: all `t`, without the phonetic guide of East Asian text.
pub fn rich_text(reader: &mut XmlReader<'_>) -> Result<String, XmlError> {
    let target = reader.depth - 1;
    let mut text = String::new();
    while reader.depth > target {
        match reader.step()? {
            Step::Open(element) => match name(&element) {
                b"t" => text.push_str(&reader.text()?),
                b"rPh" => reader.skip()?,
                _ => {}
            },
            Step::End => break,
            _ => {}
        }
    }
    Ok(unescape(text))
}

/// `_x000D_` stands for the character 0D, two in a row for one beyond the first 65,536
/// (`_xD842__xDFB7_`).
pub fn unescape(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let unit = rest.get(at + 2..at + 6).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = unit.filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        if at > 0 || unit.is_none() {
            out.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
        }
        out.push_str(&rest[..at]);
        match unit.and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(&String::from_utf16_lossy(&units));
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters() {
        assert_eq!(unescape("a_x000D_b_x4E2D_".into()), "a\rb中");
        assert_eq!(unescape("_x5F_ _xZZZZ_ _x".into()), "_x5F_ _xZZZZ_ _x");
        assert_eq!(unescape("_xD800_".into()), "\u{FFFD}");
        assert_eq!(unescape("_xD842__xDFB7_村_x4E2D__x6751_".into()), "𠮷村中村");
        assert_eq!(unescape("_xD842_、_xDFB7_".into()), "\u{FFFD}、\u{FFFD}");
    }
}
