//! The table of shared texts.

use std::sync::Arc;

use super::{XlsxError, in_part};
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

/// `_x000D_` stands for the character 0D.
fn unescape(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let hex = rest.get(at + 2..at + 6).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.filter(|_| rest.get(at + 6..at + 7) == Some("_")) {
            Some(hex) => {
                let code = u32::from_str_radix(hex, 16).unwrap_or(0xFFFD);
                out.push(char::from_u32(code).unwrap_or('\u{FFFD}'));
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
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
    }
}
