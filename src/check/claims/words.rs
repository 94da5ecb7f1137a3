//! The words by which claims are read. One list for each question; longer words first where one begins another.

use super::claim::{Role, Way};

const SINCE: &str =
    "由 从 由上年的 从上年的 由上年 从上年 由去年的 从去年的 由去年 从去年 由年初的 从年初的 由上年同期的 从上年同期的";
const RISEN: &str = "上调到 上调至 上调为 扩容到 扩容至 跃升到 跃升至 拓展到 拓展至 增加到 增至 上升到 升至 提高到 增长到 提高至 增加至 上升至 增长至 提升到 提升至 增加为 增为 升为 上升为 提高为 扩大到 扩大至 扩到 发展到 攀升到 攀升至 上涨到 涨到 涨至 增到 升到 延长到 壮大到";
const FALLEN: &str = "核减为 核减到 核减至 精简为 精简到 精简至 下调到 下调至 下调为 压缩为 缩短为 缩小到 缩小至 减少到 降至 下降到 减至 降低到 减少至 下降至 降低至 回落到 回落至 减少为 减为 降为 下降为 缩减到 缩减至 压减到 压减至 压降到 压降至 缩短到 缩短至 下滑到 下滑至 压缩到 压缩至 跌到 跌至 减到 降到";
const REACHED: &str = "达到 变为 调整为 变成 改为 到 至";
const UP: &str = "偏高 偏多 上扬 走高 攀高 反弹 回升 上浮 延长 加长 拓宽 上调 调增 调高 拓展 扩容 跃升 递增 壮大 增设 增配 多得 多领 增长 增加 上升 提高 提升 扩大 攀升 上涨 增多 增产 增收 净增 净增加 多出 高出 超出 多收 多支出 多花 新增 涨 增 升 多 高 快";
const DOWN: &str = "偏低 偏少 走低 下挫 回调 缩水 下浮 萎缩 收窄 核减 削减 精简 裁减 消减 递减 缩小 下调 调减 调低 压低 核销 下降 减少 降低 回落 缩减 压减 压缩 下滑 下跌 缩短 减产 减收 少收 少支出 少花 少用 净减 净减少 减 降 少 低 慢 跌";
/// What may stand between a verb of change and its number.
const FILL: &str = "了 近 约 超过 超 达 达到 幅度达 为 是";

/// Words that say what time a value is of.
pub const LAST: &str = "上年同期 去年同期 上年 去年 往年同期 上一年 前一年 上届 上一届 上学年 上学期 上轮 上一轮 上一个 上次 上一次 上期 上一期 前次 上季度 上月 上周";
pub const THIS: &str = "今年 本年 本年度 全年 截至目前 目前 本次 此次 本届 本学期 本学年 本轮 本期 本季度 本月 本周";
pub const PLAN: &str = "计划 目标 任务 力争 预计 预期 拟 将 明年 下一年 下年 下一步 确保 争取达 争取实现 争取完成 争取在 争取年 争取建 不低于 不少于 不超过 控制在 以内 至少";
/// What a number is only near to.
pub const ABOUT: &str = "约 近 超 超过 逾 不足 不到 将近 接近 至少 最多 突破";
pub const ABOUT_BEHIND: &str = "左右 以上 以下 上下 以内";

pub fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split_ascii_whitespace()
}

pub fn holds(text: &str, list: &str) -> bool {
    words(list).any(|word| text.contains(word))
}

/// The longest word of the list with which a text ends.
pub fn ending<'w>(text: &str, list: &'w str) -> Option<&'w str> {
    words(list).filter(|word| text.ends_with(word)).max_by_key(|word| word.len())
}

/// A text without particles at its end that say nothing of their own.
pub fn bare(mut text: &str) -> &str {
    const PARTICLES: &str = "约 近 共 达 达到 为 是 了 有 计 共计 合计 总计 累计 一共 共有 总共 已 均 各 超 超过 逾 突破 接近 仅 只 将近 不足 不到 的 分别 分别为 有着 高达";
    while let Some(word) = ending(text, PARTICLES) {
        text = &text[..text.len() - word.len()];
    }
    text
}

/// What the words before a number make of it. `amount`: it is no percentage and no multiple.
pub fn role(lead: &str, amount: bool) -> Role {
    if ending(lead, SINCE).is_some() || since_a_year(lead) {
        return Role::From;
    }
    if is_base(lead) {
        return Role::Base;
    }
    let rough = without(lead, ABOUT);
    // 降至每升0.87毫克
    let each = rough.rfind('每').filter(|at| rough.len() - at <= 15).map_or(rough, |at| &rough[..at]);
    let each = without_time(each);
    if ending(each, RISEN).is_some() {
        return Role::To(Some(Way::Up));
    }
    if ending(each, FALLEN).is_some() {
        return Role::To(Some(Way::Down));
    }
    let verb = without(without(rough, FILL), FILL);
    for (list, width, way) in [(UP, "增幅 涨幅 升幅 增速 同比增速", Way::Up), (DOWN, "降幅 跌幅 减幅", Way::Down)]
    {
        let fits = |word: &&str| match *word {
            // 新增36件 is a count of its own, but behind two values: see `Change`.
            "新增" => amount,
            _ => word.chars().count() > 1 || behind_a_base(verb, word),
        };
        if ending(verb, list).filter(fits).is_some() || !amount && ending(verb, width).is_some() {
            return Role::Change(way);
        }
    }
    let until = ["截至", "直至", "甚至", "以至"].iter().any(|word| rough.ends_with(word));
    if ending(each, REACHED).is_some() && !until {
        return Role::To(None);
    }
    if !amount && lead.contains('占') {
        return Role::Share;
    }
    Role::Value
}

/// 增加到2025年的, 下降到二季度的 without the time.
fn without_time(text: &str) -> &str {
    let Some(bare) = text.strip_suffix('的') else { return text };
    let verb = [RISEN, FALLEN, "变为 调整为 变成 改为"].into_iter().flat_map(words);
    let end = verb.filter_map(|verb| bare.rfind(verb).map(|at| at + verb.len())).max();
    let time = |rest: &str| rest.chars().count() <= 8 && holds(rest, "年 季度 月 期 末 底 眼下 目前 现在 如今 现");
    end.filter(|end| time(&bare[*end..])).map_or(text, |end| &text[..end])
}

/// `由2021年的`, `从2020年末的`, `由一季度的`, `由每升`
fn since_a_year(lead: &str) -> bool {
    let Some(at) = lead.rfind(['由', '从']) else { return false };
    let rest = lead[at..].trim_start_matches(['由', '从']);
    let bare = rest.trim_end_matches('的');
    let time = [
        "原来",
        "上年",
        "去年",
        "去年底",
        "上年底",
        "去年末",
        "上年末",
        "年",
        "年底",
        "年末",
        "季度",
        "上半年",
        "同期",
        "年初",
        "月",
        "月末",
        "月底",
        "时",
        "前",
        "年度",
        "学年",
        "届",
        "轮",
    ];
    let each = rest.starts_with('每') && rest.chars().count() <= 3;
    each || rest.len() > bare.len() && time.iter().any(|word| bare.ends_with(word)) && bare.chars().count() <= 14
}

/// `比上年同期的`, `较2024年的`, `与2024年的`
fn is_base(lead: &str) -> bool {
    let Some(at) = lead.rfind(['比', '较', '与', '同']) else { return false };
    let rest = &lead[at..];
    let of_time = [
        "上年", "去年", "同期", "年", "年度", "学年", "届", "轮", "年末", "年底", "年初", "季度", "上月", "时期",
        "月份", "月", "期", "前",
    ];
    let named = of_time.iter().any(|word| rest.trim_end_matches('的').ends_with(word));
    // 与上学期登记的
    let past = rest.chars().count() <= 10 && holds(rest, LAST);
    rest.ends_with('的') && (named || past) && rest.chars().count() <= 14
}

/// Whether a verb of one character follows what is compared with: 同比增12%, 比上年多3件, 比去年快0.9个百分点.
fn behind_a_base(text: &str, verb: &str) -> bool {
    const BASES: &str = "同比 上年 去年 上年同期 去年同期 计划 环比 年初 上年末 去年末 去年底";
    let before = &text[..text.len() - verb.len()];
    let own = before.rfind(['比', '较']).is_some_and(|at| before[at..].chars().count() <= 10);
    ending(before, BASES).is_some() || own
}

/// The way of a verb of one character alone, behind a value that it is compared with: 多56件.
pub fn bare_verb(lead: &str) -> Option<Way> {
    let verb = without(without(lead, ABOUT), "了 出");
    match verb {
        "多" | "增" | "高" | "快" | "升" | "涨" | "多得" => Some(Way::Up),
        "少" | "减" | "低" | "慢" | "降" | "跌" => Some(Way::Down),
        // 多栽0.8万株, 少用3吨
        _ if (2..=3).contains(&verb.chars().count())
            && !holds(verb, "多为 多是 多数 多家 多年 多次 少数 少量 少年 多种") =>
        {
            let own = [('多', Way::Up), ('少', Way::Down)];
            own.into_iter().find(|(c, _)| verb.starts_with(*c)).map(|(_, way)| way)
        }
        _ => None,
    }
}

/// 约 as a word of its own: 签约 is none.
pub fn is_about(lead: &str) -> bool {
    let other = ["签约", "违约", "节约", "公约", "预约", "合约", "履约", "条约", "集约"];
    ending(lead, ABOUT).is_some() && !other.iter().any(|word| lead.ends_with(word))
}

/// A text without one of these words at its end.
pub fn without<'t>(text: &'t str, list: &str) -> &'t str {
    ending(text, list).map_or(text, |word| &text[..text.len() - word.len()])
}
