//! The figures of a text: numbers with what they count, changes, years, days, ranks.

use super::verbs::{self, Change};
use crate::check::{Line, is_count, number_end};
use crate::document::{Passage, PassageKind};
use crate::vocabulary::{measures, numeral};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// 36, 12.5
    Digits,
    /// 12,345
    Grouped,
    /// 十七
    Han,
}

/// What a figure of the text is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A number as it stands.
    Number,
    /// A change: the number with its verb, and what it is compared with.
    Change(Change),
    /// A comparison that found none: 与上年持平; its lead.
    Level(&'static str),
    /// A calendar year.
    Year,
    /// A day or a month, of a year where one is said.
    Day { year: Option<i16>, month: u8, day: Option<u8> },
    /// 由32场增至36场: the number is the second, the first is here.
    FromTo { old: f64, decimals: u32 },
    /// 2.05∶1
    Ratio,
    /// 第3位
    Rank,
}

/// A figure of the text.
#[derive(Clone, Debug)]
pub struct Token {
    pub what: What,
    /// Bytes of the text that a tag would take the place of.
    pub start: usize,
    pub end: usize,
    /// Bytes of the number alone.
    pub digits: (usize, usize),
    /// As written: 31.86 of 31.86万元.
    pub value: f64,
    pub decimals: u32,
    pub hand: Hand,
    /// What it counts or measures: 万元, 场, %, 个百分点, 倍; empty where nothing is said.
    pub unit: String,
}

impl Token {
    pub fn is_percent(&self) -> bool {
        matches!(self.unit.as_str(), "%" | "％")
    }

    /// Half of its last place.
    pub fn half(&self) -> f64 {
        0.5 / 10f64.powi(self.decimals as i32)
    }

    /// Digits that say something: 3 of 31.8, 1 of 300.
    pub fn weight(&self) -> usize {
        let digits = format!("{:.*}", self.decimals as usize, self.value).replace('.', "");
        digits.trim_matches('0').len()
    }
}

/// The figures of a text, in its order.
pub fn tokens(text: &str) -> Vec<Token> {
    let passage = Passage::typed(PassageKind::Body, text);
    let line = Line::new(&passage);
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < line.open.len() {
        let from = found.last().map_or(0, |last| last.end);
        let scan = Scan { text, line: &line, bytes: &bytes, from };
        match scan.at(at) {
            Some(token) => {
                at = bytes.partition_point(|byte| *byte < token.end).max(at + 1);
                found.push(token);
            }
            None if line.open[at].is_ascii_digit() => at = number_end(&line.open, at),
            None => at += 1,
        }
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    line: &'t Line<'t>,
    bytes: &'t [usize],
    /// The byte at which the figure before it ends.
    from: usize,
}

impl Scan<'_> {
    fn at(&self, at: usize) -> Option<Token> {
        let c = self.line.open[at];
        let byte = self.bytes[at];
        if c == '与' || c == '同' || c == '和' {
            let (length, lead) = verbs::level(&self.text[byte..])?;
            return Some(self.token(What::Level(lead), (byte, byte + length), (byte, byte)));
        }
        if c.is_ascii_digit() {
            return self.digits(at);
        }
        if numeral::is_part(c) { self.han(at) } else { None }
    }

    fn token(&self, what: What, (start, end): (usize, usize), digits: (usize, usize)) -> Token {
        Token { what, start, end, digits, value: 0.0, decimals: 0, hand: Hand::Digits, unit: String::new() }
    }

    fn digits(&self, at: usize) -> Option<Token> {
        let end = number_end(&self.line.open, at);
        let range = (self.bytes[at], self.bytes[end]);
        let written = &self.text[range.0..range.1];
        let rest = &self.text[range.1..];
        let plain = written.replace(',', "");
        let value: f64 = plain.parse().ok()?;
        let decimals = plain.split_once('.').map_or(0, |(_, places)| places.len() as u32);
        let hand = if written.contains(',') { Hand::Grouped } else { Hand::Digits };
        let token = Token { value, decimals, hand, ..self.token(What::Number, range, range) };
        let before = &self.text[self.from..range.0];
        if written.len() == 4 && rest.starts_with('年') && decimals == 0 && (1900.0..2200.0).contains(&value) {
            return Some(self.dated(token, rest));
        }
        if before.ends_with('第') && ["位", "名"].iter().any(|word| rest.starts_with(word)) {
            let start = range.0 - before.strip_suffix('第').map_or(0, |b| before.len() - b.len());
            let start = if self.text[self.from..start].ends_with("并列") { start - "并列".len() } else { start };
            return Some(Token { what: What::Rank, start, end: range.1 + "位".len(), ..token });
        }
        if let Some(day) = self.day(&token, before, rest) {
            return Some(day);
        }
        if let Some(end) = ["∶1", "：1", ":1"].iter().find(|end| rest.starts_with(**end)) {
            let whole = rest[end.len()..].chars().next().is_none_or(|c| !c.is_ascii_digit() && c != '.');
            return whole.then(|| Token { what: What::Ratio, end: range.1 + end.len(), ..token });
        }
        if !is_count(self.line, at, end) {
            return None;
        }
        Some(self.between(&token).unwrap_or_else(|| self.measured(token, before, rest)))
    }

    /// A year; with month and day behind it a day.
    fn dated(&self, token: Token, rest: &str) -> Token {
        let Some((month, behind)) = leading(&rest["年".len()..]) else { return Token { what: What::Year, ..token } };
        let Some(behind) = behind.strip_prefix('月') else { return Token { what: What::Year, ..token } };
        let day = leading(behind).and_then(|(day, behind)| behind.strip_prefix('日').map(|behind| (day, behind)));
        let left = day.map_or(behind, |(_, behind)| behind);
        let end = self.text.len() - left.len();
        let year = Some(token.value as i16);
        Token { what: What::Day { year, month, day: day.map(|(day, _)| day) }, end, ..token }
    }

    /// 4月8日, of no year that is said.
    fn day(&self, token: &Token, before: &str, rest: &str) -> Option<Token> {
        let month = token.value as u8;
        let (day, left) = leading(rest.strip_prefix('月')?)?;
        let left = left.strip_prefix('日')?;
        if token.decimals > 0
            || !(1..=12).contains(&month)
            || before.ends_with(['-', '—', '至'])
            || before.strip_suffix('年').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()))
        {
            return None;
        }
        let end = self.text.len() - left.len();
        Some(Token { what: What::Day { year: None, month, day: Some(day) }, end, ..token.clone() })
    }

    /// 由32场增至36场, from its first number on.
    fn between(&self, token: &Token) -> Option<Token> {
        let before = &self.text[..token.digits.0];
        let lead = ["由", "从", "由上年的", "由去年的", "从上年的", "从去年的"]
            .into_iter()
            .filter(|lead| before.ends_with(lead))
            .max_by_key(|lead| lead.len())?;
        if lead.len() > 3 {
            return None;
        }
        let rest = &self.text[token.digits.1..];
        let first = unit(rest);
        let (verb, _) = verbs::REACHED
            .iter()
            .filter(|(verb, _)| rest[first.len()..].starts_with(verb))
            .max_by_key(|(verb, _)| verb.len())?;
        let behind = &rest[first.len() + verb.len()..];
        let length = behind.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(behind.len());
        let value: f64 = behind[..length].parse().ok()?;
        let second = unit(&behind[length..]);
        if second != first {
            return None;
        }
        let start = self.text.len() - behind.len();
        let places = behind[..length].split_once('.').map_or(0, |(_, places)| places.len() as u32);
        Some(Token {
            what: What::FromTo { old: token.value, decimals: token.decimals },
            start: token.digits.0 - lead.len(),
            end: start + length + second.len(),
            digits: (start, start + length),
            value,
            decimals: places,
            hand: Hand::Digits,
            unit: second.to_owned(),
        })
    }

    /// A number with its unit, and with the verb of change before it.
    fn measured(&self, token: Token, before: &str, rest: &str) -> Token {
        let unit = unit(rest);
        let mut token = Token { unit: unit.to_owned(), ..token };
        if token.is_percent() {
            token.end += unit.len();
        }
        let ratio = token.is_percent() || matches!(unit, "个百分点" | "倍");
        if let Some(change) =
            Change::before(before).filter(|change| ratio || !unit.is_empty() || !change.lead.is_empty())
        {
            token.start -= change.len();
            if !token.is_percent() {
                token.end += unit.len();
            }
            token.what = What::Change(change);
        }
        token
    }

    /// A count in characters: 十七个.
    fn han(&self, at: usize) -> Option<Token> {
        let length = self.line.open[at..].iter().take_while(|c| numeral::is_part(**c)).count();
        let range = (self.bytes[at], self.bytes[at + length]);
        let written = &self.text[range.0..range.1];
        let rest = &self.text[range.1..];
        let unit = measures::behind_a_count(|word| rest.starts_with(word))?;
        if self.text[..range.0].ends_with(['第', '每', '点']) || written.contains('两') {
            return None;
        }
        let value = han_value(written)?;
        let token = self.token(What::Number, range, range);
        Some(Token { value, hand: Hand::Han, unit: unit.to_owned(), ..token })
    }
}

/// A number of one or two digits at the beginning, and what follows.
fn leading(text: &str) -> Option<(u8, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..length].parse().ok().map(|number| (number, &text[length..]))
}

/// What stands behind a number and belongs to it.
fn unit(rest: &str) -> &str {
    for sign in ["%", "％", "‰", "个百分点", "倍"] {
        if rest.starts_with(sign) {
            return &rest[..sign.len()];
        }
    }
    let words = ["个工作日", "个月", "个小时", "平方公里"];
    if let Some(word) = words.iter().find(|word| rest.starts_with(**word)) {
        return &rest[..word.len()];
    }
    if let Some(word) = measures::at_start(rest) {
        return word;
    }
    measures::behind_a_count(|word| rest.starts_with(word)).map_or("", |word| &rest[..word.len()])
}

/// A count in characters below a hundred million.
fn han_value(text: &str) -> Option<f64> {
    let (mut all, mut group, mut digit) = (0u64, 0u64, 0u64);
    for c in text.chars() {
        let size = match c {
            '亿' => 100_000_000,
            '万' => 10_000,
            '千' => 1000,
            '百' => 100,
            '十' => 10,
            c => {
                digit = u64::from(numeral::digit(c)?);
                continue;
            }
        };
        if size >= 10_000 {
            all += (group + digit) * size;
            (group, digit) = (0, 0);
        } else {
            group += digit.max(u64::from(digit == 0)) * size;
            digit = 0;
        }
    }
    let value = all + group + digit;
    // 一二, 三五: no number that is written so.
    (numeral::han(value) == text || numeral::han(value) == text.replace('〇', "零")).then_some(value as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        tokens(text).iter().map(|token| text[token.start..token.end].to_owned()).collect()
    }

    #[test]
    fn figures_of_a_text() {
        assert_eq!(said("全年培训36场，同比增长12.5%；接待1286人次。"), ["36", "同比增长12.5%", "1286"]);
        assert_eq!(said("办结率95.8%，同比提高4.4个百分点。"), ["95.8%", "同比提高4.4个百分点"]);
        assert_eq!(said("经费318.6万元，比上年增加23.6万元"), ["318.6", "比上年增加23.6万元"]);
        assert_eq!(said("截至2025年11月30日，2024年与上年持平"), ["2025年11月30日", "2024", "与上年持平"]);
        assert_eq!(said("居全县并列第2位，共十七个村，三是加强"), ["并列第2位", "十七"]);
        assert!(said("按照青发〔2025〕12号文件").is_empty());
    }
}
