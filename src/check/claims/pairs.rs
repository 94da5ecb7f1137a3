//! Which two values a change is between. A pair is taken where words of time, 由…至 or 比…的 tell that the one is the
//! earlier of the other; a change is told to be wrong only where no two values near it give it.

use super::claim::{Claim, Role, Sort, Way, When};
use super::told::Claims;
use super::words::{OTHER_BASE, holds};
use crate::check::line::han;

/// The two values that a change is said to be between.
#[derive(Clone, Copy)]
pub struct Pair<'c> {
    pub new: &'c Claim,
    pub old: &'c Claim,
    /// `由40件增至45件`: said in one breath.
    pub close: bool,
}

/// A change in the text, with or without a number: 增长12.5%, 持平, 翻一番.
pub struct Change<'t> {
    /// Where its words stand.
    pub start: usize,
    /// How many claims stand before it.
    pub behind: usize,
    /// How many claims stand before what follows it.
    pub next: usize,
    pub sentence: usize,
    pub noun: &'t str,
}

/// Most characters between a value and its change.
const NEAR: usize = 26;
/// Sentences before a change in which its values are looked for.
const SENTENCES: usize = 2;

impl<'t> Change<'t> {
    /// That of the claim with this number.
    pub fn of(claims: &'t Claims, at: usize) -> Change<'t> {
        let claim = &claims.all()[at];
        Change { start: claim.start, behind: at, next: at + 1, sentence: claim.sentence, noun: &claim.noun }
    }

    /// All values near it: of its sentence, the two before and the one behind.
    pub fn near<'c>(&self, claims: &'c Claims) -> impl Iterator<Item = &'c Claim> {
        let sentence = self.sentence;
        claims.all().iter().filter(move |c| c.sentence + SENTENCES >= sentence && c.sentence <= sentence + 1)
    }

    /// The values that it is between, the plainest first.
    pub fn pair<'c>(&self, claims: &'c Claims) -> Option<Pair<'c>> {
        let all = claims.all();
        let said = claims.between(all[..self.behind].last().map_or(0, |before| before.stop), self.start);
        if holds(&said, OTHER_BASE) {
            return None;
        }
        let value = |c: &&Claim| c.is_value() && !c.rough && c.when != When::Plan;
        let own: Vec<&Claim> = all.iter().filter(|c| c.sentence == self.sentence).filter(value).collect();
        let last = all[..self.behind].iter().rev().find(|c| c.sentence == self.sentence && c.is_value());
        if last.is_some_and(|last| last.rough) {
            return None;
        }
        let last =
            last.filter(|last| self.start - last.stop <= NEAR && !claims.between(last.stop, self.start).contains('；'));
        // The value right before it, or right behind where none is before, is one of the two.
        let first_behind = all[self.next.min(all.len())..].first().filter(|c| c.sentence == self.sentence && value(c));
        let anchor = last.or(first_behind);
        let mut pairs = self.within(&own);
        pairs.retain(|pair| {
            anchor.is_some_and(|anchor| std::ptr::eq(pair.new, anchor) || std::ptr::eq(pair.old, anchor))
        });
        if !self.noun.is_empty() {
            pairs.retain(|pair| akin(self.noun, pair.new) || akin(self.noun, pair.old));
        }
        pairs.sort_by_key(|pair| (pair.new.start.abs_diff(pair.old.start), pair.new.start.abs_diff(self.start)));
        pairs.first().copied().or_else(|| self.across(claims, last))
    }

    /// Pairs of one sentence.
    fn within<'c>(&self, own: &[&'c Claim]) -> Vec<Pair<'c>> {
        let mut pairs = Vec::new();
        for (at, a) in own.iter().copied().enumerate() {
            for b in own[at + 1..].iter().copied().filter(|b| b.is_like(a)) {
                let gap = b.start - a.stop;
                let pair = |new, old, close| Pair { new, old, close };
                if a.role == Role::From && matches!(b.role, Role::To(_)) {
                    if gap <= 18 {
                        pairs.push(pair(b, a, true));
                    }
                } else if b.role == Role::Base && a.role != Role::Base {
                    // 86个，其中村站69个，比上年末的72个增加14个
                    if gap <= 2 * NEAR {
                        pairs.push(pair(a, b, false));
                    }
                } else if a.role == Role::Base && b.role != Role::Base && gap <= NEAR {
                    // 与2020年的7800万元相比，今年4680万元，少3120万元
                    pairs.push(pair(b, a, false));
                } else if a.role == Role::Base || b.role == Role::Base {
                } else if before_in_time(a, b) && told_first(a, b) {
                    pairs.push(pair(b, a, false));
                } else if before_in_time(b, a) && named_alike(b, a) && (!b.noun.is_empty() || gap <= NEAR) {
                    pairs.push(pair(a, b, false));
                }
            }
        }
        pairs
    }

    /// Values of neighbouring sentences: 去年办结40件。今年办结48件，增长20%。
    fn across<'c>(&self, claims: &'c Claims, last: Option<&'c Claim>) -> Option<Pair<'c>> {
        // Of the sentence behind only what it begins with: 上年同期为40件。
        let first = |c: &Claim| {
            let from = claims.line.open[..c.start].iter().rposition(|c| "。！？\n".contains(*c)).map_or(0, |p| p + 1);
            let begins = claims.between(from, c.start);
            c.sentence <= self.sentence || begins.starts_with("上年") || begins.starts_with("去年")
        };
        let near = |c: &&Claim| {
            c.is_value() && !c.rough && c.when != When::Plan && !c.mean && c.role != Role::Base && first(c)
        };
        let values: Vec<&Claim> = self.near(claims).filter(near).collect();
        let mut found: Option<Pair> = None;
        for old in values.iter().copied().filter(|old| !old.noun.is_empty() || old.sentence == self.sentence + 1) {
            let fits = |new: &&Claim| {
                let same = last.is_none_or(|last| std::ptr::eq(last, *new) || std::ptr::eq(last, old));
                let named = if old.noun.is_empty() {
                    old.when == When::Last
                } else {
                    same_name(old, new) || same_name(new, old)
                };
                same && new.is_like(old) && before_in_time(old, new) && named && new.sentence != old.sentence
            };
            let Some(new) = values.iter().copied().rev().find(fits) else { continue };
            if !self.noun.is_empty() && !akin(self.noun, new) && !akin(self.noun, old) {
                continue;
            }
            // Two pairs, and nothing tells which.
            if found.is_some() {
                return None;
            }
            found = Some(Pair { new, old, close: false });
        }
        // Both in one sentence before: 2024年18.0万立方米，2025年15.3万立方米。清运量减少15%。
        if found.is_none() && last.is_none() && self.sentence > 0 {
            let sentence: Vec<&Claim> = values.iter().copied().filter(|c| c.sentence + 1 == self.sentence).collect();
            let mut pairs = self.within(&sentence);
            pairs.retain(|pair| self.noun.is_empty() || akin(self.noun, pair.new) || akin(self.noun, pair.old));
            if let [pair] = pairs.as_slice() {
                found = Some(*pair);
            }
        }
        let same = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        found.filter(|pair| pair.new.part == pair.old.part && same(&pair.new.place, &pair.old.place))
    }
}

/// Whether the one is said to be of the time before the other.
fn before_in_time(one: &Claim, other: &Claim) -> bool {
    match (one.when, other.when) {
        (When::Year(a), When::Year(b)) => a + 1 == b,
        (When::Part(a), When::Part(b)) => a + 1 == b && a / 10 == b / 10,
        (When::Last, When::This | When::Unsaid | When::Year(_) | When::Part(_)) => true,
        (When::Year(_), When::This) | (When::Part(31), When::Unsaid | When::This) => true,
        _ => false,
    }
}

/// Whether the earlier or the later value names nothing of its own, or both the same.
fn named_alike(old: &Claim, new: &Claim) -> bool {
    old.noun.is_empty() || new.noun.is_empty() || akin(&old.noun, new) || akin(&new.noun, old)
}

/// Whether an earlier value that stands first is of what the later one counts: it names it, or 今年 goes on with it.
fn told_first(old: &Claim, new: &Claim) -> bool {
    let goes_on = matches!(new.when, When::This | When::Year(_) | When::Part(_));
    let named =
        if old.noun.is_empty() { goes_on && new.noun.is_empty() } else { new.noun.is_empty() || akin(&old.noun, new) };
    named && (goes_on || !new.noun.is_empty() || old.when == When::Last)
}

/// Whether two values of different sentences count the same: three characters side by side, or the whole of a short name.
fn same_name(old: &Claim, new: &Claim) -> bool {
    let own: Vec<char> = old.noun.chars().filter(|c| han(*c)).collect();
    let text: Vec<char> = new.lead.chars().chain(['，']).chain(new.behind.chars()).collect();
    let width = own.len().min(3);
    width >= 2 && own.windows(width).any(|word| text.windows(width).any(|other| other == word))
}

/// Whether words and a value have two characters side by side in common.
pub fn akin(noun: &str, value: &Claim) -> bool {
    let noun: Vec<char> = noun.chars().filter(|c| han(*c)).collect();
    let lead: Vec<char> = value.lead.chars().chain(['，']).chain(value.behind.chars()).collect();
    noun.windows(2).any(|two| lead.windows(2).any(|own| own == two))
}

/// Whether a change of this sort can be held against a pair of that.
pub fn fits(change: &Claim, pair: &Pair) -> bool {
    match change.sort {
        Sort::Percent | Sort::Times => pair.new.sort == Sort::Amount,
        Sort::Points => pair.new.sort == Sort::Percent,
        Sort::Amount => pair.new.sort == Sort::Amount && change.unit == pair.new.unit,
    }
}

/// Whether two values go in this way.
pub fn turned(way: Way, pair: &Pair) -> bool {
    match way {
        Way::Up => pair.new.value < pair.old.value,
        Way::Down => pair.new.value > pair.old.value,
    }
}
