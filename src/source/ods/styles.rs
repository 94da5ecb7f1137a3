//! What the cell styles of an .ods say about numbers. The text that a cell shows is written in
//! the file; the style says what it means (ODF 1.3 part 3, 16.29).

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use crate::source::number::NumberKind;
use crate::source::number_format::{Condition, NumberFormat, Section};
use crate::source::xml::{Step, XmlError, XmlReader, attribute, name};

/// Longest chain of cell styles, each resting on another.
const MAX_PARENTS: usize = 16;

#[derive(Default)]
pub struct Styles {
    cells: BTreeMap<String, CellStyle>,
    data: BTreeMap<String, DataStyle>,
    formats: BTreeMap<String, NumberFormat>,
    /// Styles of sheets that are not displayed.
    hidden: Vec<String>,
}

#[derive(Default)]
struct CellStyle {
    data: Option<String>,
    parent: Option<String>,
}

/// A style of numbers: its own section and those that a condition puts before it.
#[derive(Clone, Default)]
struct DataStyle {
    kind: NumberKind,
    shift: u8,
    shows_number: bool,
    /// As many decimals as the number has, nothing around it.
    general: bool,
    maps: Vec<(Condition, String)>,
}

impl Styles {
    /// Takes a style in; to be called for each element outside the sheets.
    pub fn take(&mut self, reader: &mut XmlReader<'_>, element: &BytesStart<'_>) -> Result<(), XmlError> {
        match name(element) {
            b"style" => self.style(reader, element),
            b"number-style" | b"currency-style" | b"text-style" | b"boolean-style" | b"date-style" | b"time-style" => {
                self.data_style(reader, element, NumberKind::Plain)
            }
            b"percentage-style" => self.data_style(reader, element, NumberKind::Percent),
            _ => Ok(()),
        }
    }

    fn style(&mut self, reader: &mut XmlReader<'_>, element: &BytesStart<'_>) -> Result<(), XmlError> {
        let get = |key| attribute(element, key).map(|v| v.into_owned());
        let (Some(named), Some(family)) = (get("name"), get("family")) else { return Ok(()) };
        if family == "table-cell" {
            self.cells.insert(named, CellStyle { data: get("data-style-name"), parent: get("parent-style-name") });
        } else if family == "table" {
            let target = reader.depth - 1;
            while reader.depth > target {
                match reader.step()? {
                    Step::Open(inner)
                        if name(&inner) == b"table-properties"
                            && attribute(&inner, "display").as_deref() == Some("false") =>
                    {
                        self.hidden.push(named.clone());
                    }
                    Step::End => break,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn data_style(
        &mut self,
        reader: &mut XmlReader<'_>,
        element: &BytesStart<'_>,
        kind: NumberKind,
    ) -> Result<(), XmlError> {
        let named = attribute(element, "name").unwrap_or_default().into_owned();
        let target = reader.depth - 1;
        let mut style = DataStyle { kind, ..DataStyle::default() };
        let (mut before, mut behind) = (String::new(), String::new());
        while reader.depth > target {
            let inner = match reader.step()? {
                Step::Open(inner) => inner,
                Step::End => break,
                _ => continue,
            };
            match name(&inner) {
                b"number" => {
                    style.number(&inner);
                    style.shift += written_point(reader)?;
                }
                b"scientific-number" | b"fraction" => style.shows_number = true,
                b"text" if style.shows_number => behind.push_str(&reader.text()?),
                b"text" => before.push_str(&reader.text()?),
                b"map" => {
                    let condition = attribute(&inner, "condition").unwrap_or_default();
                    let condition = condition.trim().strip_prefix("value()").and_then(|c| Condition::parse(c.trim()));
                    if let (Some(condition), Some(apply)) = (condition, attribute(&inner, "apply-style-name")) {
                        style.maps.push((condition, apply.into_owned()));
                    }
                }
                _ => {}
            }
        }
        style.general &= before.is_empty() && behind.is_empty() && style.maps.is_empty();
        if kind == NumberKind::Plain {
            // A sign that is only written: 78.3 is shown 78.3%.
            match behind.trim_start().chars().next() {
                Some('%' | '％') => (style.kind, style.shift) = (NumberKind::Percent, style.shift + 2),
                Some('‰') => (style.kind, style.shift) = (NumberKind::PerMille, style.shift + 3),
                _ => {}
            }
        }
        self.data.insert(named, style);
        Ok(())
    }

    /// Puts the styles together, once all are known.
    pub fn finish(&mut self) {
        for cell in self.cells.keys() {
            let mut at = self.cells.get(cell);
            let mut steps = 0;
            while let Some(style) = at.filter(|s| s.data.is_none() && steps < MAX_PARENTS) {
                at = style.parent.as_ref().and_then(|p| self.cells.get(p));
                steps += 1;
            }
            let data = at.and_then(|s| s.data.as_ref()).and_then(|d| self.data.get(d));
            if let Some(data) = data.filter(|d| !d.general) {
                self.formats.insert(cell.clone(), self.format(data));
            }
        }
    }

    fn format(&self, style: &DataStyle) -> NumberFormat {
        let section = |s: &DataStyle, condition| Section::meaning(s.kind, s.shift, condition, s.shows_number);
        let mut sections: Vec<Section> = (style.maps.iter())
            .filter_map(|(condition, apply)| self.data.get(apply).map(|s| section(s, Some(*condition))))
            .collect();
        sections.push(section(style, None));
        NumberFormat::of_sections(sections)
    }

    /// The format of a cell style; `None` for numbers that are shown as they are.
    pub fn format_of(&self, cell_style: &str) -> Option<&NumberFormat> {
        self.formats.get(cell_style)
    }

    pub fn hides(&self, table_style: &str) -> bool {
        self.hidden.iter().any(|h| h == table_style)
    }
}

impl DataStyle {
    fn number(&mut self, element: &BytesStart<'_>) {
        self.shows_number = true;
        let get = |key| attribute(element, key);
        self.general = get("decimal-places").is_none()
            && get("grouping").as_deref() != Some("true")
            && get("min-integer-digits").is_none_or(|d| matches!(d.trim(), "0" | "1"));
        let factor = get("display-factor").unwrap_or_default();
        let zeros = factor.trim().strip_prefix('1').filter(|rest| rest.bytes().all(|b| b == b'0'));
        self.shift += zeros.map_or(0, |z| z.len().min(30) as u8);
        self.general &= self.shift == 0;
    }
}

/// Power of ten of a point that is only written between the digits (`0"."0`): the number of
/// digits behind it. Reads to the end of the element.
fn written_point(reader: &mut XmlReader<'_>) -> Result<u8, XmlError> {
    let target = reader.depth - 1;
    let (mut points, mut behind) = (0, 0);
    while reader.depth > target {
        match reader.step()? {
            Step::Open(inner) if name(&inner) == b"embedded-text" => {
                let position = attribute(&inner, "position").and_then(|p| p.trim().parse::<u8>().ok()).unwrap_or(0);
                if reader.text()? == "." {
                    (points, behind) = (points + 1, position.min(20));
                }
            }
            Step::End => break,
            _ => {}
        }
    }
    Ok(if points == 1 { behind } else { 0 })
}
