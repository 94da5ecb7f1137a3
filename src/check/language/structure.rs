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
    if !(stop(last) || whole || closed || draft) && end > 12 {
        l.hit(hits, (end - 1, end), "段落末尾没有句末标点（{…}）", "在段末加“。”");
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
    for words in [
        ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"],
        ["第一，", "第二，", "第三，", "第四，", "第五，", "第六，", "第七，", "第八，"],
        ["一要", "二要", "三要", "四要", "五要", "六要", "七要", "八要"],
        ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
        ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧"],
    ] {
        let mut last = 0;
        for (i, end, word) in l.find(&words) {
            let number = words.iter().position(|w| *w == word).map_or(0, |p| p + 1);
            if !opens(&l.open, i) && !"，、".contains(before(&l.open, i)) {
                // “街道一是……；二是……”: only the first may stand behind its subject.
                last = if number == 1 { 1 } else { last };
                continue;
            }
            if last > 0 && number != last + 1 && number != 1 {
                let expected = words.get(last).copied().unwrap_or_default();
                l.hit(hits, (i, end), "分项序号不连续：“{}”前面", &format!("这里应当是“{expected}”，或补上漏掉的一项"));
            }
            last = number;
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
            if before(l.raw, i) != '〔' && (i == 0 || l.open[i - 1] != MASK) {
                l.hit(hits, (i, i + word.chars().count()), "正文里留有没有填完的“{}”", "填上内容，或删去");
            }
        }
    }
}
