//! The package of an .xlsx or .xlsm with changed parts: all others are copied as they are,
//! still compressed.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Bases, Sheet};
use super::comments::{MAIN, STRICT_MAIN};
use super::error::MarkError;
use super::findings::{Marks, Spot};
use super::marked::Marked;
use super::styles::Styles;
use super::{comments, earlier, list, vml};
use crate::dataset::PAIRS_SHEET;
use crate::diagnostic::cell_name;
use crate::revise::edit::{Edits, Element, Kind, Tags, attribute, escaped, number};
use crate::revise::parts::{NO_RELATIONS, Parts, RELATIONS, STRICT_RELATIONS, relations_of};
use crate::source::package::PackageError;
use crate::source::xlsx;

const TYPE: &str = "application/vnd.openxmlformats-officedocument.";

/// Marks the workbook of a package.
pub fn patch(bytes: &[u8], marks: &Marks) -> Result<Marked, MarkError> {
    let mut desk = Desk::open(bytes)?;
    let spots = marks.spots();
    let mut styles = Styles::read(match &desk.book.styles {
        Some(part) => desk.parts.required(&part.clone())?,
        None => format!("<styleSheet xmlns=\"{}\"></styleSheet>", desk.space()),
    })?;
    let sheets: Vec<(String, String)> = desk.book.sheets.iter().map(|s| (s.name.clone(), s.part.clone())).collect();
    // A workbook is read a second time only where it may have an earlier list.
    let may = styles.has_marks() && sheets.iter().any(|(name, _)| name.starts_with(list::NAME));
    let earlier = if may { earlier::find(bytes) } else { None };
    let mut kept = Vec::new();
    for (name, part) in &sheets {
        if let Some(earlier) = earlier.as_ref().filter(|earlier| earlier.list != *name) {
            desk.unmark(part, earlier.fills.get(name), &mut styles)?;
        }
        if let Some(spots) = spots.get(name.as_str()) {
            let bases = desk.sheet(part, spots, &mut styles)?;
            let place = |(row, column)| format!("{name}!{}", cell_name(row, column));
            kept.extend(bases.into_iter().map(|(at, style)| (place(at), styles.fill_of(style))));
        }
    }
    if !marks.pairs.is_empty() {
        let part = desk.listed(PAIRS_SHEET, &sheets)?;
        let text = list::pairs(marks, desk.space(), &mut styles);
        desk.parts.put(&part, text);
    }
    let list = earlier.and_then(|earlier| sheets.iter().find(|(name, _)| *name == earlier.list));
    let list = match list {
        Some((_, part)) => desk.emptied(part)?,
        None => desk.listed(list::NAME, &sheets)?,
    };
    let text = list::part(marks, &kept, desk.space(), &mut styles);
    desk.parts.put(&list, text);
    desk.styles(styles)?;
    desk.finish()
}

/// The workbook on its way to the copy.
struct Desk<'b> {
    parts: Parts<'b>,
    book: xlsx::Book,
    strict: bool,
}

impl<'b> Desk<'b> {
    fn open(bytes: &'b [u8]) -> Result<Desk<'b>, MarkError> {
        let mut parts = Parts::open(bytes)?;
        let book = xlsx::book(&mut parts.package)?;
        let main = parts.package.xml(&book.part)?.unwrap_or_default();
        let strict = main.contains(STRICT_MAIN);
        Ok(Desk { parts, book, strict })
    }

    fn space(&self) -> &'static str {
        if self.strict { STRICT_MAIN } else { MAIN }
    }

    /// Takes the marks of an earlier marking out of a sheet.
    fn unmark(
        &mut self,
        part: &str,
        fills: Option<&BTreeMap<(u32, u32), String>>,
        styles: &mut Styles,
    ) -> Result<(), MarkError> {
        let text = earlier::unfilled(&self.parts.required(part)?, fills, styles)?;
        self.parts.put(part, text);
        let relations = self.parts.relations(part)?;
        let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
        let Some(comments) = of_kind("comments") else { return Ok(()) };
        let (text, gone) = earlier::uncommented(&self.parts.required(&comments)?)?;
        self.parts.put(&comments, text);
        if let Some(drawing) = of_kind("vmlDrawing") {
            let text = vml::without(&self.drawing(&drawing)?, &gone);
            self.parts.put(&drawing, text);
        }
        Ok(())
    }

    /// The part of an earlier list, to be written anew: nothing that it names is needed.
    fn emptied(&mut self, part: &str) -> Result<String, MarkError> {
        let relations = relations_of(part);
        if self.parts.package.find(&relations).is_some() {
            self.parts.put(&relations, NO_RELATIONS.to_string());
        }
        Ok(part.to_string())
    }

    /// Fills and comments of one sheet; gives the marked cells with the style that each had.
    fn sheet(
        &mut self,
        part: &str,
        spots: &BTreeMap<(u32, u32), Spot>,
        styles: &mut Styles,
    ) -> Result<Bases, MarkError> {
        let text = self.parts.required(part)?;
        let mut sheet = Sheet::read(&text, spots, styles)?;
        let relations = self.parts.relations(part)?;
        let known = relations.values().find(|r| r.kind == "comments").map(|r| r.target.clone());
        let comments = match known {
            Some(known) => known,
            None => {
                let new = self.parts.free("xl/comments", "xml");
                self.parts.put(&new, comments::empty(self.strict));
                self.parts.r#override(&new, &format!("{TYPE}spreadsheetml.comments+xml"));
                self.parts.relate(part, &new, "comments", self.strict)?;
                new
            }
        };
        let (new, fresh) = comments::add(&self.parts.required(&comments)?, spots)?;
        self.parts.put(&comments, new);
        let boxes = || fresh.iter().filter_map(|at| Some((*at, spots.get(at)?)));
        let known = sheet.drawing.clone().and_then(|id| relations.get(&id)).map(|r| r.target.clone());
        match known {
            Some(known) => {
                let drawing = self.drawing(&known)?;
                if let Some(new) = vml::add(&drawing, boxes(), &sheet) {
                    self.parts.put(&known, new);
                }
            }
            None if !fresh.is_empty() => {
                let new = self.parts.free("xl/drawings/vmlDrawing", "vml");
                let drawing = vml::empty(self.free_block()?, fresh.len());
                self.parts.put(&new, vml::add(&drawing, boxes(), &sheet).unwrap_or(drawing));
                let id = self.parts.relate(part, &new, "vmlDrawing", self.strict)?;
                sheet.name_drawing(&id, self.strict);
            }
            None => {}
        }
        let bases = std::mem::take(&mut sheet.bases);
        self.parts.put(part, sheet.edits.apply(&text));
        Ok(bases)
    }

    /// The text of a drawing; Excel itself has written some that are no XML.
    fn drawing(&mut self, part: &str) -> Result<String, MarkError> {
        if let Some(stored) = self.parts.package.find(part)
            && !self.parts.is_changed(&stored)
        {
            let bytes = self.parts.package.bytes(&stored)?.unwrap_or_default();
            return String::from_utf8(bytes).map_err(|_| PackageError::NotText(part.to_string()).into());
        }
        Ok(self.parts.required(part)?)
    }

    fn free_block(&mut self) -> Result<u32, MarkError> {
        let is_drawing = |name: &&String| name.to_lowercase().ends_with(".vml");
        let names: Vec<String> = self.parts.package.names().iter().filter(is_drawing).cloned().collect();
        let mut drawings: Vec<String> = Vec::new();
        for name in names {
            drawings.extend(self.drawing(&name).ok());
        }
        let own = self.parts.added().filter(|(name, _)| name.ends_with(".vml")).map(|(_, text)| text);
        Ok(vml::free_block(drawings.iter().map(String::as_str).chain(own)))
    }

    /// Names a sheet behind all others and gives its part.
    fn listed(&mut self, wanted: &str, sheets: &[(String, String)]) -> Result<String, MarkError> {
        let part = self.parts.free("xl/worksheets/sheet", "xml");
        self.parts.put(&part, String::new());
        self.parts.r#override(&part, &format!("{TYPE}spreadsheetml.worksheet+xml"));
        let book = self.book.part.clone();
        let id = self.parts.relate(&book, &part, "worksheet", self.strict)?;
        let text = self.parts.required(&book)?;
        let (mut tags, mut last, mut element, mut prefix) = (Tags::new(&text), 0, None, "");
        let mut names: BTreeSet<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
        while let Some(tag) = tags.step()? {
            match (tag.depth, tag.name(), tag.kind) {
                (1, "sheets", Kind::Open) => {
                    prefix = tag.prefix();
                    element = Some(Element { open: tag.span, close: None });
                }
                (1, "sheets", Kind::Close) => {
                    element.iter_mut().for_each(|e: &mut Element| e.close = Some(tag.span.clone()));
                }
                (2, "sheet", Kind::Open | Kind::Empty) => {
                    let raw = &text[tag.span];
                    last = last.max(number(raw, "sheetId").unwrap_or(0));
                    // Chart sheets as well have names.
                    names.extend(attribute(raw, "name"));
                }
                _ => {}
            }
        }
        let element = element.ok_or(MarkError::Broken)?;
        let name = escaped(&list::free_name(wanted, names.iter().map(String::as_str)));
        let space = if self.strict { STRICT_RELATIONS } else { RELATIONS };
        let sheet =
            format!("<{prefix}sheet xmlns:r=\"{space}\" name=\"{name}\" sheetId=\"{}\" r:id=\"{id}\"/>", last + 1);
        let mut edits = Edits::default();
        let open = text[element.open.clone()].to_string();
        edits.append(&text, &element, &open, &sheet);
        self.parts.put(&book, edits.apply(&text));
        Ok(part)
    }

    fn styles(&mut self, styles: Styles) -> Result<(), MarkError> {
        let text = styles.finish();
        match self.book.styles.clone() {
            Some(part) => self.parts.put(&part, text),
            None => {
                let (part, book) = (self.parts.free("xl/styles", "xml"), self.book.part.clone());
                self.parts.put(&part, text);
                self.parts.r#override(&part, &format!("{TYPE}spreadsheetml.styles+xml"));
                self.parts.relate(&book, &part, "styles", self.strict)?;
            }
        }
        Ok(())
    }

    /// The archive, and the ending that its kind of workbook has.
    fn finish(mut self) -> Result<Marked, MarkError> {
        let (types, drawings) = self.parts.types(".vml")?;
        if drawings && !types.to_lowercase().contains("extension=\"vml\"") {
            self.parts.default_type("vml", &format!("{TYPE}vmlDrawing"));
        }
        let ending = match &types {
            t if t.contains("sheet.macroEnabled.main+xml") => "xlsm",
            t if t.contains("template.macroEnabled.main+xml") => "xltm",
            t if t.contains("spreadsheetml.template.main+xml") => "xltx",
            _ => "xlsx",
        };
        Ok(Marked { bytes: self.parts.finish()?, ending, remade: None })
    }
}
