//! Tables of the report that are tables of the data: what a whole column agrees with is no chance.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::base::{Base, Parts};
use super::figure::{Figure, State};
use super::index::{Entry, Form};
use super::place::Text;
use super::reading::Known;
use super::scan::{Token, What, tokens};
use super::series::{Names, Of};
use super::words::Around;
use super::write::{Tag, ways};

/// Fewest rows that must agree.
const FEW: usize = 2;
/// By how much the header's words must speak for one of two columns that are alike.
const LEAD: f64 = 0.08;

/// A table of the report: by row and column the text.
type Grid = BTreeMap<(usize, usize), usize>;

/// The cells of the report's tables that are cells of the data; by text.
pub fn read(texts: &[Text], known: &Known, prints: impl Fn(&Tag, &str) -> bool) -> BTreeMap<usize, Figure> {
    let mut grids: BTreeMap<usize, Grid> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        if let Some((table, row, column)) = text.grid {
            grids.entry(table).or_default().insert((row, column), number);
        }
    }
    if grids.is_empty() {
        return BTreeMap::new();
    }
    let mut found = BTreeMap::new();
    let cells = cells(known);
    for grid in grids.values() {
        let view = View { grid, texts, known, cells: &cells };
        for (number, tag) in view.read(&prints) {
            found.insert(number, figure(texts, number, tag));
        }
    }
    found
}

fn figure(texts: &[Text], number: usize, tag: Tag) -> Figure {
    let all = &texts[number].text;
    Figure {
        text: number,
        start: tag.start,
        end: tag.end,
        written: all[tag.start..tag.end].to_owned(),
        sentence: format!("{} {} {}", texts[number].row, texts[number].column, all.trim()),
        state: State::Bound,
        tag: Some(tag),
        candidates: Vec::new(),
    }
}

struct View<'v> {
    grid: &'v Grid,
    texts: &'v [Text],
    known: &'v Known,
    cells: &'v Cells,
}

/// The series of cells by table, record and column.
type Cells = HashMap<(usize, Arc<str>, usize), usize>;

fn cells(known: &Known) -> Cells {
    let facts = &known.facts;
    let key = |at: usize| {
        let own = &facts.series[at];
        Some((own.table?, facts.labels[own.record?].clone(), own.name))
    };
    (0..facts.series.len())
        .filter(|at| facts.series[*at].of == Of::Cell)
        .filter_map(|at| Some((key(at)?, at)))
        .collect()
}

/// A row of the report's table and the record that it is of.
type Rows = Vec<(usize, usize)>;

impl View<'_> {
    fn said(&self, row: usize, column: usize) -> Option<(usize, &str)> {
        let number = *self.grid.get(&(row, column))?;
        Some((number, self.texts[number].text.trim()))
    }

    fn read(&self, prints: &impl Fn(&Tag, &str) -> bool) -> Vec<(usize, Tag)> {
        let Some((names, column, rows)) = self.records() else { return Vec::new() };
        let mut found = Vec::new();
        let ordered = rows.windows(2).all(|two| two[0].1 < two[1].1);
        // Records that are others each year are told by their places.
        let by_place = !names.stable && ordered;
        if by_place {
            self.texts_of(&names.column, &names.texts, column, &rows, names, true, &mut found);
        }
        let last = self.grid.keys().map(|(_, column)| *column).max().unwrap_or(0);
        for at in (0..=last).filter(|at| *at != column) {
            let own = names.others.iter().find(|(_, texts)| self.agrees(texts, at, &rows));
            if let Some((name, texts)) = own {
                self.texts_of(name, texts, at, &rows, names, by_place, &mut found);
                continue;
            }
            self.column(at, &rows, names, by_place, prints, &mut found);
        }
        found.retain(|(number, tag)| prints(tag, &self.texts[*number].text));
        found
    }

    /// The table of the data whose records most rows are of, and the column with their names.
    fn records(&self) -> Option<(&Names, usize, Rows)> {
        let mut best: Option<(&Names, usize, Rows)> = None;
        let columns = self.grid.keys().map(|(_, column)| *column).max()? + 1;
        let rows: Vec<usize> = {
            let mut all: Vec<usize> = self.grid.keys().map(|(row, _)| *row).collect();
            all.dedup();
            all
        };
        for names in self.known.facts.names.iter().filter(|names| names.key) {
            for column in 0..columns.min(3) {
                let of = |row: &usize| {
                    let (_, said) = self.said(*row, column)?;
                    Some((*row, names.texts.iter().position(|text| **text == *said)?))
                };
                let own: Rows = rows.iter().filter_map(of).collect();
                if own.len() >= FEW && best.as_ref().is_none_or(|(_, _, held)| own.len() > held.len()) {
                    best = Some((names, column, own));
                }
            }
        }
        best
    }

    /// Whether a column of the report says what a column of texts says.
    fn agrees(&self, texts: &[Arc<str>], at: usize, rows: &Rows) -> bool {
        let same =
            |(row, record): &(usize, usize)| self.said(*row, at).is_some_and(|(_, said)| said == &*texts[*record]);
        rows.iter().all(same)
    }

    #[expect(clippy::too_many_arguments, reason = "a column of texts, where it stands, and where it goes")]
    fn texts_of(
        &self,
        name: &str,
        texts: &[Arc<str>],
        at: usize,
        rows: &Rows,
        names: &Names,
        by_place: bool,
        found: &mut Vec<(usize, Tag)>,
    ) {
        for &(row, record) in rows {
            let Some((number, _)) = self.said(row, at) else { continue };
            let all = &self.texts[number].text;
            let start = all.len() - all.trim_start().len();
            let expression = super::spell::column(&record_of(names, record, by_place), name);
            found.push((number, Tag { start, end: start + texts[record].len(), expression }));
        }
    }

    /// A column of numbers: what all rows agree with, by the words of its header where that is several.
    fn column(
        &self,
        at: usize,
        rows: &Rows,
        names: &Names,
        by_place: bool,
        prints: &impl Fn(&Tag, &str) -> bool,
        found: &mut Vec<(usize, Tag)>,
    ) {
        let cells: Vec<(usize, usize, Token)> = rows
            .iter()
            .filter_map(|(row, record)| self.token(*row, at).map(|(number, token)| (number, *record, token)))
            .collect();
        if cells.len() < FEW {
            return;
        }
        let header = self.texts[cells[0].0].column.as_str();
        let around = Around::of([(header, 1.0)]);
        let mut fits: Vec<(f64, Kind)> = Vec::new();
        for kind in kinds(names) {
            let entry = |record: usize| self.entry(names, record, &kind);
            let same =
                |(_, record, token): &(usize, usize, Token)| entry(*record).is_some_and(|entry| self.is(&entry, token));
            if cells.iter().all(same) {
                let score = kind.labels().map(|label| self.known.labels.said(label, &around)).fold(0.0, f64::max);
                fits.push((score, kind));
            }
        }
        fits.sort_by(|a, b| b.0.total_cmp(&a.0));
        let Some((score, kind)) = fits.first().copied() else { return };
        if fits.get(1).is_some_and(|(other, _)| score - other < LEAD) {
            return;
        }
        for (number, record, token) in &cells {
            let Some(entry) = self.entry(names, *record, &kind) else { continue };
            found.extend(
                self.tag(&entry, token, *number, prints).map(|tag| (*number, placed(tag, names, *record, by_place))),
            );
        }
        // The row of totals.
        for (row, column) in self.grid.keys().filter(|(_, column)| *column == at) {
            let label = (0..=2).find_map(|at| self.said(*row, at).map(|(_, said)| said)).unwrap_or_default();
            let total = ["合计", "总计", "全县", "全镇", "全区"].contains(&label);
            let entry = self.total(names, &kind).filter(|_| total);
            if let Some((entry, (number, token))) =
                entry.zip(self.token(*row, *column)).filter(|(entry, (_, token))| self.is(entry, token))
            {
                found.extend(self.tag(&entry, &token, number, prints).map(|tag| (number, tag)));
            }
        }
    }

    /// The only figure of a cell.
    fn token(&self, row: usize, column: usize) -> Option<(usize, Token)> {
        let (number, _) = self.said(row, column)?;
        let all = tokens(&self.texts[number].text);
        match &all[..] {
            [one] => Some((number, one.clone())),
            _ => None,
        }
    }

    fn tag(&self, entry: &Entry, token: &Token, number: usize, prints: &impl Fn(&Tag, &str) -> bool) -> Option<Tag> {
        let text = &self.texts[number].text;
        ways(entry, token, &self.known.facts).into_iter().find(|tag| prints(tag, text))
    }

    fn is(&self, entry: &Entry, token: &Token) -> bool {
        let facts = &self.known.facts;
        let (new, old) = (entry.base.at(facts, 0), entry.base.at(facts, -1));
        let change = matches!(token.what, What::Change(_));
        let value = match (entry.form, new, old) {
            (Form::Plain, _, _) => entry.base.at(facts, entry.offset),
            (Form::Growth, Some(new), Some(old)) => Some(100.0 * (new - old) / old),
            (Form::Difference, Some(new), Some(old)) => Some(new - old),
            _ => None,
        };
        let Some(value) = value else { return false };
        let turned = match &token.what {
            What::Change(own) => entry.form != Form::Plain && own.up == (value > 0.0),
            What::Number => entry.form == Form::Plain,
            _ => false,
        };
        let percent = entry.form == Form::Growth
            || entry.form == Form::Plain && entry.base.kind(facts) == crate::quantity::Kind::Share;
        let value = if change { value.abs() } else { value };
        turned && (!token.is_percent() || percent) && (value - token.value).abs() <= token.half() + 1e-9 * value.abs()
    }

    fn cell(&self, names: &Names, record: usize, name: usize) -> Option<usize> {
        self.cells.get(&(names.table, names.texts[record].clone(), name)).copied()
    }

    fn sum(&self, names: &Names, name: usize) -> Option<usize> {
        let own = |at: &usize| {
            let series = &self.known.facts.series[*at];
            series.of == Of::Sum
                && series.table == Some(names.table)
                && series.name == name
                && series.condition.is_none()
        };
        (0..self.known.facts.series.len()).find(own)
    }

    fn entry(&self, names: &Names, record: usize, kind: &Kind) -> Option<Entry> {
        let part = Parts::one(self.cell(names, record, kind.name)?);
        let base = match kind.whole {
            Whole::None => Base::One(part),
            Whole::Column(other) => Base::Share(part, Parts::one(self.cell(names, record, other)?)),
            Whole::Sum => Base::Share(part, Parts::one(self.sum(names, kind.name)?)),
        };
        Some(Entry { base, form: kind.form, offset: kind.offset })
    }

    fn total(&self, names: &Names, kind: &Kind) -> Option<Entry> {
        let part = Parts::one(self.sum(names, kind.name)?);
        let base = match kind.whole {
            Whole::None => Base::One(part),
            Whole::Column(other) => Base::Share(part, Parts::one(self.sum(names, other)?)),
            Whole::Sum => return None,
        };
        Some(Entry { base, form: kind.form, offset: kind.offset })
    }
}

/// Of what a figure is a share.
#[derive(Clone, Copy)]
enum Whole {
    None,
    Column(usize),
    Sum,
}

/// What a column of the report may say: a column of the data and how.
#[derive(Clone, Copy)]
struct Kind {
    name: usize,
    whole: Whole,
    form: Form,
    offset: i16,
}

impl Kind {
    fn labels(&self) -> impl Iterator<Item = usize> {
        let other = if let Whole::Column(other) = self.whole { Some(other) } else { None };
        [Some(self.name), other].into_iter().flatten()
    }
}

fn kinds(names: &Names) -> Vec<Kind> {
    let mut found = Vec::new();
    for (name, ..) in &names.numbers {
        let kind = |whole, form, offset| Kind { name: *name, whole, form, offset };
        found.extend([kind(Whole::None, Form::Plain, 0), kind(Whole::None, Form::Plain, -1)]);
        found.extend([
            kind(Whole::None, Form::Growth, 0),
            kind(Whole::None, Form::Difference, 0),
            kind(Whole::Sum, Form::Plain, 0),
        ]);
        let others = names.numbers.iter().filter(|(other, ..)| other != name);
        found.extend(others.map(|(other, ..)| kind(Whole::Column(*other), Form::Plain, 0)));
    }
    found
}

fn record_of(names: &Names, record: usize, by_place: bool) -> String {
    if by_place { format!("{}[{record}]", names.expression) } else { names.rows[record].clone() }
}

/// A tag with its record by its place.
fn placed(tag: Tag, names: &Names, record: usize, by_place: bool) -> Tag {
    match by_place {
        true => Tag { expression: tag.expression.replace(&names.rows[record], &record_of(names, record, true)), ..tag },
        false => tag,
    }
}
