//! Cells of a workbook to values; what had to be guessed or cannot be read is gathered by
//! column, so that a thousand equal slips are one message.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::grid::raw_text;
use super::remark::{Found, Remark, Remarks};
use super::worth::worth;
use crate::dataset::scalar::{self, Guess};
use crate::dataset::{Cell, MONEY, Value};
use crate::diagnostic::{Diagnostic, Origin, SourceId};
use crate::source::number::{RawNumber, general};
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::totals;

/// Reads the cells of one sheet.
pub struct CellReader {
    source: SourceId,
    sheet: u16,
    remarks: Remarks,
    last_text: Option<Arc<str>>,
}

impl CellReader {
    pub fn new(source: SourceId, sheet: u16) -> Self {
        CellReader { source, sheet, remarks: Remarks::default(), last_text: None }
    }

    /// The value of a cell; `subject` names it for messages and is only asked when needed.
    pub fn read(&mut self, raw: &RawCell, subject: &dyn Fn() -> String) -> Cell {
        let origin = Origin::cell(self.source, self.sheet, raw.row, raw.column);
        let value = |value, shown: Arc<str>| Cell { value, shown, unit: None, origin };
        match &raw.value {
            RawValue::Text(text) => self.text(text, raw, origin, subject),
            RawValue::Number(number) => self.number(number, raw, origin, subject),
            RawValue::TooLarge(text) => {
                self.note(raw, Remark::TooLarge, text, "", subject);
                Cell::unreadable(origin, text)
            }
            RawValue::Date(date) => value(Value::Date(*date), raw_text(raw).into()),
            RawValue::Time => {
                let shown: Arc<str> = raw_text(raw).into();
                value(Value::Text(shown.clone()), shown)
            }
            RawValue::Bool(flag) => value(Value::Bool(*flag), if *flag { "TRUE" } else { "FALSE" }.into()),
            RawValue::Error(text) => {
                self.note(raw, Remark::Error, text, "", subject);
                Cell::unreadable(origin, text)
            }
            RawValue::Uncalculated(formula) => {
                self.note(raw, Remark::Uncalculated, &format!("={formula}"), "", subject);
                Cell::unreadable(origin, "=")
            }
            RawValue::Picture => {
                self.note(raw, Remark::Picture, "", "", subject);
                Cell::unreadable(origin, "〔图片〕")
            }
            RawValue::NotADate(number) => {
                let exact = number.to_string();
                self.note(raw, Remark::NotADate, &exact, "", subject);
                Cell::unreadable(origin, &exact)
            }
        }
    }

    fn number(&mut self, number: &RawNumber, raw: &RawCell, origin: Origin, subject: &dyn Fn() -> String) -> Cell {
        if number.value.abs() >= Decimal::from(1_000_000_000_000_000_u64) {
            self.note(raw, Remark::LostDigits, &number.value.to_string(), "", subject);
        }
        let plain = || Arc::<str>::from(general(number.value));
        let shown: Arc<str> = match &raw.shown {
            None => plain(),
            // 会计专用 shows a dash for zero, but a zero was typed.
            Some(shown) if number.value.is_zero() && &**shown == "-" => "0".into(),
            // A format such as 0;-0;"—" shows “none” for zero.
            Some(shown) if number.value.is_zero() && scalar::is_absent(shown) => {
                return Cell { value: Value::Absent, shown: shown.clone(), unit: None, origin };
            }
            Some(shown) if shown.is_empty() || scalar::is_absent(shown) => {
                self.note(raw, Remark::Unseen, &general(number.value), "", subject);
                plain()
            }
            Some(shown) => shown.clone(),
        };
        // 000001 by its format is a code.
        let digits = shown.bytes().all(|b| b.is_ascii_digit());
        if digits && shown.len() > 1 && shown.starts_with('0') {
            return Cell { value: Value::Text(shown.clone()), shown, unit: None, origin };
        }
        // Only a format can put something around the number; most put nothing there.
        let bare = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'));
        let read = match bare(&shown) && (shown.starts_with('-') || !number.value.is_sign_negative()) {
            true => None,
            false => raw.shown.as_ref().and_then(|s| scalar::lenient_number(s)),
        };
        if number.value.is_sign_negative() && read.as_ref().is_some_and(|r| r.number.decimal > Decimal::ZERO) {
            self.note(raw, Remark::Unsigned, &shown, &general(number.value), subject);
        }
        let (value, unit) = worth(number, read.and_then(|r| r.unit));
        Cell { value: Value::Number(value), shown, unit, origin }
    }

    fn text(&mut self, text: &Arc<str>, raw: &RawCell, origin: Origin, subject: &dyn Fn() -> String) -> Cell {
        let mut clean: Arc<str> = text.clone();
        if let Some((kept, forbidden)) = scalar::cleaned(text) {
            if forbidden > 0 {
                self.note(raw, Remark::Control, &forbidden.to_string(), "", subject);
            }
            clean = kept.into();
        }
        let trimmed = scalar::trim(&clean);
        if trimmed.is_empty() {
            return Cell::missing(origin);
        }
        if let Some(joined) = joined(trimmed) {
            if !totals::is_total(&joined) {
                self.note(raw, Remark::Spaced, trimmed, &joined, subject);
            }
            clean = joined.into();
        }
        let trimmed = scalar::trim(&clean);
        let shown: Arc<str> = if trimmed.len() == clean.len() { clean.clone() } else { self.shared(trimmed) };
        let plain = |value| Cell { value, shown: shown.clone(), unit: None, origin };
        match scalar::strict(trimmed) {
            Value::Text(_) => {}
            value => return plain(value),
        }
        // An error that was pasted as text, or exported to CSV.
        if matches!(trimmed, "#N/A" | "#DIV/0!" | "#REF!" | "#VALUE!" | "#NAME?" | "#NULL!" | "#NUM!") {
            self.note(raw, Remark::Error, trimmed, "", subject);
            return Cell::unreadable(origin, trimmed);
        }
        if is_power(trimmed) {
            self.note(raw, Remark::Power, trimmed, "", subject);
        }
        match scalar::lenient_number(trimmed) {
            Some(lenient) => {
                for &guess in &lenient.guesses {
                    let unit = lenient.unit.as_ref().filter(|_| guess == Guess::Unit);
                    let read_as = unit.map_or(lenient.shown.clone(), |unit| format!("{}（{unit}）", lenient.shown));
                    self.note(raw, Remark::Guessed(guess), trimmed, &read_as, subject);
                }
                let shown = match &lenient.unit {
                    Some(unit) => format!("{}{unit}", lenient.shown),
                    None => lenient.shown,
                };
                let (value, unit) = match lenient.unit {
                    Some(unit) => worth(&RawNumber::plain(lenient.number.decimal), Some(unit)),
                    None => (lenient.number, lenient.money.then(|| MONEY.into())),
                };
                Cell { value: Value::Number(value), shown: shown.into(), unit, origin }
            }
            None => plain(Value::Text(shown.clone())),
        }
    }

    /// Equal texts that follow each other share their memory.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(last) = self.last_text.as_ref().filter(|last| &***last == text) {
            return last.clone();
        }
        let new: Arc<str> = text.into();
        self.last_text = Some(new.clone());
        new
    }

    fn note(&mut self, raw: &RawCell, remark: Remark, sample: &str, read_as: &str, subject: &dyn Fn() -> String) {
        let origin = Origin::cell(self.source, self.sheet, raw.row, raw.column);
        self.remarks.note(raw, origin, Found { remark, sample, read_as }, subject);
    }

    /// Hands over one message for each column and kind of remark.
    pub fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.extend(self.remarks.messages());
    }
}

/// 云 溪 镇 → 云溪镇: Chinese characters set apart one by one, to fill the width of a column.
fn joined(text: &str) -> Option<String> {
    let han = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) && chars.next().is_none()
    };
    let blank = |c: char| c != '\n' && c.is_whitespace();
    let apart = text.contains(blank) && text.chars().count() <= 24;
    (apart && text.split(blank).filter(|w| !w.is_empty()).all(han))
        .then(|| text.chars().filter(|c| !blank(*c)).collect())
}

/// `1.10101E+17`: how a spreadsheet writes a long number into a text file.
fn is_power(text: &str) -> bool {
    let Some((digits, power)) = text.split_once("E+") else { return false };
    let bare = digits.strip_prefix('-').unwrap_or(digits);
    let (integer, decimals) = bare.split_once('.').unwrap_or((bare, ""));
    integer.len() == 1
        && integer != "0"
        && power.len() >= 2
        && [integer, decimals, power].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}
