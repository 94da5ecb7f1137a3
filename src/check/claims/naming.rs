//! What the words before a number say: the time, the place, what is counted.

use super::claim::{Role, When};
use super::words::{LAST, PLAN, THIS, bare, holds, words};
use crate::check::line::{at, han, number_end};

/// The time of a value, by its own words, else by those of its clause, else by what its sentence begins with; there no
/// number stands between.
pub fn when(lead: &str, clause: &str, before: &[char]) -> When {
    let opening: String = before.iter().collect();
    let mut openings = opening.trim_end_matches('，').rsplit(['，', '；', '：']);
    let near = openings.next().filter(|near| near.chars().count() <= 12).unwrap_or_default();
    let time = when_of(lead).or_else(|| when_of(clause)).or_else(|| when_of(near));
    // 2024年受行情影响，…: the time stands first.
    let first = |text: &&str| begins_with_time(text);
    let adverb = || opening.trim_end_matches('，').rsplit(['，', '；', '：']).find(first).and_then(when_of);
    time.or_else(adverb).unwrap_or(When::Unsaid)
}

fn begins_with_time(text: &str) -> bool {
    let word = [LAST, THIS, "截至 上半年 下半年 一季度 二季度 三季度 四季度 前三季度 年初"].into_iter().flat_map(words);
    let s: Vec<char> = text.chars().take(5).collect();
    let year = s.len() == 5 && s[4] == '年' && s[..4].iter().all(char::is_ascii_digit);
    year || word.into_iter().any(|word| text.starts_with(word))
}

/// The time that a text says.
pub fn when_of(text: &str) -> Option<When> {
    if holds(text, PLAN) {
        return Some(When::Plan);
    }
    if holds(text, LAST) {
        return Some(When::Last);
    }
    // 截至三季度末 is all that there is by then; 4月以来 as well.
    let since = ["截至", "截止", "以来"].iter().any(|word| text.contains(word));
    let this = || (since || holds(text, THIS)).then_some(When::This);
    year(text).map(When::Year).or_else(|| part_of_year(text).filter(|_| !since)).or_else(this)
}

/// 云溪镇 ends here; 农村, 社区, 城镇 are no names.
fn is_place(text: &[char], i: usize) -> bool {
    let before = text[i - 1];
    let other = match text[i] {
        '村' => "农乡行全各自",
        '镇' => "城乡建全各集",
        '乡' => "城返回全各下家",
        '县' => "全我本各该区市",
        '区' => "地社园小片城景山库矿灾校营战",
        _ => return false,
    };
    han(before) && han(text[i - 2]) && !other.contains(before)
}

/// The place or office that the sentence names last before its number: 云溪镇.
pub fn place(before: &str, lead: &str) -> String {
    let text: Vec<char> = before.chars().chain(lead.chars()).collect();
    let end = (2..text.len()).rev().find(|i| is_place(&text, *i));
    let name = end.map_or(String::new(), |end| text[end - 2..=end].iter().collect());
    // 全镇, 各村 are no names.
    if name.contains(['全', '各', '本', '该', '我', '为', '的', '和', '、']) { String::new() } else { name }
}

/// A quarter, a half or a month, by its number; what stands before a change: 年初, 调整前.
fn part_of_year(text: &str) -> Option<When> {
    const PARTS: [(&str, u8); 14] = [
        ("一季度", 11),
        ("二季度", 12),
        ("三季度", 13),
        ("四季度", 14),
        ("上半年", 21),
        ("下半年", 22),
        ("年初", 31),
        ("年末", 32),
        ("调整前", 31),
        ("调整后", 32),
        ("原来", 31),
        ("现在", 32),
        ("改造前", 31),
        ("改造后", 32),
    ];
    let found = PARTS.iter().filter(|(word, _)| text.contains(word) && !text.contains("前三季度"));
    let part = found.max_by_key(|(word, _)| text.rfind(word)).map(|(_, part)| *part);
    part.or_else(|| month(text)).map(When::Part)
}

/// 10月, 10月末, 10月份; 1—10月 and 10月5日 are none.
fn month(text: &str) -> Option<u8> {
    let s: Vec<char> = text.chars().collect();
    let at_month = |i: usize| {
        let first = i == 0 || !(s[i - 1].is_ascii_digit() || "—-～至年".contains(s[i - 1]));
        let end = number_end(&s, i);
        let month =
            (end > i && end - i <= 2 && first && at(&s, end) == '月').then(|| s[i..end].iter().collect::<String>());
        month.filter(|_| !at(&s, end + 1).is_ascii_digit()).and_then(|month| month.parse::<u8>().ok())
    };
    (0..s.len()).rev().find_map(at_month).map(|month| 40 + month)
}

/// The last year that is named: 2025年.
pub fn year(text: &str) -> Option<i32> {
    let s: Vec<char> = text.chars().collect();
    let mut found = None;
    for i in 0..s.len() {
        let first = i == 0 || !s[i - 1].is_ascii_digit();
        if first && number_end(&s, i) == i + 4 && at(&s, i + 4) == '年' {
            found = s[i..i + 4].iter().collect::<String>().parse().ok();
        }
    }
    found
}

const PRONOUNS: [&str; 8] = ["这一数字", "这一数", "这个数字", "该数字", "这一指标", "该指标", "数字", "数量"];

/// The words that say what is counted.
pub fn noun(lead: &str, role: Role) -> String {
    let named = match role {
        Role::Change(_) | Role::From | Role::To(_) | Role::Base => {
            // 接待群众由, 收入增至, 收入同比增长: what stands before the verb.
            let cut = [
                "同比", "由", "从", "比", "较", "增", "减", "上升", "下降", "提高", "降", "达到", "环比", "升", "幅",
                "与",
            ];
            let at = cut.iter().filter_map(|word| lead.find(word)).min();
            at.map_or("", |at| &lead[..at])
        }
        _ => lead,
    };
    // 粳稻收购价每公斤
    let each = named.rfind('每').filter(|at| *at >= 6 && named.len() - at <= 9);
    let named = each.map_or(named, |at| &named[..at]);
    let named = named.trim_end_matches(['也', '都', '均', '则', '还', '亦', '又', '却']);
    let tail: Vec<char> = bare(named).chars().rev().take_while(|c| han(*c)).take(16).collect();
    let text: String = tail.into_iter().rev().collect();
    let mut rest = text.as_str();
    const OPENING: &str = "本届 上届 本次 上次 本学期 上学期 本学年 上学年 本季度 上季度 本月 上月 本轮 上轮 本期 上期 第一季度 第二季度 第三季度 第四季度 秋季 春季 夏季 冬季 调整前 调整后 改造前 改造后 原来 现在 同口径 一年 两年 三年 近 一季度 二季度 三季度 四季度 上半年 下半年 前三季度 一年间 两年间 三年间 期间 完成 实现 达到 今年 本年 去年 上年 同期 全年 累计 共 共计 年内 目前 其中 全镇 全县 全市 全区 全乡 全街道 一年来 年 月 的 日 底 末 以来 度 截至 为 是 上 份 分别 同 有";
    while let Some(word) = words(OPENING).filter(|word| rest.starts_with(word)).max_by_key(|word| word.len()) {
        rest = &rest[word.len()..];
    }
    // One character names nothing; 这一数字 is what was said before.
    if rest.chars().count() < 2 || PRONOUNS.contains(&rest) { String::new() } else { rest.to_owned() }
}
