//! Cell styles: a style with a fill for each style that a marked cell has, and those of the list.
//! All are added behind the others, so no number of a style changes.

use std::collections::BTreeMap;

use super::error::MarkError;
use crate::diagnostic::Severity;
use crate::revise::edit::{Edits, Element, Kind, Tags, attribute, number, with_attribute, without_attribute};

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

/// Those that something is added to.
const ADDED_TO: [&str; 4] = ["fonts", "fills", "borders", "cellXfs"];

/// Fill of a cell, by the weight of what is said of it; in ARGB. One step beside the colours that
/// spreadsheets offer, so that a fill of ours is known when a copy comes back.
pub const fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFFFC6CE",
        Severity::Warning => "FFFFEA9C",
        Severity::Notice => "FFDCEBF7",
    }
}

/// Characters of a fill that is kept in the list; longer ones are gradients of many stops.
const LONGEST_FILL: usize = 1_000;

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
    /// The items of those lists that something is added to, as they are written.
    kept: BTreeMap<&'static str, Vec<String>>,
    added: BTreeMap<&'static str, Vec<String>>,
    marked: BTreeMap<(u32, Severity), u32>,
    unmarked: BTreeMap<(u32, String), u32>,
    looks: BTreeMap<String, u32>,
}

impl Styles {
    pub fn read(text: String) -> Result<Styles, MarkError> {
        let (mut lists, mut kept) = (BTreeMap::new(), BTreeMap::<&'static str, Vec<String>>::new());
        let (mut prefix, mut root) = (String::new(), None);
        let mut open: Option<(&'static str, std::ops::Range<usize>, u32)> = None;
        let mut item = None;
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
                    if !ADDED_TO.contains(list) {
                        continue;
                    }
                    let items = kept.entry(*list).or_default();
                    match tag.kind {
                        Kind::Open => item = Some(tag.span.start),
                        Kind::Empty => items.push(text[tag.span].to_string()),
                        Kind::Close => items.extend(item.take().map(|start| text[start..tag.span.end].to_string())),
                    }
                }
                _ => {}
            }
        }
        let root = root.ok_or(MarkError::Broken)?;
        let (added, marked, unmarked, looks) = Default::default();
        Ok(Styles { text, prefix, root, lists, kept, added, marked, unmarked, looks })
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
        // In a copy that is marked again they are there already.
        if let Some(at) = self.kept.get(list).and_then(|kept| kept.iter().position(|known| *known == item)) {
            return at as u32;
        }
        if let Some(at) = added.iter().position(|known| *known == item) {
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
        let own = self.item("cellXfs", base).map_or_else(plain, str::to_string);
        let end = own.find('>').map_or(own.len(), |i| i + 1);
        let head = with_attribute(&with_attribute(&own[..end], "fillId", &fill.to_string()), "applyFill", "1");
        let number = self.add("cellXfs", format!("{head}{}", &own[end..]));
        self.marked.insert((base, severity), number);
        number
    }

    /// A style or a fill by its number.
    fn item(&self, list: &'static str, at: u32) -> Option<&str> {
        let kept = self.kept.get(list).map_or(&[][..], Vec::as_slice);
        let added = || self.added.get(list)?.get((at as usize).checked_sub(kept.len())?);
        kept.get(at as usize).or_else(added).map(String::as_str)
    }

    /// The fill that a style has, without prefixes; empty where it has none.
    pub fn fill_of(&self, style: u32) -> String {
        let id = self.item("cellXfs", style).and_then(|xf| number(xf, "fillId")).unwrap_or(0);
        let fill = if id == 0 { None } else { self.item("fills", id) };
        let bare = self.bare(fill.unwrap_or_default());
        if bare.len() > LONGEST_FILL { String::new() } else { bare }
    }

    /// Whether a style has a fill that an earlier marking gave it.
    pub fn is_marked(&self, style: u32) -> bool {
        is_ours(&self.fill_of(style))
    }

    /// Whether some style may have one.
    pub fn has_marks(&self) -> bool {
        self.kept.get("fills").is_some_and(|fills| fills.iter().any(|fill| is_ours(fill)))
    }

    /// The number of the style that a marked one was before: with this fill, as [`Styles::fill_of`] gave it.
    pub fn unmarked(&mut self, style: u32, fill: &str) -> u32 {
        let key = (style, fill.to_string());
        if let Some(known) = self.unmarked.get(&key) {
            return *known;
        }
        let id = if is_fill(fill) { self.fill_id(fill) } else { 0 };
        let Some(own) = self.item("cellXfs", style).map(str::to_string) else { return style };
        let end = own.find('>').map_or(own.len(), |i| i + 1);
        let whole = format!("{}{}", with_attribute(&own[..end], "fillId", &id.to_string()), &own[end..]);
        let bare = |xf: &str| without_attribute(xf, "applyFill");
        let xfs = self.kept.get("cellXfs").map_or(&[][..], Vec::as_slice);
        let same = xfs.iter().position(|known| bare(known) == bare(&whole));
        let number = same.map_or_else(|| self.add("cellXfs", whole), |at| at as u32);
        self.unmarked.insert(key, number);
        number
    }

    /// An item without the prefixes of this part.
    fn bare(&self, text: &str) -> String {
        let p = &self.prefix;
        text.replace(&format!("<{p}"), "<").replace(&format!("</{p}"), "</")
    }

    fn fill_id(&mut self, fill: &str) -> u32 {
        let fills = self.kept.get("fills").map_or(&[][..], Vec::as_slice);
        let known = fills.iter().position(|known| self.bare(known) == fill).map(|at| at as u32);
        let p = &self.prefix;
        let own = fill.replace("</", "\0").replace('<', &format!("<{p}")).replace('\0', &format!("</{p}"));
        known.unwrap_or_else(|| self.add("fills", own))
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

fn is_ours(fill: &str) -> bool {
    let levels = [Severity::Error, Severity::Warning, Severity::Notice];
    // Some programs write a colour near it as the second one, which is nobody's fill.
    levels.into_iter().any(|severity| fill.contains(&format!("fgColor rgb=\"{}\"", colour(severity))))
}

/// Whether a text from a workbook is one fill and nothing else.
fn is_fill(text: &str) -> bool {
    const PARTS: [&str; 6] = ["fill", "patternFill", "fgColor", "bgColor", "gradientFill", "stop"];
    let (mut tags, mut depth, mut roots) = (Tags::new(text), 0, 0);
    while let Ok(Some(tag)) = tags.step() {
        let known = PARTS.contains(&tag.name()) || tag.name() == "color";
        if !known || !tag.prefix().is_empty() || (tag.depth == 0) != (tag.name() == "fill") {
            return false;
        }
        roots += usize::from(tag.depth == 0 && tag.opens());
        match tag.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Empty => {}
        }
    }
    roots == 1 && depth == 0 && text.starts_with("<fill") && text.ends_with('>') && !text.contains(['&', '!', '?'])
}
