//! Days and times as cells show them.

use std::fmt::Write;

use super::han::Numerals;
use super::section::{Half, Part, Section};
use crate::source::Date;
use crate::source::date::{Clock, Epoch, moment};
use crate::source::number::Exact;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const HAN_MONTHS: [&str; 12] =
    ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];
const HAN_DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

/// Day and time of day of one cell.
struct Shown {
    date: Option<Date>,
    /// In units of 10^-`decimals` seconds.
    clock: Clock,
    half_day: bool,
}

impl Section {
    /// Writes a day number as a day or time; false when it is none.
    pub(super) fn show_date(&self, serial: Exact, epoch: Epoch, out: &mut String) -> bool {
        let decimals = self.parts.iter().map(|p| if let Part::Fraction(n) = p { *n } else { 0 }).max().unwrap_or(0);
        let Some(clock) = Clock::of_serial(serial, decimals.min(3) as u32) else { return false };
        let date = moment(serial, epoch).map(|m| m.date);
        if self.shows_day() && date.is_none() {
            return false;
        }
        let shown = Shown { date, clock, half_day: self.parts.iter().any(|p| matches!(p, Part::Half(_))) };
        self.parts.iter().all(|part| self.show_part(part, &shown, out).is_some())
    }

    fn show_part(&self, part: &Part, shown: &Shown, out: &mut String) -> Option<()> {
        let Shown { date, clock, half_day } = shown;
        match part {
            Part::Literal(literal) => out.push_str(literal),
            Part::Year(width) => {
                let year = date.as_ref()?.year;
                let year = if *width <= 2 { format!("{:02}", year % 100) } else { year.to_string() };
                out.push_str(&self.numerals.spelled(&year));
            }
            Part::Month(width) => self.show_month(date.as_ref()?.month as u64, *width, out),
            Part::Day(width) => self.padded(date.as_ref()?.day? as u64, *width, out),
            Part::Weekday(width) | Part::ChineseWeekday(width) => {
                let date = date.as_ref()?;
                let day = jiff::civil::Date::new(date.year, date.month, date.day?).ok()?;
                let at = day.weekday().to_sunday_zero_offset() as usize % 7;
                let name = match (part, self.chinese, *width >= 4) {
                    (Part::ChineseWeekday(_), _, false) => HAN_DAYS[at].to_string(),
                    (Part::ChineseWeekday(_), ..) | (_, true, true) => format!("星期{}", HAN_DAYS[at]),
                    (_, true, false) => format!("周{}", HAN_DAYS[at]),
                    (_, false, true) => DAYS[at].to_string(),
                    (_, false, false) => DAYS[at][..3].to_string(),
                };
                out.push_str(&name);
            }
            Part::Hour(width) => {
                let hour = clock.hour();
                self.padded(if *half_day { (hour + 11) % 12 + 1 } else { hour }, *width, out);
            }
            Part::Minute(width) => self.padded(clock.minute(), *width, out),
            Part::Second(width) => self.padded(clock.second(), *width, out),
            Part::Fraction(width) => {
                let _ = write!(out, ".{}", clock.fraction(*width));
            }
            Part::Elapsed(unit, width) => {
                let _ = write!(out, "{:0width$}", clock.elapsed(*unit), width = *width);
            }
            Part::Half(form) => out.push_str(self.half(*form, clock.hour() < 12)),
            Part::Number | Part::Text => {}
        }
        Some(())
    }

    fn padded(&self, n: u64, width: usize, out: &mut String) {
        match self.numerals {
            Numerals::Arabic if width >= 2 => drop(write!(out, "{n:02}")),
            Numerals::Arabic => drop(write!(out, "{n}")),
            numerals => out.push_str(&numerals.of_day(n)),
        }
    }

    /// `m` 9, `mm` 09, `mmm` Sep or 9月, `mmmm` September or 九月, `mmmmm` S.
    fn show_month(&self, month: u64, width: usize, out: &mut String) {
        let at = (month as usize).clamp(1, 12) - 1;
        match (width, self.chinese) {
            (0..=2, _) => self.padded(month, width, out),
            (3, true) => drop(write!(out, "{month}月")),
            (_, true) => out.push_str(HAN_MONTHS[at]),
            (3, false) => out.push_str(&MONTHS[at][..3]),
            (4, false) => out.push_str(MONTHS[at]),
            (_, false) => out.push_str(&MONTHS[at][..1]),
        }
    }

    fn half(&self, form: Half, morning: bool) -> &'static str {
        match (form, morning) {
            (Half::Short, true) => "A",
            (Half::Short, false) => "P",
            (Half::Long, true) if !self.chinese => "AM",
            (Half::Long, false) if !self.chinese => "PM",
            (_, true) => "上午",
            (_, false) => "下午",
        }
    }
}
