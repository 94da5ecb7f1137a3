//! The package of an .xlsx or .xlsm with changed parts: all others are copied as they are,
//! still compressed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::cells::{Bases, RELATIONS, STRICT_RELATIONS, Sheet};
use super::comments::{MAIN, STRICT_MAIN};
use super::edit::{Edits, Element, Kind, Tags, attribute, escaped, number};
use super::error::MarkError;
use super::findings::{Marks, Spot};
use super::marked::Marked;
use super::styles::Styles;
use super::{comments, earlier, list, vml};
use crate::dataset::PAIRS_SHEET;
use crate::diagnostic::cell_name;
use crate::source::package::{Package, PackageError};
use crate::source::xlsx;

const TYPES: &str = "[Content_Types].xml";
const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                            xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.";

/// Marks the workbook of a package.
pub fn patch(bytes: &[u8], marks: &Marks) -> Result<Marked, MarkError> {
    let mut desk = Desk::open(bytes)?;
    let spots = marks.spots();
    let mut styles = Styles::read(match &desk.book.styles {
        Some(part) => desk.required(&part.clone())?,
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
        desk.put(&part, text);
    }
    let list = earlier.and_then(|earlier| sheets.iter().find(|(name, _)| *name == earlier.list));
    let list = match list {
        Some((_, part)) => desk.emptied(part)?,
        None => desk.listed(list::NAME, &sheets)?,
    };
    let text = list::part(marks, &kept, desk.space(), &mut styles);
    desk.put(&list, text);
    desk.styles(styles)?;
    desk.finish()
}

/// The package on its way to the copy.
struct Desk<'b> {
    bytes: &'b [u8],
    package: Package<'b>,
    book: xlsx::Book,
    strict: bool,
    /// Parts with their new text, by the stored spelling of their name.
    changed: BTreeMap<String, String>,
    /// New parts in the order in which they are made.
    added: Vec<(String, String)>,
    /// Content types to add: what is inside `Types`.
    types: Vec<String>,
}

impl<'b> Desk<'b> {
    fn open(bytes: &'b [u8]) -> Result<Desk<'b>, MarkError> {
        let mut package = Package::open(bytes)?;
        let book = xlsx::book(&mut package)?;
        let main = package.xml(&book.part)?.unwrap_or_default();
        let strict = main.contains(STRICT_MAIN);
        let (changed, added, types) = (BTreeMap::new(), Vec::new(), Vec::new());
        Ok(Desk { bytes, package, book, strict, changed, added, types })
    }

    fn space(&self) -> &'static str {
        if self.strict { STRICT_MAIN } else { MAIN }
    }

    /// The text of a part as it stands by now.
    fn text(&mut self, part: &str) -> Result<Option<String>, MarkError> {
        if let Some((_, text)) = self.added.iter().find(|(name, _)| name == part) {
            return Ok(Some(text.clone()));
        }
        let Some(stored) = self.package.find(part) else { return Ok(None) };
        match self.changed.get(&stored) {
            Some(text) => Ok(Some(text.clone())),
            None => Ok(self.package.xml(&stored)?),
        }
    }

    fn required(&mut self, part: &str) -> Result<String, MarkError> {
        self.text(part)?.ok_or_else(|| PackageError::Missing(part.to_string()).into())
    }

    /// Puts a part with its new text, or a new part.
    fn put(&mut self, part: &str, text: String) {
        let text = in_utf8(text);
        match self.package.find(part) {
            Some(stored) => {
                self.changed.insert(stored, text);
            }
            None => match self.added.iter_mut().find(|(name, _)| name == part) {
                Some((_, known)) => *known = text,
                None => self.added.push((part.to_string(), text)),
            },
        }
    }

    /// A name for a new part that none has.
    fn free(&self, stem: &str, ending: &str) -> String {
        let taken = |name: &str| self.package.find(name).is_some() || self.added.iter().any(|(known, _)| known == name);
        let names = (1..=u32::MAX).map(|number| format!("{stem}{number}.{ending}"));
        names.into_iter().find(|name| !taken(name)).unwrap_or_default()
    }

    fn r#override(&mut self, part: &str, kind: &str) {
        self.types.push(format!("Override PartName=\"/{part}\" ContentType=\"{TYPE}{kind}\"/"));
    }

    /// Adds a relationship of a part to another and gives its id.
    fn relate(&mut self, part: &str, target: &str, kind: &str) -> Result<String, MarkError> {
        let relations = relations_of(part);
        let text = self.text(&relations)?.unwrap_or_else(|| NO_RELATIONS.to_string());
        let taken = |id: &String| [format!("\"{id}\""), format!("'{id}'")].iter().any(|q| text.contains(q.as_str()));
        let id = (1..=u32::MAX).map(|n| format!("rId{n}")).find(|id| !taken(id)).unwrap_or_default();
        let space = if self.strict { STRICT_RELATIONS } else { RELATIONS };
        let new = append_to_root(&text, |p| {
            format!("<{p}Relationship Id=\"{id}\" Type=\"{space}/{kind}\" Target=\"/{target}\"/>")
        })?;
        self.put(&relations, new);
        Ok(id)
    }

    /// What a part of a sheet names.
    fn named_by(&mut self, part: &str) -> Result<BTreeMap<String, xlsx::Relation>, MarkError> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(xlsx::relations(&mut self.package, &relations_of(part), folder)?)
    }

    /// Takes the marks of an earlier marking out of a sheet.
    fn unmark(
        &mut self,
        part: &str,
        fills: Option<&BTreeMap<(u32, u32), String>>,
        styles: &mut Styles,
    ) -> Result<(), MarkError> {
        let text = earlier::unfilled(&self.required(part)?, fills, styles)?;
        self.put(part, text);
        let relations = self.named_by(part)?;
        let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
        let Some(comments) = of_kind("comments") else { return Ok(()) };
        let (text, gone) = earlier::uncommented(&self.required(&comments)?)?;
        self.put(&comments, text);
        if let Some(drawing) = of_kind("vmlDrawing") {
            let text = vml::without(&self.drawing(&drawing)?, &gone);
            self.put(&drawing, text);
        }
        Ok(())
    }

    /// The part of an earlier list, to be written anew: nothing that it names is needed.
    fn emptied(&mut self, part: &str) -> Result<String, MarkError> {
        let relations = relations_of(part);
        if self.package.find(&relations).is_some() {
            self.put(&relations, NO_RELATIONS.to_string());
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
        let text = self.required(part)?;
        let mut sheet = Sheet::read(&text, spots, styles)?;
        let relations = self.named_by(part)?;
        let known = relations.values().find(|r| r.kind == "comments").map(|r| r.target.clone());
        let comments = match known {
            Some(known) => known,
            None => {
                let new = self.free("xl/comments", "xml");
                self.put(&new, comments::empty(self.strict));
                self.r#override(&new, "spreadsheetml.comments+xml");
                self.relate(part, &new, "comments")?;
                new
            }
        };
        let (new, fresh) = comments::add(&self.required(&comments)?, spots)?;
        self.put(&comments, new);
        let boxes = || fresh.iter().filter_map(|at| Some((*at, spots.get(at)?)));
        let known = sheet.drawing.clone().and_then(|id| relations.get(&id)).map(|r| r.target.clone());
        match known {
            Some(known) => {
                let drawing = self.drawing(&known)?;
                if let Some(new) = vml::add(&drawing, boxes(), &sheet) {
                    self.put(&known, new);
                }
            }
            None if !fresh.is_empty() => {
                let new = self.free("xl/drawings/vmlDrawing", "vml");
                let drawing = vml::empty(self.free_block()?, fresh.len());
                self.put(&new, vml::add(&drawing, boxes(), &sheet).unwrap_or(drawing));
                let id = self.relate(part, &new, "vmlDrawing")?;
                sheet.name_drawing(&id, self.strict);
            }
            None => {}
        }
        let bases = std::mem::take(&mut sheet.bases);
        self.put(part, sheet.edits.apply(&text));
        Ok(bases)
    }

    /// The text of a drawing; Excel itself has written some that are no XML.
    fn drawing(&mut self, part: &str) -> Result<String, MarkError> {
        if let Some(stored) = self.package.find(part)
            && !self.changed.contains_key(&stored)
        {
            let bytes = self.package.bytes(&stored)?.unwrap_or_default();
            return String::from_utf8(bytes).map_err(|_| PackageError::NotText(part.to_string()).into());
        }
        self.required(part)
    }

    fn free_block(&mut self) -> Result<u32, MarkError> {
        let is_drawing = |name: &&String| name.to_lowercase().ends_with(".vml");
        let names: Vec<String> = self.package.names().iter().filter(is_drawing).cloned().collect();
        let mut drawings: Vec<String> = Vec::new();
        for name in names {
            drawings.extend(self.drawing(&name).ok());
        }
        let own = self.added.iter().filter(|(name, _)| name.ends_with(".vml")).map(|(_, text)| text.as_str());
        Ok(vml::free_block(drawings.iter().map(String::as_str).chain(own)))
    }

    /// Names a sheet behind all others and gives its part.
    fn listed(&mut self, wanted: &str, sheets: &[(String, String)]) -> Result<String, MarkError> {
        let part = self.free("xl/worksheets/sheet", "xml");
        self.put(&part, String::new());
        self.r#override(&part, "spreadsheetml.worksheet+xml");
        let book = self.book.part.clone();
        let id = self.relate(&book, &part, "worksheet")?;
        let text = self.required(&book)?;
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
        self.put(&book, edits.apply(&text));
        Ok(part)
    }

    fn styles(&mut self, styles: Styles) -> Result<(), MarkError> {
        let text = styles.finish();
        match self.book.styles.clone() {
            Some(part) => self.put(&part, text),
            None => {
                let (part, book) = (self.free("xl/styles", "xml"), self.book.part.clone());
                self.put(&part, text);
                self.r#override(&part, "spreadsheetml.styles+xml");
                self.relate(&book, &part, "styles")?;
            }
        }
        Ok(())
    }

    /// The archive, and the ending that its kind of workbook has.
    fn finish(mut self) -> Result<Marked, MarkError> {
        let types = self.required(TYPES)?;
        let drawings = self.added.iter().any(|(name, _)| name.ends_with(".vml"));
        if drawings && !types.to_lowercase().contains("extension=\"vml\"") {
            self.types.insert(0, format!("Default Extension=\"vml\" ContentType=\"{TYPE}vmlDrawing\"/"));
        }
        let new = std::mem::take(&mut self.types);
        let text = append_to_root(&types, |p| new.iter().map(|item| format!("<{p}{item}>")).collect())?;
        self.put(TYPES, text);
        let ending = match &types {
            t if t.contains("sheet.macroEnabled.main+xml") => "xlsm",
            t if t.contains("template.macroEnabled.main+xml") => "xltm",
            t if t.contains("spreadsheetml.template.main+xml") => "xltx",
            _ => "xlsx",
        };
        let mut archive = ZipArchive::new(Cursor::new(self.bytes))?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + (64 << 10))));
        // The earliest time that the format knows, for want of a clock; speed before size.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(DateTime::default());
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at)?;
            let name = file.name().to_string();
            match self.changed.get(&name) {
                Some(text) => {
                    writer.start_file(name, options)?;
                    writer.write_all(text.as_bytes()).map_err(zip::result::ZipError::from)?;
                }
                None => writer.raw_copy_file(file)?,
            }
        }
        for (name, text) in &self.added {
            writer.start_file(name.as_str(), options)?;
            writer.write_all(text.as_bytes()).map_err(zip::result::ZipError::from)?;
        }
        Ok(Marked { bytes: writer.finish()?.into_inner(), ending, remade: None })
    }
}

/// `xl/worksheets/_rels/sheet1.xml.rels`
fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_string()
}

/// The text with more at the end of its root element.
fn append_to_root(text: &str, children: impl Fn(&str) -> String) -> Result<String, MarkError> {
    let (mut tags, mut root, mut prefix) = (Tags::new(text), None, "");
    while let Some(tag) = tags.step()? {
        match (tag.depth, tag.kind) {
            (0, Kind::Open | Kind::Empty) => {
                prefix = tag.prefix();
                root = Some(Element { open: tag.span, close: None });
            }
            (0, Kind::Close) => root.iter_mut().for_each(|r: &mut Element| r.close = Some(tag.span.clone())),
            _ => {}
        }
    }
    let root = root.ok_or(MarkError::Broken)?;
    let (mut edits, open) = (Edits::default(), text[root.open.clone()].to_string());
    edits.append(text, &root, &open, &children(prefix));
    Ok(edits.apply(text))
}

/// A part that was UTF-16 is written as UTF-8, and must say so.
fn in_utf8(text: String) -> String {
    let Some(end) = text.find("?>").filter(|_| text.starts_with("<?xml")) else { return text };
    if !text[..end].to_lowercase().contains("utf-16") {
        return text;
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{}", &text[end + 2..])
}
