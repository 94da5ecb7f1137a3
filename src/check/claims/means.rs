//! V-08: a mean against the total and the count that the text gives.

use rust_decimal::Decimal;

use super::claim::{Claim, Role, Sort, When};
use super::told::Claims;
use super::words::ending;
use crate::check::line::Hit;

/// 12个村共培训60场，平均每村5场
pub fn means(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    for (at, mean) in all.iter().enumerate() {
        // 人均多领21元 is the change of a mean.
        let change = matches!(mean.role, Role::Change(_) | Role::To(_) | Role::From | Role::Base);
        let differs = ending(&mean.lead, "多 少 增 减 高 低 多领 多得 提高 增加 减少 增长 多收").is_some();
        if mean.sort != Sort::Amount || mean.rough || change || differs {
            continue;
        }
        let Some(each) = each(&mean.lead) else { continue };
        let own = |c: &&Claim| {
            c.sentence == mean.sentence && c.sort == Sort::Amount && !c.mean && !c.rough && c.role != Role::Base
        };
        let segment = claims.line.open[..mean.start].iter().rposition(|c| "；。".contains(*c)).unwrap_or(0);
        let like = |c: &&Claim| c.is_like(mean) && !matches!(c.role, Role::Change(_)) && c.value > mean.value;
        let totals: Vec<&Claim> = all[..at].iter().rev().filter(own).filter(like).collect();
        let counts: Vec<&Claim> = all[..at].iter().rev().filter(own).filter(|c| is_of(claims, c, &each)).collect();
        let gives = |total: &Claim, count: &Claim| {
            let exact = |total: Decimal| total.checked_div(count.value);
            let half = Decimal::new(5, (mean.value / mean.scale).normalize().scale() + 1) * mean.scale;
            let (low, high) = (exact(total.value - total.half), exact(total.value + total.half));
            low.zip(high).is_some_and(|(low, high)| mean.value + half >= low && mean.value - half <= high)
        };
        let explained = totals.iter().any(|t| counts.iter().any(|c| t.start != c.start && gives(t, c)));
        let now = |c: &Claim| matches!(c.when, When::Unsaid | When::This);
        let near = |c: &&&Claim| c.start >= segment && (c.when == mean.when || now(c) && now(mean));
        let (total, count) = (totals.iter().find(near), counts.iter().find(|c| c.start >= segment && !c.part));
        let apart = |t: &Claim, c: &Claim| t.start.abs_diff(c.start);
        let fits = |t: &Claim, c: &Claim| (1..=28).contains(&apart(t, c)) && !c.value.is_zero();
        let Some((total, count)) = total.zip(count).filter(|(t, c)| fits(t, c)) else {
            continue;
        };
        if !explained {
            let shown = (total.value / count.value / mean.scale).round_dp(2).normalize();
            let help = format!(
                "{}除以{}是{shown}",
                claims.line.text(total.start, total.stop),
                claims.line.text(count.start, count.stop)
            );
            claims.hit(hits, (mean.start, mean.stop), "平均数“{}”与前面的总数、个数算出来的不一致", &help);
        }
    }
}

/// What the mean is of: 平均每村, 村均, 每镇平均, 平均每个.
fn each(lead: &str) -> Option<String> {
    const OF: &str =
        "小组 社区 街道 镇 村 乡 户 人次 人 所 家 名 站 场 日 月 季 期 处 批 个 吨 亩 公里 校 班 车 台 辆 点 项 件 次";
    let after = |word: &str| lead.rsplit_once(word).map(|(_, rest)| rest.trim_start_matches('个'));
    if let Some(rest) = after("平均每").or_else(|| after("每")) {
        let of = OF.split(' ').find(|of| rest.starts_with(of));
        return match of {
            Some(of) => Some(of.to_owned()),
            None if lead.contains("每个") => Some("个".to_owned()),
            None => None,
        };
    }
    let (before, _) = lead.rsplit_once('均')?;
    OF.split(' ').find(|of| before.ends_with(of) && *of != "平").map(str::to_owned)
}

/// Whether a claim counts what the mean is of: 12个村, 5个工作日, 4个季度, 180个批次.
fn is_of(claims: &Claims, claim: &Claim, each: &str) -> bool {
    if matches!(claim.role, Role::Change(_) | Role::Share) {
        return false;
    }
    let behind = claims.between(claim.end, claim.stop + each.chars().count() + 1);
    let bare = behind.trim_start_matches(['万', '个', '共']);
    let day = each == "日" && (claim.unit == "工作日" || claim.unit == "天");
    claim.unit == each
        || bare.starts_with(each)
        || day
        || each == "批" && claim.lead.contains("批次")
        || each == "人" && claim.unit == "名"
        || each == "名" && claim.unit == "人"
}
