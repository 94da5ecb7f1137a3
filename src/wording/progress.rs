//! 完成率 and 序时进度: what is done of a year's task, and whether that keeps step with time.

use rust_decimal::Decimal;

use super::decimal::{digits as checked, hundredfold, plain, subtract};
use super::points::{points, same_kind};
use super::{Amount, Operand, WordingError, decimal};
use crate::dataset::{Date, Number};

/// How much of the year is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elapsed {
    /// Whole months, 1 to 12: n/12.
    Months(u32),
    /// Days of a year of 365 or 366.
    Days {
        /// Days that are over.
        passed: u32,
        /// Days of the year.
        year: u32,
    },
}

impl Elapsed {
    /// Up to a day: whole months where it is the last of its month or only a month is given,
    /// else days.
    pub fn up_to(date: Date) -> Self {
        let months = Elapsed::Months(u32::from(date.month.unsigned_abs()));
        let day = date.day.and_then(|d| jiff::civil::Date::new(date.year, date.month, d).ok());
        match day {
            Some(day) if day != day.last_of_month() => Elapsed::Days {
                passed: u32::from(day.day_of_year().unsigned_abs()),
                year: u32::from(day.days_in_year().unsigned_abs()),
            },
            _ => months,
        }
    }

    /// Passed and all, in the same unit.
    fn parts(self) -> (u32, u32) {
        match self {
            Elapsed::Months(months) => (months, 12),
            Elapsed::Days { passed, year } => (passed, year),
        }
    }
}

/// 完成率: 105.3%; may exceed 100% (S-15).
pub fn completion(done: Amount, target: Amount, digits: u32) -> Result<String, WordingError> {
    let digits = checked(digits)?;
    let (done, target) = operands(done, target)?;
    Ok(match decimal::percent_text(done.decimal, target.decimal, digits)? {
        Some(percent) => format!("{percent}%"),
        None => format!("不足{}%", plain(Decimal::new(1, digits + 2))),
    })
}

/// 序时进度: 完成年度任务的52.5%，快于序时进度2.5个百分点 (S-14).
pub fn schedule_progress(done: Amount, target: Amount, elapsed: Elapsed, digits: u32) -> Result<String, WordingError> {
    let share = completion(done, target, digits)?;
    let (done, target) = operands(done, target)?;
    let (passed, all) = elapsed.parts();
    if passed == 0 || passed > all {
        return Err(WordingError::WrongMonth);
    }
    // done/target − passed/all over one denominator, so that nothing is rounded twice.
    let (passed, all) = (Decimal::from(passed), Decimal::from(all));
    let ahead = subtract(decimal::multiply(done.decimal, all)?, decimal::multiply(target.decimal, passed)?)?;
    let base = decimal::multiply(target.decimal, all)?;
    let percent = decimal::divide(hundredfold(ahead)?, base, digits + 2)?;
    let pace = match points_exact(ahead, base, digits)? {
        _ if ahead.is_zero() => "与序时进度持平".to_owned(),
        None => "与序时进度基本持平".to_owned(),
        Some(points) if percent.is_sign_negative() => format!("慢于序时进度{points}个百分点"),
        Some(points) => format!("快于序时进度{points}个百分点"),
    };
    Ok(format!("完成年度任务的{share}，{pace}"))
}

/// As [`points`], of a quotient, each try rounded once.
fn points_exact(numerator: Decimal, denominator: Decimal, digits: u32) -> Result<Option<String>, WordingError> {
    for n in digits..=digits + 2 {
        let percent = decimal::divide(hundredfold(numerator)?, denominator, n)?;
        if !percent.is_zero() {
            return Ok(points(percent, n));
        }
    }
    Ok(None)
}

fn operands(done: Amount, target: Amount) -> Result<(Number, Number), WordingError> {
    let (done, target) = (done.require(Operand::Done)?, target.require(Operand::Target)?);
    same_kind((done, Operand::Done), (target, Operand::Target))?;
    if target.decimal.is_zero() {
        return Err(WordingError::Zero(Operand::Target));
    }
    for (number, operand) in [(done, Operand::Done), (target, Operand::Target)] {
        if number.decimal.is_sign_negative() && !number.decimal.is_zero() {
            return Err(WordingError::Negative(operand));
        }
    }
    Ok((done, target))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Amount {
        Number::plain(text.parse().unwrap()).into()
    }

    fn said(done: &str, target: &str, months: u32) -> String {
        schedule_progress(n(done), n(target), Elapsed::Months(months), 1).unwrap()
    }

    #[test]
    fn pace_against_the_year() {
        assert_eq!(said("21", "40", 6), "完成年度任务的52.5%，快于序时进度2.5个百分点");
        assert_eq!(said("19", "40", 6), "完成年度任务的47.5%，慢于序时进度2.5个百分点");
        assert_eq!(said("20", "40", 6), "完成年度任务的50%，与序时进度持平");
        assert_eq!(said("42", "40", 12), "完成年度任务的105%，快于序时进度5个百分点");
        assert_eq!(said("0", "40", 6), "完成年度任务的0%，慢于序时进度50个百分点");
    }

    #[test]
    fn what_cannot_be_a_pace() {
        let e = |done, target, m| schedule_progress(done, target, Elapsed::Months(m), 1).unwrap_err();
        assert_eq!(e(n("1"), n("0"), 6), WordingError::Zero(Operand::Target));
        assert_eq!(e(n("1"), n("2"), 13), WordingError::WrongMonth);
        assert_eq!(e(n("1"), n("2"), 0), WordingError::WrongMonth);
        assert_eq!(e(Amount::Missing, n("2"), 6), WordingError::Missing(Operand::Done));
    }

    #[test]
    fn dates_count_in_months_at_a_months_end_and_else_in_days() {
        let day = |m, d| Elapsed::up_to(Date::new(2026, m, d).unwrap());
        assert_eq!(day(9, Some(30)), Elapsed::Months(9));
        assert_eq!(day(9, None), Elapsed::Months(9));
        assert_eq!(day(2, Some(28)), Elapsed::Months(2));
        assert_eq!(day(2, Some(10)), Elapsed::Days { passed: 41, year: 365 });
    }
}
