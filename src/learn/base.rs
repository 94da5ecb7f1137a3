//! What a figure is a figure of: series added up, or two such sums beside each other.

use super::series::{Facts, Of, size};
use super::spell;
use crate::quantity::Kind;

/// Most series that are added up.
pub const MOST: usize = 4;
const NONE: u32 = u32::MAX;

/// Series that are added up; nearly always one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Parts([u32; MOST]);

impl Parts {
    /// One series.
    pub fn one(at: usize) -> Parts {
        Parts::of(&[at])
    }

    /// Several; more than [`MOST`] are left out.
    pub fn of(all: &[usize]) -> Parts {
        let mut own = [NONE; MOST];
        own.iter_mut().zip(all).for_each(|(slot, at)| *slot = u32::try_from(*at).unwrap_or(NONE));
        Parts(own)
    }

    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().filter(|at| *at != NONE).map(|at| at as usize)
    }

    pub fn first(self) -> usize {
        self.0[0] as usize
    }

    pub fn single(self) -> Option<usize> {
        (self.0[1] == NONE).then(|| self.first())
    }

    fn at(self, facts: &Facts, offset: i16) -> Option<f64> {
        let unit = &facts.series[self.first()].unit;
        self.iter().try_fold(0.0, |sum, at| {
            let own = &facts.series[at];
            Some(sum + own.values.get(&offset)? * scale(&own.unit, unit))
        })
    }

    fn expression(self, facts: &Facts, decimals: u32) -> String {
        let of = |at: usize| {
            let own = facts.series[at].expression.replace("位数=位数", &format!("位数={decimals}"));
            // A filter binds closer than an operator.
            if facts.series[at].of == Of::Count && self.single().is_none() { format!("({own})") } else { own }
        };
        self.iter().map(of).collect::<Vec<_>>().join(" + ")
    }
}

/// One sum of series, or what two of them make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Base {
    /// As it is.
    One(Parts),
    /// So many per cent of another.
    Share(Parts, Parts),
    /// What is left of one without the other.
    Less(Parts, Parts),
    /// So many per cent of one are left without another.
    Left(Parts, Parts),
    /// So much for each of another, or for each so many.
    Per(Parts, Parts, u32),
}

impl Base {
    /// One series.
    pub fn series(at: usize) -> Base {
        Base::One(Parts::one(at))
    }

    /// Its value some years from the report's; of a share in per cent.
    pub fn at(self, facts: &Facts, offset: i16) -> Option<f64> {
        match self {
            Base::One(own) => own.at(facts, offset),
            Base::Share(part, whole) => {
                let ratio = part.at(facts, offset)? * between(facts, part, whole) / whole.at(facts, offset)?;
                ratio.is_finite().then_some(100.0 * ratio)
            }
            Base::Less(whole, part) => {
                Some(whole.at(facts, offset)? - part.at(facts, offset)? * between(facts, part, whole))
            }
            Base::Left(whole, part) => Some(100.0 - Base::Share(part, whole).at(facts, offset)?),
            Base::Per(whole, parts, each) => {
                let value = whole.at(facts, offset)? * f64::from(each) / parts.at(facts, offset)?;
                value.is_finite().then_some(value)
            }
        }
    }

    /// The years of which it is known.
    pub fn offsets(self, facts: &Facts) -> Vec<i16> {
        facts.series[self.first()].values.keys().copied().filter(|offset| self.at(facts, *offset).is_some()).collect()
    }

    fn both(self) -> (Parts, Option<Parts>) {
        match self {
            Base::One(own) => (own, None),
            Base::Share(a, b) | Base::Less(a, b) | Base::Left(a, b) | Base::Per(a, b, _) => (a, Some(b)),
        }
    }

    /// The series that names it.
    pub fn first(self) -> usize {
        self.both().0.first()
    }

    /// All its series.
    pub fn all(self) -> Vec<usize> {
        let (one, other) = self.both();
        one.iter().chain(other.into_iter().flat_map(Parts::iter)).collect()
    }

    pub fn kind(self, facts: &Facts) -> Kind {
        match self {
            Base::Share(..) | Base::Left(..) => Kind::Share,
            Base::Per(..) => Kind::Ratio,
            _ => facts.series[self.first()].kind,
        }
    }

    pub fn unit(self, facts: &Facts) -> &str {
        match self {
            Base::Share(..) | Base::Left(..) => "",
            _ => &facts.series[self.first()].unit,
        }
    }

    /// The expression that gives it; `decimals` of what is rounded by a function.
    pub fn expression(self, facts: &Facts, decimals: u32) -> String {
        let of = |parts: Parts| parts.expression(facts, decimals);
        let within = |parts: Parts| spell::closed(&of(parts));
        let digits = if decimals == 1 { String::new() } else { format!(", 位数={decimals}") };
        match self {
            Base::One(own) => of(own),
            Base::Share(part, whole) => {
                let more = self.at(facts, 0).is_some_and(|share| share > 100.0);
                let label = &facts.labels[facts.series[whole.first()].name];
                let plan = ["计划", "任务", "目标"].iter().any(|word| label.contains(word));
                let function = if more || plan { "完成率" } else { "占比" };
                format!("{function}({}, {}{digits})", of(part), of(whole))
            }
            Base::Left(whole, part) => format!("占比({} - {}, {}{digits})", within(whole), within(part), of(whole)),
            Base::Less(whole, part) => format!("{} - {}", within(whole), within(part)),
            Base::Per(whole, parts, each) => {
                let bare = |parts: Parts| format!("({} | 作(\"\"))", within(parts));
                let each = if each == 1 { String::new() } else { format!(" * {each}") };
                format!("{}{each} / {}", bare(whole), bare(parts))
            }
        }
    }

    /// The same for another year.
    pub fn of_year(self, facts: &Facts, decimals: u32, offset: i16) -> String {
        spell::of_year(&self.expression(facts, decimals), offset, facts.year)
    }
}

fn between(facts: &Facts, one: Parts, other: Parts) -> f64 {
    scale(&facts.series[one.first()].unit, &facts.series[other.first()].unit)
}

/// What turns a number of the one unit into one of the other.
fn scale(one: &str, other: &str) -> f64 {
    if one.is_empty() || other.is_empty() || one == other { 1.0 } else { size(one) / size(other) }
}
