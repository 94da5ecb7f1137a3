//! A pull reader over one XML part: local names, text with its references resolved, no DTDs.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use thiserror::Error;

/// Why a part cannot be read.
#[derive(Debug, Error)]
pub enum XmlError {
    #[error("XML 结构损坏（约在第 {0} 字节）")]
    Broken(u64),
    #[error("XML 里有 DTD 或实体定义")]
    Doctype,
    #[error("XML 里有没有定义的实体“&{0};”")]
    Entity(String),
}

/// A step of the reading; empty elements come as `Open` and `Close`.
pub enum Step<'a> {
    Open(BytesStart<'a>),
    Close,
    Text(Cow<'a, str>),
    End,
}

/// The reader; `depth` is the number of elements that are open.
pub struct XmlReader<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a [u8],
    pub depth: usize,
    /// Bytes that were taken without the reader.
    taken: u64,
    /// The last step was a tag: the reader stands right behind it.
    behind_tag: bool,
    /// Where the last step begins.
    from: usize,
}

impl<'a> XmlReader<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_reader(text.as_bytes());
        reader.config_mut().expand_empty_elements = true;
        XmlReader { reader, text: text.as_bytes(), depth: 0, taken: 0, behind_tag: false, from: 0 }
    }

    pub fn step(&mut self) -> Result<Step<'a>, XmlError> {
        self.behind_tag = false;
        loop {
            let position = self.reader.buffer_position() + self.taken;
            self.from = self.text.len() - self.reader.get_ref().len();
            let broken = XmlError::Broken(position);
            match self.reader.read_event() {
                Err(_) => return Err(broken),
                Ok(Event::Start(element)) => {
                    self.depth += 1;
                    // An empty element is closed by the next step.
                    let read = self.text.len() - self.reader.get_ref().len();
                    self.behind_tag = !self.text[..read].ends_with(b"/>");
                    return Ok(Step::Open(element));
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.behind_tag = true;
                    return Ok(Step::Close);
                }
                Ok(Event::Text(text)) => return text.decode().map(|t| Step::Text(line_ends(t))).map_err(|_| broken),
                Ok(Event::CData(text)) => return text.decode().map(|t| Step::Text(line_ends(t))).map_err(|_| broken),
                Ok(Event::GeneralRef(reference)) => {
                    let name = reference.decode().map_err(|_| broken)?;
                    let known = match &*name {
                        "lt" => Some("<"),
                        "gt" => Some(">"),
                        "amp" => Some("&"),
                        "quot" => Some("\""),
                        "apos" => Some("'"),
                        _ => None,
                    };
                    if let Some(text) = known {
                        return Ok(Step::Text(Cow::Borrowed(text)));
                    }
                    // A reference to no character (a lone surrogate, NUL) becomes U+FFFD.
                    return match reference.resolve_char_ref() {
                        Ok(Some(c)) => Ok(Step::Text(Cow::Owned(c.to_string()))),
                        _ if reference.is_char_ref() => Ok(Step::Text(Cow::Borrowed("\u{FFFD}"))),
                        _ => Err(XmlError::Entity(name.into_owned())),
                    };
                }
                Ok(Event::DocType(_)) => return Err(XmlError::Doctype),
                Ok(Event::Eof) if self.depth > 0 => return Err(broken),
                Ok(Event::Eof) => return Ok(Step::End),
                Ok(Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            }
        }
    }

    /// The bytes of the last step in the part.
    pub fn span(&self) -> Range<usize> {
        self.from..self.text.len() - self.reader.get_ref().len()
    }

    /// The text of an element without attributes that stands right here and holds nothing but
    /// characters; `open` and `close` are its tags. Most cells of a workbook are of this kind,
    /// and reading them so is twice as fast as step by step.
    pub fn simple(&mut self, open: &[u8], close: &[u8]) -> Option<&'a str> {
        if !self.behind_tag {
            return None;
        }
        let rest: &'a [u8] = self.reader.get_ref().strip_prefix(open)?;
        let end = rest.iter().position(|b| matches!(b, b'<' | b'&' | b'\r'))?;
        let after = rest[end..].strip_prefix(close)?;
        let text = std::str::from_utf8(&rest[..end]).ok()?;
        self.taken += (open.len() + end + close.len()) as u64;
        *self.reader.get_mut() = after;
        Some(text)
    }

    /// Skips to the end of the element that was opened last.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        let target = self.depth.saturating_sub(1);
        while self.depth > target {
            if matches!(self.step()?, Step::End) {
                break;
            }
        }
        Ok(())
    }

    /// All text up to the end of the element that was opened last, elements inside included.
    pub fn text(&mut self) -> Result<Cow<'a, str>, XmlError> {
        let target = self.depth.saturating_sub(1);
        let mut text = Cow::Borrowed("");
        while self.depth > target {
            match self.step()? {
                Step::Text(part) if text.is_empty() => text = part,
                Step::Text(part) => text.to_mut().push_str(&part),
                Step::End => break,
                _ => {}
            }
        }
        Ok(text)
    }
}

/// One kind of line end, as XML 1.0, 2.11 asks.
fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

/// The element's name without its namespace prefix.
pub fn name<'e>(element: &'e BytesStart<'_>) -> &'e [u8] {
    element.local_name().into_inner()
}

/// An attribute by its name without a prefix, references resolved.
pub fn attribute<'e>(element: &'e BytesStart<'_>, wanted: &str) -> Option<Cow<'e, str>> {
    let [found] = attributes(element, [wanted]);
    found
}

/// Several attributes in one pass.
pub fn attributes<'e, const N: usize>(element: &'e BytesStart<'_>, wanted: [&str; N]) -> [Option<Cow<'e, str>>; N] {
    let mut found = [const { None }; N];
    let mut left = N;
    for attribute in element.attributes().with_checks(false).flatten() {
        let name = attribute.key.local_name().into_inner();
        let Some(at) = wanted.iter().position(|w| w.as_bytes() == name) else { continue };
        if found[at].is_some() {
            continue;
        }
        found[at] = resolved(attribute.value);
        left -= usize::from(found[at].is_some());
        if left == 0 {
            break;
        }
    }
    found
}

/// The value of an attribute as text, references resolved.
fn resolved(value: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    let raw = match value {
        Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).ok()?),
    };
    Some(if raw.contains('&') {
        quick_xml::escape::unescape(&raw).map(|t| t.into_owned()).unwrap_or(raw.into_owned()).into()
    } else {
        raw
    })
}

/// True for `1`, `true`, `on`.
pub fn flag(element: &BytesStart<'_>, wanted: &str) -> bool {
    matches!(attribute(element, wanted).as_deref(), Some("1" | "true" | "on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names and texts of all steps; values by the short way where it goes (`v=1`).
    fn steps(text: &str) -> Result<String, XmlError> {
        let mut reader = XmlReader::new(text);
        let mut out = String::new();
        loop {
            if let Some(value) = reader.simple(b"<v>", b"</v>") {
                out += &format!("v={value} ");
                continue;
            }
            match reader.step()? {
                Step::Open(element) => out += &format!("{} ", String::from_utf8_lossy(name(&element))),
                Step::Close => out += ". ",
                Step::Text(text) => out += &format!("“{text}” "),
                Step::End => return Ok(out),
            }
        }
    }

    #[test]
    fn simple_elements_between_all_others() {
        let told = |text| steps(text).expect("good XML");
        assert_eq!(told("<c><v>1</v></c>"), "c v=1 . ");
        assert_eq!(told("<c><v></v><v/><v>2</v></c>"), "c v= v . v=2 . ");
        // Behind a text, with a reference, with an element inside, with another prefix.
        assert_eq!(told("<c>\n <v>1</v>\n</c>"), "c “\n ” v “1” . “\n” . ");
        assert_eq!(told("<c><v>1&lt;2</v></c>"), "c v “1” “<” “2” . . ");
        assert_eq!(told("<c><v>1<b/></v></c>"), "c v “1” b . . . ");
        assert_eq!(told("<x:c><x:v>1</x:v></x:c>"), "c v “1” . . ");
        assert_eq!(told("<c/>"), "c . ");
        assert!(steps("<c><v>1</v>").is_err());
        assert!(steps("<c><v>1</c></v>").is_err());
    }

    #[test]
    fn line_ends_are_one_kind() {
        assert_eq!(steps("<t>a\r\nb\rc</t>").expect("good XML"), "t “a\nb\nc” . ");
    }
}
