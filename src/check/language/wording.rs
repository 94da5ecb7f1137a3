//! Wording of statistics: which verb goes with which kind of change.

use super::super::line::{Hit, Line, at, decimals, ends, measure, numbers, starts};
use crate::vocabulary::measures;

/// S-03
pub fn points(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        for (start, end, _) in numbers(&l.open, from, to) {
            let up = ["上升", "提高", "下降", "降低", "回落", "提升", "上升了", "提高了", "下降了"]
                .into_iter()
                .find(|w| ends(&l.open, start, w));
            let Some(up) = up.filter(|_| at(&l.open, end) == '%') else { continue };
            let head: String = l.open[from..start - up.chars().count()].iter().collect();
            let head = ["同比", "较上年同期", "较上年", "比上年同期", "比上年", "环比"]
                .iter()
                .fold(head.as_str(), |h, w| h.trim_end_matches(w));
            let own = head.ends_with('率') || head.ends_with("占比") || head.ends_with("比重");
            if own || head.is_empty() && after_rate(l, from) {
                l.hit(hits, (start, end + 1), "率和占比的升降用了“{}”", "改用“个百分点”");
            }
        }
    }
}

/// Whether the clause before this one ends with a rate in per cent: `办结率为90.7%，同比…`.
fn after_rate(l: &Line, from: usize) -> bool {
    if from < 2 || l.open[from - 1] != '，' || l.open[from - 2] != '%' {
        return false;
    }
    let start = l.open[..from - 1].iter().rposition(|c| "。；，：".contains(*c)).map_or(0, |p| p + 1);
    let Some((number, _, _)) = numbers(&l.open, start, from - 1).pop() else { return false };
    let head: String = l.open[start..number].iter().collect();
    let head = ["达到", "达", "为", "是"].iter().find_map(|w| head.strip_suffix(w)).unwrap_or(&head);
    head.ends_with(['率']) && !["增长率", "增速"].iter().any(|w| head.ends_with(w))
        || ["占比", "比重", "比例"].iter().any(|w| head.ends_with(w))
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
            let down = ["下降", "减少", "降低", "缩短", "下降了", "减少了", "降低了", "缩短了"]
                .iter()
                .find(|w| ends(&l.open, start, w));
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

/// S-15 as well: a rate of what there is cannot be more than all of it.
fn rate_of_all(l: &Line, hits: &mut Vec<Hit>) {
    let rates = [
        "建成率",
        "办结率",
        "覆盖率",
        "合格率",
        "满意率",
        "满意度",
        "整改率",
        "普及率",
        "参与率",
        "出勤率",
        "答复率",
        "到位率",
        "达标率",
        "签约率",
        "回复率",
        "优良率",
        "成功率",
        "反馈率",
        "参训率",
        "进站率",
        "采纳率",
    ];
    for (i, end, _) in l.find(&rates) {
        let verb = ["达到", "达", "为", "是"].iter().find(|w| starts(&l.open, end, w));
        let from = end + verb.map_or(0, |w| w.chars().count());
        if let Some((_, stop, value)) = numbers(&l.open, from, from + 8).first().filter(|n| n.0 == from)
            && at(&l.open, *stop) == '%'
            && *value > 100.0
        {
            l.hit(hits, (i, stop + 1), "“{}”超过了100%", "核对部分和全体");
        }
    }
}

/// S-15
pub fn share(l: &Line, hits: &mut Vec<Hit>) {
    rate_of_all(l, hits);
    if !l.find(&["四舍五入"]).is_empty() {
        return;
    }
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

const CHANGE: [&str; 6] = ["增长", "下降", "增加", "减少", "提高", "上升"];

/// S-32
pub fn loud(l: &Line, hits: &mut Vec<Hit>) {
    let change = CHANGE;
    for (i, end, word) in l.find(&["略有", "小幅", "微幅", "稍有"]) {
        let Some(verb) = change.iter().find(|w| starts(&l.open, end, w)) else { continue };
        let from = end + verb.chars().count();
        if let Some((_, stop, value)) = numbers(&l.open, from, from + 8).first().filter(|n| n.0 == from)
            && at(&l.open, *stop) == '%'
            && *value >= 20.0
        {
            l.hit(hits, (i, stop + 1), "“{}”：数字不小，措辞过轻", &format!("删去“{word}”"));
        }
    }
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

/// S-01
pub fn doubled_base(l: &Line, hits: &mut Vec<Hit>) {
    let words = [
        "同比比上年",
        "同比较上年",
        "同比比去年",
        "同比较去年",
        "环比比上",
        "环比较上",
        "同比上年同期",
        "同比去年同期",
    ];
    for (i, end, _) in l.find(&words) {
        l.hit(hits, (i, end), "“{}”：比较的对象说了两遍", "“同比”就是和上年同期比，只留一个");
    }
}

/// S-02: 增加 goes with an amount, 增长 with a rate.
pub fn verb_of_change(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, word) in l.find(&["增加", "增长"]) {
        let from = end + usize::from(at(&l.open, end) == '了');
        let Some((_, stop, _)) = numbers(&l.open, from, from + 10).first().copied().filter(|n| n.0 == from) else {
            continue;
        };
        let percent = at(&l.open, stop) == '%';
        let scaled = stop + usize::from(matches!(at(&l.open, stop), '万' | '亿'));
        let listed = |at: usize| {
            let text: String = l.open[at.min(l.open.len())..l.open.len().min(at + 4)].iter().collect();
            measures::at_start(&text).is_some_and(|unit| !"%％‰百分倍".contains(unit))
        };
        let amount = listed(stop)
            || measure(&l.open, stop).or_else(|| measure(&l.open, scaled)).is_some_and(|m| m != "个百分点");
        if word == "增加" && percent {
            l.hit(hits, (i, stop + 1), "“{}”：说幅度用“增长”", "改为“增长”，或写增加的数量");
        } else if word == "增长" && amount && !starts(&l.open, stop, "个百分点") {
            l.hit(hits, (i, stop + 1), "“{}”：说数量用“增加”", "改为“增加”，或写增长的百分比");
        }
    }
}

/// S-11
pub fn one_money_unit(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.clauses() {
        let all = numbers(&l.open, from, to);
        for pair in all.windows(2) {
            let ((a, a_end, _), (_, b_end, _)) = (pair[0], pair[1]);
            let unit = |end: usize| ["万元", "亿元"].into_iter().find(|w| starts(&l.open, end, w));
            let compared = ends(&l.open, a, "由") || ends(&l.open, a, "从");
            if let (Some(first), Some(second)) = (unit(a_end), unit(b_end))
                && compared
                && first != second
            {
                l.hit(hits, (a, b_end + 2), "“{}”：相比的两个数用了两种单位", "统一为一种单位");
            }
        }
    }
}

/// S-20
pub fn visits_and_people(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.sentences() {
        let all = numbers(&l.open, from, to);
        for pair in all.windows(2) {
            let ((a, a_end, people), (b, b_end, visits)) = (pair[0], pair[1]);
            let one = matches!(measure(&l.open, a_end), Some("人" | "名"));
            let near = b - a_end <= 2 && at(&l.open, b_end) == '人' && at(&l.open, b_end + 1) == '次';
            if one && near && visits < people {
                l.hit(hits, (a, b_end + 2), "“{}”：人次比人数还少", "核对这两个数，是不是写反了");
            }
        }
    }
}

/// S-22
pub fn one_precision(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in l.sentences() {
        let rates: Vec<_> = numbers(&l.open, from, to).into_iter().filter(|n| at(&l.open, n.1) == '%').collect();
        let given: Vec<_> = rates.iter().filter(|n| decimals(&l.open, n.0, n.1) > 0).collect();
        if let Some(other) =
            given.windows(2).find(|w| decimals(&l.open, w[0].0, w[0].1) != decimals(&l.open, w[1].0, w[1].1))
        {
            l.hit(hits, (other[1].0, other[1].1 + 1), "“{}”与前面的百分数小数位数不同", "同一句里保留一样的小数位数");
        }
    }
}

/// S-28
pub fn months(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, _) in l.find(&["月份"]) {
        let digits = l.open[..i].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let dash = i.checked_sub(digits + 1).map(|p| l.open[p]);
        if digits > 0 && dash.is_some_and(|c| "—-～至".contains(c)) {
            l.hit(hits, (i, end), "起止月份后面多了“份”（{…}）", "写成“1—6月”");
        }
    }
    for (i, end, _) in l.find(&["截至目前为止", "截止目前为止", "截至现在为止"]) {
        l.hit(hits, (i, end), "“{}”重复", "写成“截至目前”或“到目前为止”");
    }
}

/// S-29
pub fn of_rates(l: &Line, hits: &mut Vec<Hit>) {
    let pairs = [
        ("降幅", ["下降", "减少", "降低", "增长"], "收窄、扩大"),
        ("增幅", ["增长", "增加", "减少", "降低"], "扩大、收窄、回落"),
        ("增速", ["增长", "增加", "减少", "降低"], "加快、放缓、回落"),
    ];
    for (noun, verbs, good) in pairs {
        for (i, end, _) in l.find(&[noun]) {
            let from = ["同比", "较上年", "比上年"]
                .iter()
                .find(|w| starts(&l.open, end, w))
                .map_or(end, |w| end + w.chars().count());
            if let Some(verb) = verbs.iter().find(|w| starts(&l.open, from, w)) {
                let stop = from + verb.chars().count();
                l.hit(hits, (i, stop), "“{}”搭配不当", &format!("{noun}用{good}"));
            }
        }
    }
}

/// V-05: praise right before a figure that falls, or complaint before one that rises.
pub fn contradiction(l: &Line, hits: &mut Vec<Hit>) {
    let rises = [
        "稳步提升",
        "稳步提高",
        "稳步增长",
        "持续提升",
        "持续提高",
        "持续增长",
        "明显提升",
        "明显提高",
        "不断提高",
        "不断提升",
        "再创新高",
        "稳中有升",
        "大幅提升",
        "显著提升",
        "稳步上升",
        "逐年上升",
        "持续上升",
        "显著提高",
        "大幅增长",
    ];
    let falls =
        ["持续下降", "明显下降", "逐年下降", "稳步下降", "大幅下降", "显著下降", "持续减少", "明显减少", "大幅减少"];
    let (up, down) = (["增长", "上升", "增加", "提高"], ["下降", "减少", "回落", "降低"]);
    for (words, wrong) in [(&rises[..], down), (&falls[..], up)] {
        for (i, end, _) in l.find(words) {
            // Only a clause that begins with the figure has the same subject.
            if !matches!(at(&l.open, end), '，' | '：' | '（') {
                continue;
            }
            let lead = ["同比", "较上年同期", "比上年同期", "较上年", "比上年", "环比"];
            let from =
                lead.iter().find(|w| starts(&l.open, end + 1, w)).map_or(end + 1, |w| end + 1 + w.chars().count());
            let Some(verb) = wrong.iter().find(|w| starts(&l.open, from, w)) else { continue };
            let number = from + verb.chars().count();
            if let Some((_, stop, _)) = numbers(&l.open, number, number + 8).first().filter(|n| n.0 == number) {
                l.hit(hits, (i, *stop), "“{}”：措辞和数字相反", "核对数字，或改写措辞");
            }
        }
    }
}
