//! F-03 as well: one indicator with two numbers that differ as by a slip: 1236名党员, 1263名党员.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Mark, Prose};
use crate::check::claims::{Claim, Claims, Role, Sort, When};
use crate::check::line::{Hit, Line};

/// Two characters of a name.
type Two = [char; 2];

/// A value and the passage that it stands in.
struct Told {
    passage: usize,
    claim: Claim,
    /// Words that name what is counted, two characters each: before the number, and behind it.
    before: Vec<Two>,
    behind: Vec<Two>,
}

/// Values of one word and unit that are compared with a later one; of a text that says more, the first.
const MOST: usize = 40;

/// Values by unit and word, each value once; and the passages in which a value stands.
#[derive(Default)]
struct Known<'t> {
    values: HashMap<(&'t str, Two), Vec<usize>>,
    passages: HashMap<(&'t str, Two, Decimal), Vec<usize>>,
}

/// Least digits of a number that is worth the comparison.
const DIGITS: usize = 3;
/// How near numbers are that can be a slip of each other: two in a hundred.
const NEAR: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

pub fn slips(prose: &Prose, marks: &mut Vec<Mark>) {
    let mut all: Vec<Told> = Vec::new();
    for (index, passage) in prose.passages.iter().enumerate() {
        let line = Line::new(passage);
        let claims = Claims::new(&line);
        let own = claims.all().iter().filter(|c| fit(c) && passage.figure_at(c.start).is_none());
        all.extend(own.map(|claim| told(index, claim)));
    }
    let mut known = Known::default();
    for told in &all {
        for word in told.words() {
            let passages = known.passages.entry((&told.claim.unit, word, told.claim.value)).or_default();
            if passages.len() < 2 && !passages.contains(&told.passage) {
                passages.push(told.passage);
            }
        }
    }
    for (at, later) in all.iter().enumerate() {
        let unit = later.claim.unit.as_str();
        let candidates = later.words().filter_map(|word| known.values.get(&(unit, word))).flatten();
        let earlier = candidates.copied().filter(|i| is_slip(&all[*i], later)).min().map(|i| &all[i]);
        let elsewhere = |word| known.passages.get(&(unit, word, later.claim.value));
        let exact = later.words().filter_map(elsewhere).flatten().any(|passage| *passage != later.passage);
        for word in later.words() {
            let values = known.values.entry((unit, word)).or_default();
            if values.len() < MOST && values.iter().all(|i| all[*i].claim.value != later.claim.value) {
                values.push(at);
            }
        }
        let told = || marks.iter().any(|mark| mark.passage == later.passage && mark.hit.start == later.claim.start);
        let Some(earlier) = earlier.filter(|_| !exact && !told()) else { continue };
        let text = |told: &Told| prose.passages[told.passage].string(told.claim.start, told.claim.stop);
        let message = format!("前面写的是{}，这里写的是{}", text(earlier), text(later));
        let hit = Hit {
            start: later.claim.start,
            end: later.claim.stop,
            message,
            help: "像是同一个数写错了，核对后改成一个数".to_owned(),
            doubtful: !(definite(&later.claim) && turned(&earlier.claim, &later.claim)),
        };
        marks.push(Mark { passage: later.passage, hit, level: None, also: Vec::new() });
    }
}

fn fit(claim: &Claim) -> bool {
    let role = claim.role == Role::Value || claim.role == Role::From && definite(claim);
    let whole = role && (!claim.part || definite(claim)) && !claim.rough && !claim.span;
    let now = matches!(claim.when, When::This | When::Unsaid | When::Year(_) | When::Part(32)) || definite(claim);
    claim.sort == Sort::Amount && !claim.unit.is_empty() && whole && now
}

/// 对全县87所中小学校, 已将1347名选民, 上述14.1亿元的总投资: it tells of what has been counted.
fn definite(claim: &Claim) -> bool {
    const SCOPES: &str =
        "全县 全区 全市 全镇 全乡 全街道 全村 全州 全校 全园 全局 辖区内 辖区 这 该 上述 以上 所有 全部 现有 已有 的";
    const BEFORE: &str = "对 将 把 从 在 向 给 为 由 组织 指导 到 使 让 与 按 规范 分 就 用 据";
    const NEW: &str = "新建 新增 再 力争 建成 建设 打造 培育 新 增加 完成 达到 计划 目标";
    let mut lead = claim.lead.as_str();
    let scope = SCOPES.split(' ').find(|scope| lead.ends_with(scope));
    if let Some(scope) = scope {
        lead = &lead[..lead.len() - scope.len()];
    }
    let named = ["上述", "该", "这些", "这", "所涉"].iter().any(|word| claim.lead.starts_with(word));
    let before = named || BEFORE.split(' ').any(|word| lead.ends_with(word));
    let fresh = NEW.split(' ').any(|word| claim.lead.contains(word));
    !claim.behind.is_empty() && !fresh && (scope.is_some() || before || lead.is_empty())
}

fn told(passage: usize, claim: &Claim) -> Told {
    let two = |text: &[char]| text.windows(2).map(|two| [two[0], two[1]]).collect();
    let before: Vec<char> = claim.noun.chars().collect();
    let behind: Vec<char> = claim.behind.trim_start_matches('的').chars().collect();
    let before = two(&before[before.len().saturating_sub(6)..]);
    Told { passage, claim: claim.clone(), before, behind: two(&behind) }
}

impl Told {
    fn words(&self) -> impl Iterator<Item = Two> {
        self.before.iter().chain(&self.behind).copied()
    }
}

/// Whether both count the same: two words in common, or what ends the one begins the other.
fn akin(one: &Told, other: &Told) -> bool {
    let common = one.words().filter(|two| other.before.contains(two) || other.behind.contains(two)).count();
    let ends = |before: &[Two], behind: &[Two]| before.last().is_some_and(|last| behind.contains(last));
    common >= 2 || ends(&one.before, &other.behind) || ends(&other.before, &one.behind)
}

fn same(first: &Told, second: &Told) -> bool {
    let (one, other) = (&first.claim, &second.claim);
    let time = match (one.when, other.when) {
        (When::Year(a), When::Year(b)) => a == b,
        _ => true,
    };
    let place = one.place.is_empty() || other.place.is_empty() || one.place == other.place;
    let again = definite(other) && first.before.last().is_some_and(|last| second.before.last() == Some(last));
    time && place && one.unit == other.unit && one.mean == other.mean && (again || akin(first, second))
}

/// Whether two numbers have the same digits in another order.
fn turned(a: &Claim, b: &Claim) -> bool {
    let digits = |c: &Claim| {
        let shown = (c.value / c.scale).normalize().to_string();
        let mut digits: Vec<char> = shown.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    digits(a) == digits(b) && digits(a).len() >= 2
}

fn is_slip(one: &Told, other: &Told) -> bool {
    let (a, b) = (&one.claim, &other.claim);
    if !same(one, other) || a.value == b.value || a.scale != b.scale || a.value.is_zero() {
        return false;
    }
    let again = definite(b);
    let apart = one.passage != other.passage || a.sentence != b.sentence || b.noun.is_empty() || again;
    let shown = |c: &Claim| (c.value / c.scale).normalize().to_string();
    let (x, y) = (shown(a), shown(b));
    let digits = |text: &str| {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    let turned = turned(a, b);
    let one_digit = x.len() == y.len() && x.chars().zip(y.chars()).filter(|(x, y)| x != y).count() == 1;
    // 全县16个文化站 are all of them; in 在96件代表建议中 a part would be less.
    let all = again && ["全县", "全区", "全市", "全镇", "全乡", "全村", "全街道"].iter().any(|w| b.lead.ends_with(w));
    let long = digits(&x).len() >= DIGITS;
    let difference = (a.value - b.value).abs();
    let alike = one.before.last().is_some_and(|last| other.before.last() == Some(last));
    let near = one_digit && alike && difference <= a.value * NEAR && a.half.is_zero() && b.half.is_zero() && long;
    apart
        && (turned && (again || long && difference * Decimal::from(4) < a.value)
            || near
            || again && one_digit && (b.value > a.value || all))
}
