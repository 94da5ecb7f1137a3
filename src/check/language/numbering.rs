//! Marks behind numbers of items, and at the ends of headings, captions and items.

use super::super::line::{Hit, Line, at, before, han, opens};
use crate::document::PassageKind;
use crate::vocabulary::numeral::{counts_items, is_part};

/// P-07
pub fn ordinal_word(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, word) in l.find(&["首先", "其次", "再次", "最后", "第一", "第二", "第三", "第四", "第五"])
    {
        let next = at(&l.open, end + 1);
        let list = next == '第' || is_part(next);
        if opens(&l.open, i) && at(&l.open, end) == '、' && !list {
            l.hit(hits, (i, end + 1), "“{}”后面误用顿号", &format!("改为“{word}，”"));
        }
    }
}

/// P-08
pub fn han_number_mark(l: &Line, hits: &mut Vec<Hit>) {
    for i in 0..l.open.len() {
        let end = i + l.open[i..].iter().take_while(|c| counts_items(**c)).count();
        if end > i && end - i <= 3 && opens(&l.open, i) && matches!(at(&l.open, end), '，' | '.' | '．' | ',') {
            l.hit(hits, (i, end + 1), "序号“{}”后面应当用顿号", "改用“、”");
        }
    }
}

/// P-09
pub fn digit_number_mark(l: &Line, hits: &mut Vec<Hit>) {
    for i in 0..l.raw.len() {
        let digits = l.raw[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        let letter = usize::from(l.raw[i].is_ascii_uppercase() && !before(l.raw, i).is_ascii_alphanumeric());
        let end = i + digits.max(letter);
        let number = (1..=2).contains(&digits) || letter == 1;
        if number && opens(l.raw, i) && at(l.raw, end) == '、' && han(at(l.raw, end + 1)) {
            l.hit(hits, (i, end + 1), "序号“{}”后面应当用下脚点", "改为“1.”的形式");
        }
    }
}

/// P-10
pub fn bracket_number_mark(l: &Line, hits: &mut Vec<Hit>) {
    for i in 0..l.open.len() {
        if l.open[i] != '（' || !opens(&l.open, i) {
            continue;
        }
        let inside = l.open[i + 1..].iter().take_while(|c| c.is_ascii_digit() || is_part(**c)).count();
        let close = i + 1 + inside;
        let marked = matches!(at(&l.open, close + 1), '、' | '，' | '．' | '.' | '：');
        if (1..=3).contains(&inside) && at(&l.open, close) == '）' && marked {
            l.hit(hits, (i, close + 2), "带括号的序号“{}”后面不用标点", "删去括号后面的标点");
        }
    }
}

/// P-11
pub fn heading_end(l: &Line, hits: &mut Vec<Hit>) {
    let end = match l.kind {
        PassageKind::Title | PassageKind::Heading => l.raw.len(),
        PassageKind::Body if l.lead > 0 && l.lead == l.raw.len() => l.lead,
        _ => return,
    };
    let marks: &[char] = &['。', '，', '；', '：', '、', '.', ','];
    if end > 0 && marks.contains(&l.raw[end - 1]) {
        l.hit(hits, (end - 1, end), "标题末尾多了“{}”", "标题末尾不用标点，删去");
    }
}

/// P-12
pub fn caption_end(l: &Line, hits: &mut Vec<Hit>) {
    let end = l.raw.len();
    if l.kind == PassageKind::Caption && matches!(before(l.raw, end), '。' | '；' | '，') {
        l.hit(hits, (end - 1, end), "图表标题末尾多了“{}”", "删去末尾的标点");
    }
}

/// P-13
pub fn item_end(l: &Line, hits: &mut Vec<Hit>) {
    let words = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"];
    let starts: Vec<usize> = l
        .find(&words)
        .into_iter()
        .filter(|(i, ..)| opens(&l.open, *i) || before(&l.open, *i) == '，')
        .map(|(i, ..)| i)
        .collect();
    for (k, &from) in starts.iter().enumerate() {
        let to = starts.get(k + 1).copied().unwrap_or(from);
        let item = &l.open[from..to];
        if item.last() == Some(&'；') && item.contains(&'。') {
            l.hit(
                hits,
                (to - 1, to),
                "分项里面已用句号，分项末尾却用了分号",
                "分项末尾改用句号，或把里面的句号改为逗号",
            );
        }
    }
    let end = l.raw.len();
    if l.kind == PassageKind::Item && before(l.raw, end) == '；' && l.open[..end - 1].contains(&'。') {
        l.hit(hits, (end - 1, end), "分项里面已用句号，分项末尾却用了分号", "分项末尾改用句号，或把里面的句号改为逗号");
    }
}
