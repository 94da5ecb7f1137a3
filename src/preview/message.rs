//! What the page is told of a state. All text goes out as JSON; the page sets it as text,
//! never as HTML.

use std::collections::HashMap;

use serde::Serialize;

use super::choice::Choice;
use crate::batch::Single;
use crate::check::Finding;
use crate::dataset::{Cell, Value};
use crate::diagnostic::{Diagnostic, Origin, Place, Severity, SourceMap, codes, excerpt_of, grouped};
use crate::figures::Read;
use crate::layout::Screen;
use crate::pipeline::{Composed, Material};
use crate::template::Listed;

/// Most cells that are told for one figure where the report reads very many.
const MANY: usize = 20_000;
const FEW_READS: usize = 60;

#[derive(Serialize, Default)]
pub struct Message {
    pub ok: bool,
    /// By this the state is asked for when something is taken away.
    pub state: String,
    pub title: String,
    pub draft: bool,
    files: Vec<String>,
    pages: Vec<Page>,
    figures: Vec<Figure>,
    cells: Vec<CellTold>,
    pub problems: Vec<Problem>,
    missing: Vec<Missing>,
    years: Vec<i16>,
    year: Option<i16>,
    templates: Vec<(String, String)>,
    template: Option<String>,
    /// What the template is called.
    form: String,
    pub units: Option<Units>,
}

#[derive(Serialize)]
struct Page {
    hash: String,
    width: f64,
    height: f64,
    /// Figure, left, top, width, height in shares of the page.
    spots: Vec<(u32, f64, f64, f64, f64)>,
}

#[derive(Serialize)]
struct Figure {
    text: String,
    expression: String,
    template: String,
    missing: bool,
    /// Places in `cells`.
    reads: Vec<usize>,
    /// Further cells that are not told.
    more: usize,
    /// Cells that were compared to find it.
    compared: usize,
}

#[derive(Serialize)]
struct CellTold {
    place: String,
    name: String,
    shown: String,
    /// The value as the file keeps it, where it shows something else.
    raw: Option<String>,
}

#[derive(Serialize, Default)]
pub struct Problem {
    level: &'static str,
    label: &'static str,
    code: &'static str,
    place: String,
    subject: String,
    message: String,
    helps: Vec<String>,
    /// The line of the file with a mark under the place, as the terminal shows it.
    excerpt: String,
    /// The sentence that it is in: before, the words, after.
    sentence: Option<(String, String, String)>,
    /// Where it is printed: page, left, top, width, height in shares of the page.
    spots: Vec<(usize, f64, f64, f64, f64)>,
}

/// Something that is still to be filled in.
#[derive(Serialize, PartialEq)]
struct Missing {
    name: String,
    /// The cell to fill in, where there is one already.
    place: String,
    /// The same, for what is typed on the page.
    cell: Option<CellAt>,
    help: String,
    printed: bool,
}

/// A cell of a sheet; row and column from 0.
#[derive(Serialize, PartialEq)]
struct CellAt {
    sheet: String,
    row: u32,
    column: u32,
}

impl CellAt {
    fn of(origin: Origin, sources: &SourceMap) -> Option<CellAt> {
        let Place::Cell { sheet, row, column } = origin.place else { return None };
        let sheet = sources.get(origin.source).sheets.get(sheet as usize)?.clone();
        Some(CellAt { sheet, row, column })
    }
}

/// The records of which one is shown.
#[derive(Serialize)]
pub struct Units {
    table: String,
    names: Vec<String>,
    at: usize,
}

impl Units {
    pub fn of(single: &Single) -> Units {
        let names = single.names.iter().map(|n| n.to_string()).collect();
        Units { table: single.table.to_string(), names, at: single.at }
    }
}

impl Message {
    /// What is known before anything is read.
    pub fn new(templates: &[Listed], choice: &Choice) -> Message {
        let templates = templates.iter().map(|p| (p.name.clone(), p.display.clone())).collect();
        Message { templates, template: choice.template.clone(), year: choice.year, ..Message::default() }
    }

    /// Only problems.
    pub fn only(problems: Vec<Problem>) -> Message {
        Message { problems, ..Message::default() }
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn describe(&mut self, material: &Material) {
        self.years = material.data.years.keys().copied().filter(|y| *y > 0).collect();
        self.year = material.data.year;
        self.template = Some(material.pack.name.clone());
        self.form = material.pack.display.clone();
        let files = material.sources.iter().filter(|(_, s)| !s.sha256.is_empty());
        self.files = files.map(|(_, s)| s.name.clone()).collect();
    }

    /// What the schema asks for and the data do not give.
    pub fn blank(&mut self, blank: &[Diagnostic], sources: &SourceMap) {
        for diagnostic in blank {
            let name = diagnostic.subject.clone().or(diagnostic.named.as_deref().map(str::to_string));
            let name = name.unwrap_or_default();
            let place = diagnostic.origin.filter(|_| diagnostic.code == codes::D068);
            self.missing.push(Missing {
                name,
                place: place.map(|o| sources.describe(o)).unwrap_or_default(),
                cell: place.and_then(|o| CellAt::of(o, sources)),
                help: diagnostic.helps.first().cloned().unwrap_or_default(),
                printed: false,
            });
        }
    }

    /// Pages and figures.
    pub fn report(&mut self, composed: &Composed, screen: &Screen, material: &Material) {
        self.title = composed.document.meta.title.to_string();
        self.pages = screen
            .pages
            .iter()
            .map(|page| Page {
                hash: page.drawn.hash.clone(),
                width: page.width,
                height: page.height,
                spots: page.spots.iter().map(|s| (s.figure, s.x, s.y, s.width, s.height)).collect(),
            })
            .collect();
        let mut cells = Cells::default();
        for figure in &composed.document.figures {
            let told = if cells.told.len() > MANY { FEW_READS } else { figure.reads.len() };
            let reads = figure.reads.iter().take(told).map(|read| cells.add(&read, &material.sources)).collect();
            self.figures.push(Figure {
                text: figure.text.to_string(),
                expression: figure.expression.trim().to_string(),
                template: material.sources.describe(figure.template),
                // What a filter has made of a missing value is text to the template.
                missing: figure.missing || blanks(&figure.text).next().is_some(),
                reads,
                more: figure.reads.len().saturating_sub(told),
                compared: figure.reads.compared(),
            });
            for name in blanks(&figure.text) {
                let blank = blank_cell(name, material);
                let place = blank.map(|o| material.sources.describe(o)).unwrap_or_default();
                let cell = blank.and_then(|o| CellAt::of(o, &material.sources));
                let name = name.strip_prefix("报告.").map_or(name.to_string(), |key| format!("{key}（报告信息）"));
                let known = self.missing.iter_mut().find(|m| m.name == name || !place.is_empty() && m.place == place);
                match known {
                    Some(known) => known.printed = true,
                    None => self.missing.push(Missing { name, place, cell, help: String::new(), printed: true }),
                }
            }
        }
        cells.raw(material);
        self.cells = cells.told;
    }

    /// Findings of the check, with the places where their words are printed.
    pub fn findings(&mut self, findings: &[Finding], screen: &Screen, sources: &SourceMap) {
        for finding in findings {
            let mut problem = problem(&finding.diagnostic, sources);
            let parts = finding.sentence.split_once('【').and_then(|(before, rest)| {
                let (words, after) = rest.split_once('】')?;
                Some((before, words, after))
            });
            // What a draft prints for a blank is no wording.
            if parts.is_some_and(|(before, words, _)| in_blank(before, words)) {
                continue;
            }
            if let Some((before, words, after)) = parts {
                let share = |p: &crate::layout::Place| (p.page, p.x, p.y, p.width, p.height);
                problem.spots = screen.find(before, words, after).iter().map(share).collect();
                problem.sentence = Some((before.into(), words.into(), after.into()));
            }
            self.problems.push(problem);
        }
        self.problems.sort_by_key(|p| std::cmp::Reverse(rank(p.level)));
    }
}

/// The names in 〔待填：名〕.
fn blanks(text: &str) -> impl Iterator<Item = &str> {
    text.split("〔待填：").skip(1).filter_map(|rest| rest.split('〕').next())
}

/// Whether these words are part of a 〔待填：名〕 or hold one.
fn in_blank(before: &str, words: &str) -> bool {
    let begun = before.rfind("〔待填：");
    words.contains("〔待填：") || begun.is_some_and(|at| !before[at..].contains('〕'))
}

/// The cell that is to be filled in, where the data have it already.
fn blank_cell(name: &str, material: &Material) -> Option<Origin> {
    let data = &material.data;
    match name.strip_prefix("报告.") {
        Some(key) => data.report.get(key).map(|c| c.origin),
        None if name == "年份" => data.report.get(name).map(|c| c.origin),
        None => data.current()?.fields.get(name).map(|c| c.origin),
    }
}

/// Each cell once, in the order of reading.
#[derive(Default)]
struct Cells {
    told: Vec<CellTold>,
    at: HashMap<Origin, usize>,
}

impl Cells {
    fn add(&mut self, read: &Read, sources: &SourceMap) -> usize {
        *self.at.entry(read.origin).or_insert_with(|| {
            let (name, shown) = (read.name.to_string(), read.shown.to_string());
            self.told.push(CellTold { place: sources.describe(read.origin), name, shown, raw: None });
            self.told.len() - 1
        })
    }

    /// Looks the values up in the data.
    fn raw(&mut self, material: &Material) {
        let mut look = |cell: &Cell| {
            let Some(told) = self.at.get(&cell.origin).and_then(|at| self.told.get_mut(*at)) else { return };
            let Value::Number(number) = &cell.value else { return };
            told.raw = Some(number.decimal.to_string()).filter(|raw| *raw != told.shown);
        };
        material.data.report.values().for_each(&mut look);
        for year in material.data.years.values() {
            year.fields.values().for_each(&mut look);
            year.tables.values().flat_map(|t| &t.records).flat_map(|r| &r.cells).for_each(&mut look);
        }
    }
}

/// The gravest first.
pub fn problems(found: &[Diagnostic], sources: &SourceMap) -> Vec<Problem> {
    let mut found = grouped(found);
    found.sort_by_key(|d| std::cmp::Reverse(d.severity));
    found.iter().map(|d| problem(d, sources)).collect()
}

fn rank(level: &str) -> u8 {
    match level {
        "error" => 2,
        "warning" => 1,
        _ => 0,
    }
}

fn problem(d: &Diagnostic, sources: &SourceMap) -> Problem {
    let excerpt = excerpt_of(d, sources).trim_end().to_string();
    let related = d.related.iter().map(|(origin, note)| format!("另见 {}：{note}", sources.describe(*origin)));
    Problem {
        level: match d.severity {
            Severity::Notice => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        label: d.severity.label(),
        code: d.code.name(),
        place: d.origin.map(|o| sources.describe(o)).unwrap_or_default(),
        subject: d.subject.clone().unwrap_or_default(),
        message: d.said(),
        helps: d.helps.iter().cloned().chain(related).collect(),
        excerpt,
        ..Problem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_no_wording() {
        assert_eq!(blanks("甲〔待填：报告.单位〕乙〔待填：名〕").collect::<Vec<_>>(), ["报告.单位", "名"]);
        assert!(in_blank("关于〔待填：报告", ".") && in_blank("", "〔待填：名〕"));
        assert!(!in_blank("〔待填：名〕的工作", ","));
    }
}
