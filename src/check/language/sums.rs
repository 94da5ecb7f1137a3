//! Figures of one sentence against each other: directions, rates of change, parts and wholes.

use super::super::line::{Hit, Line, at, decimals, ends, measure, numbers, starts};

/// What stands before the second of two numbers, where the first is the larger or the smaller one.
const RISES: &str =
    "增加到 增至 上升到 升至 提高到 增长到 提高至 增加至 上升至 增长至 提升到 提升至 增加为 增为 升为 上升为 提高为";
const FALLS: &str = "减少到 降至 下降到 减至 降低到 减少至 下降至 降低至 回落到 回落至 减少为 减为 降为 下降为";
/// What stands before the first.
const SINCE: &str = "由 从 由上年的 从上年的 由上年 从上年 由去年的 从去年的 由年初的 从年初的";
/// What stands before a second number that is the earlier one: “1791人次，上年1560人次，增长14.8%”.
const PAST: &str = "上年 去年 上年同期 去年同期 上年为 上年同期为 去年为 去年同期为 上年是 比上年的 较上年的 比上年同期的 \
                    较上年同期的 比去年的 较去年的 比去年同期的";

fn ends_with_one(text: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|word| text.ends_with(word))
}

/// V-04: a direction against the two numbers beside it, and a rate against them.
pub fn direction(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.sentences() {
        for pair in numbers(&l.open, from, to).windows(2) {
            let ((a, a_end, first), (b, b_end, second)) = (pair[0], pair[1]);
            if b - a_end > 12 || !alike(l, a_end, b_end) {
                continue;
            }
            let head: String = l.open[a.saturating_sub(8).max(from)..a].iter().collect();
            let between: String = l.open[a_end..b].iter().collect();
            if ends_with_one(&head, SINCE) {
                let (rises, falls) = (ends_with_one(&between, RISES), ends_with_one(&between, FALLS));
                if rises && second < first || falls && second > first {
                    l.hit(hits, (a - 1, b_end), "“{}”：说的方向与数字相反", "核对两个数和升降用词");
                } else if rises || falls {
                    rate(l, hits, (b_end, to), (first, second));
                }
            } else if ends_with_one(&between, PAST) && between.contains(['，', '（']) {
                rate(l, hits, (b_end, to), (second, first));
            }
        }
    }
}

/// What says that a rate is not the one from the first number to the second: a mean rate, or another part's.
const OTHER_RATE: &str = "年均 年平均 平均每年 每年 逐年 月均 月平均 季均 环比 其中";

/// Two numbers of one kind.
fn alike(l: &Line, a_end: usize, b_end: usize) -> bool {
    let (unit, other) = (measure(&l.open, a_end), measure(&l.open, b_end));
    let scale = |end: usize| Some(at(&l.open, end)).filter(|c| "万亿".contains(*c));
    let percent = at(&l.open, a_end) == '%' && at(&l.open, b_end) == '%';
    percent || unit.is_some() && unit == other || scale(a_end).is_some() && scale(a_end) == scale(b_end)
}

/// The rate that follows `由50件增至60件，增长…%`.
fn rate(l: &Line, hits: &mut Vec<Hit>, (from, to): (usize, usize), (old, new): (f64, f64)) {
    let Some((start, end, said)) = numbers(&l.open, from, to.min(from + 16)).into_iter().next() else { return };
    let rises = ["增长", "增加", "上升", "提高", "增长了"].iter().any(|w| ends(&l.open, start, w));
    let falls = ["下降", "减少", "降低", "下降了", "减少了"].iter().any(|w| ends(&l.open, start, w));
    let (percent, times) = (at(&l.open, end) == '%', at(&l.open, end) == '倍');
    let lead: String = l.open[from..start].iter().collect();
    let other = OTHER_RATE.split_ascii_whitespace().any(|word| lead.contains(word));
    if other || !(rises || falls) || !(percent || times) {
        return;
    }
    if old == 0.0 {
        l.hit(hits, (start, end + 1), "“{}”：基数是0，算不出增幅", "写增加了多少，并注明上年同期为0");
        return;
    }
    let change = (new - old) / old;
    if rises && change < 0.0 || falls && change > 0.0 {
        l.hit(hits, (start, end + 1), "“{}”的升降与前面两个数相反", "核对两个数和升降用词");
        return;
    }
    let real = if percent { change.abs() * 100.0 } else { change.abs() };
    let half = 0.5 * 10f64.powi(-decimals(&l.open, start, end)) + 1e-9;
    if (real - said).abs() > half {
        let unit = if percent { "%" } else { "倍" };
        let help = format!("由两个数算出来是{real:.2}{unit}");
        l.hit(hits, (start, end + 1), "“{}”与前面两个数算出来的不一致", &help);
    }
}

/// V-06: 办结率 against 收集 and 办结.
pub fn rates(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.sentences() {
        let all = numbers(&l.open, from, to);
        for three in all.windows(3) {
            let [(_, a_end, whole), (b, b_end, part), (p, p_end, said)] = [three[0], three[1], three[2]];
            if at(&l.open, p_end) != '%'
                || measure(&l.open, a_end).is_none()
                || measure(&l.open, a_end) != measure(&l.open, b_end)
            {
                continue;
            }
            // The word before 率 stands right before the part as well.
            let head: Vec<char> = l.open[b_end..p].to_vec();
            let Some(at_rate) = head.iter().rposition(|c| *c == '率') else { continue };
            let lead: String = head[at_rate + 1..].iter().collect();
            if at_rate < 2 || !["", "达", "为", "达到", "是"].contains(&lead.as_str()) || at_rate > 6 {
                continue;
            }
            let word: String = head[at_rate - 2..at_rate].iter().collect();
            let near: String = l.open[b.saturating_sub(5)..b].iter().collect();
            let gap: String = l.open[a_end..b].iter().collect();
            if !near.contains(&word) || gap.contains(['。', '；']) || whole == 0.0 {
                continue;
            }
            let half = 0.5 * 10f64.powi(-decimals(&l.open, p, p_end)) + 1e-9;
            let real = part / whole * 100.0;
            if (real - said).abs() > half && part <= whole {
                let help = format!("由前面两个数算出来是{real:.2}%");
                l.hit(hits, (p, p_end + 1), "“{}”与前面两个数算出来的不一致", &help);
            } else if part > whole {
                l.hit(hits, (b, b_end), "“{}”比前面的总数还多", "核对这两个数");
            }
        }
    }
}

/// N-20: parts that should add up in a sentence.
pub fn sums(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.sentences() {
        let all = numbers(&l.open, from, to);
        for (k, &(start, end, total)) in all.iter().enumerate() {
            let Some(unit) = measure(&l.open, end) else { continue };
            total_behind(l, hits, &all[..k], (start, end, total), unit);
            total_before(l, hits, &all[k + 1..], (start, end, total), unit, to);
        }
    }
    shares(l, hits);
}

type Number = (usize, usize, f64);

/// `甲5件、乙6件，共12件`
fn total_behind(l: &Line, hits: &mut Vec<Hit>, before_it: &[Number], (start, end, total): Number, unit: &str) {
    let said =
        ["，共计", "，合计", "，总计", "，一共", "，共", "，总共", "，共有"].iter().any(|w| ends(&l.open, start, w));
    if !said {
        return;
    }
    // Going back, parts of the same unit, each behind 、 or 和 or ，.
    let mut parts: Vec<f64> = Vec::new();
    let mut next = start;
    for &(p, p_end, value) in before_it.iter().rev() {
        let stop = p_end + unit.chars().count();
        let gap: String = l.open[stop.min(next)..next].iter().collect();
        let joined = match parts.is_empty() {
            true => gap.starts_with('，') && gap.chars().count() <= 4,
            false => {
                gap.starts_with(['、', '和', '，']) && !gap.contains(['；', '：', '（']) && gap.chars().count() <= 14
            }
        };
        if measure(&l.open, p_end) != Some(unit) || !joined {
            break;
        }
        parts.push(value);
        next = p;
    }
    compare(l, hits, &parts, (start, end, total), unit, false);
}

/// `共12件，其中甲5件、乙8件`, `12件（甲5件、乙6件）`
fn total_before(l: &Line, hits: &mut Vec<Hit>, behind: &[Number], (start, end, total): Number, unit: &str, to: usize) {
    let after = end + unit.chars().count();
    let some = ["，其中", "，其中："].iter().find(|w| starts(&l.open, after, w));
    let whole = matches!(at(&l.open, after), '（' | '：');
    // “17个镇（街道）中，建成9个、在建5个”
    let within = (after..(after + 12).min(to))
        .find(|i| starts(&l.open, *i, "中，"))
        .filter(|i| !l.open[after..*i].iter().any(|c| c.is_ascii_digit() || "，。；".contains(*c)));
    if some.is_none() && !whole && within.is_none() {
        return;
    }
    let (some, after) = match within {
        Some(i) => (Some(&"，其中"), i),
        None => (some, after),
    };
    let close = match at(&l.open, after) {
        '（' => l.open[after..to].iter().position(|c| *c == '）').map_or(to, |p| after + p),
        _ => to,
    };
    let mut parts: Vec<f64> = Vec::new();
    let mut last = after;
    for &(p, p_end, value) in behind.iter().take_while(|n| n.0 < close) {
        let gap: String = l.open[last..p].iter().collect();
        let joined = parts.is_empty() || gap.starts_with(['、', '，', '和', '；']) && gap.chars().count() <= 14;
        if measure(&l.open, p_end) != Some(unit) || !joined || gap.contains(['占', '率', '比', '增', '降', '减'])
        {
            break;
        }
        parts.push(value);
        last = p_end + unit.chars().count();
    }
    let rest: String = l.open[after..close].iter().collect();
    let open = ["等", "其他", "其余", "主要", "含", "包括"].iter().any(|w| rest.contains(w));
    // What is “among them” need not be all of it.
    compare(l, hits, &parts, (start, end, total), unit, some.is_some() || open);
}

fn compare(l: &Line, hits: &mut Vec<Hit>, parts: &[f64], (start, end, total): Number, unit: &str, partial: bool) {
    let sum: f64 = parts.iter().sum();
    let exact = decimals(&l.open, start, end) == 0 && parts.iter().all(|v| v.fract() == 0.0);
    let tolerance = if exact { 1e-6 } else { 0.06 };
    let wrong = if partial { sum - total > tolerance } else { (sum - total).abs() > tolerance };
    if parts.len() >= 2 && wrong {
        let sum = (sum * 1e6).round() / 1e6;
        let told = if partial { "各部分相加比“{}”还多" } else { "各部分相加与“{}”不一致" };
        l.hit(hits, (start, end + unit.chars().count()), told, &format!("各部分相加是{sum}{unit}"));
    }
}

/// `分别占26.8%、72.1%和1.1%`: shares of one whole.
fn shares(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, _) in l.find(&["占比分别为", "分别占", "比重分别为"]) {
        let all = numbers(&l.open, end, l.open.len());
        let mut parts: Vec<Number> = Vec::new();
        for number in all {
            let edge = parts.last().map_or(end, |n| n.1 + 1);
            let gap: String = l.open[edge.min(number.0)..number.0].iter().collect();
            if at(&l.open, number.1) != '%' || gap.chars().count() > 6 || gap.contains(['，', '。', '；']) {
                break;
            }
            parts.push(number);
        }
        let sum: f64 = parts.iter().map(|n| n.2).sum();
        let slack = 0.05 * parts.len() as f64 + 0.051;
        if parts.len() >= 3 && (90.0..=110.0).contains(&sum) && (sum - 100.0).abs() > slack {
            let stop = parts[parts.len() - 1].1 + 1;
            l.hit(hits, (i, stop), "“{}”相加不是100%", &format!("相加是{:.2}%", sum));
        }
    }
}
