//! V-04 as well: a mean rate of several years against the values of its first and last year.

use super::claim::{Claim, Role, Sort, When};
use super::told::Claims;
use crate::check::line::{Hit, starts};
use crate::vocabulary::numeral;

/// 由2020年的100万元增至2025年的150万元，年均增长8.4%
pub fn yearly(claims: &Claims, hits: &mut Vec<Hit>, at: usize) {
    let all = claims.all();
    let rate = &all[at];
    let mean = ["年均", "年平均", "平均每年", "平均增长", "平均增速", "平均下降"].iter().any(|w| rate.lead.contains(w));
    if !matches!(rate.role, Role::Change(_)) || rate.sort != Sort::Percent || !mean || rate.rough {
        return;
    }
    let own: Vec<&Claim> = all
        .iter()
        .filter(|c| c.sentence == rate.sentence && c.is_value() && c.sort == Sort::Amount && !c.rough)
        .collect();
    // At other prices, or by another way, the rate is not that of the two values.
    let clause = claims.between(rate.start.saturating_sub(20), rate.start);
    let clause = clause.rsplit(['，', '；', '。']).next().unwrap_or_default();
    if ["可比", "不变价", "名义", "实际", "剔除"].iter().any(|w| clause.contains(w)) {
        return;
    }
    let last = all[..at].iter().rev().find(|c| c.sentence == rate.sentence && c.is_value());
    let next = all[at + 1..].iter().find(|c| c.sentence == rate.sentence && c.is_value());
    let Some(anchor) = last.or(next) else { return };
    let own_years = own.iter().enumerate().find_map(|(k, a)| own[k + 1..].iter().find_map(|b| years(a, b, None)));
    let span = in_words(&rate.lead).or(own_years).or_else(|| span(claims, rate));
    let mut told: Option<(&Claim, &Claim, i32)> = None;
    for (k, first) in own.iter().copied().enumerate() {
        for second in own[k + 1..].iter().copied().filter(|second| second.is_like(first)) {
            // 7.68万亩，较2020年的4.80万亩
            let (old, new) = if second.role == Role::Base { (second, first) } else { (first, second) };
            let Some((years, spare)) = years(old, new, span).filter(|_| !old.value.is_zero()) else { continue };
            let float = |value: rust_decimal::Decimal| value.to_string().parse::<f64>().unwrap_or(0.0);
            let ratio = float(new.value) / float(old.value);
            let real = |years: i32| ((ratio.powf(1.0 / f64::from(years)) - 1.0) * 100.0).abs();
            let half = float(rate.half) + 0.06;
            if (years..=years + spare).any(|years| (real(years) - float(rate.value)).abs() <= half) {
                return;
            }
            if !std::ptr::eq(new, anchor) && !std::ptr::eq(old, anchor) {
                continue;
            }
            // The two that stand nearest to it.
            let near = |a: &Claim| a.start.abs_diff(rate.start);
            if told.is_none_or(|(_, known, known_years)| {
                near(new) < near(known) || near(new) == near(known) && years > known_years
            }) {
                told = Some((old, new, years));
            }
        }
    }
    let Some((old, new, years)) = told else { return };
    let float = |value: rust_decimal::Decimal| value.to_string().parse::<f64>().unwrap_or(0.0);
    let real = ((float(new.value) / float(old.value)).powf(1.0 / f64::from(years)) - 1.0) * 100.0;
    let help = format!(
        "由{}到{}，{years}年年均是{:.1}%",
        claims.line.text(old.start, old.stop),
        claims.line.text(new.start, new.stop),
        real.abs()
    );
    claims.hit(hits, (rate.start, rate.stop), "年均“{}”与前后两个数算出来的不一致", &help);
}

/// Years between two values; and what may be one more, where only a span of years is said.
fn years(old: &Claim, new: &Claim, span: Option<(i32, i32)>) -> Option<(i32, i32)> {
    match (old.when, new.when) {
        (When::Year(a), When::Year(b)) if b > a => Some((b - a, 0)),
        (When::Year(a), When::Year(b)) if b <= a => None,
        _ if old.role == Role::From && matches!(new.role, Role::To(_)) || old.role == Role::Base => span,
        _ => None,
    }
}

/// 五年年均, 三年平均
fn in_words(lead: &str) -> Option<(i32, i32)> {
    let (before, _) =
        lead.split_once("年年均").or_else(|| lead.split_once("年平均")).or_else(|| lead.split_once("年间年均"))?;
    let years = numeral::digit(before.chars().next_back()?)
        .or_else(|| before.ends_with('十').then_some(10))
        .or_else(|| before.ends_with('两').then_some(2))?;
    i32::try_from(years).ok().filter(|years| *years >= 2).map(|years| (years, 0))
}

/// The years that the passage says before a rate: 2021年至2025年, 2020—2025年, 五年间.
fn span(claims: &Claims, rate: &Claim) -> Option<(i32, i32)> {
    let s = &claims.line.open;
    let year =
        |i: usize| s.get(i..i + 4)?.iter().collect::<String>().parse::<i32>().ok().filter(|y| (1949..2100).contains(y));
    let named = (0..rate.start).rev().find_map(|i| {
        let first = year(i).filter(|_| i == 0 || !s[i - 1].is_ascii_digit())?;
        let from = i + 4 + usize::from(starts(s, i + 4, "年"));
        let next = ["至", "到", "—", "-"].iter().find(|w| starts(s, from, w)).map(|_| from + 1)?;
        let last = year(next).filter(|last| *last > first)?;
        Some((last - first, 1))
    });
    let counted = || {
        claims.line.find(&["年间", "年来"]).into_iter().rfind(|(i, ..)| *i < rate.start && *i > 0).and_then(
            |(i, ..)| {
                let years = numeral::digit(s[i - 1]).filter(|n| *n >= 2)?;
                i32::try_from(years).ok().map(|years| (years, 0))
            },
        )
    };
    named.or_else(counted)
}
