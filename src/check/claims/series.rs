//! What a claim takes from those around it: the names of a list (收入、支出分别为8亿元、21亿元), the time that its
//! sentence goes on with, the thing that is counted where only the time is said again.

use super::claim::{Claim, Role, When};
use super::naming::{noun, when_of, year};
use crate::check::line::Line;

/// What joins the values of one list.
const JOINED: [&str; 5] = ["、", "和", "及", "与", "以及"];

pub fn settle(claims: &mut [Claim], line: &Line) {
    lists(claims, line);
    times(claims, line);
    topics(claims, line);
}

fn text(line: &Line, from: usize, to: usize) -> String {
    line.open[from.min(to)..to].iter().collect()
}

/// Values joined by nothing but 、 or 和 have one verb; what they are of stands in a list before them.
fn lists(claims: &mut [Claim], line: &Line) {
    let mut k = 0;
    while k < claims.len() {
        let joined = |n: &usize| {
            let gap = text(line, claims[n - 1].stop, claims[*n].start);
            JOINED.contains(&gap.as_str()) && claims[*n].sentence == claims[k].sentence
        };
        let end = (k + 1..claims.len()).take_while(joined).last().map_or(k + 1, |last| last + 1);
        if end - k >= 2 {
            list(claims, (k, end), line);
        }
        k = end;
    }
}

fn list(claims: &mut [Claim], (from, to): (usize, usize), line: &Line) {
    let start = claims[from].start;
    let sentence = line.open[..start].iter().rposition(|c| "。！？；\n".contains(*c)).map_or(0, |p| p + 1);
    // Behind the number before, but for one that is only a part of the year: 前8个月.
    let past = claims[..from].iter().rev().find(|c| !c.span).map_or(0, |before| before.stop);
    let before = text(line, sentence.max(past), start);
    let each = ["分别", "依次", "各为", "各"].iter().find_map(|word| before.rfind(word));
    let size = to - from;
    let (head, role) = (&before[..each.unwrap_or(before.len())], claims[from].role);
    let times = times_of(head, size);
    if each.is_none() && times.is_none() {
        return;
    }
    let names = if times.is_some() { None } else { names(head, size) };
    let known = if names.is_none() && times.is_none() { known(claims, (from, to)) } else { Vec::new() };
    let (first, first_when) = (claims[from].noun.clone(), claims[from].when);
    for (at, claim) in claims[from..to].iter_mut().enumerate() {
        claim.role = if matches!(role, Role::Base | Role::From) && at > 0 { Role::Value } else { role };
        match (&times, &names) {
            (Some(times), _) => {
                claim.when = times[at];
                claim.noun.clone_from(&first);
            }
            (None, Some(names)) => {
                claim.noun.clone_from(&names[at]);
                claim.slot = Some((at, size));
                claim.when = first_when;
            }
            (None, None) => {
                claim.topic = known.get(at).cloned().unwrap_or_default();
                claim.noun = String::new();
                claim.slot = Some((at, size));
                claim.when = first_when;
            }
        }
        if claim.topic.is_empty() {
            claim.topic.clone_from(&claim.noun);
        }
    }
}

/// What a list without names of its own goes on from: a list of that size, or as many values one by one.
fn known(claims: &mut [Claim], (from, to): (usize, usize)) -> Vec<String> {
    let size = to - from;
    let listed = claims[..from].iter().rposition(|c| c.slot == Some((size - 1, size)));
    if let Some(last) = listed.filter(|last| last + 1 >= size && claims[last + 1 - size].slot == Some((0, size))) {
        return claims[last + 1 - size..=last].iter().map(|c| c.topic.clone()).collect();
    }
    let Some(first) = from.checked_sub(size) else { return Vec::new() };
    let (earlier, list) = claims.split_at_mut(from);
    let like = earlier[first..].iter().zip(&list[..size]).all(|(a, b)| {
        a.is_like(b) && a.is_value() && a.sentence + 1 >= b.sentence && !a.noun.is_empty() && a.slot.is_none()
    });
    if !like {
        return Vec::new();
    }
    for (at, claim) in earlier[first..].iter_mut().enumerate() {
        claim.slot = Some((at, size));
    }
    earlier[first..].iter().map(|c| c.noun.clone()).collect()
}

/// 2023年、2024年、2025年; 2023—2025年; 今年和去年.
fn times_of(head: &str, size: usize) -> Option<Vec<When>> {
    head.rsplit(['，', '；', '：']).take(3).find_map(|clause| {
        let parts: Vec<&str> = clause.split(['、', '和', '与', '及']).collect();
        let time = |part: &&str| year(part).map(When::Year).or_else(|| when_of(part));
        let own: Vec<When> = parts.iter().filter_map(time).collect();
        if own.len() == size && parts.len() == size {
            return Some(own);
        }
        // Years from one to another.
        let digits: Vec<i32> = clause
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|d| d.parse().ok().filter(|y| (1949..2100).contains(y)))
            .collect();
        let [first, last] = digits[..] else { return None };
        let joined = clause.contains(['—', '至', '到', '-', '～']);
        let whole = joined && last > first && usize::try_from(last - first + 1) == Ok(size);
        whole.then(|| (first..=last).map(When::Year).collect())
    })
}

/// The names of a list of so many, from the last clauses before it.
fn names(head: &str, size: usize) -> Option<Vec<String>> {
    let own = |clause: &str| {
        let parts: Vec<&str> =
            clause.split(['、', '和', '与', '及']).map(|part| part.trim_start_matches('以')).collect();
        let parts = parts.get(parts.len().checked_sub(size)?..)?;
        let named = parts.iter().all(|part| (2..=24).contains(&part.chars().count()));
        named.then(|| parts.iter().map(|part| noun(part, Role::Value)).collect::<Vec<_>>())
    };
    head.rsplit(['，', '；', '：', '（', '）'])
        .take(2)
        .find_map(own)
        .filter(|names| names.iter().all(|n| !n.is_empty()))
}

/// 2024年，出动3900人次，解决128个: the second is of that year too.
fn times(claims: &mut [Claim], line: &Line) {
    // Of the sentence: the time that it began with, and the one that it goes on with.
    let (mut sentence, mut first, mut now, mut past) = (usize::MAX, None, None, 0);
    for claim in claims {
        if claim.sentence != sentence {
            (sentence, first, now) = (claim.sentence, None, None);
        } else if line.open[past..claim.start].contains(&'；') {
            now = first;
        }
        past = claim.stop;
        match (claim.when, now) {
            (When::Unsaid, Some(when)) if !claim.part && claim.role != Role::Base => claim.when = when,
            (When::Unsaid | When::Plan, _) => {}
            // 上年为40件 is said beside; what follows is of the time before it.
            (When::Last, _) if claim.noun.is_empty() => {}
            (when, _) if matches!(claim.role, Role::Value | Role::To(None)) => {
                first = first.or(Some(when));
                now = Some(when);
            }
            _ => {}
        }
    }
}

/// What is counted, where a claim does not say it again.
fn topics(claims: &mut [Claim], line: &Line) {
    for at in 0..claims.len() {
        let claim = &claims[at];
        if !claim.topic.is_empty() {
            continue;
        }
        if !claim.noun.is_empty() {
            claims[at].topic = claim.noun.clone();
            continue;
        }
        let before = claims[..at].iter().rev();
        let same = before.clone().take_while(|c| c.sentence == claim.sentence);
        let close = |c: &&Claim| c.is_like(claim) || matches!(c.role, Role::Change(_)) && c.start + 24 >= claim.start;
        let found = same.filter(close).find(|c| !c.topic.is_empty()).map(|c| c.topic.clone());
        let topic = found.or_else(|| {
            // 上年末为1600张 alone: of the sentence before.
            let from = line.open[..claim.start].iter().rposition(|c| "。！？\n".contains(*c)).map_or(0, |p| p + 1);
            let opening = text(line, from, claim.start);
            let clause = opening.rsplit('，').next().unwrap_or_default();
            let short = clause.chars().count() <= 16 && claim.is_value();
            let like = |c: &&Claim| {
                c.is_like(claim) && c.is_value() && c.sentence + 2 >= claim.sentence && !c.topic.is_empty()
            };
            before.skip_while(|c| c.sentence == claim.sentence).find(like).filter(|_| short).map(|c| c.topic.clone())
        });
        claims[at].topic = topic.unwrap_or_default();
    }
}
