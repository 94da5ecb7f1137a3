//! Which two values a change is between. A pair is taken where words of time, 由…至 or 比…的 tell that the one is the
//! earlier of the other; a change is told to be wrong only where no two values near it give it.

use super::base::{Base, base};
use super::claim::{Claim, Role, Sort, Way, When};
use super::told::Claims;
use super::words::words;
use crate::check::line::han;

/// The two values that a change is said to be between.
#[derive(Clone, Copy)]
pub struct Pair<'c> {
    pub new: &'c Claim,
    pub old: &'c Claim,
    /// `由40件增至45件`: said in one breath.
    pub close: bool,
}

impl Pair<'_> {
    /// Whether nothing else can be meant: both in one sentence, near each other, no third value of their kind between.
    pub fn is_plain(&self, claims: &Claims) -> bool {
        let (first, second) = if self.new.start < self.old.start { (self.new, self.old) } else { (self.old, self.new) };
        let third = |c: &Claim| c.start > first.start && c.start < second.start && c.is_like(first) && c.is_value();
        let near = first.sentence == second.sentence && second.start - first.stop <= 40;
        near && !claims.all().iter().any(third)
    }
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
    /// What changes, where it is said.
    pub noun: &'t str,
    /// Its place in a list of changes.
    pub slot: Option<(usize, usize)>,
    pub base: Base,
    /// What changes is said by its own words, so that nothing else can be meant.
    pub strict: bool,
}

/// Most characters between a value and its change.
const NEAR: usize = 26;
/// Sentences before a change in which its values are looked for.
const SENTENCES: usize = 3;

impl<'t> Change<'t> {
    /// That of the claim with this number.
    pub fn of(claims: &'t Claims, at: usize) -> Change<'t> {
        let claim = &claims.all()[at];
        // The words before a list are those of its first.
        let first = claim.slot.map_or(at, |(slot, _)| at.saturating_sub(slot));
        let first = if claims.all()[first].slot.is_some_and(|(slot, _)| slot == 0) { first } else { at };
        let base = said(claims, first, claims.all()[first].start);
        Change {
            start: claims.all()[first].start,
            behind: first,
            next: at + 1,
            sentence: claim.sentence,
            noun: if claim.slot.is_some() { &claim.topic } else { &claim.noun },
            slot: claim.slot,
            base,
            strict: false,
        }
    }

    /// One that a word tells: 持平, 翻一番.
    pub fn told(claims: &'t Claims, (start, end): (usize, usize), noun: &'t str) -> Change<'t> {
        let all = claims.all();
        let behind = all.iter().take_while(|claim| claim.stop <= start).count();
        let next = all.iter().take_while(|claim| claim.start < end).count();
        let sentence = claims.line.open[..start].iter().filter(|c| matches!(c, '。' | '！' | '？' | '\n')).count();
        Change {
            start,
            behind,
            next,
            sentence,
            noun,
            slot: None,
            base: said(claims, behind, start),
            strict: !noun.is_empty(),
        }
    }

    /// All values near it: of its sentence, the two before and the one behind.
    pub fn near<'c>(&self, claims: &'c Claims) -> impl Iterator<Item = &'c Claim> {
        let sentence = self.sentence;
        claims.all().iter().filter(move |c| c.sentence + SENTENCES >= sentence && c.sentence <= sentence + 1)
    }

    /// The values that it is between, the plainest first.
    pub fn pair<'c>(&self, claims: &'c Claims) -> Option<Pair<'c>> {
        if self.base == Base::Other {
            return None;
        }
        let all = claims.all();
        let value = |c: &&Claim| c.is_value() && !c.rough && !c.span && c.when != When::Plan;
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
            let anchored =
                || anchor.is_some_and(|anchor| std::ptr::eq(pair.new, anchor) || std::ptr::eq(pair.old, anchor));
            self.fits(pair, self.is_sole(claims, pair)) && (self.slot.is_some() || anchored())
        });
        pairs.sort_by_key(|pair| (pair.new.start.abs_diff(pair.old.start), pair.new.start.abs_diff(self.start)));
        pairs.first().copied().or_else(|| self.across(claims, last))
    }

    /// Whether the pair is of what changes, and against what it says.
    fn fits(&self, pair: &Pair, sole: bool) -> bool {
        let apart = |c: &Claim| self.slot.zip(c.slot).is_some_and(|((a, n), (b, m))| n == m && a != b);
        let unnamed = pair.new.topic.is_empty() && pair.old.topic.is_empty();
        let loose = sole && (unnamed || !self.strict && (hint(self.noun, pair.new) || hint(self.noun, pair.old)));
        let named = loose || self.noun.is_empty() || akin(self.noun, pair.new) || akin(self.noun, pair.old);
        let slotted = self.slot.is_some() && self.slot == pair.new.slot && self.slot == pair.old.slot;
        // 户均 is no total.
        let named_mean = pair.old.mean != pair.new.mean && !pair.old.noun.is_empty() && !pair.new.noun.is_empty();
        let mean = named_mean && pair.old.role != Role::Base && !pair.close;
        (named || slotted) && !mean && !apart(pair.new) && !apart(pair.old) && (pair.close || self.base.fits(pair.old))
    }

    /// Whether no other values near are of their kind, and nothing else near is called as what changes: then no name is
    /// needed.
    fn is_sole(&self, claims: &Claims, pair: &Pair) -> bool {
        let other = |c: &Claim| !std::ptr::eq(c, pair.new) && !std::ptr::eq(c, pair.old) && c.start != self.start;
        !self
            .near(claims)
            .any(|c| other(c) && (c.is_like(pair.new) && c.is_value() || !self.noun.is_empty() && akin(self.noun, c)))
    }

    /// Pairs of one sentence.
    fn within<'c>(&self, own: &[&'c Claim]) -> Vec<Pair<'c>> {
        let mut pairs = Vec::new();
        for (at, a) in own.iter().copied().enumerate() {
            for b in own[at + 1..].iter().copied().filter(|b| b.is_like(a) && !b.is_listed_apart(a)) {
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
                } else if self.before_in_time(a, b) && told_first(a, b) {
                    pairs.push(pair(b, a, false));
                } else if self.before_in_time(b, a) && named_alike(b, a) && (!b.noun.is_empty() || gap <= NEAR) {
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
            c.is_value() && !c.rough && !c.span && c.when != When::Plan && c.role != Role::Base && first(c)
        };
        let values: Vec<&Claim> = self.near(claims).filter(near).collect();
        let mut found: Option<Pair> = None;
        for old in values.iter().copied().filter(|old| !old.topic.is_empty() || old.sentence == self.sentence + 1) {
            let fits = |new: &&Claim| {
                let same = last.is_none_or(|last| std::ptr::eq(last, *new) || std::ptr::eq(last, old));
                let named = if old.topic.is_empty() {
                    old.when == When::Last
                } else {
                    let alone = self.is_sole(claims, &Pair { new, old, close: false });
                    same_name(old, new)
                        || same_name(new, old)
                        || alone && akin(&old.topic, new) && !contrast(&old.topic, &new.topic)
                };
                let apart = new.sentence != old.sentence && !new.is_listed_apart(old) && new.mean == old.mean;
                same && new.is_like(old) && self.before_in_time(old, new) && named && apart
            };
            let Some(new) = values.iter().copied().rev().find(fits) else { continue };
            let pair = Pair { new, old, close: false };
            if !self.fits(&pair, self.is_sole(claims, &pair)) {
                continue;
            }
            // Two pairs, and nothing tells which.
            let score = |pair: &Pair| overlap(self.noun, pair.new) + overlap(self.noun, pair.old);
            match found {
                Some(known) if known.old.value == old.value && known.new.value == new.value => {}
                Some(known) if score(&known) > score(&pair) => continue,
                Some(known) if score(&known) == score(&pair) => return None,
                _ => {}
            }
            found = Some(pair);
        }
        // Both in one sentence before: 2024年18.0万立方米，2025年15.3万立方米。清运量减少15%。
        if found.is_none() && last.is_none() && self.sentence > 0 {
            let sentence: Vec<&Claim> = values.iter().copied().filter(|c| c.sentence + 1 == self.sentence).collect();
            let mut pairs = self.within(&sentence);
            pairs.retain(|pair| self.fits(pair, self.is_sole(claims, pair)));
            if let [pair] = pairs.as_slice() {
                found = Some(*pair);
            }
        }
        let same = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        found.filter(|pair| pair.new.part == pair.old.part && same(&pair.new.place, &pair.old.place))
    }

    /// Whether the one is said to be of the time before the other.
    fn before_in_time(&self, one: &Claim, other: &Claim) -> bool {
        match (one.when, other.when) {
            (When::Year(a), When::Year(b)) => a + 1 == b || a < b && self.base != Base::LastYear,
            (When::Part(31), When::Part(b)) => b != 31,
            (When::Part(a), When::Part(b)) => a + 1 == b && (a / 10 == b / 10 || a > 40),
            (When::Last, When::This | When::Unsaid | When::Year(_) | When::Part(_)) => true,
            (When::Year(_), When::This) | (When::Part(31), When::Unsaid | When::This) => true,
            _ => false,
        }
    }
}

/// With what the words between the number before a place and that place compare.
fn said(claims: &Claims, behind: usize, start: usize) -> Base {
    let before = claims.all()[..behind].iter().rev().find(|c| !c.span);
    base(&claims.between(before.map_or(0, |before| before.stop), start))
}

/// Whether the earlier or the later value names nothing of its own, or both the same.
fn named_alike(old: &Claim, new: &Claim) -> bool {
    old.noun.is_empty()
        || new.noun.is_empty()
        || (akin(&old.noun, new) || akin(&new.noun, old)) && !contrast(&old.noun, &new.noun)
}

/// Whether an earlier value that stands first is of what the later one counts: it names it, or 今年 goes on with it.
fn told_first(old: &Claim, new: &Claim) -> bool {
    let goes_on = matches!(new.when, When::This | When::Year(_) | When::Part(_));
    let named =
        if old.noun.is_empty() { goes_on && new.noun.is_empty() } else { new.noun.is_empty() || akin(&old.noun, new) };
    named && (goes_on || !new.noun.is_empty() || old.when == When::Last)
}

/// Words of which a text that counts the one does not count the other.
const CONTRASTS: [&str; 30] = [
    "收入 支出",
    "进口 出口",
    "存款 贷款",
    "出生 死亡",
    "死亡 受伤",
    "招生 毕业",
    "受理 办结",
    "开工 竣工",
    "城镇 农村",
    "城镇 乡村",
    "小学 初中",
    "归集 提取",
    "新建 改建",
    "线上 线下",
    "第一产业 第二产业",
    "第二产业 第三产业",
    "第一产业 第三产业",
    "上行 下行",
    "销售 采购",
    "入学 毕业",
    "男性 女性",
    "面积 产量",
    "产值 利润",
    "数量 金额",
    "件数 金额",
    "投资 产值",
    "场次 人次",
    "早稻 晚稻",
    "小麦 玉米",
    "立案 结案",
];

/// Whether two names are of different things that begin or end alike: 预算收入, 预算支出.
pub fn contrast(one: &str, other: &str) -> bool {
    CONTRASTS.iter().filter_map(|pair| pair.split_once(' ')).any(|(a, b)| {
        let only = |text: &str, own: &str, not: &str| text.contains(own) && !text.contains(not);
        only(one, a, b) && only(other, b, a) || only(one, b, a) && only(other, a, b)
    })
}

/// Characters by which a value is known: its own words, those that it goes on from, those behind it.
fn known_by(value: &Claim) -> Vec<char> {
    // The words before a list name all of it.
    let lead = if value.slot.is_some() { "" } else { value.lead.as_str() };
    let own = [lead, value.topic.as_str(), value.behind.as_str()];
    own.iter().flat_map(|text| text.chars().chain(['，'])).collect()
}

/// Whether two values of different sentences count the same: three characters side by side, or the whole of a short name.
fn same_name(old: &Claim, new: &Claim) -> bool {
    if contrast(&old.topic, &new.topic) {
        return false;
    }
    let own: Vec<char> = old.topic.chars().filter(|c| han(*c)).collect();
    let text = known_by(new);
    let width = own.len().min(3);
    width >= 2 && own.windows(width).any(|word| text.windows(width).any(|other| other == word))
}

/// Two characters that name nothing.
const EMPTY: &str = "全县 全镇 全区 全市 全乡 全年 今年 去年 上年 完成 实现 达到 累计 同比 总数 数量 总量 年末 年底 月末 同期 我县 我区 我镇 分别 共有 其中";

/// How many pairs of characters words and a value have in common.
fn overlap(noun: &str, value: &Claim) -> usize {
    let noun: Vec<char> = noun.chars().collect();
    let text = known_by(value);
    noun.windows(2).filter(|two| text.windows(2).any(|own| own == *two)).count()
}

/// Whether words and a value have a character in common that tells something: 客运量, 运送旅客.
fn hint(noun: &str, value: &Claim) -> bool {
    noun.chars().any(|c| han(c) && !"量数额次人率全县区镇市年总的均和为".contains(c) && value.topic.contains(c))
}

/// Whether words and a value have two characters side by side in common.
pub fn akin(noun: &str, value: &Claim) -> bool {
    let noun: Vec<char> = noun.chars().filter(|c| han(*c)).collect();
    let text = known_by(value);
    let telling = |two: &[char]| words(EMPTY).all(|word| !word.chars().eq(two.iter().copied()));
    noun.windows(2).filter(|two| telling(two)).any(|two| text.windows(2).any(|own| own == two))
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

/// The two values, for a message.
pub fn both(claims: &Claims, pair: &Pair) -> String {
    format!(
        "由{}到{}",
        claims.line.text(pair.old.start, pair.old.stop),
        claims.line.text(pair.new.start, pair.new.stop)
    )
}
