//! The facts about the sources: what an [`Origin`] means in the user's words.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::{Lines, Origin, Place, SourceId, cell_name};

/// One file (or other source) that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path as given; empty for what is no file (the command line).
    pub path: PathBuf,
    /// What the user reads: the file name.
    pub name: String,
    /// The text, where the source is text (YAML, CSV, templates).
    pub text: Option<Arc<str>>,
    /// Names of the sheets, where it is a workbook.
    pub sheets: Vec<String>,
    /// SHA-256 of the bytes, in hex; empty for what is no file.
    pub sha256: String,
}

/// All sources of one run.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
    /// Where cells of a collected workbook were filled in: `云溪镇.xlsx 乡镇!C7`.
    filled_in: BTreeMap<Origin, Arc<str>>,
    /// What the lines of a Word file are called: its paragraphs.
    paragraphs: BTreeMap<SourceId, Vec<Arc<str>>>,
    /// Where the lines of each begin, once one of them is shown.
    lines: Vec<OnceLock<Lines>>,
}

impl SourceMap {
    /// Without sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source and gives its handle.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(self.sources.len() as u16);
        self.sources.push(source);
        self.lines.push(OnceLock::new());
        id
    }

    /// What is known of a source; a handle of another map panics.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// For what is known only after the handle is given: its text, its sheets.
    pub fn get_mut(&mut self, id: SourceId) -> &mut Source {
        self.lines[id.0 as usize] = OnceLock::new();
        &mut self.sources[id.0 as usize]
    }

    /// In the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.sources.iter().enumerate().map(|(i, s)| (SourceId(i as u16), s))
    }

    /// Notes where a cell of a collected workbook was filled in.
    pub fn set_filled_in(&mut self, cell: Origin, place: Arc<str>) {
        self.filled_in.insert(cell, place);
    }

    /// Where a cell of a collected workbook was filled in.
    pub fn filled_in(&self, cell: Origin) -> Option<&str> {
        self.filled_in.get(&cell).map(|place| &**place)
    }

    /// Notes that a source is a Word file, and what the paragraphs are called that are its lines.
    pub fn set_paragraphs(&mut self, id: SourceId, names: Vec<Arc<str>>) {
        self.paragraphs.insert(id, names);
    }

    /// What a line of a Word file is called: 第12段. `None`: the source is none.
    pub fn paragraph(&self, id: SourceId, line: u32) -> Option<&str> {
        let name = self.paragraphs.get(&id)?.get((line as usize).checked_sub(1)?);
        Some(name.map_or("", |name| &**name))
    }

    /// The tag of a Word file that a place lies in: `{{ 培训场次 }}`.
    pub fn tag(&self, origin: Origin) -> Option<&str> {
        let Place::Text { line, column, .. } = origin.place else { return None };
        self.paragraph(origin.source, line)?;
        tag_at(self.line(origin.source, line)?, column)
    }

    /// A line of a text, counted from 1, without its end.
    pub fn line(&self, id: SourceId, number: u32) -> Option<&str> {
        let text = self.get(id).text.as_deref()?;
        self.lines.get(id.0 as usize)?.get_or_init(|| Lines::of(text)).line(text, number)
    }

    /// `数据.xlsx 乡镇!C7`, `data.yaml:12:5`, `数据.xlsx 乡镇` or the file's name.
    pub fn describe(&self, origin: Origin) -> String {
        let source = self.get(origin.source);
        let sheet_name = |i: u16| {
            let name = source.sheets.get(i as usize).map(String::as_str).unwrap_or("");
            // No program makes two of one name, but a file can have them.
            match source.sheets.iter().take(i as usize).filter(|other| *other == name).count() {
                0 => name.to_string(),
                before => format!("{name}（第{}张）", before + 1),
            }
        };
        match origin.place {
            Place::Whole => source.name.clone(),
            Place::Text { line, column, .. } => match self.paragraph(origin.source, line) {
                Some(paragraph) => {
                    let tag = self.tag(origin).map(|tag| format!("：{tag}")).unwrap_or_default();
                    format!("{} {paragraph}{tag}", source.name)
                }
                None => format!("{}:{line}:{column}", source.name),
            },
            Place::Sheet(sheet) => format!("{} {}", source.name, sheet_name(sheet)),
            Place::Cell { sheet, row, column } => {
                let from = self.filled_in(origin).map(|place| format!("（来自 {place}）")).unwrap_or_default();
                format!("{} {}!{}{from}", source.name, sheet_name(sheet), cell_name(row, column))
            }
        }
    }

    /// The place without the file: `乡镇!C7` or `12:5`.
    pub fn describe_short(&self, origin: Origin) -> String {
        let full = self.describe(origin);
        let name = &self.get(origin.source).name;
        full.strip_prefix(name.as_str())
            .map(|rest| rest.trim_start_matches([' ', ':']).to_string())
            .filter(|rest| !rest.is_empty())
            .unwrap_or(full)
    }
}

/// Characters of a paragraph in which tags are named, and of the longest tag.
const FARTHEST: u32 = 10_000;
const LONGEST_TAG: usize = 1_000;

/// The tag around a character, counted from 1, of a paragraph.
fn tag_at(line: &str, column: u32) -> Option<&str> {
    let at = line.char_indices().nth(column.saturating_sub(1) as usize).filter(|_| column < FARTHEST)?.0;
    let brace = |c: char| matches!(c, '{' | '｛');
    // The first sign of a tag may be the place itself.
    let head: usize = line[at..].chars().take(2).take_while(|c| brace(*c)).map(char::len_utf8).sum();
    let second = |start: usize| line[start..].chars().nth(1).is_some_and(|c| brace(c) || matches!(c, '%' | '％'));
    let mut starts =
        line[..at + head].char_indices().rev().take(LONGEST_TAG).filter(|(_, c)| brace(*c)).map(|(start, _)| start);
    let start = starts.find(|start| second(*start))?;
    let closed = |c: char| matches!(c, '}' | '｝');
    let ends = line[start..]
        .char_indices()
        .take(2 * LONGEST_TAG)
        .filter(|(_, c)| closed(*c))
        .map(|(end, c)| start + end + c.len_utf8());
    let end = ends.take(12).find(|end| {
        let mut back = line[start..*end].chars().rev();
        back.next();
        back.next().is_some_and(|c| closed(c) || matches!(c, '%' | '％'))
    })?;
    (end > at).then(|| &line[start..end])
}

#[cfg(test)]
mod tests {
    use super::tag_at;

    #[test]
    fn tags_around_a_place() {
        let line = "甲{{ 乙 }}丙｛％ if 丁 ％｝戊{{ 己";
        assert_eq!(tag_at(line, 5), Some("{{ 乙 }}"));
        assert_eq!(tag_at(line, 2), Some("{{ 乙 }}"));
        assert_eq!(tag_at(line, 15), Some("｛％ if 丁 ％｝"));
        for outside in [1, 9, 20, 22, 90] {
            assert_eq!(tag_at(line, outside), None, "{outside}");
        }
    }
}
