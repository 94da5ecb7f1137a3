//! Dates that the calendar does not have, and numerals that change their form.

use super::super::line::{Hit, Line, at, before, number_end, numbers, starts, unit_digit};

/// N-21: a month or a day that does not exist.
pub fn calendar(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, value) in numbers(&l.words, 0, l.words.len()) {
        let next = at(&l.words, end);
        let whole = end - start <= 2;
        let counted = "个余多".contains(next) && next != '\0';
        if !whole || counted {
            continue;
        }
        // “13个月” counts; “13月” names.
        let dated =
            before(&l.words, start) == '年' || next == '月' && at(&l.words, number_end(&l.words, end + 1)) == '日';
        let range = "—-～至".contains(before(&l.words, start)) && before(&l.words, start) != '\0';
        if next == '月'
            && (dated || range || at(&l.words, end + 1) != '龄')
            && !(1.0..=12.0).contains(&value)
            && value < 100.0
        {
            l.hit(hits, (start, end + 1), "没有“{}”这个月份", "核对日期");
        }
        if next == '日' && before(&l.words, start) == '月' {
            let digits = l.words[..start - 1].iter().rev().take_while(|c| c.is_ascii_digit()).count();
            let month: String = l.words[start - 1 - digits..start - 1].iter().collect();
            let last = match month.as_str() {
                "2" if short_february(&l.words, start - 1 - digits) => 28.0,
                "2" => 29.0,
                "4" | "6" | "9" | "11" => 30.0,
                _ => 31.0,
            };
            if !(1.0..=last).contains(&value) {
                l.hit(hits, (start - 1 - digits, end + 1), "没有“{}”这一天", "核对日期");
            }
        }
    }
}

/// Whether the year that stands before a month is no leap year.
fn short_february(s: &[char], month: usize) -> bool {
    let year = month.checked_sub(5).filter(|_| before(s, month) == '年').map(|from| &s[from..month - 1]);
    let year = year.and_then(|year| year.iter().collect::<String>().parse::<u32>().ok());
    year.is_some_and(|year| year % 4 != 0 || year % 100 == 0 && year % 400 != 0)
}

/// N-22: a date in digits and strokes within running text.
pub fn numeric_date(l: &Line, hits: &mut Vec<Hit>) {
    if !l.prose() {
        return;
    }
    for i in 0..l.words.len() {
        let digits = |from: usize| l.words[from.min(l.words.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
        let year = digits(i) == 4 && !before(&l.words, i).is_ascii_digit() && matches!(l.words[i], '1' | '2');
        let mark = at(&l.words, i + 4);
        if !year || !"-./".contains(mark) || mark == '\0' {
            continue;
        }
        let month = digits(i + 5);
        let day = digits(i + 6 + month);
        let end = i + 6 + month + day;
        let free = !"-./〕".contains(before(&l.words, i)) && !"-./".contains(at(&l.words, end));
        if (1..=2).contains(&month)
            && at(&l.words, i + 5 + month) == mark
            && (1..=2).contains(&day)
            && (free || at(&l.words, end) == '\0')
        {
            l.hit(hits, (i, end), "正文里的日期写成了“{}”", "写成“2026年11月30日”的形式");
        }
    }
}

/// N-10: numbers of five digits and more, grouped in one place and not in another.
pub fn grouping(l: &Line, hits: &mut Vec<Hit>) {
    let all = numbers(&l.words, 0, l.words.len());
    let grouped = all.iter().any(|n| l.words[n.0..n.1].contains(&','));
    for (start, end, _) in all {
        let text: String = l.words[start..end].iter().collect();
        let odd = text.split('.').next().unwrap_or("").split(',').skip(1).any(|group| group.len() != 3);
        if odd {
            l.hit(hits, (start, end), "“{}”的逗号分错了位", "每三位一节，或不分节");
            continue;
        }
        let plain = l.words[start..end].iter().take_while(|c| c.is_ascii_digit()).count() >= 5;
        if grouped && plain {
            l.hit(hits, (start, end), "“{}”没有分节，前后文的数却分节", "同一文件里用同一种写法");
        }
    }
    // “1，234件”: a full-width comma parts one number into two.
    for i in 1..l.words.len() {
        let digits = l.words[i + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let left = l.words[..i].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        if l.words[i] == '，'
            && digits == 3
            && (1..=3).contains(&left)
            && super::super::line::measure(&l.words, i + 4).is_some()
        {
            l.hit(hits, (i - left, i + 4), "“{}”里用了全角逗号分节", "删去逗号，或改用半角");
        }
    }
}

/// N-15: quarters counted in digits in one place and in characters in another.
pub fn one_form(l: &Line, hits: &mut Vec<Hit>) {
    let mut forms: Vec<(char, bool)> = Vec::new();
    for i in 0..l.open.len() {
        let quarter = starts(&l.open, i + 1, "季度") && !before(&l.open, i).is_ascii_digit();
        let from = if l.open[i] == '第' { i + 1 } else { i };
        if !quarter && from == i {
            continue;
        }
        let arabic = at(&l.open, from).is_ascii_digit();
        let end = if arabic {
            number_end(&l.open, from)
        } else {
            from + usize::from(unit_digit(at(&l.open, from)).is_some())
        };
        let named = at(&l.open, end);
        // 第一，第二 are no ordinals of a thing.
        if end == from || !super::super::line::han(named) || named == '十' {
            continue;
        }
        match forms.iter().find(|(name, _)| *name == named) {
            Some((_, first)) if *first != arabic => {
                let stop = end + if named == '季' { 2 } else { 1 };
                l.hit(hits, (from, stop), "“{}”与前面同类的数写法不同", "前后都用汉字，或都用阿拉伯数字");
            }
            Some(_) => {}
            None => forms.push((named, arabic)),
        }
    }
}

/// N-14
pub fn zero(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.raw.len() {
        let digits = unit_digit(l.raw[i - 1]).is_some()
            && (unit_digit(at(l.raw, i + 1)).is_some() || at(l.raw, i + 1) == l.raw[i] || at(l.raw, i + 1) == '年');
        let digits = digits
            || l.raw[i] != '零'
                && before(l.raw, i - 1) == '〇'
                && unit_digit(before(l.raw, i - 2)).is_some()
                && at(l.raw, i + 1) == '年';
        if matches!(l.raw[i], '0' | 'O' | 'o' | 'Ｏ' | '○' | '零')
            && digits
            && (l.raw[i] != '零' || at(l.raw, i + 3) == '年')
        {
            l.hit(hits, (i - 1, i + 2), "汉字年份、编号里的“{}”写错了“〇”", "改用“〇”");
        }
    }
}
