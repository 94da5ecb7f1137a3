//! V-06: rates and shares against the part and the whole that the text gives.

use rust_decimal::Decimal;

use super::claim::{Claim, Role, Sort, When};
use super::told::Claims;
use super::words::{PLAN, bare, holds};
use crate::check::line::Hit;

/// What the whole of a share is called where the text does not name it again.
const ALL: &str = "总数 总量 全部 总额 总人数 总户数 总面积 的比重 的比例 其 总";
/// Words before a share's number that make it another one: a change, a share of the year before.
const OTHER: &str = "提高 上升 下降 增长 降低 回落 高于 低于 快于 慢于 目标 不低于 超过 力争 达标 年均 平均 累计 历年 分别 各占 上年 去年";

pub fn rates(claims: &Claims, hits: &mut Vec<Hit>) {
    for (at, rate) in claims.all().iter().enumerate() {
        let change = matches!(rate.role, Role::Change(_) | Role::From | Role::Base);
        if rate.sort != Sort::Percent || rate.rough || change || holds(&rate.lead, OTHER) {
            continue;
        }
        let found = of_named(claims, at)
            .or_else(|| of_task(claims, at))
            .or_else(|| of_share(claims, at))
            .or_else(|| of_next(claims, at));
        let Some((part, whole)) = found.or_else(|| of_rate(claims, at)) else { continue };
        let full = rate.value < Decimal::ONE_HUNDRED && bare(&rate.lead).ends_with('率');
        let beyond =
            part.value > whole.value && (full || whole.when != When::Plan && !task(whole) && part.when != When::Plan);
        // 按户籍人口39.75万人计算: another whole.
        let other = |c: &Claim| c.is_like(part) && c.value >= part.value && within(rate, part, c);
        let beyond = beyond && !claims.all().iter().any(other);
        if beyond || !explained(claims, at) {
            judge(claims, hits, rate, part, whole);
        }
    }
}

/// Whether any two numbers near a rate give it.
fn explained(claims: &Claims, at: usize) -> bool {
    let rate = &claims.all()[at];
    let near =
        |c: &&Claim| c.sentence + 2 >= rate.sentence && c.sentence <= rate.sentence + 1 && c.sort == Sort::Amount;
    let values: Vec<&Claim> = claims.all().iter().filter(near).collect();
    let gives = |part: &Claim, whole: &Claim| {
        part.is_like(whole)
            && !std::ptr::eq(part, whole)
            && part.value <= whole.value.max(part.value)
            && within(rate, part, whole)
    };
    values.iter().any(|part| values.iter().any(|whole| gives(part, whole)))
}

fn within(rate: &Claim, part: &Claim, whole: &Claim) -> bool {
    let percent = |part: Decimal, whole: Decimal| (part * Decimal::ONE_HUNDRED).checked_div(whole);
    let low = percent(part.value - part.half, whole.value + whole.half);
    let high = percent(part.value + part.half, whole.value - whole.half);
    low.zip(high).is_some_and(|(low, high)| rate.value + rate.half >= low && rate.value - rate.half <= high)
}

fn judge(claims: &Claims, hits: &mut Vec<Hit>, rate: &Claim, part: &Claim, whole: &Claim) {
    if part.value > whole.value && whole.when != When::Plan {
        claims.hit(hits, (part.start, part.stop), "“{}”比前面的总数还多", "核对这两个数");
        return;
    }
    let Some(real) = (part.value * Decimal::ONE_HUNDRED).checked_div(whole.value) else { return };
    let (part, whole) = (claims.line.text(part.start, part.stop), claims.line.text(whole.start, whole.stop));
    let help = format!("{part}与{whole}相比是{}%", real.round_dp(2).normalize());
    claims.hit(hits, (rate.start, rate.stop), "“{}”与前面的两个数算出来的不一致", &help);
}

/// Amounts before a claim, the nearest first: of its sentence and the one before; no means.
fn before<'c>(claims: &'c Claims, at: usize) -> impl Iterator<Item = &'c Claim> {
    let all = claims.all();
    let sentence = all[at].sentence;
    let near = all[..at].iter().rev().take_while(move |c| c.sentence + 1 >= sentence);
    near.filter(|c| {
        c.sort == Sort::Amount
            && !c.unit.is_empty()
            && !c.mean
            && !c.span
            && !matches!(c.role, Role::Change(_) | Role::Base)
    })
}

/// 代表120人，其中女代表36人，占代表总数的30%
fn of_share<'c>(claims: &'c Claims, at: usize) -> Option<(&'c Claim, &'c Claim)> {
    let rate = &claims.all()[at];
    let lead = rate.lead.as_str();
    let object = match lead.rsplit_once('占') {
        // 本科及以上学历占81% tells of another part than the number before.
        Some((own, _)) if own.trim_start_matches(['约', '共', '，', '均', '各']).chars().count() > 2 => {
            return of_own(claims, at, own);
        }
        Some((_, object)) => bare(object).trim_start_matches(['到', '了', '比']),
        None if holds(lead, "比重 所占比例") && lead.chars().count() <= 6 => "",
        None => return None,
    };
    let mut amounts = before(claims, at);
    let part =
        amounts.next().filter(|part| part.sentence == rate.sentence && rate.start - part.stop <= 24 && !part.rough)?;
    let segment = claims.between(part.stop, rate.start);
    if segment.contains(['；', '。']) {
        return None;
    }
    // What has a share of its own may be a part of the same whole.
    let all = claims.all();
    let has_share = |c: &Claim| {
        let next = all.iter().find(|next| next.start > c.start);
        next.is_some_and(|next| {
            next.sort == Sort::Percent && next.lead.contains(['占', '比']) && next.sentence == c.sentence
        })
    };
    let like: Vec<&Claim> = amounts
        .filter(|c| !has_share(c))
        .filter(|c| c.is_like(part) && same_time(c, part) && c.value > part.value && !c.rough)
        .collect();
    let own = |c: &&&Claim| !object.is_empty() && names(object, c);
    if let Some(named) = like.iter().find(own) {
        return Some((part, named));
    }
    if !object.is_empty() && !holds(object, ALL) && !object.ends_with('数') && object.chars().count() > 1 {
        return None;
    }
    // The number before 其中, 中; or the first of its kind, with the same name.
    let opened = like.iter().filter(|c| c.sentence == part.sentence).find(|c| {
        let behind = claims.between(c.stop, part.start);
        let inside = behind.split_once("中，").is_some_and(|(words, _)| words.chars().all(crate::check::line::han));
        inside
            || ["，其中", "（其中", "。其中", "；其中", "里，"]
                .iter()
                .any(|w| behind.contains(w) && behind.chars().count() <= 40)
    });
    let first = || {
        like.iter().rev().find(|c| {
            c.sentence == part.sentence && (akin(part, c) || claims.between(c.stop, part.start).chars().count() <= 12)
        })
    };
    let whole = opened.or_else(first).copied().or_else(|| of_share_before(claims, at, part, &like));
    whole.map(|whole| (part, whole))
}

/// 60名，占62.5%，专职的36名，占36.5%: the whole of the share before.
fn of_share_before<'c>(claims: &'c Claims, at: usize, part: &Claim, like: &[&'c Claim]) -> Option<&'c Claim> {
    let all = claims.all();
    let mut shares =
        all[..at].iter().enumerate().filter(|(_, c)| c.sort == Sort::Percent && c.sentence == part.sentence);
    let (k, share) = shares.rfind(|(_, c)| c.lead.starts_with('占'))?;
    let its = all[..k].last().filter(|its| its.is_like(part))?;
    like.iter().copied().find(|whole| within(share, its, whole))
}

/// 共186名，县直单位选派159名，…，县直单位选派的占85%: the part that is named so, of the first number of its kind.
fn of_own<'c>(claims: &'c Claims, at: usize, own: &str) -> Option<(&'c Claim, &'c Claim)> {
    let rate = &claims.all()[at];
    let own = own.trim_end_matches('的').trim_start_matches("其中");
    let amounts: Vec<&Claim> = before(claims, at).filter(|c| c.sentence == rate.sentence && !c.rough).collect();
    let part = amounts.iter().position(|c| own.chars().count() >= 3 && c.lead.contains(own))?;
    let whole = amounts[part + 1..].iter().rev().find(|c| c.is_like(amounts[part]) && c.value > amounts[part].value)?;
    same_time(amounts[part], whole).then_some((amounts[part], *whole))
}

/// 占全县用水总量58.6%的是农业用水，为6840万立方米，全县用水总量为12000万立方米: the share stands first.
fn of_next<'c>(claims: &'c Claims, at: usize) -> Option<(&'c Claim, &'c Claim)> {
    let all = claims.all();
    let rate = &all[at];
    let object = bare(rate.lead.strip_prefix('占').or_else(|| rate.lead.rsplit_once('占').map(|(_, o)| o))?);
    let like =
        |c: &&Claim| c.sentence == rate.sentence && c.sort == Sort::Amount && c.is_value() && !c.rough && !c.mean;
    let behind: Vec<&Claim> = all[at + 1..].iter().take_while(|c| c.sentence == rate.sentence).filter(like).collect();
    let whole = behind.iter().find(|c| object.chars().count() >= 3 && c.lead.contains(object))?;
    let part = behind.iter().find(|c| c.start < whole.start && c.is_like(whole))?;
    claims.between(rate.stop, part.start).starts_with("的是").then_some((*part, *whole))
}

/// 教育支出2.66亿元，占一般公共预算支出14亿元的19%
fn of_named<'c>(claims: &'c Claims, at: usize) -> Option<(&'c Claim, &'c Claim)> {
    let [.., whole, rate] = &claims.all()[..=at] else { return None };
    let of = matches!(rate.lead.as_str(), "的" | "的比重为" | "的比例为");
    let done = whole.lead.contains('占') || whole.lead.contains("完成");
    let part = claims.all()[..at - 1].iter().rev().find(|part| part.is_value() && !part.mean)?;
    let same = part.is_like(whole) && part.sentence == rate.sentence && !part.rough && !whole.rough;
    (of && done && same && whole.start - part.stop <= 24).then_some((part, whole))
}

/// Whether a whole is named by these words: 代表总数 of 代表120人.
fn names(object: &str, whole: &Claim) -> bool {
    let tails = ["总数", "总量", "总额", "总人数", "总户数", "总面积", "的"];
    let object = tails.iter().fold(object, |o, w| o.trim_end_matches(w));
    object.chars().count() >= 2 && (whole.lead.contains(object) || whole.behind.starts_with(object))
}

/// Whether what is counted is named alike: 教育支出 of 公共预算支出.
fn akin(part: &Claim, whole: &Claim) -> bool {
    let last = |noun: &str| noun.chars().rev().take(2).collect::<Vec<_>>();
    let tail = last(&part.noun);
    tail.len() == 2 && tail == last(&whole.noun)
}

/// 计划培训40场，完成36场，完成率90%
fn of_task<'c>(claims: &'c Claims, at: usize) -> Option<(&'c Claim, &'c Claim)> {
    let rate = &claims.all()[at];
    let said = [
        "完成率",
        "任务的",
        "计划的",
        "目标的",
        "完成任务",
        "完成计划",
        "完成进度",
        "进度为",
        "进度达",
        "指标的",
        "预算的",
        "投资的",
        "完成比例",
    ];
    if !said.iter().any(|w| rate.lead.contains(w)) {
        return None;
    }
    let mut amounts = before(claims, at);
    let done =
        amounts.next().filter(|c| c.sentence == rate.sentence && c.when != When::Plan && c.when != When::Last)?;
    let task = amounts.find(|c| c.is_like(done)).filter(|c| task(c))?;
    Some((done, task))
}

fn task(claim: &Claim) -> bool {
    holds(&claim.lead, PLAN)
        || holds(&claim.lead, "需 安排 年初 下达 分解 指标 核定 预算 总投资 交办 应")
        || claim.lead.contains('应')
}

/// 收集建议48件，办结46件，办结率95.8%
fn of_rate<'c>(claims: &'c Claims, at: usize) -> Option<(&'c Claim, &'c Claim)> {
    let rate = &claims.all()[at];
    // 应体检3600人，实际体检3312人，体检率92%
    if bare(&rate.lead).ends_with('率')
        && let [.., due, done, _] = &claims.all()[..=at]
        && due.lead.contains('应')
        && done.lead.contains('实')
        && due.is_like(done)
        && due.sentence == rate.sentence
    {
        return Some((done, due));
    }
    // 其中校园食品合格率 is of another part.
    if rate.lead.contains("其中") {
        return None;
    }
    let word = bare(&rate.lead).strip_suffix('率')?;
    let word: String = word.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    if word.chars().count() < 2 || word == "增长" || word == "完成" {
        return None;
    }
    let amounts: Vec<&Claim> = before(claims, at).collect();
    // 36个小组有28个通了燃气，通气率
    let behind =
        |c: &Claim| c.sentence == rate.sentence && word.chars().all(|w| c.behind.contains(w) || c.lead.contains(w));
    let at_part = amounts.iter().position(|c| c.lead.contains(&word) || behind(c))?;
    let part = amounts[at_part];
    if part.sentence != rate.sentence || at_part > 1 {
        return None;
    }
    // 按期结案率 is of what is done in time.
    let full = bare(&rate.lead).trim_end_matches('率');
    let kinds = "按期 按时 及时 一次 当场 首次 实际 规范";
    if super::words::words(kinds).any(|kind| full.contains(kind) && !part.lead.contains(kind)) {
        return None;
    }
    // 引进36人，签约14万人: what is many times as much is no part.
    let fits = |c: &&&Claim| {
        // 30人 of 28万人 is a unit that was written wrong.
        let (own, its) = (c.value / c.scale, part.value / part.scale);
        let slip = c.scale != part.scale
            && related(part, c, &word)
            && own < its * Decimal::from(3)
            && its < own * Decimal::from(3);
        c.is_like(part) && c.sentence == part.sentence && (slip || c.value * Decimal::from(3) >= part.value)
    };
    let whole = amounts[at_part + 1..].iter().find(fits)?;
    let only = amounts[at_part + 1..].iter().filter(|c| c.is_like(part) && c.sentence == part.sentence).count() == 1;
    let fits = !whole.rough && same_time(whole, part) && (only || related(part, whole, &word));
    (fits && !whole.lead.contains(&word) || task(whole)).then_some((part, whole))
}

/// Whether both are of one time, as far as it is said.
fn same_time(one: &Claim, other: &Claim) -> bool {
    let unsaid = |c: &Claim| matches!(c.when, When::Unsaid | When::This);
    one.when == other.when || unsaid(one) && unsaid(other)
}

/// Whether the part is of the whole: it names nothing of its own (办结46件), or the same (办结建议46件).
fn related(part: &Claim, whole: &Claim, word: &str) -> bool {
    const ADVERBS: &str = "依法 按期 及时 按时 如期 实际 当年 已经 已 全部 均 一次 均已 当场 现场 成功 顺利 直接 累计";
    // 已解决或基本解决95件, 依法按期答复62件
    let mut own = part.noun.trim_end_matches(word).trim_start_matches(word).to_owned();
    for adverb in super::words::words(ADVERBS).chain([word, "或基本", "或者"]) {
        own = own.replace(adverb, "");
    }
    if part.noun.trim_start_matches('有').is_empty() {
        return true;
    }
    let last: String = own.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    own.chars().count() <= 2 || whole.noun.contains(&last) || whole.noun.is_empty() && part.lead.ends_with('有')
}
