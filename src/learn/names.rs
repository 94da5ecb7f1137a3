//! Names of records in a text, alone or in a list: who has the most, who is among those that have something in common.

use std::collections::HashMap;
use std::sync::Arc;

use super::extremes::{Extreme, Outermost, nearest};
use super::place::{Text, sentence};
use super::series::{Facts, Names};
use super::spell::quoted;
use super::words::{Around, Labels};

/// Fewest characters of a name.
const SHORT: usize = 2;
/// Marks that end a clause.
const CLAUSES: [char; 8] = ['。', '！', '？', '\n', '；', '，', '：', ';'];

/// Tables, by their places among [`Facts::names`], and rows.
type Rows = Vec<(usize, usize)>;

/// Where the names of all tables stand, by their first characters.
pub struct Finder {
    by_first: HashMap<char, Vec<(Arc<str>, Rows)>>,
}

/// A name in a text, with the tables and rows that it may be of.
#[derive(Clone, Debug)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    /// Table, by its place among [`Facts::names`], and row.
    pub of: Vec<(usize, usize)>,
}

/// A name, or a list of names.
#[derive(Clone, Debug)]
pub struct List {
    pub names: Vec<Found>,
    /// The word before the last: 和.
    pub last: String,
}

/// What a list may be.
#[derive(Clone, Debug)]
pub struct Reading {
    pub expression: String,
    pub score: f64,
    /// What the records have in common: readings of one group are one, whether its bound is in it or not.
    pub group: Option<(usize, usize, usize)>,
    /// Who has the most: table, column, by their labels.
    pub by: Option<Outermost>,
}

impl Finder {
    /// Of the names of all tables.
    pub fn new(facts: &Facts) -> Finder {
        let mut by_first: HashMap<char, HashMap<Arc<str>, Rows>> = HashMap::new();
        for (table, names) in facts.names.iter().enumerate() {
            for (row, text) in names.texts.iter().enumerate() {
                let numeric = text.chars().all(|c| c.is_ascii_digit() || c == '.');
                if text.chars().count() >= SHORT && !numeric {
                    let own = by_first.entry(text.chars().next().unwrap_or(' ')).or_default();
                    own.entry(text.clone()).or_default().push((table, row));
                }
            }
        }
        let sorted = by_first.into_iter().map(|(first, own)| {
            let mut all: Vec<_> = own.into_iter().collect();
            all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
            (first, all)
        });
        Finder { by_first: sorted.collect() }
    }

    /// The names in a text, the longest at each place.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut until = 0;
        for (at, c) in text.char_indices().filter(|(at, _)| text.is_char_boundary(*at)) {
            if at < until {
                continue;
            }
            let own =
                self.by_first.get(&c).and_then(|all| all.iter().find(|(name, _)| text[at..].starts_with(&**name)));
            if let Some((name, of)) = own {
                until = at + name.len();
                found.push(Found { start: at, end: until, of: of.clone() });
            }
        }
        found
    }
}

/// Names that stand in one list.
pub fn lists(text: &str, found: Vec<Found>) -> Vec<List> {
    let mut out: Vec<List> = Vec::new();
    for name in found {
        if let Some(list) = out.last_mut()
            && let Some(before) = list.names.last()
            && list.last.is_empty()
        {
            let between = &text[before.end..name.start];
            if matches!(between, "、" | "和" | "及" | "以及" | "与") {
                list.last = if between == "、" { String::new() } else { between.to_owned() };
                list.names.push(name);
                continue;
            }
        }
        out.push(List { names: vec![name], last: String::new() });
    }
    out
}

impl List {
    pub fn start(&self) -> usize {
        self.names[0].start
    }

    pub fn end(&self) -> usize {
        self.names.last().map_or(0, |name| name.end)
    }

    /// The rows of a table that the list names, in its order.
    pub fn rows(&self, table: usize) -> Option<Vec<usize>> {
        self.names.iter().map(|name| name.of.iter().find(|(own, _)| *own == table).map(|(_, row)| *row)).collect()
    }
}

/// What a list of a text may be, the likeliest first.
pub fn readings(list: &List, view: &View) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    for (table, names) in view.facts.names.iter().enumerate() {
        if let Some(rows) = list.rows(table) {
            view.groups(names, &rows, &mut found);
            view.extremes(names, &rows, &mut found);
            view.first(names, &rows, &mut found);
            view.whole(names, &rows, &mut found);
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

impl<'v> View<'v> {
    /// The words around a stretch of a text that ends at a byte.
    pub fn of(list: &'v List, end: usize, text: &'v Text, facts: &'v Facts, labels: &'v Labels) -> View<'v> {
        let all = text.text.as_str();
        let (from, to) = sentence(all, list.start(), end);
        let (before, behind) = (&all[from..list.start()], &all[end..to]);
        let clause = &before[cut(before)..];
        let tail = &behind[..behind.find(CLAUSES).unwrap_or(behind.len())];
        let ends = ['。', '！', '？'];
        let earlier = all[..from].trim_end_matches(ends);
        let earlier = &earlier[earlier.rfind(ends).map_or(0, |at| at + '。'.len_utf8())..];
        let zones = [
            (clause, 1.0),
            (tail, 1.0),
            (before, 0.7),
            (behind, 0.4),
            (earlier, 0.45),
            (text.above.as_str(), 0.45),
            (all, 0.3),
        ];
        View { list, facts, labels, around: Around::of(zones), clause, tail, behind }
    }
}

fn cut(text: &str) -> usize {
    text.rfind(CLAUSES).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
}

/// A list with the words around it.
pub struct View<'v> {
    list: &'v List,
    facts: &'v Facts,
    labels: &'v Labels,
    around: Around,
    clause: &'v str,
    tail: &'v str,
    behind: &'v str,
}

impl View<'_> {
    /// How well the words name a label.
    pub fn said(&self, label: usize) -> f64 {
        self.labels.said(label, &self.around)
    }

    fn printed(&self, names: &Names, filter: &str) -> String {
        let table = &names.expression;
        let last = if self.list.last.is_empty() { String::new() } else { format!("(末={})", quoted(&self.list.last)) };
        let filter = if filter.is_empty() { String::new() } else { format!(" | {filter}") };
        format!("{table}{filter} | 取({}) | 顿号{last}", quoted(&names.column))
    }

    /// Those that have something in common.
    fn groups(&self, names: &Names, rows: &[usize], found: &mut Vec<Reading>) {
        for group in names.groups.iter().filter(|group| group.rows == rows) {
            let (column, value) = group.condition;
            let own = self.said(value);
            let listed = ["的有", "的是", "包括", "分别为", "分别是"].iter().any(|word| self.clause.ends_with(word));
            if own < if rows.len() == 1 && !listed { 0.7 } else { 0.45 } || self.denies(value) {
                continue;
            }
            let topic = self.said(column).max(self.said(names.table));
            let covered = self.labels.covered(&[column, value, names.table], &self.around);
            let score = 0.6 * own + 0.2 * topic + 0.2 * covered;
            let of = Some((names.table, column, value));
            found.push(Reading { expression: self.printed(names, &group.expression), score, by: None, group: of });
        }
    }

    /// A group of those that are not something, where nothing is denied.
    pub fn denies(&self, value: usize) -> bool {
        let said = &self.facts.labels[value];
        let denied =
            ["未", "没", "尚", "不", "无"].iter().any(|word| self.clause.contains(word) || self.tail.contains(word));
        (said.starts_with('未') || said.starts_with("没有")) && !denied
    }

    /// Who has the most, or the least.
    fn extremes(&self, names: &Names, rows: &[usize], found: &mut Vec<Reading>) {
        let [row] = rows else { return };
        let Some(way) = nearest(self.clause, self.tail) else { return };
        for (label, column, values) in &names.numbers {
            for greatest in [true, false] {
                if !way.fits(greatest) || extreme(values, greatest) != Some(*row) {
                    continue;
                }
                let named = values[*row].is_some_and(|value| is_next(self.behind, value));
                let score = 0.25 + 0.6 * self.said(*label) + if named { 0.25 } else { 0.0 }
                    - if way == Extreme::Either { 0.03 } else { 0.0 };
                let function = if greatest { "最大" } else { "最小" };
                let record = format!("{function}({}, {})", names.expression, quoted(column));
                let expression = super::spell::column(&record, &names.column);
                found.push(Reading { expression, score, by: Some((names.table, *label, greatest)), group: None });
            }
        }
    }

    /// The first few by a column.
    fn first(&self, names: &Names, rows: &[usize], found: &mut Vec<Reading>) {
        let says = |words: &[&str]| words.iter().any(|word| self.clause.contains(word) || self.tail.contains(word));
        let way = nearest(self.clause, "");
        let ranked = says(&["前", "依次", "领先"]) || way.is_some_and(|way| way.fits(true));
        let behind = says(&["后", "末"]) || way.is_some_and(|way| way.fits(false));
        if rows.len() < 2 || !(ranked || behind) {
            return;
        }
        for (label, column, values) in &names.numbers {
            for falling in [true, false] {
                let mut order: Vec<usize> = (0..values.len()).filter(|row| values[*row].is_some()).collect();
                let value = |row: &usize| values[*row].unwrap_or_default();
                order.sort_by(
                    |a, b| if falling { value(b).total_cmp(&value(a)) } else { value(a).total_cmp(&value(b)) },
                );
                if order.get(..rows.len()) != Some(rows) {
                    continue;
                }
                let score =
                    0.35 + 0.6 * self.said(*label) - if falling && ranked || !falling && behind { 0.0 } else { 0.2 };
                let way = if falling { ", 降序=true" } else { "" };
                let sorted = format!("({} | 排序({}{way}))[:{}]", names.expression, quoted(column), rows.len());
                let own = Names { expression: sorted, ..names.clone() };
                found.push(Reading { expression: self.printed(&own, ""), score, by: None, group: None });
            }
        }
    }

    /// All of them.
    fn whole(&self, names: &Names, rows: &[usize], found: &mut Vec<Reading>) {
        if rows.len() >= 2 && rows.len() == names.texts.len() && rows.iter().enumerate().all(|(at, row)| at == *row) {
            let score = 0.45 + 0.3 * self.said(names.table);
            found.push(Reading { expression: self.printed(names, ""), score, by: None, group: None });
        }
    }
}

/// The first with the most, or the least.
fn extreme(values: &[Option<f64>], greatest: bool) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (row, value) in values.iter().enumerate() {
        let Some(value) = value else { continue };
        if best.is_none_or(|(_, held)| if greatest { *value > held } else { *value < held }) {
            best = Some((row, *value));
        }
    }
    best.filter(|_| values.iter().flatten().count() > 1).map(|(row, _)| row)
}

/// Whether the next number of a text is this one, in whatever unit.
fn is_next(text: &str, value: f64) -> bool {
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let Some(from) = text.find(|c: char| c.is_ascii_digit()) else { return false };
    let end = text[from..].find(|c| !digits(c)).map_or(text.len(), |end| from + end);
    let said: Option<f64> = text[from..end].replace(',', "").parse().ok();
    said.is_some_and(|said| (said - value.abs()).abs() < 1e-6 * value.abs().max(1.0))
}
