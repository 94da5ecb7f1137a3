//! Days, months and years as people type them.

use rust_decimal::Decimal;

use super::value::{Cell, Date, Value};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::source::date::{Epoch, moment};
use crate::source::number::Exact;
use crate::vocabulary::numeral::read as number_word;
use crate::vocabulary::text::{half_width, trim};
use crate::vocabulary::years::YEARS;

/// A date in one of the forms people type: `2026年9月30日`, `2026.9.30`, `2026-09-30`,
/// `2026/9/30`, `2026年9月`, `2026-09`, `二〇二六年九月三十日`. A time behind is dropped.
pub fn date(text: &str) -> Option<Date> {
    let (year, month, day) = written(text)?;
    build(year, month, day)
}

/// True for what is written like a date but is no day of the calendar: 2026年2月30日.
pub fn impossible(text: &str) -> bool {
    written(text).is_some_and(|(year, month, day)| build(year, month, day).is_none())
}

/// Year, month and day as written, whether or not the calendar has them.
fn written(text: &str) -> Option<(u32, u32, Option<u32>)> {
    let text = trim(text);
    if text.len() > 60 || !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '一' | '二'))
    {
        return None;
    }
    let half = half_width(text);
    if let Some((year, rest)) = half.split_once('年') {
        let (month, rest) = rest.trim().split_once('月')?;
        let year = number_word(year.trim()).filter(|y| YEARS.contains(y))?;
        let month = number_word(month.trim())?;
        let rest = rest.trim();
        let day = match rest.split_once(['日', '号']) {
            Some((day, time)) if is_time(time) => Some(number_word(day.trim())?),
            None if rest.is_empty() => None,
            // 2026年9月30: the 日 was forgotten.
            None => Some(number_word(rest)?),
            _ => return None,
        };
        return Some((year, month, day));
    }
    let day_text = half.split([' ', 'T']).next().unwrap_or(&half);
    if !is_time(half.get(day_text.len() + 1..).unwrap_or("")) {
        return None;
    }
    let day_text = day_text.strip_suffix(['日', '号']).unwrap_or(day_text);
    for mark in ['-', '/', '.'] {
        let steps: Vec<&str> = day_text.split(mark).collect();
        let digits = |s: &str, most: usize| {
            (!s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit()))
                .then(|| s.parse::<u32>().ok())?
        };
        let year = |y: &str| digits(y, 4).filter(|n| y.len() == 4 && YEARS.contains(n));
        match steps.as_slice() {
            [y, m, d] if y.len() == 4 => return Some((year(y)?, digits(m, 2)?, Some(digits(d, 2)?))),
            // 2026.9 is a number.
            [y, m] if y.len() == 4 && mark != '.' => return Some((year(y)?, digits(m, 2)?, None)),
            _ => {}
        }
    }
    None
}

/// Turns a plain whole number of a cell into the day that it counts (1954–2119), with a notice;
/// for what is declared to be a date.
pub fn date_of_serial(cell: &mut Cell, epoch: Epoch) -> Option<Diagnostic> {
    let number = cell.number().filter(|n| !n.is_share() && n.decimal.fract().is_zero())?;
    let whole = (Decimal::from(20_000)..=Decimal::from(80_000)).contains(&number.decimal);
    if !whole || !matches!(cell.origin.place, Place::Cell { .. }) {
        return None;
    }
    let date = moment(Exact::of_decimal(number.decimal), epoch)?.date;
    let shown = format!("{}-{:02}-{:02}", date.year, date.month, date.day?);
    let notice = Diagnostic::new(codes::D106, format!("“{}”是日期的序号，按 {shown} 读取", cell.shown))
        .help("把单元格格式设为“日期”，就会显示成日期");
    cell.value = Value::Date(date);
    cell.shown = shown.into();
    Some(notice)
}

/// Nothing, or a time of day such as `08:30`, `8时30分`.
fn is_time(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | '时' | '点' | '分' | '秒'))
}

fn build(year: u32, month: u32, day: Option<u32>) -> Option<Date> {
    let day = day.map(i8::try_from).transpose().ok()?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_typed() {
        let day = Date::new(2026, 9, Some(30));
        for text in [
            "2026年9月30日",
            "2026.9.30",
            "2026-09-30",
            "2026/9/30",
            "２０２６年９月３０日",
            "二〇二六年九月三十日",
            "2026-09-30 08:00:00",
            "2026年9月30日 8时30分",
            "2026年09月30号",
            "2026 年 9 月 30 日",
            "2026年9月30",
            "2026-9-30日",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        assert_eq!(date("2026年9月"), Date::new(2026, 9, None));
        assert_eq!(date("2026-09"), Date::new(2026, 9, None));
        for text in ["2026.9", "2026年2月30日", "2026-13-01", "9月30日", "2026年", "2026-09-30左右", "1234"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert!(impossible("2026年2月30日") && impossible("2026-13-01"));
        assert!(!impossible("2026年9月30日") && !impossible("九月底"));
    }
}
