//! What a report was made from, as digests: by them a later run knows what has changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::units::Unit;
use crate::dataset::renames::RENAMES;
use crate::dataset::{Cell, Dataset, YearData};
use crate::layout::{Kit, Profile};
use crate::pipeline::Material;
use crate::template::Format;

/// Digests that all reports of a batch share.
pub struct Common {
    /// Program, template, fonts, flags.
    settings: String,
    /// The subjects' table in all years.
    table: String,
    /// Everything in the data but the subjects' table.
    data: String,
}

impl Common {
    pub fn new(material: &Material, kit: &Kit, by: &str, formats: &[Format], draft: bool) -> Common {
        Self::by_version(env!("CARGO_PKG_VERSION"), material, kit, by, (formats, draft))
    }

    fn by_version(
        version: &str,
        material: &Material,
        kit: &Kit,
        by: &str,
        (formats, draft): (&[Format], bool),
    ) -> Common {
        let mut settings = Hash::new();
        // Wrong settings fail each report by itself.
        let profile = Profile::read(&material.changes()).unwrap_or_default();
        settings.text(version).text(&kit.dressed(&profile.faces).fonts().identity());
        for format in formats {
            settings.text(format.extension());
        }
        settings.text(if draft { "draft" } else { "final" });
        for (key, value, _) in &material.settings.layout {
            settings.text(key).text(value);
        }
        // A report's properties name the files that it was made from.
        for (_, source) in material.sources.iter().filter(|(_, source)| !source.sha256.is_empty()) {
            settings.text(&source.name);
        }
        let pack = &material.pack;
        for file in pack.file.as_ref().map_or_else(|| files(&pack.dir, 0), |file| vec![file.clone()]) {
            settings.text(&file.to_string_lossy()).bytes(&std::fs::read(&file).unwrap_or_default());
        }
        for (key, value, _) in &material.settings.checks {
            settings.text(key).text(value);
        }
        let (mut data, mut table) = (Hash::new(), Hash::new());
        data.text(&material.data.year.unwrap_or(0).to_string());
        // A seal is a file beside the data.
        for seal in crate::document::seals(&material.data, &material.sources).unwrap_or_default() {
            data.bytes(&seal.picture.bytes);
        }
        let posts = material.data.report_lists.get("签发人职务").map_or(1, Vec::len);
        for stamp in crate::document::stamps(&material.data, &material.sources, posts).unwrap_or_default() {
            data.bytes(&stamp.bytes);
        }
        for (key, cell) in &material.data.report {
            data.text(key).cell(cell);
        }
        for (key, cells) in &material.data.report_lists {
            data.text(key);
            for cell in cells {
                data.cell(cell);
            }
        }
        for (year, of_year) in &material.data.years {
            data.text(&year.to_string());
            table.text(&year.to_string());
            hash_year(of_year, by, &mut data, &mut table);
        }
        Common { settings: settings.done(), table: table.done(), data: data.done() }
    }

    /// Digest of what the data say for one unit.
    pub fn of_unit(&self, unit: &Unit, data: &Dataset, by: &str) -> Arc<str> {
        let mut hash = Hash::new();
        hash.text(&self.data);
        for (year, row) in &unit.subject.rows {
            let table = data.years.get(year).and_then(|d| d.tables.get(by));
            hash.text(&year.to_string());
            for cell in table.and_then(|t| t.records.get(*row)).iter().flat_map(|r| &r.cells) {
                hash.cell(cell);
            }
        }
        hash.done().into()
    }

    /// Digest of all that goes into a unit's report; `whole_table`: it reads the others'
    /// records as well.
    pub fn of_report(&self, unit: &Unit, whole_table: bool) -> String {
        let mut hash = Hash::new();
        hash.text(&self.settings).text(&unit.subject.digest).text(&unit.file_name);
        if whole_table {
            hash.text(&self.table);
        }
        hash.done()
    }

    /// Digest of the whole input, by which shards know that they belong together.
    pub fn whole(&self) -> String {
        let mut hash = Hash::new();
        hash.text(&self.settings).text(&self.data).text(&self.table);
        hash.done()
    }
}

fn hash_year(of_year: &YearData, by: &str, data: &mut Hash, own: &mut Hash) {
    for (name, cell) in &of_year.fields {
        data.text(name).cell(cell);
    }
    // Renames are felt through the rows that they lead to.
    for (name, table) in of_year.tables.iter().filter(|(n, _)| &***n != RENAMES) {
        data.text(name);
        for column in &table.columns {
            data.text(&column.name).text(column.unit.as_deref().unwrap_or_default());
        }
        let into = if &**name == by { &mut *own } else { &mut *data };
        for cell in table.records.iter().flat_map(|r| &r.cells) {
            into.cell(cell);
        }
    }
}

/// Files of a pack, sorted.
fn files(dir: &Path, depth: usize) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    let nested = |path: PathBuf| if path.is_dir() && depth < 3 { files(&path, depth + 1) } else { vec![path] };
    entries.into_iter().flat_map(nested).filter(|p| p.is_file()).collect()
}

/// A digest of texts and cells.
pub struct Hash(Sha256);

impl Hash {
    pub fn new() -> Hash {
        Hash(Sha256::new())
    }

    /// Lengths keep neighbours apart.
    fn bytes(&mut self, bytes: &[u8]) -> &mut Hash {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Hash {
        self.bytes(text.as_bytes())
    }

    fn cell(&mut self, cell: &Cell) -> &mut Hash {
        use crate::dataset::Value;
        let kind = match &cell.value {
            Value::Missing => "missing",
            Value::Absent => "absent",
            Value::Number(n) => match n.kind {
                crate::quantity::Kind::Share => "percent",
                crate::quantity::Kind::PerMille => "per mille",
                _ => "number",
            },
            Value::Date(_) => "date",
            Value::Bool(_) => "bool",
            Value::Text(_) => "text",
        };
        let value = match &cell.value {
            Value::Number(n) => n.decimal.to_string(),
            Value::Date(d) => format!("{d:?}"),
            _ => String::new(),
        };
        self.text(kind).text(&value).text(&cell.shown).text(cell.unit.as_deref().unwrap_or_default())
    }

    pub fn done(self) -> String {
        self.0.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Purpose, Request, prepare};

    /// A report of another version of the program, or with other flags, is made anew.
    #[test]
    fn versions_and_flags_tell_reports_apart() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let request = Request {
            data: vec![root.join("samples/township-briefing/2026.yaml")],
            template: Some("township-briefing".into()),
            purpose: Purpose::Records("乡镇".into()),
            folders: vec![root.to_path_buf()],
            ..Request::default()
        };
        let material = prepare(&request).ok().unwrap();
        let kit = Kit::load(&root.join("fonts")).ok().unwrap();
        let of =
            |version, draft| Common::by_version(version, &material, &kit, "乡镇", (&[Format::Pdf], draft)).settings;
        assert_eq!(of("1.0.0", false), of("1.0.0", false));
        assert_ne!(of("1.0.0", false), of("1.0.1", false));
        assert_ne!(of("1.0.0", false), of("1.0.0", true));
    }
}
