//! Where runs are cut, and what is put into texts and between runs: all of it together, so that changes and
//! comments may meet at one place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edit::{Edits, escaped, with_attribute};
use super::error::ReviseError;
use super::skeleton::{Run, Skeleton, Text};
use super::whole::Wholes;
use crate::source::docx::{LINE_BREAK, PAGE_BREAK};

/// What is put at a place.
pub enum Item {
    /// Elements between runs.
    Between(String),
    /// Words of the text.
    Words(String),
}

/// Of things at one place, which comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// A change ends here.
    ChangeEnds,
    /// A comment on what is before ends here.
    RemarkEnds,
    /// A comment begins here.
    RemarkBegins,
    /// Something is put in here.
    Insertion,
    /// A comment on the place itself ends.
    PlaceEnds,
    /// What follows is changed.
    ChangeBegins,
}

/// A place in the part.
#[derive(Clone, Copy)]
pub struct Spot {
    /// The byte.
    pub at: usize,
    /// The run that it lies in; `None` in a formula.
    pub run: Option<usize>,
}

struct Group {
    spot: Spot,
    items: Vec<(Order, Item)>,
}

/// All that is to be done.
pub struct Cuts<'t> {
    pub text: &'t str,
    pub skeleton: &'t Skeleton,
    /// What concerns whole paragraphs.
    pub wholes: Wholes,
    groups: BTreeMap<usize, Group>,
    /// Bytes that are taken away.
    removed: Vec<Range<usize>>,
    /// Bytes of texts that stay as deleted ones.
    deleted: Vec<Range<usize>>,
    /// Texts whose ends may be blanks from now on, by their beginning.
    touched: BTreeSet<usize>,
    next: u32,
}

impl<'t> Cuts<'t> {
    pub fn new(text: &'t str, skeleton: &'t Skeleton) -> Cuts<'t> {
        Cuts {
            text,
            skeleton,
            wholes: Wholes::default(),
            groups: BTreeMap::new(),
            removed: Vec::new(),
            deleted: Vec::new(),
            touched: BTreeSet::new(),
            next: skeleton.free,
        }
    }

    /// A number for a tracked change.
    pub fn number(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    pub fn put(&mut self, spot: Spot, order: Order, item: Item) {
        self.touched.extend(self.skeleton.text(spot.at).map(|text| text.open.start));
        self.groups.entry(spot.at).or_insert(Group { spot, items: Vec::new() }).items.push((order, item));
    }

    pub fn remove(&mut self, bytes: Range<usize>) {
        self.touched.extend(self.skeleton.text(bytes.start).map(|text| text.open.start));
        self.removed.push(bytes);
    }

    /// Bytes that become a deleted text: the tags around them say so.
    pub fn delete(&mut self, bytes: Range<usize>) {
        self.deleted.push(bytes);
    }

    /// Writes all of it.
    pub fn write(mut self, edits: &mut Edits) -> Result<(), ReviseError> {
        self.wholes.write(self.text, edits)?;
        for mut bytes in std::mem::take(&mut self.removed) {
            // A comment may begin or end in what goes.
            let inside: Vec<usize> = self.groups.range(bytes.start + 1..bytes.end).map(|(at, _)| *at).collect();
            for at in inside {
                edits.replace(bytes.start..at, "");
                bytes.start = at;
            }
            edits.replace(bytes, "");
        }
        for mut group in std::mem::take(&mut self.groups).into_values() {
            group.items.sort_by_key(|(order, _)| *order);
            self.group(group, edits);
        }
        for text in self.skeleton.texts.iter().filter(|text| self.touched.contains(&text.open.start)) {
            self.tags(text, edits);
        }
        Ok(())
    }

    /// What is put at one place.
    fn group(&self, Group { spot, items }: Group, edits: &mut Edits) {
        let between = |(_, item): &(Order, Item)| matches!(item, Item::Between(_));
        let prefix = self.prefix(spot.run);
        let text = self.skeleton.text(spot.at);
        let run = spot.run.map(|run| &self.skeleton.runs[run]);
        let first = items.iter().position(between);
        let (Some(first), Some(run)) = (first, run) else {
            let words: String = items.into_iter().map(|(_, item)| item.words()).collect();
            return match text {
                Some(_) => edits.insert(spot.at, within(&words, prefix, spot.run.is_none())),
                None => edits.insert(spot.at, element(&words, prefix)),
            };
        };
        let last = items.iter().rposition(between).unwrap_or(first);
        let made =
            |items: &[(Order, Item)]| -> String { items.iter().map(|(_, item)| self.alone(item, run)).collect() };
        let words = |items: &[(Order, Item)]| -> String {
            let all: String = items.iter().map(|(_, item)| item.clone_words()).collect();
            within(&all, prefix, false)
        };
        let Some(text) = text else { return self.beside(spot.at, run, &made(&items), edits) };
        if spot.at == text.open.end {
            self.beside(text.open.start, run, &made(&items[..=last]), edits);
            edits.insert(spot.at, words(&items[last + 1..]));
        } else if spot.at == text.close.start {
            edits.insert(spot.at, words(&items[..first]));
            self.beside(text.close.end, run, &made(&items[first..]), edits);
        } else {
            let [before, behind] = [self.deleted_before(spot.at), self.deleted_from(spot.at)].map(name);
            let (lead, middle, trail) = (words(&items[..first]), made(&items[first..=last]), words(&items[last + 1..]));
            let head = self.head(run);
            edits.insert(
                spot.at,
                format!("{lead}</{prefix}{before}></{prefix}r>{middle}{head}<{prefix}{behind} xml:space=\"preserve\">{trail}"),
            );
        }
    }

    /// Puts elements at a place of a run that is in no text; at its ends they stand beside it.
    fn beside(&self, at: usize, run: &Run, made: &str, edits: &mut Edits) {
        let content = run.content();
        match () {
            () if at <= content.start => edits.insert(run.open.start, made),
            () if at >= content.end => edits.insert(run.close.end, made),
            () => edits.insert(at, format!("</{}r>{made}{}", &self.text[run.prefix.clone()], self.head(run))),
        }
    }

    /// The beginning of a run like another.
    fn head(&self, run: &Run) -> String {
        let properties = run.properties.clone().map_or("", |own| &self.text[own]);
        format!("{}{properties}", &self.text[run.open.clone()])
    }

    /// A run with words that looks like another.
    pub fn like(&self, words: &str, run: &Run) -> String {
        let prefix = &self.text[run.prefix.clone()];
        format!("{}{}</{prefix}r>", self.head(run), element(words, prefix))
    }

    fn alone(&self, item: &Item, run: &Run) -> String {
        match item {
            Item::Between(made) => made.clone(),
            Item::Words(words) => self.like(words, run),
        }
    }

    pub fn prefix(&self, run: Option<usize>) -> &'t str {
        run.map_or("w:", |run| &self.text[self.skeleton.runs[run].prefix.clone()])
    }

    fn deleted_before(&self, at: usize) -> bool {
        self.deleted.iter().any(|own| own.start < at && at <= own.end)
    }

    fn deleted_from(&self, at: usize) -> bool {
        self.deleted.iter().any(|own| own.start <= at && at < own.end)
    }

    /// The tags of a text that is cut or changed: what is deleted is called so, blanks at the ends are kept.
    fn tags(&self, text: &Text, edits: &mut Edits) {
        let [open, close] = [&text.open, &text.close].map(|tag| &self.text[tag.clone()]);
        let content = &self.text[text.open.end..text.close.start];
        let rename = |tag: &str, start: &str| {
            let rest = tag.strip_prefix(start).unwrap_or_default();
            let colon = rest.find(':').map_or(0, |colon| colon + 1);
            let name = rest[colon..].strip_prefix('t').unwrap_or_default();
            format!("{start}{}delText{name}", &rest[..colon])
        };
        let blanks = [' ', '\t', '\r', '\n'];
        let mut new = open.to_string();
        if !text.kept {
            new = with_attribute(&new, "xml:space", "preserve");
            let lead = content.len() - content.trim_start_matches(blanks).len();
            let trail = content.trim_end_matches(blanks).len().max(lead);
            for bytes in [0..lead, trail..content.len()].into_iter().filter(|bytes| !bytes.is_empty()) {
                edits.replace(text.open.end + bytes.start..text.open.end + bytes.end, "");
            }
        }
        if self.deleted_from(text.open.end) {
            new = rename(&new, "<");
        }
        if new != open {
            edits.replace(text.open.clone(), new);
        }
        if self.deleted_before(text.close.start) {
            edits.replace(text.close.clone(), rename(close, "</"));
        }
    }
}

impl Item {
    fn words(self) -> String {
        match self {
            Item::Words(words) => words,
            Item::Between(_) => String::new(),
        }
    }

    fn clone_words(&self) -> &str {
        match self {
            Item::Words(words) => words,
            Item::Between(_) => "",
        }
    }
}

fn name(deleted: bool) -> &'static str {
    if deleted { "delText" } else { "t" }
}

/// Words as an element of a run.
pub fn element(words: &str, prefix: &str) -> String {
    match words.is_empty() {
        true => String::new(),
        false => format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", within(words, prefix, false)),
    }
}

/// Words as they stand in a text; breaks are elements, but in a formula.
fn within(words: &str, prefix: &str, formula: bool) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find([LINE_BREAK, PAGE_BREAK, '\n', '\t']) {
        let sign = match rest[at..].chars().next() {
            _ if formula => None,
            Some('\t') => Some("tab/".to_string()),
            Some(PAGE_BREAK) => Some(format!("br {prefix}type=\"page\"/")),
            _ => Some("br/".to_string()),
        };
        out += &escaped(&rest[..at]);
        out += &sign.map_or(" ".into(), |s| format!("</{prefix}t><{prefix}{s}><{prefix}t xml:space=\"preserve\">"));
        rest = &rest[at + 1..];
    }
    out + &escaped(rest)
}
