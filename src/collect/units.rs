//! The list of units that are to report, and which of them a form is from.

use std::path::Path;

use crate::dataset::{self, LoadOptions, Table};
use crate::diagnostic::{Diagnostic, SourceMap, codes, nearest};
use crate::source;
use crate::source::sheet::RawValue;

/// Names of columns that hold units.
const COLUMNS: [&str; 12] = [
    "名称",
    "单位",
    "单位名称",
    "填报单位",
    "乡镇",
    "镇街",
    "街道",
    "乡镇名称",
    "街道名称",
    "镇（街道）",
    "乡镇（街道）",
    "部门",
];
/// Most characters of a unit's name.
const LONGEST: usize = 40;

/// The units in the order of the list.
#[derive(Clone, Debug, Default)]
pub struct Units {
    pub names: Vec<String>,
}

/// What a text says of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    Same(usize),
    /// 云溪 for 云溪镇, and no other fits.
    Near(usize),
    /// Perhaps this one is meant.
    Unknown(Option<usize>),
}

/// Reads the list: any workbook with names. `key` is the column that a template's table has.
pub fn read(path: &Path, key: &str) -> Result<Units, (Vec<Diagnostic>, SourceMap)> {
    let loaded = dataset::load(&[path.to_path_buf()], &LoadOptions::default());
    let Some(data) = loaded.dataset else { return Err((loaded.diagnostics, loaded.sources)) };
    let of_key = |t: &Table| t.column(key).or_else(|| COLUMNS.iter().find_map(|c| t.column(c)));
    let years = data.years.iter().rev();
    let tables = years.flat_map(|(_, y)| y.tables.values()).filter_map(|t| Some((t, of_key(t)?)));
    let longest = tables.max_by_key(|(t, _)| t.records.len());
    let mut names: Vec<String> = match longest {
        Some((table, at)) => table.records.iter().map(|r| r.cells[at].shown.to_string()).collect(),
        None => Vec::new(),
    };
    if names.is_empty() {
        names = plain(path, &loaded.sources).unwrap_or_default();
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| !name.trim().is_empty() && seen.insert(plain_name(name)));
    if names.is_empty() {
        let found = Diagnostic::new(codes::G014, format!("“{}”里没有找到单位的名称", path.display()));
        return Err((vec![found.help("名单是一张表，有一列“名称”或“单位”，一行一个单位")], loaded.sources));
    }
    Ok(Units { names })
}

/// A list without a header that says so: the texts of the first column that has several.
fn plain(path: &Path, sources: &SourceMap) -> Option<Vec<String>> {
    let bytes = source::file::read(path, source::file::MAX_FILE_BYTES).ok()?;
    let name = sources.iter().next().map(|(_, s)| s.name.clone())?;
    let (book, _) = source::workbook::read(&bytes, &name).ok()?;
    let sheet = book.sheets.iter().find(|s| !s.cells.is_empty() && !s.name.starts_with('_'))?;
    let text = |value: &RawValue| match value {
        RawValue::Text(text) if text.chars().count() <= LONGEST => Some(text.trim().to_string()),
        _ => None,
    };
    let mut columns: Vec<u32> = sheet.cells.iter().map(|c| c.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let of_column = |column: u32| -> Vec<String> {
        sheet.cells.iter().filter(|c| c.column == column).filter_map(|c| text(&c.value)).collect()
    };
    let mut names = columns.into_iter().map(of_column).max_by_key(Vec::len)?;
    names.retain(|name| !COLUMNS.contains(&name.as_str()) && !matches!(name.as_str(), "合计" | "总计" | "小计"));
    Some(names)
}

/// A name as it is compared: without blanks, brackets of one kind.
pub fn plain_name(name: &str) -> String {
    let wide = |c: char| match c {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    name.chars().filter(|c| !c.is_whitespace()).map(wide).collect()
}

impl Units {
    /// Which unit a text names: 云溪镇, 云溪镇人大主席团, 云溪.
    pub fn find(&self, text: &str) -> Match {
        let wanted = plain_name(text);
        let plain: Vec<String> = self.names.iter().map(|name| plain_name(name)).collect();
        if let Some(same) = plain.iter().position(|name| *name == wanted) {
            return Match::Same(same);
        }
        // The longest that the text holds: 城东街道办事处 is 城东街道 and not 城东.
        let held = (0..plain.len()).filter(|&i| plain[i].chars().count() >= 2 && wanted.contains(&plain[i]));
        if let Some(held) = held.max_by_key(|&i| plain[i].len()) {
            return Match::Same(held);
        }
        let mut begins = (0..plain.len()).filter(|&i| wanted.chars().count() >= 2 && plain[i].starts_with(&wanted));
        match (begins.next(), begins.next()) {
            (Some(one), None) => return Match::Near(one),
            (Some(_), Some(_)) => return Match::Unknown(None),
            _ => {}
        }
        let near = nearest(&wanted, plain.iter().map(String::as_str));
        Match::Unknown(near.and_then(|near| plain.iter().position(|name| name == near)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_by_what_forms_say() {
        let names = ["云溪镇", "石桥镇", "城东街道", "城东"].map(String::from).to_vec();
        let units = Units { names };
        assert_eq!(units.find("云 溪镇"), Match::Same(0));
        assert_eq!(units.find("石桥镇人大主席团"), Match::Same(1));
        assert_eq!(units.find("城东街道办事处"), Match::Same(2));
        assert_eq!(units.find("云溪"), Match::Near(0));
        assert_eq!(units.find("云西镇"), Match::Unknown(Some(0)));
        assert_eq!(units.find("白沙乡"), Match::Unknown(None));
    }
}
