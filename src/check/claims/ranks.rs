//! V-10 as well: ranks that contradict each other, the values beside them, or how many take part.

use rust_decimal::Decimal;

use super::claim::{Claim, Sort};
use super::told::Claims;
use crate::check::line::{Hit, at, number_end, starts};
use crate::vocabulary::numeral;

/// A rank: 居全区第2位, 排名第一, 列末位.
struct Rank<'c> {
    /// Of its verb, and behind it.
    start: usize,
    end: usize,
    place: u32,
    /// Between verb and number: 全区.
    scope: String,
    /// The value right before it: 以94.8分列第2名.
    by: Option<&'c Claim>,
    /// The clause before the verb.
    subject: String,
    last: bool,
    tied: bool,
}

pub fn ranks(claims: &Claims, hits: &mut Vec<Hit>) {
    if !claims.line.may_hold("第") && !claims.line.may_hold("位") {
        return;
    }
    for (from, to) in claims.line.sentences() {
        let ranks = read(claims, (from, to));
        twice(claims, hits, &ranks);
        jumps(claims, hits, &ranks);
        more_than_all(claims, hits, &ranks, from);
        moved(claims, hits, &ranks, (from, to));
        ordered(claims, hits, &ranks, (from, to));
    }
}

fn read<'c>(claims: &'c Claims, (from, to): (usize, usize)) -> Vec<Rank<'c>> {
    let s = &claims.line.open;
    let mut ranks = Vec::new();
    for i in from..to {
        let Some((place, end)) = place(s, i) else { continue };
        let verb = (from..i).rev().take(8).find(|k| "居列排位得升降为由从".contains(s[*k]));
        let moved = claims.between(i.saturating_sub(2), i);
        // 甲镇第一，乙镇第二
        let named = i > from && "镇乡村县区校队".contains(s[i - 1]);
        let Some(mut verb) = verb
            .filter(|_| !named)
            .or(named.then_some(i))
            .or_else(|| ["年的", "期的", "上到", "至", "到"].iter().any(|w| moved.ends_with(w)).then_some(i))
        else {
            continue;
        };
        while verb > from && "位名排居列跃".contains(s[verb - 1]) {
            verb -= 1;
        }
        let said = claims.between(verb, i);
        let scope: String = said.chars().skip_while(|c| *c != '全').collect();
        let past = ranks.last().map_or(from, |rank: &Rank| rank.end);
        let begin = past.max(s[from..verb].iter().rposition(|c| "；：".contains(*c)).map_or(from, |p| from + p + 1));
        let clause = claims.between(begin.min(verb), verb);
        let own = claims.between(begin.min(i), i);
        let last = ["上年", "去年", "同期", "由", "从", "保持", "仍", "继续"].iter().any(|w| own.contains(w));
        let by = claims.all().iter().find(|c| c.stop <= verb && c.start >= begin);
        let tied = claims.between(verb.saturating_sub(2), i).contains('并');
        ranks.push(Rank { start: verb, end, place, scope, by, subject: clause, last, tied });
    }
    ranks
}

/// 第2位, 第一, 首位, and where it ends.
fn place(s: &[char], i: usize) -> Option<(u32, usize)> {
    if starts(s, i, "首位") || starts(s, i, "榜首") {
        return Some((1, i + 2));
    }
    if s[i] != '第' {
        return None;
    }
    let digits = number_end(s, i + 1);
    let (place, end) = if digits > i + 1 {
        (s[i + 1..digits].iter().collect::<String>().parse().ok()?, digits)
    } else {
        let length = s[i + 1..].iter().take_while(|c| numeral::digit(**c).is_some() || **c == '十').count();
        (numeral::read(&s[i + 1..i + 1 + length].iter().collect::<String>())?, i + 1 + length)
    };
    let unit = ["位", "名"].iter().any(|w| starts(s, end, w));
    let closed = matches!(at(s, end), '，' | '。' | '；' | '、' | '\0');
    (unit || closed).then_some((place, end + usize::from(unit)))
}

/// 居第2位 of two that are not level.
fn twice(claims: &Claims, hits: &mut Vec<Hit>, ranks: &[Rank]) {
    for (k, rank) in ranks.iter().enumerate().filter(|(_, rank)| !rank.last && !rank.tied) {
        let same = |other: &&Rank| {
            let measured = other.by.zip(rank.by).is_some_and(|(a, b)| a.is_like(b) && a.value != b.value);
            let among = ranks.len() >= 3 && k > 0 && ranks[k - 1].end == other.end && !rank.subject.is_empty();
            let subjects = rank.subject != other.subject;
            let entities = is_entity(subject(rank)) && is_entity(subject(other));
            let known = (rank.scope.chars().count() >= 2 || among) && entities || measured;
            other.place == rank.place && other.scope == rank.scope && known && subjects && !other.last && !other.tied
        };
        // 以94.8分列第2名，…以94.8分列第2名 are level.
        let level = |other: &Rank| other.by.zip(rank.by).is_some_and(|(a, b)| a.is_like(b) && a.value == b.value);
        if ranks[..k].iter().find(same).is_some_and(|other| !level(other)) {
            claims.hit(hits, (rank.start, rank.end), "“{}”说了两次，不是并列", "核对名次；确实相同的写“并列”");
        }
    }
}

/// Whether a rank is of a place or an office, not of an indicator.
fn is_entity(subject: &str) -> bool {
    const NAMES: [&str; 18] = [
        "镇", "乡", "村", "县", "区", "街道", "中学", "小学", "学校", "公司", "企业", "局", "办", "院", "站", "所",
        "队", "组",
    ];
    const INDICATORS: [&str; 12] =
        ["增速", "率", "总量", "收入", "产值", "投资", "面积", "产量", "得分", "增幅", "占比", "总额"];
    NAMES.iter().any(|name| subject.contains(name)) && !INDICATORS.iter().any(|word| subject.ends_with(word))
}

/// 排第1，…排第2，…排第4 of values that are given one by one.
fn jumps(claims: &Claims, hits: &mut Vec<Hit>, ranks: &[Rank]) {
    for three in ranks.windows(3) {
        let [a, b, c] = three else { continue };
        let listed = three.iter().all(|r| r.by.is_some() && r.scope == a.scope && !r.last && !r.tied);
        let distinct = a.by.map(|c| c.value) != b.by.map(|c| c.value) && b.by.map(|c| c.value) != c.by.map(|c| c.value);
        let known = hits.iter().any(|hit| hit.start <= c.start && c.start < hit.end);
        if listed && distinct && a.place + 1 == b.place && c.place > b.place + 1 && a.place == 1 && !known {
            let help = format!("前面一个是第{}，核对名次", b.place);
            claims.hit(hits, (c.start, c.end), "“{}”与前面的名次接不上", &help);
        }
    }
}

/// 17个乡镇中居第18位
fn more_than_all(claims: &Claims, hits: &mut Vec<Hit>, ranks: &[Rank], from: usize) {
    const AMONG: [&str; 16] = [
        "乡镇", "镇", "县", "区", "市", "村", "单位", "部门", "街道", "学校", "企业", "园区", "个", "社区", "窗口",
        "支队",
    ];
    for rank in ranks {
        let counts = claims.all().iter().filter(|c| c.start >= from && c.stop <= rank.start);
        let of = counts.filter(|c| {
            let behind = claims.between(c.stop, rank.start);
            let near: String = behind.chars().take(16).collect();
            matches!(c.unit.as_str(), "个" | "家" | "所" | "支")
                && near.split_once('中').is_some_and(|(of, _)| AMONG.iter().any(|w| of.contains(w)))
        });
        for count in of.filter(|count| Decimal::from(rank.place) > count.value) {
            let help = format!("前面说一共{}", claims.line.text(count.start, count.stop));
            claims.hit(hits, (rank.start, rank.end), "“{}”比参加排名的还多", &help);
        }
    }
}

/// 由第23位上升到第27位; 由第5位升至第3位，前移3位
fn moved(claims: &Claims, hits: &mut Vec<Hit>, ranks: &[Rank], (from, to): (usize, usize)) {
    const UP: [&str; 8] = ["上升", "前移", "提升", "跃升", "前进", "提高", "升", "跃居"];
    const DOWN: [&str; 7] = ["下降", "后移", "下滑", "回落", "退", "降", "跌"];
    let mut lasts = ranks.iter().enumerate().filter(|(_, rank)| rank.last);
    let (Some((at, old)), None) = (lasts.next(), lasts.next()) else { return };
    let beside = [at.checked_sub(1).and_then(|k| ranks.get(k)), ranks.get(at + 1)];
    let fits = |new: &&Rank| {
        new.place != old.place && (new.scope.is_empty() || old.scope.is_empty() || new.scope == old.scope)
    };
    let beside: Vec<&Rank> = beside.into_iter().flatten().filter(fits).collect();
    let s = &claims.line.open;
    for i in from..to {
        let up = UP.iter().find(|w| starts(s, i, w)).map(|w| (true, w));
        let Some((up, word)) = up.or_else(|| DOWN.iter().find(|w| starts(s, i, w)).map(|w| (false, w))) else {
            continue;
        };
        let end = i + word.chars().count();
        let next = end + usize::from(among(s, end, "了")) + usize::from(among(s, end, "到至为"));
        let stop = number_end(s, next);
        // 上升到第27位, 后移2位: of ranks, not of what they are measured by.
        let to = |new: &&&Rank| next > end && new.end > next && new.end <= next + 10;
        let steps = s[next.min(stop)..stop].iter().collect::<String>().parse::<u32>().ok();
        let steps = steps.filter(|_| among(s, stop, "位") || starts(s, stop, "个位次"));
        let told = |new: &Rank| format!("由第{}到第{}，数字小的在前", old.place, new.place);
        let against = |new: &Rank| (new.place < old.place) != up;
        if let Some(new) = beside.iter().find(to).filter(|new| against(new)) {
            claims.hit(hits, (i, new.end), "“{}”与名次的变化相反", &told(new));
        } else if let (Some(steps), [new, ..]) = (steps, beside.as_slice()) {
            let right = |new: &&Rank| !against(new) && new.place.abs_diff(old.place) == steps;
            if !beside.iter().any(right) {
                claims.hit(hits, (i, stop + 1), "“{}”与前后两个名次不符", &told(new));
            }
        }
    }
}

fn among(s: &[char], i: usize, chars: &str) -> bool {
    s.get(i).is_some_and(|c| chars.contains(*c))
}

/// The clause of a rank before its verb.
fn subject<'r>(rank: &'r Rank) -> &'r str {
    rank.subject.rsplit(['，', '、']).next().unwrap_or_default()
}

/// 从高到低依次为西片518公斤、东片496公斤、南片455公斤，南片居第一
fn ordered(claims: &Claims, hits: &mut Vec<Hit>, ranks: &[Rank], (from, to): (usize, usize)) {
    let text = claims.between(from, to);
    if !text.contains("从高到低") && !text.contains("由高到低") {
        return;
    }
    let own = |c: &&Claim| c.start >= from && c.stop <= to && c.sort != Sort::Times && !c.noun.is_empty();
    let values: Vec<&Claim> = claims.all().iter().filter(own).collect();
    for rank in ranks.iter().filter(|rank| rank.subject.chars().count() >= 2 && values.len() >= 3) {
        let Some(at) = values.iter().position(|c| subject(rank).contains(&c.noun) && c.is_like(values[0])) else {
            continue;
        };
        if u32::try_from(at + 1).is_ok_and(|at| at != rank.place) && values[at].stop < rank.start {
            let help = format!("按前面的顺序是第{}", at + 1);
            claims.hit(hits, (rank.start, rank.end), "“{}”与前面的数不符", &help);
        }
    }
}
