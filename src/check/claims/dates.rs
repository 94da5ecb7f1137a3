//! N-24: a time that ends before it begins.

use super::told::Claims;
use crate::check::line::{Hit, at, number_end};

/// Month and day that begin here: 3月10日; the year where it is said, and where the words end.
fn day(s: &[char], from: usize) -> Option<(Option<u32>, u32, Option<u32>, usize)> {
    let number = |from: usize, mark: char| {
        let end = number_end(s, from);
        let value: u32 = s.get(from..end)?.iter().collect::<String>().parse().ok()?;
        (at(s, end) == mark).then_some((value, end + 1))
    };
    let (year, from) = number(from, '年').filter(|(y, _)| *y >= 1000).map_or((None, from), |(y, to)| (Some(y), to));
    let (month, from) = number(from, '月').filter(|(m, _)| (1..=12).contains(m))?;
    match number(from, '日').filter(|(d, _)| (1..=31).contains(d)) {
        Some((day, to)) => Some((year, month, Some(day), to)),
        None => Some((year, month, None, from)),
    }
}

pub fn order(claims: &Claims, hits: &mut Vec<Hit>) {
    work(claims, hits);
    let s = &claims.line.open;
    let mut i = 0;
    while i < s.len() {
        let first = s[i].is_ascii_digit() && (i == 0 || !s[i - 1].is_ascii_digit());
        let Some((year, month, date, end)) = day(s, i).filter(|_| first) else {
            i += 1;
            continue;
        };
        let joined = ["至", "到", "—", "起至", "开始至", "开始到", "起到"];
        let next = joined.iter().find(|w| crate::check::line::starts(s, end, w)).map(|w| end + w.chars().count());
        if let Some((other_year, other_month, other_date, stop)) = next.and_then(|next| day(s, next)) {
            let years = (year, other_year);
            // Without a year the second may be of the next one; in one month it is not.
            let turned = match years {
                (Some(a), Some(b)) => {
                    (b, other_month, other_date) < (a, month, date) && date.is_some() == other_date.is_some()
                }
                (_, None) => {
                    // 11月15日至3月15日 is a winter.
                    let earlier =
                        !(other_month..month).is_empty() && month <= 8 && date.is_some() && other_date.is_some();
                    earlier || month == other_month && date.zip(other_date).is_some_and(|(a, b)| b < a)
                }
                (None, Some(_)) => false,
            };
            if turned {
                claims.hit(hits, (i, stop), "“{}”：结束在开始之前", "核对起止日期");
            }
            i = stop;
        } else {
            i = end;
        }
    }
}

/// 2026年9月10日开工，2026年6月30日前完工
fn work(claims: &Claims, hits: &mut Vec<Hit>) {
    let s = &claims.line.open;
    for (from, to) in claims.line.sentences() {
        let mut begun = None;
        let mut i = from;
        while i < to {
            let first = s[i].is_ascii_digit() && (i == 0 || !s[i - 1].is_ascii_digit());
            let Some((Some(year), month, date, end)) = day(s, i).filter(|_| first) else {
                i += 1;
                continue;
            };
            let behind = claims.between(end, (end + 5).min(to));
            let says = |words: [&str; 5]| words.iter().any(|word| behind.contains(word));
            if says(["开工", "启动", "动工", "开始", "起"]) {
                begun = Some((year, month, date));
            } else if let Some((a, b, c)) = begun.filter(|_| says(["完工", "竣工", "完成", "结束", "止"]))
                && ((year, month) < (a, b) || (year, month) == (a, b) && date.zip(c).is_some_and(|(d, c)| d < c))
            {
                claims.hit(hits, (i, end), "“{}”：结束在开始之前", "核对起止日期");
            }
            i = end;
        }
    }
}
