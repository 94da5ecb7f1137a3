//! A small tree over a part of the package, enough to put right what the writer got wrong.
//! Text and attribute values stay escaped as they were read.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

/// The namespace of text.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// A part: its path in the package and its bytes.
pub type Part = (String, Vec<u8>);

/// An element with its attributes and children in order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Element(Element),
    /// Escaped text.
    Text(String),
}

impl Element {
    pub fn new(name: &str) -> Element {
        Element { name: name.to_owned(), ..Element::default() }
    }

    /// Adds an attribute; the value is escaped here.
    pub fn with(mut self, name: &str, value: impl ToString) -> Element {
        self.set(name, value);
        self
    }

    pub fn child(mut self, child: Element) -> Element {
        self.children.push(Node::Element(child));
        self
    }

    pub fn text(mut self, text: &str) -> Element {
        self.children.push(Node::Text(escape(clean(text)).into_owned()));
        self
    }

    pub fn set(&mut self, name: &str, value: impl ToString) {
        let value = escape(clean(&value.to_string())).into_owned();
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    pub fn remove(&mut self, name: &str) {
        self.attributes.retain(|(key, _)| key != name);
    }

    /// The escaped value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn elements_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    pub fn find_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.elements_mut().find(|element| element.name == name)
    }

    /// The child of that name, made if it is not there.
    pub fn entry(&mut self, name: &str) -> &mut Element {
        let known = self.children.iter().position(|node| matches!(node, Node::Element(e) if e.name == name));
        let at = known.unwrap_or_else(|| {
            self.children.push(Node::Element(Element::new(name)));
            self.children.len() - 1
        });
        match &mut self.children[at] {
            Node::Element(element) => element,
            Node::Text(_) => unreachable!("the position is that of an element"),
        }
    }

    /// Keeps the children that are text or pass.
    pub fn retain(&mut self, keep: impl Fn(&Element) -> bool) {
        self.children.retain(|node| match node {
            Node::Element(element) => keep(element),
            Node::Text(_) => true,
        });
    }

    /// Visits this element and all below it, children first.
    pub fn walk(&mut self, visit: &mut impl FnMut(&mut Element)) {
        for child in self.elements_mut() {
            child.walk(visit);
        }
        visit(self);
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(text),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Reads a part. `None` where it is no XML, which would be a fault of the writer.
pub fn parse(bytes: &[u8]) -> Option<Element> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let element = element(&start)?;
                open.last_mut()?.children.push(Node::Element(element));
            }
            Event::End(_) => {
                let element = open.pop()?;
                open.last_mut()?.children.push(Node::Element(element));
            }
            Event::Text(text) => push_text(open.last_mut()?, std::str::from_utf8(&text).ok()?),
            Event::GeneralRef(name) => push_text(open.last_mut()?, &format!("&{};", std::str::from_utf8(&name).ok()?)),
            Event::Eof => break,
            _ => {}
        }
    }
    let mut root = open.pop().filter(|_| open.is_empty())?;
    root.children.retain(|node| matches!(node, Node::Element(_)));
    match root.children.pop()? {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    }
}

fn element(start: &BytesStart) -> Option<Element> {
    let name = std::str::from_utf8(start.name().as_ref()).ok()?.to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = std::str::from_utf8(attribute.key.as_ref()).ok()?.to_owned();
        attributes.push((key, std::str::from_utf8(&attribute.value).ok()?.to_owned()));
    }
    Some(Element { name, attributes, children: Vec::new() })
}

fn push_text(parent: &mut Element, text: &str) {
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

/// Bytes of a part.
pub fn bytes(root: &Element) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    root.write(&mut out);
    out.into_bytes()
}

/// Without what XML 1.0 cannot hold.
pub fn clean(text: &str) -> String {
    text.chars().filter(|&c| is_char(c)).collect()
}

/// `Char` of XML 1.0.
pub fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_entities_survive() {
        let source = "<a x=\"1&amp;2\"><b> 甲&lt;乙&amp; </b><c/></a>";
        let tree = parse(source.as_bytes()).unwrap();
        let written = String::from_utf8(bytes(&tree)).unwrap();
        assert!(written.ends_with(source), "{written}");
    }

    #[test]
    fn broken_parts_are_refused() {
        assert_eq!(parse(b"<a><b></a>"), None);
        assert_eq!(parse(b""), None);
        assert_eq!(parse(b"<a>"), None);
    }

    #[test]
    fn only_xml_characters() {
        assert_eq!(clean("a\u{8}b\0c\u{FFFE}甲\u{1F600}"), "abc甲\u{1F600}");
    }
}
