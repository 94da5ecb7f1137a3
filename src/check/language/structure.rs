//! Brackets, paragraph ends, document numbers, and numbering that is typed by hand.

use super::super::line::{Hit, Line, MASK, at, before, ends, han, opens, starts};
use crate::document::PassageKind;
use crate::vocabulary::numeral::{counts_items, is_part};

/// P-19
pub fn title_marks(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in titles(l) {
        let words = ["行动", "活动", "会议", "培训班", "大会", "论坛", "证书", "奖"];
        if words.iter().any(|w| ends(l.raw, to - 1, w)) {
            l.hit(hits, (from, to), "“{}”不是文件或作品，不用书名号", "改用引号，或不用标点");
        }
    }
}

/// Outermost 《…》, with their marks.
fn titles(l: &Line) -> Vec<(usize, usize)> {
    let (mut out, mut depth, mut from) = (Vec::new(), 0usize, 0);
    for (i, c) in l.raw.iter().enumerate() {
        match c {
            '《' => {
                if depth == 0 {
                    from = i;
                }
                depth += 1;
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push((from, i + 1));
                }
            }
            _ => {}
        }
    }
    out
}

/// P-20
pub fn nested_titles(l: &Line, hits: &mut Vec<Hit>) {
    for (from, to) in titles(l) {
        let inner = l.raw[from + 1..to - 1].iter().position(|c| *c == '《');
        if let Some(at) = inner {
            l.hit(hits, (from + 1 + at, from + 2 + at), "书名号里面又用了书名号（{…}）", "里层改用〈 〉");
        }
    }
}

/// P-21
pub fn brackets(l: &Line, hits: &mut Vec<Hit>) {
    let kinds = [('（', '）'), ('《', '》'), ('〈', '〉'), ('〔', '〕'), ('【', '】')];
    let mut stack: Vec<(usize, char)> = Vec::new();
    for (i, &c) in l.raw.iter().enumerate() {
        if kinds.iter().any(|(open, _)| *open == c) {
            // The brackets of a title are the title's own.
            let same = stack.iter().rev().take_while(|(_, o)| *o != '《').any(|(_, o)| *o == c);
            if c == '（' && same {
                l.hit(hits, (i, i + 1), "括号里面又用了同样的括号（{…}）", "里层改用〔 〕");
            }
            stack.push((i, c));
        } else if let Some((open, _)) = kinds.iter().find(|(_, close)| *close == c) {
            if stack.last().is_some_and(|(_, o)| o == open) {
                stack.pop();
            } else if !(c == '）' && (before(l.raw, i).is_ascii_digit() || is_part(before(l.raw, i)))) {
                l.hit(hits, (i, i + 1), "“{}”没有与之成对的前括号", "补上前括号，或删去这个括号");
            }
        }
    }
    for (i, _) in stack {
        l.hit(hits, (i, i + 1), "“{}”没有与之成对的后括号（{…}）", "补上后括号");
    }
}

/// P-22
pub fn document_number(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.raw.len() {
        let open = l.raw[i];
        if !"([（［【﹝〔".contains(open) {
            continue;
        }
        let digits = l.raw[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let close = i + 1 + digits;
        if digits != 4 || !")]）］】﹞〕".contains(at(l.raw, close)) || !han(l.raw[i - 1]) {
            continue;
        }
        let mut number = close + 1;
        let ordinal = at(l.raw, number) == '第';
        number += usize::from(ordinal);
        let count = l.raw[number.min(l.raw.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
        if count == 0 || at(l.raw, number + count) != '号' {
            continue;
        }
        let end = number + count + 1;
        if open != '〔' || l.raw[close] != '〕' {
            l.hit(hits, (i, end), "发文字号“{}”的年份应当用六角括号", "年份用〔 〕括起");
        } else if ordinal || l.raw[number] == '0' {
            l.hit(hits, (i, end), "发文字号“{}”的序号不编虚位、不加“第”", "例如〔2026〕8号");
        }
    }
}

/// P-23
pub fn paragraph_end(l: &Line, hits: &mut Vec<Hit>) {
    let end = l.raw.len();
    if l.kind != PassageKind::Body || end == 0 || l.lead == end {
        return;
    }
    let last = l.raw[end - 1];
    let stop = |c: char| matches!(c, '。' | '！' | '？' | '…' | '：' | '；');
    let whole = l.raw[0] == '（' && last == '）';
    // A close behind a stop is an end; a remark in brackets after the stop as well.
    let closed = matches!(last, '”' | '’' | '）')
        && (stop(before(l.raw, end - 1)) || l.raw[..end - 1].iter().rev().take(40).any(|c| *c == '。') && last == '）');
    let draft = last == '〕';
    // 出席：…, ——在…会议上, a name on a line of its own: no sentences.
    const LABELS: &str = "出席 列席 请假 记录 分送 抄送 抄报 主送 报送 发送 联系人 联系电话 电话 传真 地址 附件 主持 主持人 时间 地点 参加人员 邮箱 \
                          印发 签发 审核 校对 编辑 责任编辑 网址 发 报 送 注 备注 来源 资料来源";
    let label: String = l.raw.iter().take(8).take_while(|c| **c != '：').collect();
    let kinds = ["人", "单位", "地址", "地点", "时间", "电话", "执笔", "方式", "日期", "机关", "编号"];
    let listed = LABELS.split_ascii_whitespace().any(|word| word == label);
    let label = (listed || kinds.iter().any(|kind| label.ends_with(kind)))
        && label.chars().all(han)
        && label.chars().count() <= 6
        && !l.raw.contains(&'。');
    let line = l.raw[0] == '—'
        || !l.raw.iter().any(|c| "，。；：".contains(*c))
            && end <= 24
            && "会局院室委府办队站所部处社团校厂司".contains(last);
    // An item of a typed list, a document's number.
    let item = l.raw[0].is_ascii_digit() && matches!(at(l.raw, 1), '.' | '．') && !l.raw.contains(&'。') && end <= 40;
    let number = last == '号' && l.raw.contains(&'〔') && end <= 24;
    // A date, an issue, what is set apart by blanks.
    let apart = "日月年期".contains(last) && !l.raw.iter().any(|c| "，。；".contains(*c)) && end <= 40;
    if label || line || item || number || apart {
        return;
    }
    if !(stop(last) || whole || closed || draft) && end > 12 {
        l.hit(hits, (end - 1, end), "段落末尾没有句末标点（{…}）", "在段末加“。”");
        // One clause alone may be a label, a slogan, a heading.
        let numbered = counts_items(l.raw[0]) || l.raw[0] == '（' || l.raw[0].is_ascii_digit() || l.raw[0] == '第';
        let labelled = l.raw.iter().take(10).any(|c| *c == '：');
        let running = l.raw.contains(&'。') || l.raw.contains(&'，') && end >= 20 && !numbered && !labelled;
        hits.last_mut().into_iter().for_each(|hit| hit.doubtful = !running);
    }
}

/// P-29
pub fn number_before_title(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.raw.len() {
        if l.raw[i] == '号' && at(l.raw, i + 1) == '《' && l.raw[..i].iter().rev().take(6).any(|c| *c == '〕') {
            l.hit(hits, (i, i + 2), "发文字号写在了标题前面（{…}）", "先写《标题》，再用括号写发文字号");
        }
    }
}

/// H-01
pub fn typed_number(l: &Line, hits: &mut Vec<Hit>) {
    if l.kind != PassageKind::Heading && l.lead == 0 {
        return;
    }
    let han_count = l.raw.iter().take_while(|c| counts_items(**c)).count();
    let digits = l.raw.iter().take_while(|c| c.is_ascii_digit()).count();
    let bracket = at(l.raw, 0) == '（' && (is_part(at(l.raw, 1)) || at(l.raw, 1).is_ascii_digit());
    let plain = han_count > 0 && at(l.raw, han_count) == '、'
        || (1..=2).contains(&digits) && ".、．".contains(at(l.raw, digits));
    let close = l.raw.iter().take(6).position(|c| *c == '）');
    if plain || bracket && close.is_some() {
        let end = close.filter(|_| bracket).map_or(han_count.max(digits) + 1, |c| c + 1);
        l.hit(hits, (0, end), "标题里手写了序号“{}”，序号由程序编排，会重复", "删去手写的序号");
    }
}

/// H-02
pub fn sequence(l: &Line, hits: &mut Vec<Hit>) {
    other_sequences(l, hits);
    for words in [
        ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"],
        ["第一，", "第二，", "第三，", "第四，", "第五，", "第六，", "第七，", "第八，"],
        ["一要", "二要", "三要", "四要", "五要", "六要", "七要", "八要"],
        ["其一", "其二", "其三", "其四", "其五", "其六", "其七", "其八"],
        ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）", "（七）", "（八）"],
        ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."],
        ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
        ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"],
    ] {
        let mut last = 0;
        for (i, end, word) in l.find(&words) {
            let number = words.iter().position(|w| *w == word).map_or(0, |p| p + 1);
            // 1.2 is a number.
            if word.ends_with('.') && (at(&l.open, end).is_ascii_digit() || before(&l.open, i).is_ascii_digit()) {
                continue;
            }
            if !opens(&l.open, i) && !"，、".contains(before(&l.open, i)) {
                // “街道一是……；二是……”: only the first may stand behind its subject.
                last = if number == 1 { 1 } else { last };
                continue;
            }
            // A list begins with its first item; 第二，二是 alone may go on another.
            let begins =
                last == 0 && number == 2 && words[0] == "一是" && l.find(&["三是"]).len() + l.find(&["二是"]).len() > 2;
            if last > 0 && number != last + 1 && number != 1 || begins {
                let expected = words.get(last).copied().unwrap_or_default();
                l.hit(hits, (i, end), "分项序号不连续：“{}”前面", &format!("这里应当是“{expected}”，或补上漏掉的一项"));
            }
            last = number;
        }
    }
}

/// H-02 as well: 一看…，二看…，四看…; 首先…，其次…，第四….
fn other_sequences(l: &Line, hits: &mut Vec<Hit>) {
    const NUMBERS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let opening = |i: usize| i == 0 || "，。；：、！\n".contains(l.open[i - 1]);
    for first in (0..l.open.len().saturating_sub(1)).filter(|i| l.open[*i] == '一' && opening(*i)) {
        let verb = l.open[first + 1];
        // 一季度, 一年级 are no items.
        if !"看靠抓查讲改学创保建促争比问盯守清治管评送帮引推强稳扩补防定严带教练考奖罚收统分包听访亮晒订做种养修通"
            .contains(verb)
        {
            continue;
        }
        let mut last = 1;
        for i in first + 1..l.open.len().saturating_sub(1) {
            if "。\n".contains(l.open[i]) {
                break;
            }
            let Some(number) = NUMBERS.iter().position(|c| *c == l.open[i]).map(|p| p + 1).filter(|_| opening(i))
            else {
                continue;
            };
            if l.open[i + 1] != verb || number == 1 {
                continue;
            }
            if number != last + 1 && last >= 2 {
                l.hit(
                    hits,
                    (i, i + 2),
                    "分项序号不连续：“{}”前面",
                    &format!("前面一项是“{}{verb}”，核对", NUMBERS[last - 1]),
                );
            }
            last = number;
        }
    }
    let next = |words: &[&str]| l.find(words).first().map(|(i, ..)| *i);
    let (Some(first), Some(second)) = (next(&["首先"]), next(&["其次"])) else { return };
    for (i, _, word) in l.find(&["第四，", "第五，", "第二，", "第四", "第五"]) {
        let third = l.find(&["再次", "第三，"]).iter().any(|(at, ..)| *at > second && *at < i);
        if first < second && second < i && !third && (opens(&l.open, i) || before(&l.open, i) == '，') {
            l.hit(
                hits,
                (i, i + 2),
                "分项序号不连续：“{}”前面",
                &format!("“其次”后面是“再次”或“第三”，不是“{}”", word.trim_end_matches('，')),
            );
        }
    }
}

/// W-05
pub fn left_over(l: &Line, hits: &mut Vec<Hit>) {
    let words = [
        "待填",
        "待补充",
        "待核实",
        "待定稿",
        "TODO",
        "NaN",
        "undefined",
        "#REF!",
        "#N/A",
        "#DIV/0!",
        "#VALUE!",
        "××××",
        "XXX",
        "xxx",
        "XX",
        "×月",
        "×日",
        "×年",
        "X月",
        "X年",
        "？？",
        "此处填写",
        "请填写",
        "（填写",
        "_____",
    ];
    let words: Vec<&str> = words.into_iter().filter(|w| l.may_hold(w)).collect();
    let places = if words.is_empty() { 0..0 } else { 0..l.raw.len() };
    for i in places {
        if let Some(word) = words.iter().find(|w| starts(l.raw, i, w)) {
            // A draft's own mark says so already.
            if before(l.raw, i) != '〔' && before(l.raw, i) != '“' && (i == 0 || l.open[i - 1] != MASK) {
                l.hit(hits, (i, i + word.chars().count()), "正文里留有没有填完的“{}”", "填上内容，或删去");
            }
        }
    }
}
