//! Calendar days, and the day numbers of spreadsheets.

use super::number::Exact;

/// A calendar day, or a month where the day is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Of the Gregorian calendar, as a spreadsheet counts it: at most 9999 from a day number.
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
    /// The whole days, as a day of the calendar.
    pub date: Date,
    /// Seconds since midnight, rounded.
    pub seconds: u32,
}

/// Day number that a workbook can no longer hold: 31 December 9999 is the last before it.
const SERIAL_END: i64 = 2_958_466;
const SECONDS_OF_DAY: u128 = 86_400;

/// Time since the day number 0, in units of 10^-`decimals` seconds, rounded half up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    units: u128,
    decimals: u32,
}

impl Clock {
    /// `None` for negative numbers and what lies after the year 9999.
    pub fn of_serial(serial: Exact, decimals: u32) -> Option<Self> {
        let number = serial.magnitude();
        if serial.is_negative() || number.top().is_some_and(|top| top > 6) {
            return None;
        }
        let per_day = SECONDS_OF_DAY * 10u128.pow(decimals);
        // A day number beyond 20 decimals is less than any time of a clock.
        let number = number.rounded(20);
        let units = match number.exponent {
            0.. => u128::from(number.digits) * 10u128.pow(number.exponent.unsigned_abs()) * per_day,
            _ => {
                let below = 10u128.pow(number.exponent.unsigned_abs());
                (u128::from(number.digits) * per_day * 2 + below) / (below * 2)
            }
        };
        Some(Clock { units, decimals }).filter(|clock| clock.days() < SERIAL_END)
    }

    fn seconds(self) -> u128 {
        self.units / 10u128.pow(self.decimals)
    }

    pub fn days(self) -> i64 {
        (self.seconds() / SECONDS_OF_DAY) as i64
    }

    /// Since midnight.
    pub fn second_of_day(self) -> u64 {
        (self.seconds() % SECONDS_OF_DAY) as u64
    }

    pub fn hour(self) -> u64 {
        self.second_of_day() / 3600
    }

    pub fn minute(self) -> u64 {
        self.second_of_day() / 60 % 60
    }

    pub fn second(self) -> u64 {
        self.second_of_day() % 60
    }

    /// The first decimals of the second.
    pub fn fraction(self, digits: usize) -> String {
        let text = format!("{:0width$}", self.units % 10u128.pow(self.decimals), width = self.decimals as usize);
        text.chars().chain(std::iter::repeat('0')).take(digits.min(9)).collect()
    }

    /// All hours (`h`), minutes (`m`) or seconds.
    pub fn elapsed(self, unit: char) -> u64 {
        let seconds = self.seconds() as u64;
        match unit {
            'h' => seconds / 3600,
            'm' => seconds / 60,
            _ => seconds,
        }
    }
}

/// The moment that a day number means; `None` for 0, 60 (in the system of 1900), negative
/// numbers and what lies after the year 9999.
pub fn moment(serial: Exact, epoch: Epoch) -> Option<Moment> {
    let clock = Clock::of_serial(serial, 0)?;
    let days = clock.days();
    let (start, offset) = match epoch {
        Epoch::From1904 => (jiff::civil::date(1904, 1, 1), days),
        Epoch::From1900 if days == 0 || days == 60 => return None,
        Epoch::From1900 => (jiff::civil::date(1899, 12, 31), if days > 60 { days - 1 } else { days }),
    };
    let day = start.checked_add(jiff::Span::new().try_days(offset).ok()?).ok()?;
    let date = Date { year: day.year(), month: day.month(), day: Some(day.day()) };
    Some(Moment { date, seconds: clock.second_of_day() as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_of_both_systems() {
        let day = |s: &str, e| moment(Exact::parse(s).expect("a number"), e).map(|m| m.date);
        assert_eq!(day("46295", Epoch::From1900), Date::new(2026, 9, Some(30)));
        assert_eq!(day("1", Epoch::From1900), Date::new(1900, 1, Some(1)));
        assert_eq!(day("59", Epoch::From1900), Date::new(1900, 2, Some(28)));
        assert_eq!(day("60", Epoch::From1900), None);
        assert_eq!(day("61", Epoch::From1900), Date::new(1900, 3, Some(1)));
        assert_eq!(day("42735", Epoch::From1904), Date::new(2021, 1, Some(1)));
        assert_eq!(day("-1", Epoch::From1900), None);
        assert_eq!(day("2958465.4", Epoch::From1900), Date::new(9999, 12, Some(31)));
        assert_eq!(day("2958466", Epoch::From1900), None);
        assert_eq!(day("1e300", Epoch::From1900), None);
        assert_eq!(day("46295.9999999", Epoch::From1900), Date::new(2026, 10, Some(1)));
        assert_eq!(day("1e-300", Epoch::From1904), Date::new(1904, 1, Some(1)));
    }
}
