//! Cell styles: a style with a fill for each style that a marked cell has, and those of the list.
//! All are added behind the others, so no number of a style changes.

use std::collections::BTreeMap;

use super::edit::{Edits, Element, Kind, Tags, attribute, with_attribute};
use super::error::MarkError;
use crate::diagnostic::Severity;

/// The lists of styles.xml in their order.
const LISTS: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// Fill of a cell, by the weight of what is said of it; in ARGB.
pub const fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFFFC7CE",
        Severity::Warning => "FFFFEB9C",
        Severity::Notice => "FFDDEBF7",
    }
}

/// Styles of the list of findings.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    Head,
    Text,
    Link,
    Level(Severity),
}

/// A list of the part: its element and how many items it has.
struct List {
    element: Element,
    count: u32,
}

/// The styles of a workbook, and what is added to them.
pub struct Styles {
    text: String,
    prefix: String,
    root: Element,
    lists: BTreeMap<&'static str, List>,
    /// The cell styles as they are written.
    xfs: Vec<String>,
    added: BTreeMap<&'static str, Vec<String>>,
    marked: BTreeMap<(u32, Severity), u32>,
    looks: BTreeMap<String, u32>,
}

impl Styles {
    pub fn read(text: String) -> Result<Styles, MarkError> {
        let (mut lists, mut xfs) = (BTreeMap::new(), Vec::new());
        let (mut prefix, mut root) = (String::new(), None);
        let mut open: Option<(&'static str, std::ops::Range<usize>, u32)> = None;
        let mut xf = None;
        let mut tags = Tags::new(&text);
        while let Some(tag) = tags.step()? {
            match tag.depth {
                0 if tag.opens() => {
                    prefix = tag.prefix().to_string();
                    root = Some(Element { open: tag.span, close: None });
                }
                0 => {
                    if let Some(root) = &mut root {
                        root.close = Some(tag.span);
                    }
                }
                1 => {
                    let Some(name) = LISTS.iter().find(|list| **list == tag.name()) else { continue };
                    match (tag.kind, open.take()) {
                        (Kind::Open, _) => open = Some((*name, tag.span, 0)),
                        (Kind::Empty, _) => {
                            lists.insert(*name, List { element: Element { open: tag.span, close: None }, count: 0 });
                        }
                        (Kind::Close, Some((name, start, count))) => {
                            let element = Element { open: start, close: Some(tag.span) };
                            lists.insert(name, List { element, count });
                        }
                        _ => {}
                    }
                }
                2 => {
                    let Some((list, _, count)) = &mut open else { continue };
                    *count += u32::from(tag.opens());
                    if *list == "cellXfs" {
                        match tag.kind {
                            Kind::Open => xf = Some(tag.span.start),
                            Kind::Empty => xfs.push(text[tag.span].to_string()),
                            Kind::Close => xfs.extend(xf.take().map(|start| text[start..tag.span.end].to_string())),
                        }
                    }
                }
                _ => {}
            }
        }
        let root = root.ok_or(MarkError::Broken)?;
        let (added, marked, looks) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Ok(Styles { text, prefix, root, lists, xfs, added, marked, looks })
    }

    /// Adds an item to a list and gives its number. A list that is not there begins with what
    /// its first numbers stand for.
    fn add(&mut self, list: &'static str, item: String) -> u32 {
        let (known, p) = (self.lists.get(list).map_or(0, |l| l.count), &self.prefix);
        let added = self.added.entry(list).or_default();
        if known == 0 && added.is_empty() {
            added.extend(match list {
                "fonts" => vec![format!("<{p}font/>")],
                "fills" => ["none", "gray125"]
                    .map(|kind| format!("<{p}fill><{p}patternFill patternType=\"{kind}\"/></{p}fill>"))
                    .to_vec(),
                "borders" => vec![format!("<{p}border/>")],
                _ => vec![format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>")],
            });
        }
        if let Some(at) = added.iter().position(|known| *known == item).filter(|_| list != "cellXfs") {
            return known + at as u32;
        }
        added.push(item);
        known + added.len() as u32 - 1
    }

    fn fill(&mut self, severity: Severity) -> u32 {
        let (p, colour) = (self.prefix.clone(), colour(severity));
        let pattern = format!("<{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/>");
        self.add(
            "fills",
            format!("<{p}fill><{p}patternFill patternType=\"solid\">{pattern}</{p}patternFill></{p}fill>"),
        )
    }

    /// The number of the style that is `base` with the fill of a finding.
    pub fn marked(&mut self, base: u32, severity: Severity) -> u32 {
        if let Some(known) = self.marked.get(&(base, severity)) {
            return *known;
        }
        let fill = self.fill(severity);
        let p = &self.prefix;
        let plain = || format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>");
        let own = self.xfs.get(base as usize).cloned().unwrap_or_else(plain);
        let end = own.find('>').map_or(own.len(), |i| i + 1);
        let head = with_attribute(&with_attribute(&own[..end], "fillId", &fill.to_string()), "applyFill", "1");
        let number = self.add("cellXfs", format!("{head}{}", &own[end..]));
        self.marked.insert((base, severity), number);
        number
    }

    /// The number of a style of the list.
    pub fn look(&mut self, look: Look) -> u32 {
        let key = format!("{look:?}");
        if let Some(known) = self.looks.get(&key) {
            return *known;
        }
        let p = self.prefix.clone();
        let extra = match look {
            Look::Head => format!("<{p}b/>"),
            Look::Link => format!("<{p}u/>"),
            _ => String::new(),
        };
        let colour = if matches!(look, Look::Link) { format!("<{p}color rgb=\"FF0563C1\"/>") } else { String::new() };
        let font =
            self.add("fonts", format!("<{p}font>{extra}<{p}sz val=\"11\"/>{colour}<{p}name val=\"宋体\"/></{p}font>"));
        let side = |name: &str| format!("<{p}{name} style=\"thin\"><{p}color rgb=\"FFA6A6A6\"/></{p}{name}>");
        let sides: String = ["left", "right", "top", "bottom"].map(side).concat();
        let border = self.add("borders", format!("<{p}border>{sides}<{p}diagonal/></{p}border>"));
        let fill = match look {
            Look::Level(severity) => self.fill(severity),
            Look::Head => self.fill(Severity::Notice),
            _ => 0,
        };
        let across = match look {
            Look::Head | Look::Level(_) => " horizontal=\"center\"",
            _ => " horizontal=\"left\"",
        };
        let number = self.add(
            "cellXfs",
            format!(
                "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" applyFont=\"1\" \
                 applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment{across} vertical=\"center\" \
                 wrapText=\"1\"/></{p}xf>"
            ),
        );
        self.looks.insert(key, number);
        number
    }

    /// The part with what was added.
    pub fn finish(self) -> String {
        let mut edits = Edits::default();
        for (name, items) in &self.added {
            let Some(list) = self.lists.get(name) else { continue };
            let open = &self.text[list.element.open.clone()];
            let head = match attribute(open, "count") {
                Some(_) => with_attribute(open, "count", &(list.count as usize + items.len()).to_string()),
                None => open.to_string(),
            };
            edits.append(&self.text, &list.element, &head, &items.concat());
        }
        // Lists that are not there go before the first of those that follow them.
        let p = &self.prefix;
        let mut at_end = String::new();
        for (i, name) in LISTS.iter().enumerate() {
            let Some(items) = self.added.get(name).filter(|_| !self.lists.contains_key(name)) else { continue };
            let list = format!("<{p}{name} count=\"{}\">{}</{p}{name}>", items.len(), items.concat());
            match LISTS[i + 1..].iter().find_map(|later| self.lists.get(later)) {
                Some(later) => edits.insert(later.element.open.start, list),
                None => at_end.push_str(&list),
            }
        }
        if !at_end.is_empty() {
            let open = self.text[self.root.open.clone()].to_string();
            edits.append(&self.text, &self.root, &open, &at_end);
        }
        edits.apply(&self.text)
    }
}
