//! V-10: ranks and periods that contradict each other.

use super::ranks;
use super::told::Claims;
use crate::check::line::{Hit, at, number_end, starts};

pub fn contradictions(claims: &Claims, hits: &mut Vec<Hit>) {
    if !claims.line.prose() {
        return;
    }
    spans(claims, hits);
    later_spans(claims, hits);
    ranks::ranks(claims, hits);
    for (from, to) in claims.line.sentences() {
        compared(claims, hits, (from, to));
    }
}

/// Months of a period by its name.
const PERIODS: [(&str, u32); 6] =
    [("一季度", 3), ("第一季度", 3), ("上半年", 6), ("前三季度", 9), ("前两季度", 6), ("全年", 12)];
/// Those that do not begin with January, by first and last month.
const LATER: [(&str, u32, u32); 7] = [
    ("第二季度", 4, 6),
    ("二季度", 4, 6),
    ("第三季度", 7, 9),
    ("三季度", 7, 9),
    ("第四季度", 10, 12),
    ("四季度", 10, 12),
    ("下半年", 7, 12),
];

/// 上半年（1—5月）
fn spans(claims: &Claims, hits: &mut Vec<Hit>) {
    let s = &claims.line.open;
    for (name, months) in PERIODS {
        for (i, end, _) in claims.line.find(&[name]) {
            let Some((said, stop)) = first_months(s, end + 1).filter(|_| at(s, end) == '（') else { continue };
            if said != months {
                claims.hit(hits, (i, stop), "“{}”：时段与月份不符", &format!("{name}是1—{months}月"));
            }
        }
    }
}

/// 下半年（7—11月）
fn later_spans(claims: &Claims, hits: &mut Vec<Hit>) {
    let s = &claims.line.open;
    let number = |from: usize| {
        let end = number_end(s, from);
        Some((s.get(from..end)?.iter().collect::<String>().parse::<u32>().ok()?, end))
    };
    for (name, first, last) in LATER {
        for (i, end, _) in
            claims.line.find(&[name]).into_iter().filter(|(i, ..)| *i == 0 || s[i - 1] != '前' && s[i - 1] != '第')
        {
            let Some((from, next)) = number(end + 1).filter(|_| at(s, end) == '（') else { continue };
            let next = next + usize::from(at(s, next) == '月');
            let Some((to, stop)) = number(next + 1).filter(|_| "—-至～".contains(at(s, next))) else { continue };
            if at(s, stop) == '月' && (from, to) != (first, last) {
                claims.hit(hits, (i, stop + 1), "“{}”：时段与月份不符", &format!("{name}是{first}—{last}月"));
            }
        }
    }
}

/// `1—5月`: the number of months, and where it ends.
fn first_months(s: &[char], i: usize) -> Option<(u32, usize)> {
    let from = if starts(s, i, "前") { i + 1 } else { i + 2 };
    if !(starts(s, i, "前") || at(s, i) == '1' && "—-至～".contains(at(s, i + 1))) {
        return None;
    }
    let end = number_end(s, from);
    let months: u32 = s.get(from..end)?.iter().collect::<String>().parse().ok()?;
    let stop = ["月", "个月"].iter().find(|w| starts(s, end, w)).map(|w| end + w.chars().count())?;
    (1..=12).contains(&months).then_some((months, stop))
}

/// The period that begins here.
fn period(s: &[char], i: usize) -> Option<(u32, usize)> {
    let named = PERIODS.iter().filter(|(name, _)| starts(s, i, name)).max_by_key(|(name, _)| name.len());
    named.map(|(name, months)| (*months, i + name.chars().count())).or_else(|| first_months(s, i))
}

/// 前三季度完成8件，上年1—6月完成7件，同比增长…
fn compared(claims: &Claims, hits: &mut Vec<Hit>, (from, to): (usize, usize)) {
    let s = &claims.line.open;
    let Some((own, end)) = (from..to.min(from + 12)).find_map(|i| period(s, i)) else { return };
    for (i, after, _) in claims.line.find(&["上年", "去年"]).into_iter().filter(|(i, ..)| *i >= end && *i < to) {
        let Some((other, stop)) = period(s, after) else { continue };
        let same = claims.between(stop, to).split('；').next().unwrap_or_default().contains("同比")
            || claims.between(end, i).contains("同比");
        if other != own && same {
            claims.hit(hits, (i, stop), "“{}”与前面的时段不一样，不能说同比", "换成同一时段的数");
        }
        break;
    }
}
