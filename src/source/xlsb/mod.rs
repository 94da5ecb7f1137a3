//! .xlsb: the same package as .xlsx with binary parts.

mod cells;
mod ids;
mod records;

use cells::Context;
use records::{Records, string, u16_at, u32_at};

use super::date::Epoch;
use super::formats::CellFormats;
use super::package::{Package, PackageError};
use super::sheet::{MAX_CELLS, Sheet, Workbook};
use super::xlsx::{Relation, XlsxError, main_part, relations};

pub fn read(bytes: &[u8]) -> Result<Workbook, XlsxError> {
    let mut package = Package::open(bytes)?;
    package.refuse_doctypes()?;
    let part = main_part(&mut package, "xl/workbook.bin")?;
    let Some(book) = package.bytes(&part)? else {
        return Err(PackageError::Missing(part).into());
    };
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
    let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
    let mut part_bytes = |target: Option<String>| match target {
        Some(target) => package.bytes(&target),
        None => Ok(None),
    };
    let styles = part_bytes(of_kind("styles"))?.unwrap_or_default();
    let strings = part_bytes(of_kind("sharedStrings"))?.unwrap_or_default();
    let mut context = Context {
        strings: Records(&strings)
            .filter(|(id, _)| *id == ids::SHARED_ITEM)
            .map(|(_, d)| string(d, 1).unwrap_or_default().0.into())
            .collect(),
        formats: formats(&styles),
    };
    let mut workbook = Workbook::default();
    let mut budget = MAX_CELLS;
    for (id, data) in Records(&book) {
        match id {
            ids::WORKBOOK_PROPERTIES if data.first().is_some_and(|f| f & 1 != 0) => {
                context.formats.epoch = Epoch::From1904
            }
            ids::BUNDLE_SHEET => {
                let Some((relation, at)) = string(data, 8) else { continue };
                let target = relations.get(&relation).filter(|r: &&Relation| r.kind == "worksheet");
                let Some(target) = target.map(|r| r.target.clone()) else { continue };
                let Some(bytes) = package.bytes(&target)? else {
                    return Err(PackageError::Missing(target).into());
                };
                let mut sheet = Sheet {
                    name: string(data, at).unwrap_or_default().0,
                    index: workbook.sheets.len() as u16,
                    hidden: u32_at(data, 0).is_some_and(|s| s != 0),
                    ..Sheet::default()
                };
                cells::read(Records(&bytes), &mut context, &mut sheet, &mut budget)?;
                sheet.finish();
                workbook.sheets.push(sheet);
            }
            _ => {}
        }
    }
    workbook.epoch = context.formats.epoch;
    if workbook.sheets.is_empty() { Err(XlsxError::NoSheets) } else { Ok(workbook) }
}

fn formats(styles: &[u8]) -> CellFormats {
    let (mut formats, mut in_cells) = (CellFormats::default(), false);
    for (id, data) in Records(styles) {
        match id {
            ids::FORMAT => {
                if let (Some(number), Some((code, _))) = (u16_at(data, 0), string(data, 2)) {
                    formats.add_code(u32::from(number), code);
                }
            }
            ids::BEGIN_CELL_XFS => in_cells = true,
            ids::END_CELL_XFS => in_cells = false,
            ids::XF if in_cells => formats.add_style(u32::from(u16_at(data, 2).unwrap_or(0))),
            _ => {}
        }
    }
    formats
}
