//! Readings that are made of the numbers near a figure: shares, sums, what is left, so much for each.

use super::base::{Base, Parts};
use super::index::{Entry, Form};
use super::reading::{Known, Reading, plain};
use super::scan::{Token, What};
use super::series::{Facts, Of, fits, size};
use super::weigh::Candidate;
use crate::quantity::Kind;

/// Most readings of a neighbour that are tried.
const MOST: usize = 6;
/// Words for what is left, or lies between.
const LEFT: [&str; 17] = [
    "比计划",
    "高出",
    "少于",
    "超过",
    "还有",
    "尚有",
    "其余",
    "剩余",
    "未",
    "没有",
    "相差",
    "超出",
    "余下",
    "尚余",
    "余",
    "多出",
    "差",
];
/// How far below its best a reading of a neighbour may lie.
const WINDOW: f64 = 0.2;
/// Most series of which sums are tried.
const MOST_SUMMED: usize = 10;
/// How far the numbers are that a figure may be made of.
const BEFORE: usize = 8;
const BEHIND: usize = 4;

/// The likeliest series of the numbers near a figure.
pub fn near(reading: &Reading, at: usize) -> Vec<usize> {
    likely(reading, at, MOST)
}

fn likely(reading: &Reading, at: usize, most: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for other in (at.saturating_sub(BEFORE)..reading.found.len().min(at + BEHIND)).filter(|other| *other != at) {
        let mut own: Vec<&Candidate> = reading.found[other].iter().filter(|own| own.entry.offset == 0).collect();
        own.sort_by(|a, b| b.score.total_cmp(&a.score));
        let floor = own.first().map_or(0.0, |best| best.score - WINDOW);
        found.extend(own.into_iter().take_while(|own| own.score >= floor).filter_map(plain).take(most));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Sums that a figure near it may be.
fn told(reading: &Reading, at: usize) -> Vec<Parts> {
    let near = (at.saturating_sub(BEFORE)..reading.found.len().min(at + BEHIND)).filter(|other| *other != at);
    let sums = near.flat_map(|other| &reading.found[other]).filter_map(|own| match own.entry.base {
        Base::One(parts) if parts.single().is_none() && own.score >= 0.4 => Some(parts),
        _ => None,
    });
    sums.take(MOST_SUMMED).collect()
}

/// What the figure may be made of.
pub fn readings(known: &Known, reading: &Reading, at: usize) -> Vec<Entry> {
    let facts = &known.facts;
    let (token, place) = (&reading.tokens[at], &reading.places[at]);
    let change = matches!(token.what, What::Change(_) | What::Level(_) | What::FromTo { .. });
    let mut bases = Vec::new();
    if change || matches!(token.what, What::Year | What::Rank | What::Day { .. }) {
        return Vec::new();
    }
    let says = |words: &[&str]| words.iter().any(|word| place.clause.contains(word) || place.behind.contains(word));
    let near = near(reading, at);
    let left = says(&LEFT) || LEFT.iter().any(|word| place.part.contains(word) && token.is_percent());
    if token.is_percent() {
        if left {
            rest(facts, &near, token, &mut bases, Base::Left);
        }
        let mut wholes = sums(facts, &likely(reading, at, 2));
        wholes.extend(told(reading, at));
        shares(facts, &near, &wholes, token, &mut bases);
    } else if token.what == What::Ratio || token.unit == "倍" {
        each_pair(facts, &near, &mut |a, b| {
            bases.push(Base::Per(Parts::one(a), Parts::one(b), 1));
        });
    } else {
        if says(&["共", "合计", "总", "两项", "三项", "四项", "二者", "两者", "累计", "一共", "上级"])
        {
            let few = likely(reading, at, 2);
            bases.extend(sums(facts, &few).into_iter().map(Base::One));
            one_more(facts, &few, token, &mut bases);
        }
        if left {
            rest(facts, &near, token, &mut bases, Base::Less);
        }
        bases.extend(adjacent(facts, reading, at));
        if says(&["均", "每千", "每万", "每百", "每十万"]) {
            each(known, reading, at, &near, &mut bases);
        }
    }
    let both = says(&["两年"]);
    let two = |own: &usize| both && two_years(facts, *own, token);
    let two: Vec<Entry> = near
        .iter()
        .filter(|own| two(own))
        .map(|own| Entry { base: Base::series(*own), form: Form::TwoYears, offset: 0 })
        .collect();
    bases.retain(|base| is(*base, token, facts));
    bases.sort_unstable();
    bases.dedup();
    let plain = bases.into_iter().map(|base| Entry { base, form: Form::Plain, offset: 0 });
    plain.chain(two).collect()
}

/// 两年累计35400册: this year and the last.
fn two_years(facts: &Facts, own: usize, token: &Token) -> bool {
    let values = &facts.series[own].values;
    let sum = values.get(&0).zip(values.get(&-1)).map(|(new, old)| new + old);
    fits(&facts.series[own].unit, &token.unit)
        && sum.is_some_and(|sum| (sum - token.value).abs() <= token.half() + 1e-9 * sum.abs())
}

fn amount(facts: &Facts, at: usize) -> bool {
    facts.series[at].kind == Kind::Amount
}

fn each_pair(facts: &Facts, near: &[usize], take: &mut dyn FnMut(usize, usize)) {
    for &a in near {
        for &b in near.iter().filter(|b| **b != a) {
            let groups = facts.series[a].condition.is_some() && facts.series[b].condition.is_some();
            if !groups && amount(facts, a) && amount(facts, b) && fits(&facts.series[a].unit, &facts.series[b].unit) {
                take(a, b);
            }
        }
    }
}

/// Sums of two to four series of one unit.
fn sums(facts: &Facts, near: &[usize]) -> Vec<Parts> {
    let own =
        near.iter().copied().filter(|at| amount(facts, *at) && matches!(facts.series[*at].of, Of::Field | Of::Sum));
    let own: Vec<usize> = own.take(MOST_SUMMED).collect();
    let mut found = Vec::new();
    for bits in 1u32..1 << own.len() {
        if !(2..=4).contains(&bits.count_ones()) {
            continue;
        }
        let parts: Vec<usize> = (0..own.len()).filter(|at| bits >> at & 1 == 1).map(|at| own[at]).collect();
        let unit = &facts.series[parts[0]].unit;
        if parts.iter().all(|at| fits(unit, &facts.series[*at].unit)) && beside(facts, &parts) {
            found.push(Parts::of(&parts));
        }
    }
    found
}

/// The numbers right before a figure, added up: 早稻92000亩、晚稻92000亩，全年184000亩.
fn adjacent(facts: &Facts, reading: &Reading, at: usize) -> Vec<Base> {
    let mut own: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for other in (at.saturating_sub(3)..at).rev() {
        if reading.tokens[other].unit != reading.tokens[at].unit || reading.tokens[other].what != What::Number {
            break;
        }
        let fresh = |candidate: &&Candidate| {
            candidate.entry.offset == 0 && plain(candidate).is_some_and(|at| !own.contains(&at))
        };
        let best = reading.found[other].iter().filter(fresh).max_by(|a, b| a.score.total_cmp(&b.score));
        let Some(best) = best.and_then(plain).filter(|at| amount(facts, *at)) else { break };
        own.push(best);
        if own.len() > 1 {
            let mut parts = own.clone();
            parts.sort_unstable();
            found.push(Base::One(Parts::of(&parts)));
        }
    }
    found
}

/// Whether series stand beside each other, none a part of another: fields, columns of a table, groups of one column.
fn beside(facts: &Facts, parts: &[usize]) -> bool {
    let first = &facts.series[parts[0]];
    let rest = parts[1..].iter().map(|at| &facts.series[*at]);
    let mut names: Vec<usize> = parts.iter().map(|at| facts.series[*at].name).collect();
    names.sort_unstable();
    names.dedup();
    let apart = names.len() == parts.len();
    match (first.of, first.condition) {
        (Of::Field, _) => rest.into_iter().all(|own| own.of == Of::Field),
        (of, None) => {
            apart && rest.into_iter().all(|own| own.of == of && own.table == first.table && own.condition.is_none())
        }
        (of, Some((column, _))) => {
            let group = |own: &super::series::Series| own.condition.is_some_and(|(other, _)| other == column);
            names.len() == 1 && rest.into_iter().all(|own| own.of == of && own.table == first.table && group(own))
        }
    }
}

/// A sum of two or three near it and one field that is not.
fn one_more(facts: &Facts, near: &[usize], token: &Token, bases: &mut Vec<Base>) {
    let fields: Vec<usize> = (0..facts.series.len())
        .filter(|at| facts.series[*at].of == Of::Field && amount(facts, *at))
        .take(300)
        .collect();
    for parts in sums(facts, near) {
        let own: Vec<usize> = parts.iter().collect();
        if own.len() > 3 {
            continue;
        }
        for &more in fields.iter().filter(|at| !own.contains(at)) {
            if fits(&facts.series[own[0]].unit, &facts.series[more].unit) {
                let base = Base::One(Parts::of(&[&own[..], &[more]].concat()));
                bases.extend(Some(base).filter(|base| is(*base, token, facts)));
            }
        }
    }
}

fn shares(facts: &Facts, near: &[usize], sums: &[Parts], token: &Token, bases: &mut Vec<Base>) {
    each_pair(facts, near, &mut |part, whole| bases.push(Base::Share(Parts::one(part), Parts::one(whole))));
    for &whole in sums {
        for part in near
            .iter()
            .copied()
            .filter(|at| amount(facts, *at) && fits(&facts.series[*at].unit, &facts.series[whole.first()].unit))
        {
            let base = Base::Share(Parts::one(part), whole);
            bases.extend(Some(base).filter(|base| is(*base, token, facts)));
        }
    }
}

/// What is left of one number without another.
fn rest(facts: &Facts, near: &[usize], token: &Token, bases: &mut Vec<Base>, make: fn(Parts, Parts) -> Base) {
    let whole = |own: &usize| {
        let series = &facts.series[*own];
        series.of == Of::Field || series.of == Of::Sum && series.condition.is_none()
    };
    let fields = (0..facts.series.len()).filter(whole).take(300);
    let mut all: Vec<usize> = near.iter().copied().chain(fields).collect();
    all.sort_unstable();
    all.dedup();
    for &whole in &all {
        for &part in all.iter().filter(|part| **part != whole) {
            let (a, b) = (&facts.series[whole], &facts.series[part]);
            let base = make(Parts::one(whole), Parts::one(part));
            if amount(facts, whole) && amount(facts, part) && a.unit == b.unit && is(base, token, facts) {
                bases.push(base);
            }
        }
    }
}

/// So much for each: 场均41.3人次, 每千人2.52人.
fn each(known: &Known, reading: &Reading, at: usize, near: &[usize], bases: &mut Vec<Base>) {
    let facts = &known.facts;
    let token = &reading.tokens[at];
    let scales = known.scales(reading, at);
    let clause = reading.places[at].clause;
    let counted =
        [("人均", "人口"), ("户均", "户")].into_iter().find(|(word, _)| clause.contains(word)).map(|(_, word)| word);
    let named = |own: &usize| {
        let entry = Entry { base: Base::series(*own), form: Form::Plain, offset: 0 };
        let by_word = counted.is_some_and(|word| facts.labels[facts.series[*own].name].contains(word));
        by_word || scales.weigh(entry).is_some_and(|own| own.words >= 0.3)
    };
    let plain = |own: &usize| {
        let series = &facts.series[*own];
        amount(facts, *own) && series.condition.is_none() && matches!(series.of, Of::Field | Of::Sum | Of::Count)
    };
    let all: Vec<usize> =
        (0..facts.series.len()).filter(|own| plain(own) && (near.contains(own) || named(own))).take(200).collect();
    let each = [("每千", 1000), ("每万", 10_000), ("每百", 100), ("每十万", 100_000)]
        .into_iter()
        .find(|(word, _)| clause.contains(word));
    let each = each.map_or(1, |(_, each)| each);
    for &whole in &all {
        let own = &facts.series[whole].unit;
        let factor = if own.is_empty() || token.unit.is_empty() || !fits(own, &token.unit) {
            1.0
        } else {
            size(own) / size(&token.unit)
        };
        if !(1.0..=1e8).contains(&factor) {
            continue;
        }
        // The mean of a column is one already.
        let mean = |parts: usize| {
            let (a, b) = (&facts.series[whole], &facts.series[parts]);
            a.of == Of::Sum && b.of == Of::Count && a.table == b.table
        };
        for &parts in all.iter().filter(|parts| **parts != whole && !mean(**parts)) {
            bases.push(Base::Per(Parts::one(whole), Parts::one(parts), each * factor as u32));
        }
    }
}

/// Whether a figure is this value as it is written.
fn is(base: Base, token: &Token, facts: &Facts) -> bool {
    let Some(value) = base.at(facts, 0) else { return false };
    let unit = base.unit(facts);
    let scaled = matches!(base, Base::One(_) | Base::Less(..)) && !unit.is_empty() && !token.unit.is_empty();
    if scaled && !fits(unit, &token.unit) {
        return false;
    }
    let value = if scaled { value * size(unit) / size(&token.unit) } else { value };
    (value - token.value).abs() <= token.half() + 1e-9 * value.abs()
}
