//! Findings as marks: which sheet, which cell, what to say there.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{self, Diagnostic, Severity, SourceId, SourceMap, cell_name};

/// Where a mark belongs; rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A cell of this workbook: coloured, with a comment.
    Cell {
        /// The tab.
        sheet: String,
        /// Row 7 of the screen is 6.
        row: u32,
        /// Column C is 2.
        column: u32,
    },
    /// A sheet as a whole, by its tab: it stands in the list only.
    Sheet(String),
    /// Nowhere in this workbook: what is read there, or nothing.
    Elsewhere(String),
}

/// One finding as the list says it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Decides the colour of the cell and the order among several findings on it.
    pub severity: Severity,
    /// Where the reader jumps to from the list.
    pub place: Place,
    /// What stands there: 云溪镇 · 经费.
    pub subject: String,
    /// What is wrong, one sentence without 。
    pub message: String,
    /// What to do, a sentence each.
    pub helps: Vec<String>,
    /// Further cells of this workbook that it is about, each with a note.
    pub others: Vec<(Place, String)>,
}

/// The findings of one workbook, those of its cells in the order of sheets and cells.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Errors first; of one weight those of this workbook by sheet and cell, then all others.
    pub list: Vec<Mark>,
    /// Names of the data that may stand for the template's, as the sheet 对应 says them.
    pub pairs: Vec<[String; 3]>,
}

/// What one cell is given.
#[derive(Clone, Debug)]
pub struct Spot {
    pub severity: Severity,
    /// One paragraph for each finding.
    pub notes: Vec<String>,
}

/// Spots by sheet, then by row and column.
pub type Spots<'m> = BTreeMap<&'m str, BTreeMap<(u32, u32), Spot>>;

impl Marks {
    /// What diagnostics say of one source, the gravest first.
    pub fn of<'d>(found: impl IntoIterator<Item = &'d Diagnostic>, sources: &SourceMap, source: SourceId) -> Marks {
        let mut sorted: Vec<&Diagnostic> = found.into_iter().collect();
        let inside = |d: &Diagnostic| d.origin.filter(|o| o.source == source).map(|o| o.place);
        sorted.sort_by_key(|d| (std::cmp::Reverse(d.severity), inside(d).is_none(), inside(d)));
        let place = |origin: diagnostic::Origin| match origin.place {
            _ if origin.source != source => Place::Elsewhere(sources.describe(origin)),
            diagnostic::Place::Cell { sheet, row, column } => {
                Place::Cell { sheet: sheet_name(sources, source, sheet), row, column }
            }
            diagnostic::Place::Sheet(sheet) => Place::Sheet(sheet_name(sources, source, sheet)),
            _ => Place::Elsewhere(sources.describe(origin)),
        };
        let mark = |d: &Diagnostic| {
            let related = d.related.iter().map(|(origin, note)| (place(*origin), note.clone()));
            Mark {
                severity: d.severity,
                place: d.origin.map_or(Place::Elsewhere(String::new()), place),
                subject: d.subject.clone().unwrap_or_default(),
                message: d.message.clone(),
                helps: d.helps.clone(),
                others: related.chain(d.others.iter().map(|origin| (place(*origin), String::new()))).collect(),
            }
        };
        let pairs = pairs(&sorted);
        Marks { list: sorted.into_iter().map(mark).collect(), pairs }
    }

    /// The cells concerned, each with all that is said of it.
    pub fn spots(&self) -> Spots<'_> {
        let mut spots: Spots = BTreeMap::new();
        // What a template could not do with a cell that is told already says nothing of the cells
        // beside it.
        let cells = self.list.iter().map(|mark| &mark.place).filter(|place| matches!(place, Place::Cell { .. }));
        let told: BTreeSet<&Place> = cells.collect();
        let follows = |mark: &Mark| {
            matches!(mark.place, Place::Elsewhere(_)) && mark.others.iter().any(|(place, _)| told.contains(place))
        };
        for mark in self.list.iter().filter(|mark| !follows(mark)) {
            let own = [(&mark.place, mark.note(""))];
            let others = mark.others.iter().map(|(place, note)| (place, mark.note(note)));
            for (place, note) in own.into_iter().chain(others) {
                let Place::Cell { sheet, row, column } = place else { continue };
                let cells = spots.entry(sheet.as_str()).or_default();
                let spot = cells.entry((*row, *column)).or_insert(Spot { severity: mark.severity, notes: Vec::new() });
                spot.severity = spot.severity.max(mark.severity);
                if !spot.notes.contains(&note) {
                    spot.notes.push(note);
                }
            }
        }
        spots
    }
}

impl Mark {
    /// What the comment at a cell says; `note` is what the cell has to do with it, where it is
    /// not the one that the finding is about.
    fn note(&self, note: &str) -> String {
        let aside = if note.is_empty() { String::new() } else { format!("（{note}）") };
        let helps: String = self.helps.iter().map(|help| format!("\n怎么办：{help}")).collect();
        format!("【{}】{aside}{}{helps}", self.severity.label(), self.message)
    }

    /// Where it is, as the list says it: `乡镇!C7`.
    pub fn shown_place(&self) -> String {
        match &self.place {
            Place::Cell { sheet, row, column } => format!("{sheet}!{}", cell_name(*row, *column)),
            Place::Sheet(sheet) => sheet.clone(),
            Place::Elsewhere(place) => place.clone(),
        }
    }

    /// The place as a link within the workbook.
    pub fn link(&self) -> Option<String> {
        let quoted = |sheet: &str| format!("'{}'", sheet.replace('\'', "''"));
        match &self.place {
            Place::Cell { sheet, row, column } => Some(format!("{}!{}", quoted(sheet), cell_name(*row, *column))),
            Place::Sheet(sheet) => Some(format!("{}!A1", quoted(sheet))),
            Place::Elsewhere(_) => None,
        }
    }

    /// What is wrong, with what it is about.
    pub fn told(&self) -> String {
        let subject = if self.subject.is_empty() { String::new() } else { format!("{}：", self.subject) };
        format!("{subject}{}", self.message)
    }
}

/// The lines of 对应: a name that can mean one thing only is settled by the line as it stands; where
/// several are possible, the reader writes in which it is.
fn pairs(found: &[&Diagnostic]) -> Vec<[String; 3]> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for (data, template) in found.iter().flat_map(|d| &d.pairs) {
        let pair = (&**data, &**template);
        if !all.contains(&pair) {
            all.push(pair);
        }
    }
    let alone = |(data, template): (&str, &str)| all.iter().filter(|(d, t)| *d == data || *t == template).count() == 1;
    let mut lines: Vec<[String; 3]> = Vec::new();
    for &(data, template) in &all {
        if alone((data, template)) {
            let note = "名称相近，请核对；不对的删去这一行";
            lines.push([data.to_string(), template.to_string(), note.to_string()]);
            continue;
        }
        match lines.iter_mut().find(|line| line[0] == data) {
            Some(line) => line[2] += &format!("、“{template}”"),
            None => lines.push([data.to_string(), String::new(), format!("是哪一个，填在左边一格：“{template}”")]),
        }
    }
    lines
}

fn sheet_name(sources: &SourceMap, source: SourceId, sheet: u16) -> String {
    sources.get(source).sheets.get(sheet as usize).cloned().unwrap_or_default()
}
