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
        // 比2023年的户均2000元多: what it is compared with.
        let compared = mean.lead.contains(['比', '较']) || mean.lead.contains("与20");
        let differs = compared || ending(&mean.lead, "多 少 增 减 高 低 多领 多得 提高 增加 减少 增长 多收").is_some();
        if mean.sort != Sort::Amount || mean.rough || change || differs {
            continue;
        }
        let Some(each) = each(&mean.lead) else { continue };
        // 36条线路日均客运量共5.4万人次，平均每条1800人次
        let daily = |c: &Claim| {
            ["日均", "月均", "年均"].iter().any(|w| c.lead.contains(w))
                && !matches!(each.as_str(), "日" | "月" | "年" | "天")
        };
        let own = |c: &&Claim| {
            c.sentence + 1 >= mean.sentence
                && c.sort == Sort::Amount
                && (!c.mean || daily(c))
                && !c.rough
                && c.role != Role::Base
        };
        let segment = claims.line.open[..mean.start].iter().rposition(|c| "；。".contains(*c)).unwrap_or(0);
        let like = |c: &&Claim| {
            let alike =
                c.is_like(mean) && c.value > mean.value || c.unit != mean.unit && weigh(c, mean) > Decimal::ZERO;
            alike && !matches!(c.role, Role::Change(_))
        };
        let totals: Vec<&Claim> = all[..at].iter().rev().filter(own).filter(like).collect();
        let counts: Vec<&Claim> = all[..at].iter().rev().filter(own).filter(|c| is_of(claims, c, &each)).collect();
        let gives = |total: &Claim, count: &Claim| {
            let exact = |of: Decimal| of.checked_mul(weigh(total, mean))?.checked_div(count.value);
            let half = Decimal::new(5, (mean.value / mean.scale).normalize().scale() + 1) * mean.scale;
            let (low, high) = (exact(total.value - total.half), exact(total.value + total.half));
            low.zip(high).is_some_and(|(low, high)| mean.value + half >= low && mean.value - half <= high)
        };
        let explained = totals.iter().any(|t| counts.iter().any(|c| t.start != c.start && gives(t, c)));
        let now = |c: &Claim| matches!(c.when, When::Unsaid | When::This);
        let near = |c: &&&Claim| c.start >= segment && (c.when == mean.when || now(c) || now(mean));
        let (total, count) = (
            totals.iter().find(near),
            counts.iter().find(|c| c.start >= segment && !c.part && c.sentence == mean.sentence),
        );
        let apart = |t: &Claim, c: &Claim| t.start.abs_diff(c.start);
        let fits = |t: &Claim, c: &Claim| (1..=28).contains(&apart(t, c)) && !c.value.is_zero();
        let Some((total, count)) = total.zip(count).filter(|(t, c)| fits(t, c)) else {
            continue;
        };
        if !explained {
            tell(claims, hits, mean, total, count);
        }
    }
}

/// What the total by the count gives.
fn tell(claims: &Claims, hits: &mut Vec<Hit>, mean: &Claim, total: &Claim, count: &Claim) {
    let Some(shown) = total.value.checked_mul(weigh(total, mean)).and_then(|of| of.checked_div(count.value)) else {
        return;
    };
    let shown = (shown / mean.scale).round_dp(2).normalize();
    let help = format!(
        "{}除以{}是{shown}",
        claims.line.text(total.start, total.stop),
        claims.line.text(count.start, count.stop)
    );
    claims.hit(hits, (mean.start, mean.stop), "平均数“{}”与前面的总数、个数算出来的不一致", &help);
}

/// How many of the one unit are one of the other: 1000公斤 of 吨; 0 of units of another kind.
fn weigh(total: &Claim, mean: &Claim) -> Decimal {
    let grams = |unit: &str| match unit {
        "吨" => Some(Decimal::from(2000)),
        "公斤" | "千克" | "kg" => Some(Decimal::TWO),
        "斤" => Some(Decimal::ONE),
        _ => None,
    };
    match (grams(&total.unit), grams(&mean.unit)) {
        _ if total.unit == mean.unit => Decimal::ONE,
        (Some(own), Some(its)) => own / its,
        _ => Decimal::ZERO,
    }
}

/// What the mean is of: 平均每村, 村均, 每镇平均, 平均每个.
fn each(lead: &str) -> Option<String> {
    const OF: &str = "村民小组 监测点 服务站 消防站 卫生室 小组 社区 街道 镇 村 乡 户 人次 人 所 家 名 站 场 日 月 季 期 处 批 个 吨 亩 公里 校 班 车 台 辆 点 项 件 次 位 套 片 组 头 只 株 栋 间 篇 册 条 例 起 宗 案 天 支 门 座 眼 口 床 趟 轮 届 周 年 店 企";
    // 人均每年5200元
    let person = ["人均", "户均", "村均", "亩均", "校均", "家均"].iter().find(|word| lead.contains(**word));
    if let Some(of) = person.and_then(|word| word.strip_suffix('均')) {
        return Some(of.to_owned());
    }
    let after = |word: &str| lead.rsplit_once(word).map(|(_, rest)| rest.trim_start_matches('个'));
    if let Some(rest) = after("平均每").or_else(|| after("每")) {
        let of = OF.split(' ').find(|of| rest.starts_with(of));
        return match of {
            Some(of) => Some(of.to_owned()),
            None if lead.contains("每个") => Some("个".to_owned()),
            None => None,
        };
    }
    if lead.contains("住院日") || lead.contains("住院天数") {
        return Some("人次".to_owned());
    }
    if ending(super::words::bare(lead), "亩产 单产").is_some() {
        return Some("亩".to_owned());
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
    // 62座小型消防站, 村民小组168个
    let words: String = claim.behind.chars().take(8).collect();
    let named = claim.noun.ends_with(each)
        && matches!(claim.unit.as_str(), "个" | "家" | "所" | "座" | "处" | "支" | "名" | "户");
    // 1680人次 are no persons.
    if each == "人" && claim.unit == "人次" {
        return false;
    }
    claim.unit == each
        || bare.starts_with(each)
        || (each.chars().count() > 1 || "村镇乡站所校班组院店厂园馆库场点企".contains(each)) && words.contains(each)
        || named
        || day
        || each == "批" && claim.lead.contains("批次")
        || each == "人" && claim.unit == "名"
        || each == "名" && claim.unit == "人"
}
