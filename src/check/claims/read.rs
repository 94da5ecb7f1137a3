//! Reads the claims of a passage.

use rust_decimal::Decimal;

use super::claim::{Claim, Role, Sort, When};
use super::words::{ABOUT, ABOUT_BEHIND, LAST, PLAN, THIS, bare, bare_verb, ending, holds, role, words};
use crate::check::line::{Line, at, han, number_end, starts};
use crate::check::prose::numbers::counts;
use crate::vocabulary::measures;

/// Marks between which the words of a number stand.
const MARKS: [char; 14] = ['。', '！', '？', '；', '，', '：', '、', '（', '）', '\n', '“', '”', '《', '》'];

pub fn read(line: &Line) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::new();
    let (mut sentence, mut i, mut from) = (0, 0, 0);
    while i < line.open.len() {
        let c = line.open[i];
        if matches!(c, '。' | '！' | '？' | '\n') {
            sentence += 1;
        }
        if MARKS.contains(&c) {
            from = i + 1;
        }
        let end = if c.is_ascii_digit() { number_end(&line.open, i) } else { i };
        if end == i {
            i += 1;
            continue;
        }
        if counts(line, i, end)
            && let Some(claim) = claim(line, (from, i, end), sentence)
        {
            from = claim.stop;
            i = claim.stop.max(end);
            out.push(beside(claim, out.last(), line));
        } else {
            i = end;
        }
    }
    out
}

/// A claim beside the one before it: what only that one tells.
fn beside(claim: Claim, before: Option<&Claim>, line: &Line) -> Claim {
    // 与2020年的7800万元相比
    if claim.role == Role::Value && ["相比", "比较"].iter().any(|w| starts(&line.open, claim.stop, w)) {
        return Claim { role: Role::Base, ..claim };
    }
    let compared =
        before.is_some_and(|b| b.sentence == claim.sentence && (b.role != Role::Value || b.when == When::Last));
    match bare_verb(&claim.lead).filter(|_| claim.role == Role::Value && (compared || claim.lead.ends_with('了'))) {
        Some(way) => Claim { role: Role::Change(way), noun: String::new(), ..claim },
        None => claim,
    }
}

/// What a number is worth: value, half of its last place, kind, unit, and where it ends.
struct Worth {
    value: Decimal,
    scale: Decimal,
    half: Decimal,
    sort: Sort,
    unit: String,
    stop: usize,
}

fn worth(s: &[char], start: usize, end: usize) -> Option<Worth> {
    let digits: String = s[start..end].iter().filter(|c| **c != ',').collect();
    let value: Decimal = digits.parse().ok()?;
    let half = Decimal::new(5, value.scale() + 1);
    let exact = if value.scale() == 0 { Decimal::ZERO } else { half };
    let plain = |sort, stop, unit: &str| {
        Some(Worth { value, scale: Decimal::ONE, half: exact, sort, unit: unit.to_owned(), stop })
    };
    let ratio = |sort, stop| Some(Worth { value, scale: Decimal::ONE, half, sort, unit: String::new(), stop });
    match at(s, end) {
        '%' | '％' => return ratio(Sort::Percent, end + 1),
        '倍' => return ratio(Sort::Times, end + 1),
        _ if starts(s, end, "个百分点") => return ratio(Sort::Points, end + 4),
        _ => {}
    }
    let factor = match at(s, end) {
        '万' => Decimal::from(10_000),
        '亿' => Decimal::from(100_000_000),
        _ if starts(s, end, "年") => return None,
        _ => {
            let (unit, stop) = unit(s, end);
            return plain(Sort::Amount, stop, &unit);
        }
    };
    let (unit, stop) = unit(s, end + 1);
    Some(Worth {
        value: value.checked_mul(factor)?,
        scale: factor,
        half: half.checked_mul(factor)?,
        sort: Sort::Amount,
        unit,
        stop,
    })
}

/// The unit that stands here, and where it ends: 件（套） is 件.
fn unit(s: &[char], from: usize) -> (String, usize) {
    for word in ["个工作日", "个月", "个小时", "千瓦时", "摄氏度"] {
        if starts(s, from, word) {
            return (word.trim_start_matches('个').to_owned(), from + word.chars().count());
        }
    }
    let text: String = s[from.min(s.len())..s.len().min(from + 4)].iter().collect();
    let unit = measures::behind_a_count(|word| text.starts_with(word)).or_else(|| measures::at_start(&text));
    let unit = unit.unwrap_or_default();
    let mut stop = from + unit.chars().count();
    if at(s, stop) == '（' && !unit.is_empty() && at(s, stop + 2) == '）' {
        stop += 3;
    }
    (measures::same(unit).to_owned(), stop)
}

fn claim(line: &Line, (from, start, end): (usize, usize, usize), sentence: usize) -> Option<Claim> {
    let s = &line.open;
    // 1—9月, 5～8% are no values.
    if "—-～至".contains(at(s, end)) && at(s, end + 1).is_ascii_digit() {
        return None;
    }
    let Worth { value, scale, half, sort, unit, stop } = worth(s, start, end)?;
    let lead: String = s[from.min(start)..start].iter().collect();
    let sentence_from = s[..start].iter().rposition(|c| "。！？\n".contains(*c)).map_or(0, |p| p + 1);
    let before: String = s[sentence_from..from.max(sentence_from)].iter().collect();
    let clause_from = s[..start].iter().rposition(|c| "。！？；，：\n".contains(*c)).map_or(0, |p| p + 1);
    let clause: String = s[clause_from..start].iter().collect();
    let about = words(ABOUT_BEHIND).any(|w| starts(s, stop, w)) || matches!(at(s, end), '多' | '余');
    let amount = sort == Sort::Amount;
    let role = role(&lead, amount);
    Some(Claim {
        start,
        end,
        stop,
        value: value.normalize(),
        scale,
        half,
        sort,
        unit,
        role,
        when: when(&lead, &clause, &before),
        sentence,
        noun: noun(&lead, role),
        behind: s[stop.min(s.len())..].iter().take_while(|c| han(**c)).take(6).collect(),
        part: before.contains("其中") || lead.contains("其中"),
        mean: ["均", "平均", "每"].iter().any(|w| lead.contains(w)) && !lead.contains("均为"),
        place: place(&before, &lead),
        rough: about || ending(&lead, ABOUT).is_some(),
        lead,
    })
}

/// The time of a value, by its own words, else by those of its clause, else by what its sentence begins with.
fn when(lead: &str, clause: &str, before: &str) -> When {
    // 2025年，全镇培训36场: only where no number stands between.
    let opening = before.trim_end_matches('，').rsplit(['，', '；', '：']).next().unwrap_or_default();
    let timed = !opening.contains(|c: char| c.is_ascii_digit())
        || opening.ends_with(['年', '月', '日', '末', '底', '初', '间', '来', '期']);
    let adverb = opening.chars().count() <= 12 && before.matches('，').count() <= 1 && timed;
    for text in [lead, clause, if adverb { opening } else { "" }] {
        if holds(text, PLAN) {
            return When::Plan;
        }
        if holds(text, LAST) {
            return When::Last;
        }
        if let Some(year) = year(text) {
            return When::Year(year);
        }
        if let Some(part) = part_of_year(text) {
            return part;
        }
        if holds(text, THIS) {
            return When::This;
        }
    }
    When::Unsaid
}

/// The place or office that the sentence names last before its number: 云溪镇.
fn place(before: &str, lead: &str) -> String {
    let text: Vec<char> = before.chars().chain(lead.chars()).collect();
    let end = (2..text.len()).rev().find(|i| "镇乡村县区".contains(text[*i]) && han(text[i - 1]) && han(text[i - 2]));
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
    let month = || {
        let (before, _) = text.rsplit_once("月份")?;
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect::<String>().parse::<u8>().ok().map(|month| 40 + month)
    };
    part.or_else(month).map(When::Part)
}

/// The last year that is named: 2025年.
fn year(text: &str) -> Option<i32> {
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

/// The words that say what is counted.
fn noun(lead: &str, role: Role) -> String {
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
    let tail: Vec<char> = bare(named).chars().rev().take_while(|c| han(*c)).take(16).collect();
    let text: String = tail.into_iter().rev().collect();
    let mut rest = text.as_str();
    const OPENING: &str = "同口径 一年 两年 三年 近 一季度 二季度 三季度 四季度 上半年 下半年 前三季度 一年间 两年间 三年间 期间 完成 实现 达到 今年 本年 去年 上年 同期 全年 累计 共 共计 年内 目前 其中 全镇 全县 全市 全区 全乡 全街道 一年来 年 月 的 日 底 末 以来 度 截至 为 是 上 份 分别 同 有";
    while let Some(word) = words(OPENING).filter(|word| rest.starts_with(word)).max_by_key(|word| word.len()) {
        rest = &rest[word.len()..];
    }
    // One character names nothing.
    if rest.chars().count() < 2 { String::new() } else { rest.to_owned() }
}
