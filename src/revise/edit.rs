//! Changes to an XML part as text: every byte that no change covers stays as it is.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::error::ReviseError;

/// What kind of tag it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Open,
    /// `<row/>`
    Empty,
    Close,
}

/// A tag at its place in the text.
#[derive(Clone, Debug)]
pub struct Tag<'t> {
    /// The name with its prefix.
    full: &'t str,
    pub kind: Kind,
    pub span: Range<usize>,
    /// Elements around it.
    pub depth: usize,
}

impl<'t> Tag<'t> {
    /// The name without its prefix.
    pub fn name(&self) -> &'t str {
        self.full.rsplit_once(':').map_or(self.full, |(_, name)| name)
    }

    /// The prefix with its colon; empty where there is none.
    pub fn prefix(&self) -> &'t str {
        self.full.strip_suffix(self.name()).unwrap_or("")
    }

    pub fn opens(&self) -> bool {
        self.kind != Kind::Close
    }
}

/// The tags of a part, in order.
pub struct Tags<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: usize,
}

impl<'t> Tags<'t> {
    pub fn new(text: &'t str) -> Self {
        Tags { text, reader: Reader::from_reader(text.as_bytes()), depth: 0 }
    }

    /// The next tag; `None` at the end.
    pub fn step(&mut self) -> Result<Option<Tag<'t>>, ReviseError> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|_| ReviseError::Broken)?;
            let end = self.reader.buffer_position() as usize;
            let kind = match event {
                Event::Start(_) => Kind::Open,
                Event::Empty(_) => Kind::Empty,
                Event::End(_) => Kind::Close,
                Event::Eof => return Ok(None),
                _ => continue,
            };
            let raw = self.text.get(start..end).ok_or(ReviseError::Broken)?;
            let inner = raw.trim_start_matches(['<', '/']);
            let length = inner.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(inner.len());
            if kind == Kind::Close {
                self.depth = self.depth.saturating_sub(1);
            }
            let tag = Tag { full: &inner[..length], kind, span: start..end, depth: self.depth };
            if kind == Kind::Open {
                self.depth += 1;
            }
            return Ok(Some(tag));
        }
    }
}

/// The value of an attribute of a tag, as it is written, and its place in the tag.
fn find<'t>(tag: &'t str, wanted: &str) -> Option<(&'t str, Range<usize>)> {
    let mut at = tag.find(char::is_whitespace)?;
    loop {
        let rest = &tag[at..];
        let equals = at + rest.find('=')?;
        let name = tag[at..equals].trim();
        let open = equals + tag[equals..].find(['"', '\''])?;
        let quote = tag[open..].chars().next()?;
        let end = open + 1 + tag[open + 1..].find(quote)?;
        let local = name.rsplit_once(':').map_or(name, |(_, name)| name);
        if name == wanted || local == wanted && !name.starts_with("xmlns") {
            return Some((&tag[open + 1..end], open + 1..end));
        }
        at = end + 1;
    }
}

/// The value of an attribute, by its name or its name without a prefix.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let (value, _) = find(tag, name)?;
    Some(match value.contains('&') {
        true => quick_xml::escape::unescape(value).map_or(value.to_string(), |v| v.into_owned()),
        false => value.to_string(),
    })
}

/// A whole number in an attribute.
pub fn number(tag: &str, name: &str) -> Option<u32> {
    find(tag, name).and_then(|(value, _)| value.trim().parse().ok())
}

/// The tag with an attribute of this value, which needs no escaping.
pub fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    match find(tag, name) {
        Some((_, place)) => format!("{}{value}{}", &tag[..place.start], &tag[place.end..]),
        None => {
            let end = tag.trim_end_matches('>').trim_end_matches('/').trim_end().len();
            format!("{} {name}=\"{value}\"{}", &tag[..end], &tag[end..])
        }
    }
}

/// The tag without an attribute.
pub fn without_attribute(tag: &str, name: &str) -> String {
    let Some((_, place)) = find(tag, name) else { return tag.to_string() };
    let start = tag[..place.start].rfind(char::is_whitespace).unwrap_or(place.start);
    format!("{}{}", &tag[..start], &tag[place.end + 1..])
}

/// An element that something is put into.
#[derive(Clone, Debug)]
pub struct Element {
    pub open: Range<usize>,
    /// Its closing tag; `None` for `<fills/>`.
    pub close: Option<Range<usize>>,
}

/// Changes of one text, applied together.
#[derive(Default)]
pub struct Edits {
    edits: Vec<(Range<usize>, String)>,
}

impl Edits {
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        let text = text.into();
        // Nearly all cells have nothing before them.
        if !text.is_empty() {
            self.edits.push((at..at, text));
        }
    }

    pub fn replace(&mut self, place: Range<usize>, text: impl Into<String>) {
        self.edits.push((place, text.into()));
    }

    /// Puts children at the end of an element; `open` is its opening tag as it shall read.
    pub fn append(&mut self, text: &str, element: &Element, open: &str, children: &str) {
        match &element.close {
            Some(close) => {
                if open != &text[element.open.clone()] {
                    self.replace(element.open.clone(), open);
                }
                self.insert(close.start, children);
            }
            None => {
                let head = open.trim_end_matches('>').trim_end_matches('/').trim_end();
                let name = head.trim_start_matches('<').split(char::is_whitespace).next().unwrap_or("");
                self.replace(element.open.clone(), format!("{head}>{children}</{name}>"));
            }
        }
    }

    /// The text with all changes; of several at one place the first comes first.
    pub fn apply(mut self, text: &str) -> String {
        self.edits.sort_by_key(|(place, _)| (place.start, place.end));
        let more: usize = self.edits.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + more);
        let mut at = 0;
        for (place, new) in &self.edits {
            out.push_str(&text[at..place.start]);
            out.push_str(new);
            at = place.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// Text as it stands in XML; what XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let fit =
        |c: &char| matches!(c, '\n' | '\t') || *c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{7F}'..='\u{9F}');
    let clean: String = text.chars().filter(fit).collect();
    quick_xml::escape::escape(clean.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_changed_in_place() {
        assert_eq!(with_attribute(r#"<c r="A1" s='3'/>"#, "s", "9"), r#"<c r="A1" s='9'/>"#);
        assert_eq!(with_attribute(r#"<c r="A1" />"#, "s", "9"), r#"<c r="A1" s="9" />"#);
        assert_eq!(with_attribute("<fills>", "count", "2"), r#"<fills count="2">"#);
        assert_eq!(without_attribute(r#"<row r="1" spans="1:2" s="4">"#, "spans"), r#"<row r="1" s="4">"#);
        assert_eq!(attribute(r#"<sheet name="甲&amp;乙" r:id="rId1"/>"#, "name").as_deref(), Some("甲&乙"));
        assert_eq!(attribute(r#"<sheet name="甲" r:id="rId1"/>"#, "id").as_deref(), Some("rId1"));
        assert_eq!(attribute(r#"<x xmlns:id="u" a="1"/>"#, "id"), None);
    }

    #[test]
    fn children_of_empty_elements() {
        let (text, mut edits) = ("<a><b n='1'/></a>", Edits::default());
        edits.append(text, &Element { open: 3..13, close: None }, "<b n='2'/>", "<c/>");
        assert_eq!(edits.apply(text), "<a><b n='2'><c/></b></a>");
    }
}
