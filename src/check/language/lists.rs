//! H-03: a number of things that is announced, against those that are listed.

use super::super::line::{Hit, Line, at, han, starts};
use crate::vocabulary::numeral;

const ITEMS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
/// What is announced: 三项措施, 四个方面.
const COUNTED: &str = "项 个 条 大 点 种 类 件 步 方面 对 关 句 招 张 道";

pub fn announced(l: &Line, hits: &mut Vec<Hit>) {
    before_items(l, hits);
    slogans(l, hits);
    groups(l, hits);
    side_by_side(l, hits);
    behind_titles(l, hits);
}

/// The number that begins here, in characters or digits, and where it ends.
fn number(s: &[char], i: usize) -> Option<(usize, usize)> {
    let digits = s[i.min(s.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    if (1..=2).contains(&digits) {
        return Some((s[i..i + digits].iter().collect::<String>().parse().ok()?, i + digits));
    }
    match at(s, i) {
        '两' => Some((2, i + 1)),
        '十' if numeral::digit(at(s, i + 1)).is_none() => Some((10, i + 1)),
        c => numeral::digit(c).filter(|n| (2..=9).contains(n)).map(|n| (n as usize, i + 1)),
    }
}

/// 采取三项措施：一是…，二是…
fn before_items(l: &Line, hits: &mut Vec<Hit>) {
    for (kind, ends) in [("是", ""), ("要", ""), ("，", "第"), ("，", "其")] {
        let mark = |n: usize| format!("{ends}{}{kind}", ITEMS[n]);
        let Some((first, _, _)) = l.find(&[&mark(0)]).first().copied() else { continue };
        // Each that follows; another 一是 begins another list.
        if l.find(&[&mark(0)]).len() > 1 || first == 0 || !matches!(at(&l.open, first - 1), '：' | '。' | '，') {
            continue;
        }
        let listed = (1..ITEMS.len()).take_while(|n| !l.find(&[&mark(*n)]).is_empty()).count() + 1;
        let from = l.open[..first - 1].iter().rposition(|c| "。；！？：\n".contains(*c)).map_or(0, |p| p + 1);
        let clause = l.open[from..first - 1].iter().rposition(|c| *c == '，').map_or(from, |p| from + p + 1);
        let said = (clause..first).find_map(|i| {
            let word = at(&l.open, i);
            let inside = i > 0 && (numeral::digit(l.open[i - 1]).is_some() || "第十百".contains(l.open[i - 1]));
            let (count, end) = number(&l.open, i).filter(|_| {
                !inside && (numeral::digit(word).is_some() || word == '两' || word.is_ascii_digit() || word == '十')
            })?;
            // 问题有二：
            let bare = at(&l.open, end) == '：' && i > 0 && l.open[i - 1] == '有';
            (bare || COUNTED.split(' ').any(|w| starts(&l.open, end, w))).then_some((count, i, end))
        });
        let Some((_, start, end)) = said.filter(|(count, ..)| listed >= 2 && *count != listed) else { continue };
        let stop = l.open[end..first].iter().position(|c| !han(*c)).map_or(first, |p| end + p);
        l.hit(hits, (start, stop), "“{}”与列出的项数不一致", &format!("列出了{listed}项，核对"));
        return;
    }
}

/// “八有”标准，即有场所、有标识…; “四个一”活动：读一本好书、…
fn slogans(l: &Line, hits: &mut Vec<Hit>) {
    for i in 0..l.raw.len() {
        if l.raw[i] != '“' {
            continue;
        }
        let Some((count, end)) = number(l.raw, i + 1) else { continue };
        let rest = if at(l.raw, end) == '个' { end + 1 } else { end };
        let length = l.raw[rest..].iter().take(4).position(|c| *c == '”').unwrap_or(0);
        let word = &l.raw[rest..rest + length];
        if length == 0 || !word.iter().all(|c| han(*c)) || count < 3 {
            continue;
        }
        let after = rest + length + 1;
        let colon = l.raw[after..].iter().take(12).position(|c| matches!(c, '：' | '即' | '括')).map(|p| after + p + 1);
        let Some(mut from) = colon else { continue };
        if at(l.raw, from) == '：' {
            from += 1;
        }
        let stop = l.raw[from..].iter().position(|c| "，。；".contains(*c)).map_or(l.raw.len(), |p| from + p);
        let parts: Vec<&[char]> = l.raw[from..stop].split(|c| *c == '、').collect();
        let listed = parts.iter().filter(|part| part.windows(length).any(|own| own == word)).count();
        if listed >= 2 && listed == parts.len() && listed != count {
            l.hit(hits, (i, after), "{}与列出的项数不一致", &format!("列出了{listed}项，核对"));
        }
    }
}

/// 分三路下沉：第一组…，第二组…; 简化为“三看”：一看…，二看…
fn groups(l: &Line, hits: &mut Vec<Hit>) {
    for kind in ["组", "路", "批", "片", "类", "步", "阶段"] {
        let mark = |n: usize| format!("第{}{kind}", ITEMS[n]);
        let Some((first, ..)) =
            l.find(&[&mark(0)]).first().copied().filter(|(i, ..)| *i > 0 && matches!(l.open[*i - 1], '：' | '。'))
        else {
            continue;
        };
        let listed = (1..ITEMS.len()).take_while(|n| !l.find(&[&mark(*n)]).is_empty()).count() + 1;
        let from = l.open[..first - 1].iter().rposition(|c| "。；！？：，\n".contains(*c)).map_or(0, |p| p + 1);
        let said = (from..first).find_map(|i| {
            let (count, end) = number(&l.open, i)?;
            ["组", "路", "批", "片", "类", "步", "阶段", "个"]
                .iter()
                .any(|w| starts(&l.open, end, w))
                .then_some((count, i, end))
        });
        if let Some((_, i, end)) = said.filter(|(count, ..)| listed >= 2 && *count != listed) {
            l.hit(hits, (i, end + 1), "“{}”与列出的项数不一致", &format!("列出了{listed}项，核对"));
        }
    }
    for i in (0..l.raw.len()).filter(|i| l.raw[*i] == '“') {
        let Some((count, end)) = number(l.raw, i + 1) else { continue };
        let verb = at(l.raw, end);
        if at(l.raw, end + 1) != '”' || at(l.raw, end + 2) != '：' || !han(verb) {
            continue;
        }
        let mark = |n: usize| format!("{}{verb}", ITEMS[n]);
        let listed = (0..ITEMS.len()).take_while(|n| !l.find(&[&mark(*n)]).is_empty()).count();
        if listed >= 2 && listed != count {
            l.hit(hits, (i, end + 2), "{}与列出的项数不一致", &format!("列出了{listed}项，核对"));
        }
    }
}

/// 四项承诺：抢修不过夜、停水早通知、收费有明细。; 五条办法，分别是…、…、…，
fn side_by_side(l: &Line, hits: &mut Vec<Hit>) {
    const OPENED: [&str; 8] = ["：", "，即", "，分别是", "，分别为", "，依次是", "，具体是", "，就是", "（"];
    for (at_mark, from, _) in l.find(&OPENED) {
        let stop =
            l.open[from..].iter().position(|c| "，。；：！？）（\n".contains(*c)).map_or(l.open.len(), |p| from + p);
        let items: Vec<&[char]> = l.open[from..stop].split(|c| *c == '、').collect();
        let last = items.last().map(|last| last.iter().collect::<String>()).unwrap_or_default();
        if items.len() < 2 || last.contains('等') || items.iter().any(|item| item.is_empty() || item.len() > 14) {
            continue;
        }
        // 甲、乙和丙 are three.
        let joined = ["和", "以及", "及", "与", "并"].iter().any(|w| last.contains(w));
        let most = items.len() + usize::from(joined);
        let begin = l.open[..at_mark].iter().rposition(|c| "，。；：、\n".contains(*c)).map_or(0, |p| p + 1);
        let said = (begin..at_mark).find_map(|i| {
            let inside = i > 0
                && (numeral::digit(l.open[i - 1]).is_some()
                    || "第十百年月".contains(l.open[i - 1])
                    || l.open[i - 1].is_ascii_digit());
            let (count, end) = number(&l.open, i).filter(|_| !inside)?;
            let measure = COUNTED
                .split(' ')
                .chain(["所", "家", "座", "名", "处", "人", "位", "部", "场", "批"])
                .find(|w| starts(&l.open, end, w))?;
            // 四项承诺, up to the mark and of one noun.
            let noun = &l.open[end + measure.chars().count()..at_mark];
            (noun.len() <= 10 && noun.iter().all(|c| han(*c)) && !noun.contains(&'的') && noun.first() != Some(&'字'))
                .then_some((count, i, end))
        });
        let Some((count, i, end)) = said else { continue };
        if count != items.len()
            && count != most
            && count <= 12
            && hits.iter().all(|hit| hit.end <= i || hit.start >= end)
        {
            let listed = items.len();
            l.hit(hits, (i, end + 1), "“{}”与列出的项数不一致", &format!("列出了{listed}项，核对"));
        }
    }
    // 乡纪委、乡财政所、乡林业站、村务监督委员会三方联合
    for (i, end, _) in l.find(&["方联合", "方共同", "家单位", "个部门", "个单位", "方协同"]) {
        let Some((count, start)) =
            i.checked_sub(1).and_then(|start| number(&l.open, start).map(|(count, _)| (count, start)))
        else {
            continue;
        };
        let begin = l.open[..start].iter().rposition(|c| !han(*c) && *c != '、').map_or(0, |p| p + 1);
        let text: String = l.open[begin..start].iter().collect();
        let items = text.split('、').count();
        let joined = ["和", "以及", "与"].iter().any(|w| text.rsplit('、').next().unwrap_or_default().contains(w));
        let plain = text.split('、').all(|item| (2..=14).contains(&item.chars().count()));
        if items >= 2 && plain && !joined && !text.contains('等') && count != items {
            l.hit(hits, (start, end), "“{}”与列出的个数不一致", &format!("列出了{items}个，核对"));
        }
    }
}

/// 《甲》《乙》《丙》《丁》三项制度
fn behind_titles(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.raw.len() {
        let mut start = i;
        if at(l.raw, start) == '等' || l.raw[i - 1] != '》' {
            continue;
        }
        let Some((count, end)) = number(l.raw, start) else { continue };
        if !["项", "个", "部", "件", "种"].iter().any(|w| starts(l.raw, end, w)) {
            continue;
        }
        let mut listed = 0;
        while start > 0 && l.raw[start - 1] == '》' {
            let Some(open) = l.raw[..start].iter().rposition(|c| *c == '《') else { break };
            listed += 1;
            start = open;
            while start > 0 && matches!(l.raw[start - 1], '、' | '和') {
                start -= 1;
            }
        }
        if listed >= 2 && listed != count {
            let stop = l.raw[end..].iter().position(|c| !han(*c)).map_or(l.raw.len(), |p| end + p);
            l.hit(hits, (i, stop.min(end + 4)), "“{}”与列出的项数不一致", &format!("列出了{listed}项，核对"));
        }
    }
}
