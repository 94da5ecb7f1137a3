//! `styles.xml`: what a named style says, with all that it is based on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{DocxError, MAX_STYLES, in_part};
use super::format::{face_over, paragraph_properties, run_properties, set_over};
use super::limits::within;
use super::model::{Face, Setting};
use crate::source::package::Package;
use crate::source::xml::{Step, XmlReader, attribute, flag, name};

/// Styles based on each other; more are a circle.
const DEEPEST: usize = 30;

/// One style as written.
#[derive(Clone, Debug, Default)]
struct Written {
    name: Arc<str>,
    based_on: Option<String>,
    set: Setting,
    face: Face,
}

/// A style with all that it is based on.
#[derive(Clone, Debug, Default)]
pub struct Style {
    pub name: Arc<str>,
    pub set: Setting,
    pub face: Face,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub struct Styles {
    written: BTreeMap<String, Written>,
    /// What all text has.
    face: Face,
    set: Setting,
    /// Of paragraphs that name none.
    usual: Option<String>,
    known: BTreeMap<String, Style>,
}

impl Styles {
    /// Reads the part; a file without it has none.
    pub fn read(package: &mut Package<'_>, part: Option<&str>) -> Result<Styles, DocxError> {
        let mut styles = Styles::default();
        let Some(part) = part else { return Ok(styles) };
        let Some(text) = package.xml(part)? else { return Ok(styles) };
        let mut reader = XmlReader::new(&text);
        loop {
            match reader.step().map_err(in_part(part))? {
                Step::End => return Ok(styles),
                Step::Open(element) => match name(&element) {
                    b"rPrDefault" | b"pPrDefault" => {}
                    b"rPr" => styles.face = run_properties(&mut reader).map_err(in_part(part))?.0,
                    b"pPr" => styles.set = paragraph_properties(&mut reader).map_err(in_part(part))?.set,
                    b"style" => {
                        let id = attribute(&element, "styleId").unwrap_or_default().into_owned();
                        let paragraph = attribute(&element, "type").as_deref() == Some("paragraph");
                        if paragraph && flag(&element, "default") {
                            styles.usual = Some(id.clone());
                        }
                        let style = one(&mut reader, part)?;
                        within(styles.written.len(), "样式", MAX_STYLES)?;
                        styles.written.entry(id).or_insert(style);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// The style of a paragraph: by its id, or the usual one.
    pub fn paragraph(&mut self, id: Option<&str>) -> Style {
        let id = id.filter(|id| self.written.contains_key(*id)).map(str::to_string).or_else(|| self.usual.clone());
        let Some(id) = id else {
            return Style { name: "".into(), set: self.set.clone(), face: self.face.clone() };
        };
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let (mut set, mut face) = (self.set.clone(), self.face.clone());
        for style in self.chain(&id).iter().rev() {
            set = set_over(&set, &style.set);
            face = face_over(&face, &style.face);
        }
        let style = Style { name: self.written[&id].name.clone(), set, face };
        self.known.insert(id, style.clone());
        style
    }

    /// What a style of characters says.
    pub fn characters(&self, id: &str) -> Face {
        self.chain(id).iter().rev().fold(Face::default(), |face, style| face_over(&face, &style.face))
    }

    /// The style and those that it is based on, itself first.
    fn chain(&self, id: &str) -> Vec<&Written> {
        let mut chain = Vec::new();
        let mut next = self.written.get(id);
        while let Some(style) = next.filter(|_| chain.len() < DEEPEST) {
            chain.push(style);
            next = style.based_on.as_ref().and_then(|id| self.written.get(id));
        }
        chain
    }
}

/// Reads `w:style` to its end.
fn one(reader: &mut XmlReader<'_>, part: &str) -> Result<Written, DocxError> {
    let mut style = Written::default();
    let target = reader.depth.saturating_sub(1);
    while reader.depth > target {
        let Step::Open(element) = reader.step().map_err(in_part(part))? else { continue };
        match name(&element) {
            b"name" => style.name = attribute(&element, "val").unwrap_or_default().trim().into(),
            b"basedOn" => style.based_on = attribute(&element, "val").map(|id| id.into_owned()),
            b"rPr" => style.face = run_properties(reader).map_err(in_part(part))?.0,
            b"pPr" => style.set = paragraph_properties(reader).map_err(in_part(part))?.set,
            // Of parts of tables, which are no text of their own.
            b"tblStylePr" => reader.skip().map_err(in_part(part))?,
            _ => {}
        }
    }
    Ok(style)
}
