//! Reads the claims of a passage.

use rust_decimal::Decimal;

use super::claim::{Claim, Role, Sort, When};
use super::naming::{noun, place, when};
use super::series;
use super::words::{ABOUT_BEHIND, LAST, bare_verb, holds, is_about, role, words};
use crate::check::line::{Line, at, han, number_end, starts};
use crate::check::prose::numbers::counts;
use crate::vocabulary::measures;

/// Marks between which the words of a number stand.
const MARKS: [char; 14] = ['。', '！', '？', '；', '，', '：', '、', '（', '）', '\n', '“', '”', '《', '》'];

pub fn read(line: &Line) -> Vec<Claim> {
    let mut out = one_by_one(line);
    series::settle(&mut out, line);
    out
}

fn one_by_one(line: &Line) -> Vec<Claim> {
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
        // 每50公斤 is what a price is of.
        let each = i > 0 && line.open[i - 1] == '每';
        if counts(line, i, end)
            && !each
            && let Some(claim) = claim(line, (from, i, end), sentence, out.last().map_or(0, |c| c.stop))
        {
            from = claim.stop;
            i = claim.stop.max(end);
            let claim = beside(claim, out.last(), line);
            since(&claim, out.last_mut(), line);
            out.push(reached(claim, out.last(), line));
        } else {
            i = end;
        }
    }
    out
}

/// A claim beside the one before it: what only that one tells.
fn beside(claim: Claim, before: Option<&Claim>, line: &Line) -> Claim {
    // 与2020年的7800万元相比
    let next: String = line.open[claim.stop.min(line.open.len())..].iter().take_while(|c| han(**c)).take(10).collect();
    let with =
        claim.lead.contains(['与', '同', '和', '跟', '较']) && (next.ends_with("相比") || next.ends_with("比较"));
    if claim.role == Role::Value && (with || ["相比", "比较"].iter().any(|w| next.starts_with(w))) {
        return Claim { role: Role::Base, ..claim };
    }
    let compared =
        before.is_some_and(|b| b.sentence == claim.sentence && (b.role != Role::Value || b.when == When::Last));
    match bare_verb(&claim.lead).filter(|_| claim.role == Role::Value && (compared || claim.lead.ends_with('了'))) {
        Some(way) => Claim { role: Role::Change(way), noun: String::new(), ..claim },
        None => claim,
    }
}

/// 由日均400吨扩大到1000吨, 由每立方米2.85元降至: words between 由 and its number.
fn since(claim: &Claim, before: Option<&mut Claim>, line: &Line) {
    let Some(before) = before.filter(|b| b.role == Role::Value && b.is_like(claim) && b.sentence == claim.sentence)
    else {
        return;
    };
    let tail: String = before.lead.chars().rev().take(10).collect();
    let near = claim.start - before.stop <= 14 && !line.open[before.stop..claim.start].contains(&'，');
    if matches!(claim.role, Role::To(_)) && near && tail.contains(['由', '从']) {
        before.role = Role::From;
    }
}

/// 由68所整合为55所: whatever verb stands between.
fn reached(claim: Claim, before: Option<&Claim>, line: &Line) -> Claim {
    let from = before.filter(|b| b.role == Role::From && b.is_like(&claim) && b.sentence == claim.sentence);
    let gap: Option<String> = from.map(|b| line.open[b.stop..claim.start].iter().collect());
    // 变化为二季度的94.6%
    let to = |gap: &str| {
        let verb = gap.rfind(['到', '至', '为', '成']).map_or("", |at| &gap[at..]);
        let time = verb.chars().count() == 1
            || verb.ends_with('的') && verb.contains(['年', '季', '月', '末', '初', '期', '今', '现', '目']);
        gap.chars().count() <= 12 && gap.chars().all(|c| han(c) || c.is_ascii_digit()) && time
    };
    match gap {
        Some(gap) if claim.role == Role::Value && to(&gap) => {
            Claim { role: Role::To(None), noun: String::new(), ..claim }
        }
        _ => claim,
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
    if matches!(at(s, from), '℃' | '‰' | '°') {
        return (at(s, from).to_string(), from + 1);
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

fn claim(line: &Line, (from, start, end): (usize, usize, usize), sentence: usize, past: usize) -> Option<Claim> {
    let s = &line.open;
    // 1—9月, 5～8% are no values.
    if "—-～至".contains(at(s, end)) && at(s, end + 1).is_ascii_digit() {
        return None;
    }
    let Worth { value, scale, half, sort, unit, stop } = worth(s, start, end)?;
    let mut bracketed = false;
    let mut lead: String = s[from.min(start)..start].iter().collect();
    // 上年同期（4000亩）
    if lead.is_empty() && start > 1 && s[start - 1] == '（' {
        let words: Vec<char> = s[..start - 1].iter().rev().take_while(|c| han(**c)).take(12).copied().collect();
        lead = words.into_iter().rev().collect();
        // 与上年（2400元）一致
        bracketed = lead.contains(['与', '比', '较', '同']) && holds(&lead, LAST);
    }
    let sentence_from = s[..start].iter().rposition(|c| "。！？\n".contains(*c)).map_or(0, |p| p + 1);
    let before: String = s[sentence_from..from.max(sentence_from)].iter().collect();
    let clause_from = s[..start].iter().rposition(|c| "。！？；，：\n".contains(*c)).map_or(0, |p| p + 1);
    let clause: String = s[clause_from..start].iter().collect();
    let about = words(ABOUT_BEHIND).any(|w| starts(s, stop, w)) || matches!(at(s, end), '多' | '余');
    let amount = sort == Sort::Amount;
    let role = if bracketed { Role::Base } else { role(&lead, amount) };
    Some(Claim {
        start,
        end,
        stop,
        value: value.normalize(),
        scale,
        half,
        sort,
        role,
        when: when(&lead, &clause, &s[sentence_from.max(past).min(from)..from]),
        span: role == Role::Value && is_span(&unit, &lead),
        topic: String::new(),
        slot: None,
        sentence,
        noun: noun(&lead, role),
        behind: s[stop.min(s.len())..].iter().take_while(|c| han(**c)).take(6).collect(),
        part: before.contains("其中") || lead.contains("其中"),
        mean: ["均", "平均", "每"].iter().any(|w| lead.contains(w)) && !lead.contains("均为"),
        place: place(&before, &lead),
        rough: about || is_about(&lead),
        unit,
        lead,
    })
}

/// 前8个月, 的5个工作日: how long, not how much.
fn is_span(unit: &str, lead: &str) -> bool {
    let long = matches!(unit, "天" | "工作日" | "周" | "小时");
    unit == "月"
        || long && (lead.is_empty() || lead.ends_with(['前', '近', '后', '的', '这', '共', '期', '时', '在', '内']))
}
