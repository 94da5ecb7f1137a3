//! V-04, V-07: a change against the two values that it is between; V-09: two values of one indicator in units of
//! another size.

use rust_decimal::Decimal;

use super::base::Base;
use super::claim::{Claim, Role, Sort, Way};
use super::level;
use super::pairs::{Change, Pair, akin, both, fits, turned};
use super::told::Claims;
use super::words::bare;
use super::yearly::yearly;
use crate::check::line::Hit;

/// V-04: 由40件增至36件; a change that is said in the same breath.
pub fn in_one_breath(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    for two in all.windows(2) {
        let (old, new) = (&two[0], &two[1]);
        let Role::To(Some(way)) = new.role else { continue };
        if old.role != Role::From || old.sentence != new.sentence || !old.is_like(new) || new.start - old.stop > 16 {
            continue;
        }
        if way == Way::Up && new.value < old.value || way == Way::Down && new.value > old.value {
            claims.hit(hits, (old.start - 1, new.end), "“{}”：说的方向与数字相反", "核对两个数和升降用词");
        }
    }
    changes(claims, hits, true);
}

/// V-07: the same where the two values stand further apart, or the change has no number.
pub fn further_apart(claims: &Claims, hits: &mut Vec<Hit>) {
    changes(claims, hits, false);
    level::level(claims, hits);
    level::trend(claims, hits);
    doubled(claims, hits);
    multiple(claims, hits);
}

/// V-09: 投入资金320万元，上年同期为300元
pub fn other_size(claims: &Claims, hits: &mut Vec<Hit>) {
    for at in 0..claims.all().len() {
        let Some((_, pair)) = change(claims, at) else { continue };
        if is_far(&pair) {
            sized(claims, hits, &pair);
        }
    }
    for two in claims.all().windows(2).filter(|two| two[0].role == Role::From && matches!(two[1].role, Role::To(_))) {
        let pair = Pair { new: &two[1], old: &two[0], close: true };
        let near = two[1].start - two[0].stop <= 12 && two[0].is_like(&two[1]);
        if near && is_far(&pair) && !hits.iter().any(|hit| hit.start == two[1].start) {
            sized(claims, hits, &pair);
        }
    }
    other_unit(claims, hits);
    side_by_side(claims, hits);
    for two in claims.all().windows(2) {
        let (new, old) = (&two[0], &two[1]);
        let near = new.sentence == old.sentence && old.start - new.stop <= 16 && new.is_like(old);
        let named = old.noun.is_empty() || akin(&old.noun, new);
        let past = old.when == super::claim::When::Last && named && new.is_value() && old.is_value();
        let pair = Pair { new, old, close: false };
        if near && past && is_far(&pair) && !hits.iter().any(|hit| hit.start == old.start || hit.start == new.start) {
            sized(claims, hits, &pair);
        }
    }
}

/// 平均亩产为512公斤，去年为498吨
fn other_unit(claims: &Claims, hits: &mut Vec<Hit>) {
    const SIZES: [&[(&str, i64)]; 4] = [
        &[("吨", 1000), ("kg", 1), ("公斤", 1), ("千克", 1)],
        &[("公里", 1000), ("km", 1000), ("米", 1), ("m", 1)],
        &[("公顷", 10000), ("平方公里", 1_000_000), ("平方米", 1)],
        &[("天", 24), ("小时", 1)],
    ];
    let size = |unit: &str| {
        SIZES.iter().enumerate().find_map(|(k, of)| of.iter().find(|(u, _)| *u == unit).map(|(_, n)| (k, *n)))
    };
    for two in claims.all().windows(2) {
        let (new, old) = (&two[0], &two[1]);
        let past = old.when == super::claim::When::Last && old.noun.is_empty() && new.is_value() && old.is_value();
        let near = new.sentence == old.sentence && old.start - new.stop <= 12 && new.scale == old.scale;
        let (Some((kind, a)), Some((other, b))) = (size(&new.unit), size(&old.unit)) else { continue };
        let alike = new.value < old.value * Decimal::TWO && old.value < new.value * Decimal::TWO;
        if past && near && alike && kind == other && a != b {
            let told = "“{}”与它相比的数单位不一样，像是单位写错了";
            claims.hit(hits, (old.start, old.stop), told, &both(claims, &Pair { new, old, close: false }));
        }
    }
}

/// 中标价2860万元，决算价2748元; 2023年1.8亿元、2024年2.3万元: numbers alike, units not.
fn side_by_side(claims: &Claims, hits: &mut Vec<Hit>) {
    for two in claims.all().windows(2) {
        let (a, b) = (&two[0], &two[1]);
        let values = a.role == Role::Value && b.role == Role::Value && !a.mean && !b.mean && a.is_like(b);
        let near = a.sentence == b.sentence && b.start - a.stop <= 10 && a.scale != b.scale && !b.value.is_zero();
        let last = |c: &Claim| c.noun.chars().next_back();
        let years = matches!((a.when, b.when), (super::claim::When::Year(x), super::claim::When::Year(y)) if x != y);
        let named = last(a).is_some() && last(a) == last(b) || years && a.noun.is_empty() && b.noun.is_empty();
        let (x, y) = (a.value / a.scale, if b.value.is_zero() { Decimal::ONE } else { b.value / b.scale });
        let alike = x < y * Decimal::from(3) && y < x * Decimal::from(3);
        let pair = Pair { new: b, old: a, close: false };
        if values && near && named && alike && is_far(&pair) && !hits.iter().any(|hit| hit.start == a.start) {
            sized(claims, hits, &pair);
        }
    }
}

fn sized(claims: &Claims, hits: &mut Vec<Hit>, pair: &Pair) {
    let later = if pair.new.start > pair.old.start { pair.new } else { pair.old };
    let told = "“{}”与它相比的数相差上千倍，像是单位写错了";
    claims.hit(hits, (later.start, later.stop), told, &format!("{}，核对单位前面的“万”“亿”", both(claims, pair)));
}

/// Two values of one indicator that are a thousand times apart, with units of another size.
fn is_far(pair: &Pair) -> bool {
    let (a, b) = (pair.new.value, pair.old.value);
    let thousand = Decimal::ONE_THOUSAND;
    let apart = |a: Decimal, b: Decimal| b.checked_mul(thousand).is_some_and(|b| a >= b);
    let alike = pair.new.mean == pair.old.mean || pair.old.role == Role::Base;
    alike && pair.new.scale != pair.old.scale && !a.is_zero() && !b.is_zero() && (apart(a, b) || apart(b, a))
}

/// The change at this place and the values that it can be held against.
fn change<'c>(claims: &'c Claims, at: usize) -> Option<(Way, Pair<'c>)> {
    let claim = &claims.all()[at];
    let Role::Change(way) = claim.role else { return None };
    let pair = Change::of(claims, at).pair(claims)?;
    Some((way, pair)).filter(|(_, pair)| !claim.rough && fits(claim, pair))
}

fn changes(claims: &Claims, hits: &mut Vec<Hit>, close: bool) {
    for (at, claim) in claims.all().iter().enumerate() {
        if close {
            yearly(claims, hits, at);
        }
        let Some((way, pair)) = change(claims, at).filter(|(_, pair)| pair.close == close && !is_far(pair)) else {
            continue;
        };
        // 新增 may be another count than the growth.
        if claim.lead.ends_with("新增") && !close || explained(claims, at, way, &pair) {
            continue;
        }
        let known = hits.len();
        if !turned(way, &pair) {
            amount(claims, hits, claim, &pair);
        } else if !(close && matches!(pair.new.role, Role::To(Some(way)) if turned(way, &pair))) {
            let verb = claim.start - bare(&claim.lead).chars().count().min(2).min(claim.start);
            let help = format!("{}，核对两个数和升降用词", both(claims, &pair));
            claims.hit(hits, (verb, claim.stop), "“{}”的升降与前后两个数相反", &help);
        }
        let plain = close || pair.is_plain(claims);
        hits[known..].iter_mut().for_each(|hit| hit.doubtful = !plain);
    }
}

/// Whether any two values near a change give it. Right behind what it is said to be against, only that can be meant.
fn explained(claims: &Claims, at: usize, way: Way, said: &Pair) -> bool {
    let change = &claims.all()[at];
    let values: Vec<&Claim> = Change::of(claims, at).near(claims).filter(|c| !std::ptr::eq(*c, change)).collect();
    let base = Change::of(claims, at).base;
    let direct = said.old.role == Role::Base && change.start > said.old.stop && change.start - said.old.stop <= 6;
    let gives = |new: &Claim, old: &Claim| {
        let pair = Pair { new, old, close: false };
        // The other way round they are no explanation.
        let around = std::ptr::eq(new, said.old) && std::ptr::eq(old, said.new);
        let year = !matches!(base, Base::Year(_)) || base.fits(old);
        let meant = (!direct || std::ptr::eq(old, said.old)) && year;
        let held = !around && new.is_like(old) && fits(change, &pair) && !turned(way, &pair) && !std::ptr::eq(new, old);
        let within = |(_, low, high)| change.value + change.half >= low && change.value - change.half <= high;
        meant && held && new.value != old.value && bounds(change.sort, &pair).is_some_and(within)
    };
    values.iter().any(|new| values.iter().any(|old| gives(new, old)))
}

/// What the two values give: as they are, and as far as they are rounded.
fn bounds(sort: Sort, pair: &Pair) -> Option<(Decimal, Decimal, Decimal)> {
    let (new, old) = (pair.new, pair.old);
    let real = |new: Decimal, old: Decimal| match sort {
        Sort::Percent => (new - old).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old),
        Sort::Times => (new - old).checked_div(old),
        Sort::Points | Sort::Amount => Some(new - old),
    };
    let least = real(new.value - new.half, old.value + old.half)?.abs();
    let most = real(new.value + new.half, old.value - old.half)?.abs();
    Some((real(new.value, old.value)?.abs(), least.min(most), least.max(most)))
}

fn amount(claims: &Claims, hits: &mut Vec<Hit>, change: &Claim, pair: &Pair) {
    let range = (change.start, change.stop);
    if pair.old.value.is_zero() && matches!(change.sort, Sort::Percent | Sort::Times) {
        claims.hit(hits, range, "“{}”：基数是0，算不出增幅", "写增加了多少，并注明上年同期为0");
        return;
    }
    let Some((real, low, high)) = bounds(change.sort, pair) else { return };
    if change.value + change.half < low || change.value - change.half > high {
        let shown = (real / change.scale).round_dp(2).normalize();
        let help = format!("{}，算出来是{shown}{}", both(claims, pair), claims.line.text(change.end, change.stop));
        claims.hit(hits, range, "“{}”与前后两个数算出来的不一致", &help);
    }
}

/// Whether any two values near a place are so many times each other.
fn ratio_explained(near: &[&Claim], low: Decimal, high: Decimal) -> bool {
    let within = |a: &Claim, b: &Claim| {
        let ratio = (a.is_like(b) && !std::ptr::eq(a, b)).then(|| a.value.checked_div(b.value)).flatten();
        ratio.is_some_and(|ratio| ratio >= low && ratio <= high)
    };
    near.iter().any(|a| near.iter().any(|b| within(a, b)))
}

/// 翻一番 is twice as much, 翻两番 four times.
fn doubled(claims: &Claims, hits: &mut Vec<Hit>) {
    for (count, times) in [("一", 2), ("两", 4), ("二", 4), ("三", 8), ("四", 16)] {
        let words = [format!("翻{count}番"), format!("翻了{count}番")];
        for (at, end, _) in words.iter().flat_map(|word| claims.line.find(&[word.as_str()])).map(|(a, b, _)| (a, b, ()))
        {
            // 翻一番的目标有望实现
            let around = claims.between(at.saturating_sub(6), (end + 8).min(claims.line.open.len()));
            if ["目标", "有望", "力争", "计划", "争取", "预计"].iter().any(|word| around.contains(word)) {
                continue;
            }
            let change = Change::told(claims, (at, end), "");
            let Some(pair) = change.pair(claims).filter(|pair| pair.old.value > Decimal::ZERO) else { continue };
            let said = Decimal::from(times);
            let (low, high) = (said * Decimal::new(9, 1), said * Decimal::new(13, 1));
            let near: Vec<&Claim> = change.near(claims).collect();
            if !ratio_explained(&near, low, high) {
                let ratio = (pair.new.value / pair.old.value).round_dp(2).normalize();
                let help = format!("{}，是{ratio}倍；翻一番是2倍，翻两番是4倍", both(claims, &pair));
                claims.hit(hits, (at, end), "“{}”与前面的两个数不符", &help);
            }
        }
    }
}

/// 5400辆，是2022年末1800辆的3倍
fn multiple(claims: &Claims, hits: &mut Vec<Hit>) {
    for (at, times) in claims.all().iter().enumerate() {
        if times.sort != Sort::Times
            || times.rough
            || matches!(times.role, Role::Change(_))
            || !times.lead.ends_with('的')
        {
            continue;
        }
        let change = Change::of(claims, at);
        let inline = claims.all()[..at].last().filter(|old| times.lead == "的" && old.lead.contains(['是', '为']));
        let new = claims.all()[..at].iter().rev().filter(|c| c.is_value() && !c.mean).nth(1);
        let inline = inline.zip(new).filter(|(old, new)| old.is_like(new) && new.sentence == times.sentence);
        let pair = inline.map(|(old, new)| Pair { new, old, close: false });
        let named = ["去年", "上年", "原来", "年的"].iter().any(|w| times.lead.contains(w));
        let Some(pair) = pair.or_else(|| Change { noun: "", ..change }.pair(claims).filter(|_| named)) else {
            continue;
        };
        if pair.old.value.is_zero() {
            continue;
        }
        let near: Vec<&Claim> = Change::of(claims, at).near(claims).collect();
        let slack = Decimal::new(2, 2) * times.value;
        if !ratio_explained(&near, times.value - times.half - slack, times.value + times.half + slack) {
            let help =
                format!("{}，是{}倍", both(claims, &pair), (pair.new.value / pair.old.value).round_dp(2).normalize());
            claims.hit(hits, (times.start, times.stop), "“{}”与前面的两个数不符", &help);
        }
    }
}
