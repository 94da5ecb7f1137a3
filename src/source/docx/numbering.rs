//! `numbering.xml`: the numbers that Word writes before paragraphs, counted as Word counts.

use std::collections::BTreeMap;

use super::error::{DocxError, MAX_STYLES, in_part};
use super::limits::within;
use super::model::Number;
use crate::source::package::Package;
use crate::source::xml::{Step, XmlReader, attribute, name};

/// Levels of one list.
const LEVELS: usize = 9;

/// How one level is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    /// `%1.%2`: the numbers of the levels at their places.
    text: String,
    start: u32,
    /// All numbers of it in western digits (`w:isLgl`).
    plain: bool,
}

/// A kind of list: its levels.
type Levels = [Level; LEVELS];

/// The lists of a file and how far each has been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    kinds: BTreeMap<u32, Levels>,
    /// Kind of each list.
    lists: BTreeMap<u32, u32>,
    /// What a list changes of its kind: where it starts.
    starts: BTreeMap<(u32, usize), u32>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads the part; a file without it has no lists.
    pub fn read(package: &mut Package<'_>, part: Option<&str>) -> Result<Numbering, DocxError> {
        let mut found = Numbering::default();
        let Some(part) = part else { return Ok(found) };
        let Some(text) = package.xml(part)? else { return Ok(found) };
        let mut reader = XmlReader::new(&text);
        loop {
            match reader.step().map_err(in_part(part))? {
                Step::End => return Ok(found),
                Step::Open(element) if name(&element) == b"abstractNum" => {
                    let id = attribute(&element, "abstractNumId").and_then(|id| id.parse().ok());
                    let levels = levels(&mut reader, part)?;
                    within(found.kinds.len(), "编号", MAX_STYLES)?;
                    found.kinds.extend(id.map(|id| (id, levels)));
                }
                Step::Open(element) if name(&element) == b"num" => {
                    let id = attribute(&element, "numId").and_then(|id| id.parse().ok());
                    within(found.lists.len() + found.starts.len(), "编号", MAX_STYLES)?;
                    found.list(id, &mut reader, part)?;
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, id: Option<u32>, reader: &mut XmlReader<'_>, part: &str) -> Result<(), DocxError> {
        let target = reader.depth.saturating_sub(1);
        let mut level = 0;
        while reader.depth > target {
            let Step::Open(element) = reader.step().map_err(in_part(part))? else { continue };
            let value = || attribute(&element, "val").and_then(|value| value.trim().parse::<u32>().ok());
            match name(&element) {
                b"abstractNumId" => self.lists.extend(id.zip(value())),
                b"lvlOverride" => {
                    level = attribute(&element, "ilvl").and_then(|value| value.trim().parse().ok()).unwrap_or(0);
                }
                b"startOverride" => self.starts.extend(id.zip(value()).map(|(id, start)| ((id, level), start))),
                _ => {}
            }
        }
        Ok(())
    }

    /// The number of the next paragraph of a list; `None` where the list writes none.
    pub fn next(&mut self, list: u32, level: u8) -> Option<Number> {
        let kind = *self.lists.get(&list)?;
        let levels = self.kinds.get(&kind)?;
        let at = usize::from(level).min(LEVELS - 1);
        let start = |of: usize| self.starts.get(&(list, of)).copied().unwrap_or(levels[of].start);
        // Lists of one kind go on with each other's numbers, unless one has a start of its own.
        let own = (0..LEVELS).any(|of| self.starts.contains_key(&(list, of)));
        let counts = self.counts.entry(if own { list.wrapping_add(1 << 31) } else { kind }).or_default();
        counts[at] = Some(counts[at].map_or(start(at), |n| n.saturating_add(1)));
        counts[at + 1..].fill(None);
        let own = &levels[at];
        if own.format == "none" || own.text.is_empty() {
            return None;
        }
        if own.format == "bullet" {
            return Some(Number { text: own.text.clone(), bullet: true, level });
        }
        let mut text = String::new();
        let mut signs = own.text.chars().peekable();
        while let Some(c) = signs.next() {
            let digit = signs.peek().and_then(|c| c.to_digit(10)).filter(|d| c == '%' && (1..=9).contains(d));
            let Some(digit) = digit else {
                text.push(c);
                continue;
            };
            signs.next();
            let of = digit as usize - 1;
            let n = counts[of].unwrap_or_else(|| start(of));
            let format = if own.plain { "decimal" } else { &levels[of].format };
            text.push_str(&written(n, format));
        }
        Some(Number { text, bullet: false, level })
    }
}

fn levels(reader: &mut XmlReader<'_>, part: &str) -> Result<Levels, DocxError> {
    let mut levels: Levels = std::array::from_fn(|_| Level { start: 1, ..Level::default() });
    let (target, mut at) = (reader.depth.saturating_sub(1), LEVELS);
    while reader.depth > target {
        let Step::Open(element) = reader.step().map_err(in_part(part))? else { continue };
        let value = || attribute(&element, "val").unwrap_or_default();
        if name(&element) == b"lvl" {
            at = attribute(&element, "ilvl").and_then(|level| level.trim().parse().ok()).unwrap_or(LEVELS);
            continue;
        }
        let Some(level) = levels.get_mut(at) else { continue };
        match name(&element) {
            b"numFmt" => level.format = value().into_owned(),
            b"lvlText" => level.text = value().chars().take(40).collect(),
            b"start" => level.start = value().trim().parse().unwrap_or(1),
            b"isLgl" => level.plain = true,
            _ => {}
        }
    }
    Ok(levels)
}

/// A number as a format writes it; formats that reports do not have as digits.
fn written(n: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "chineseLegalSimplified" => chinese(n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => {
            char::from_u32(0x2460 + n - 1).map(String::from).unwrap_or_default()
        }
        "decimalFullWidth" | "decimalFullWidth2" => {
            n.to_string().chars().filter_map(|c| char::from_u32(c as u32 - 0x30 + 0xFF10)).collect()
        }
        "decimalZero" => format!("{n:02}"),
        "lowerLetter" if (1..=26).contains(&n) => char::from(b'a' + (n - 1) as u8).to_string(),
        "upperLetter" if (1..=26).contains(&n) => char::from(b'A' + (n - 1) as u8).to_string(),
        _ => n.to_string(),
    }
}

/// 一, 十二, 九十九; above, digits.
fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    match n {
        0..=9 => digit(n).into(),
        10..=19 => format!("十{}", if n == 10 { "" } else { digit(n) }),
        20..=99 => format!("{}十{}", digit(n / 10), if n.is_multiple_of(10) { "" } else { digit(n) }),
        _ => n.to_string(),
    }
}
