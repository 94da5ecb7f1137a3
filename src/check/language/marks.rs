//! Marks: half-width, doubled, wrong ones (GB/T 15834-2011).

use super::super::line::{Hit, Line, MASK, at, before, ends, han, measure, opens, starts, unit_digit};
use crate::document::PassageKind;
use crate::vocabulary::numeral::is_part;

/// P-01
pub fn half_width(l: &Line, hits: &mut Vec<Hit>) {
    let pairs = [
        (',', '，'),
        (';', '；'),
        (':', '：'),
        ('?', '？'),
        ('!', '！'),
        ('(', '（'),
        (')', '）'),
        ('.', '。'),
        ('<', '《'),
        ('>', '》'),
    ];
    for (i, c) in l.words.iter().enumerate() {
        let Some((_, full)) = pairs.iter().find(|(half, _)| half == c) else { continue };
        let (prev, next) = (before(l.raw, i), at(l.raw, i + 1));
        // < and > alone compare; a title takes both.
        let paired = match c {
            '<' => l.words[i..].contains(&'>'),
            '>' => l.words[..i].contains(&'<'),
            _ => true,
        };
        if !paired {
            continue;
        }
        // A document number in wrong brackets is named as such (P-22).
        if "()".contains(*c)
            && l.raw[i.saturating_sub(6)..(i + 7).min(l.raw.len())].contains(&'号')
            && numbered(l.raw, i)
        {
            continue;
        }
        let chinese = |c: char| han(c) || "“”《》（）。，；：、％".contains(c);
        // QJ-200(B)的水泵: brackets of a code; 浑浊度<1，余氯>0.3 are no title.
        let coded = match c {
            '(' => prev.is_ascii_alphanumeric() && next.is_ascii_alphanumeric(),
            ')' => {
                prev.is_ascii_alphanumeric()
                    && l.raw[..i]
                        .iter()
                        .rposition(|c| *c == '(')
                        .is_some_and(|open| before(l.raw, open).is_ascii_alphanumeric())
            }
            '<' | '>' => prev.is_ascii_digit() || next.is_ascii_digit(),
            _ => false,
        };
        if coded {
            continue;
        }
        // `1.加强` is a number with its dot.
        if *c == '.' && (!chinese(prev) || next == '.' || prev == '.') {
            continue;
        }
        if chinese(prev) || chinese(next) {
            l.hit(hits, (i, i + 1), "“{…}”里用了半角“{}”", &format!("改为全角“{full}”"));
        }
    }
}

/// Whether a bracket is one of the year of a document number: `办发(2026)8号`.
fn numbered(s: &[char], i: usize) -> bool {
    let year = |from: usize| (0..4).all(|k| at(s, from + k).is_ascii_digit());
    match s[i] {
        '(' => year(i + 1) && at(s, i + 5) == ')',
        _ => i >= 5 && year(i - 4) && s[i - 5] == '(',
    }
}

/// P-02
pub fn quotes(l: &Line, hits: &mut Vec<Hit>) {
    let mut stack: Vec<(usize, char)> = Vec::new();
    for (i, &c) in l.raw.iter().enumerate() {
        match c {
            '"' => l.hit(hits, (i, i + 1), "“{…}”里用了直引号", "改为成对的“ ”"),
            '\'' if !(before(l.raw, i).is_ascii_alphabetic() && at(l.raw, i + 1).is_ascii_alphabetic()) => {
                l.hit(hits, (i, i + 1), "“{…}”里用了直引号", "改为成对的‘ ’");
            }
            '“' | '‘' => stack.push((i, c)),
            '”' | '’' => {
                let wanted = if c == '”' { '“' } else { '‘' };
                match stack.last() {
                    Some((_, open)) if *open == wanted => {
                        stack.pop();
                    }
                    _ if c == '’' && before(l.raw, i).is_ascii_alphabetic() => {}
                    _ => l.hit(hits, (i, i + 1), "“{}”没有与之成对的前引号", "补上前引号，或删去这个引号"),
                }
            }
            _ => {}
        }
    }
    for (i, _) in stack {
        l.hit(hits, (i, i + 1), "引号没有成对：后面缺后引号（{…}）", "补上后引号");
    }
}

/// P-03
pub fn nested_quotes(l: &Line, hits: &mut Vec<Hit>) {
    let mut depth = 0;
    for (i, &c) in l.raw.iter().enumerate() {
        match c {
            '“' => {
                depth += 1;
                if depth > 1 {
                    l.hit(hits, (i, i + 1), "引号里面的引号也用了双引号（{…}）", "里层用单引号‘ ’");
                }
            }
            '”' => depth = (depth - 1).max(0),
            '‘' if depth == 0 => l.hit(hits, (i, i + 1), "外层的引号用了单引号（{…}）", "外层用双引号“ ”"),
            _ => {}
        }
    }
}

/// P-04
pub fn comma_between_titles(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.raw.len() {
        if l.raw[i] == '、' && matches!((l.raw[i - 1], at(l.raw, i + 1)), ('》', '《') | ('”', '“')) {
            l.hit(hits, (i, i + 1), "并列的书名号或引号之间多用了顿号（{…}）", "删去这个顿号");
        }
    }
}

/// P-05 and P-06: a pair of neighbouring Chinese digits.
fn pairs<'l>(l: &'l Line) -> impl Iterator<Item = (usize, bool, usize)> + 'l {
    (0..l.open.len()).filter_map(|i| {
        let first = if l.open[i] == '两' { 2 } else { unit_digit(l.open[i])? };
        let comma = at(&l.open, i + 1) == '、';
        let second = i + 1 + usize::from(comma);
        let pair = unit_digit(at(&l.open, second)) == Some(first + 1);
        let alone = !is_part(before(&l.open, i)) && !"第、".contains(before(&l.open, i));
        (pair && alone).then_some((i, comma, second + 1))
    })
}

/// P-05
pub fn rough_number(l: &Line, hits: &mut Vec<Hit>) {
    for (i, comma, end) in pairs(l) {
        let rough = [
            "个", "十", "百", "千", "万", "天", "年", "次", "件", "名", "倍", "人", "户", "遍", "趟", "里", "米", "亩",
            "成",
        ]
        .iter()
        .any(|w| starts(&l.open, end, w));
        if comma && i > 0 && rough && !starts(&l.open, end, "年级") && !opens(&l.open, i) {
            l.hit(hits, (i, end), "表示概数的“{}”之间不用顿号", "删去顿号");
        }
    }
}

/// P-06
pub fn short_ordinal(l: &Line, hits: &mut Vec<Hit>) {
    for (i, comma, end) in pairs(l) {
        if !comma && ["季度", "等奖", "年级"].iter().any(|w| starts(&l.open, end, w)) {
            l.hit(hits, (i, end), "序数简称“{}”中间要用顿号", "在两个数字之间加“、”");
        }
    }
}

/// P-14
pub fn two_colons(l: &Line, hits: &mut Vec<Hit>) {
    if !l.prose() {
        return;
    }
    let mut seen = false;
    let mut inside = 0usize;
    for (i, c) in l.open.iter().enumerate() {
        match c {
            '（' => inside += 1,
            '）' => inside = inside.saturating_sub(1),
            // A remark in brackets has its own.
            '：' if inside > 0 => {}
            // A quotation may end the sentence inside it.
            '。' | '；' | '！' | '？' | '\n' | '”' => seen = false,
            '：' if before(&l.open, i).is_ascii_digit() && at(&l.open, i + 1).is_ascii_digit() => {}
            // 联系人：…，电话：… is a list.
            '：' if ["电话", "传真", "邮箱", "邮编", "地址", "联系人", "手机", "网址"]
                .iter()
                .any(|w| ends(&l.open, i, w)) => {}
            '：' if seen => l.hit(hits, (i, i + 1), "一句话里套用了两个冒号（{…}）", "把前一个冒号改为逗号"),
            '：' => seen = true,
            _ => {}
        }
    }
}

/// P-15
pub fn ellipsis_with_etc(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.open.len() {
        let etc = l.open[i] == '等' && !starts(&l.open, i, "等待") && l.open[i - 1] == '…';
        let after = l.open[i] == '…' && l.open[i - 1] == '等';
        if etc || after {
            l.hit(hits, (i - 1, i + 1), "省略号和“等”重复（{…}）", "只留一个");
        }
    }
}

/// P-16
pub fn ellipsis(l: &Line, hits: &mut Vec<Hit>) {
    let mut i = 0;
    while i < l.raw.len() {
        let run = l.raw[i..].iter().take_while(|c| **c == l.raw[i]).count();
        let wrong = match l.raw[i] {
            '。' | '.' | '·' => run >= 3,
            '…' => run != 2,
            _ => false,
        };
        if wrong {
            l.hit(hits, (i, i + run), "省略号写成了“{}”", "改为“……”（六个点）");
        }
        i += run.max(1);
    }
}

/// P-17
pub fn dash(l: &Line, hits: &mut Vec<Hit>) {
    let mut i = 0;
    while i < l.open.len() {
        let c = l.open[i];
        let run = l.open[i..].iter().take_while(|d| **d == c).count();
        let wrong = match c {
            '-' | '－' | '–' => run >= 2,
            '—' => run >= 3,
            _ => false,
        };
        if wrong {
            l.hit(hits, (i, i + run), "破折号写成了“{}”", "改为“——”");
        }
        i += run.max(1);
    }
}

/// P-18
pub fn span(l: &Line, hits: &mut Vec<Hit>) {
    long_span(l, hits);
    let time = ["月", "日", "年", "时", "点", "季度", "号"];
    for i in 1..l.open.len() {
        let c = l.open[i];
        if !matches!(c, '-' | '－' | '–' | '~' | '～' | '一') {
            continue;
        }
        let (prev, next) = (before(&l.open, i), at(&l.open, i + 1));
        let left = l.open[..i].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let right = l.open[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let from = i - left;
        let chained = "-－/".contains(before(&l.open, from)) || "-－/".contains(at(&l.open, i + 1 + right));
        let code = before(&l.open, from) == MASK || left > 4 || right > 4;
        let timed = time.iter().any(|w| starts(&l.open, i + 1 + right, w)) || "月日年时点".contains(prev);
        let counted = timed
            || at(&l.open, i + 1 + right) == '%'
            || measure(&l.open, i + 1 + right).is_some()
            || ["公斤", "千克", "吨", "米", "厘米", "毫米", "天", "小时", "分钟", "度", "万元"]
                .iter()
                .any(|w| starts(&l.open, i + 1 + right, w));
        let ends = (prev.is_ascii_digit() || "月日年时点%".contains(prev)) && next.is_ascii_digit();
        let wrong = match c {
            '～' | '一' => ends && timed,
            _ => ends && counted || han(prev) && han(next) && c != '~',
        };
        if wrong && !chained && !code {
            l.hit(hits, (i, i + 1), "起止之间误用“{}”（{…}）", "时间、地域的起止用一字线“—”，数值的起止用“—”或“～”");
        }
    }
}

/// P-18 as well: the dash of two cells between numbers.
fn long_span(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.open.len() {
        let between = before(&l.open, i).is_ascii_digit() || "年月日".contains(before(&l.open, i));
        if starts(&l.open, i, "——") && between && at(&l.open, i + 2).is_ascii_digit() {
            l.hit(hits, (i, i + 2), "起止之间误用破折号（{…}）", "改用一字线“—”");
        }
    }
}

/// P-24
pub fn exclamation(l: &Line, hits: &mut Vec<Hit>) {
    for (i, c) in l.open.iter().enumerate() {
        if *c == '！' {
            l.hit(hits, (i, i + 1), "公文中一般不用感叹号（{…}）", "改用句号");
        }
    }
}

/// P-25
pub fn comma_before_and(l: &Line, hits: &mut Vec<Hit>) {
    for (i, end, word) in l.find(&["、以及", "、或者", "、及其", "、和", "、及"]) {
        // 、及时 and 、和谐 are items of the list.
        let next = at(&l.open, end);
        if word == "、和" && "谐平睦解美善气蔼硕".contains(next) || word == "、及" && "时格早第物".contains(next)
        {
            continue;
        }
        l.hit(hits, (i, end), "“{}”：连词前面多用了顿号", "删去顿号，或改为逗号");
    }
}

/// P-26
pub fn doubled(l: &Line, hits: &mut Vec<Hit>) {
    let mark = |c: char| "，。、；：".contains(c);
    for i in 1..l.raw.len() {
        if l.raw[i] == '%' && l.raw[i - 1] == '%' {
            l.hit(hits, (i - 1, i + 1), "“{}”连用", "只留一个");
        }
    }
    let mut i = 0;
    while i + 1 < l.raw.len() {
        let run = l.raw[i..].iter().take_while(|c| mark(**c)).count();
        if run >= 2 && !(l.raw[i] == '。' && l.raw[i..i + run].iter().all(|c| *c == '。') && run >= 3) {
            l.hit(hits, (i, i + run), "标点“{}”连用", "只留一个");
        }
        i += run.max(1);
    }
    for i in 1..l.raw.len() {
        if l.raw[i] == '！' && "！？".contains(l.raw[i - 1]) {
            l.hit(hits, (i - 1, i + 1), "标点“{}”连用", "只留一个");
        }
    }
}

/// P-27
pub fn blanks(l: &Line, hits: &mut Vec<Hit>) {
    if matches!(l.kind, PassageKind::Cell | PassageKind::Other | PassageKind::Title) {
        return;
    }
    let blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '\t');
    let mut i = 0;
    while i < l.raw.len() {
        let run = l.raw[i..].iter().take_while(|c| blank(**c)).count();
        let (prev, next) = (before(l.raw, i), at(l.raw, i + run));
        let own = |c: char| han(c) || "，。、；：（）“”《》%".contains(c);
        let wrong =
            run > 0 && ((own(prev) && (own(next) || next.is_ascii_digit())) || (prev.is_ascii_digit() && own(next)));
        // 第一条　…, 本刊讯　…: a blank of one character stands behind these.
        let head: String = l.raw[..i].iter().collect();
        let article = l.raw.get(i) == Some(&'\u{3000}')
            && run == 1
            && (head.starts_with('第') && head.ends_with(['条', '章', '节', '款']) || head.ends_with('讯'))
            && i <= 10;
        // 第8期　2026年9月1日 is a line that is set apart, no sentence.
        let set_apart = l.raw.get(i) == Some(&'\u{3000}') && !l.raw.iter().any(|c| "，。；".contains(*c));
        if wrong && !article && !set_apart {
            l.hit(hits, (i, i + run), "“{…}”里有多余的空格", "删去空格");
            // A wide blank sets apart on purpose; so does any in a line that is no sentence.
            let apart = l.raw[i] == '\u{3000}' || !l.raw.contains(&'。') || run >= 2;
            hits.last_mut().into_iter().for_each(|hit| hit.doubtful = apart);
        }
        i += run.max(1);
    }
}

/// P-28
pub fn interpunct(l: &Line, hits: &mut Vec<Hit>) {
    for (i, c) in l.raw.iter().enumerate() {
        if matches!(c, '•' | '・' | '‧' | '∙') && han(before(l.raw, i)) && han(at(l.raw, i + 1)) {
            l.hit(hits, (i, i + 1), "间隔号写成了“{}”（{…}）", "改为“·”");
        }
    }
}
