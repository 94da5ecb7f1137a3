//! Cells of a workbook to values; what had to be guessed or cannot be read is gathered by
//! column, so that a thousand equal slips are one message.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::grid::raw_text;
use super::worth::worth;
use crate::dataset::scalar::{self, Guess};
use crate::dataset::together::short_place;
use crate::dataset::{Cell, MONEY, Value};
use crate::diagnostic::{Diagnostic, Origin, SourceId, codes};
use crate::source::number::{RawNumber, general};
use crate::source::sheet::{RawCell, RawValue};

/// What can be said about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Remark {
    Error,
    Uncalculated,
    Picture,
    NotADate,
    TooLarge,
    LostDigits,
    Power,
    Control,
    Spaced,
    Unseen,
    Unsigned,
    Guessed(Guess),
}

/// Cells of one remark about one column whose places are kept.
const MOST_PLACES: usize = 10_000;

struct Noted {
    origin: Origin,
    subject: String,
    sample: String,
    read_as: String,
    /// Further cells, at most [`MOST_PLACES`] of them.
    others: Vec<Origin>,
    count: usize,
}

/// Reads the cells of one sheet.
pub struct CellReader {
    source: SourceId,
    sheet: u16,
    remarks: BTreeMap<(u32, Remark), Noted>,
    last_text: Option<Arc<str>>,
}

impl CellReader {
    pub fn new(source: SourceId, sheet: u16) -> Self {
        CellReader { source, sheet, remarks: BTreeMap::new(), last_text: None }
    }

    /// The value of a cell; `subject` names it for messages and is only asked when needed.
    pub fn read(&mut self, raw: &RawCell, subject: &dyn Fn() -> String) -> Cell {
        let origin = Origin::cell(self.source, self.sheet, raw.row, raw.column);
        let value = |value, shown: Arc<str>| Cell { value, shown, unit: None, origin };
        match &raw.value {
            RawValue::Text(text) => self.text(text, raw, origin, subject),
            RawValue::Number(number) => self.number(number, raw, origin, subject),
            RawValue::TooLarge(text) => {
                self.note(raw, Remark::TooLarge, text.to_string(), "", subject);
                Cell::unreadable(origin, text)
            }
            RawValue::Date(date) => value(Value::Date(*date), raw_text(raw).into()),
            RawValue::Time => {
                let shown: Arc<str> = raw_text(raw).into();
                value(Value::Text(shown.clone()), shown)
            }
            RawValue::Bool(flag) => value(Value::Bool(*flag), if *flag { "TRUE" } else { "FALSE" }.into()),
            RawValue::Error(text) => {
                self.note(raw, Remark::Error, text.to_string(), "", subject);
                Cell::unreadable(origin, text)
            }
            RawValue::Uncalculated(formula) => {
                self.note(raw, Remark::Uncalculated, format!("={formula}"), "", subject);
                Cell::unreadable(origin, "=")
            }
            RawValue::Picture => {
                self.note(raw, Remark::Picture, String::new(), "", subject);
                Cell::unreadable(origin, "〔图片〕")
            }
            RawValue::NotADate(number) => {
                let exact = number.to_string();
                self.note(raw, Remark::NotADate, exact.clone(), "", subject);
                Cell::unreadable(origin, &exact)
            }
        }
    }

    fn number(&mut self, number: &RawNumber, raw: &RawCell, origin: Origin, subject: &dyn Fn() -> String) -> Cell {
        if number.value.abs() >= Decimal::from(1_000_000_000_000_000_u64) {
            self.note(raw, Remark::LostDigits, number.value.to_string(), "", subject);
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
                self.note(raw, Remark::Unseen, general(number.value), "", subject);
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
            self.note(raw, Remark::Unsigned, shown.to_string(), &general(number.value), subject);
        }
        let (value, unit) = worth(number, read.and_then(|r| r.unit));
        Cell { value: Value::Number(value), shown, unit, origin }
    }

    fn text(&mut self, text: &Arc<str>, raw: &RawCell, origin: Origin, subject: &dyn Fn() -> String) -> Cell {
        let mut clean: Arc<str> = text.clone();
        if let Some((kept, forbidden)) = scalar::cleaned(text) {
            if forbidden > 0 {
                self.note(raw, Remark::Control, forbidden.to_string(), "", subject);
            }
            clean = kept.into();
        }
        let trimmed = scalar::trim(&clean);
        if trimmed.is_empty() {
            return Cell::missing(origin);
        }
        if let Some(joined) = joined(trimmed) {
            if !super::totals::is_total(&joined) {
                self.note(raw, Remark::Spaced, trimmed.to_string(), &joined, subject);
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
            self.note(raw, Remark::Error, trimmed.to_string(), "", subject);
            return Cell::unreadable(origin, trimmed);
        }
        if is_power(trimmed) {
            self.note(raw, Remark::Power, trimmed.to_string(), "", subject);
        }
        match scalar::lenient_number(trimmed) {
            Some(lenient) => {
                for &guess in &lenient.guesses {
                    let unit = lenient.unit.as_ref().filter(|_| guess == Guess::Unit);
                    let read_as = unit.map_or(lenient.shown.clone(), |unit| format!("{}（{unit}）", lenient.shown));
                    self.note(raw, Remark::Guessed(guess), trimmed.to_string(), &read_as, subject);
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

    fn note(&mut self, raw: &RawCell, remark: Remark, sample: String, read_as: &str, subject: &dyn Fn() -> String) {
        let origin = Origin::cell(self.source, self.sheet, raw.row, raw.column);
        if let Some(noted) = self.remarks.get_mut(&(raw.column, remark)) {
            // A merged cell is read once for each of its rows.
            if noted.others.last() == Some(&origin) || noted.origin == origin {
                return;
            }
            noted.count += 1;
            if noted.others.len() < MOST_PLACES {
                noted.others.push(origin);
            }
            return;
        }
        let noted =
            Noted { origin, subject: subject(), sample, read_as: read_as.to_string(), others: Vec::new(), count: 1 };
        self.remarks.insert((raw.column, remark), noted);
    }

    /// Hands over one message for each column and kind of remark.
    pub fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        for ((_, remark), noted) in self.remarks {
            diagnostics.push(message(remark, noted));
        }
    }
}

fn message(remark: Remark, noted: Noted) -> Diagnostic {
    let Noted { sample, read_as, .. } = &noted;
    let sample_short: String = sample.chars().take(40).collect();
    let (code, text, help) = match remark {
        Remark::Error => (codes::D040, format!("单元格是错误值 {sample_short}"), "改正公式或直接填数；确实没有就填“—”"),
        Remark::Uncalculated => (
            codes::D041,
            format!("公式 {sample_short} 没有存下计算结果"),
            "用 Excel 或 WPS 打开文件，保存一次，再来生成",
        ),
        Remark::Picture => (
            codes::D044,
            "单元格里是一张图片，不是文字或数".to_string(),
            "在这一格填文字或数；图片放到表外，或用模板的图片写法插入",
        ),
        Remark::NotADate => (
            codes::D042,
            format!("单元格设成了日期格式，但 {sample_short} 不是日期"),
            "改填日期，或把单元格格式改为“常规”",
        ),
        Remark::TooLarge => {
            (codes::D043, format!("数 {sample_short} 超出能精确计算的范围"), "检查是否多打了几位；编号请存成文本")
        }
        Remark::LostDigits => (
            codes::D120,
            format!("{sample_short} 超过 15 位，Excel 只保留前 15 位，后面的已经变成 0"),
            "账号、证件号等编号，先把单元格格式设为“文本”再重新填写",
        ),
        Remark::Power => (
            codes::D126,
            format!("“{sample_short}”是科学记数法的写法，原来的数后几位已经丢失"),
            "从原来的工作簿重新导出：先把这一列的单元格格式设为“文本”（编号）或“数值”（数）",
        ),
        Remark::Control => (
            codes::D112,
            format!("文字里有 {sample_short} 个看不见的控制字符，已去掉"),
            "不用处理；若文字不对，请重新输入",
        ),
        Remark::Spaced => (
            codes::D123,
            format!("“{sample_short}”字间有空格，按“{read_as}”读取"),
            "不用处理；要对齐可以用单元格的“分散对齐”",
        ),
        Remark::Unseen => (
            codes::D109,
            format!("单元格里是 {sample_short}，但它的格式不显示这个数，按 {sample_short} 读取"),
            "看不见的数也是数：不要的请清除，确实没有的填“—”",
        ),
        Remark::Unsigned => (
            codes::D121,
            format!("单元格显示 {sample_short}，实际是负数 {read_as}，格式没有把负号显示出来"),
            "把单元格格式改成带负号的，否则报告里印出来的数没有负号",
        ),
        Remark::Guessed(guess) => {
            let (what, help) = match guess {
                Guess::FullWidth => ("全角数字", "改成半角数字"),
                Guess::Separators => ("带千分位的文字", "改成真正的数（去掉逗号）"),
                Guess::Blanks => ("数字中间有空格", "去掉空格"),
                Guess::Unit => ("数后面带着单位的文字", "单位写到表头里，单元格里只填数"),
            };
            (codes::D102, format!("“{sample_short}”是{what}，按 {read_as} 读取"), help)
        }
    };
    let more = match noted.count {
        1 => String::new(),
        n => format!(
            "；本列共 {n} 处（还有 {}{}）",
            noted.others.iter().take(4).map(|o| short_place(*o)).collect::<Vec<_>>().join("、"),
            if n > 5 { " 等" } else { "" }
        ),
    };
    let diagnostic = Diagnostic::new(code, format!("{text}{more}")).at(noted.origin).same(noted.others);
    diagnostic.about(noted.subject).help(help)
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

/// The number of a cell as a decimal, percentages as their ratio.
pub fn decimal_of(cell: &Cell) -> Option<Decimal> {
    cell.number().map(|n| n.decimal)
}
