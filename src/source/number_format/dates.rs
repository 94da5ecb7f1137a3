//! Days and times as cells show them.

use super::super::date::{Epoch, Moment, moment};
use super::{Part, Section};

const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number below a hundred in words: 三十, 十二.
fn han(n: u64) -> String {
    let (tens, ones) = ((n / 10 % 10) as usize, (n % 10) as usize);
    let mut text = String::new();
    if tens > 1 {
        text.push(HAN[tens]);
    }
    if tens > 0 {
        text.push('十');
    }
    if ones > 0 || tens == 0 {
        text.push(HAN[ones]);
    }
    text
}

impl Section {
    pub(super) fn show_date(&self, serial: f64, epoch: Epoch) -> Option<String> {
        if serial < 0.0 || !serial.is_finite() {
            return None;
        }
        let needs_day =
            self.parts.iter().any(|p| matches!(p, Part::Year(_) | Part::Month(_) | Part::Day(_) | Part::Weekday(_)));
        let day = moment(serial, epoch);
        if needs_day && day.is_none() {
            return None;
        }
        let seconds_of_day = ((serial - serial.floor()) * 86_400.0).round() as u64 % 86_400;
        let total_seconds = (serial * 86_400.0).round() as u64;
        let half_day = self.parts.iter().any(|p| matches!(p, Part::Half));
        let date = day.map(|m: Moment| m.date);
        let mut text = String::new();
        for part in &self.parts {
            let padded = |n: u64, width: usize| match self.han {
                true => han(n),
                false if width >= 2 => format!("{n:02}"),
                false => n.to_string(),
            };
            let piece = match part {
                Part::Literal(literal) => literal.clone(),
                Part::Year(width) => {
                    let year = date?.year;
                    let year = if *width <= 2 { format!("{:02}", year % 100) } else { year.to_string() };
                    if self.han { year.bytes().map(|b| HAN[usize::from(b - b'0') % 10]).collect() } else { year }
                }
                Part::Month(width) => match (*width, date?.month as u64) {
                    (3.., month) => format!("{month}月"),
                    (width, month) => padded(month, width),
                },
                Part::Day(width) => padded(date?.day? as u64, *width),
                Part::Weekday(width) => {
                    let d = date?;
                    let day = jiff::civil::Date::new(d.year, d.month, d.day?).ok()?;
                    let name =
                        ["日", "一", "二", "三", "四", "五", "六"][day.weekday().to_sunday_zero_offset() as usize % 7];
                    if *width >= 4 { format!("星期{name}") } else { name.to_string() }
                }
                Part::Hour(width) => {
                    let hour = seconds_of_day / 3600;
                    padded(if half_day { (hour + 11) % 12 + 1 } else { hour }, *width)
                }
                Part::Minute(width) => padded(seconds_of_day / 60 % 60, *width),
                Part::Second(width) => padded(seconds_of_day % 60, *width),
                Part::Elapsed('h') => (total_seconds / 3600).to_string(),
                Part::Elapsed('m') => (total_seconds / 60).to_string(),
                Part::Elapsed(_) => total_seconds.to_string(),
                Part::Half => if seconds_of_day < 43_200 { "上午" } else { "下午" }.to_string(),
                Part::Number | Part::Text => String::new(),
            };
            text.push_str(&piece);
        }
        Some(text.trim().to_string())
    }
}
