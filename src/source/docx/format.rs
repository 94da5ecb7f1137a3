//! Properties of runs and paragraphs: `w:rPr` and `w:pPr`, of styles and of the text alike.

use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::model::{Aligned, Face, Section, Setting};
use crate::source::small::Raise;
use crate::source::xml::{Step, XmlError, XmlReader, attribute, attributes, name};

/// What `w:pPr` says.
#[derive(Clone, Debug, Default)]
pub struct ParagraphProperties {
    pub style: Option<String>,
    pub set: Setting,
    /// Of the paragraph's mark.
    pub face: Face,
    pub section: Option<Section>,
    /// The mark is deleted: the paragraph goes on with the next one.
    pub joined: bool,
}

/// The value of an on-off property: without a value it is on.
fn on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

fn number<T: std::str::FromStr>(element: &BytesStart<'_>) -> Option<T> {
    attribute(element, "val")?.trim().parse().ok()
}

/// Reads `w:rPr` to its end; the name of a style of characters is given beside.
pub fn run_properties(reader: &mut XmlReader<'_>) -> Result<(Face, Option<String>, bool), XmlError> {
    let (mut face, mut style, mut deleted) = (Face::default(), None, false);
    let target = reader.depth.saturating_sub(1);
    while reader.depth > target {
        let Step::Open(element) = reader.step()? else { continue };
        match name(&element) {
            b"b" => face.bold = Some(on(&element)),
            b"i" => face.italic = Some(on(&element)),
            b"u" => face.underline = Some(on(&element)),
            b"vanish" => face.hidden = Some(on(&element)),
            b"sz" => face.size = number(&element),
            b"vertAlign" => {
                face.raised = Some(match attribute(&element, "val").as_deref() {
                    Some("superscript") => Some(Raise::Up),
                    Some("subscript") => Some(Raise::Down),
                    _ => None,
                });
            }
            b"color" => {
                let colour = attribute(&element, "val").unwrap_or_default();
                face.coloured = Some(!matches!(&*colour, "auto" | "000000" | ""));
            }
            b"rStyle" => style = attribute(&element, "val").map(|id| id.into_owned()),
            b"rFonts" => {
                let [east, plain] = attributes(&element, ["eastAsia", "ascii"]);
                if let Some(east) = east.or(plain) {
                    face.east = Some(Arc::from(&*east));
                }
            }
            b"del" | b"moveFrom" => deleted = true,
            // What it was before a tracked change.
            b"rPrChange" => reader.skip()?,
            _ => {}
        }
    }
    Ok((face, style, deleted))
}

/// Reads `w:pPr` to its end.
pub fn paragraph_properties(reader: &mut XmlReader<'_>) -> Result<ParagraphProperties, XmlError> {
    let mut found = ParagraphProperties::default();
    let target = reader.depth.saturating_sub(1);
    while reader.depth > target {
        let Step::Open(element) = reader.step()? else { continue };
        let set = &mut found.set;
        match name(&element) {
            b"pStyle" => found.style = attribute(&element, "val").map(|id| id.into_owned()),
            b"jc" => set.aligned = attribute(&element, "val").map(|value| aligned(&value)),
            b"outlineLvl" => set.outline = number::<u8>(&element).map(|level| level.saturating_add(1).min(10)),
            b"ilvl" => set.list.0 = number(&element),
            b"numId" => set.list.1 = number(&element),
            b"pageBreakBefore" => set.page_break = Some(on(&element)),
            b"ind" => set.first_line = first_line(&element).or(set.first_line),
            b"rPr" => {
                let (face, _, deleted) = run_properties(reader)?;
                found.face = face;
                found.joined = deleted;
            }
            b"sectPr" => found.section = Some(section(reader)?),
            b"pPrChange" => reader.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

fn aligned(value: &str) -> Aligned {
    match value {
        "center" => Aligned::Center,
        "right" | "end" => Aligned::Right,
        _ => Aligned::Left,
    }
}

fn first_line(element: &BytesStart<'_>) -> Option<bool> {
    let [chars, twips] = attributes(element, ["firstLineChars", "firstLine"]);
    let value = chars.or(twips)?;
    Some(value.trim().parse::<i32>().is_ok_and(|indent| indent > 0))
}

/// Reads `w:sectPr` to its end.
pub fn section(reader: &mut XmlReader<'_>) -> Result<Section, XmlError> {
    let mut section = Section { new_page: true, ..Section::default() };
    let target = reader.depth.saturating_sub(1);
    while reader.depth > target {
        let Step::Open(element) = reader.step()? else { continue };
        match name(&element) {
            b"pgSz" => section.landscape = attribute(&element, "orient").as_deref() == Some("landscape"),
            b"cols" => {
                let count = attribute(&element, "num").and_then(|n| n.trim().parse::<u32>().ok());
                section.columns = count.is_some_and(|count| count > 1);
            }
            b"type" => section.new_page = attribute(&element, "val").as_deref() != Some("continuous"),
            b"sectPrChange" => reader.skip()?,
            _ => {}
        }
    }
    Ok(section)
}

/// What is said later stands over what is said before.
pub fn face_over(below: &Face, over: &Face) -> Face {
    Face {
        bold: over.bold.or(below.bold),
        italic: over.italic.or(below.italic),
        underline: over.underline.or(below.underline),
        size: over.size.or(below.size),
        east: over.east.clone().or_else(|| below.east.clone()),
        coloured: over.coloured.or(below.coloured),
        hidden: over.hidden.or(below.hidden),
        raised: over.raised.or(below.raised),
    }
}

/// The same of paragraphs.
pub fn set_over(below: &Setting, over: &Setting) -> Setting {
    Setting {
        aligned: over.aligned.or(below.aligned),
        outline: over.outline.or(below.outline),
        list: (over.list.0.or(below.list.0), over.list.1.or(below.list.1)),
        page_break: over.page_break.or(below.page_break),
        first_line: over.first_line.or(below.first_line),
    }
}
