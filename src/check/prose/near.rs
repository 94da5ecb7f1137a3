//! F-03 as well: one indicator with two numbers that differ as by a slip: 1236名党员, 1263名党员.

use rust_decimal::Decimal;

use super::{Mark, Prose};
use crate::check::claims::{Claim, Claims, Role, Sort, When};
use crate::check::line::{Hit, Line};

/// A value and the passage that it stands in.
struct Told {
    passage: usize,
    claim: Claim,
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
        all.extend(own.map(|claim| Told { passage: index, claim: claim.clone() }));
    }
    for (at, later) in all.iter().enumerate() {
        let earlier = all[..at].iter().find(|earlier| is_slip(earlier, later));
        let exact = all.iter().any(|other| {
            same(&other.claim, &later.claim)
                && other.claim.value == later.claim.value
                && !std::ptr::eq(other, later)
                && other.passage != later.passage
        });
        let told = marks.iter().any(|mark| mark.passage == later.passage && mark.hit.start == later.claim.start);
        let Some(earlier) = earlier.filter(|_| !exact && !told) else { continue };
        let text = |told: &Told| prose.passages[told.passage].string(told.claim.start, told.claim.stop);
        let message = format!("前面写的是{}，这里写的是{}", text(earlier), text(later));
        let hit = Hit {
            start: later.claim.start,
            end: later.claim.stop,
            message,
            help: "像是同一个数写错了，核对后改成一个数".to_owned(),
        };
        marks.push(Mark { passage: later.passage, hit, level: None, also: Vec::new() });
    }
}

fn fit(claim: &Claim) -> bool {
    let whole = matches!(claim.role, Role::Value) && !claim.part && !claim.rough;
    let now = matches!(claim.when, When::This | When::Unsaid | When::Year(_));
    claim.sort == Sort::Amount && !claim.unit.is_empty() && whole && now && !claim.mean
}

/// Words that name what is counted, two characters each: before the number, and behind it.
fn names(claim: &Claim) -> (Vec<[char; 2]>, Vec<[char; 2]>) {
    let two = |text: &[char]| text.windows(2).map(|two| [two[0], two[1]]).collect();
    let before: Vec<char> = claim.noun.chars().collect();
    let behind: Vec<char> = claim.behind.trim_start_matches('的').chars().collect();
    (two(&before[before.len().saturating_sub(6)..]), two(&behind))
}

/// Whether both count the same: two words in common, or what ends the one begins the other.
fn akin(one: &Claim, other: &Claim) -> bool {
    let ((a, c), (b, d)) = (names(one), names(other));
    let all = |x: &[[char; 2]], y: &[[char; 2]]| -> Vec<[char; 2]> { x.iter().chain(y).copied().collect() };
    let (first, second) = (all(&a, &c), all(&b, &d));
    let common = first.iter().filter(|two| second.contains(two)).count();
    let ends =
        |before: &[[char; 2]], behind: &[[char; 2]]| before.last().is_some_and(|last| behind.first() == Some(last));
    common >= 2 || ends(&a, &d) || ends(&b, &c)
}

fn same(one: &Claim, other: &Claim) -> bool {
    let time = match (one.when, other.when) {
        (When::Year(a), When::Year(b)) => a == b,
        _ => true,
    };
    let place = one.place.is_empty() || other.place.is_empty() || one.place == other.place;
    time && place && one.unit == other.unit && akin(one, other)
}

fn is_slip(one: &Told, other: &Told) -> bool {
    let (a, b) = (&one.claim, &other.claim);
    if !same(a, b) || a.value == b.value || a.scale != b.scale || a.value.is_zero() {
        return false;
    }
    let apart = one.passage != other.passage || a.sentence != b.sentence || b.noun.is_empty();
    let shown = |c: &Claim| (c.value / c.scale).normalize().to_string();
    let (x, y) = (shown(a), shown(b));
    let digits = |text: &str| {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    let turned = digits(&x) == digits(&y) && digits(&x).len() >= 2;
    let one_digit = x.len() == y.len() && x.chars().zip(y.chars()).filter(|(x, y)| x != y).count() == 1;
    // 在96件代表建议中 tells of what has been counted; a part of it would be less.
    let again = b.noun.is_empty() && !b.behind.is_empty();
    let long = digits(&x).len() >= DIGITS;
    let difference = (a.value - b.value).abs();
    let alike = names(a).0.last().is_some_and(|last| names(b).0.last() == Some(last));
    let near = one_digit && alike && difference <= a.value * NEAR && a.half.is_zero() && b.half.is_zero() && long;
    apart
        && (turned && (again || long && difference * Decimal::from(4) < a.value)
            || near
            || again && one_digit && b.value > a.value)
}
