//! Wording of statistics: wrong characters, directions against figures, shares and sums.

use super::super::line::{Hit, Line, at, before, decimals, ends, measure, numbers, starts};

/// Wrong and right, one pair a line.
const WRONG: &str = include_str!("wrong-words.txt");

/// W-01
pub fn wrong_words(l: &Line, hits: &mut Vec<Hit>) {
    for (bad, good) in WRONG.lines().filter_map(|line| line.split_once(' ')) {
        let length = bad.chars().count();
        for i in 0..l.raw.len() {
            if starts(l.raw, i, bad) {
                l.hit(hits, (i, i + length), "“{}”像是写错了字", &format!("是不是“{good}”？"));
            }
        }
    }
}

/// S-03
pub fn points(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        for (start, end, _) in numbers(&l.open, from, to) {
            let up = ["上升", "提高", "下降", "降低", "回落", "提升"].into_iter().find(|w| ends(&l.open, start, w));
            let Some(up) = up.filter(|_| at(&l.open, end) == '%') else { continue };
            let head: String = l.open[from..start - up.chars().count()].iter().collect();
            let head = ["同比", "较上年同期", "较上年", "比上年同期", "比上年", "环比"]
                .iter()
                .fold(head.as_str(), |h, w| h.trim_end_matches(w));
            if head.ends_with('率') || head.ends_with("占比") || head.ends_with("比重") {
                l.hit(hits, (start, end + 1), "率和占比的升降用了“{}”", "改用“个百分点”");
            }
        }
    }
}

/// S-04
pub fn negative(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, _) in l.find(&["增长", "增加", "提高", "上升", "下降", "减少", "降低"]) {
        if "-－−".contains(at(&l.open, end)) && at(&l.open, end + 1).is_ascii_digit() {
            l.hit(hits, (i, end + 2), "升降词后面跟了负数（{…}）", "增长用正数；负增长写“下降”加正数");
        }
    }
}

/// S-06
pub fn times_down(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        for (start, end, _) in numbers(&l.open, from, to) {
            let down = ["下降", "减少", "降低", "缩短"].iter().find(|w| ends(&l.open, start, w));
            if let Some(word) = down.filter(|_| at(&l.open, end) == '倍') {
                l.hit(hits, (start - word.chars().count(), end + 1), "“{}”：减少不能用倍数", "改用百分数");
            }
        }
    }
}

/// S-14
pub fn schedule(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, _) in l.find(&["序时进度"]) {
        let compared = ["快于", "慢于", "超", "高于", "低于", "落后"].iter().any(|w| ends(&l.open, i, w));
        if let Some((_, stop, _)) = numbers(&l.open, end, end + 8).first().filter(|n| n.0 == end)
            && compared
            && at(&l.open, *stop) == '%'
        {
            l.hit(hits, (i, stop + 1), "“{}”：与序时进度相差要用百分点", "改用“个百分点”");
        }
    }
}

/// S-15
pub fn share(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        for (start, end, value) in numbers(&l.open, from, to) {
            let Some(at_share) = l.open[from..start].iter().rposition(|c| *c == '占') else { continue };
            let whole: String = l.open[from + at_share..start].iter().collect();
            // More than was planned may be done.
            let planned = ["计划", "任务", "目标", "预算", "上年", "同期"].iter().any(|w| whole.contains(w));
            let share = whole.chars().count() <= 10 && !planned;
            if share && at(&l.open, end) == '%' && value > 100.0 {
                l.hit(hits, (start, end + 1), "占比超过了100%（{}）", "核对部分和全体，是不是写反了");
            }
        }
    }
}

/// S-32
pub fn loud(l: &Line, hits: &mut Vec<Hit>) {
    let change = ["增长", "下降", "增加", "减少", "提高", "上升"];
    for (i, end, word) in l.find(&["大幅", "显著", "迅猛", "成倍"]) {
        let Some(verb) = change.iter().find(|w| starts(&l.open, end, w)) else { continue };
        let from = end + verb.chars().count();
        if let Some((_, stop, value)) = numbers(&l.open, from, from + 8).first().filter(|n| n.0 == from)
            && at(&l.open, *stop) == '%'
            && *value < 5.0
        {
            l.hit(hits, (i, stop + 1), "“{}”：数字不大，措辞过重", &format!("删去“{word}”"));
        }
    }
}

/// V-04: a direction against the two numbers beside it, and a rate against them.
pub fn direction(l: &Line, hits: &mut Vec<Hit>) {
    let up = ["增加到", "增至", "上升到", "升至", "提高到", "增长到", "提高至", "增加至"];
    let down = ["减少到", "降至", "下降到", "减至", "降低到", "减少至", "下降至"];
    for (from, to) in l.sentences() {
        let all = numbers(&l.open, from, to);
        for pair in all.windows(2) {
            let ((a, a_end, old), (b, b_end, new)) = (pair[0], pair[1]);
            if !matches!(before(&l.open, a), '由' | '从') || b - a_end > 12 {
                continue;
            }
            let (unit, other) = (measure(&l.open, a_end), measure(&l.open, b_end));
            let percent = at(&l.open, a_end) == '%' && at(&l.open, b_end) == '%';
            if !(percent || unit.is_some() && unit == other) {
                continue;
            }
            let rises = up.iter().any(|w| ends(&l.open, b, w));
            let falls = down.iter().any(|w| ends(&l.open, b, w));
            if rises && new < old || falls && new > old {
                l.hit(hits, (a - 1, b_end), "“{}”：说的方向与数字相反", "核对两个数和升降用词");
                continue;
            }
            rate(l, hits, (b_end, to), (old, new), rises || falls);
        }
    }
}

/// The rate that follows `由50件增至60件，增长…%`.
fn rate(l: &Line, hits: &mut Vec<Hit>, (from, to): (usize, usize), (old, new): (f64, f64), told: bool) {
    let Some((start, end, said)) = numbers(&l.open, from, to.min(from + 16)).into_iter().next() else { return };
    let verb = ["增长", "下降", "增加", "减少"].iter().any(|w| ends(&l.open, start, w));
    if !told || !verb || at(&l.open, end) != '%' || old == 0.0 {
        return;
    }
    let real = ((new - old) / old * 100.0).abs();
    let half = 0.5 * 10f64.powi(-decimals(&l.open, start, end)) + 1e-9;
    if (real - said).abs() > half {
        let help = format!("由两个数算出来是{real:.2}%");
        l.hit(hits, (start, end + 1), "“{}”与前面两个数算出来的不一致", &help);
    }
}

/// N-20: parts that should add up in a sentence.
pub fn sums(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.sentences() {
        let all = numbers(&l.open, from, to);
        for (k, &(start, end, total)) in all.iter().enumerate() {
            let Some(unit) = measure(&l.open, end) else { continue };
            let said = ["，共计", "，合计", "，总计", "，一共", "，共"].iter().any(|w| ends(&l.open, start, w));
            if !said {
                continue;
            }
            // Going back, parts of the same unit, each behind 、 or 和.
            let mut parts = Vec::new();
            for (j, &(p, p_end, value)) in all[..k].iter().enumerate().rev() {
                let stop = p_end + unit.chars().count();
                let close = all.get(j + 1).map_or(start, |n| n.0);
                let gap: String = l.open[stop.min(close)..close].iter().collect();
                let first = parts.is_empty();
                let joined = if first {
                    gap.starts_with('，') && gap.chars().count() <= 3
                } else {
                    gap.starts_with(['、', '和'])
                };
                if measure(&l.open, p_end) != Some(unit) || !joined || gap.contains(['，', '；']) && !first {
                    break;
                }
                parts.push((p, value));
            }
            let sum: f64 = parts.iter().map(|(_, v)| v).sum();
            let tolerance = if decimals(&l.open, start, end) > 0 { 0.06 } else { 1e-6 };
            if parts.len() >= 2 && (sum - total).abs() > tolerance {
                let help = format!("各部分相加是{sum}{unit}");
                l.hit(hits, (start, end + unit.chars().count()), "各部分相加与“共{}”不一致", &help);
            }
        }
    }
}
