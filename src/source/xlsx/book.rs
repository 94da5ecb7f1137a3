//! The list of sheets and where their parts are.

use std::collections::BTreeMap;

use super::error::{XlsxError, in_part};
use crate::source::date::Epoch;
use crate::source::package::{Package, PackageError};
use crate::source::xml::{Step, XmlReader, attribute, flag, name};

/// A relationship: its kind (the last step of its type) and the part it names.
pub struct Relation {
    pub kind: String,
    pub target: String,
}

/// The workbook part of a package.
pub fn read(package: &mut Package<'_>) -> Result<Book, XlsxError> {
    let part = main_part(package, "xl/workbook.xml")?;
    let Some(text) = package.xml(&part)? else {
        return Err(PackageError::Missing(part).into());
    };
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
    let relations = relations(package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
    let mut book = Book {
        part: part.clone(),
        sheets: Vec::new(),
        epoch: Epoch::From1900,
        styles: of_kind("styles"),
        strings: of_kind("sharedStrings"),
    };
    let mut reader = XmlReader::new(&text);
    loop {
        match reader.step().map_err(in_part(&part))? {
            Step::End => return Ok(book),
            Step::Open(element) => match name(&element) {
                b"workbookPr" if flag(&element, "date1904") => book.epoch = Epoch::From1904,
                b"sheet" => {
                    let relation = attribute(&element, "id").and_then(|id| relations.get(&*id));
                    // Chart and dialogue sheets hold no cells.
                    let Some(relation) = relation.filter(|r| r.kind == "worksheet") else { continue };
                    book.sheets.push(SheetEntry {
                        name: attribute(&element, "name").unwrap_or_default().into_owned(),
                        part: relation.target.clone(),
                        hidden: attribute(&element, "state").is_some_and(|s| s != "visible"),
                    });
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// The part that the package names as its document.
pub fn main_part(package: &mut Package<'_>, usual: &str) -> Result<String, XlsxError> {
    let root = relations(package, "_rels/.rels", "")?;
    let office = root.values().find(|r| r.kind == "officeDocument").map(|r| r.target.clone());
    Ok(office.unwrap_or_else(|| usual.to_string()))
}

pub fn relations(package: &mut Package<'_>, part: &str, folder: &str) -> Result<BTreeMap<String, Relation>, XlsxError> {
    let mut relations = BTreeMap::new();
    let Some(text) = package.xml(part)? else { return Ok(relations) };
    let mut reader = XmlReader::new(&text);
    loop {
        match reader.step().map_err(in_part(part))? {
            Step::End => return Ok(relations),
            Step::Open(element) if name(&element) == b"Relationship" => {
                let get = |key| attribute(&element, key).unwrap_or_default();
                if get("TargetMode") == "External" {
                    continue;
                }
                let kind = get("Type").rsplit('/').next().unwrap_or("").to_string();
                relations.insert(get("Id").into_owned(), Relation { kind, target: resolve(&get("Target"), folder) });
            }
            _ => {}
        }
    }
}

/// A target, relative to its folder or absolute, as the name of a part.
fn resolve(target: &str, folder: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// What the parts of the package say about each other.
pub struct Book {
    /// The part of the workbook itself.
    pub part: String,
    pub sheets: Vec<SheetEntry>,
    pub epoch: Epoch,
    pub styles: Option<String>,
    pub strings: Option<String>,
}

/// A sheet of cells.
pub struct SheetEntry {
    pub name: String,
    pub part: String,
    pub hidden: bool,
}
