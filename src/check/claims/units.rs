//! S-03, S-33, N-23: per cent where points belong and points where per cent does, a unit missing among its neighbours.

use super::claim::{Claim, Role, Sort};
use super::told::Claims;
use super::words::{ending, holds};
use crate::check::line::{Hit, at};

/// What is measured in per cent, so that it changes by points.
const RATES: &str = "率 度 比重 占比 比例 增速 增幅 降幅 份额 系数 指数 得分 进度 合格 优良";

/// S-33: 接待群众302人次，增长5个百分点
pub fn points_of_an_amount(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    for (k, change) in all.iter().enumerate() {
        let (Role::Change(_), Sort::Points) = (change.role, change.sort) else { continue };
        // 有机肥施用量比去年多12.5个百分点
        let counted = "价格 收入 总值 增加值 投资 支出 存款 贷款 余额 量 额 人数 户数 次数 件数 面积 产值 里程 人次";
        if ending(&change.noun, counted).is_some() && !holds(&change.lead, RATES) {
            let told = "“{}”：数量的升降不用百分点";
            claims.hit(hits, (change.start, change.stop), told, "改为“%”；率和占比的升降才用“个百分点”");
            continue;
        }
        let Some(value) = all[..k].last().filter(|v| v.sentence == change.sentence) else { continue };
        let gap = claims.between(value.stop, change.start);
        let direct = matches!(value.role, Role::Base | Role::To(_)) || value.when == super::claim::When::Last;
        let near = gap.starts_with('，') && gap.matches('，').count() == 1 && change.noun.is_empty()
            || direct && gap.chars().count() <= 8 && !gap.contains(['；', '。']);
        let rate = holds(&value.lead, RATES)
            || holds(&gap, "收窄 扩大 加快 放缓 回落 份额 率 度 比重 占比 比例 系数 指数 得分 进度");
        let measured = !value.unit.is_empty() || value.behind.chars().count() == 1;
        if near && !rate && value.sort == Sort::Amount && measured && value.is_value() {
            let told = "“{}”：数量的升降不用百分点";
            claims.hit(hits, (change.start, change.stop), told, "改为“%”；率和占比的升降才用“个百分点”");
        }
    }
}

/// S-03: what is measured in per cent changes by points: 普及率由89.5%提高到94%，提高4.5%
pub fn percent_of_a_rate(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    for (k, change) in all.iter().enumerate() {
        let (Role::Change(_), Sort::Percent) = (change.role, change.sort) else { continue };
        let range = (change.start, change.stop);
        let told = "率和占比的升降用了“{}”";
        // 增速比上年加快0.7%
        let faster = ["加快", "放缓", "回落"].iter().any(|w| change.lead.ends_with(w));
        let speed = ["增速", "增幅", "降幅", "占比", "比重"]
            .iter()
            .any(|w| change.noun.ends_with(w) || change.lead.starts_with(w));
        let Some(value) = all[..k].last().filter(|v| v.sentence == change.sentence && v.sort == Sort::Percent) else {
            if speed && change.noun.ends_with("增速") {
                claims.hit(hits, range, told, "改用“个百分点”");
            }
            continue;
        };
        let gap = claims.between(value.stop, change.start);
        let told_speed = faster && holds(&value.lead, "增速 增幅 降幅 增长");
        let next = told_speed || gap.starts_with('，') && gap.matches('，').count() == 1 && change.noun.is_empty();
        let own = told_speed || holds(&value.lead, RATES) && !holds(&value.lead, "增长率 增速 增长 下降");
        let pair =
            k >= 2 && all[k - 2].role == Role::From && matches!(value.role, Role::To(_)) && all[k - 2].is_like(value);
        // 比上年的24.0%下降1.6%
        let base = value.role == Role::Base && change.start - value.stop <= 6;
        let past = k >= 2
            && value.when == super::claim::When::Last
            && all[k - 2].is_like(value)
            && change.start - value.stop <= 6;
        if next && (own && matches!(value.role, Role::Value | Role::To(_) | Role::Change(_)) || pair) || base || past {
            claims.hit(hits, range, told, "改用“个百分点”");
        }
    }
    for (at, end, _) in claims.line.find(&["加快", "放缓", "回落", "扩大", "收窄"]) {
        let Some(change) = all.iter().find(|c| c.start == end && c.sort == Sort::Percent) else { continue };
        let clause = claims.between(at.saturating_sub(12), at);
        let clause = clause.rsplit(['，', '。', '；']).next().unwrap_or_default();
        if holds(clause, "增速 增幅 降幅 差距") {
            claims.hit(hits, (at, change.stop), "“{}”：增幅的变化用了“%”", "改用“个百分点”");
        }
    }
}

/// N-23: 甲镇5件、乙镇6、丙镇7件
pub fn missing_unit(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    for (k, alone) in all.iter().enumerate() {
        let bare = alone.sort == Sort::Amount && alone.unit.is_empty() && ends(claims, alone);
        let named = alone.lead.chars().count() >= 2 && !holds(&alone.lead, BARE);
        let measured = |c: Option<&Claim>| c.is_some_and(|c| c.sort == Sort::Amount && !c.unit.is_empty());
        let joined = |from: usize, to: usize| matches!(claims.between(from, to).as_str(), "、" | "和");
        let (before, after) = (k.checked_sub(1).map(|k| &all[k]), all.get(k + 1));
        // 12.6万亩、3.4、5.8万亩
        if bare
            && measured(before)
            && measured(after)
            && alone.lead.is_empty()
            && before.is_some_and(|b| joined(b.stop, alone.start))
            && after.is_some_and(|a| joined(alone.stop, a.start))
        {
            claims.hit(hits, (alone.start, alone.end), "“{}”后面少了单位", "前后的数都有单位，补上单位");
            continue;
        }
        if !bare || !named {
            continue;
        }
        // 3640卷: a measure that no list has is one character before a mark.
        let measured = |c: &Claim| !c.unit.is_empty() || c.behind.chars().count() == 1;
        let with = |c: &&Claim| c.sort == Sort::Amount && measured(c) && c.sentence == alone.sentence;
        let list = |from: usize, to: usize| {
            let gap = claims.between(from, to);
            let mark = gap.chars().find(|c| "、，和；。：".contains(*c));
            matches!(mark, Some('、' | '和')) && gap.chars().count() <= 14
                || gap.starts_with('，') && gap.chars().count() <= 10
        };
        let before = k.checked_sub(1).map(|k| &all[k]).filter(with).filter(|b| list(b.stop, alone.start));
        let after = all.get(k + 1).filter(with).filter(|a| list(alone.stop, a.start));
        let two = before.is_some() && k >= 2 && with(&&all[k - 2]) && list(all[k - 2].stop, all[k - 1].start);
        let Some(neighbour) = before.filter(|_| two || after.is_some()) else { continue };
        let help =
            format!("补上单位，例如“{}”", claims.line.text(neighbour.end, neighbour.stop.max(neighbour.end + 1)));
        claims.hit(hits, (alone.start, alone.end), "“{}”后面少了单位", &help);
    }
}

/// What is said without a unit.
const BARE: &str = "指数 得分 评分 系数 号 代码 第 比例 编号 分别 电话 传真 邮编 房间 数为 总分 倍 pH 浓度";

/// Whether nothing but a mark follows the number.
fn ends(claims: &Claims, claim: &Claim) -> bool {
    matches!(at(&claims.line.open, claim.stop), '、' | '，' | '；' | '。' | '和')
}
