//! Calendar days, and the day numbers of spreadsheets.

/// A calendar day, or a month where the day is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i16,
    /// 1–12
    pub month: i8,
    /// 1–31, `None` for a month.
    pub day: Option<i8>,
}

impl Date {
    /// `None` for what is no calendar day.
    pub fn new(year: i16, month: i8, day: Option<i8>) -> Option<Self> {
        jiff::civil::Date::new(year, month, day.unwrap_or(1)).ok()?;
        Some(Date { year, month, day })
    }
}

/// The two ways in which workbooks count days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Epoch {
    /// 1 is 1 January 1900; 60 is a 29 February that never was.
    #[default]
    From1900,
    /// 0 is 1 January 1904.
    From1904,
}

/// A day number taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub date: Date,
    /// Seconds since midnight, rounded.
    pub seconds: u32,
}

/// Last day number that a workbook may hold: 31 December 9999.
const LAST_SERIAL: f64 = 2_958_466.0;

/// The moment that a day number means; `None` for 0, 60 (in the system of 1900), negative
/// numbers and what lies after the year 9999.
pub fn moment(serial: f64, epoch: Epoch) -> Option<Moment> {
    if !serial.is_finite() || !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    let mut days = serial.floor() as i64;
    let mut seconds = ((serial - serial.floor()) * 86_400.0).round() as u32;
    if seconds >= 86_400 {
        seconds = 0;
        days += 1;
    }
    let (start, offset) = match epoch {
        Epoch::From1904 => (jiff::civil::date(1904, 1, 1), days),
        Epoch::From1900 if days == 0 || days == 60 => return None,
        Epoch::From1900 => (jiff::civil::date(1899, 12, 31), if days > 60 { days - 1 } else { days }),
    };
    let day = start.checked_add(jiff::Span::new().try_days(offset).ok()?).ok()?;
    Some(Moment { date: Date { year: day.year(), month: day.month(), day: Some(day.day()) }, seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_of_both_systems() {
        let day = |s, e| moment(s, e).map(|m| m.date);
        assert_eq!(day(46295.0, Epoch::From1900), Date::new(2026, 9, Some(30)));
        assert_eq!(day(1.0, Epoch::From1900), Date::new(1900, 1, Some(1)));
        assert_eq!(day(59.0, Epoch::From1900), Date::new(1900, 2, Some(28)));
        assert_eq!(day(60.0, Epoch::From1900), None);
        assert_eq!(day(61.0, Epoch::From1900), Date::new(1900, 3, Some(1)));
        assert_eq!(day(42735.0, Epoch::From1904), Date::new(2021, 1, Some(1)));
        assert_eq!(day(-1.0, Epoch::From1900), None);
        assert_eq!(day(2_958_466.0, Epoch::From1900), None);
        assert_eq!(day(f64::NAN, Epoch::From1900), None);
    }
}
