//! Dates and periods: 2026年9月30日, 2026年9月, 截至9月底, 1—9月.

use super::WordingError;
use crate::dataset::Date;

/// 年月日: 2026年9月30日, no leading zeros. A month without its day is an error.
pub fn year_month_day(date: Date) -> Result<String, WordingError> {
    let day = date.day.ok_or(WordingError::NoDay)?;
    Ok(format!("{}年{}月{day}日", date.year, date.month))
}

/// 期限: 2026年9月30日; a month that is all that is given ends on its last day: 2026年9月底.
pub fn deadline(date: Date) -> String {
    year_month_day(date).unwrap_or_else(|_| format!("{}底", year_month(date)))
}

/// 期限 without its year: 9月30日, 11月底.
pub fn deadline_of_year(date: Date) -> String {
    match date.day {
        Some(day) => format!("{}月{day}日", date.month),
        None => format!("{}月底", date.month),
    }
}

/// 年月: 2026年9月.
pub fn year_month(date: Date) -> String {
    format!("{}年{}月", date.year, date.month)
}

/// 截至: 截至9月底 for a month or its last day, else 截至9月15日; 截至2026年9月底 with the year.
pub fn by_end_of(date: Date, with_year: bool) -> String {
    let year = if with_year { format!("{}年", date.year) } else { String::new() };
    let day = date.day.and_then(|d| jiff::civil::Date::new(date.year, date.month, d).ok());
    match day {
        Some(day) if day != day.last_of_month() => format!("截至{year}{}月{}日", date.month, day.day()),
        _ => format!("截至{year}{}月底", date.month),
    }
}

/// Of months that make a season or half a year its name: 上半年, 前三季度, 全年, 一季度; else 1—11月.
pub fn season(from: i64, to: i64) -> Result<String, WordingError> {
    Ok(match (from, to) {
        (1, 3) => "一季度".into(),
        (4, 6) => "二季度".into(),
        (7, 9) => "三季度".into(),
        (10, 12) => "四季度".into(),
        (1, 6) => "上半年".into(),
        (7, 12) => "下半年".into(),
        (1, 9) => "前三季度".into(),
        (1, 12) => "全年".into(),
        _ => period(from, to)?,
    })
}

/// A day; of a month that is all that is given its last.
fn day_of(date: Date) -> Result<jiff::civil::Date, WordingError> {
    let of = |day| jiff::civil::Date::new(date.year, date.month, day).map_err(|_| WordingError::NoDay);
    date.day.map_or_else(|| of(1).map(|first| first.last_of_month()), of)
}

/// Days from one day to another; of no day the month's last.
pub fn days_between(from: Date, to: Date) -> Result<i64, WordingError> {
    let span = day_of(to)?.since(day_of(from)?).map_err(|_| WordingError::TooLarge)?;
    Ok(i64::from(span.get_days()))
}

/// 提前: 提前一个月完成, 提前15天完成, 按期完成, 逾期3天完成.
pub fn ahead(done: Date, due: Date) -> Result<String, WordingError> {
    let days = days_between(done, due)?;
    let (done, due) = (day_of(done)?, day_of(due)?);
    let months = (i64::from(due.year()) - i64::from(done.year())) * 12 + i64::from(due.month() - done.month());
    let both_last = done == done.last_of_month() && due == due.last_of_month();
    Ok(match days {
        0 => "按期完成".into(),
        days if days < 0 => format!("逾期{}天完成", -days),
        _ if months > 0 && (done.day() == due.day() || both_last) => {
            let months =
                if months == 2 { "两".to_owned() } else { crate::vocabulary::numeral::han(months.unsigned_abs()) };
            format!("提前{months}个月完成")
        }
        days => format!("提前{days}天完成"),
    })
}

/// 期间: 1—9月; a single month 9月.
pub fn period(from: i64, to: i64) -> Result<String, WordingError> {
    if !(1..=12).contains(&from) || !(1..=12).contains(&to) || from > to {
        return Err(WordingError::WrongMonth);
    }
    Ok(if from == to { format!("{to}月") } else { format!("{from}—{to}月") })
}

/// A date as people type it: 2026年9月30日, 2026-09-30, 2026.9.30, 2026/9/30, and months
/// alike (2026年9月, 2026-09).
pub fn parse_date(text: &str) -> Result<Date, WordingError> {
    let wrong = || WordingError::NotADate(text.into());
    let body = text.trim();
    let marks = ['年', '月', '日', '-', '.', '/', '－', '．', '／'];
    let parts: Vec<&str> = body.trim_end_matches(['日', '月']).split(marks).map(str::trim).collect();
    let number = |part: &&str| {
        let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if digits { part.parse::<i16>().ok() } else { None }
    };
    let numbers: Option<Vec<i16>> = parts.iter().map(number).collect();
    let (year, month, day) = match numbers.as_deref() {
        Some([year, month]) => (*year, *month, None),
        Some([year, month, day]) => (*year, *month, Some(*day)),
        _ => return Err(wrong()),
    };
    let small = |n: i16| i8::try_from(n).map_err(|_| wrong());
    let date = Date::new(year, small(month)?, day.map(small).transpose()?);
    date.filter(|date| date.year >= 1000).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(month: i8, day: Option<i8>) -> Date {
        Date::new(2026, month, day).unwrap()
    }

    #[test]
    fn days_and_months() {
        assert_eq!(year_month_day(date(9, Some(30))).unwrap(), "2026年9月30日");
        assert_eq!(year_month_day(date(7, Some(1))).unwrap(), "2026年7月1日");
        assert_eq!(year_month_day(date(9, None)), Err(WordingError::NoDay));
        assert_eq!(deadline(date(9, Some(30))), "2026年9月30日");
        assert_eq!(deadline(date(9, None)), "2026年9月底");
        assert_eq!(year_month(date(9, Some(30))), "2026年9月");
    }

    #[test]
    fn up_to_a_day() {
        assert_eq!(by_end_of(date(9, Some(30)), false), "截至9月底");
        assert_eq!(by_end_of(date(9, None), true), "截至2026年9月底");
        assert_eq!(by_end_of(date(9, Some(15)), false), "截至9月15日");
        assert_eq!(by_end_of(date(2, Some(28)), false), "截至2月底");
    }

    #[test]
    fn periods() {
        assert_eq!(period(1, 9).unwrap(), "1—9月");
        assert_eq!(period(9, 9).unwrap(), "9月");
        assert_eq!(period(9, 1), Err(WordingError::WrongMonth));
        assert_eq!(period(1, 13), Err(WordingError::WrongMonth));
    }

    #[test]
    fn typed_dates() {
        for text in ["2026年9月30日", "2026-09-30", "2026.9.30", "2026/9/30", " 2026年09月30日 "] {
            assert_eq!(parse_date(text).unwrap(), date(9, Some(30)), "{text}");
        }
        assert_eq!(parse_date("2026年9月").unwrap(), date(9, None));
        assert_eq!(parse_date("2026-09").unwrap(), date(9, None));
        for text in ["", "九月", "2026", "2026年13月1日", "2026-02-30", "26.9.30", "9月30日", "2026--9", "1.10"]
        {
            assert!(matches!(parse_date(text), Err(WordingError::NotADate(_))), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9年月日./ -]{0,14}") {
            if let Ok(date) = parse_date(&text) {
                prop_assert!(year_month(date).starts_with(char::is_numeric));
                let _ = by_end_of(date, true);
            }
        }
    }
}
