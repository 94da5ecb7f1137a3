//! From a printed value to what it may be a value of.

use super::base::{Base, Parts};
use super::scan::{Token, What};
use super::series::{Facts, Of, Series, fits, size};
use crate::quantity::{Kind, Measure};

/// How a figure says its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// The value.
    Plain,
    /// By how many per cent it has changed.
    Growth,
    /// By how much it has changed.
    Difference,
    /// How many times as much as the year before.
    Times,
    /// By how many times more.
    Increase,
    /// Together with the year before.
    TwoYears,
}

/// One way in which a value comes about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    pub base: Base,
    pub form: Form,
    /// Years from the report's.
    pub offset: i16,
}

/// Most fields of which every two are tried as a share.
const MOST_PAIRED: usize = 400;

/// All entries by value.
pub struct Index {
    /// Amounts in their own unit.
    plain: Vec<(f64, Entry)>,
    /// Amounts in base units.
    based: Vec<(f64, Entry)>,
    percent: Vec<(f64, Entry)>,
    change: Vec<(f64, Entry)>,
    times: Vec<(f64, Entry)>,
}

impl Index {
    /// Of all series.
    pub fn of(facts: &Facts) -> Index {
        let mut index =
            Index { plain: Vec::new(), based: Vec::new(), percent: Vec::new(), change: Vec::new(), times: Vec::new() };
        for at in 0..facts.series.len() {
            index.own(facts, at);
        }
        for (part, whole) in pairs(facts) {
            index.share(facts, Base::Share(Parts::one(part), Parts::one(whole)));
        }
        for list in [&mut index.plain, &mut index.based, &mut index.percent, &mut index.change, &mut index.times] {
            list.retain(|(value, _)| value.is_finite());
            list.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        index
    }

    fn own(&mut self, facts: &Facts, at: usize) {
        let series = &facts.series[at];
        let base = Base::series(at);
        let share = series.kind == Kind::Share;
        for (&offset, &value) in &series.values {
            let entry = Entry { base, form: Form::Plain, offset };
            if share {
                self.percent.push((value.abs(), entry));
            } else {
                self.plain.push((value.abs(), entry));
                let based = value.abs() * size(&series.unit);
                if (based - value.abs()).abs() > f64::EPSILON {
                    self.based.push((based, entry));
                }
            }
        }
        self.changes(facts, base);
    }

    /// What has changed since the year before.
    fn changes(&mut self, facts: &Facts, base: Base) {
        let (Some(new), Some(old)) = (base.at(facts, 0), base.at(facts, -1)) else { return };
        let entry = |form| Entry { base, form, offset: 0 };
        let change = new - old;
        self.change.push((change.abs(), entry(Form::Difference)));
        let scale = size(base.unit(facts));
        if (scale - 1.0).abs() > f64::EPSILON {
            self.change.push((change.abs() * scale, entry(Form::Difference)));
        }
        if base.kind(facts) != Kind::Share && old > 0.0 {
            self.percent.push((100.0 * change.abs() / old, entry(Form::Growth)));
            self.times.push((new / old, entry(Form::Times)));
            self.times.push((change / old, entry(Form::Increase)));
        }
    }

    fn share(&mut self, facts: &Facts, base: Base) {
        let Some(value) = base.at(facts, 0).filter(|value| *value > 0.0 && *value < 400.0) else { return };
        self.percent.push((value, Entry { base, form: Form::Plain, offset: 0 }));
        if let Some(old) = base.at(facts, -1) {
            self.change.push(((value - old).abs(), Entry { base, form: Form::Difference, offset: 0 }));
        }
    }

    /// What a figure of the text may be, by its value and unit alone.
    pub fn find(&self, token: &Token, facts: &Facts) -> Vec<Entry> {
        let mut found = Vec::new();
        let change = matches!(token.what, What::Change(_));
        match token.unit.as_str() {
            "%" | "％" => found.extend(near(&self.percent, token.value, token.half())),
            "个百分点" => {
                let share = |entry: &Entry| entry.base.kind(facts) == Kind::Share;
                found.extend(near(&self.change, token.value, token.half()).filter(share));
            }
            "倍" => found.extend(near(&self.times, token.value, token.half())),
            unit => {
                let scale = size(unit);
                let lists: &[&Vec<(f64, Entry)>] =
                    if change { &[&self.change, &self.plain, &self.based] } else { &[&self.plain, &self.based] };
                for list in lists {
                    found.extend(near(list, token.value, token.half()));
                    if (scale - 1.0).abs() > f64::EPSILON {
                        found.extend(near(list, token.value * scale, token.half() * scale));
                    }
                }
                found.retain(|entry| suits(entry, token, facts));
            }
        }
        if let What::FromTo { old, decimals } = token.what {
            let half = 0.5 / 10f64.powi(decimals as i32) + 1e-9 * old.abs();
            found.retain(|entry| {
                let there = entry.form == Form::Plain && entry.offset == 0;
                there && entry.base.at(facts, -1).is_some_and(|value| (value - old).abs() <= half)
            });
        }
        found.dedup();
        found
    }
}

/// Whether a figure with its unit is this value, in the unit that the data say.
pub fn suits(entry: &Entry, token: &Token, facts: &Facts) -> bool {
    let own = entry.base.unit(facts);
    if entry.base.kind(facts) == Kind::Share || !fits_loosely(&token.unit, own) || !counts(entry.base, token, facts) {
        return false;
    }
    let value = match entry.form {
        Form::Plain => entry.base.at(facts, entry.offset),
        _ => entry.base.at(facts, 0).zip(entry.base.at(facts, -1)).map(|(new, old)| new - old),
    };
    let Some(value) = value else { return false };
    let half = token.half() + 1e-9 * token.value.abs();
    let said = match own.is_empty() || token.unit.is_empty() {
        true => value.abs(),
        false if fits(&token.unit, own) => value.abs() * size(own) / size(&token.unit),
        false => value.abs(),
    };
    // Without a unit the data may count in 元 what the text says in 万元.
    let scaled = own.is_empty() && (value.abs() / size(&token.unit) - token.value).abs() <= half;
    (said - token.value).abs() <= half || scaled
}

/// 个 counts whatever is counted.
fn fits_loosely(said: &str, own: &str) -> bool {
    fits(said, own) || (said == "个" && is_count(own)) || (own == "个" && is_count(said))
}

/// Whether a unit counts things.
fn is_count(unit: &str) -> bool {
    !matches!(
        &*Measure::of(unit).dimension,
        "元" | "亩" | "米" | "公斤" | "立方米" | "千瓦时" | "小时" | "月" | "%" | "‰"
    )
}

/// Records are counted by what counts things; a number that was left of two has one unit.
fn counts(base: Base, token: &Token, facts: &Facts) -> bool {
    let whole = |series: &Series| series.of == Of::Count;
    !base.all().iter().any(|at| whole(&facts.series[*at]))
        || matches!(base, Base::Share(..) | Base::Per(..))
        || is_count(&token.unit)
}

fn near<'i>(list: &'i [(f64, Entry)], value: f64, half: f64) -> impl Iterator<Item = Entry> + 'i {
    let slack = half + 1e-9 * value.abs();
    let from = list.partition_point(|(known, _)| *known < value - slack);
    list[from..].iter().take_while(move |(known, _)| *known <= value + slack).map(|(_, entry)| *entry)
}

/// What may be a share of what: fields of one unit, parts of a column, columns of one record.
fn pairs(facts: &Facts) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let of =
        |wanted: Of| -> Vec<usize> { (0..facts.series.len()).filter(|at| facts.series[*at].of == wanted).collect() };
    let alike = |a: usize, b: usize| {
        let (a, b) = (&facts.series[a], &facts.series[b]);
        a.kind == Kind::Amount && b.kind == Kind::Amount && fits(&a.unit, &b.unit)
    };
    let fields = of(Of::Field);
    if fields.len() <= MOST_PAIRED {
        for &a in &fields {
            found.extend(fields.iter().filter(|b| **b != a && alike(a, **b)).map(|b| (a, *b)));
        }
    }
    let (sums, counts) = (of(Of::Sum), of(Of::Count));
    // A whole has no condition.
    let wholes = |all: &[usize]| -> Vec<usize> {
        all.iter().copied().filter(|at| facts.series[*at].condition.is_none()).collect()
    };
    let (whole_sums, whole_counts) = (wholes(&sums), wholes(&counts));
    for &a in &sums {
        for &b in &whole_sums {
            let (one, other) = (&facts.series[a], &facts.series[b]);
            let part = one.condition.is_some() && one.name == other.name;
            if a != b && one.table == other.table && (part || one.condition.is_none()) && alike(a, b) {
                found.push((a, b));
            }
        }
    }
    for &a in &counts {
        let own = whole_counts.iter().filter(|b| **b != a && facts.series[**b].table == facts.series[a].table);
        found.extend(own.map(|b| (a, *b)));
    }
    rows(facts, &of(Of::Cell), &whole_sums, &alike, &mut found);
    found
}

/// A cell of the sum of its column, and of another cell of its record.
fn rows(
    facts: &Facts,
    cells: &[usize],
    sums: &[usize],
    alike: &dyn Fn(usize, usize) -> bool,
    found: &mut Vec<(usize, usize)>,
) {
    let mut from = 0;
    while from < cells.len() {
        let first = &facts.series[cells[from]];
        let same = |at: &&usize| {
            let own = &facts.series[**at];
            own.record == first.record && own.table == first.table
        };
        let row: Vec<usize> = cells[from..].iter().take_while(same).copied().collect();
        for &a in &row {
            let own = &facts.series[a];
            let whole = |b: &&usize| {
                let sum = &facts.series[**b];
                sum.table == own.table && sum.name == own.name && sum.condition.is_none()
            };
            found.extend(sums.iter().find(whole).map(|b| (a, *b)));
            found.extend(row.iter().filter(|b| **b != a && alike(a, **b)).map(|b| (a, *b)));
        }
        from += row.len().max(1);
    }
}
