//! Words for the most and the least.

/// What a record has the most, or the least, of: table and column by their labels, and which of both.
pub type Outermost = (usize, usize, bool);

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    Most,
    Least,
    /// The fastest has the most of a rate and the least of a time.
    Either,
}

const WORDS: &[(&str, Extreme)] = &[
    ("最多", Extreme::Most),
    ("最大", Extreme::Most),
    ("最高", Extreme::Most),
    ("最长", Extreme::Most),
    ("最贵", Extreme::Most),
    ("最远", Extreme::Most),
    ("最重", Extreme::Most),
    ("最便宜", Extreme::Least),
    ("榜首", Extreme::Most),
    ("之首", Extreme::Most),
    ("第一位", Extreme::Most),
    ("第一名", Extreme::Most),
    ("倒数第一", Extreme::Least),
    ("居首", Extreme::Most),
    ("居第一", Extreme::Most),
    ("排第一", Extreme::Most),
    ("首位", Extreme::Most),
    ("最少", Extreme::Least),
    ("最小", Extreme::Least),
    ("最低", Extreme::Least),
    ("最短", Extreme::Least),
    ("末位", Extreme::Least),
    ("末尾", Extreme::Least),
    ("最后一位", Extreme::Least),
    ("垫底", Extreme::Least),
    ("最快", Extreme::Either),
    ("最慢", Extreme::Either),
    ("最好", Extreme::Either),
    ("最优", Extreme::Either),
    ("最差", Extreme::Either),
    ("最强", Extreme::Most),
];

impl Extreme {
    /// Whether it may say the most, or the least.
    pub fn fits(self, greatest: bool) -> bool {
        self == Extreme::Either || (self == Extreme::Most) == greatest
    }
}

/// The word nearest before a place, else the first behind it.
pub fn nearest(before: &str, behind: &str) -> Option<Extreme> {
    let last = WORDS.iter().filter_map(|(word, way)| Some((before.rfind(word)?, *way))).max_by_key(|(at, _)| *at);
    let next = || WORDS.iter().filter_map(|(word, way)| Some((behind.find(word)?, *way))).min_by_key(|(at, _)| *at);
    last.or_else(next).map(|(_, way)| way)
}
