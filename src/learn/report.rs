//! An old report as it was read: its texts, and the year that it is of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::place::Text;
use super::texts::texts;
use crate::diagnostic::Diagnostic;
use crate::source::docx::{self, Document, Place};
use crate::source::file;

/// An old report.
pub struct Report {
    /// Its file.
    pub path: PathBuf,
    /// As it is stored.
    pub bytes: Vec<u8>,
    /// As it was read.
    pub document: Document,
    /// Its texts.
    pub texts: Vec<Text>,
    /// By text, the number of its paragraph.
    pub paragraphs: Vec<usize>,
    /// By text, where it stands: 第12段.
    pub places: Vec<String>,
    /// The year that it is of, where it says one.
    pub year: Option<i16>,
}

impl Report {
    /// Reads a Word file.
    pub fn read(path: &Path) -> Result<Report, Box<Diagnostic>> {
        let bytes = file::read(path, file::MAX_FILE_BYTES)?;
        let document = docx::read(&bytes)?;
        let (paragraphs, texts): (Vec<usize>, Vec<Text>) = texts(&document).into_iter().unzip();
        let all = document.paragraphs();
        let places =
            paragraphs.iter().map(|at| all.get(*at).map_or_else(String::new, |own| place(&own.place))).collect();
        let year = year(&texts);
        Ok(Report { path: path.to_path_buf(), bytes, document, texts, paragraphs, places, year })
    }
}

/// The year that the report names most, of those that it may be of.
fn year(texts: &[Text]) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        for (at, _) in text.text.match_indices('年') {
            let digits = at.checked_sub(4).and_then(|from| text.text.get(from..at));
            let said = digits.and_then(|digits| digits.parse::<i16>().ok()).filter(|year| (1990..2100).contains(year));
            if let Some(year) = said {
                // The title and what opens the text say it first.
                *counts.entry(year).or_default() += if number < 4 { 3 } else { 1 };
            }
        }
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, -i32::from(*year))).map(|(year, _)| year)
}

fn place(place: &Place) -> String {
    match place {
        Place::Body(number) => format!("第{number}段"),
        Place::Cell(table, row, cell) => format!("第{table}张表第{row}行第{cell}格"),
        Place::TextBox(number) => format!("第{number}段的文本框"),
        _ => String::new(),
    }
}
