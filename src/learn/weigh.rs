//! Which reading the words speak for.

use super::base::{Base, Parts};
use super::extremes::{Outermost, nearest};
use super::index::{Entry, Form};
use super::place::{Place, Text};
use super::scan::{Token, What};
use super::series::{Facts, Of, Series};
use super::words::Labels;
use crate::quantity::{Kind, Measure};

/// A reading of a figure with what speaks for it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub entry: Entry,
    /// From 0 to 1: how well the words name it.
    pub words: f64,
    /// The same with all that speaks for and against it.
    pub score: f64,
}

const MEAN: &str = "平均 人均 户均 均 每站 每村 每镇 每个";

fn holds(text: &str, list: &str) -> bool {
    list.split(' ').any(|word| text.contains(word))
}

/// What a figure is weighed with.
pub struct Scales<'s> {
    pub facts: &'s Facts,
    pub labels: &'s Labels,
    pub text: &'s Text,
    pub token: &'s Token,
    pub place: &'s Place<'s>,
    /// The name before it is that of the record with the most: table, column, greatest.
    pub by: Option<Outermost>,
}

impl Scales<'_> {
    /// A reading with its weight; `None` where it contradicts the sentence.
    pub fn weigh(&self, entry: Entry) -> Option<Candidate> {
        self.goes_the_way(&entry)?;
        self.is_spoken_of(&entry)?;
        let words = match entry.base {
            Base::One(own) => self.parts(own),
            Base::Share(part, whole) => 0.7 * self.parts(part) + 0.3 * self.parts(whole),
            Base::Less(whole, part) | Base::Left(whole, part) => 0.5 * self.parts(part) + 0.5 * self.parts(whole),
            Base::Per(whole, parts, _) => 0.6 * self.parts(whole) + 0.4 * self.parts(parts),
        };
        let score = words + self.time(&entry) + self.unit(&entry) - self.cost(&entry);
        Some(Candidate { entry, words, score })
    }

    /// What a column says of the record with the most in another: only where that record has been named.
    fn is_spoken_of(&self, entry: &Entry) -> Option<()> {
        let other = |at: &usize| match self.facts.series[*at].of {
            Of::Extreme { greatest, by } if by != self.facts.series[*at].name => {
                self.by != self.facts.series[*at].table.map(|table| (table, by, greatest))
            }
            // A cell of the report's table counts no records.
            Of::Count => self.text.cell && self.facts.series[*at].condition.is_some(),
            _ => false,
        };
        (!entry.base.all().iter().any(other)).then_some(())
    }

    /// A rise is no fall; a change is no value, but for rates of growth that the data give.
    fn goes_the_way(&self, entry: &Entry) -> Option<()> {
        let facts = self.facts;
        match (&self.token.what, entry.form) {
            (What::Change(change), Form::Plain) => {
                let value = entry.base.at(facts, entry.offset)?;
                let share = entry.base.kind(facts) == Kind::Share;
                let Base::One(own) = entry.base else { return None };
                let name = &facts.labels[facts.series[own.single()?].name];
                let rate = share && holds(name, "增速 增幅 增长 增减 同比 涨幅 升降");
                let counted = !share && (holds(name, "增 减 新") || name.contains(change.verb));
                (rate && (value >= 0.0) == change.up || counted).then_some(())
            }
            (What::Change(change), _) => {
                let (new, old) = (entry.base.at(facts, 0)?, entry.base.at(facts, -1)?);
                (if change.up { new > old } else { new < old }).then_some(())
            }
            (What::FromTo { .. } | What::Number | What::Level(_) | What::Ratio | What::Rank, Form::Plain) => Some(()),
            (What::Number, Form::Times | Form::TwoYears) => Some(()),
            _ => None,
        }
    }

    /// How well the words name series that are added up: they need not all be near.
    fn parts(&self, parts: Parts) -> f64 {
        let (sum, count) = parts.iter().fold((0.0, 0.0), |(sum, count), at| (sum + self.series(at), count + 1.0));
        sum / f64::max(count, 1.0)
    }

    /// How well the words name a series.
    fn series(&self, at: usize) -> f64 {
        let series = &self.facts.series[at];
        let around = &self.place.around;
        let said = |label: usize| self.labels.said(label, around);
        let table = series.table.map_or(0.0, said);
        let names: Vec<usize> = [Some(series.name), series.record, series.table].into_iter().flatten().collect();
        let covered = |more: &[usize]| self.labels.covered(&[&names[..], more].concat(), around);
        let clause = self.place.clause;
        let way = nearest(self.place.part, self.place.behind);
        let extreme = nearest(clause, self.place.behind).is_some();
        let mean = holds(clause, MEAN);
        let name = said(series.name);
        let name = if self.labels.is_general(series.name) { name.max(0.85 * table) } else { name };
        let words = match &series.of {
            Of::Field => 0.8 * name + 0.2 * covered(&[]),
            Of::Cell => {
                let record = self.record(series);
                let own = 0.35 * record + 0.5 * name + 0.15 * covered(&[]);
                // The record may be another next year.
                let own = if self.text.cell {
                    own
                } else if self.by.is_some() {
                    0.6 * own
                } else if way.is_some() && !extreme {
                    0.75 * own
                } else {
                    own
                };
                // Who has the most this year need not have it next year.
                let own = if self.by.is_none() && self.is_outermost(at) { 0.6 * own } else { own };
                if record == 0.0 { 0.3 * own } else { own }
            }
            Of::Count if series.condition.is_none() => (0.75 * table + 0.25 * covered(&[])).max(self.noun(series)),
            Of::Sum if series.condition.is_none() => 0.7 * name + 0.1 * table + 0.2 * covered(&[]),
            Of::Mean if series.condition.is_none() => 0.7 * name + 0.1 * table + 0.2 * covered(&[]),
            Of::Count | Of::Sum | Of::Mean => self.conditioned(series, name, table, &covered),
            Of::Extreme { greatest, by } => self.outermost(series, (*greatest, *by), name, table),
        };
        let of_extreme = matches!(series.of, Of::Extreme { .. });
        let own_mean = self.facts.labels[series.name].contains('均') || series.of == Of::Mean;
        let words = if extreme && !of_extreme && series.of != Of::Field { 0.7 * words } else { words };
        if series.of == Of::Mean && !mean {
            0.3 * words
        } else if mean && !own_mean {
            0.75 * words
        } else {
            words
        }
    }

    /// Whether the sentence has gone on from this group to another of the same column.
    fn is_told_of_another(&self, table: Option<usize>, column: usize, value: usize) -> bool {
        let last = |label: usize| self.place.before.rfind(&*self.facts.labels[label]);
        let Some(own) = last(value) else { return false };
        let tables = self.facts.names.iter().filter(|names| names.key && Some(names.table) == table);
        let mut others = tables
            .flat_map(|names| &names.groups)
            .filter(|group| group.condition.0 == column && group.condition.1 != value);
        others.any(|group| last(group.condition.1).is_some_and(|at| at > own))
    }

    /// Records are counted by what their names end with: 十一个行政村.
    fn noun(&self, series: &Series) -> f64 {
        let mut own = self.facts.names.iter().filter(|names| Some(names.table) == series.table && names.key);
        let behind: String = self.place.behind.chars().take(8).collect();
        if own.any(|names| !names.noun.is_empty() && behind.contains(&names.noun)) { 0.56 } else { 0.0 }
    }

    /// Who has the most, or what it is: the sentence must say so.
    fn outermost(&self, series: &Series, (greatest, by): (bool, usize), name: f64, table: f64) -> f64 {
        let way = nearest(self.place.part, self.place.behind);
        let extreme = nearest(self.place.clause, self.place.behind).is_some();
        let said = |label: usize| self.labels.said(label, &self.place.around);
        let there = way.is_some_and(|way| way.fits(greatest));
        let bound = self.by.is_some_and(|own| Some(own.0) == series.table && own.1 == by && own.2 == greatest);
        let own = if by == series.name { 0.7 * name } else { 0.4 * name + 0.3 * said(by) };
        let words = own + 0.05 * table + 0.15;
        match (bound, there && self.by.is_none()) {
            (true, _) => words.max(0.55) + 0.2,
            (_, true) if extreme || by == series.name => words,
            (_, true) => 0.7 * words,
            _ => 0.3 * words,
        }
    }

    /// Whether a cell is the most or the least of its column, where the sentence speaks of one.
    fn is_outermost(&self, at: usize) -> bool {
        let own = &self.facts.series[at];
        let told = ["最", "首", "第一", "末"]
            .iter()
            .any(|word| self.place.part.contains(word) || self.place.behind.contains(word));
        told && !self.text.cell
            && self.facts.series.iter().any(|other| {
                let of = matches!(other.of, Of::Extreme { by, .. } if by == own.name && other.name == own.name);
                of && other.table == own.table && other.values.get(&0) == own.values.get(&0)
            })
    }

    /// Records that have something in common: what that is must be said.
    fn conditioned(&self, series: &Series, name: f64, table: f64, covered: &dyn Fn(&[usize]) -> f64) -> f64 {
        let Some((column, value)) = series.condition else { return 0.0 };
        let apart = if self.is_told_of_another(series.table, column, value) { 0.55 } else { 1.0 };
        let said = |label: usize| self.labels.said(label, &self.place.around);
        let (of_value, of_column) = (said(value), said(column));
        let apart = if self.text.cell { 0.5 * apart } else { apart };
        let words = match series.of {
            Of::Count => 0.55 * of_value + 0.25 * table.max(of_column) + 0.2 * covered(&[column, value]),
            _ => 0.4 * of_value + 0.4 * name + 0.05 * table + 0.15 * covered(&[column, value]),
        };
        let denies = ["未", "没有"].iter().any(|word| self.facts.labels[value].starts_with(word));
        let denied = ["未", "没", "尚", "不", "无"]
            .iter()
            .any(|word| self.place.clause.contains(word) || self.place.behind.contains(word));
        match (denies, denied) {
            (true, false) => 0.3 * words,
            (false, _) if apart < 1.0 => apart * words,
            (true, true) if of_column >= 0.6 && of_value < 0.6 => words + 0.15,
            _ if of_value < 0.5 => 0.5 * words,
            _ => words,
        }
    }

    /// From 0 to 1: whether the record of a cell is the one that is spoken of.
    fn record(&self, series: &Series) -> f64 {
        let Some(record) = series.record else { return 0.0 };
        let name = &*self.facts.labels[record];
        let short = short(name);
        let last = |text: &str| text.rfind(name).or_else(|| short.and_then(|short| text.rfind(short)));
        if last(&self.text.row).is_some() {
            return 1.0;
        }
        if let Some(own) = last(self.place.before) {
            let later = self.named(series).any(|other| {
                other != name && self.place.before.rfind(other).is_some_and(|at| at > own && !name.contains(other))
            });
            return if later { 0.35 } else { 1.0 };
        }
        if last(self.place.behind).is_some() {
            return 0.7;
        }
        let elsewhere = self.named(series).any(|other| self.place.before.contains(other));
        if !elsewhere && last(&self.text.above).is_some() {
            return 0.8;
        }
        let opens = self.text.text.chars().take(24).collect::<String>();
        if !elsewhere && last(&opens).is_some() { 0.8 } else { 0.0 }
    }

    /// The names of the records of its table.
    fn named(&self, series: &Series) -> impl Iterator<Item = &str> {
        let table = series.table;
        let of_table = self.facts.names.iter().filter(move |names| Some(names.table) == table);
        of_table.flat_map(|names| &names.texts).map(|text| &**text).filter(|text| !text.is_empty())
    }

    /// What the words of time say for or against it.
    fn time(&self, entry: &Entry) -> f64 {
        let change = entry.form != Form::Plain;
        match (self.place.time, entry.offset) {
            (Some(said), own) if said == own => 0.05,
            // What is planned is seldom in the data.
            (Some(said), 0) if said > 0 => -0.1,
            (None, 0) => 0.0,
            (Some(said), _) if change && said == 0 => 0.0,
            (None, -1) if self.place.before.ends_with(['由', '从']) || self.place.lead.starts_with(['由', '从']) => {
                0.05
            }
            _ => -0.5,
        }
    }

    /// What its unit says for or against it.
    fn unit(&self, entry: &Entry) -> f64 {
        let said = self.token.unit.as_str();
        if said.is_empty() || entry.form == Form::Growth || entry.base.kind(self.facts) == Kind::Share {
            return 0.0;
        }
        let own = entry.base.unit(self.facts);
        if !own.is_empty() {
            return if Measure::of(own).dimension == Measure::of(said).dimension { 0.06 } else { -0.05 };
        }
        let name = &*self.facts.labels[self.facts.series[entry.base.first()].name];
        match implied(name) {
            Some(unit) if Measure::of(unit).dimension == Measure::of(said).dimension => 0.06,
            Some(_) => -0.2,
            None => 0.0,
        }
    }

    fn cost(&self, entry: &Entry) -> f64 {
        let of = |at: usize| match self.facts.series[at].of {
            Of::Field => 0.0,
            Of::Cell | Of::Sum => 0.01,
            Of::Count => 0.02,
            Of::Extreme { .. } | Of::Mean => 0.03,
        };
        let series: f64 = entry.base.all().into_iter().map(of).sum();
        let base = match entry.base {
            Base::One(_) => 0.0,
            Base::Share(..) => 0.03,
            Base::Less(..) | Base::Left(..) | Base::Per(..) => 0.08,
        };
        // What is of one table is made of it.
        let mut tables = entry.base.all().into_iter().map(|at| self.facts.series[at].table);
        let first = tables.next();
        let apart = if tables.all(|table| Some(table) == first) { 0.0 } else { 0.08 };
        series + base + apart
    }
}

/// What a name says that it is counted in: 场次 of 培训场次.
fn implied(name: &str) -> Option<&'static str> {
    const ENDS: [(&str, &str); 14] = [
        ("人次", "人次"),
        ("场次", "场"),
        ("人数", "人"),
        ("件数", "件"),
        ("户数", "户"),
        ("次数", "次"),
        ("期数", "期"),
        ("项数", "项"),
        ("家数", "家"),
        ("场数", "场"),
        ("经费", "元"),
        ("资金", "元"),
        ("金额", "元"),
        ("面积", "亩"),
    ];
    ENDS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, unit)| *unit)
}

/// A place without what it is: 云溪 of 云溪镇.
pub fn short(name: &str) -> Option<&str> {
    let ends = ["街道", "社区", "镇", "乡", "村", "县", "区"];
    ends.iter().find_map(|end| name.strip_suffix(end)).filter(|rest| rest.chars().count() >= 2)
}
