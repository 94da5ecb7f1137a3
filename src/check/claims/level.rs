//! V-07 as well: what is said not to have changed, or to go one way year by year.

use super::claim::{Claim, Role, Way, When};
use super::naming::noun;
use super::pairs::{Change, Pair, akin, both, contrast};
use super::told::Claims;
use super::words::holds;
use crate::check::line::Hit;

/// Ways to say that nothing has changed.
const LEVEL: [&str; 13] = [
    "不变",
    "持平",
    "没有变化",
    "没有变动",
    "没有增减",
    "无变化",
    "无增减",
    "不增不减",
    "不升不降",
    "保持不变",
    "一样",
    "相同",
    "一致",
];

/// 与上年持平 beside two values that differ.
pub fn level(claims: &Claims, hits: &mut Vec<Hit>) {
    for (at, end, word) in claims.line.find(&LEVEL) {
        let before = claims.between(at.saturating_sub(4), at);
        let clause = claims.between(at.saturating_sub(24), at);
        let clause = clause.rsplit(['，', '；', '。', '：']).next().unwrap_or_default();
        let compared = !matches!(word, "一样" | "相同" | "一致") || holds(clause, "去年 上年 同期");
        // A rank is level, not the number before it.
        let rank =
            clause.contains('位') || clause.is_empty() && claims.between(at.saturating_sub(10), at).contains('位');
        if holds(&before, "基本 大体 大致 总体 略 位次") || rank || !compared {
            continue;
        }
        let all = holds(clause, "两项 三项 各项 两者 二者 均 都 三年 两年 几年");
        let name = if all { String::new() } else { what(clause) };
        let change = Change::told(claims, (at, end), &name);
        let pairs = if all { every(claims, &change) } else { change.pair(claims).into_iter().collect() };
        let differs = |pair: &&Pair| {
            (pair.new.value - pair.old.value).abs() > pair.new.half + pair.old.half
                && !matches!(pair.new.role, Role::To(Some(_)))
        };
        let Some(pair) = pairs.iter().find(differs) else { continue };
        let near: Vec<&Claim> = change.near(claims).collect();
        let direct = pair.old.role == Role::Base && at >= pair.old.stop && at - pair.old.stop <= 4;
        let equal = |a: &Claim, b: &Claim| {
            let meant = !direct || std::ptr::eq(b, pair.old);
            let alike = a.is_like(b) && a.is_like(pair.new) && (name.is_empty() || akin(&name, a) || akin(&name, b));
            meant && !std::ptr::eq(a, b) && alike && a.value == b.value
        };
        if all || !near.iter().any(|a| near.iter().any(|b| equal(a, b))) {
            let help = format!("{}，核对两个数，写出升降", both(claims, pair));
            claims.hit(hits, (at, end), "“{}”：两个数并不相等", &help);
            let plain = pair.is_plain(claims) && pair.new.sentence == change.sentence;
            hits.last_mut().into_iter().for_each(|hit| hit.doubtful = !plain);
        }
    }
}

/// What a clause says to be level: 收入 of 收入与上年同期持平.
fn what(clause: &str) -> String {
    let cut = ["与", "同", "和", "跟", "较", "比", "保持", "仍", "也", "亦"]
        .iter()
        .filter_map(|word| clause.find(word))
        .min();
    noun(&clause[..cut.unwrap_or(clause.len())], Role::Value)
}

/// Values of one thing side by side in the sentence, or in it and the one before.
fn every<'c>(claims: &'c Claims, change: &Change) -> Vec<Pair<'c>> {
    let near =
        |c: &&Claim| c.is_value() && !c.rough && !c.span && c.sentence <= change.sentence && c.start < change.start;
    let values: Vec<&Claim> = change.near(claims).filter(near).collect();
    let mut pairs = Vec::new();
    for (k, a) in values.iter().copied().enumerate() {
        for b in values[k + 1..].iter().copied().filter(|b| b.is_like(a) && !b.is_listed_apart(a)) {
            let times = match (a.when, b.when) {
                (When::Year(x), When::Year(y)) => x != y,
                (When::Last, other) | (other, When::Last) => other != When::Last && other != When::Plan,
                _ => false,
            };
            let unnamed = a.topic.is_empty() && b.topic.is_empty();
            let named =
                unnamed || akin(&a.topic, b) && !contrast(&a.topic, &b.topic) || a.slot.is_some() && a.slot == b.slot;
            if times && named {
                pairs.push(Pair { new: b, old: a, close: false });
            }
        }
    }
    pairs
}

/// 2023年5.2万吨，2024年6.1万吨，2025年7.4万吨，逐年下降
pub fn trend(claims: &Claims, hits: &mut Vec<Hit>) {
    for (at, end, _) in claims.line.find(&["逐年", "连年", "年年", "逐季", "逐月"]) {
        let verb = claims.between(end, (end + 2).min(claims.line.open.len()));
        let way = match verb.as_str() {
            "上升" | "增长" | "增加" | "提高" | "提升" | "攀升" | "递增" | "扩大" => Way::Up,
            "下降" | "减少" | "降低" | "回落" | "递减" | "缩减" | "下滑" => Way::Down,
            _ => continue,
        };
        let own = |c: &&Claim| {
            c.is_value() && !c.rough && matches!(c.when, When::Year(_)) && c.stop <= at && at - c.stop <= 60
        };
        let mut values: Vec<&Claim> = claims.all().iter().filter(own).collect();
        let Some(last) = values.last().copied() else { continue };
        values.retain(|c| c.is_like(last) && c.topic == last.topic && c.sentence == last.sentence);
        let year = |c: &Claim| if let When::Year(year) = c.when { year } else { 0 };
        values.sort_by_key(|c| year(c));
        let against = |two: &&[&Claim]| match way {
            Way::Up => two[1].value < two[0].value,
            Way::Down => two[1].value > two[0].value,
        };
        if let Some([old, new]) = values.windows(2).find(against).filter(|_| values.len() >= 2) {
            let help = format!("{}，核对数字和升降用词", both(claims, &Pair { new, old, close: false }));
            claims.hit(hits, (at, end + 2), "“{}”与前面的数字相反", &help);
        }
    }
}
