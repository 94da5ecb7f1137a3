//! What one number of the prose says.

use rust_decimal::Decimal;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// So many of a unit.
    Amount,
    /// `12.5%`
    Percent,
    /// `3个百分点`
    Points,
    /// `2.5倍`
    Times,
}

/// Up or down, as a verb says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// What the number is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A value of its indicator.
    Value,
    /// `由40件…`
    From,
    /// `…增至45件`; 达到 says no direction.
    To(Option<Way>),
    /// `增长12.5%`, `减少3件`, `提高2个百分点`
    Change(Way),
    /// `比上年的40件`
    Base,
    /// `占40%`
    Share,
}

/// The time that a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing is said.
    Unsaid,
    /// 今年
    This,
    /// 上年, 上年同期
    Last,
    /// A plan, a task, what is still to come.
    Plan,
    Year(i32),
    /// A part of the year, by its kind and number: the first quarter is 11.
    Part(u8),
}

/// One number of the prose and what is said by it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The digits, in characters of the passage.
    pub start: usize,
    pub end: usize,
    /// Behind 万 or 亿 and the unit or sign.
    pub stop: usize,
    /// In base units (元 of 万元); of a percentage as it is written.
    pub value: Decimal,
    /// What the digits were multiplied by: 10000 of 万.
    pub scale: Decimal,
    /// Half of the last place that is written, in base units; 0 of a whole count.
    pub half: Decimal,
    pub sort: Sort,
    /// Base unit; empty where none is written.
    pub unit: String,
    pub role: Role,
    pub when: When,
    /// Number of the sentence.
    pub sentence: usize,
    /// The words before it, back to the mark or the number before.
    pub lead: String,
    /// What it counts, as far as its own words say.
    pub noun: String,
    /// What it counts, by its own words or by those that it goes on from.
    pub topic: String,
    /// Its place in a list of values (收入、支出分别为…), and how many there are.
    pub slot: Option<(usize, usize)>,
    /// A length of time: 5个工作日.
    pub span: bool,
    /// The words right behind it: 党员 of 1236名党员.
    pub behind: String,
    /// It is said to be a part of what stands before: 其中.
    pub part: bool,
    /// It is so many of one: 户均, 每个.
    pub mean: bool,
    /// The place or office that its sentence names first.
    pub place: String,
    /// 约, 近, 多, 左右: only about so much.
    pub rough: bool,
}

impl Claim {
    /// Whether both are numbers of one kind and unit.
    pub fn is_like(&self, other: &Claim) -> bool {
        let named = !self.unit.is_empty() || {
            // A unit that no list has: 60万棒, 84万棒.
            let (own, its) = (self.behind.chars().next(), other.behind.chars().next());
            own.is_some() && own == its
        };
        self.sort == other.sort && self.unit == other.unit && (self.sort != Sort::Amount || named)
    }

    /// A value that stands by itself.
    pub fn is_value(&self) -> bool {
        matches!(self.role, Role::Value | Role::From | Role::To(_) | Role::Base | Role::Share)
    }

    /// Whether both stand at different places of lists that say the same things.
    pub fn is_listed_apart(&self, other: &Claim) -> bool {
        self.slot.zip(other.slot).is_some_and(|((a, n), (b, m))| n == m && a != b)
    }
}
